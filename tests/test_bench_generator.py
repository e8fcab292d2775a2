"""The made-up data of the benchmark: the same for a seed, as many lines as asked, sound, and broken only where it says so."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from contracts.common.project import PROJECT
from tools.bench.broken import DEFECTS, BrokenRow, break_rows
from tools.bench.generator import TABLES, Generated, Limits, changed, generate, increment, plan
from tools.direct import prepare, read_manifest, statements

LINES = 2_000


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("generated")
    for part in ("models", "seeds"):
        (project / part).symlink_to(PROJECT / part)
    return project / "landing"


@pytest.fixture(scope="module")
def sample(landing: Path) -> Generated:
    return generate(landing, LINES)


@pytest.fixture(scope="module")
def built(landing: Path, sample: Generated) -> Iterator[duckdb.DuckDBPyConnection]:
    """The compiled SQL up to the results of the rules, run on the sample beside the shipped seeds."""
    manifest = read_manifest()
    with duckdb.connect() as connection:
        prepare(connection, manifest, landing.parent, with_landing=True)
        for statement in statements(manifest, only=["discrepancies", "int_figures_parsed"]):
            if statement.kind != "test":
                connection.execute(statement.sql)
        yield connection


def rows(folder: Path, table: str) -> list[tuple]:
    return duckdb.sql(f"select * from '{folder}/{table}/*.parquet' order by all").fetchall()


def test_a_seed_gives_the_same_rows_on_any_number_of_threads(landing: Path, sample: Generated, tmp_path: Path) -> None:
    again = generate(tmp_path / "again", LINES, limits=Limits(threads=1))
    assert again.rows == sample.rows
    for table in TABLES:
        assert rows(tmp_path / "again", table) == rows(landing, table), table


def test_another_seed_gives_other_amounts(landing: Path, sample: Generated, tmp_path: Path) -> None:
    generate(tmp_path, LINES, seed=1)
    assert rows(tmp_path, "financial_lines") != rows(landing, "financial_lines")


@pytest.mark.parametrize("lines", [100, 1_999, 4_321])
def test_there_are_as_many_lines_as_asked(lines: int, tmp_path: Path) -> None:
    written = generate(tmp_path, lines)
    assert written.rows["financial_lines"] == lines == len(rows(tmp_path, "financial_lines"))


def test_too_few_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="99 lines are too few"):
        generate(tmp_path, 99)
    with pytest.raises(ValueError, match="no contract changes under 2000"):
        increment(tmp_path, 1_999)


@pytest.mark.parametrize("lines", [10_000, 1_000_000, 10_000_000, 100_000_000])
def test_contracts_are_uneven_and_average_5_000_lines(lines: int) -> None:
    planned = plan(lines)
    sizes = [contract.line_count for file in planned.steady + planned.changing for contract in file]
    assert sum(sizes) == lines
    assert len({contract.number for file in planned.steady + planned.changing for contract in file}) == len(sizes)
    if lines > 10_000:
        assert 4_500 < sum(sizes) / len(sizes) < 5_500
        assert max(sizes) > 3 * sorted(sizes)[len(sizes) // 2]
        changing = sum(contract.line_count for file in planned.changing for contract in file)
        assert changing == lines // 100
    assert all(sum(contract.line_count for contract in file[:-1]) < 250_000 for file in planned.steady + planned.changing)


def test_a_contract_stands_in_one_file_of_each_table(landing: Path, sample: Generated) -> None:
    for table in ("contracts", "financial_lines", "axes", "operations", "contract_signatories"):
        (most,) = duckdb.sql(f"""
            select max(files) from (
                select count(distinct filename) as files
                from read_parquet('{landing}/{table}/*.parquet', filename = true) group by contract_code
            )
        """).fetchone()
        assert most == 1, table


def test_all_that_the_documents_know_is_there(landing: Path, sample: Generated) -> None:
    lines = f"'{landing}/financial_lines/*.parquet'"
    assert {stage for (stage,) in duckdb.sql(f"select distinct stage from {lines}").fetchall()} >= {
        "contracted",
        "programmed",
        "committed",
        "paid",
    }
    assert {use for (use,) in duckdb.sql(f"select distinct line_use from {lines}").fetchall()} == {
        "counted",
        "cost",
        "cross_total",
        "context",
    }
    qualifiers = {word for (word,) in duckdb.sql(f"select distinct qualifier from {lines}").fetchall()}
    assert qualifiers >= {"exact", "about", "range", "more_than", "at_least", "at_most", "nearly", None}
    (yearly, withdrawn, amended, deepest) = duckdb.sql(f"""
        select
            count(*) filter (where period_basis = 'per_year' and year_count > 1),
            count(*) filter (where is_withdrawn),
            count(*) filter (where effective_on is not null and not is_withdrawn),
            max(len(regexp_extract_all(parent_line_code, '_')))
        from {lines}
    """).fetchone()
    assert yearly and withdrawn and amended
    assert deepest == 3  # bench_<contract>_f<funder>_v<volet>, under the total of the funder and that of the contract
    (operations, shared, closings) = duckdb.sql(f"""
        select
            count(*) filter (where funders > 1),
            count(*) filter (where contracts > 1),
            (select max(dates) from (select count(distinct as_of_date) as dates from {lines} group by contract_code))
        from (
            select operation_code, count(distinct partner_code) as funders, count(distinct contract_code) as contracts
            from {lines} where operation_code is not null group by operation_code
        )
    """).fetchone()
    assert operations and shared
    assert closings == 4


def test_everything_says_that_it_is_fictitious(landing: Path, sample: Generated) -> None:
    for table, label in (
        ("contracts", "label_fr"),
        ("financial_lines", "label_fr"),
        ("operations", "label_fr"),
        ("axes", "label_fr"),
        ("partners", "label_fr"),
        ("source_documents", "title"),
    ):
        labels = {text for (text,) in duckdb.sql(f"select distinct {label} from '{landing}/{table}/*.parquet'").fetchall()}
        assert all("ficti" in text for text in labels), table
    for table in TABLES:
        (code,) = duckdb.sql(f"select columns(*)::varchar from '{landing}/{table}/*.parquet' limit 1").fetchone()[:1]
        assert code.startswith("bench_"), table


def test_totals_that_are_broken_down_whole_match_to_the_cent(built: duckdb.DuckDBPyConnection) -> None:
    verdicts = dict(
        built.execute(
            "select verdict, count(*) from quality.envelope_reconciliation where contract_key like 'bench_%' group by verdict"
        ).fetchall()
    )
    assert set(verdicts) == {"matched", "matched_within_precision", "unallocated_remainder"}
    (gap,) = built.execute("select sum(abs(gap_eur)) from quality.envelope_reconciliation where verdict = 'matched'").fetchone()
    assert gap == Decimal(0)


def test_every_printed_figure_gives_its_amount(built: duckdb.DuckDBPyConnection) -> None:
    (figures, wrong) = built.execute("""
        select count(*), count(*) filter (where figures.parsed_value is distinct from lines.amount_eur)
        from staging.stg_contracts__financial_lines as lines
        left join intermediate.int_figures_parsed as figures
            on
                lines.line_code = figures.subject_code
                and lines.recorded_on is not distinct from figures.subject_recorded_on
                and lines.as_of_date is not distinct from figures.subject_as_of_date
                and figures.role in ('states', 'revises')
        where lines.line_code like 'bench_%' and lines.amount_status = 'printed'
    """).fetchone()
    assert figures > 0.95 * LINES
    assert wrong == 0


def test_no_rule_of_severity_error_fails_and_few_warn(built: duckdb.DuckDBPyConnection) -> None:
    found = built.execute("select rule_id, severity, subject_code from quality.discrepancies where contract_key like 'bench_%'").fetchall()
    assert [row for row in found if row[1] == "error"] == []
    assert len(found) <= LINES // 200, found


def test_an_increment_changes_a_few_files_in_three_ways(landing: Path, sample: Generated, tmp_path: Path) -> None:
    for path in landing.rglob("*.parquet"):
        (tmp_path / path.parent.name).mkdir(exist_ok=True)
        (tmp_path / path.parent.name / path.name).write_bytes(path.read_bytes())
    written = increment(tmp_path, LINES)
    assert {path.name for path in written.files} == {"bench_0002.parquet"}
    assert [contract.change for contract in written.contracts] == ["amounts", "late lines", "new"]
    before, after = (f"'{folder}/financial_lines/bench_0002.parquet'" for folder in (landing, tmp_path))
    other, late, new = (f"bench_{contract.number:06}" for contract in written.contracts)
    codes = f"select line_code, as_of_date, recorded_on from {{}} where contract_code = '{other}' order by all"
    assert duckdb.sql(codes.format(before)).fetchall() == duckdb.sql(codes.format(after)).fetchall()
    amounts = f"select line_code, as_of_date, amount_eur from {{}} where contract_code = '{other}' and line_use = 'counted'"
    earlier, later = (set(duckdb.sql(amounts.format(file)).fetchall()) for file in (before, after))
    assert len(earlier & later) < len(earlier) / 5  # small rounded amounts may be drawn again
    kept = set(duckdb.sql(f"select * from {before} where contract_code = '{late}'").fetchall())
    grown = set(duckdb.sql(f"select * from {after} where contract_code = '{late}'").fetchall())
    assert kept < grown
    assert all(row[0].endswith(("_programmed", "_committed", "_paid")) for row in grown - kept)
    assert duckdb.sql(f"select count(*) from {before} where contract_code = '{new}'").fetchone() == (0,)
    assert duckdb.sql(f"select count(distinct contract_code) from {after}").fetchone() == (3,)


def test_each_increment_changes_more() -> None:
    contracts = [contract for file in plan(10_000).changing for contract in file]
    first, second = changed(contracts, 1), changed(contracts, 2)
    assert first != second
    assert not {contract.number for contract in first if contract.change == "new"} & {
        contract.number for contract in second if contract.change == "new"
    }


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_broken_rows_stand_where_they_are_said_to_stand(form: str, tmp_path: Path) -> None:
    generate(tmp_path, LINES, form=form)
    before = as_text(tmp_path, form)
    broken = break_rows(tmp_path, share=0.01)
    after = as_text(tmp_path, form)
    assert {row.kind for row in broken} == set(DEFECTS)
    assert len(broken) == pytest.approx(0.01 * LINES, abs=2)
    for row in broken:
        assert is_defect(row, after[row.file][row.row - 1 - (form == "csv")])
    planted = {(row.file, row.row - 1 - (form == "csv")) for row in broken}
    assert {file: [row for place, row in enumerate(content) if (file, place) not in planted] for file, content in after.items()} == before


def as_text(folder: Path, form: str) -> dict[str, list[dict[str, str]]]:
    """The rows of each file of financial lines, as text, empty cells as empty text."""
    found = {}
    for path in sorted((folder / "financial_lines").iterdir()):
        if form == "csv":
            with path.open(encoding="utf-8", newline="") as file:
                content = list(csv.DictReader(file))
        else:
            frame = duckdb.sql(f"select coalesce(columns(*)::varchar, '') from '{path}'")
            content = [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
        found[f"financial_lines/{path.name}"] = content
    return found


def is_defect(row: BrokenRow, cells: dict[str, str]) -> bool:
    value = cells[row.column]
    match row.kind:
        case "unreadable amount":
            return value == "douze mille euros"
        case "unreadable date":
            return value == "2021-13-45"
        case "empty key":
            return value == ""
        case "unknown word":
            return value == "promis"
        case "unknown partner":
            return value == "bench_nobody"
        case "negative amount":
            return value.startswith("-")
        case _:
            return not value.startswith("bench_broken")
