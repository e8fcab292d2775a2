"""Figures that the documents print must come out of the marts."""

from decimal import Decimal

import duckdb
import pytest

MILLION = Decimal(1_000_000)


def one(warehouse: duckdb.DuckDBPyConnection, query: str, *parameters: object) -> tuple:
    rows = warehouse.execute(query, parameters).fetchall()
    assert len(rows) == 1, f"{len(rows)} rows instead of one"
    return rows[0]


def reconciliation(warehouse: duckdb.DuckDBPyConnection, code: str) -> tuple:
    return one(
        warehouse,
        "select declared_eur, broken_down_eur, verdict from quality.envelope_reconciliation where envelope_key = ?",
        code,
    )


def test_both_cper_agree_with_their_common_total(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert reconciliation(warehouse, "cper_both_total") == (2962 * MILLION, 2963 * MILLION, "matched_within_precision")


def test_the_worked_example_of_the_cper(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = dict(
        warehouse.execute(
            "select line_code, contracted_eur from star.fct_funding where row_kind = 'unallocated' and contract_key = 'cper_npdc_2015_2020'"
        ).fetchall()
    )
    assert rows == {"cper_npdc_total": Decimal("1221650000.00"), "cper_npdc_etat": 545 * MILLION}
    high = one(
        warehouse,
        "select amount_high_eur, amount_low_eur from star.fct_funding where funding_row_key = 'unallocated:cper_npdc_total'",
    )
    # 2 165.5 less the low bounds of the parts (750 + 74.5 + 2 × 37.45 + 43.345), plus the crossing 43.35
    assert high[0] == Decimal("1266105000.00")
    assert high[1] == 0
    assert one(warehouse, "select contracted_eur from marts.funding_by_contract where contract_key = 'cper_npdc_2015_2020'") == (
        2165 * MILLION,
    )


def test_the_calaisis_contract_is_counted_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert one(warehouse, "select contracted_eur from marts.funding_by_contract where contract_key = 'cdt_calaisis'") == (155 * MILLION,)
    assert reconciliation(warehouse, "cdt_calaisis_total")[1] == 50 * MILLION
    documents = one(
        warehouse,
        "select count(distinct document_key) from quality.figure_citations where subject_code = 'cdt_calaisis_total'",
    )
    assert documents == (2,)


@pytest.mark.parametrize(
    ("code", "declared", "parts"),
    [
        ("cper_npdc_usine_futur", "55", ["38", "17"]),
        ("cea_tech_cost", "39.6", ["10.6", "20.6", "8.4"]),
        ("pia_pri_total", "20", ["10", "10"]),
    ],
)
def test_totals_equal_their_printed_parts(warehouse: duckdb.DuckDBPyConnection, code: str, declared: str, parts: list[str]) -> None:
    total = sum(Decimal(part) for part in parts)
    assert total == Decimal(declared)
    assert reconciliation(warehouse, code) == (Decimal(declared) * MILLION, total * MILLION, "matched")


def test_the_future_factory_is_made_of_loans(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        "select instrument, sum(contracted_eur) from star.fct_funding where line_code like 'cper_npdc_usine_futur%' "
        "and contracted_eur is not null group by instrument"
    ).fetchall()
    assert rows == [("loan", 55 * MILLION)]


def test_a_cost_is_never_funding(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert one(warehouse, "select count(*) from star.fct_funding where line_code like 'cea_tech_cost%'") == (0,)


def test_the_bus_of_amiens_adds_its_shares_and_not_its_cost(warehouse: duckdb.DuckDBPyConnection) -> None:
    shares = warehouse.execute(
        "select funder_key, contract_key, contracted_eur, committed_eur from star.fct_funding "
        "where operation_key = 'bhns_amiens' order by all"
    ).fetchall()
    assert shares == [
        ("etat", "cdt_amienois", Decimal("13100000.00"), None),
        ("union_europeenne", "politique_cohesion_ue", None, Decimal("3300000.00")),
    ]
    plan = one(
        warehouse,
        "select sum(cost_eur), sum(not_declared_eur), sum(coalesce(contracted_eur, committed_eur)) from marts.financing_plans "
        "where operation_key = 'bhns_amiens'",
    )
    assert plan == (122 * MILLION, Decimal("105600000.00"), Decimal("16400000.00"))


def test_the_dwellings_of_the_mining_basin(warehouse: duckdb.DuckDBPyConnection) -> None:
    amounts = warehouse.execute(
        "select funder_key, contracted_eur from star.fct_funding where line_code like 'erbm_housing_%' order by all"
    ).fetchall()
    assert amounts == [
        ("etat", 100 * MILLION),
        ("group_epci_bassin_minier", 70 * MILLION),
        ("region_hdf", 30 * MILLION),
    ]
    yearly = one(
        warehouse,
        "select parsed_value, multiplier from quality.figure_citations where subject_code = 'erbm_housing_etat' and basis = 'per_year'",
    )
    assert yearly == (100 * MILLION, 10)


def test_dwellings_promised_add_up(warehouse: duckdb.DuckDBPyConnection) -> None:
    values = dict(
        warehouse.execute(
            "select indicator_key, target_value from marts.indicator_progress where contract_key = 'erbm_2017_2027' and unit = 'logements'"
            " and target_value is not null"
        ).fetchall()
    )
    assert values["erbm_dwellings_total"] == 23000
    assert sorted(value for key, value in values.items() if key != "erbm_dwellings_total") == [11000, 12000]


def test_creil_has_committed_at_most_four_percent(warehouse: duckdb.DuckDBPyConnection) -> None:
    rates = one(
        warehouse,
        "select commitment_rate_percent, commitment_rate_low_percent, commitment_rate_high_percent "
        "from marts.progress_by_volet_and_territory "
        "where contract_key = 'crsd_creil'",
    )
    assert rates == (Decimal("4.1"), None, Decimal("4.2"))


def test_every_contract_has_a_row_with_or_without_amounts(warehouse: duckdb.DuckDBPyConnection) -> None:
    named, quantified = one(warehouse, "select count(*), count(*) filter (where financial_line_count > 0) from marts.funding_by_contract")
    assert named > 160
    assert 0 < quantified < named


def test_no_source_figure_is_left_without_subject_or_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    orphans = one(
        warehouse,
        "select count(*) from quality.figure_citations where subject_code is null and exclusion_reason is null",
    )
    assert orphans == (0,)


def test_each_year_end_shows_what_was_known(warehouse: duckdb.DuckDBPyConnection) -> None:
    totals = dict(
        warehouse.execute(
            "select calendar_year, contracted_eur from marts.funding_at_year_end where contract_key = 'cper_npdc_2015_2020'"
        ).fetchall()
    )
    assert totals[2015] == totals[2018] == 2000 * MILLION, "the draft prints about 2 milliards"
    assert totals[2019] == totals[2023] == 2165 * MILLION, "the report of 2019 prints 2,165 milliards"


def test_the_second_pact_succeeds_the_first(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert one(
        warehouse,
        "select count(*) from star.bridge_contract_relation "
        "where from_contract_key = 'pacte_sat_2' and to_contract_key = 'pacte_sat_1' and relation = 'succeeds'",
    ) == (1,)
