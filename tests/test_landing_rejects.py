"""Broken rows of landing files, put aside on request: each is told with its place, what rests on it goes with it, the rest builds."""

import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contracts.common.project import run_dbt
from loads import LandedProject
from test_landing import BREAKDOWN, LANDED, Rows, line, mention, write_csv
from tools.example import example_project

KEEP = ("--vars", "keep_rejects: true")


def broken(code: str, **columns: str) -> dict[str, str]:
    return line(code, "contrat_pose", 1_000, partner_code="etat") | columns


# of eighteen rows above each other: the lowest has more than 16 above it, and goes with the row that it names
STEPS = {0: "follows", 1: "too_deep", 2: "too_deep"}

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
    (broken("day", as_of_date="31/12/2020"), "type", "as_of_date"),
    (broken("rounded", amount_eur="1000000.004"), "type", "amount_eur"),
    (broken("half_year", period_start_year="2015.4"), "type", "period_start_year"),
    (broken("hex", period_start_year="0x10"), "type", "period_start_year"),
    (broken("long_year", period_start_year="201520160"), "type", "period_start_year"),
    (broken("old_year", period_start_year="1949"), "type", "period_start_year"),
    (broken("short_date", recorded_on="20-01-01"), "type", "recorded_on"),
    (broken("epoch", recorded_on="epoch"), "type", "recorded_on"),
    (broken("far", recorded_on="2101-01-01"), "type", "recorded_on"),
    (broken("long_label", label_fr="A" * 10_001), "cell_too_long", "label_fr"),
    (broken("bell", label_fr="A\x07B"), "control_sign", "label_fr"),
    (broken("lost_sign", label_fr="Pr\ufffdfecture"), "control_sign", "label_fr"),
    (broken("padded", partner_code="etat\u00a0"), "odd_space", "partner_code"),
    (broken("unspecified"), "reserved", "line_code"),
    (broken("stranger_above", parent_line_code="fictif_mobilites_region", parent_basis="printed"), "other_contract", "parent_line_code"),
    (broken("torn"), "two_contracts", "contract_code"),
    (broken("torn", contract_code="contrat_fictif", recorded_on="2022-01-01"), "two_contracts", "contract_code"),
    (broken("round_a", parent_line_code="round_b", parent_basis="printed"), "loop", "parent_line_code"),
    (broken("round_b", parent_line_code="round_a", parent_basis="printed"), "loop", "parent_line_code"),
    (broken("own", parent_line_code="own", parent_basis="printed"), "loop", "parent_line_code"),
    (broken("under_round", parent_line_code="round_b", parent_basis="printed"), "follows", "parent_line_code"),
    *((broken(f"step_{n}", parent_line_code=f"step_{n + 1}", parent_basis="printed"), STEPS.get(n), "parent_line_code") for n in range(18)),
    (broken("step_18"), None, ""),
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
LOADED = sum(rule is None for _, rule, _ in LINES)
LOADED_MENTIONS = """
    select subject_code from staging.stg_contracts__source_mentions
    where landing_file is not null and mention_code not like 'pose%'
"""
UNCITED = {"silent", "fictif_mobilites_region"}


def mentions() -> Rows:
    rows = []
    for row, _, _ in LINES:
        code = row["line_code"]
        columns = {"subject_recorded_on": row["recorded_on"], "mention_code": f"{code}_2"} if "recorded_on" in row else {}
        if code not in UNCITED and code not in {each["subject_code"] for each in rows if not columns}:
            amount = 2_000 if code == "whole" else 1_000
            rows.append(mention(code, 10, amount, **columns) | ({"qualifier": "says"} if code == "mute" else {}))
    rows.append(mention("line_that_nobody_has", 10, 1))
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
    found = query(project, f"select line_number, rule, column_name from quality.rejects where file_name = 'landing/{file}'")
    return set(found)


def test_each_broken_row_is_told_with_line_rule_and_column(project: Path) -> None:
    # the header, then the empty line before the third row
    expected = {(2 + index + (index >= 2), rule, column) for index, (_, rule, column) in enumerate(LINES) if rule}
    # a code with a space that is no plain one is also one that nobody has
    padded = next(line for line, rule, _ in expected if rule == "odd_space")
    torn = max(line for line, rule, _ in expected if rule == "key")
    more = {(padded, "reference", "partner_code"), (torn, "two_contracts", "contract_code"), (len(LINES) + 3, "cell_count", None)}
    assert rejects(project, "financial_lines/broken.csv") == expected | more
    assert rejects(project, "financial_lines/broken.parquet") == {(1, "type", "amount_eur"), (3, "reference", "contract_code")}
    assert rejects(project, "partners/broken.csv") == {
        (2, "check_digit", "siren"),
        (3, "pattern", "siren"),
        (3, "check_digit", "siren"),
        (4, "follows", "parent_partner_code"),
    }


