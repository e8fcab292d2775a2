"""The command contracts."""

import functools
import json
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import contracts.imports.list_commands  # its import adds two commands
from contracts import mutation_report
from contracts.answers import Answer, answers
from contracts.catalogue import PAGE, write
from contracts.census import census_of_folder, score
from contracts.environments import ToolError
from contracts.example import EXAMPLE, build_example
from contracts.explain import NothingToExplainError, explain, lines_of
from contracts.geography import UnknownTerritoryError, official_territory
from contracts.imports.commands import app as imports
from contracts.landing import LandingError, new_contract
from contracts.mutations import STATES, prove
from contracts.partners import resolve
from contracts.project import PROJECT, PUBLISHED, file_to_show, open_warehouse
from contracts.releases import DATABASE, PublishError
from contracts.seal import seal

app = typer.Typer(
    help="Warehouse of French territorial public funding contracts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(imports, name="import")
console = Console(width=None if sys.stdout.isatty() else 200)


def cell(value: object) -> str:
    """A value as people read it: thousands groups for amounts, a dash for null."""
    if value is None:
        return "–"
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", " ").removesuffix(".00")
    return str(value)


def as_table(answer: Answer) -> Table:
    """An answer as a table: numbers whole and to the right, long labels cut to what tells them apart."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    columns = list(zip(*answer.rows, strict=True)) or [()] * len(answer.columns)
    numeric = [all(value is None or isinstance(value, Decimal | int) for value in values) for values in columns]
    widths = [max([len(cell(value)) for value in values] + [8]) for values in columns]
    room = console.width - sum(width + 3 for width, is_number in zip(widths, numeric, strict=True) if is_number)
    label_width = min(44, max(14, room // max(1, numeric.count(False)) - 3))
    for name, width, is_number in zip(answer.columns, widths, numeric, strict=True):
        if is_number:
            table.add_column(name.replace("_", " "), justify="right", min_width=width, max_width=max(width, 10))
        else:
            table.add_column(name.replace("_", " "), overflow="ellipsis", max_width=label_width, no_wrap=label_width >= 30)
    for row in answer.rows:
        table.add_row(*[cell(value) for value in row])
    return table


@app.callback()
def contracts() -> None:
    """Warehouse of French territorial public funding contracts."""


@app.command("answers")
def print_answers() -> None:
    """Prints the answers to the questions in analyses/; one that fails says so, and the others print."""
    failures = 0
    try:
        for answer in answers():
            console.print(answer.question, style="bold", markup=False)
            console.print(answer.meaning, style="italic", markup=False)
            if answer.failure:
                failures += 1
                console.print(answer.failure, style="red", markup=False, soft_wrap=True)
            else:
                console.print(as_table(answer))
    except (FileNotFoundError, RuntimeError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    if failures:
        raise typer.Exit(1)


@app.command("census")
def census(folder: Annotated[Path, typer.Argument(help="Folder of the document texts (*.txt).")], verbose: bool = False) -> None:
    """Compares everything in the texts that looks like money with the printed figures of the seeds, and their sections with the lines."""
    try:
        results, missing = census_of_folder(folder)
    except FileNotFoundError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from None
    for code in missing:
        console.print(f"{code}: no text of this document in {folder}")
    for result in results:
        console.print(f"{result.document_code}: {result.state}", markup=False, soft_wrap=True)
        for hit in result.unexplained:
            console.print(
                f"  line {hit.line_number}: « {hit.text} » is no mention: add it to source_mentions, with exclusion_reason if it is no line"
            )
        for mention, line in result.astray.items():
            where = f"line {line} has it: change line_number there" if line else "it stands nowhere in this text"
            console.print(f"  {mention} is not on its line; {where}")
        for each in result.unnamed:
            where = f"  line {each.line_number}: « {each.printed_figure} » to be read"
            console.print(f"{where}: its section does not name the {each.attribute} « {each.looked_for} »", markup=False, soft_wrap=True)
        if verbose:
            for hit in result.hits:
                console.print(f"  line {hit.line_number}: {hit.text} ({hit.not_money or 'money'})", markup=False)
    console.print(score(results, missing), soft_wrap=True)
    if not results or not all(result.is_clean for result in results):
        raise typer.Exit(1)


@app.command("catalogue")
def catalogue() -> None:
    """Writes the catalogue of rules into the dbt docs; run it after a rule is added."""
    write()
    console.print(f"{PAGE.relative_to(PROJECT)} is written")


@app.command("explain")
def explain_number(
    table: Annotated[str, typer.Argument(help="A mart, such as funding_by_partner.")],
    key: Annotated[str, typer.Argument(help="Its key, parts separated by /, such as cper_npdc_2015_2020/etat.")],
    as_json: Annotated[bool, typer.Option("--json", help="Prints the tree as JSON.")] = False,
) -> None:
    """Prints where one number comes from: cell, counted rows, lines, printed figures."""
    try:
        with open_warehouse() as connection:
            trees = explain(connection, table, key)
    except (FileNotFoundError, NothingToExplainError) as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from None
    if as_json:
        print(json.dumps([tree.to_dict() for tree in trees], ensure_ascii=False, indent=2))
        return
    for tree in trees:
        for depth, node in lines_of(tree):
            amount = "" if node.kind == "remark" else "no amount  " if node.amount is None else f"{cell(node.amount)} €  "
            console.print(f"{'  ' * depth}{amount}{node.label}", markup=False, highlight=False, soft_wrap=True)
        console.print()


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
        console.print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    for path in paths:
        console.print(path.relative_to(PROJECT).as_posix(), markup=False)
    console.print(f"read landing/{code}.md, fill the files, then run contracts check", markup=False)


@app.command("check")
def check_files(
    published: Annotated[Path, typer.Option(help="Published file to compare the load with.")] = PUBLISHED / DATABASE,
) -> None:
    """Checks seeds and landing files before a build: shape, keys, words, references, and what was lost since the last publication."""
    from contracts.checks import check, write_page

    outcome = check(PROJECT, published)
    for finding in outcome.findings[:50]:
        console.print(finding.text, markup=False, highlight=False, soft_wrap=True)
    page = write_page(outcome, PROJECT / "target" / "check")
    console.print(f"{outcome.summary}; whole list: {page.relative_to(PROJECT)}", markup=False, soft_wrap=True)
    if outcome.critical:
        raise typer.Exit(1)


@app.command("build")
def build_and_publish(
    into: Annotated[Path, typer.Option(help="Folder of the published files.")] = PUBLISHED,
    effective_as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Versions that took effect until this day.")
    ] = None,
    known_as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Versions known until this day.")] = None,
    accept_drift: Annotated[bool, typer.Option(help="Publishes although the load lost much against the last one.")] = False,
    keep_rejects: Annotated[bool, typer.Option(help="Puts broken rows of landing files aside in rejects/ and publishes the rest.")] = False,
    lines_per_build: Annotated[
        int, typer.Option(min=0, help="Lines that one dbt build works on, so that memory stays bounded; 0: all at once.")
    ] = 0,
) -> None:
    """Checks, builds, verifies, exports and publishes; the last good release stays when anything is wrong."""
    from contracts.publish import FOREVER, build

    days: list[date] = [day.date() if day else FOREVER for day in (effective_as_of, known_as_of)]
    try:
        tell = functools.partial(console.print, markup=False)
        release = build(
            into.resolve(),
            PROJECT,
            *days,
            accept_drift=accept_drift,
            tell=tell,
            keep_rejects=keep_rejects,
            lines_per_build=lines_per_build,
        )
    except PublishError as error:
        console.print(str(error), markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
    for note in release.notes:
        console.print(note, markup=False)
    console.print(f"{release.database} is release {release.identifier}", markup=False, soft_wrap=True)


@app.command("report")
def report(
    database: Annotated[Path, typer.Option(help="Warehouse file to read.")] = PUBLISHED / DATABASE,
    output: Annotated[Path, typer.Option(help="Page to write.")] = PROJECT / "report" / "index.html",
    charts: Annotated[Path | None, typer.Option(help="Writes the charts as SVG and PNG into this folder instead of the page.")] = None,
    language: Annotated[str, typer.Option(help="Language of the charts: fr or en.")] = "fr",
) -> None:
    """Writes the report as one HTML page, or its charts, from a warehouse file."""
    from contracts.report import UnreadableFileError, read, write_charts, write_report

    if language not in ("fr", "en"):
        console.print(f"there is no language « {language} »: choose fr or en", markup=False)
        raise typer.Exit(1)
    try:
        data = read(database)
        if charts is not None:
            for path in write_charts(data, charts, language):
                console.print(str(path), markup=False, soft_wrap=True)
        else:
            size = write_report(data, output)
            console.print(f"{output} is written ({size / 1_000_000:.1f} MB): open it in a browser", markup=False, soft_wrap=True)
    except UnreadableFileError as error:
        console.print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    except OSError as error:
        console.print(f"{error.filename or output} cannot be written: {error.strerror}", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


@app.command("screenshots")
def screenshots(
    report: Annotated[Path, typer.Option(help="Page to photograph.")] = PROJECT / "report" / "index.html",
    folder: Annotated[Path, typer.Option(help="Folder of the pictures.")] = PROJECT / "docs" / "images",
) -> None:
    """Takes the pictures of the report that the README shows; needs Chromium."""
    from contracts.report.data import UnreadableFileError
    from contracts.report.screenshots import take

    try:
        for path in take(report, folder):
            console.print(f"{path} ({path.stat().st_size / 1000:.0f} kB)", markup=False, soft_wrap=True)
    except UnreadableFileError as error:
        console.print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


@app.command("example")
def example() -> None:
    """Builds the fictitious contract of examples/ into examples/example.duckdb."""
    run = build_example()
    if not run.success:
        console.print(run.text, markup=False)
        raise typer.Exit(1)
    console.print(f"{EXAMPLE.name} is built")


@app.command("bench")
def bench(
    lines: Annotated[
        list[int] | None, typer.Option(help="Size to measure; repeat it for several. Without it 10 000, 1 and 10 million.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="How often everything runs; the median counts.")] = 3,
    postgres: Annotated[bool, typer.Option("--postgres", help="Makes the four marts in PostgreSQL too.")] = False,
    memory_limit: Annotated[str, typer.Option(help="Memory that DuckDB may use.")] = "8GB",
    threads: Annotated[int, typer.Option(min=1, help="Threads of DuckDB and polars.")] = 2,
    lines_per_build: Annotated[
        int, typer.Option(min=1, help="A size of more lines is built in steps of about so many, without the direct run beside it.")
    ] = 10_000_000,
    publish: Annotated[bool, typer.Option(help="Measures contracts build as well.")] = True,
    shipped: Annotated[bool, typer.Option(help="Measures the shipped data as well.")] = True,
    folder: Annotated[Path, typer.Option(help="Scratch folder, made and removed.")] = PROJECT / ".bench",
    output: Annotated[Path, typer.Option(help="Folder for benchmark.md, benchmark.json and images/benchmark.svg.")] = PROJECT / "docs",
) -> None:
    """Measures builds, increments and queries on made-up data of several sizes, beside the same work without dbt."""
    # polars and altair take a second to load: only this command waits for them
    from contracts.bench.processes import BenchError
    from contracts.bench.runs import run
    from contracts.bench.sizes import Settings

    settings = Settings(runs, threads, memory_limit, postgres, publish, lines_per_build=lines_per_build)
    if folder.exists() and any(folder.iterdir()):
        console.print(f"{folder} is not empty: choose a folder that may be emptied, or remove it", markup=False, soft_wrap=True)
        raise typer.Exit(1)
    try:
        page = run(
            lines or [10_000, 1_000_000, 10_000_000],
            settings,
            folder.resolve(),
            output.resolve(),
            shipped,
            tell=lambda step: console.print(step, markup=False, highlight=False),
        )
    except (BenchError, ValueError) as error:
        console.print(str(error), markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
    console.print(f"{page} is written", markup=False, soft_wrap=True)


@app.command("mutations")
def mutations(
    texts: Annotated[Path | None, typer.Option(help="Folder of the document texts (*.txt), for the census beside the checks.")] = None,
    processes: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 2,
    write: Annotated[bool, typer.Option("--write", help="Write the score into README.md and docs/methodology.md.")] = False,
) -> None:
    """Plants errors of many kinds in copies of the seeds and reports which check catches each, with and without the seal.

    Fails when a kind is missed that scripts/contracts/mutation_gaps.py does not list, or caught that it lists.
    """
    proofs = prove(texts, processes)
    table = Table("kind", "sentence", "rows", "caught by", *STATES[1:], "census", show_lines=False)
    for proof in proofs:
        table.add_row(
            proof.kind,
            proof.sentence,
            str(len(proof.outcomes)),
            "\n".join(proof.checks) or "nothing",
            *("\n".join(proof.rows(state)) or ("–" if proof.outcomes else "no row fits") for state in STATES[1:]),
            proof.census,
        )
    console.print(table)
    console.print(mutation_report.by_table(proofs), markup=False, soft_wrap=True)
    console.print(mutation_report.score(proofs), soft_wrap=True)
    if write:
        mutation_report.write(proofs)
    unlisted, caught = mutation_report.surprises(proofs)
    for kind in unlisted:
        console.print(f"{kind} is not caught: add a check, or the reason to mutation_gaps.py", markup=False, soft_wrap=True)
    for kind in caught:
        console.print(f"{kind} is caught: remove it from mutation_gaps.py", markup=False, soft_wrap=True)
    if unlisted or caught:
        raise typer.Exit(1)


@app.command("geography")
def refresh_geography(
    folder: Annotated[Path, typer.Argument(help="Folder for the package archives; those already there are not downloaded again.")],
) -> None:
    """Makes the official reference of territories and the outlines of départements anew; see docs/geography.md."""
    from contracts.geography_reference import PackageError, refresh

    try:
        counts = refresh(folder)
    except PackageError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from None
    console.print("seeds/official is written: " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()))


@app.command("territory")
def find_territory(
    code: Annotated[str, typer.Argument(help="INSEE code, SIREN, or kind and code such as region:32.")],
    kind: Annotated[str | None, typer.Option(help="commune, epci, departement or region.")] = None,
) -> None:
    """Says which official territory a code names, and how rows of the warehouse write it."""
    try:
        found = official_territory(code, kind)
    except UnknownTerritoryError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from None
    territory = found.territory
    inhabitants = f", {cell(territory.population)} inhabitants" if territory.population is not None else ""
    console.print(f"{territory.territory_code}: {territory.label_fr} ({territory.territory_type_code}{inhabitants})", markup=False)
    if found.note:
        console.print(found.note, markup=False, soft_wrap=True)


@app.command("partner")
def find_partner(
    name: Annotated[str, typer.Argument(help="A name as printed, a SIREN or a SIRET.")],
) -> None:
    """Says which partner a name means, or the candidates."""
    resolution = resolve(name)
    for each in [resolution.match] if resolution.match else resolution.candidates:
        console.print(str(each), markup=False, soft_wrap=True)
    if resolution.note:
        console.print(resolution.note, markup=False, soft_wrap=True)
    if resolution.match is None:
        raise typer.Exit(1)


@app.command("seal")
def seal_figures() -> None:
    """Seals the figures on which two readings agree into seeds/verified_figures.csv, and lists where the others differ."""
    try:
        sealing = seal()
    except FileNotFoundError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("document", "line", "figure", "attribute", "first reading", "second reading"):
        table.add_column(name, overflow="fold")
    for row in sealing.differences:
        table.add_row(*["–" if value is None else escape(str(value)) for value in row])
    console.print(table)
    for code in sealing.unsealed:
        console.print(f"{code} was sealed and is no longer", markup=False)
    read_once = sealing.figure_count - sealing.sealed_count
    console.print(f"{sealing.sealed_count} of {sealing.figure_count} figures are sealed, {read_once} count as read once: run dbt build")


@app.command("superset")
def serve_superset(
    database: Annotated[Path | None, typer.Option(help="File to show; without it the published file, or warehouse.duckdb.")] = None,
    port: Annotated[int | None, typer.Option(help="Port on loopback; without it 8088 or any free one.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Stop once the charts are found equal to the marts.")] = False,
) -> None:
    """Serves a dashboard in Apache Superset, installed in an environment of its own (900 MB)."""
    # only this command speaks HTTP: the others do not wait for its libraries
    from contracts.superset.serve import serve

    try:
        serve(database, port, check, lambda sentence: console.print(sentence, markup=False, highlight=False, soft_wrap=True))
    except (FileNotFoundError, ToolError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


@app.command("engines")
def prove_engine(name: Annotated[str, typer.Argument(help="postgres or spark.")]) -> None:
    """Builds the shipped data on another engine and compares every table with DuckDB's, row by row, to the cent."""
    from contracts.engines.prove import ENGINES, prove

    if name not in ENGINES:
        console.print(f"no engine {name}: name one of {', '.join(ENGINES)}", style="red", markup=False)
        raise typer.Exit(1)
    try:
        proof = prove(name, lambda sentence: console.print(sentence, markup=False, highlight=False, soft_wrap=True))
    except ToolError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    table = Table("table", box=box.SIMPLE_HEAD)
    for heading in ("rows in DuckDB", f"rows in {name}", "differing rows", "differing cents"):
        table.add_column(heading, justify="right")
    for each in proof.comparisons:
        numbers = (each.rows, each.other_rows, each.differing_rows, each.differing_cents)
        table.add_row(each.name, *[cell(number) for number in numbers])
    console.print(table)
    for each in proof.comparisons:
        for finding in each.findings:
            console.print(f"{each.name}: {finding}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"Build on {name}: {proof.seconds:.0f} s.", highlight=False)
    if not proof.is_equal:
        raise typer.Exit(1)


@app.command("export-lake")
def export_lake(
    folder: Annotated[Path, typer.Argument(help="New folder for the files.")],
    database: Annotated[Path | None, typer.Option(help="File to read; without it the published file, or warehouse.duckdb.")] = None,
    location: Annotated[str | None, typer.Option(help="Address at which readers find the folder, such as s3a://bucket/path.")] = None,
) -> None:
    """Writes the warehouse as partitioned Parquet that Spark and Trino read in place, with the statements that make its tables."""
    from contracts.lake import write_lake

    try:
        tables = write_lake(file_to_show(database), folder, location)
    except (FileNotFoundError, ToolError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    console.print(f"{len(tables)} tables in {folder}; their statements in spark.sql and trino.sql", markup=False, soft_wrap=True)


def main() -> None:
    """Entry point of the command line."""
    app()
