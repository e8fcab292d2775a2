"""A broken seed row stops the build, which names table, row and rule and leaves the marts of before."""

import shutil
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import duckdb
import pytest

from contracts.common.project import open_warehouse, run_dbt

Rows = list[dict[str, str]]


def row(rows: Rows, column: str, value: str) -> dict[str, str]:
    return next(each for each in rows if each[column] == value)


def unknown_code(rows: Rows) -> None:
    row(rows, "line_code", "fictif_mobilites_etat")["partner_code"] = "nobody"


def missing_code(rows: Rows) -> None:
    row(rows, "line_code", "fictif_total")["contract_code"] = ""


def duplicate_key(rows: Rows) -> None:
    rows.append(dict(row(rows, "line_code", "fictif_passerelle_cost")))


def negative_amount(rows: Rows) -> None:
    row(rows, "line_code", "fictif_energie_region")["amount_eur"] = "-2000000"


def malformed_amount(rows: Rows) -> None:
    row(rows, "line_code", "fictif_energie_region")["amount_eur"] = "2 M€"


def reversed_period(rows: Rows) -> None:
    row(rows, "contract_code", "contrat_fictif")["period_end_year"] = "2019"


def word_outside_the_list(rows: Rows) -> None:
    row(rows, "line_code", "fictif_energie_region")["instrument"] = "gift"


def loop_of_parents(rows: Rows) -> None:
    for each in rows:
        if each["line_code"] == "fictif_total":
            each.update(parent_line_code="fictif_mobilites", parent_basis="printed")


def parent_of_another_use(rows: Rows) -> None:
    for each in rows:
        if each["line_code"] == "fictif_energie_etat":
            each["parent_line_code"] = "fictif_passerelle_cost"


def amount_unlike_its_citation(rows: Rows) -> None:
    row(rows, "line_code", "fictif_passerelle_cost")["amount_eur"] = "1900000"


def part_beyond_the_total(rows: Rows) -> None:
    row(rows, "line_code", "fictif_energie_region")["amount_eur"] = "7000000"


def figure_beyond_the_total(rows: Rows) -> None:
    row(rows, "mention_code", "fictif_0007")["printed_figure"] = "7 000 000 €"


# what is broken in the seeds of one build → what the analyst reads
BUILDS: dict[str, dict[tuple[str, Callable], list[str]]] = {
    "shape": {
        ("financial_lines", unknown_code): ["seeds/financial_lines.csv, line", "column partner_code: 'nobody' is unknown in partners"],
        ("financial_lines", missing_code): ["column contract_code: is empty"],
        ("financial_lines", duplicate_key): ["fictif_passerelle_cost", "is there 2 times"],
        ("financial_lines", negative_amount): ["column amount_eur: '-2000000' is negative"],
        ("financial_lines", word_outside_the_list): ["column instrument: 'gift' is not one of grant, loan"],
        ("contracts", reversed_period): ["seeds/contracts.csv, line 2, column period_end_year: '2019' is before period_start_year"],
    },
    "type": {("financial_lines", malformed_amount): ["seeds/financial_lines.csv", "column amount_eur: '2 M€' is no decimal(18, 2)"]},
    "loop": {("financial_lines", loop_of_parents): ["column parent_line_code: 'fictif_total' leads back to itself by way of"]},
    "rules": {
        ("financial_lines", parent_of_another_use): ["parent_is_usable", "fictif_energie_etat", "cost"],
        ("financial_lines", amount_unlike_its_citation): ["amount_matches_citation", "fictif_passerelle_cost", "1 900 000 €"],
        ("financial_lines", part_beyond_the_total): ["parts_against_whole", "fictif_energie", "over_allocated"],
        ("source_mentions", figure_beyond_the_total): [],
    },
}


def public_tables(project: Path) -> dict[str, list[tuple]]:
    """The rows of every table of star, marts and quality."""
    with open_warehouse(project / "warehouse.duckdb") as connection:
        found = connection.execute("""
            select table_schema || '.' || table_name from information_schema.tables
            where table_schema in ('star', 'marts', 'quality')
        """).fetchall()
        return {table: connection.execute(f"select * from {table} order by all").fetchall() for (table,) in found}


@pytest.mark.parametrize("build", BUILDS)
def test_the_build_names_table_row_and_rule(second_project: Path, changed_seed: Callable, build: str) -> None:
    before = public_tables(second_project)
    for seed, edit in BUILDS[build]:
        changed_seed(seed, edit)
    run = run_dbt("build", project=second_project)
    assert not run.success
    for part in chain.from_iterable(BUILDS[build].values()):
        assert part in run.text, f"{part!r} is not in what the analyst reads:\n{run.text[-4000:]}"
    after = public_tables(second_project)
    if build == "rules":
        assert after["marts.funding_by_contract"], "rules judge what is built"
    else:
        assert after == before, "every table of star, marts and quality is built of sound seeds alone"


@pytest.mark.parametrize(("table", "contract"), [("star.fct_funding", "contrat_fictif"), ("quality.line_history", None)])
def test_rows_of_one_key_are_found(second_project: Path, tmp_path: Path, table: str, contract: str | None) -> None:
    """The keys of large tables have no index: the test looks among the rows of the build and those of no contract."""
    database = second_project / "warehouse.duckdb"
    kept = shutil.copy(database, tmp_path)
    again = f"insert into {table} by name select * replace ($1 as contract_key) from {table} order by all limit 1"
    with duckdb.connect(str(database)) as connection:
        for _ in range(2):
            connection.execute(again, [contract])
    run = run_dbt("test", "--select", "test_name:key_is_unique", project=second_project)
    shutil.copy(kept, database)
    assert not run.success
    assert table.split(".")[1] in run.text
