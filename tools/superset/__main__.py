"""Serves the dashboard: python -m tools.superset."""

from pathlib import Path
from typing import Annotated

import typer

from contracts.common.console import say, stop
from tools.environments import ToolError
from tools.superset.serve import serve

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    database: Annotated[Path | None, typer.Option(help="File to show; without it the published file, or warehouse.duckdb.")] = None,
    port: Annotated[int | None, typer.Option(help="Port on loopback; without it 8088 or any free one.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Stop once the charts are found equal to the marts.")] = False,
) -> None:
    """Serves a dashboard in Apache Superset, installed in an environment of its own (900 MB)."""
    try:
        serve(database, port, check, say)
    except (FileNotFoundError, ToolError) as error:
        stop(error)


if __name__ == "__main__":
    app()
