"""Models and unit tests of DuckDB as macros/materializations make them, in a project of a few models."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml

from contracts.project import PROJECT, Run, run_dbt

COLUMNS = [
    {"name": "code", "data_type": "varchar", "description": "It's the code.", "constraints": [{"type": "primary_key"}]},
    {"name": "amount", "data_type": "decimal(18, 2)", "description": "Euros."},
]
NAMED = "select code, cast(amount as decimal(18, 2)) as amount from {{ ref('given') }}"
MODELS = {
    "given": "{{ config(materialized='table') }} select * from (values ('a', 1), ('b', 2)) as rows (code, amount)",
    "seen": "{{ config(materialized='view') }} select * from {{ ref('given') }}",
    "kept": "{{ config(materialized='table', contract={'enforced': true}, persist_docs={'relation': true, 'columns': true}) }} " + NAMED,
    "grown": "{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', "
    "contract={'enforced': true}) }} " + NAMED,
}
DOCUMENT = {"models": [{"name": name, "description": f"The rows {name}.", "columns": COLUMNS} for name in ("kept", "grown")]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The models, built once."""
    project = tmp_path_factory.mktemp("few_models")
    shutil.copytree(PROJECT / "macros" / "materializations", project / "macros" / "materializations")
    shutil.copy(PROJECT / "profiles.yml", project)
    settings = {"name": "few_models", "profile": "territorial_contracts", "flags": {"send_anonymous_usage_stats": False}}
    (project / "dbt_project.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (project / "models").mkdir()
    write_document(project, DOCUMENT)
    for name, sql in MODELS.items():
        write_model(project, name, sql)
    run = run_dbt("build", project=project)
    assert run.success, run.text
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the built models to change."""
    return shutil.copytree(built, tmp_path / "project")


@pytest.fixture
def query(project: Path) -> Callable[[str], list[tuple]]:
    def ask(sql: str) -> list[tuple]:
        with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
            return connection.sql(sql).fetchall()

    return ask


def write_model(project: Path, name: str, sql: str) -> None:
    (project / "models" / f"{name}.sql").write_text(sql + "\n", encoding="utf-8")


def write_document(project: Path, document: dict) -> None:
    (project / "models" / "models.yml").write_text(yaml.safe_dump(document), encoding="utf-8")


def build(project: Path, *arguments: str) -> Run:
    return run_dbt("build", *arguments, project=project)


def test_a_table_and_a_view_are_replaced_even_by_each_other(project: Path, query: Callable) -> None:
    write_model(project, "seen", MODELS["seen"].replace("'view'", "'table'"))
    write_model(project, "given", MODELS["given"].replace("'table'", "'view'").replace("('b', 2)", "('c', 3)"))
    for _ in range(2):
        assert build(project, "--exclude", "grown").success
        assert query("select code from seen union all select code from kept order by 1") == [("a",), ("a",), ("c",), ("c",)]
    assert query("select table_name from information_schema.tables where table_type = 'VIEW'") == [("given",)]
    assert len(query("from information_schema.tables")) == len(MODELS)


def test_descriptions_stand_in_the_database(query: Callable) -> None:
    assert query("select comment from duckdb_tables() where table_name = 'kept'") == [("The rows kept.",)]
    assert query("select comment from duckdb_columns() where table_name = 'kept'") == [("It's the code.",), ("Euros.",)]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select code, amount, 1 as more from {{ ref('given') }}", "more"),
        ("select 'a' as code, cast(amount as decimal(18, 2)) as amount from {{ ref('given') }}", "Duplicate key"),
    ],
)
def test_a_model_that_breaks_its_contract_leaves_the_table_of_before(project: Path, query: Callable, sql: str, message: str) -> None:
    write_model(project, "kept", MODELS["kept"].replace(NAMED, sql))
    run = build(project)
    assert not run.success
    assert message in run.text
    assert query("from kept order by code") == [("a", 1), ("b", 2)]


def test_an_incremental_table_grows_and_its_full_refresh_starts_anew(project: Path, query: Callable) -> None:
    write_model(project, "given", MODELS["given"].replace("('a', 1), ('b', 2)", "('c', 3)"))
    assert build(project).success
    assert query("select code from grown order by 1") == [("a",), ("b",), ("c",)]
    assert build(project, "--full-refresh").success
    assert query("select code from grown") == [("c",)]


def test_an_incremental_table_of_other_columns_asks_for_a_full_refresh(project: Path, query: Callable) -> None:
    write_model(project, "given", MODELS["given"].replace("1), ('b', 2)", "1)"))
    write_model(project, "grown", MODELS["grown"].replace("code,", "code, 1 as more,"))
    document = {"models": [{**model, "columns": [*COLUMNS, {"name": "more", "data_type": "integer"}]} for model in DOCUMENT["models"][1:]]}
    write_document(project, document)
    run = build(project, "--select", "grown")
    assert "main.grown was built with other columns: run dbt build --full-refresh" in run.text
    assert "Only in the model: more INTEGER" in run.text
    assert len(query("from grown")) == 2


GIVEN = [{"code": "it's", "amount": 1}, {"code": "none"}]
RIGHT = [{"code": "it's", "amount": 1.0}, {"code": "none", "amount": None}]
UNIT_TESTS = {  # rows given, rows expected, what dbt says
    "same": (GIVEN, RIGHT, None),
    "other order, some columns": (GIVEN, [{"code": "none"}, {"code": "it's"}], None),
    "nulls": ([{}], [{"code": None, "amount": None}], None),
    "no rows": ([], [], None),
    "none expected": (GIVEN, [], "differs from"),
    "none given": ([], RIGHT, "differs from"),
    "zero for null": (GIVEN, [RIGHT[0], {"code": "none", "amount": 0}], "differs from"),
    "a row missing": (GIVEN, RIGHT[:1], "differs from"),
    "column in one row": (GIVEN, [{"code": "none"}, RIGHT[0]], "'amount' is none of the columns code"),
    "unknown expected column": (GIVEN, [{"kode": "none"}], "'kode' is none of the columns code, amount"),
    "unknown given column": ([{"kode": "none"}], RIGHT, "'kode' is none of the columns code, amount"),
}


def test_a_unit_test_fails_at_each_difference(project: Path) -> None:
    names = {name.replace(" ", "_").replace(",", ""): name for name in UNIT_TESTS}
    unit_tests = [
        {"name": code, "model": "kept", "given": [{"input": "ref('given')", "rows": given}], "expect": {"rows": expected}}
        for code, (given, expected, _) in zip(names, UNIT_TESTS.values(), strict=True)
    ]
    write_document(project, {**DOCUMENT, "unit_tests": unit_tests})
    assert not run_dbt("test", "--select", "kept", project=project, artifacts=True).success
    results = json.loads((project / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    found = {result["unique_id"].split(".")[-1]: result for result in results}
    for code, name in names.items():
        message = UNIT_TESTS[name][2]
        assert (found[code]["status"] == "pass") == (message is None), name
        assert message is None or message in found[code]["message"], name
