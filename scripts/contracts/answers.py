"""Runs the analyses and prints their answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contracts.project import PROJECT, WAREHOUSE, open_warehouse, run_dbt


@dataclass(frozen=True)
class Answer:
    """One analysis: its question, the meaning of its answer, and the rows."""

    name: str
    question: str
    meaning: str
    columns: list[str]
    rows: list[tuple]


def question_and_meaning(sql: str) -> tuple[str, str]:
    """Reads the opening comment of an analysis: the first line is the question, the others the meaning."""
    comment = re.match(r"(?:--.*\n)+", sql)
    lines = [line.removeprefix("--").strip() for line in comment.group().splitlines()] if comment else [""]
    return lines[0], " ".join(lines[1:])


def answers(project: Path = PROJECT, warehouse: Path = WAREHOUSE) -> Iterator[Answer]:
    """Compiles every analysis and runs it on the warehouse, read-only.

    Raises FileNotFoundError when the warehouse is not built, RuntimeError when an analysis does not compile.
    """
    open_warehouse(warehouse).close()  # dbt would make an empty file
    run = run_dbt("compile", "--select", "path:analyses", project=project)
    if not run.success:
        raise RuntimeError(run.text)
    with open_warehouse(warehouse) as connection:
        for name, sql in sorted(run.compiled.items()):
            result = connection.execute(sql)
            yield Answer(name, *question_and_meaning(sql), [column[0] for column in result.description], result.fetchall())
