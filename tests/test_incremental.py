"""Builds on the contracts that changed leave, row for row, what a build of everything makes; on random sequences of changes."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract_trees import DirectBuild, Line, Rows, Seeds, drawn_lines, reference_seeds, seeds_of
from contracts.common.project import run_dbt
from tools.direct import Statement, prepare, read_manifest, statements

CONTRACTS = ("north", "coast", "valley")
GENERATED = ("contracts", "financial_lines", "source_mentions", "cross_total_parts")
COMPARED = (
    *DirectBuild.FACTS,
    *DirectBuild.MARTS,
    "fct_envelope",
    "bridge_envelope_part",
    "line_history",
    "figure_citations",
    "rule_results",
    "dim_period",
)

# lines of each contract, None for a contract that is not there
State = tuple[list[Line] | None, ...]

drawn_state = st.tuples(*[st.none() | drawn_lines] * len(CONTRACTS))
drawn_changes = st.lists(st.tuples(st.integers(0, len(CONTRACTS) - 1), st.none() | drawn_lines), min_size=1, max_size=4)


def rows_of(state: State) -> Seeds:
    """Rows that users would land: contracts, lines, mentions, and the lines of the next contract as parts of a cross total.

    A counted line of an operation states a percentage of its cost, which may stand in another contract.
    """
    contracts = {row["contract_code"]: row for row in reference_seeds()["contracts"]}
    rows: Seeds = {name: [] for name in GENERATED}
    counted: list[str] = []
    for place, lines in reversed(list(enumerate(state))):
        if lines is None:
            continue
        rows["contracts"].append(contracts[CONTRACTS[place]])
        made = seeds_of([replace(line, contract=place) for line in lines], prefix=CONTRACTS[place])
        for row in made["financial_lines"]:
            row["share_percent"] = 50 if row["operation_code"] and row["line_use"] == "counted" else None
        for name in ("financial_lines", "source_mentions", "cross_total_parts"):
            rows[name] += made[name]
        crossing = dict.fromkeys(row["line_code"] for row in made["financial_lines"] if row["line_use"] == "cross_total")
        rows["cross_total_parts"] += [{"line_code": code, "part_line_code": part} for code in crossing for part in counted[:2]]
        counted = [*dict.fromkeys(row["line_code"] for row in made["financial_lines"] if row["line_use"] == "counted"), *counted]
    return rows


class LandedBuild:
    """The compiled models on landed rows, in memory: built as a whole, or on the contracts that their fingerprints tell."""

    def __init__(self, whole: dict, on_changes: dict) -> None:
        self.connection = duckdb.connect(config={"threads": 1})
        prepare(self.connection, whole)
        self._kept = [node["name"] for node in whole["nodes"].values() if node["config"].get("materialized") == "incremental"]
        built = self._statements(whole)
        changed = {each.name: each.sql for each in self._statements(on_changes)}
        reference, reached = reference_seeds(), set(GENERATED)
        self._relations = {each.name: each.relation for each in built if each.kind == "model"}
        self._rebuilt: list[tuple[Statement, str]] = []
        self._landed: dict[str, Statement] = {}
        for each in built:
            self.connection.execute(each.sql)
            if each.kind == "seed" and (
                each.name in reference or each.name in (*GENERATED, "accepted_contradictions", "territory_members")
            ):
                self.connection.execute(f"truncate {each.relation}")
                self._insert(each.relation, each.columns, [] if each.name in GENERATED else reference.get(each.name, []))
                self._landed[each.name] = each
            # drawn rows are sound: what looks for broken ones runs once
            elif (
                each.kind == "model" and not each.is_gate and reached.intersection(each.parents) and each.name != "int_territory_ancestors"
            ):
                reached.add(each.name)
                if not each.is_view:
                    self._rebuilt.append((each, changed[each.name]))

    def _statements(self, manifest: dict) -> list[Statement]:
        return [each for each in statements(manifest, COMPARED) if each.kind != "test" and each.name != "gate"]

    def _insert(self, relation: str, columns: Iterable[str], rows: Rows) -> None:
        for row in rows:
            given_columns = [column for column in columns if column in row]
            marks = ", ".join("?" * len(given_columns))
            values = [row[column] for column in given_columns]
            self.connection.execute(f"insert into {relation} ({', '.join(given_columns)}) values ({marks})", values)

    def land(self, rows: Seeds) -> None:
        for name in GENERATED:
            self.connection.execute(f"truncate landing.{name}")
            columns = self._landed[name].columns
            landed = [{**row, "landing_file": f"landing/{name}/rows.csv"} for row in rows[name]]
            self._insert(f"landing.{name}", (*columns, "landing_file"), landed)
            self.connection.execute(f"update landing.{name} set row_hash = hash({', '.join(columns)}, landing_file)")

    def build(self, whole: bool) -> None:
        """Builds what the landed rows reach. whole: as if nothing had been built before."""
        if whole:
            self.connection.execute("truncate build_state.built_contracts")
        for each, on_changes in self._rebuilt:
            if whole or each.name not in self._kept:
                self.connection.execute(each.sql if whole else on_changes)
            else:
                key = "contract_code" if '"intermediate"' in each.relation else "contract_key"
                changed = "(select contract_code from intermediate.int_contracts_changed)"
                self.connection.execute(f"delete from {each.relation} where {key} is null or {key} in {changed}")
                self.connection.execute(f"insert into {each.relation} by name ({on_changes.split(' as ', 1)[1]})")
        self.connection.execute(
            """
            delete from build_state.built_contracts
            where contract_code in (select contract_code from intermediate.int_contracts_changed);
            insert into build_state.built_contracts
            select models.name, changed.contract_code, changed.fingerprint
            from intermediate.int_contracts_changed as changed, (select unnest($names) as name) as models
            where changed.fingerprint is not null
            """,
            {"names": self._kept},
        )

    def worked_on(self) -> set[str]:
        """The contracts of the last build."""
        return {code for (code,) in self.connection.execute("select contract_code from intermediate.int_contracts_changed").fetchall()}

    def tables(self) -> dict[str, list[tuple]]:
        names = [name for name in COMPARED if not name.startswith("int_")]
        return {name: self.connection.execute(f"select * from {self._relations[name]} order by all").fetchall() for name in names}


@pytest.fixture(scope="module")
def builds(second_project: Path) -> tuple[LandedBuild, LandedBuild]:
    """Two databases: one built on changes, one as a whole."""
    manifests = []
    for arguments in (["--full-refresh"], []):
        target = second_project / "target" / ("whole" if arguments else "on_changes")
        run = run_dbt("compile", *arguments, "--target-path", str(target), project=second_project, artifacts=True)
        assert run.success, run.text
        manifests.append(read_manifest(second_project, target.relative_to(second_project)))
    whole, on_changes = manifests
    changed = [
        node["name"] for key, node in whole["nodes"].items() if node.get("compiled_code") != on_changes["nodes"][key].get("compiled_code")
    ]
    assert "funding_by_partner" in changed, "the models were compiled for tables that are not there"
    return LandedBuild(whole, on_changes), LandedBuild(whole, on_changes)


def built(builds: tuple[LandedBuild, LandedBuild], states: list[State]) -> tuple[dict[str, list[tuple]], dict[str, list[tuple]]]:
    """The tables after a build of the first state and builds on each change to the next, and after one build of the last."""
    on_changes, whole = builds
    for place, state in enumerate(states):
        on_changes.land(rows_of(state))
        on_changes.build(whole=place == 0)
    whole.land(rows_of(states[-1]))
    whole.build(whole=True)
    return on_changes.tables(), whole.tables()


def hold(builds: tuple[LandedBuild, LandedBuild], examples: int) -> None:
    @settings(max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(drawn_state, drawn_changes)
    def check(state: State, changes: list[tuple[int, list[Line] | None]]) -> None:
        states = [state]
        for place, lines in changes:
            states.append((*states[-1][:place], lines, *states[-1][place + 1 :]))
        found, expected = built(builds, states)
        assert {name for name in expected if found[name] != expected[name]} == set()

    check()


def test_builds_on_changes_equal_a_build_of_everything(builds: tuple[LandedBuild, LandedBuild]) -> None:
    hold(builds, 4)


@pytest.mark.slow
def test_builds_on_changes_equal_a_build_of_everything_for_many(builds: tuple[LandedBuild, LandedBuild]) -> None:
    hold(builds, 120)


def test_a_percentage_is_checked_again_once_the_cost_of_its_operation_left(builds: tuple[LandedBuild, LandedBuild]) -> None:
    share, cost = [Line(operation=0)], [Line(use="cost", operation=0)]
    found, expected = built(builds, [(share, cost, None), (share, None, None)])
    assert found["rule_results"] == expected["rule_results"]


def test_a_build_works_on_the_contracts_that_changed(builds: tuple[LandedBuild, LandedBuild]) -> None:
    one, other, third = [Line()], [Line(use="cost", operation=0)], [Line(share_percent=7)]
    built(builds, [(one, other, None), (one, other, third)])
    assert builds[0].worked_on() == {CONTRACTS[2]}
    built(builds, [(one, other, third), (one, None, third)])
    assert builds[0].worked_on() == {CONTRACTS[0], CONTRACTS[1]}, "the operation is one of the first contract"
    built(builds, [(one, other, third), (one, other, third)])
    assert builds[0].worked_on() == set(), "nothing changed"
