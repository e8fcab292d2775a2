"""The generic tests of tests/data/generic pass on sound tables and find each defect on faulty ones.

They run in a copy of the project reduced to small seeds and models of fixtures, in one dbt build.
"""

import shutil
from pathlib import Path

import duckdb
import pytest
import yaml

from contracts.common.project import AMOUNTS, PROJECT, run_dbt

SEEDS = {
    "keys_none": """
        line_code,recorded_on
        once,
        once,2018-01-01
        other,
    """,
    "keys_found": """
        line_code,recorded_on
        twice,
        twice,
        twice dated,2018-01-01
        twice dated,2018-01-01
        once,
    """,
}

PROJECT_FILES = {
    "dbt_project.yml": {"name": "territorial_contracts", "profile": "fixtures", "test-paths": ["tests/data"]},
    "profiles.yml": {"fixtures": {"target": "dev", "outputs": {"dev": {"type": "duckdb", "path": "warehouse.duckdb"}}}},
}

# measures of fct_funding that each fixture mart carries: the same, one cent less, a null, rows cut another way
FUNDING = "select * from (values (100.00, 1), (0.01, 2)) as t (amount, line_count)"
MARTS = {
    "funding_same": "select * from (values (60.00, 1), (40.00, 0), (0.01, 2)) as t (amount, line_count)",
    "funding_a_cent_less": "select * from (values (100.00, 3)) as t (amount, line_count)",
    "funding_a_line_more": "select * from (values (100.01, 4)) as t (amount, line_count)",
    "funding_empty": "select * from (values (100.00, 1)) as t (amount, line_count) where false",
}

EXPECTED = {
    "is_key_passes": [],
    "is_key_finds": [("twice", None, "2"), ("twice dated", "2018-01-01", "2")],
    "conserves_funding_same": [],
    "conserves_funding_a_cent_less": [("contracted_eur", "100.01", "100.00")],
    "conserves_funding_a_line_more": [("financial_line_count", "3.00", "4.00")],
    "conserves_funding_empty": [("contracted_eur", "100.01", None), ("financial_line_count", "3.00", None)],
}


def measures(rows: str) -> str:
    """A funding table of the fixtures: contracted amounts and line counts filled, every other measure null."""
    empty = [name for name in AMOUNTS if name != "contracted_eur"]
    nulls = ", ".join(f"cast(null as decimal(18, 2)) as {name}" for name in empty)
    filled = "cast(amount as decimal(18, 2)) as contracted_eur, line_count as financial_line_count"
    return f"select {filled}, {nulls} from ({rows})"


def generic_test(kind: str, name: str, arguments: dict) -> dict:
    """A data test as YAML, with the rows that it returns stored in schema found."""
    config = {"store_failures": True, "schema": "found", "severity": "warn"}
    return {kind: {"name": name, "arguments": arguments, "config": config}}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple]]:
    """Rows that each generic test returns on its fixtures, by test name, without the table's name."""
    project = tmp_path_factory.mktemp("generic_tests")
    shutil.copytree(PROJECT / "tests/data/generic", project / "tests/data/generic")
    shutil.copytree(PROJECT / "macros", project / "macros")
    write_fixtures(project)
    run = run_dbt("build", project=project)
    assert run.success, run.text
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        return {name: connection.execute(f"select columns(c -> c <> 'table_name') from found.{name}").fetchall() for name in EXPECTED}


def write_fixtures(project: Path) -> None:
    """Writes seeds, models and the tests on them into an empty project."""
    for name, text in PROJECT_FILES.items():
        (project / name).write_text(yaml.safe_dump(text), encoding="utf-8")
    (project / "seeds").mkdir()
    for name, text in SEEDS.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (project / "seeds" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (project / "models").mkdir()
    for name, rows in {"fct_funding": FUNDING, **MARTS}.items():
        (project / "models" / f"{name}.sql").write_text(measures(rows) + "\n", encoding="utf-8")
    key = {"columns": ["line_code", "recorded_on"]}
    tests = {
        "keys_none": [generic_test("is_key", "is_key_passes", key)],
        "keys_found": [generic_test("is_key", "is_key_finds", key)],
    }
    document = {
        "seeds": [{"name": name, "data_tests": checks} for name, checks in tests.items()],
        "models": [{"name": mart, "data_tests": [generic_test("conserves_funding", f"conserves_{mart}", {})]} for mart in MARTS],
    }
    (project / "models" / "fixtures.yml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize("name", EXPECTED)
def test_generic_test_returns_exactly_the_defects(found: dict[str, list[tuple]], name: str) -> None:
    rows = [tuple(None if value is None else str(value) for value in row) for row in found[name]]
    assert sorted(rows, key=str) == sorted(EXPECTED[name], key=str)