def test_figures_of_broken_lines_go_with_them(project: Path) -> None:
    loaded = {code for (code,) in query(project, LOADED_MENTIONS)}
    assert loaded == {"again", "whole", "whole_1", "sound", *(f"step_{n}" for n in range(3, 19))}
    (rules,) = [{rule for _, rule, _ in rejects(project, "source_mentions/broken.csv")}]
    assert rules == {"allowed", "type", "subject", "follows"}


def test_loaded_and_rejected_rows_are_the_rows_of_the_file(project: Path) -> None:
    counts = """
        select files.file, files.row_count, count(distinct rejects.line_number), (
            select count(*) from staging.stg_contracts__financial_lines as lines where lines.landing_file = files.file
        )
        from landing.files as files
        left join quality.rejects as rejects on files.file = rejects.file_name
        where files.table_name = 'financial_lines'
        group by files.file, files.row_count
    """
    found = {file: counted for file, *counted in query(project, counts)}
    # one line holds no row
    assert found["landing/financial_lines/broken.csv"] == [len(LINES), len(LINES) - LOADED + 1, LOADED]
    assert found["landing/financial_lines/broken.parquet"] == [3, 2, 1]
    assert found["landing/financial_lines/pose.csv"] == [4, 0, 4]


def test_files_without_a_broken_row_are_kept_as_judged(project: Path) -> None:
    told = query(project, "select file from landing.files where judged_with is null")
    assert set(told) == set(query(project, "select distinct file_name from quality.rejects"))
    assert query(project, "select count(*) from landing.files where judged_with is not null") > [(0,)]


def test_a_total_that_lost_a_part_says_so_and_builds(project: Path) -> None:
    (found,) = query(project, "select verdict, accepted_reason from quality.envelope_reconciliation where envelope_key = 'whole'")
    assert found == ("missing_breakdown", "1 of its parts were put aside as broken rows, see quality.rejects")


def test_the_run_says_how_many_rows_of_which_files(project: Path) -> None:
    text = (project / "told.txt").read_text(encoding="utf-8")
    rows = len(LINES) - LOADED + 1
    told = f"landing/financial_lines/broken.csv · row_count: {rows} · such_as: 'money' is not one of counted, cost"
    assert told in text
    assert "file_name: landing/financial_lines/broken.parquet · row_count: 2 · such_as: '12,5' is no decimal(18, 2)" in text


def judged(landed: LandedProject) -> set[str]:
    """The files whose cells a build would judge now; they are taken as judged."""
    landed.load()
    landed.run("files_to_judge")
    landed.connection.execute(
        "update landing.files as files set judged_with = told.judged_with from staging.files_to_judge as told where files.file = told.file"
    )
    return {name.removeprefix("landing/funds/") for (name,) in landed.rows("select file from staging.files_to_judge")}


def test_cells_are_judged_once_again_when_their_file_or_the_rules_change(landed: LandedProject) -> None:
    fund = {"fund_code": "one", "label_fr": "F"}
    landed.land("funds/one.csv", [fund])
    landed.land("funds/two.csv", [fund | {"fund_code": "two"}])
    assert judged(landed) == {"one.csv", "two.csv"}
    assert judged(landed) == set()
    landed.land("funds/two.csv", [fund | {"fund_code": "two", "label_fr": "F\x07"}])
    assert judged(landed) == {"two.csv"}
    changes = {
        "seeds/money_units.csv": b"nouveau,eur,1\n",
        "seeds/number_words.csv": b"mil,1000\n",
        "macros/rows/broken_cells.sql": b"\n",
        "models/staging/stg_contracts__funds.yml": b"\n",
    }
    for place, added in changes.items():
        path = landed.project / place
        kept = path.read_bytes()
        path.write_bytes(kept + added)
        found = judged(landed)
        path.write_bytes(kept)
        assert found == {"one.csv", "two.csv"}, place
        assert judged(landed) == {"one.csv", "two.csv"}, f"{place} as before"
    landed.run("rejects")
    assert landed.rejects("funds/two.csv") == set(), "as if a build had found it sound"
    landed.connection.execute("update landing.files set judged_with = null where file = 'landing/funds/two.csv'")
    landed.run("rejects")
    assert landed.rejects("funds/two.csv") == {(2, "control_sign", "label_fr")}


