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
from tools.direct import Statement, read_manifest, schemas, statements

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
# those of the macro is_rule_of_shared_operation
RULES_OF_SHARED_OPERATIONS = ("cost_is_of_an_operation", "shares_within_cost")

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


def contracts_to_note(before: Seeds, after: Seeds) -> set[str]:
    """The contracts whose rows differ, as the load of landing/ notes them."""
    contract_of = {row["line_code"]: str(row["contract_code"]) for rows in (before, after) for row in rows["financial_lines"]}

    def concerned(seed: str, row: dict) -> set[str]:
        if seed in ("contracts", "financial_lines"):
            return {row["contract_code"]}
        if seed == "source_mentions":
            return {contract_of[row["subject_code"]]}
        return {contract_of[row["line_code"]], contract_of[row["part_line_code"]]}

    noted: set[str] = set()
    for seed in GENERATED:
        for rows, others in ((before[seed], after[seed]), (after[seed], before[seed])):
            noted |= set().union(*(concerned(seed, row) for row in rows if row not in others))
    return noted


def operations_to_note(before: Seeds, after: Seeds) -> set[tuple[str, str, str]]:
    """The operations that lines named which are changed or gone, with contract and use of the lines, as the load of landing/ notes them."""
    changed = [row for row in before["financial_lines"] if row not in after["financial_lines"]]
    return {(row["operation_code"], row["contract_code"], row["line_use"]) for row in changed if row["operation_code"]}


class LandedBuild:
    """The compiled models on landed rows, in memory: built as a whole, or on the contracts that are noted as changed."""

    def __init__(self, whole: dict, on_changes: dict) -> None:
        self.connection = duckdb.connect(config={"threads": 1})
        self._kept = {node["name"] for node in whole["nodes"].values() if node["config"].get("materialized") == "incremental"}
        for schema in schemas(whole):
            self.connection.execute(f'create schema if not exists "{schema}"')
        built = self._statements(whole)
        changed = {each.name: each.sql for each in self._statements(on_changes)}
        reference, reached = reference_seeds(), {"changed_contracts", "changed_operations", *GENERATED}
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
            elif each.kind == "model" and reached.intersection(each.parents) and each.name != "int_territory_ancestors":
                reached.add(each.name)
                if not each.is_view:
                    self._rebuilt.append((each, changed[each.name]))

    def _statements(self, manifest: dict) -> list[Statement]:
        return [each for each in statements(manifest, COMPARED) if each.kind != "test" and each.name != "int_seeds_checked"]

    def _insert(self, relation: str, columns: Iterable[str], rows: Rows) -> None:
        for row in rows:
            given_columns = [column for column in columns if column in row]
            marks = ", ".join("?" * len(given_columns))
            values = [row[column] for column in given_columns]
            self.connection.execute(f"insert into {relation} ({', '.join(given_columns)}) values ({marks})", values)

    def land(self, rows: Seeds) -> None:
        for name in GENERATED:
            self.connection.execute(f"truncate landing.{name}")
            landed = [{**row, "landing_file": f"landing/{name}/rows.csv"} for row in rows[name]]
            self._insert(f"landing.{name}", (*self._landed[name].columns, "landing_file"), landed)

    def note(self, contracts: Iterable[str], operations: Iterable[tuple[str, str, str]] = ()) -> None:
        for table, rows in (("contracts", [(code,) for code in contracts]), ("operations", list(operations))):
            self.connection.execute(f"truncate landing.changed_{table}")
            for row in rows:
                self.connection.execute(f"insert into landing.changed_{table} values ({', '.join('?' * len(row))})", row)

    def build(self, whole: bool) -> None:
        for each, on_changes in self._rebuilt:
            if whole or each.name not in self._kept:
                self.connection.execute(each.sql)
                continue
            key = "contract_code" if '"intermediate"' in each.relation else "contract_key"
            changed = "(select contract_code from intermediate.int_contracts_changed)"
            sharing = "(select contract_code from intermediate.int_contracts_of_operations)"
            self.connection.execute(
                f"delete from {each.relation} where {key} is null or {key} in "
                + (sharing if each.name == "financing_plans" else changed)
                + (f" or (rule_id in {RULES_OF_SHARED_OPERATIONS} and {key} in {sharing})" if each.name == "rule_results" else "")
            )
            self.connection.execute(f"insert into {each.relation} by name ({on_changes.split(' as ', 1)[1]})")

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
    rows = rows_of(states[0])
    on_changes.land(rows)
    on_changes.note(CONTRACTS)
    on_changes.build(whole=True)
    for state in states[1:]:
        before, rows = rows, rows_of(state)
        on_changes.land(rows)
        on_changes.note(contracts_to_note(before, rows), operations_to_note(before, rows))
        on_changes.build(whole=False)
    whole.land(rows)
    whole.note(CONTRACTS)
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
