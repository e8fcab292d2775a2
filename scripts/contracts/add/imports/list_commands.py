"""The commands `contracts import scdl-subventions` and `contracts import feder-operations`."""

from typing import Annotated

import typer

from contracts.add.imports.commands import (
    File,
    Into,
    Lang,
    Name,
    PublishedOn,
    Publisher,
    Rejects,
    Status,
    Strict,
    app,
    run,
)
from contracts.add.imports.messages import ImportRefusedError
from contracts.common.project import PROJECT

Contract = Annotated[str | None, typer.Option("--contract", help="Code of the contract that all rows belong to.")]
Column = Annotated[list[str] | None, typer.Option("--column", help='"Printed header=official name"; an empty name leaves the column out.')]
Title = Annotated[str | None, typer.Option("--title", help="Title of the document. Default: the file's name.")]


def choices(columns: list[str] | None) -> dict[str, str]:
    """Official name by printed header. ImportRefusedError: a choice has no equals sign."""
    chosen = {}
    for choice in columns or []:
        header, equals, official = choice.rpartition("=")
        if not equals:
            raise ImportRefusedError("option_invalid", option="--column", value=choice, why='"en-tête=nom officiel"')
        chosen[header.strip()] = official.strip()
    return chosen


def one_of(option: str, value: str | None, allowed: tuple[str, ...]) -> str | None:
    """The value if it is allowed or not given. ImportRefusedError otherwise."""
    if value is not None and value not in allowed:
        raise ImportRefusedError("option_invalid", option=option, value=value, why=" | ".join(allowed))
    return value


@app.command("scdl-subventions")
def scdl_subventions(
    file: File,
    publisher: Publisher = None,
    published_on: PublishedOn = None,
    status: Status = "report",
    title: Title = None,
    contract: Contract = None,
    funder: Annotated[str | None, typer.Option("--funder", help="Code of the partner that attributes all rows.")] = None,
    share_scale: Annotated[str | None, typer.Option("--share-scale", help="fraction (0 to 1) or percent (0 to 100).")] = None,
    amount_basis: Annotated[str | None, typer.Option("--amount-basis", help="decision (amount of the whole decision) or row.")] = None,
    column: Column = None,
    name: Name = None,
    into: Into = None,
    rejects: Rejects = None,
    strict: Strict = False,
    lang: Lang = None,
) -> None:
    """Imports subventions in the French open-data format (SCDL 2.1.1 and its neighbours)."""

    def do(progress: object) -> object:
        from contracts.add.imports.provenance import publication
        from contracts.add.imports.session import Places
        from contracts.add.imports.shares import BASES, SCALES
        from contracts.add.imports.subventions import Options, import_subventions

        options = Options(
            contract,
            funder,
            one_of("--share-scale", share_scale, SCALES),  # type: ignore[arg-type]
            one_of("--amount-basis", amount_basis, BASES),  # type: ignore[arg-type]
            choices(column),
        )
        details = publication(title or file.name, publisher, published_on, status)
        return import_subventions(file, details, Places(PROJECT, into, rejects), options, name, strict, progress)

    run(lang, do)  # type: ignore[arg-type]


@app.command("feder-operations")
def feder_operations(
    file: File,
    publisher: Publisher = None,
    published_on: PublishedOn = None,
    status: Status = "report",
    title: Title = None,
    contract: Contract = None,
    column: Column = None,
    name: Name = None,
    into: Into = None,
    rejects: Rejects = None,
    strict: Strict = False,
    lang: Lang = None,
) -> None:
    """Imports a list of operations of European programmes (FEDER, FSE, IEJ)."""

    def do(progress: object) -> object:
        from contracts.add.imports.feder import Options, import_operations
        from contracts.add.imports.provenance import publication
        from contracts.add.imports.session import Places

        details = publication(title or file.name, publisher, published_on, status)
        return import_operations(file, details, Places(PROJECT, into, rejects), Options(contract, choices(column)), name, strict, progress)

    run(lang, do)  # type: ignore[arg-type]