def test_a_row_comes_back_once_what_it_names_is_there(landed: LandedProject) -> None:
    partner = {"partner_code": "nobody", "label_fr": "N", "partner_type_code": "commune"}
    fund = {"fund_code": "late", "label_fr": "L", "partner_code": "nobody"}
    landed.land("funds/late.csv", [fund])
    landed.load()
    landed.run("rejects")
    assert landed.rejects("funds/late.csv") == {(2, "reference", "partner_code")}
    landed.land("partners/nobody.csv", [partner])
    landed.load()
    landed.run("rejects")
    assert landed.rejects("funds/late.csv") == set()
    landed.remove("partners/nobody.csv")
    landed.load()
    landed.run("rejects")
    assert landed.rejects("funds/late.csv") == {(2, "reference", "partner_code")}, "and goes again"


STEPS_UP = [(f"s{step}", f"s{step + 1}") for step in range(18)]
# relations of contracts, of which one may have several: those of the seed, landed ones, what is told of which
WAYS: dict[str, tuple[list, list, set]] = {
    "below and beside a loop": ([], ["ab", "ba", "ac", "da"], {("landed", "loop", "ab"), ("landed", "loop", "ba")}),
    "to itself": ([], ["aa", "ab"], {("landed", "loop", "aa")}),
    "each above each": ([], [a + b for a in "abcd" for b in "abcd"], {("landed", "loop", a + b) for a in "abcd" for b in "abcd"}),
    "two loops": ([], ["ab", "ba", "bc", "cd", "dc"], {("landed", "loop", way) for way in ("ab", "ba", "cd", "dc")}),
    "landed rows close a loop": (["ab", "bc"], ["ca", "cd"], {("landed", "loop", "ca")}),
    "the seed has a loop": (["ab", "ba"], ["ac"], {("seed", "loop", "ab"), ("seed", "loop", "ba")}),
    "as far up as can be": (STEPS_UP[:16], [], set()),
    "too far up": ([], STEPS_UP, {("landed", "too_deep", way) for way in STEPS_UP[1:3]}),
    "too far up in the seed": (STEPS_UP, [], {("seed", "too_deep", way) for way in STEPS_UP[1:3]}),
    "landed rows above the seed": (STEPS_UP[:16], STEPS_UP[16:], {("landed", "too_deep", way) for way in STEPS_UP[16:]}),
    "landed rows below the seed": (STEPS_UP[2:], STEPS_UP[:2], {("landed", "too_deep", STEPS_UP[1])}),
}


@pytest.mark.parametrize("case", WAYS)
def test_a_way_up_without_end_is_told_of_the_rows_that_make_it(landed: LandedProject, case: str) -> None:
    seeded, given, expected = WAYS[case]
    seed = landed.project / "seeds" / "contract_relations.csv"
    kept = seed.read_bytes()
    header = kept.splitlines(keepends=True)[0].decode()
    seed.write_text(header + "".join(f"{a},{b},part_of,,\n" for a, b in seeded), encoding="utf-8")
    file = landed.project / "landing" / "contract_relations" / "all.csv"
    file.parent.mkdir(parents=True)
    file.write_text(header + "".join(f"{a},{b},part_of,,\n" for a, b in given), encoding="utf-8")
    landed.load()
    landed.run("rejects")
    seed.write_bytes(kept)
    found = landed.rows("""
        select if(landing_file is null, 'seed', 'landed'), rule, split_part(row_key, ' / ', 1), split_part(row_key, ' / ', 2)
        from staging.rejects where rule in ('loop', 'too_deep')
    """)
    assert sorted((place, rule, (a, b)) for place, rule, a, b in found) == sorted((p, r, tuple(way)) for p, r, way in expected)


def test_broken_rows_of_a_seed_are_told_like_landed_ones(landed: LandedProject) -> None:
    path = landed.project / "seeds" / "financial_lines.csv"
    kept = path.read_bytes()
    lines = kept.decode().splitlines()
    cells = lines[1].split(",")
    cells[lines[0].split(",").index("period_start_year")] = "2015.4"
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    landed.run("rejects")
    path.write_bytes(kept)
    query = "select file_name, line_number, rule, column_name, landing_file from staging.rejects"
    assert landed.rows(query) == [("seeds/financial_lines.csv", 2, "type", "period_start_year", None)]
