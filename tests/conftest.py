"""Shared fixtures: the built warehouse, a second project to break, and the example."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from contracts.example import example_project
from contracts.project import copy_project, open_warehouse, run_dbt


@pytest.fixture(scope="session")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse that dbt build made from the shipped seeds, read-only."""
    with open_warehouse() as connection:
        yield connection


@pytest.fixture(scope="session")
def second_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built copy of the project on the example's seeds, to break and mend."""
    project = example_project(tmp_path_factory.mktemp("second"))
    run = run_dbt("build", "--exclude-resource-type", "unit_test", project=project)
    assert run.success, run.text
    return project


@pytest.fixture(scope="session")
def empty_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as shipped, not built."""
    return copy_project(tmp_path_factory.mktemp("copy"))


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
