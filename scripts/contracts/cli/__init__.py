"""The command contracts, by what a user does: add to the warehouse, publish it, use it."""

import typer

from contracts.cli import add, publish, use

app = typer.Typer(
    help="Warehouse of French territorial public funding contracts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (use, add, publish):
    app.add_typer(group.app)


@app.callback()
def contracts() -> None:
    """Warehouse of French territorial public funding contracts."""


def main() -> None:
    """Entry point of the command line."""
    app()
