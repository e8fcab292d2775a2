"""The commands `contracts import KIND FILE`: one function a kind, thin over the importers, which are loaded when they are called."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from contracts.add.imports.messages import LANGUAGES, ImportRefusedError, language, say
from contracts.common.console import console, stop
from contracts.common.project import PROJECT

if TYPE_CHECKING:
    from contracts.add.imports.session import Outcome

app = typer.Typer(
    help="Turns a file into rows of landing/, which join the seeds at the next dbt build.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
File = Annotated[Path, typer.Argument(help="The file: CSV or XLSX.")]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of the messages: fr or en. Default: that of LANG.")]
Into = Annotated[Path | None, typer.Option("--into", help="Landing folder. Default: landing/ of the project.")]
Rejects = Annotated[Path | None, typer.Option("--rejects", help="Folder of rejects and reports. Default: rejects/ of the project.")]
Name = Annotated[str | None, typer.Option("--name", help="Name of the import. Default: contract and file name.")]
Strict = Annotated[bool, typer.Option("--strict", help="Imports nothing when a row is rejected.")]
Publisher = Annotated[str | None, typer.Option("--publisher", help="Who published the file.")]
PublishedOn = Annotated[str | None, typer.Option("--published-on", help="When: 2024-05-31, 2024-05 or 2024.")]
Status = Annotated[str | None, typer.Option("--status", help="signed, draft, report, web_page or pledge.")]


def checked_language(lang: str | None) -> str:
    """The language to speak; an unknown one is said and ends the command."""
    if lang is not None and lang not in LANGUAGES:
        stop(say("option_invalid", "en", option="--lang", value=lang, why="fr | en"))
    return language(lang)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Turns a refusal into a sentence and exit code 1."""
    try:
        yield
    except ImportRefusedError as error:
        stop(error.message(lang))


def run(lang: str | None, do: Callable[[Callable[[float], None]], "Outcome"]) -> None:
    """Runs an import with a progress bar and prints what it did. do: takes the function that the part read is told to."""
    spoken = checked_language(lang)
    with speaking(spoken):
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=1.0)
            outcome = do(lambda part: progress.update(task, completed=part))
        show(outcome, spoken)


def show(outcome: "Outcome", lang: str) -> None:
    """Prints the outcome of an import."""
    from contracts.add.imports.session import counts_of

    sentences = [
        say("read_as", lang, file=outcome.file.name, what=say(outcome.read_as[0], lang, **outcome.read_as[1])),
        counts_of(outcome, lang),
        *(say(rule, lang, **values) for rule, values in outcome.notices),
        *(f"{name}: {value}" for name, value in outcome.totals.items()),
    ]
    if outcome.changed:
        tables = ", ".join(f"{table} {rows}" for table, rows in outcome.rows.items())
        sentences.append(say("written", lang, rows=sum(outcome.rows.values()), folder="landing", tables=tables))
    else:
        sentences.append(say("unchanged", lang))
    if outcome.findings_file:
        sentences.append(say("rejects_written", lang, file=outcome.findings_file))
    if outcome.changed:
        sentences.append(say("next_step", lang))
    for sentence in sentences:
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)


@app.command("maquette")
def maquette(
    file: File,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="YAML file that describes the table (docs/importing.md).")] = None,
    guess: Annotated[bool, typer.Option("--guess", help="Drafts the mapping from the file, beside it, and stops.")] = False,
    contract: Annotated[str | None, typer.Option("--contract", help="Code of the contract, before that of the mapping.")] = None,
    publisher: Publisher = None,
    published_on: PublishedOn = None,
    status: Status = None,
    name: Name = None,
    into: Into = None,
    rejects: Rejects = None,
    strict: Strict = False,
    lang: Lang = None,
) -> None:
    """Imports a maquette financière: operations, their funders and the totals above them."""
    from contracts.add.imports.maquette import import_maquette
    from contracts.add.imports.session import Places

    if guess:
        from contracts.add.imports.guessing import draft_mapping

        spoken = checked_language(lang)
        with speaking(spoken):
            draft = draft_mapping(file, mapping, Places(PROJECT, into, rejects))
            console.print(say("mapping_drafted", spoken, file=draft), markup=False, soft_wrap=True)
        return
    overrides = {"contract": contract, "publisher": publisher, "published_on": published_on, "status": status}
    places = Places(PROJECT, into, rejects)

    def do(progress: Callable[[float], None]) -> "Outcome":
        if mapping is None:
            raise ImportRefusedError("mapping_needed")
        return import_maquette(file, mapping, places, overrides, name, strict, progress)

    run(lang, do)


@app.command("programmation")
def programmation(
    file: File,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="YAML file that describes the table; not needed for the template.")
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="Writes the Excel template to FILE and stops.")] = False,
    contract: Annotated[str | None, typer.Option("--contract", help="Code of the contract, before that of the mapping.")] = None,
    publisher: Publisher = None,
    published_on: PublishedOn = None,
    status: Status = None,
    name: Name = None,
    into: Into = None,
    rejects: Rejects = None,
    strict: Strict = False,
    lang: Lang = None,
) -> None:
    """Imports a table of programming and execution, or writes the template to fill in."""
    from contracts.add.imports.programmation import import_programmation
    from contracts.add.imports.session import Places
    from contracts.add.imports.template import write_template

    if template:
        spoken = checked_language(lang)
        with speaking(spoken):
            console.print(say("template_written", spoken, file=write_template(file, PROJECT)), markup=False, soft_wrap=True)
        return
    overrides = {"contract": contract, "publisher": publisher, "published_on": published_on, "status": status}
    places = Places(PROJECT, into, rejects)
    run(lang, lambda progress: import_programmation(file, mapping, places, overrides, name, strict, progress))


@app.command("bench")
def bench(
    kind: Annotated[str, typer.Argument(help="The kind of import, such as maquette.")],
    rows: Annotated[int, typer.Option("--rows", help="Rows of the generated file.")] = 1_000_000,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="A workbook instead of a CSV file.")] = False,
) -> None:
    """Measures an importer on a generated file, in a folder that goes afterwards."""
    import tempfile

    from contracts.add.imports.bench import ROWS, measure
    from contracts.add.imports.list_bench import WRITERS, measure_list

    if kind not in [*ROWS, *WRITERS]:
        stop(say("option_invalid", "en", option="KIND", value=kind, why=" | ".join([*ROWS, *WRITERS])))
    with tempfile.TemporaryDirectory() as folder:
        if kind in WRITERS:
            speed = measure_list(kind, rows, Path(folder), PROJECT)
        else:
            speed = measure(kind, rows, Path(folder), PROJECT, ".xlsx" if xlsx else ".csv")
    console.print(
        f"{speed.file}: {speed.rows} rows, {speed.rows_per_second:.0f} rows a second of computing, "
        f"{speed.cpu_seconds:.1f} s of computing, {speed.seconds:.1f} s in all, {speed.peak_mib:.0f} MiB at most"
    )
