"""What a BI tool does: SUM on every numeric column of the star and the marts, grouped and joined, must be right or be declared wrong."""

import json
from decimal import Decimal

import duckdb
import pytest

from contracts.common.project import PROJECT, STAGES
from sums_of_sql import mixed_dates, mixed_stages

NUMERIC = ("DECIMAL", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "DOUBLE", "FLOAT")
KEYS = {
    "contract_key": "dim_contract",
    "funder_key": "dim_partner.partner_key",
    "beneficiary_key": "dim_partner.partner_key",
    "territory_key": "dim_territory",
    "axis_key": "dim_axis",
    "theme_key": "dim_theme",
    "fund_key": "dim_fund",
    "operation_key": "dim_operation",
    "period_key": "dim_period",
    "stage_key": "dim_stage",
    "document_key": "dim_document",
}
# numbers that say where, when, how many or how much of a unit, so that no SUM of them means money
NOT_ADDED = (
    *("_year", "_percent", "_low_eur", "_high_eur", "_value", "_number", "position", "level", "distance", "_count", "_of_year"),
    *("_per_inhabitant", "population"),
)

# the same measure, computed from the rows behind the star
SOURCE = {
    **{f"{stage}_eur": f"sum(amount_eur) filter (where stage = '{stage}')" for stage in STAGES},
    "contracted_from_draft_eur": "sum(amount_eur) filter (where stage = 'contracted' and document_status = 'draft')",
    "contracted_loan_eur": "sum(amount_eur) filter (where stage = 'contracted' and instrument in ('loan', 'advance', 'guarantee'))",
    "contracted_yearly_eur": "sum(amount_eur) filter (where stage = 'contracted' and is_yearly_of_unknown_length)",
    "unallocated_contracted_eur": "sum(amount_eur) filter (where stage = 'contracted' and row_kind = 'unallocated')",
    "financial_line_count": "count(*) filter (where row_kind = 'line')",
}
CURRENT = "from intermediate.int_funding_rows where true"

# facts with every attribute of their dimensions, under the names that the marts give them
WIDE = """
    select
        facts.*,
        contracts.label_fr as contract_label_fr, contracts.contract_type_code, contracts.contract_type_label_fr, contracts.contract_family,
        contracts.signed_on,
        funders.label_fr as funder_label_fr, funders.partner_type_code as funder_type_code,
        funders.root_partner_code as root_funder_key, funders.root_partner_label_fr as root_funder_label_fr,
        territories.label_fr as territory_label_fr, territories.territory_type_code, territories.official_code,
        territories.epci_label_fr, territories.departement_code, territories.departement_label_fr,
        territories.region_code, territories.region_label_fr, territories.population_caveat,
        axes.volet_key, axes.volet_label_fr, volets.level_label_fr as volet_level_label_fr,
        periods.label_fr as period_label_fr,
        themes.label_fr as theme_label_fr, themes.label_en as theme_label_en, themes.cofog_division_code
    from star.fct_funding as facts
    inner join star.dim_contract as contracts on facts.contract_key = contracts.contract_key
    inner join star.dim_partner as funders on facts.funder_key = funders.partner_key
    inner join star.dim_territory as territories on facts.territory_key = territories.territory_key
    inner join star.dim_axis as axes on facts.axis_key = axes.axis_key
    inner join star.dim_axis as volets on axes.volet_key = volets.axis_key
    inner join star.dim_period as periods on facts.period_key = periods.period_key
    inner join star.dim_theme as themes on facts.theme_key = themes.theme_key
"""

# columns named as in the facts that tell of something else
OF_ANOTHER_ROW = {
    ("marts.funding_by_contract", "territory_key"),  # where the contract stands, not its lines
    ("marts.financing_plans", "contract_key"),  # the contract that names the operation, not the one that funds it
    # of the largest figure of the row
    *(("marts.financing_plans", column) for column in ("qualifier", "document_key", "document_status")),
    # the département that a share falls to, not that of the declared territory
    *(
        ("marts.funding_by_departement_estimated", column)
        for column in ("departement_code", "departement_label_fr", "region_code", "region_label_fr", "population_caveat")
    ),
}

# sums that the detector cannot see through
EXPLAINED = {
    "int_results_on_progress_and_shares": "holds the text of its rules; each rule is read alone",
    "int_results_on_versions": "holds the text of its rules; each rule is read alone",
    "int_totals_in_tree": "the parts of one total have its stage",
    "rule_share_matches_amount": "costs have no stage",
}


