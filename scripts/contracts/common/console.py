"""What the commands print: text as it is, tables, and sentences in red before they stop."""

import sys
from decimal import Decimal
from typing import NoReturn

import typer
from rich import box
from rich.console import Console
from rich.table import Table

console = Console(width=None if sys.stdout.isatty() else 200)


def say(sentence: str) -> None:
    """Prints a sentence as it is, however long."""
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def stop(reason: object) -> NoReturn:
    """Prints why a command ends and ends it with code 1."""
    console.print(str(reason), style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)


def cell(value: object) -> str:
    """A value as people read it: thousands groups for amounts, a dash for null."""
    if value is None:
        return "–"
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", " ").removesuffix(".00")
    return str(value)


def as_table(columns: tuple[str, ...], rows: list[tuple]) -> Table:
    """Rows as a table: numbers whole and to the right, long labels cut to what tells them apart."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    numeric = [all(value is None or isinstance(value, Decimal | int) for value in values) for values in by_column]
    widths = [max([len(cell(value)) for value in values] + [8]) for values in by_column]
    room = console.width - sum(width + 3 for width, is_number in zip(widths, numeric, strict=True) if is_number)
    label_width = min(44, max(14, room // max(1, numeric.count(False)) - 3))
    for name, width, is_number in zip(columns, widths, numeric, strict=True):
        if is_number:
            table.add_column(name.replace("_", " "), justify="right", min_width=width, max_width=max(width, 10))
        else:
            table.add_column(name.replace("_", " "), overflow="ellipsis", max_width=label_width, no_wrap=label_width >= 30)
    for row in rows:
        table.add_row(*[cell(value) for value in row])
    return table
