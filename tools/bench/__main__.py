"""Runs the benchmark: python -m tools.bench."""

from pathlib import Path
from typing import Annotated

import typer

from contracts.common.console import say, stop
from contracts.common.project import PROJECT
from tools.bench.processes import BenchError
from tools.bench.runs import run
from tools.bench.sizes import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
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
    publish: Annotated[bool, typer.Option(help="Measures contracts publish as well.")] = True,
    shipped: Annotated[bool, typer.Option(help="Measures the shipped data as well.")] = True,
    folder: Annotated[Path, typer.Option(help="Scratch folder, made and removed.")] = PROJECT / ".bench",
    output: Annotated[Path, typer.Option(help="Folder for benchmark.md, benchmark.json and images/benchmark.svg.")] = PROJECT / "docs",
) -> None:
    """Measures builds, increments and queries on made-up data of several sizes, beside the same work without dbt."""
    settings = Settings(runs, threads, memory_limit, postgres, publish, lines_per_build=lines_per_build)
    if folder.exists() and any(folder.iterdir()):
        stop(f"{folder} is not empty: choose a folder that may be emptied, or remove it")
    try:
        page = run(
            lines or [10_000, 1_000_000, 10_000_000],
            settings,
            folder.resolve(),
            output.resolve(),
            shipped,
            tell=say,
        )
    except (BenchError, ValueError) as error:
        stop(error)
    say(f"{page} is written")


if __name__ == "__main__":
    app()
