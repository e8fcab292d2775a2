"""contracts explain: every number comes apart into rows, lines and printed figures that add up."""

import json

import duckdb
import pytest
from typer.testing import CliRunner

from contracts.cli import app
from contracts.use.explain import NothingToExplainError, explain, lines_of, marts


def test_every_cell_of_every_mart_adds_up(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert {"funding_by_contract", "funding_by_partner", "funding_by_volet"} < set(marts(warehouse))
    for mart, columns in marts(warehouse).items():
        where = "" if mart == "funding_by_contract" else "where financial_line_count + coalesce(unallocated_contracted_eur, 0) > 0"
        for key in warehouse.execute(f"select {', '.join(columns)} from marts.{mart} {where} order by all").fetchall():
            for tree in explain(warehouse, mart, "/".join(key)):
                assert tree.adds_up, f"{mart} {key}: {json.dumps(tree.to_dict(), ensure_ascii=False)}"


def test_a_cell_leads_to_the_printed_figure(warehouse: duckdb.DuckDBPyConnection) -> None:
    (tree,) = explain(warehouse, "funding_by_partner", "cper_npdc_2015_2020/etat")
    labels = [node.label for _, node in lines_of(tree) if node.kind == "mention"]
    assert any("line 179: « 750 M€ »" in label for label in labels)


def test_a_figure_is_explained_with_years_shares_and_notes(warehouse: duckdb.DuckDBPyConnection) -> None:
    labels = {node.label for tree in explain(warehouse, "funding_by_contract", "erbm_2017_2027") for _, node in lines_of(tree)}
    assert any("« 10 millions d’euros » (exact, per year, × 10, restates" in label for label in labels)
    assert "amount of one year; for how many years is not printed" in labels
    assert any(label.startswith("note: Per year, number of years not printed") for label in labels)
    labels = {node.label for tree in explain(warehouse, "funding_by_contract", "canal_seine_nord_europe") for _, node in lines_of(tree)}
    assert "share of the cost or total: 22.00 %" in labels
    assert any("« 40% » (exact, 40.00 %, states" in label for label in labels)


def test_json_keeps_every_cent() -> None:
    result = CliRunner().invoke(app, ["explain", "funding_by_contract", "contrat_ruralite_ternois_7_vallees", "--json"])
    assert result.exit_code == 0
    (tree,) = json.loads(result.output)
    assert tree["amount"] == "722189.00"
    assert tree["children"][0]["children"][0]["kind"] == "mention"


@pytest.mark.parametrize(
    ("table", "key", "message"),
    [
        ("no_such_mart", "x", "cannot be explained: choose one of"),
        ("funding_by_partner", "cper_npdc_2015_2020", "has 1 of 2 parts"),
        ("funding_by_contract", "no_such_contract", "has no row with the key"),
        ("funding_by_contract", "x' or '1'='1", "has no row with the key"),
    ],
)
def test_a_wrong_table_or_key_is_said(warehouse: duckdb.DuckDBPyConnection, table: str, key: str, message: str) -> None:
    with pytest.raises(NothingToExplainError, match=message):
        explain(warehouse, table, key)
    result = CliRunner().invoke(app, ["explain", table, key])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
