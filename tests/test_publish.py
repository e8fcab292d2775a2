"""Publishing: one release at a time, whole or not at all, with exports that hold the same totals."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from contracts.add.check import Outcome
from contracts.add.check.findings import Finding
from contracts.add.imports.writing import STAGED, only_writer
from contracts.common.project import AMOUNTS, PROJECT, open_warehouse
from contracts.common.texts import FORMULA, no_formula
from contracts.publish import files, publishing
from contracts.publish.files import published_tables, write_exports
from contracts.publish.publishing import FOREVER
from contracts.publish.releases import DATABASE, PublishError, clear_messages, loosen_views, only_build, staging_folder, switch

FORMULAS = ("=1+1", "+33 1 02", "-5 rames", "@SUM(A1)", "\tonglet", "=cmd|' /C calc'!A0")


def outcome(*findings: Finding) -> Outcome:
    return Outcome(list(findings), {"contracts": 1}, 0, "")


@pytest.fixture
def staged(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """A small warehouse with every table that publishing reads, in a file that is open for writing."""
    connection = duckdb.connect(str(tmp_path / DATABASE))
    for schema in ("marts", "star", "quality", "staging", "intermediate", "seeds", "landing"):
        connection.execute(f"create schema {schema}")
    columns = "file_name varchar, line_number bigint, table_name varchar, rule varchar, reason varchar"
    for schema in ("quality", "staging"):
        connection.execute(f"create table {schema}.rejects ({columns})")
    connection.execute("create schema build_state; create table build_state.builds (outcome varchar)")
    measures = ", ".join(f"cast({'-0.01' if measure == 'paid_eur' else '12.34'} as decimal(18, 2)) as {measure}" for measure in AMOUNTS)
    connection.execute(f"create table star.fct_funding as select 'c' as contract_key, {measures}")
    connection.execute("create table marts.funding_by_contract as select * from star.fct_funding")
    connection.execute("create table seeds.labels (position integer primary key, label_fr varchar, amount_eur decimal(18, 2))")
    values = [(place, text, Decimal(f"-{place}.50")) for place, text in enumerate([*FORMULAS, "Contrat, dit « vert »; suite", None, ""])]
    connection.executemany("insert into seeds.labels values (?, ?, ?)", values)
    connection.execute("create table marts.labels as select * from seeds.labels")
    connection.execute(
        "create table quality.data_dictionary (schema_name varchar, model_name varchar, column_name varchar, column_position integer, "
        "label_fr varchar, description_en varchar, unit varchar, null_means varchar, is_additive varchar, is_key boolean)"
    )
    connection.execute(
        "insert into quality.data_dictionary values "
        "('marts', 'labels', 'position', 1, 'Rang', 'Place.', null, null, 'no', true), "
        "('marts', 'labels', 'amount_eur', 3, 'Montant', 'Amount.', 'euro', null, 'yes', false)"
    )
    connection.execute(
        f"create view staging.stg_contracts__contracts as select 'c' as contract_code from {DATABASE.split('.')[0]}.seeds.labels limit 1"
    )
    connection.execute(
        "create view staging.stg_contracts__financial_lines as select 'c' as contract_code, cast(5 as decimal(18, 2)) as amount_eur"
    )
    connection.execute(
        "create view staging.stg_contracts__source_documents as select 'd' as document_code, '=Titre' as title, null as source_url"
    )
    publishing._write_publication(connection, "release_1", datetime(2026, 1, 1, tzinfo=UTC), FOREVER, FOREVER, {"contracts": 1})
    yield connection
    connection.close()


def read_csv(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_text_is_neutral_and_numbers_are_not_touched(staged: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert write_exports(staged, tmp_path, DATABASE, "1", "2026-01-01") == []
    expected = [*(f"'{text}" for text in FORMULAS), "Contrat, dit « vert »; suite", "", ""]
    plain = read_csv(tmp_path / "csv/marts.labels.csv")
    assert [row["label_fr"] for row in plain] == expected
    assert plain[1]["amount_eur"] == "-1.50"
    french = read_csv(tmp_path / "csv_fr/marts.labels.csv", ";", "utf-8-sig")
    assert [row["label_fr"] for row in french] == expected
    assert french[1]["amount_eur"] == "-1,50"
    sheet = openpyxl.load_workbook(tmp_path / "territorial_contracts.xlsx")["labels"]
    cells = list(sheet.iter_rows(min_row=2))
    assert [row[1].value or "" for row in cells] == expected
    assert {cell.data_type for row in cells for cell in row} <= {"n", "s", "inlineStr"}, "no formula"
    assert cells[1][2].value == -1.5
    parquet = duckdb.sql(f"select label_fr from '{tmp_path}/parquet/marts.labels.parquet' order by position").fetchall()
    assert [text for (text,) in parquet] == [*FORMULAS, "Contrat, dit « vert »; suite", None, ""], "Parquet is for programs"


def test_a_table_too_long_for_a_sheet_is_named_and_in_the_other_files(
    staged: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = len(FORMULAS) + 3
    long, short = tmp_path / "long", tmp_path / "short"
    for folder, limit in ((long, rows - 1), (short, rows)):
        folder.mkdir()
        monkeypatch.setattr(files, "SHEET_ROWS", limit)
        notes = write_exports(staged, folder, DATABASE, "1", "2026-01-01")
        sheets = openpyxl.load_workbook(folder / "territorial_contracts.xlsx").sheetnames
        assert bool(notes) == (folder == long) == ("labels" not in sheets)
        assert len(read_csv(folder / "csv_fr/marts.labels.csv", ";", "utf-8-sig")) == rows
        assert sorted(path.suffix for path in folder.iterdir() if path.is_file()) == [".json", ".xlsx"], "nothing temporary is left"
        assert all(note.startswith(f"marts.labels has more than {limit} rows and is not in territorial_contracts.xlsx") for note in notes)


def test_neutral_leaves_other_text() -> None:
    assert [no_formula(text) for text in ("État", "3 %", "'=1", "a=b")] == ["État", "3 %", "'=1", "a=b"]
    assert FORMULA.startswith("^")


def test_the_data_package_describes_columns_units_sources_and_licence(staged: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_exports(staged, tmp_path, DATABASE, "1", "2026-01-01")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    schema = resources["marts.labels"]["schema"]
    assert schema["fields"][2] == {"name": "amount_eur", "type": "number", "title": "Montant", "description": "Amount.", "unit": "euro"}
    assert resources["fr.marts.labels"]["schema"]["fields"][2]["decimalChar"] == ","
    assert resources["fr.marts.labels"]["schema"]["primaryKey"] == ["position"]
    assert package["sources"] == [{"title": "=Titre"}]
    assert package["licenses"][0]["name"]
    assert {table.name for table in published_tables(staged)} == {
        "fct_funding",
        "funding_by_contract",
        "labels",
        "data_dictionary",
        "rejects",
    }
    for resource in resources.values():
        assert (tmp_path / resource["path"]).stat().st_size == resource["bytes"]


def test_views_are_readable_in_a_copy_with_another_name(staged: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    loosen_views(staged)
    staged.execute("checkpoint")
    staged.close()
    (tmp_path / DATABASE).rename(tmp_path / "copy.duckdb")
    with open_warehouse(tmp_path / "copy.duckdb") as copy:
        assert copy.execute("select * from staging.stg_contracts__contracts").fetchall() == [("c",)]


def test_what_does_not_add_up_is_not_published(staged: duckdb.DuckDBPyConnection) -> None:
    publishing.verify(staged)
    staged.execute("update marts.funding_by_contract set committed_eur = committed_eur - 0.01")
    with pytest.raises(
        PublishError, match=r"marts.funding_by_contract does not add up to star.fct_funding: committed_eur 12.33 instead of 12.34"
    ):
        publishing.verify(staged)


def release(into: Path, content: str) -> Path:
    """Publishes a file that stands for a database, by the steps of a build."""
    with clear_messages(into), only_build(into), staging_folder(into) as staging:
        (staging / DATABASE).write_text(content)
        (staging / "csv").mkdir()
        (staging / "csv" / "x.csv").write_text(content)
        return switch(staging, into)


def test_database_and_exports_are_switched_together(tmp_path: Path) -> None:
    first = release(tmp_path, "first")
    with (tmp_path / DATABASE).open() as reader:
        second = release(tmp_path, "second")
        assert reader.read() == "first", "who has the old file open keeps it"
    assert (tmp_path / DATABASE).read_text() == (tmp_path / "current/csv/x.csv").read_text() == "second"
    third = release(tmp_path, "third")
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == sorted([second.name, third.name]) and first != second
    assert not os.access(tmp_path / "current" / DATABASE, os.W_OK) or os.geteuid() == 0


def test_a_file_of_before_is_replaced(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_text("hand-made")
    release(tmp_path, "first")
    assert (tmp_path / DATABASE).read_text() == "first"


def test_a_write_ahead_log_beside_the_published_file_stops_the_switch(tmp_path: Path) -> None:
    release(tmp_path, "first")
    (tmp_path / f"{DATABASE}.wal").write_text("x")
    with pytest.raises(PublishError, match=r"a program has the file open for writing; close it, remove the \.wal file"):
        release(tmp_path, "second")
    assert (tmp_path / DATABASE).read_text() == "first"
    assert len(list((tmp_path / "releases").iterdir())) == 1, "nothing is left of the build that stopped"


HOLDER = """
import sys
from pathlib import Path
from contracts.publish.releases import only_build
with only_build(Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


def test_two_builds_at_once_the_second_says_so(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(PublishError, match=rf"another build is running \(process {process.pid}, since 20.*\): wait until it ends"):
            release(tmp_path, "second")
        process.kill()
    assert "process" in (tmp_path / ".lock").read_text(), "a killed build leaves its number, and no lock"
    release(tmp_path, "second")
    assert (tmp_path / DATABASE).read_text() == "second"


def test_leftovers_of_a_killed_build_are_removed(tmp_path: Path) -> None:
    (tmp_path / "releases" / ".20260101T000000Z_abcdef").mkdir(parents=True)
    release(tmp_path, "first")
    assert len(list((tmp_path / "releases").iterdir())) == 1


def test_a_loss_stops_the_publication_unless_it_is_accepted(
    staged: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = Finding(
        "contracts", None, "contract_code", "contract_gone", "c", "contract c was published and is gone", "look for it", "contracts"
    )
    staged.close()
    monkeypatch.setattr(publishing, "_run_build", lambda project, database, *_: shutil.copy2(tmp_path / DATABASE, database))
    monkeypatch.setattr(publishing, "contracts_waiting", lambda _: 0)
    monkeypatch.setattr(publishing, "outcome_of", lambda *_: outcome(lost))
    project, into = tmp_path / "project", tmp_path / "published"
    with pytest.raises(PublishError, match="contract c was published and is gone") as error:
        publishing.publish(into, project)
    assert "nothing was published; the whole list is in target/check/check.md" in str(error.value)
    assert not (into / DATABASE).exists()
    release = publishing.publish(into, project, accept_drift=True)
    assert (into / DATABASE).exists()
    assert lost.text in release.notes


DISK = """
import os, sys, resource
from pathlib import Path
from contracts.publish.releases import PublishError, clear_messages, only_build, staging_folder
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
into = Path(sys.argv[1])
try:
    with clear_messages(into), only_build(into), staging_folder(into) as staging:
        if sys.argv[2] == "file":
            (staging / "x").write_bytes(b"x" * 5000)
        else:
            import duckdb
            duckdb.connect(str(staging / "x.duckdb")).execute("create table t as select range as n from range(100000)")
except PublishError as error:
    print(error)
"""


@pytest.mark.parametrize("kind", ["file", "database"])
def test_a_full_disk_is_said_and_the_old_file_stays(tmp_path: Path, kind: str) -> None:
    release(tmp_path, "first")
    run = subprocess.run([sys.executable, "-c", DISK, str(tmp_path), kind], capture_output=True, text=True, check=False)
    assert f"there is no room for a build in {tmp_path}: free some" in run.stdout, run.stderr
    assert (tmp_path / DATABASE).read_text() == "first"
    assert len(list((tmp_path / "releases").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(
        PublishError, match=r"cannot be written \(.*\): give yourself the right to write, or choose another folder with --into"
    ):
        release(tmp_path / "file", "first")


@pytest.fixture
def folder_of_root(tmp_path: Path) -> Iterator[Path]:
    """A folder that cannot be written, without the rights of root, which no folder stops."""
    user, folder = os.geteuid(), tmp_path
    if user == 0:
        folder = Path(tempfile.mkdtemp())
        folder.chmod(0o755)
    release(folder, "first")
    for each in (folder, folder / "releases"):
        each.chmod(0o555)
    if user == 0:
        (folder / ".lock").chmod(0o666)
        os.seteuid(65534)
    yield folder
    os.seteuid(user)
    for each in (folder, folder / "releases"):
        each.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_said_and_the_old_file_stays(folder_of_root: Path) -> None:
    with pytest.raises(PublishError, match=r"cannot be written \(Permission denied\): give yourself the right to write"):
        release(folder_of_root, "second")
    assert (folder_of_root / DATABASE).read_text() == "first"


def test_the_next_load_is_compared_with_the_published_one(staged: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    from contracts.add.check.drift import Load, drift_from

    def told(load: Load) -> list[str]:
        return [finding.text for finding in drift_from(tmp_path / DATABASE, load)[0]]

    staged.close()
    assert told(Load({"contracts": 1}, {"c": Decimal("50.00")})) == []
    (text,) = told(Load({"contracts": 0}, {}))[:1]
    assert text.startswith(
        "contracts, column contract_code: contract c was published and is gone; look for rows or files that went missing"
    )
    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        connection.execute("update publication.release set schema_version = 99")
    assert [text.split(" [")[0] for text in told(Load({}, {}))] == [
        f"{DATABASE}: is of schema version 99, this project writes 1; update the project, or publish into another folder"
    ]
    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        connection.execute("drop schema publication cascade")
    (text,) = told(Load({}, {}))
    assert "is of an older version, without counts of its load; nothing to do: the next one brings them [warning: older_file]" in text
    (tmp_path / DATABASE).write_text("no database")
    (text,) = told(Load({}, {}))
    assert f"{DATABASE}: cannot be read (" in text and "move it away if it is damaged" in text
    (tmp_path / DATABASE).unlink()
    assert drift_from(tmp_path / DATABASE, Load({}, {})) == ([], "no published file to compare with")


def test_no_room_for_the_workbook_is_an_error_of_the_system(staged: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "territorial_contracts.xlsx").mkdir()
    with pytest.raises(IsADirectoryError):
        write_exports(staged, tmp_path, DATABASE, "1", "2026-01-01")


def test_what_dbt_says_is_cut_to_the_rows_it_names() -> None:
    messages = ["Running with dbt", "Failure in model gate", "1 broken rows:\n  seeds/partners.csv, line 2: x", "Finished running"]
    assert publishing._telling_lines(messages) == ["Failure in model gate", "seeds/partners.csv, line 2: x"]
    assert publishing._telling_lines(["boom"]) == ["boom"]


def test_the_command_line_speaks_and_ends_with_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from contracts.add import check
    from contracts.cli import app

    def failing(*arguments: object, **options: object) -> None:
        raise PublishError("landing/[red]x.csv: broken")

    bad = Finding("landing/contracts/x.csv", 3, "signed_on", "type", "demain", "'demain' is no date", "write 2021-03-31", "contracts")
    monkeypatch.setattr(publishing, "publish", failing)
    monkeypatch.setattr(check, "check", lambda project, published: outcome(bad))
    runner = CliRunner()
    for arguments, expected in (
        (["publish", "--into", str(tmp_path)], "landing/[red]x.csv: broken"),
        (["check"], "landing/contracts/x.csv, line 3, column signed_on: 'demain' is no date; write 2021-03-31 [critical: type]"),
        (["new", "../x"], "«../x» is no contract code"),
    ):
        run = runner.invoke(app, arguments)
        assert run.exit_code == 1
        assert expected in run.output
        assert "Traceback" not in run.output


def test_the_project_folder_is_the_default_place() -> None:
    assert publishing.PUBLISHED == PROJECT / "published"


def test_a_running_import_keeps_a_build_out(tmp_path: Path) -> None:
    landing = tmp_path / "landing"
    with only_writer(landing), pytest.raises(PublishError, match=r"Another import writes to .*landing\. Wait until it ends"):
        publishing.publish(tmp_path / "published", tmp_path)


def test_a_build_ends_what_a_killed_import_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = tmp_path / "landing" / STAGED / "annexe"
    staged.mkdir(parents=True)
    (staged / "contracts.csv").write_text("contract_code\n", encoding="utf-8")
    (staged / "READY").write_text("contracts", encoding="utf-8")
    monkeypatch.setattr(publishing, "_run_build", lambda *_: (_ for _ in ()).throw(PublishError("stop here")))
    with pytest.raises(PublishError, match="stop here"):
        publishing.publish(tmp_path / "published", tmp_path)
    assert (tmp_path / "landing" / "contracts" / "annexe.csv").exists()
    assert not staged.exists()
