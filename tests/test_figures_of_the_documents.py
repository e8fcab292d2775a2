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
    assert rows == {
        "cper_npdc_total": Decimal("546650000.00"),
        "cper_npdc_etat": 545 * MILLION,
        "cper_npdc_region": 675 * MILLION,
    }
    assert sum(rows.values()) == Decimal("1766650000.00")
    high = one(
        warehouse,
        "select amount_high_eur, amount_low_eur from star.fct_funding where funding_row_key = 'unallocated:cper_npdc_total'",
    )
    # 2 165.5 less the low bounds of the parts (750 + 750 + 2 × 37.45 + 43.345), plus the crossing 43.35
    assert high[0] == Decimal("590605000.00")
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


# ---------------------------------------------------------------- marts say what the documents say


@pytest.mark.parametrize(
    ("contract", "rate", "low", "high", "caveat"),
    [
        ("cdt_amienois", None, None, None, "the progress belongs to nothing that is contracted here"),
        ("erbm_2017_2027", None, None, None, "the progress belongs to nothing that is contracted here"),
        ("crsd_creil", Decimal("4.1"), None, Decimal("4.2"), None),
    ],
)
def test_rates_divide_money_by_what_it_is_progress_of(
    warehouse: duckdb.DuckDBPyConnection, contract: str, rate: Decimal | None, low: Decimal | None, high: Decimal | None, caveat: str | None
) -> None:
    columns = "commitment_rate_percent, commitment_rate_low_percent, commitment_rate_high_percent, rate_caveat"
    assert one(warehouse, f"select {columns} from marts.funding_by_contract where contract_key = ?", contract) == (rate, low, high, caveat)
    cells = warehouse.execute(
        "select commitment_rate_percent from marts.progress_by_volet_and_territory "
        "where contract_key = ? and commitment_rate_percent is not null",
        [contract],
    ).fetchall()
    assert cells == ([(rate,)] if rate else [])


def test_yearly_money_is_neither_divided_nor_spread(warehouse: duckdb.DuckDBPyConnection) -> None:
    years = dict(
        warehouse.execute(
            "select year_key, contracted_eur from marts.funding_by_year_estimated where contract_key = 'erbm_2017_2027'"
            " and contracted_eur is not null"
        ).fetchall()
    )
    # 10 + 3 + 7 million in each of ten years, and 4.5 million a year of years that are not printed, once
    assert years == {str(year): 20 * MILLION for year in range(2017, 2027)} | {"unspecified": Decimal("4500000.00")}
    assert one(
        warehouse, "select contracted_eur, contracted_yearly_eur from marts.funding_by_contract where contract_key = 'erbm_2017_2027'"
    ) == (Decimal("204500000.00"), Decimal("4500000.00"))
    assert warehouse.execute(
        "select distinct period_key from star.fct_funding where is_yearly_of_unknown_length and contract_key = 'erbm_2017_2027'"
    ).fetchall() == [("unspecified",)]


def test_committed_and_paid_money_stops_at_its_document(warehouse: duckdb.DuckDBPyConnection) -> None:
    late = warehouse.execute(
        "select distinct funding.line_code from star.fct_funding as funding "
        "inner join star.dim_period as periods on funding.period_key = periods.period_key "
        "where funding.stage_key in ('committed', 'paid') "
        "and periods.period_end_year > extract(year from coalesce(funding.as_of_date, funding.recorded_on))"
    ).fetchall()
    assert late == []


@pytest.mark.parametrize(
    ("operation", "cost", "not_declared"),
    [
        ("calais_port_2015", 888, 132),
        ("canal_seine_nord", 4500, 830),
        ("cper_npdc_electrification_amiens_rang_du_fliers", 200, 140),
        ("interreg_v_alarm", "2.8", "1.4"),
        ("cper_npdc_op_thd_rip", 732, 432),
    ],
)
def test_declared_shares_and_private_payers_are_payers(
    warehouse: duckdb.DuckDBPyConnection, operation: str, cost: str, not_declared: str
) -> None:
    found = one(
        warehouse,
        "select cost_eur, not_declared_eur, not_declared_low_eur <= not_declared_eur, not_declared_high_eur >= not_declared_eur "
        "from marts.financing_plans where operation_key = ? and plan_row_kind = 'not_declared'",
        operation,
    )
    assert found == (Decimal(cost) * MILLION, Decimal(not_declared) * MILLION, True, True)


def test_the_gap_of_the_network_is_a_range(warehouse: duckdb.DuckDBPyConnection) -> None:
    low, high = one(
        warehouse,
        "select not_declared_low_eur, not_declared_high_eur from marts.financing_plans "
        "where operation_key = 'cper_npdc_op_thd_rip' and plan_row_kind = 'not_declared'",
    )
    # 412 to 432 as printed, less and plus the precision of the printed figures
    assert low == Decimal("410900000.00")
    assert high == Decimal("433100000.00")


@pytest.mark.parametrize(
    ("operation", "shares"),
    [
        ("cper_npdc_citadelle_ulco", {"etat": 50, "cu_dunkerque": 50}),
        ("cper_npdc_residence_camus", {"cnous": 100}),
        ("canal_seine_nord", {"etat": 22, "union_europeenne": 40}),
        ("pole_services_publics_amiens", {"etat": 100}),
    ],
)
def test_shares_in_percent_and_in_words_show(warehouse: duckdb.DuckDBPyConnection, operation: str, shares: dict[str, int]) -> None:
    query = "select funder_key, share_percent from marts.financing_plans where operation_key = ? and share_percent is not null"
    assert dict(warehouse.execute(query, [operation]).fetchall()) == shares
    query = "select funder_key, share_percent from star.fct_funding where operation_key = ? and share_percent is not null"
    assert dict(warehouse.execute(query, [operation]).fetchall()) == shares


