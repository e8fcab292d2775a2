"""What a reader of the project may count on: every public column described, typed and keyed, and no long SQL file."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from contracts.common.project import AMOUNTS, PROJECT, STAGES, WAREHOUSE, read_seed

PUBLIC = ("star", "marts", "quality")


@pytest.fixture(scope="module")
def manifest() -> dict:
    return json.loads((PROJECT / "target" / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def models(manifest: dict) -> list[dict]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def test_every_public_model_has_a_contract_a_key_and_described_columns(models: list[dict], manifest: dict) -> None:
    public = [model for model in models if model["schema"] in PUBLIC]
    tests_of_keys = ("key_is_unique", "is_key")
    tested_keys = {
        node["attached_node"] for node in manifest["nodes"].values() if (node.get("test_metadata") or {}).get("name") in tests_of_keys
    }
    assert len(public) > 30
    for model in public:
        name = model["name"]
        assert model["config"]["contract"]["enforced"], name
        # models whose rows grow with those of many contracts have their key in a test
        has_key = any(constraint["type"] == "primary_key" for constraint in model["constraints"])
        assert has_key or model["unique_id"] in tested_keys, name
        assert model["description"], name
        for column in model["columns"].values():
            assert column["description"], f"{name}.{column['name']}"
            assert column["data_type"], f"{name}.{column['name']}"
            assert column["config"]["meta"]["label_fr"], f"{name}.{column['name']}"


def test_columns_have_the_type_that_their_yaml_says(models: list[dict], warehouse: duckdb.DuckDBPyConnection) -> None:
    built = warehouse.execute(
        "select schema_name, table_name, column_name, lower(data_type) from duckdb_columns() where not internal"
    ).fetchall()
    types = {(schema, table, column): kind for schema, table, column, kind in built}
    told = {
        (model["schema"], model["alias"], column["name"]): column["data_type"].replace(" ", "")
        for model in models
        for column in model["columns"].values()
        if column["data_type"] and model["config"]["materialized"] != "ephemeral"
    }
    assert {place: (kind, types.get(place)) for place, kind in told.items() if types.get(place) != kind} == {}


def test_money_is_decimal(models: list[dict]) -> None:
    """A sum is ten digits wider than what is added; only a declared amount, and what is not more than one, is as wide as in the seeds."""
    declared = {"declared_eur", "declared_low_eur", "declared_high_eur", "amount_eur", "previous_amount_eur", "change_eur"}
    for model in models:
        for column in model["columns"].values():
            if column["name"].endswith("_eur") and model["schema"] in PUBLIC:
                expected = "decimal(18, 2)" if column["name"] in declared else "decimal(28, 2)"
                assert column["data_type"] == expected, f"{model['name']}.{column['name']}"


def test_every_mart_that_cuts_the_same_money_is_held_against_it(models: list[dict], manifest: dict) -> None:
    tested = {node["attached_node"] for node in manifest["nodes"].values() if node["name"].startswith("conserves_funding_")}
    cutting = {model["unique_id"] for model in models if model["schema"] == "marts" and set(AMOUNTS) <= set(model["columns"])}
    assert len(cutting) > 5
    assert tested == cutting


def test_stages_are_those_of_the_seed() -> None:
    assert tuple(row["stage_code"] for row in read_seed("stages")) == STAGES


def test_null_means_what_the_columns_hold(models: list[dict], warehouse: duckdb.DuckDBPyConnection) -> None:
    """A column says what null means where it may hold one, and only there: a key is unspecified instead."""
    needless, missing = [], []
    for model in models:
        if model["schema"] not in PUBLIC:
            continue
        primary = {name for each in model["constraints"] if each["type"] == "primary_key" for name in each["columns"] or []}
        columns = list(model["columns"].values())
        counts = ", ".join(
            f"count(*) filter (where {column['name']} is null), "
            f"count(*) filter (where cast({column['name']} as varchar) = 'unspecified' and {column['name'].endswith('_key')})"
            for column in columns
        )
        found = warehouse.execute(f"select {counts} from {model['schema']}.{model['alias']}").fetchone()
        for column, nulls, unspecified in zip(columns, found[::2], found[1::2], strict=True):
            says = column["config"]["meta"].get("null_means")
            is_required = column["name"] in primary or any(each["type"] == "not_null" for each in column["constraints"])
            if says and (is_required or unspecified):
                needless.append(f"{model['name']}.{column['name']}")
            if nulls and not says:
                missing.append(f"{model['name']}.{column['name']}")
    assert needless == []
    assert missing == []


# columns of the member unspecified that say it in other words
OTHER_WORDS = {"status": "unknown", "population_caveat": "no territory is stated"}


def test_the_member_unspecified_says_so_in_every_column(models: list[dict], warehouse: duckdb.DuckDBPyConnection) -> None:
    """Its row is written from the YAML and put below the others by position: a column elsewhere would hold another's word."""
    misplaced, members = [], []
    for model in (each for each in models if each["name"].startswith("dim_")):
        key = next(iter(model["columns"]))
        row = warehouse.execute(f"select * from star.{model['alias']} where cast({key} as varchar) = 'unspecified'").fetchone() or ()
        members += [model["name"]] if row else []
        for column, value in zip(model["columns"].values(), row, strict=False):
            name = column["name"]
            word = "Not stated" if name.endswith("label_en") else "unspecified"
            word = "Non précisé" if name.endswith("label_fr") or name in ("title", "short_label") else word
            word = OTHER_WORDS.get(name, None if "null_means" in column["config"]["meta"] else word)
            if value not in (word, f"{word}e"):
                misplaced.append(f"{model['name']}.{name}: {value}")
    assert {"dim_contract", "dim_partner", "dim_territory", "dim_operation"} <= set(members)
    assert misplaced == []


