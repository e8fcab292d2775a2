"""Shared fixtures: the built warehouse, a second project to break, and the example."""

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from contracts.common.project import open_warehouse
from loads import LandedProject
from printed_commands import MARKS, collect
from tools.example import example_project, parsed_copy


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many commands of the pages are not run, or only by make test-all, whenever those of the pages were."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    if any(getattr(report, "nodeid", "").startswith("tests/test_pages.py") for report in reports):
        collected = collect()
        marks = ", ".join(f"{len(collected.marked(mark))} marked {mark}" for mark in MARKS)
        terminalreporter.write_line(f"pages: {len(collected.printed)} commands and samples, {marks}")


@pytest.fixture(scope="session")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse that dbt build made from the shipped seeds, read-only."""
    with open_warehouse() as connection:
        yield connection


# dbt's own command line without the libraries that dbt-core, dbt-duckdb and duckdb do without
PLAIN_DBT = """
import sys
sys.modules |= dict.fromkeys(["numpy", "pandas", "pyarrow"])
from dbt.cli.main import cli
cli()
"""


@pytest.fixture(scope="session")
def second_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project on the example's seeds, built by plain dbt, to break and mend."""
    project = example_project(tmp_path_factory.mktemp("second"))
    command = [sys.executable, "-c", PLAIN_DBT, "--quiet", "--no-use-colors", "build"]
    built = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout[-4000:] + built.stderr[-4000:]
    return project


@pytest.fixture(scope="session")
def empty_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as shipped, not built."""
    return parsed_copy(tmp_path_factory.mktemp("copy"))


@pytest.fixture
def changed_seed(second_project: Path) -> Iterator[Callable]:
    """Changes the rows of one seed of the second project; every seed is put back afterwards."""
    kept: dict[Path, bytes] = {}

    def change(seed: str, edit: Callable[[list[dict[str, str]]], None]) -> None:
        path = second_project / "seeds" / f"{seed}.csv"
        kept.setdefault(path, path.read_bytes())
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = list(reader.fieldnames or []), list(reader)
        edit(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    yield change
    for path, content in kept.items():
        path.write_bytes(content)


@pytest.fixture(scope="module")
def loading(tmp_path_factory: pytest.TempPathFactory) -> LandedProject:
    return LandedProject(tmp_path_factory.mktemp("loading"))


@pytest.fixture
def landed(loading: LandedProject) -> Iterator[LandedProject]:
    """The example project in memory, without landing files; what a test lands is taken away."""
    loading.stale()
    yield loading
    loading.clear()