def test_a_pledge_stands_in_no_other_figure(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select sum(announced_eur) from star.fct_funding where funder_key = ?"
    assert one(warehouse, query, "group_collectivites_npdc") == (880 * MILLION,)
    assert one(warehouse, query, "region_hdf") == (Decimal("5149900000.00"),)


def test_at_least_as_much_as_the_state(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert one(
        warehouse,
        "select contracted_eur from marts.funding_by_partner where contract_key = 'cper_npdc_2015_2020' and funder_key = 'region_npdc'",
    ) == (750 * MILLION,)
    assert reconciliation(warehouse, "cper_npdc_region") == (750 * MILLION, 75 * MILLION, "unallocated_remainder")
    for departement in ("cper_npdc_departement_nord", "cper_npdc_departement_pdc"):
        children = warehouse.execute(
            "select parent_line_code, amount_eur from intermediate.int_lines_current where parent_line_code = ? and amount_eur is not null",
            [departement],
        ).fetchall()
        assert children == [(departement, Decimal("37500000.00"))]


def test_money_wider_than_the_region_is_in_no_place_figure(warehouse: duckdb.DuckDBPyConnection) -> None:
    interreg = "interreg_hdf_2014_2020"
    assert one(
        warehouse, "select contracted_eur, contracted_eur_per_inhabitant from marts.funding_by_territory where contract_key = ?", interreg
    ) == (1400 * MILLION, None)
    assert warehouse.execute(
        "select distinct departement_key, spread_basis from marts.funding_by_departement_estimated"
        " where contract_key = ? and contracted_eur is not null",
        [interreg],
    ).fetchall() == [("unspecified", "wider")]


def test_per_inhabitant_divides_all_that_lies_inside(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select contracted_eur, contracted_inside_eur, contracted_eur_per_inhabitant from marts.funding_by_territory "
        "where contract_key = 'cdt_calaisis' and territory_key = 'calaisis'"
    )
    assert one(warehouse, query) == (Decimal("132100000.00"), 155 * MILLION, Decimal("1567.32"))


@pytest.mark.parametrize(
    ("line", "amount", "known_on"),
    [
        ("cdt_calaisis_total", 155, "2017-03-16"),
        ("cdt_calaisis_etat", 50, "2017-03-16"),
        ("ecocite_mel_renovation_640", 4, "2017-03-16"),
        ("canal_seine_nord_cost", 4700, "2015-09-27"),
    ],
)
def test_a_figure_is_known_from_its_earliest_print(warehouse: duckdb.DuckDBPyConnection, line: str, amount: int, known_on: str) -> None:
    query = "select amount_eur, cast(recorded_on as varchar) from quality.line_history where line_code = ? and version_number = 1"
    assert one(warehouse, query, line) == (amount * MILLION, known_on)


@pytest.mark.parametrize("operation", ["cper_npdc_electrification_amiens_rang_du_fliers", "reseau_express_grand_lille", "roissy_picardie"])
def test_a_cost_is_cited_to_the_line_that_prints_it(warehouse: duckdb.DuckDBPyConnection, operation: str) -> None:
    cited = one(
        warehouse,
        "select document_key, line_number from marts.financing_plans where operation_key = ? and plan_row_kind = 'not_declared'",
        operation,
    )
    printed = warehouse.execute(
        "select citations.document_key, citations.line_number from quality.figure_citations as citations "
        "inner join quality.line_history as lines on citations.subject_code = lines.line_code "
        "where lines.line_use = 'cost' and citations.role in ('states', 'revises') and citations.document_key = 'projet_pour_la_region'"
    ).fetchall()
    assert cited[0] == "projet_pour_la_region"
    assert cited in printed


def test_every_money_row_of_the_report_of_2016_stands_under_its_heading(warehouse: duckdb.DuckDBPyConnection) -> None:
    headings = dict(
        warehouse.execute(
            "select line_number, any_value(nearest_heading_fr) from quality.figure_citations"
            " where document_key = 'rapport_etat_2016' and subject_type = 'financial_line' group by line_number"
        ).fetchall()
    )
    assert headings[217] == "Créer les convergences avec les pays riverains"
    assert headings[904] == "POP School, l'école du numérique pour tous"
    assert headings[938] == "Soutenir les centres-bourgs et les centres urbains en difficulté"
    assert headings[1694] == "Focus : Denain"
    assert headings[2285] == "Optimiser les moyens de l'Etat"
    assert None not in headings.values()


def test_no_date_is_a_sentinel(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = warehouse.execute(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where schema_name in ('star', 'marts', 'quality') and data_type in ('DATE', 'TIMESTAMP')"
    ).fetchall()
    assert len(columns) > 15
    for schema, table, column in columns:
        query = f'select count(*) from "{schema}"."{table}" where "{column}" < date \'1950-01-01\' or "{column}" > date \'2100-01-01\''
        assert one(warehouse, query) == (0,), f"{schema}.{table}.{column}"
