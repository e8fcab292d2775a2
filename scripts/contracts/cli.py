"""The command contracts."""

import sys
from decimal import Decimal

import typer
from rich.console import Console
from rich.table import Table

from contracts.answers import answers
from contracts.bench import measure
from contracts.example import EXAMPLE, build_example

app = typer.Typer(help="Warehouse of French territorial public funding contracts.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
console = Console(width=None if sys.stdout.isatty() else 160)


def cell(value: object) -> str:
    """A value as people read it: thousands groups for amounts, a dash for null."""
    if value is None:
        return "–"
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", " ").removesuffix(".00")
    return str(value)


@app.callback()
def contracts() -> None:
    """Warehouse of French territorial public funding contracts."""


@app.command("answers")
def print_answers() -> None:
    """Prints the answers to the questions in analyses/."""
    try:
        for answer in answers():
            table = Table(title=answer.question, caption=answer.meaning, title_justify="left", caption_justify="left", show_lines=False)
            for column in answer.columns:
                table.add_column(column, overflow="fold")
            for row in answer.rows:
                table.add_row(*[cell(value) for value in row])
            console.print(table, "")
    except (FileNotFoundError, RuntimeError) as error:
        console.print(f"[red]{error}[/red]")
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
def bench(runs: int = 3) -> None:
    """Measures a warm dbt build beside the same SQL run directly in DuckDB."""
    result = measure(runs)
    console.print(
        f"warm dbt build {result.dbt_seconds:.1f} s, the same SQL directly {result.direct_seconds:.1f} s, "
        f"ratio {result.ratio:.1f} (median of {result.runs} runs, peak memory {result.dbt_peak_mib:.0f} MiB)"
    )


def main() -> None:
    """Entry point of the command line."""
    app()
