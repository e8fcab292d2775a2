"""Commands for what comes in: new, check, import, census, seal, territory, partner."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from contracts.add.census import census_of_folder, score
from contracts.add.imports.list_commands import app as imports
from contracts.add.new import LandingError, new_contract
from contracts.add.partners import resolve
from contracts.add.seal import seal
from contracts.add.territories import UnknownTerritoryError, official_territory
from contracts.common.console import cell, console, say, stop
from contracts.common.locks import LockedFileError
from contracts.common.project import PROJECT, PUBLISHED
from contracts.publish.releases import DATABASE

app = typer.Typer()
app.add_typer(imports, name="import")


@app.command("new")
def new(
    code: Annotated[str, typer.Argument(help="Code of the contract: small letters, digits and _, such as cper_exemple_2027_2033.")],
    label: Annotated[str, typer.Option(help="Its name, as printed.")] = "",
    contract_type: Annotated[str, typer.Option("--type", help="A code of seeds/contract_types.csv.")] = "",
) -> None:
    """Writes the files of landing/ to fill in for one contract, and a guide to them."""
    try:
        paths = new_contract(code, label, contract_type)
    except LandingError as error:
        stop(error)
    for path in paths:
        say(path.relative_to(PROJECT).as_posix())
    say(f"read landing/{code}.md, fill the files, then run contracts check")


@app.command("check")
def check_files(
    published: Annotated[Path, typer.Option(help="Published file to compare the load with.")] = PUBLISHED / DATABASE,
) -> None:
    """Checks seeds and landing files before a build: shape, keys, words, references, and what was lost since the last publication."""
    from contracts.add.check import CheckError, check, write_page

    try:
        outcome = check(PROJECT, published)
    except CheckError as error:
        stop(error)
    for finding in outcome.findings[:50]:
        say(finding.text)
    page = write_page(outcome, PROJECT / "target" / "check")
    say(f"{outcome.summary}; whole list: {page.relative_to(PROJECT)}")
    if outcome.critical:
        raise typer.Exit(1)


@app.command("census")
def census(folder: Annotated[Path, typer.Argument(help="Folder of the document texts (*.txt).")], verbose: bool = False) -> None:
    """Compares everything in the texts that looks like money with the printed figures of the seeds, and their sections with the lines."""
    try:
        results, missing = census_of_folder(folder)
    except FileNotFoundError as error:
        stop(error)
    for code in missing:
        say(f"{code}: no text of this document in {folder}")
    for result in results:
        say(f"{result.document_code}: {result.state}")
        for hit in result.unexplained:
            where = f"  line {hit.line_number}: « {hit.text} » is no mention"
            say(f"{where}: add it to source_mentions, with exclusion_reason if it is no line")
        for mention, line in result.astray.items():
            where = f"line {line} has it: change line_number there" if line else "it stands nowhere in this text"
            say(f"  {mention} is not on its line; {where}")
        for each in result.unnamed:
            where = f"  line {each.line_number}: « {each.printed_figure} » to be read"
            say(f"{where}: its section does not name the {each.attribute} « {each.looked_for} »")
        if verbose:
            for hit in result.hits:
                say(f"  line {hit.line_number}: {hit.text} ({hit.not_money or 'money'})")
    say(score(results, missing))
    if not results or not all(result.is_clean for result in results):
        raise typer.Exit(1)


@app.command("seal")
def seal_figures() -> None:
    """Seals the figures on which two readings agree into seeds/verified_figures.csv, and lists where the others differ."""
    try:
        sealing = seal()
    except (FileNotFoundError, LockedFileError) as error:
        stop(error)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("document", "line", "figure", "attribute", "first reading", "second reading"):
        table.add_column(name, overflow="fold")
    for row in sealing.differences:
        table.add_row(*["–" if value is None else escape(str(value)) for value in row])
    console.print(table)
    for code in sealing.unsealed:
        say(f"{code} was sealed and is no longer")
    read_once = sealing.figure_count - sealing.sealed_count
    say(f"{sealing.sealed_count} of {sealing.figure_count} figures are sealed, {read_once} count as read once: run dbt build")


@app.command("territory")
def find_territory(
    code: Annotated[str, typer.Argument(help="INSEE code, SIREN, or kind and code such as region:32.")],
    kind: Annotated[str | None, typer.Option(help="commune, epci, departement or region.")] = None,
) -> None:
    """Says which official territory a code names, and how rows of the warehouse write it."""
    try:
        found = official_territory(code, kind)
    except UnknownTerritoryError as error:
        stop(error)
    territory = found.territory
    inhabitants = f", {cell(territory.population)} inhabitants" if territory.population is not None else ""
    say(f"{territory.territory_code}: {territory.label_fr} ({territory.territory_type_code}{inhabitants})")
    if found.note:
        say(found.note)


@app.command("partner")
def find_partner(
    name: Annotated[str, typer.Argument(help="A name as printed, a SIREN or a SIRET.")],
) -> None:
    """Says which partner a name means, or the candidates."""
    resolution = resolve(name)
    for each in [resolution.match] if resolution.match else resolution.candidates:
        say(str(each))
    if resolution.note:
        say(resolution.note)
    if resolution.match is None:
        raise typer.Exit(1)