def test_unit_and_meaning_of_null_stand_in_meta_alone(models: list[dict]) -> None:
    public = [(model["name"], column) for model in models if model["schema"] in PUBLIC for column in model["columns"].values()]
    again = [f"{name}.{column['name']}" for name, column in public if re.search(r"Null:|Unit:|Euros\.|Percent\.", column["description"])]
    assert again == [], "config.meta has unit and null_means"


def test_pages_tell_every_rule_of_rows(models: list[dict]) -> None:
    rules = {rule for model in models for rule in model["config"]["meta"].get("row_rules", {})}
    told = re.findall(r"^\| `(\w+)` \|", (PROJECT / "docs/how_to/seed.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert rules - set(told) == set()
    (description,) = [model["columns"]["rule"]["description"] for model in models if model["name"] == "rejects"]
    rejects = set(re.findall(r"[a-z_]+", re.sub(r", or what keeps [^:]*:", "", description)))
    page = (PROJECT / "landing/README.md").read_text(encoding="utf-8")
    assert {rule for rule in rejects if f"`{rule}`" not in page} == set()


def test_only_staging_reads_seeds(models: list[dict]) -> None:
    for model in models:
        seeds = [parent for parent in model["depends_on"]["nodes"] if parent.startswith("seed.")]
        assert not seeds or model["schema"] == "staging", model["name"]


def test_nothing_that_readers_see_is_built_on_a_broken_row(models: list[dict], manifest: dict) -> None:
    """What descends from the model gate waits for it, and gate reads every seed."""
    above: dict[str, set[str]] = {}

    def ancestors(key: str) -> set[str]:
        if key not in above:
            parents = manifest["parent_map"].get(key, [])
            above[key] = set(parents).union(*map(ancestors, parents))
        return above[key]

    (gate,) = (model["unique_id"] for model in models if model["name"] == "gate")
    seeds = {key for key, node in manifest["nodes"].items() if node["resource_type"] == "seed"}
    landing = {key for key in manifest["sources"] if ".landing." in key}
    assert seeds and landing and seeds | landing <= ancestors(gate), "macros/rows/tables.sql names every table"
    assert [model["name"] for model in models if model["schema"] in PUBLIC and gate not in ancestors(model["unique_id"])] == []


def joins(plan: dict) -> Iterator[str]:
    """The joins of a plan that compare each row with each, by the condition that no hash serves."""
    if plan["name"] == "BLOCKWISE_NL_JOIN" and plan["extra_info"]["Join Type"] != "INNER":
        yield plan["extra_info"]["Condition"]
    for child in plan["children"]:
        yield from joins(child)


def test_no_outer_join_compares_each_row_with_each(models: list[dict], tmp_path: Path) -> None:
    """A condition on one side alone, beside the keys of an outer join, keeps DuckDB from hashing them: hours at a million lines."""
    compiled = {model["name"]: model["compiled_code"] for model in models if model["config"]["materialized"] != "ephemeral"}
    assert len(compiled) > 100
    # a copy, since models read files, which readers of the warehouse itself may not
    with duckdb.connect(shutil.copy(WAREHOUSE, tmp_path / WAREHOUSE.name), read_only=True) as connection:
        plans = {name: json.loads(connection.execute(f"explain (format json) {sql}").fetchone()[1]) for name, sql in compiled.items()}
    assert {name: found for name, (plan,) in plans.items() if (found := list(joins(plan)))} == {}


def test_sql_files_are_short() -> None:
    long_files = {
        path.name: count
        for path in (PROJECT / "models").rglob("*.sql")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 150
    }
    assert long_files == {}


def test_every_model_says_what_it_holds(models: list[dict]) -> None:
    assert [model["name"] for model in models if not model["description"]] == []