@pytest.fixture(scope="module")
def columns(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    """Table, column, type and what the dictionary says of adding it up, for each column of the star and the marts."""
    return warehouse.execute(
        "select table_schema || '.' || table_name, found.column_name, found.data_type, dictionary.is_additive "
        "from information_schema.columns as found left join quality.data_dictionary as dictionary "
        "on found.table_schema = dictionary.schema_name and found.table_name = dictionary.model_name "
        "and found.column_name = dictionary.column_name where table_schema in ('star', 'marts') order by all"
    ).fetchall()


@pytest.fixture(scope="module")
def additive(columns: list[tuple]) -> dict[str, list[str]]:
    """The columns of each table that may be added up over all its rows."""
    found: dict[str, list[str]] = {}
    for table, column, _, says in columns:
        if says is not None and says.startswith("yes"):
            found.setdefault(table, []).append(column)
    return found


def value(warehouse: duckdb.DuckDBPyConnection, query: str) -> Decimal | int | None:
    (found,) = warehouse.execute(query).fetchone()
    return found


def source_total(warehouse: duckdb.DuckDBPyConnection, table: str, column: str) -> Decimal | int | None:
    """The right total of an additive column, computed without the table."""
    if table != "marts.financing_plans":
        return value(warehouse, f"select {SOURCE[column]} {CURRENT}")
    if column in SOURCE:
        return value(warehouse, f"select {SOURCE[column]} {CURRENT} and operation_code is not null")
    # a cost under another cost of the same stage or not is inside it
    costs = (
        "select operation_code, sum(amount_eur) as cost from intermediate.int_lines_current as lines where line_use = 'cost' "
        "and operation_code is not null and not exists (with recursive above as ("
        "select line_code, parent_line_code, amount_eur from intermediate.int_lines_current "
        "where line_code = lines.parent_line_code and line_use = 'cost' union all "
        "select next.line_code, next.parent_line_code, next.amount_eur from above inner join intermediate.int_lines_current as next "
        "on above.parent_line_code = next.line_code and next.line_use = 'cost') select 1 from above where amount_eur is not null) "
        "group by all"
    )
    if column == "cost_eur":
        return value(warehouse, f"select sum(cost) from ({costs})")
    assert column == "not_declared_eur", column
    # what each funder brings: its largest stage, else its printed share; a funder all of whose shares may lie in others brings nothing more
    return value(
        warehouse,
        f"with costs as ({costs}), shares as ("
        "select operation_code, line_code, possible_parent_code, coalesce(partner_code, '') as funder, stage, amount_eur, share_percent "
        f"{CURRENT} and operation_code is not null), stages as ("
        "select operation_code, funder, stage, sum(amount_eur) as amount, max(share_percent) as share, count(*) as lines, count(*) filter "
        "(where exists (select 1 from shares as other where other.operation_code = shares.operation_code "
        "and other.line_code = shares.possible_parent_code)) as inside from shares group by all), largest as ("
        "select operation_code, max(amount) as amount, max(share) as share from stages group by operation_code, funder "
        "having sum(inside) < sum(lines)), brought as ("
        "select operation_code, coalesce(amount, cast(round(cost * share * 0.01, 2) as decimal(18, 2))) as amount "
        "from largest inner join costs using (operation_code) "
        "union all select operation_code, amount_eur from intermediate.int_lines_current "
        "where line_use = 'cost' and partner_code is not null), sums as ("
        "select operation_code, sum(amount) as brought from brought group by all) "
        "select sum(greatest(cost - coalesce(brought, 0), 0)) from costs left join sums using (operation_code)",
    )


def test_every_number_is_money_that_adds_up_or_is_declared_not_to(columns: list[tuple]) -> None:
    unmarked = []
    for table, column, kind, says in columns:
        assert says is not None, f"{table}.{column} is not in the dictionary"
        if not kind.startswith(NUMERIC):
            assert says == "no", f"{table}.{column} is no number"
        elif says == "no" and not column.endswith(NOT_ADDED):
            unmarked.append(f"{table}.{column}")
        if column.endswith("_eur"):
            bound = column.endswith(("_low_eur", "_high_eur"))
            assert bound == (says == "no"), f"{table}.{column}: {says}"
    assert unmarked == []


def test_the_naive_sum_is_right(warehouse: duckdb.DuckDBPyConnection, additive: dict[str, list[str]]) -> None:
    assert len(additive) > 5
    for table, names in additive.items():
        for name in names:
            assert value(warehouse, f"select sum({name}) from {table}") == source_total(warehouse, table, name), f"{table}.{name}"


def test_the_naive_sum_is_right_in_every_group(
    warehouse: duckdb.DuckDBPyConnection, columns: list[tuple], additive: dict[str, list[str]]
) -> None:
    wide = {name for name, *_ in warehouse.execute(f"describe ({WIDE})").fetchall()}
    tried = 0
    for table, names in additive.items():
        if table == "star.fct_funding":
            continue
        sums = ", ".join(f"sum({name})" for name in names if name in SOURCE)
        facts = f"({WIDE}) where operation_key <> 'unspecified'" if table == "marts.financing_plans" else f"({WIDE})"
        rows = f"{table} where plan_row_kind = 'share'" if table == "marts.financing_plans" else table
        for _, dimension, kind, _ in (column for column in columns if column[0] == table and column[1] in wide):
            if kind.startswith(NUMERIC) or (table, dimension) in OF_ANOTHER_ROW:
                continue
            found, right = (
                {key: amounts for key, *amounts in warehouse.execute(f"select {dimension}, {sums} from {source} group by all").fetchall()}
                for source in (rows, facts)
            )
            # a contract without any line has a row of its mart, and no money
            found = {key: amounts for key, amounts in found.items() if key in right or any(amounts)}
            assert found == right, f"{table} by {dimension}"
            tried += 1
    assert tried > 30


def test_a_sum_within_one_date_is_right(warehouse: duckdb.DuckDBPyConnection, columns: list[tuple]) -> None:
    dates = {"marts.funding_at_year_end": ("calendar_year", "year"), "marts.progress_by_volet_and_territory": ("closing_date", "closing")}
    dated = [(table, name) for table, name, _, says in columns if says == "within one date only"]
    assert {table for table, _ in dated} == set(dates)
    for table, name in dated:
        date, snapshot = dates[table]
        found = warehouse.execute(
            f"select cast({date} as varchar), contract_key, sum({name}) from {table} group by all order by all"
        ).fetchall()
        right = warehouse.execute(
            "with rows_of_dates as (select coalesce(cast(calendar_year as varchar), cast(closing_date as varchar)) as at_date, "
            f"contract_code, {SOURCE[name]} as amount "
            "from intermediate.int_rows_counted inner join intermediate.int_snapshots using (snapshot_id) "
            f"where int_snapshots.snapshot_kind = '{snapshot}' and (stage <> 'announced' or '{snapshot}' = 'year') group by all), "
            f"dates as (select distinct cast({date} as varchar) as shown_date, contract_key as contract_code from {table}) "
            # a year-end without a change shows the state of the last one with a change
            "select shown_date, dates.contract_code, amount from dates asof join rows_of_dates "
            "on dates.contract_code = rows_of_dates.contract_code and dates.shown_date >= rows_of_dates.at_date order by all"
        ).fetchall()
        assert found == right, f"{table}.{name}"


def test_the_facts_add_up_to_what_the_documents_declare(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Declared roots of a stage, less what parts equal within precision fall short of, or go beyond, their total."""
    for stage in STAGES:
        declared = value(
            warehouse,
            "select coalesce(sum(amount_eur), 0) from intermediate.int_lines_current where line_use = 'counted' "
            f"and total_line_code is null and stage = '{stage}'",
        )
        rounding = value(
            warehouse,
            "select coalesce(sum(gap_eur), 0) from quality.envelope_reconciliation as totals where line_use = 'counted' "
            f"and child_count > 0 and stage_key = '{stage}' and not exists (select 1 from star.fct_funding where row_kind = 'unallocated' "
            "and line_code = totals.envelope_key)",
        )
        assert value(warehouse, f"select coalesce(sum({stage}_eur), 0) from star.fct_funding") == declared - rounding, stage


@pytest.mark.parametrize("key", KEYS)
def test_a_join_to_a_dimension_changes_no_sum(warehouse: duckdb.DuckDBPyConnection, additive: dict[str, list[str]], key: str) -> None:
    table, _, column = KEYS[key].partition(".")
    sums = ", ".join(f"sum(facts.{name})" for name in additive["star.fct_funding"])
    alone = warehouse.execute(f"select count(*), {sums} from star.fct_funding as facts").fetchone()
    for join in ("inner", "left"):
        joined = f"star.fct_funding as facts {join} join star.{table} as members on facts.{key} = members.{column or key}"
        assert warehouse.execute(f"select count(*), {sums} from {joined}").fetchone() == alone, join


def test_every_key_of_the_facts_is_joined(columns: list[tuple]) -> None:
    keys = {name for table, name, *_ in columns if table == "star.fct_funding" and name.endswith("_key")}
    assert keys == {*KEYS, "funding_row_key"}


def test_a_join_to_all_dimensions_changes_no_sum(warehouse: duckdb.DuckDBPyConnection, additive: dict[str, list[str]]) -> None:
    sums = f"select {', '.join(f'sum({name})' for name in additive['star.fct_funding'])}"
    joined = warehouse.execute(f"{sums} from ({WIDE})").fetchone()
    assert joined == warehouse.execute(f"{sums} from star.fct_funding").fetchone()


# --- the text of the queries --------------------------------------------------------------------------------------


def queries() -> dict[str, str]:
    """The SQL of every model, compiled where the last command compiled it, and of every analysis."""
    manifest = json.loads((PROJECT / "target" / "manifest.json").read_text(encoding="utf-8"))
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    analyses = {path.stem: path.read_text(encoding="utf-8") for path in (PROJECT / "analyses").glob("*.sql")}
    return {node["name"]: node.get("compiled_code") or node["raw_code"] for node in models} | analyses


def test_no_query_adds_up_stages_or_dates() -> None:
    found = {name: [*mixed_stages(sql), *mixed_dates(sql)] for name, sql in queries().items()}
    assert len(found) > 60
    assert {name: offences for name, offences in found.items() if offences and name not in EXPLAINED} == {}
    assert {name for name in EXPLAINED if not found[name]} == set(), "no longer needed"


@pytest.mark.parametrize(
    "sql",
    [
        "select announced_eur + contracted_eur as total_eur from star.fct_funding",
        "select contracted_eur\n    + coalesce(f.paid_eur, 0) as total_eur from f",
        "select sum(f.committed_eur) + sum(f.paid_eur) from f",
        "select sum(coalesce(announced_eur, 0) - 1) + (1 + sum(programmed_eur)) from f",
        "select case when x then contracted_eur end + case when y then paid_eur end from f",
        "select contracted_eur + contracted_loan_eur from f",
        "select sum(coalesce(announced_eur, contracted_eur, paid_eur)) from f",
        "with a as (select coalesce(announced_eur, paid_eur) as amount_eur from f) select sum(amount_eur) from a group by contract_key",
        "select contract_code, sum(amount_eur) from {{ ref('int_funding_rows') }} group by contract_code",
    ],
)
def test_a_sum_of_stages_is_found(sql: str) -> None:
    assert mixed_stages(sql) != []


@pytest.mark.parametrize(
    "sql",
    [
        "select sum(contracted_eur) from marts.funding_at_year_end",
        "select contract_key, sum(paid_eur) from {{ ref('progress_by_volet_and_territory') }} group by contract_key",
        "with p as (select * from marts.progress_by_volet_and_territory) select sum(paid_eur) from p group by all",
        'select sum(amount_eur) filter (where stage = \'paid\') from "intermediate"."int_rows_counted"',
        "select line_code, sum(amount_eur) from quality.line_history where stage_key = 'paid' group by line_code",
        "select sum(paid_eur) over (partition by contract_key) from marts.funding_at_year_end group by calendar_year",
    ],
)
def test_a_sum_of_dates_is_found(sql: str) -> None:
    assert mixed_dates(sql) != []


@pytest.mark.parametrize(
    "sql",
    [
        "select announced_eur, contracted_eur + 1, paid_eur from f -- announced_eur + paid_eur",
        "select sum(greatest(announced_eur, contracted_eur, paid_eur)) as brought_eur from f",
        "select sum(contracted_eur) as contracted_eur, sum(paid_eur) as paid_eur from star.fct_funding group by contract_key",
        "select 100 * paid_eur / contracted_eur from f",
        "with a as (select stage_key, coalesce(announced_eur, paid_eur) as amount_eur from f) "
        "select stage_key, sum(amount_eur) from a group by stage_key",
        "select calendar_year, sum(paid_eur) from marts.funding_at_year_end group by calendar_year",
        "select sum(paid_eur) from marts.funding_at_year_end where calendar_year = 2020",
        "select sum(paid_eur) over (partition by calendar_year) from marts.funding_at_year_end",
    ],
)
def test_a_sound_query_is_left_alone(sql: str) -> None:
    assert [*mixed_stages(sql), *mixed_dates(sql)] == []
