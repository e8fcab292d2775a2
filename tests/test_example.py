"""The fictitious contract: an amendment, a correction known later, a withdrawn line, three closing dates, all stages."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from contracts.common.project import open_warehouse
from tools.example import build_example

MILLION = Decimal(1_000_000)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    path = tmp_path_factory.mktemp("example") / "example.duckdb"
    run = build_example(path)
    assert run.success, run.text
    return open_warehouse(path)


def volets(connection: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    query = "select volet_label_fr, contracted_eur from marts.funding_by_volet where contracted_eur is not null"
    return dict(connection.execute(query).fetchall())


def test_the_amendment_moves_credits_and_keeps_the_total(example: duckdb.DuckDBPyConnection) -> None:
    assert volets(example) == {"Mobilités": 5 * MILLION, "Énergie": 5 * MILLION}
    totals = example.execute("select distinct contracted_eur from marts.funding_at_year_end").fetchall()
    assert totals == [(10 * MILLION,)]


@pytest.mark.slow
def test_before_the_amendment_the_volets_are_those_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "before.duckdb"
    run = build_example(path, "--vars", "{effective_as_of: '2023-01-01', known_as_of: '2023-01-01'}")
    assert run.success, run.text
    with open_warehouse(path) as connection:
        assert volets(connection) == {"Mobilités": 6 * MILLION, "Énergie": 4 * MILLION}
        region = connection.execute("select contracted_eur from star.fct_funding where line_code = 'fictif_mobilites_region'").fetchone()
        assert region == (2 * MILLION,), "the correction was not known yet"


def test_the_correction_keeps_its_effective_date(example: duckdb.DuckDBPyConnection) -> None:
    history = example.execute(
        "select amount_eur, effective_on, recorded_on from quality.line_history "
        "where line_code = 'fictif_mobilites_region' order by version_number"
    ).fetchall()
    assert history == [
        (2 * MILLION, date(2021, 3, 1), date(2021, 3, 1)),
        (Decimal("2500000.00"), date(2021, 3, 1), date(2024, 3, 1)),
    ]


def test_a_withdrawn_line_leaves_the_marts_and_stays_in_the_history(example: duckdb.DuckDBPyConnection) -> None:
    assert example.execute("select count(*) from star.fct_funding where line_code = 'fictif_annonce_ue'").fetchone() == (0,)
    changes = example.execute("select what_changed from quality.line_history where line_code = 'fictif_annonce_ue' order by version_number")
    assert [change for (change,) in changes.fetchall()] == ["first version", "withdrawn"]
    announced = example.execute("select calendar_year, announced_eur from marts.funding_at_year_end order by 1").fetchall()
    assert announced[:3] == [(2021, Decimal("500000.00")), (2022, Decimal("500000.00")), (2023, None)]


def test_positions_replace_each_other_and_rates_follow(example: duckdb.DuckDBPyConnection) -> None:
    rows = example.execute(
        "select closing_date, contracted_eur, paid_eur, payment_rate_percent, theoretical_rate_percent "
        "from marts.progress_by_volet_and_territory where volet_label_fr = 'Énergie' order by closing_date"
    ).fetchall()
    assert rows == [
        (date(2022, 12, 31), 4 * MILLION, None, None, Decimal("33.3")),
        (date(2023, 12, 31), 5 * MILLION, Decimal("600000.00"), Decimal("12.0"), Decimal("50.0")),
        (date(2024, 12, 31), 5 * MILLION, Decimal("2100000.00"), Decimal("42.0"), Decimal("66.7")),
    ]
    assert example.execute("select sum(paid_eur) from marts.funding_by_contract").fetchone() == (Decimal("3600000.00"),)


def test_the_example_breaks_no_rule(example: duckdb.DuckDBPyConnection) -> None:
    assert example.execute("select * from quality.discrepancies").fetchall() == []


def test_staging_is_readable_under_the_name_of_the_example(example: duckdb.DuckDBPyConnection) -> None:
    assert example.execute("select count(*) from staging.stg_contracts__contracts").fetchone() == (2,)
