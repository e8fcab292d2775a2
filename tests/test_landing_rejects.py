"""Broken rows of landing files, put aside on request: each is told with its place, what rests on it goes with it, the rest builds."""

import os
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contracts.common.project import run_dbt
from loads import load
from test_landing import BREAKDOWN, LANDED, Rows, line, mention, write_csv
from tools.example import example_project

KEEP = ("--vars", "keep_rejects: true")


def broken(code: str, **columns: str) -> dict[str, str]:
    return line(code, "contrat_pose", 1_000, partner_code="etat") | columns


# (row, rule, column): rule None where the row is loaded
LINES: list[tuple[dict[str, str], str | None, str]] = [
    (broken("word", line_use="money"), "allowed", "line_use"),
    (broken("minus", amount_eur="-4.00"), "not_negative", "amount_eur"),
    (broken("order", period_start_year="2022", period_end_year="2021"), "ordered", "period_end_year"),
    (broken("label", label_fr=""), "required", "label_fr"),
    (broken("stranger", partner_code="nobody"), "reference", "partner_code"),
    (broken("place", territory_code="commune_99999"), "reference", "territory_code"),
    (broken("child", parent_line_code="minus", parent_basis="printed"), "follows", "parent_line_code"),
    (broken("grandchild", parent_line_code="child", parent_basis="printed"), "follows", "parent_line_code"),
    (broken("silent"), "figure", "line_code"),
    (broken("mute"), "follows", "line_code"),
    (broken("day", as_of_date="31/12/2020"), "unreadable", "as_of_date"),
    (broken("again"), None, ""),
    (broken("again"), "key_again", "line_code / as_of_date / effective_on / recorded_on"),
    (broken("two_amounts"), "key", "line_code / as_of_date / effective_on / recorded_on"),
    (broken("two_amounts", amount_eur="5.00"), "key", "line_code / as_of_date / effective_on / recorded_on"),
    (broken("amended"), "follows", "line_code"),
    (broken("amended", recorded_on="2022-01-01", amount_eur="-1.00"), "not_negative", "amount_eur"),
    (broken("fictif_mobilites_region"), "key", "line_code / as_of_date / effective_on / recorded_on"),
    (broken("whole", breakdown="exhaustive", amount_eur="2000.00"), None, ""),
    (broken("whole_1", parent_line_code="whole", parent_basis="printed"), None, ""),
    (broken("whole_2", parent_line_code="whole", parent_basis="printed", stage="gift"), "reference", "stage"),
    (line("under_seed", "contrat_fictif", 1_000, **BREAKDOWN | {"fund_code": "nothing"}), "reference", "fund_code"),
]
UNCITED = {"silent", "fictif_mobilites_region"}


def mentions() -> Rows:
    rows = []
    for row, _, _ in LINES:
        code = row["line_code"]
        columns = {"subject_recorded_on": row["recorded_on"], "mention_code": f"{code}_2"} if "recorded_on" in row else {}
        if code not in UNCITED and code not in {each["subject_code"] for each in rows if not columns}:
            amount = 2_000 if code == "whole" else 1_000
            rows.append(mention(code, 10, amount, **columns) | ({"qualifier": "says"} if code == "mute" else {}))
    return rows


