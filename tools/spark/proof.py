"""Builds the shipped data on DuckDB and on Spark, and compares every table of star, marts and quality."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.common.project import attach_warehouse, copy_project, run_dbt
from contracts.publish.accepted import write_accepted_rows
from contracts.publish.files import Published, published_tables
from tools.environments import ToolError, run
from tools.spark.compare import Comparison, compare
from tools.spark.session import MEGABYTES, PACKAGES, running, tables

# rows are checked on DuckDB alone
REJECTS = ("quality", "rejects")


@dataclass(frozen=True)
class Proof:
    """One comparison per table, and the seconds that the build on Spark took."""

    comparisons: list[Comparison]
    seconds: float

    @property
    def is_equal(self) -> bool:
        return all(comparison.is_equal for comparison in self.comparisons)


def prove(say: Callable[[str], None]) -> Proof:
    """Installs Spark, builds on DuckDB and on Spark in a scratch folder, and compares. Raises ToolError.

    say: takes the sentences for the reader.
    """
    folder = Path(tempfile.mkdtemp(prefix="contracts-spark-"))
    try:
        with running(folder) as variables:
            if not PACKAGES.installed:
                say(f"Installing dbt for Spark into {PACKAGES.folder.name}: about {MEGABYTES} MB, once.")
            PACKAGES.install("dbt for Spark", MEGABYTES)
            project = copy_project(folder / "project")
            say("Building the shipped data on DuckDB.")
            built = run_dbt("build", project=project)
            if not built.success:
                raise ToolError(f"the build on DuckDB failed:\n{built.text}")
            say("Building the accepted rows on Spark, with the data tests.")
            rows = folder / "accepted_rows"
            write_accepted_rows(project / "warehouse.duckdb", rows)
            started = time.monotonic()
            _build(variables | {"CONTRACTS_ACCEPTED_ROWS": str(rows)}, project)
            seconds = time.monotonic() - started
            return Proof(_compared(variables, project / "warehouse.duckdb"), seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(variables: dict[str, str], project: Path) -> None:
    arguments = ["build", "--target", "spark"]
    place = ["--project-dir", str(project), "--profiles-dir", str(project)]
    run([PACKAGES.program("dbt"), "--no-use-colors", *arguments, *place], "The build on Spark failed", os.environ | variables)


def _compared(variables: dict[str, str], warehouse: Path) -> list[Comparison]:
    with duckdb.connect() as connection:  # it reads what Spark wrote, which a connection to the warehouse may not
        attach_warehouse(connection, warehouse)
        published = [table for table in published_tables(connection) if (table.schema, table.name) != REJECTS]
        theirs = tables(variables, [(table.schema, table.name) for table in published])
        return [
            compare(connection, table.file_name, _relation(table), theirs.get((table.schema, table.name)), table.primary_key)
            for table in published
        ]


def _relation(table: Published) -> str:
    """SQL of a table as Spark holds it too: its dictionary knows no table of rejects."""
    return table.relation if table.name != "data_dictionary" else f"(select * from {table.relation} where model_name <> '{REJECTS[1]}')"
