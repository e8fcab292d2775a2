"""The load of landing/: each file once, only what changed again, with the contracts that it concerns; stopped loads leave no trace."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contracts.common.project import run_dbt
from loads import load
from test_landing import LANDED, PART, Rows, line, mention, write_csv

DAY = 86_400

Land = Callable[[str, Rows], None]


@pytest.fixture
def land(second_project: Path) -> Iterator[Land]:
    """Writes files of landing/ as if some time ago, each write at another time; takes them away afterwards."""
    folder, moments = second_project / "landing", count(1_700_000_000, DAY)

    def write(place: str, rows: Rows) -> None:
        write_csv(folder / place, rows)
        moment = next(moments)
        os.utime(folder / place, (moment, moment))

    yield write
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def rows_of(project: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(project / "warehouse.duckdb")) as connection:
        return connection.execute(query).fetchall()


def changed(project: Path) -> set[str]:
    """The contracts that are pending; they are taken as built."""
    found = {code for (code,) in rows_of(project, "select contract_code from landing.changed_contracts")}
    rows_of(project, "delete from landing.changed_contracts")
    return found


def contract(code: str) -> dict[str, str]:
    return {"contract_code": code, "label_fr": f"Contrat {code}", "contract_type_code": "fund"}


def loaded(project: Path, *arguments: str) -> set[str]:
    """Loads and returns the contracts that are pending then."""
    run = load(project, *arguments)
    assert run.success, run.text
    return changed(project)


def test_a_file_is_read_once_again_when_it_changes_and_forgotten_when_it_goes(second_project: Path, land: Land) -> None:
    land("contracts/two.csv", [contract("one"), contract("two")])
    land("financial_lines/one.csv", [line("line_one", "one", 1)])
    land("financial_lines/two.csv", [line("line_two", "two", 2), line("line_more", "two", 2)])
    assert {"one", "two"} <= loaded(second_project)
    files = "select file, row_count, reject_count from landing.landing_files order by file"
    assert rows_of(second_project, files) == [
        ("landing/contracts/two.csv", 2, 0),
        ("landing/financial_lines/one.csv", 1, 0),
        ("landing/financial_lines/two.csv", 2, 0),
    ]
    # rows that are in the table and not in the file show that an unchanged file is not read again
    rows_of(second_project, "update landing.financial_lines set note = 'seen' where contract_code = 'one'")
    assert loaded(second_project) == set()
    land("financial_lines/two.csv", [line("line_two", "two", 3)])
    assert loaded(second_project) == {"two"}
    lines = "select line_code, cast(amount_eur as integer), note from landing.financial_lines order by 1"
    assert rows_of(second_project, lines) == [("line_one", 1, "seen"), ("line_two", 3, None)]
    (second_project / "landing/financial_lines/two.csv").unlink()
    assert loaded(second_project) == {"two"}
    assert rows_of(second_project, lines) == [("line_one", 1, "seen")]
    assert {"one", "two"} <= loaded(second_project, "--full-refresh")
    assert rows_of(second_project, lines) == [("line_one", 1, None)], "a full refresh reads every file anew"


def test_each_table_notes_the_contracts_that_its_rows_concern(second_project: Path, land: Land) -> None:
    codes = ["mentioned", "cited", "worked", "whole", "part", "accepted", "related", "counted", "untouched"]
    land("contracts/all.csv", [contract(code) for code in codes])
    lines = [
        line(f"line_{code}", code, 1)
        | {"document_code": "doc_2" if code == "cited" else "", "operation_code": "op" if code == "worked" else ""}
        for code in codes
    ]
    land("financial_lines/all.csv", lines)
    documents = LANDED["source_documents"][0]
    tables: dict[str, Rows] = {
        "source_mentions": [mention("line_mentioned", 1, 1)],
        "source_documents": [documents | {"document_code": "doc_2"}],
        "operations": [{"operation_code": "op", "contract_code": "worked", "label_fr": "O", "status": "unknown"}],
        "cross_total_parts": [{"line_code": "line_whole", "part_line_code": "line_part"}],
        "accepted_contradictions": [{"rule_id": "parts_against_whole", "subject_code": "line_accepted @ 2020-01-01", "reason": "R"}],
        "contract_relations": [{"from_contract_code": "related", "to_contract_code": "related", "relation": "amends"}],
        "indicators": [{"indicator_code": "places", "contract_code": "counted", "label_fr": "P", "unit": "places"}],
    }
    loaded(second_project)
    for table, rows in tables.items():
        land(f"{table}/one.csv", rows)
    assert loaded(second_project) == set(codes) - {"untouched"}
    for table in tables:
        (second_project / "landing" / table / "one.csv").unlink()
    assert loaded(second_project) == set(codes) - {"untouched"}, "what goes concerns them too"
    accepted = [{"rule_id": "documents_agree", "subject_code": "nothing known", "reason": "R"}]
    land("accepted_contradictions/one.csv", accepted)
    assert loaded(second_project) == set(codes)
    land("accepted_contradictions/one.csv", [accepted[0] | {"reason": "Another"}])
    land("financial_lines/named.csv", [line("nothing known", "counted", 2)])
    assert loaded(second_project) == set(codes), "it was of no line before"
    land("accepted_contradictions/one.csv", accepted)
    (second_project / "landing/financial_lines/named.csv").unlink()
    assert loaded(second_project) == set(codes), "it is of no line now"
    land("financial_lines/named.csv", [line("nothing known", "counted", 2)])
    loaded(second_project)
    for table in ("financial_lines/named", "accepted_contradictions/one"):
        (second_project / f"landing/{table}.csv").unlink()
    assert loaded(second_project) == {"counted"}, "both go"


def test_a_contract_without_code_does_not_stop_later_changes_from_being_noted(second_project: Path, land: Land) -> None:
    land("contracts/all.csv", [contract("one"), contract("")])
    land("financial_lines/one.csv", [line("line_one", "one", 1)])
    assert "one" in loaded(second_project)
    land("contracts/all.csv", [contract("one")])
    assert load(second_project, "--full-refresh").success
    assert rows_of(second_project, "select count(*) from landing.changed_contracts where contract_code is null") == [(0,)]
    changed(second_project)
    land("financial_lines/one.csv", [line("line_one", "one", 2)])
    assert loaded(second_project) == {"one"}


def test_operations_that_replaced_lines_named_are_noted_until_a_build_succeeds(second_project: Path, land: Land) -> None:
    noted = "select operation_code from landing.changed_operations where operation_code in ('left', 'gone', 'stays', 'other') order by 1"
    lines = [line(f"line_{code}", "one", place) | {"operation_code": code} for place, code in enumerate(("left", "gone", "stays"), 1)]
    land("contracts/all.csv", [contract("one")])
    for row in lines:
        land(f"financial_lines/{row['operation_code']}.csv", [row])
    loaded(second_project)
    assert rows_of(second_project, noted) == [], "a build knows what new lines name"
    land("financial_lines/left.csv", [lines[0] | {"operation_code": "other"}])
    (second_project / "landing/financial_lines/gone.csv").unlink()
    loaded(second_project)
    loaded(second_project)
    assert rows_of(second_project, noted) == [("gone",), ("left",)]


def test_rows_that_contracts_share_concern_all_once_they_change(second_project: Path, land: Land) -> None:
    partner = {"partner_code": "shared", "label_fr": "Partenaire", "partner_type_code": "commune"}
    land("contracts/all.csv", [contract("one"), contract("two")])
    land("partners/p.csv", [partner])
    loaded(second_project)
    land("partners/p.csv", [partner, partner | {"partner_code": "new"}])
    assert loaded(second_project) == set(), "a new code concerns nobody"
    land("partners/p.csv", [partner | {"label_fr": "Autre nom"}, partner | {"partner_code": "new"}])
    assert loaded(second_project) == {"one", "two"}
    land("partner_group_members/m.csv", [{"partner_group_code": "shared", "partner_code": "new"}])
    assert loaded(second_project) == {"one", "two"}, "a member changes what a group is"
    commune = {"territory_code": "commune_choisie", "label_fr": "Commune", "territory_type_code": "commune", "official_code": "01001"}
    land("territories/communes.csv", [commune])
    assert loaded(second_project) == set(), "another name of a commune is used by those that write it"
    departement = {"territory_code": "ain", "label_fr": "Ain", "territory_type_code": "departement", "official_code": "01"}
    land("territories/departements.csv", [departement])
    assert loaded(second_project) == {"one", "two"}, "communes of other contracts lie in it"


@pytest.mark.parametrize("column", ["parent_line_code", "possible_parent_code", "progress_of_line_code", "bound_line_code"])
def test_lines_concern_the_contracts_of_lines_that_they_name_and_that_name_them(second_project: Path, land: Land, column: str) -> None:
    land("contracts/all.csv", [contract(code) for code in ("naming", "named", "other")])
    land("financial_lines/named.csv", [line("line_named", "named", 1)])
    land("financial_lines/other.csv", [line("line_other", "other", 1)])
    loaded(second_project)
    land("financial_lines/naming.csv", [line("line_naming", "naming", 1) | {column: "line_named"}])
    assert loaded(second_project) == {"naming", "named"}
    land("financial_lines/named.csv", [line("line_named", "named", 2)])
    assert loaded(second_project) == {"naming", "named"}
    (second_project / "landing/financial_lines/named.csv").unlink()
    assert loaded(second_project) == {"naming", "named"}


def test_headings_and_documents_concern_the_contracts_that_refer_to_them(second_project: Path, land: Land) -> None:
    document = LANDED["source_documents"][0] | {"document_code": "shared"}
    land("contracts/all.csv", [contract(code) for code in ("figured", "related", "other")])
    land("financial_lines/all.csv", [line("line_figured", "figured", 1)])
    land("source_mentions/all.csv", [mention("line_figured", 10, 1, document_code="shared")])
    land(
        "contract_relations/all.csv",
        [{"from_contract_code": "related", "to_contract_code": "other", "relation": "amends", "document_code": "shared"}],
    )
    loaded(second_project)
    land("document_headings/all.csv", [{"document_code": "shared", "line_number": "9", "level": "1", "label_fr": "Titre"}])
    assert loaded(second_project) == {"figured"}, "the heading above a figure"
    land("source_documents/all.csv", [document])
    assert loaded(second_project) == {"figured", "related"}


def test_what_is_put_aside_is_noted_as_what_goes(second_project: Path, land: Land) -> None:
    keep = ("--vars", "keep_rejects: true")
    land("contracts/all.csv", [contract("one"), contract("other")])
    land("source_documents/all.csv", LANDED["source_documents"])
    land("operations/all.csv", [{"operation_code": "op", "contract_code": "other", "label_fr": "O", "status": "unknown"}])
    lines = [
        line("whole", "one", 2) | {"breakdown": "exhaustive"},
        line("half", "one", 1) | {"parent_line_code": "whole", "operation_code": "op"},
    ]
    land("financial_lines/all.csv", lines)
    land("source_mentions/whole.csv", [mention("whole", 10, 2)])
    land("source_mentions/half.csv", [mention("half", 11, 1)])
    land("financial_lines/broken.csv", [line("broken", "one", 1) | {"parent_line_code": "whole", "axis_code": "unknown"}])
    land("source_mentions/broken.csv", [mention("broken", 12, 1)])
    loaded(second_project, *keep)
    rows_of(second_project, "truncate landing.changed_operations")
    accepted = "select subject_code from landing.accepted_contradictions"
    noted = "from landing.changed_operations where operation_code = 'op'"
    assert rows_of(second_project, accepted) == [("whole",)]
    (second_project / "landing/financial_lines/broken.csv").unlink()
    (second_project / "landing/source_mentions/broken.csv").unlink()
    assert loaded(second_project, *keep) == {"one"}, "the total is no longer accepted"
    assert rows_of(second_project, accepted) == []
    (second_project / "landing/source_mentions/half.csv").unlink()
    assert loaded(second_project, *keep) == {"one"}
    assert rows_of(second_project, noted) == [("op", "one", "counted")], "its plan loses the line without a figure"


def test_a_change_of_any_seed_concerns_all(second_project: Path, land: Land, changed_seed: Callable) -> None:
    land("contracts/all.csv", [contract("one")])
    loaded(second_project)
    changed_seed("axes", lambda rows: rows[0].update(label_fr="Autre axe"))
    assert run_dbt("run", "--select", "stg_contracts__stages", project=second_project).success
    assert changed(second_project) == set(), "a run without seeds has those of before"
    assert loaded(second_project) == {"one"}
    assert loaded(second_project) == set()
    changed_seed("contracts", lambda rows: rows[0].update(contract_code="renamed"))
    assert loaded(second_project) == {"one", "contrat_fictif"}, "a contract gone from the seeds has rows to take away"


@pytest.mark.slow
def test_code_and_dates_concern_all(second_project: Path, land: Land) -> None:
    land("contracts/all.csv", [contract("one")])
    land("contracts/gone.csv", [contract("gone")])
    loaded(second_project)
    macro = second_project / "macros" / "engines" / "euros.sql"
    kept = macro.read_bytes()
    macro.write_bytes(kept + b"\n")
    (second_project / "landing/contracts/gone.csv").unlink()
    land("financial_lines/lost.csv", [line("line_lost", "named nowhere else", 1)])
    found = loaded(second_project)
    macro.write_bytes(kept)
    every = {"one", "named nowhere else"}
    assert found == every | {"gone"}, "with files that went and came beside it"
    assert loaded(second_project) == every, "and back"
    assert loaded(second_project, "--vars", "known_as_of: 2020-12-31") == every


def test_a_stopped_load_leaves_the_tables_as_they_were(second_project: Path, land: Land) -> None:
    land("contracts/all.csv", [contract("one")])
    land("financial_lines/one.csv", [line("line_one", "one", 1)])
    loaded(second_project)
    before = rows_of(second_project, "from landing.landing_files order by file")
    land("contracts/all.csv", [contract("two")])
    land("financial_lines/one.csv", [line("line_one", "one", 1) | {"amount_eur": "un"}])
    run = load(second_project)
    assert not run.success
    assert "landing/financial_lines/one.csv, line 2, column amount_eur" in run.text
    assert rows_of(second_project, "from landing.landing_files order by file") == before
    assert rows_of(second_project, "select contract_code from landing.contracts") == [("one",)]
    assert changed(second_project) == set()


def test_a_file_of_an_older_version_is_loaded_anew(second_project: Path, land: Land) -> None:
    land("contracts/all.csv", [contract("one")])
    loaded(second_project)
    rows_of(second_project, "drop table landing.changed_operations")
    rows_of(second_project, "insert into landing.contracts (contract_code) values ('gone')")
    assert {"one", "gone"} <= loaded(second_project)
    assert rows_of(second_project, "select contract_code from landing.contracts") == [("one",)]
    rows_of(second_project, "alter table landing.funds add column more integer")
    assert {"one"} <= loaded(second_project), "a seed with other columns"


def test_files_with_the_same_columns_are_read_together_and_others_apart(second_project: Path, land: Land) -> None:
    folder = second_project / "landing" / "funds"
    for number in range(3):
        land(f"funds/{number}.csv", [{"fund_code": f"csv_{number}", "label_fr": "F"}])
    land("funds/swapped.csv", [{"label_fr": "F", "fund_code": "csv_swapped"}])
    pq.write_table(pa.table({"fund_code": ["text"], "label_fr": ["F"]}), folder / "a.parquet")
    pq.write_table(pa.table({"fund_code": [12], "label_fr": ["F"]}), folder / "b.parquet")
    assert load(second_project).success
    query = "select fund_code, split_part(landing_file, '/', 3) from landing.funds order by 1"
    assert rows_of(second_project, query) == [
        ("12", "b.parquet"),
        *((f"csv_{number}", f"{number}.csv") for number in range(3)),
        ("csv_swapped", "swapped.csv"),
        ("text", "a.parquet"),
    ]


def test_damaged_files_are_named_with_what_to_do(second_project: Path, land: Land) -> None:
    land("contracts/good.csv", [contract("good")])
    folder = second_project / "landing" / "contracts"
    pq.write_table(pa.table({"contract_code": [str(number) for number in range(1000)]}), folder / "cut.parquet")
    content = (folder / "cut.parquet").read_bytes()
    (folder / "cut.parquet").write_bytes(content[: len(content) // 2])
    header = "contract_code,label_fr,contract_type_code\n"
    files = {
        "latin.csv": (header + "a,Contrat,fund\nb,Été,fund\n").encode("latin-1"),
        "table.csv": b"PK\x03\x04 a workbook",
        "empty.csv": b"\xef\xbb\xbf\n",
        "null.csv": (header + "a,A\0,fund\n").encode(),
        "ends.csv": (header + "a,A,fund\r\nb,B,fund\n").encode(),
        "text.parquet": header.encode(),
    }
    for name, damaged in files.items():
        (folder / name).write_bytes(damaged)
    run = load(second_project)
    assert not run.success
    assert "Traceback" not in run.text
    lines = dict.fromkeys(text.strip() for text in run.text.splitlines())
    told = [text.removeprefix("landing/contracts/") for text in lines if text.startswith("landing/contracts/")]
    advice = "restore it, or write it again, or remove it"
    expected = [
        ("cut.parquet: is no Parquet file (", advice),
        ("empty.csv: is empty", "write the header line, or remove the file"),
        ("ends.csv: line ends are 1 × CRLF and 2 × LF", "save it with LF or CRLF throughout"),
        ("latin.csv, line 3: is not UTF-8", "save the file as CSV UTF-8"),
        ("null.csv, line 2: holds a null byte", "write the file again; it is damaged"),
        ("table.csv, line 1: is no CSV text in UTF-8", "save it as CSV UTF-8 with commas"),
        ("text.parquet: is no Parquet file (", advice),
    ]
    assert len(told) == len(expected), run.text
    for text, (what, to_do) in zip(told, expected, strict=True):
        assert text.startswith(what)
        assert text.endswith(to_do)


def test_pending_contracts_stay_until_a_build_succeeds(second_project: Path, land: Land) -> None:
    for table, rows in LANDED.items():
        land(f"{table}/pose.csv", rows)
    land("financial_lines/parts.csv", [PART | {"amount_eur": "999000.00"}])
    # the figure of this part says 1 000 000
    mentions = [row for row in LANDED["source_mentions"] if row["subject_code"] != "pose_quais"]
    land("source_mentions/pose.csv", mentions)
    run = run_dbt("build", project=second_project)
    assert not run.success
    assert "rule_id: amount_matches_citation" in run.text
    pending = "select contract_code from landing.changed_contracts order by 1"
    assert ("contrat_pose",) in rows_of(second_project, pending)
    operations = "select operation_code from landing.changed_operations where operation_code = 'replaced'"
    rows_of(second_project, "insert into landing.changed_operations values ('replaced', 'other', 'cost')")
    land("financial_lines/parts.csv", [PART])
    run = run_dbt("build", project=second_project)
    assert run.success, run.text
    assert rows_of(second_project, pending) == []
    assert rows_of(second_project, operations) == []


@pytest.mark.slow
def test_builds_in_steps_leave_what_one_build_makes(second_project: Path, land: Land) -> None:
    """A build works on about as many lines as it is told; the others wait and are built by the next one."""
    codes = ["first", "second", "third"]
    tables = ("star.fct_funding", "marts.funding_by_contract", "marts.funding_at_year_end", "quality.rule_catalogue")
    built = "select contract_key from marts.funding_by_contract where contract_key in ('first', 'second', 'third') order by 1"

    replaced = "select operation_code from landing.changed_operations where operation_code = 'replaced'"

    def build(lines_per_build: int) -> None:
        run = run_dbt("build", "--vars", f"{{lines_per_build: {lines_per_build}}}", project=second_project)
        assert run.success, run.text

    build(0)
    land("contracts/all.csv", [contract(code) for code in codes])
    land("source_documents/all.csv", LANDED["source_documents"])
    land("financial_lines/all.csv", [line(f"line_{code}", code, place) for place, code in enumerate(codes, 1)])
    land("source_mentions/all.csv", [mention(f"line_{code}", place, place) for place, code in enumerate(codes, 1)])
    for step in (1, 2, 3):
        build(1)
        assert rows_of(second_project, built) == [(code,) for code in codes[:step]]
        if step == 1:
            rows_of(second_project, "insert into landing.changed_operations values ('replaced', 'other', 'cost')")
        kept = [] if step == 3 else [("replaced",)]
        assert rows_of(second_project, replaced) == kept, "a contract that waits may still hold its money"
    assert changed(second_project) == set()
    in_steps = [rows_of(second_project, f"select * from {table} order by all") for table in tables]
    (second_project / "warehouse.duckdb").unlink()
    build(0)
    assert [rows_of(second_project, f"select * from {table} order by all") for table in tables] == in_steps
