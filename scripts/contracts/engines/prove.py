"""Builds the shipped data on another engine and compares every table of star, marts and quality with DuckDB's."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import duckdb

from contracts.engines import postgres, spark
from contracts.engines.compare import Comparison, compare
from contracts.environments import PythonEnvironment, ToolError, run
from contracts.exports import published_tables
from contracts.project import attach_warehouse, copy_project, run_dbt


class Engine(Protocol):
    """What an engine's module offers."""

    NAME: str
    PACKAGES: PythonEnvironment
    MEGABYTES: int

    def running(self, folder: Path) -> AbstractContextManager[dict[str, str]]: ...

    def prepare(self, variables: dict[str, str], folder: Path, project: Path) -> None: ...

    def tables(self, variables: dict[str, str], folder: Path, names: list[tuple[str, str]]) -> dict[tuple[str, str], str]: ...


ENGINES: dict[str, Engine] = {module.NAME: module for module in (postgres, spark)}


@dataclass(frozen=True)
class Proof:
    """One comparison per table, and the seconds that the build on the engine took."""

    comparisons: list[Comparison]
    seconds: float

    @property
    def is_equal(self) -> bool:
        return all(comparison.is_equal for comparison in self.comparisons)


def prove(name: str, say: Callable[[str], None]) -> Proof:
    """Installs the engine's packages, builds on DuckDB and on the engine in a scratch folder, and compares. Raises ToolError.

    name: postgres or spark. say: takes the sentences for the reader.
    """
    engine = ENGINES[name]
    # not under the folder of the project: a server's own user must reach it
    folder = Path(tempfile.mkdtemp(prefix=f"contracts-{name}-"))
    folder.chmod(0o755)
    try:
        with engine.running(folder) as variables:
            if not engine.PACKAGES.installed:
                say(f"Installing dbt for {name} into {engine.PACKAGES.folder.name}: about {engine.MEGABYTES} MB, once.")
            engine.PACKAGES.install(f"dbt for {name}", engine.MEGABYTES)
            project = copy_project(folder / "project")
            say("Building the shipped data on DuckDB.")
            built = run_dbt("build", "--exclude-resource-type", "unit_test", project=project)
            if not built.success:
                raise ToolError(f"the build on DuckDB failed:\n{built.text}")
            say(f"Building the shipped data on {name}, with every data test.")
            started = time.monotonic()
            engine.prepare(variables, folder, project)
            _build(engine, variables, project)
            seconds = time.monotonic() - started
            return Proof(_compared(engine, variables, folder, project / "warehouse.duckdb"), seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(engine: Engine, variables: dict[str, str], project: Path) -> None:
    place = ["--project-dir", str(project), "--profiles-dir", str(project)]
    run(
        [
            engine.PACKAGES.program("dbt"),
            "--no-use-colors",
            "build",
            "--target",
            engine.NAME,
            "--exclude-resource-type",
            "unit_test",
            *place,
        ],
        f"The build on {engine.NAME} failed",
        os.environ | variables,
    )


def _compared(engine: Engine, variables: dict[str, str], folder: Path, warehouse: Path) -> list[Comparison]:
    with duckdb.connect() as connection:  # it reads what the other engine holds, which a connection to the warehouse may not
        attach_warehouse(connection, warehouse)
        published = published_tables(connection)
        theirs = engine.tables(variables, folder, [(table.schema, table.name) for table in published])
        return [
            compare(connection, table.file_name, table.relation, theirs.get((table.schema, table.name)), table.primary_key)
            for table in published
        ]
