"""What holds for the money of every set of contracts, tried on generated trees of lines.

The compiled models run in an in-memory database. The short run takes the same examples each time; the slow one takes many more.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from contract_trees import CUTS, MEASURES, STAGES, DirectBuild, Line, Seeds, added, drawn_line, drawn_lines, one_more, seeds_of
from contracts.common.project import PROJECT, run_dbt

CONTRACT_STAGE_TOTALS = f"select contract_key, {', '.join(f'sum({stage}_eur)' for stage in STAGES)} from star.fct_funding group by all"
FACTS = "select * from star.fct_funding order by all"
ENVELOPES = "select * from quality.envelope_reconciliation order by all"


@dataclass(frozen=True)
class Proof:
    """A check, what it is tried on, and how many examples the short run takes."""

    check: Callable
    strategies: tuple[st.SearchStrategy, ...]
    examples: int

    def __str__(self) -> str:
        return self.check.__name__


PROOFS: list[Proof] = []
STATES: list[Callable[[DirectBuild, Seeds], None]] = []


def holds_for(*strategies: st.SearchStrategy, examples: int) -> Callable[[Callable], Callable]:
    """Adds a check to those that both runs try."""

    def register(check: Callable) -> Callable:
        PROOFS.append(Proof(check, strategies, examples))
        return check

    return register


def in_every_state(check: Callable[[DirectBuild, Seeds], None]) -> Callable[[DirectBuild, Seeds], None]:
    """Adds a check of what is built of any lines: one build serves all of them."""
    STATES.append(check)
    return check


@holds_for(drawn_lines, examples=14)
def every_state_is_sound(build: DirectBuild, lines: list[Line]) -> None:
    seeds = seeds_of(lines)
    build.rebuild(seeds)
    for check in STATES:
        check(build, seeds)


@pytest.fixture(scope="module")
def build(request: pytest.FixtureRequest) -> DirectBuild:
    """The compiled models of the last build; where another dbt command wrote over them, a copy of the project is compiled."""
    manifest = PROJECT / "target" / "manifest.json"
    models = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values() if manifest.exists() else []
    if not models or any(not node.get("compiled_code") for node in models if node["resource_type"] == "model"):
        copy: Path = request.getfixturevalue("empty_copy")
        run = run_dbt("compile", project=copy, artifacts=True)
        assert run.success, run.text
        manifest = copy / "target" / "manifest.json"
    return DirectBuild(json.loads(manifest.read_text(encoding="utf-8")))


def sums(table: str) -> str:
    columns = [f"sum({measure})" for measure in MEASURES[:-1]]
    return f"select {', '.join(columns)}, coalesce(sum(financial_line_count), 0) from {table}"


# --- every state --------------------------------------------------------------------------------------------------


@in_every_state
def every_cut_adds_up_to_the_facts(build: DirectBuild, seeds: Seeds) -> None:
    facts = build.rows(sums("star.fct_funding"))
    for cut in (*(f"funding_by_{name}" for name in CUTS), "funding_by_year_estimated", "funding_by_departement_estimated"):
        assert build.rows(sums(f"marts.{cut}")) == facts, cut
    per_stage = ", ".join(f"sum({stage}_eur)" for stage in STAGES)
    assert build.rows(f"select {per_stage} from marts.financing_plans") == build.rows(
        f"select {per_stage} from star.fct_funding where operation_key <> 'unspecified'"
    )
    # each row fills the column of its stage and no other
    filled = " + ".join(f"count({stage}_eur)" for stage in STAGES)
    assert build.rows(f"select 1 from star.fct_funding group by funding_row_key having {filled} > 1") == []


@in_every_state
def the_rows_of_a_tree_add_up_to_its_root(build: DirectBuild, seeds: Seeds) -> None:
    declared = {row["line_code"]: row.get("amount_eur") for row in in_force(seeds)}
    over = over_allocated_roots(build)
    # equal within the printed precision: the parts stand, and the difference is published
    rounding = dict(
        build.rows(
            "select lines.root_line_code, sum(totals.gap_eur) from quality.envelope_reconciliation as totals "
            "inner join intermediate.int_lines_current as lines on totals.envelope_key = lines.line_code "
            "where totals.verdict = 'matched_within_precision' and totals.line_use = 'counted' and not exists ("
            "select 1 from star.fct_funding where row_kind = 'unallocated' and line_code = totals.envelope_key) group by all"
        )
    )
    found = build.rows(
        "select lines.root_line_code, sum(rows.amount_eur) from intermediate.int_funding_rows as rows "
        "inner join intermediate.int_lines_current as lines using (line_code) group by all"
    )
    for root, amount in found:
        if root not in over:
            assert (amount is None) == (declared[root] is None), root
            assert amount is None or amount + rounding.get(root, 0) == declared[root], root


@in_every_state
def a_contract_has_what_its_roots_declare_at_each_stage(build: DirectBuild, seeds: Seeds) -> None:
    known = {row["line_code"]: row for row in latest(seeds) if row["line_use"] == "counted"}
    declared: dict[tuple, Decimal] = {}
    for row in known.values():
        if row["is_withdrawn"]:
            continue
        key, above = (row["contract_code"], row["stage"]), known.get(row["parent_line_code"])
        while above is not None and (above["is_withdrawn"] or above["stage"] != row["stage"] or above.get("amount_eur") is None):
            above = known.get(above["parent_line_code"])
        if above is None and row.get("amount_eur"):
            declared[key] = declared.get(key, Decimal(0)) + row["amount_eur"]
    differing = build.rows(
        "select contract_key, stage_key from quality.envelope_reconciliation where line_use = 'counted' "
        "and verdict in ('over_allocated', 'matched_within_precision')"
    )
    found = {
        (contract, stage): amount
        for contract, *amounts in build.rows(CONTRACT_STAGE_TOTALS)
        for stage, amount in zip(STAGES, amounts, strict=True)
        if amount
    }
    for key in (declared.keys() | found.keys()) - set(differing):
        assert found.get(key) == declared.get(key), key


@in_every_state
def bounds_enclose_amounts(build: DirectBuild, seeds: Seeds) -> None:
    outside = build.rows(
        "select * from intermediate.int_funding_rows where not (coalesce(amount_low_eur <= amount_eur, true) "
        "and coalesce(amount_eur <= amount_high_eur, true) and coalesce(amount_low_eur <= amount_high_eur, true))"
    )
    assert outside == []
    assert build.rows("select * from intermediate.int_funding_rows where amount_eur < 0 or amount_low_eur < 0") == []
    bounds = build.rows("select contract_code, stage, low_eur, high_eur from intermediate.int_contract_bounds")
    assert [bound for bound in bounds if bound[3] is not None and bound[2] > bound[3]] == []
    amounts = {
        (contract, stage): amount
        for contract, *values in build.rows(CONTRACT_STAGE_TOTALS)
        for stage, amount in zip(STAGES, values, strict=True)
    }
    for contract, stage, low, high in bounds:
        assert low <= amounts[contract, stage], (contract, stage)
        assert high is None or amounts[contract, stage] <= high, (contract, stage)


@in_every_state
def the_last_year_end_and_the_last_closing_are_the_current_state(build: DirectBuild, seeds: Seeds) -> None:
    per_stage = ", ".join(f"sum({stage}_eur)" for stage in STAGES)
    grouped = "group by contract_key order by contract_key"
    # with parts that have taken effect by then
    last = "(select max(recorded_on) from intermediate.int_lines_versioned)"
    late = build.rows(
        f"select 1 from intermediate.int_lines_versioned where greatest(effective_on, as_of_date) > make_date(year({last}), 12, 31)"
    )
    if not late:
        assert build.rows(
            f"select contract_key, {per_stage}, sum(financial_line_count) from marts.funding_at_year_end "
            f"where calendar_year = year({last}) {grouped}"
        ) == build.rows(f"select contract_key, {per_stage}, sum(financial_line_count) from star.fct_funding {grouped}")
    progress = build.rows(
        "select contract_key, sum(contracted_eur), sum(programmed_eur), sum(committed_eur), sum(paid_eur) "
        "from marts.progress_by_volet_and_territory where (contract_key, closing_date) in ("
        "select (contract_key, max(closing_date)) from marts.progress_by_volet_and_territory group by contract_key) "
        "and closing_date >= (select max(greatest(effective_on, as_of_date)) from intermediate.int_lines_versioned "
        f"where contract_code = contract_key) {grouped}"
    )
    current = {
        contract: tuple(amounts)
        for contract, *amounts in build.rows(
            "select contract_key, sum(contracted_eur), sum(programmed_eur), sum(committed_eur), sum(paid_eur) "
            f"from star.fct_funding where stage_key <> 'announced' {grouped}"
        )
    }
    assert {contract: tuple(amounts) for contract, *amounts in progress} == {contract: current[contract] for contract, *_ in progress}


# --- changes ------------------------------------------------------------------------------------------------------


@holds_for(drawn_lines, st.randoms(use_true_random=False), examples=6)
def the_order_of_rows_changes_nothing(build: DirectBuild, lines: list[Line], random) -> None:
    seeds = seeds_of(lines)
    outcome = []
    for _ in range(2):
        build.rebuild(seeds, marts=False)
        outcome.append(build.rows(FACTS) + build.rows(ENVELOPES))
        seeds = {name: random.sample(rows, len(rows)) for name, rows in seeds.items()}
    assert outcome[0] == outcome[1]


@holds_for(drawn_lines, drawn_line, examples=7)
def a_new_line_leaves_other_contracts_alone(build: DirectBuild, lines: list[Line], line: Line) -> None:
    seeds = seeds_of(lines)
    more = one_more(line)
    contract = more["financial_lines"][0]["contract_code"]
    lines_there = [row["line_code"] for row in seeds["financial_lines"] if row["contract_code"] == contract and row["line_use"] == line.use]
    if lines_there:
        more["financial_lines"][0]["parent_line_code"] = lines_there[line.above % len(lines_there)]
    others = f"select * from star.fct_funding where contract_key <> '{contract}' order by all"
    build.rebuild(seeds, marts=False)
    before = build.rows(others)
    build.rebuild(added(seeds, more), marts=False)
    assert build.rows(others) == before


@holds_for(drawn_lines, drawn_line, st.sampled_from(["cost", "cross_total", "context"]), examples=7)
def only_counted_lines_are_funding(build: DirectBuild, lines: list[Line], line: Line, use: str) -> None:
    seeds = seeds_of(lines)
    more = one_more(replace(line, use=use, kind="cents"))
    new = more["financial_lines"][0]
    counted = [row["line_code"] for row in seeds["financial_lines"] if row["line_use"] == "counted"]
    if counted and line.above:
        # even a line put under a counted total stays out of it
        new["parent_line_code"] = counted[line.above % len(counted)]
    if use == "cross_total":
        more["cross_total_parts"] = [{"line_code": new["line_code"], "part_line_code": code} for code in dict.fromkeys(counted)]
    build.rebuild(seeds, marts=False)
    before = build.rows(FACTS)
    build.rebuild(added(seeds, more), marts=False)
    assert build.rows(FACTS) == before


@holds_for(drawn_lines, st.data(), examples=6)
def a_breakdown_leaves_every_total_above_as_it_was(build: DirectBuild, lines: list[Line], data: st.DataObject) -> None:
    seeds = seeds_of(lines)
    build.rebuild(seeds, marts=False)
    # what a total has left to break down; parts said to be all would turn the rest into a rounding difference
    totals = build.rows(
        "select line_code, cast(greatest(lines.amount_eur - coalesce(totals.children_eur, 0), 0) as decimal(18, 2)) "
        "from intermediate.int_lines_current as lines left join intermediate.int_totals_compared as totals using (line_code) "
        "where lines.line_use = 'counted' and lines.amount_eur > 0 "
        "and lines.breakdown is distinct from 'exhaustive' order by line_code"
    )
    assume(totals)
    code, left = data.draw(st.sampled_from(totals))
    cents = data.draw(st.lists(st.integers(0, int(left * 50)), min_size=1, max_size=2))
    (total,) = (row for row in in_force(seeds) if row["line_code"] == code)
    # parts of a position that later ones replace belong to that position
    parts: Seeds = {
        "financial_lines": [
            {
                **{key: value for key, value in total.items() if not key.startswith("amount_") and key != "qualifier"},
                "line_code": f"part_{number}",
                "parent_line_code": code,
                "breakdown": None,
                "amount_eur": Decimal(cent) / 100,
                "amount_status": "printed",
                "period_basis": "total",
                "year_count": None,
                "axis_code": data.draw(st.sampled_from([None, f"{total['contract_code']}__2"])),
                "partner_code": data.draw(st.sampled_from([None, "region", "both"])),
            }
            for number, cent in enumerate(cents)
        ]
    }
    others = (
        "select envelope_key, declared_eur, broken_down_eur, gap_eur, verdict from quality.envelope_reconciliation "
        f"where envelope_key <> '{code}' order by all"
    )
    before = build.rows(f"{CONTRACT_STAGE_TOTALS} order by all"), build.rows(others)
    build.rebuild(added(seeds, parts), marts=False)
    assert build.rows(f"{CONTRACT_STAGE_TOTALS} order by all") == before[0]
    assert build.rows(others) == before[1]


@holds_for(drawn_lines, st.integers(0, 3), st.lists(st.integers(2016, 2020), min_size=2, max_size=3, unique=True), examples=6)
def a_later_position_replaces_the_earlier_ones(build: DirectBuild, lines: list[Line], stage: int, years: list[int]) -> None:
    position = Line(stage=2 + stage % 3, kind="cents", positions=tuple(sorted(years)))
    seeds = added(seeds_of(lines), seeds_of([position], prefix="position"))
    build.rebuild(seeds, marts=False)
    before = build.rows(FACTS)
    latest: dict[str, date] = {}
    for row in seeds["financial_lines"]:
        if row.get("as_of_date") is not None:
            latest[row["line_code"]] = max(row["as_of_date"], latest.get(row["line_code"], date.min))
    kept = [row for row in seeds["financial_lines"] if row.get("as_of_date") == latest.get(row["line_code"], row.get("as_of_date"))]
    assert len(kept) < len(seeds["financial_lines"])
    build.rebuild(seeds | {"financial_lines": kept}, marts=False)
    assert build.rows(FACTS) == before


# --- helpers ------------------------------------------------------------------------------------------------------


def latest(seeds: Seeds) -> list[dict]:
    """The version of each line that stands last in its list; generated versions follow each other in time."""
    return list({row["line_code"]: row for row in seeds["financial_lines"]}.values())


def in_force(seeds: Seeds) -> list[dict]:
    """The latest versions without the withdrawn lines."""
    return [row for row in latest(seeds) if not row["is_withdrawn"]]


def over_allocated_roots(build: DirectBuild) -> set[str]:
    """Roots of the trees in which some parts go beyond their total."""
    found = build.rows(
        "select distinct lines.root_line_code from quality.envelope_reconciliation as totals inner join intermediate.int_lines_current "
        "as lines on totals.envelope_key = lines.line_code where totals.verdict = 'over_allocated'"
    )
    return {root for (root,) in found}


def hold(proof: Proof, build: DirectBuild, examples: int) -> None:
    steady = settings(max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    steady(given(*proof.strategies)(proof.check))(build)


@pytest.mark.parametrize("proof", PROOFS, ids=str)
def test_it_holds(proof: Proof, build: DirectBuild) -> None:
    hold(proof, build, proof.examples)


@pytest.mark.slow
@pytest.mark.parametrize("proof", PROOFS, ids=str)
def test_it_holds_for_many(proof: Proof, build: DirectBuild) -> None:
    hold(proof, build, 150)
