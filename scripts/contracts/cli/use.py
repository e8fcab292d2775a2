"""Commands that read the warehouse: answers, explain, report."""

import json
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from contracts.common.console import as_table, cell, console, say, stop
from contracts.common.locks import LockedFileError
from contracts.common.project import PROJECT, PUBLISHED, WAREHOUSE, build_state, open_warehouse
from contracts.publish.releases import DATABASE
from contracts.use.answers import answers
from contracts.use.explain import NothingToExplainError, explain, lines_of

app = typer.Typer()


def _say_state(connection: duckdb.DuckDBPyConnection) -> None:
    """Says in which state the warehouse is, where the file tells."""
    if state := build_state(connection):
        console.print(f"{WAREHOUSE.name}: {state.text}", style="italic", markup=False, soft_wrap=True)


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
                console.print(as_table(answer.columns, answer.rows))
        with open_warehouse() as connection:
            _say_state(connection)
    except (FileNotFoundError, LockedFileError, RuntimeError) as error:
        stop(error)
    if failures:
        raise typer.Exit(1)


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
            if not as_json:
                _say_state(connection)
    except (FileNotFoundError, LockedFileError, NothingToExplainError) as error:
        stop(error)
    if as_json:
        print(json.dumps([tree.to_dict() for tree in trees], ensure_ascii=False, indent=2))
        return
    for tree in trees:
        for depth, node in lines_of(tree):
            amount = "" if node.kind == "remark" else "no amount  " if node.amount is None else f"{cell(node.amount)} €  "
            say(f"{'  ' * depth}{amount}{node.label}")
        console.print()


@app.command("report")
def report(
    database: Annotated[Path, typer.Option(help="Warehouse file to read.")] = PUBLISHED / DATABASE,
    output: Annotated[Path, typer.Option(help="Page to write.")] = PROJECT / "report" / "index.html",
    charts: Annotated[Path | None, typer.Option(help="Writes the charts as SVG and PNG into this folder instead of the page.")] = None,
    language: Annotated[str, typer.Option(help="Language of the charts: fr or en.")] = "fr",
) -> None:
    """Writes the report as one HTML page, or its charts, from a warehouse file."""
    from contracts.use.report import UnreadableFileError, read, write_charts, write_report

    if language not in ("fr", "en"):
        stop(f"there is no language « {language} »: choose fr or en")
    try:
        data = read(database)
        if charts is not None:
            for path in write_charts(data, charts, language):
                say(str(path))
        else:
            size = write_report(data, output)
            say(f"{output} is written ({size / 1_000_000:.1f} MB): open it in a browser")
    except UnreadableFileError as error:
        stop(error)
    except OSError as error:
        stop(f"{error.filename or output} cannot be written: {error.strerror}")
