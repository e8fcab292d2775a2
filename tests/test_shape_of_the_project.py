"""What a reader of the project may count on: every public column described, typed and keyed, and no long SQL file."""

import json

import pytest

from contracts.project import AMOUNTS, PROJECT

PUBLIC = ("star", "marts", "quality")


@pytest.fixture(scope="module")
def models() -> list[dict]:
    manifest = json.loads((PROJECT / "target" / "manifest.json").read_text(encoding="utf-8"))
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def test_every_public_model_has_a_contract_a_key_and_described_columns(models: list[dict]) -> None:
    public = [model for model in models if model["schema"] in PUBLIC]
    tested_keys = (PROJECT / "tests" / "data" / "keys_are_unique.sql").read_text(encoding="utf-8")
    assert len(public) > 30
    for model in public:
        name = model["name"]
        assert model["config"]["contract"]["enforced"], name
        # models whose rows grow with those of many contracts have their key in a test
        has_key = any(constraint["type"] == "primary_key" for constraint in model["constraints"])
        assert has_key or f"'{name}': {model['config']['meta']['key']}," in tested_keys, name
        assert model["description"], name
        for column in model["columns"].values():
            assert column["description"], f"{name}.{column['name']}"
            assert column["data_type"], f"{name}.{column['name']}"
            assert column["config"]["meta"]["label_fr"], f"{name}.{column['name']}"


def test_money_is_decimal(models: list[dict]) -> None:
    for model in models:
        for column in model["columns"].values():
            if column["name"].endswith("_eur") and model["schema"] in PUBLIC:
                assert column["data_type"] == "decimal(18, 2)", f"{model['name']}.{column['name']}"


def test_every_mart_that_cuts_the_same_money_is_held_against_it(models: list[dict]) -> None:
    manifest = json.loads((PROJECT / "target" / "manifest.json").read_text(encoding="utf-8"))
    (test,) = [node for node in manifest["nodes"].values() if node["name"] == "marts_conserve_funding"]
    with_amounts = [model for model in models if model["schema"] == "marts" and set(AMOUNTS) <= set(model["columns"])]
    # which shows the money of a contract at the end of each year anew
    cutting = {model["unique_id"] for model in with_amounts if model["name"] != "funding_at_year_end"}
    assert len(cutting) > 5
    assert set(test["depends_on"]["nodes"]) - {"model.territorial_contracts.fct_funding"} == cutting


def test_only_staging_reads_seeds(models: list[dict]) -> None:
    for model in models:
        seeds = [parent for parent in model["depends_on"]["nodes"] if parent.startswith("seed.")]
        assert not seeds or model["schema"] == "staging", model["name"]


def test_sql_files_are_short() -> None:
    long_files = {
        path.name: count
        for path in (PROJECT / "models").rglob("*.sql")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 150
    }
    assert long_files == {}


def test_every_model_says_what_it_holds(models: list[dict]) -> None:
    assert [model["name"] for model in models if not model["description"]] == []
