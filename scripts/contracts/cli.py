"""The command contracts."""

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich import box
from rich.console import Console
from rich.table import Table

import contracts.imports.list_commands  # its import adds two commands
from contracts.answers import Answer, answers
from contracts.bench import measure
from contracts.catalogue import PAGE, write
from contracts.census import census_of_folder, score
from contracts.example import EXAMPLE, build_example
from contracts.explain import NothingToExplainError, explain, lines_of
from contracts.geography import UnknownTerritoryError, official_territory
from contracts.geography_reference import PackageError, refresh
from contracts.imports.commands import app as imports
from contracts.mutations import prove
from contracts.mutations import score as score_of_mutations
from contracts.partners import resolve
from contracts.project import PROJECT, WAREHOUSE
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
    """Prints the answers to the questions in analyses/."""
    try:
        for answer in answers():
            console.print(answer.question, style="bold", markup=False)
            console.print(answer.meaning, style="italic", markup=False)
            console.print(as_table(answer))
    except (FileNotFoundError, RuntimeError) as error:
        console.print(f"[red]{error}[/red]")
        raise typer.Exit(1) from None


@app.command("census")
def census(folder: Annotated[Path, typer.Argument(help="Folder of the document texts (*.txt).")], verbose: bool = False) -> None:
    """Compares everything in the document texts that looks like money with the printed figures of the seeds."""
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
    if not WAREHOUSE.exists():
        console.print(f"{WAREHOUSE.name} is not built yet: run make build first")
        raise typer.Exit(1)
    try:
        with duckdb.connect(str(WAREHOUSE), read_only=True, config={"enable_external_access": False}) as connection:
            trees = explain(connection, table, key)
    except NothingToExplainError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from None
    if as_json:
        print(json.dumps([tree.to_dict() for tree in trees], ensure_ascii=False, indent=2))
        return
    for tree in trees:
        for depth, node in lines_of(tree):
            amount = "no amount" if node.amount is None else f"{cell(node.amount)} €"
            console.print(f"{'  ' * depth}{amount}  {node.label}", markup=False, highlight=False, soft_wrap=True)
        console.print()


@app.command("example")
def example() -> None:
    """Builds the fictitious contract of examples/ into examples/example.duckdb."""
    run = build_example()
    if not run.success:
        console.print(run.text, markup=False)
        raise typer.Exit(1)
    console.print(f"{EXAMPLE.name} is built")


@app.command("bench")
def bench(runs: int = 3) -> None:
    """Measures a warm dbt build beside the same SQL run directly in DuckDB."""
    result = measure(runs)
    console.print(
        f"warm dbt build {result.dbt_seconds:.1f} s, the same SQL directly {result.direct_seconds:.1f} s, "
        f"ratio {result.ratio:.1f} (median of {result.runs} runs, peak memory {result.dbt_peak_mib:.0f} MiB)"
    )


@app.command("mutations")
def mutations(
    texts: Annotated[Path | None, typer.Option(help="Folder of the document texts (*.txt), for the census beside the checks.")] = None,
) -> None:
    """Plants errors of many kinds in copies of the seeds and reports which check catches each."""
    proofs = prove(texts)
    table = Table("kind", "sentence", "rows", "caught by", "uncaught rows", "census", show_lines=False)
    for proof in proofs:
        table.add_row(
            proof.kind,
            proof.sentence,
            str(len(proof.outcomes)),
            "\n".join(proof.checks) or "nothing",
            "\n".join(proof.uncaught) or ("–" if proof.outcomes else "no row fits"),
            proof.census,
        )
    console.print(table)
    console.print(score_of_mutations(proofs), soft_wrap=True)
    if not all(proof.is_caught for proof in proofs):
        raise typer.Exit(1)


@app.command("geography")
def refresh_geography(
    folder: Annotated[Path, typer.Argument(help="Folder for the package archives; those already there are not downloaded again.")],
) -> None:
    """Makes the official reference of territories and the outlines of départements anew; see docs/geography.md."""
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
    """Writes seeds/verified_figures.csv: figures read a second time and dates of contracts, as the last build read them."""
    try:
        console.print(f"{seal()} figures and dates are sealed: run dbt build")
    except FileNotFoundError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from None


def main() -> None:
    """Entry point of the command line."""
    app()
