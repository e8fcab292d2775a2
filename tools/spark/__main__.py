"""Runs the comparison: python -m tools.spark."""

import typer
from rich import box
from rich.table import Table

from contracts.common.console import cell, console, say, stop
from tools.environments import ToolError
from tools.spark.proof import prove

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main() -> None:
    """Builds the shipped data on Spark and compares every table with DuckDB's, row by row, to the cent."""
    try:
        proof = prove(say)
    except ToolError as error:
        stop(error)
    table = Table("table", box=box.SIMPLE_HEAD)
    for heading in ("rows in DuckDB", "rows in Spark", "differing rows", "differing cents"):
        table.add_column(heading, justify="right")
    for each in proof.comparisons:
        numbers = (each.rows, each.other_rows, each.differing_rows, each.differing_cents)
        table.add_row(each.name, *[cell(number) for number in numbers])
    console.print(table)
    for each in proof.comparisons:
        for finding in each.findings:
            say(f"{each.name}: {finding}")
    say(f"Build on Spark: {proof.seconds:.0f} s.")
    if not proof.is_equal:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