def age(folder: Path) -> None:
    """Lets every file be some time old, so that its time tells whether it changes."""
    for path in folder.rglob("*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with sound and broken landing files, built with keep_rejects."""
    project = example_project(tmp_path_factory.mktemp("rejects"))
    landing = project / "landing"
    for table, rows in LANDED.items():
        write_csv(landing / table / "pose.csv", [row for row in rows if row.get("subject_code") not in ("pose_voirie", "pose_quais")])
    write_csv(landing / "financial_lines/broken.csv", [row for row, _, _ in LINES])
    lines = (landing / "financial_lines/broken.csv").read_text(encoding="utf-8").splitlines()
    # an empty line, which is none of the rows, and a row of too few cells
    lines[3:3] = [""]
    (landing / "financial_lines/broken.csv").write_text("\n".join([*lines, "short,row"]) + "\n", encoding="utf-8")
    write_csv(landing / "source_mentions/broken.csv", mentions())
    rows = [broken("text", amount_eur="12,5"), broken("sound"), broken("nowhere", contract_code="nowhere")]
    pq.write_table(pa.Table.from_pylist(rows), landing / "financial_lines/broken.parquet")
    write_csv(landing / "source_mentions/parquet.csv", [mention(code, 11, 1_000) for code in ("text", "sound", "nowhere")])
    partner = {"label_fr": "P", "partner_type_code": "commune"}
    partners = [
        {"partner_code": "p", "siren": "218000199"},
        {"partner_code": "q", "siren": "12"},
        {"partner_code": "r", "parent_partner_code": "p"},
    ]
    write_csv(landing / "partners/broken.csv", [partner | each for each in partners])
    age(landing)
    run = run_dbt("build", *KEEP, project=project)
    assert run.success, run.text
    (project / "told.txt").write_text(run.text, encoding="utf-8")
    return project


def query(project: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def rejects(project: Path, file: str) -> set[tuple[int, str, str]]:
    found = query(project, f"select line_number, rule, column_name from landing.rejects where landing_file = 'landing/{file}'")
    return set(found)


def test_each_broken_row_is_told_with_line_rule_and_column(project: Path) -> None:
    # the header, then the empty line before the third row
    expected = {(2 + index + (index >= 2), rule, column) for index, (_, rule, column) in enumerate(LINES) if rule}
    assert rejects(project, "financial_lines/broken.csv") == expected | {(len(LINES) + 3, "unreadable", None)}
    assert rejects(project, "financial_lines/broken.parquet") == {(1, "type", "amount_eur"), (3, "reference", "contract_code")}
    assert rejects(project, "partners/broken.csv") == {
        (2, "check_digit", "siren"),
        (3, "pattern", "siren"),
        (3, "check_digit", "siren"),
        (4, "follows", "parent_partner_code"),
    }


def test_figures_of_broken_lines_go_with_them(project: Path) -> None:
    loaded = {code for (code,) in query(project, "select subject_code from landing.source_mentions where mention_code not like 'pose%'")}
    assert loaded == {"again", "whole", "whole_1", "sound"}
    (rules,) = [{rule for _, rule, _ in rejects(project, "source_mentions/broken.csv")}]
    assert rules == {"allowed", "subject", "follows"}


def test_loaded_and_rejected_rows_are_the_rows_of_the_file(project: Path) -> None:
    counts = {
        file: (loaded, rejected)
        for file, loaded, rejected in query(project, "select file, row_count, reject_count from landing.landing_files")
    }
    assert counts["landing/financial_lines/broken.csv"] == (3, len(LINES) - 3 + 1)
    assert counts["landing/financial_lines/broken.parquet"] == (1, 2)
    assert counts["landing/source_mentions/broken.csv"] == (3, len(mentions()) - 3)
    assert counts["landing/financial_lines/pose.csv"] == (4, 0)
    per_file = Counter(dict(query(project, "select landing_file, count(*) from landing.financial_lines group by 1")))
    assert per_file["landing/financial_lines/broken.csv"] == 3


def test_a_total_that_lost_a_part_says_so_and_builds(project: Path) -> None:
    (found,) = query(project, "select verdict, accepted_reason from quality.envelope_reconciliation where envelope_key = 'whole'")
    assert found == ("missing_breakdown", "1 of its parts were put aside as broken rows, see landing.rejects")


def test_the_run_says_how_many_rows_of_which_files(project: Path) -> None:
    text = (project / "told.txt").read_text(encoding="utf-8")
    assert f"landing/financial_lines/broken.csv: {len(LINES) - 2} rows put aside, such as: 'money' is not one of counted, cost" in text
    assert "landing/financial_lines/broken.parquet: 2 rows put aside, such as: '12,5' is no decimal(18, 2)" in text
    assert "landing files are put aside and count nowhere: select * from landing.rejects" in text


def test_a_row_comes_back_once_what_it_names_is_there(project: Path) -> None:
    write_csv(project / "landing/partners/nobody.csv", [{"partner_code": "nobody", "label_fr": "N", "partner_type_code": "commune"}])
    age(project / "landing")
    run = load(project, *KEEP)
    assert run.success, run.text
    assert query(project, "select count(*) from landing.financial_lines where line_code = 'stranger'") == [(1,)]
    (project / "landing/partners/nobody.csv").unlink()
    assert load(project, *KEEP).success
    assert query(project, "select count(*) from landing.financial_lines where line_code = 'stranger'") == [(0,)], "and goes again"


def test_a_row_of_an_unchanged_file_is_put_aside_when_what_it_names_goes(project: Path) -> None:
    write_csv(project / "landing/partners/late.csv", [{"partner_code": "late", "label_fr": "L", "partner_type_code": "commune"}])
    write_csv(project / "landing/funds/late.csv", [{"fund_code": "late", "label_fr": "L", "partner_code": "late"}])
    age(project / "landing")
    assert load(project, *KEEP).success
    counts = "select row_count, reject_count from landing.landing_files where file = 'landing/funds/late.csv'"
    assert query(project, counts) == [(1, 0)]
    (project / "landing/partners/late.csv").unlink()
    assert load(project, *KEEP).success
    assert query(project, counts) == [(0, 1)]
    assert rejects(project, "funds/late.csv") == {(2, "reference", "partner_code")}
