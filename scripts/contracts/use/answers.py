"""Runs the analyses and prints their answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.common.project import PROJECT, WAREHOUSE, open_warehouse, run_dbt


@dataclass(frozen=True)
class Answer:
    """One analysis: its question, the meaning of its answer, and the rows; failure says why there are none, None where all went well."""

    name: str
    question: str
    meaning: str
    columns: list[str]
    rows: list[tuple]
    failure: str | None = None


def question_and_meaning(sql: str) -> tuple[str, str]:
    """Reads the opening comment of an analysis: the first line is the question, the others the meaning."""
    comment = re.match(r"(?:--.*\n)+", sql)
    lines = [line.removeprefix("--").strip() for line in comment.group().splitlines()] if comment else [""]
    return lines[0], " ".join(lines[1:])


def _run(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> Answer:
    """One answer. An analysis that the database refuses gives its failure in a sentence."""
    question, meaning = question_and_meaning(sql)
    try:
        result = connection.execute(sql)
        return Answer(name, question, meaning, [column[0] for column in result.description], result.fetchall())
    except duckdb.Error as error:
        reason = str(error).strip().splitlines()[0]
        return Answer(name, question, meaning, [], [], f"analyses/{name}.sql gives no answer on this warehouse ({reason}): build it again")


def answers(project: Path = PROJECT, warehouse: Path = WAREHOUSE) -> Iterator[Answer]:
    """Compiles every analysis and runs it on the warehouse, read-only.

    Raises FileNotFoundError when the warehouse is not built, RuntimeError when an analysis does not compile or the file cannot be read.
    """
    try:
        open_warehouse(warehouse).close()  # dbt would make an empty file
    except duckdb.Error as error:
        raise RuntimeError(f"{warehouse.name} cannot be read: {str(error).splitlines()[0]}") from None
    run = run_dbt("compile", "--select", "path:analyses", project=project)
    if not run.success:
        raise RuntimeError(run.text)
    with open_warehouse(warehouse) as connection:
        for name, sql in sorted(run.compiled.items()):
            yield _run(connection, name, sql)
