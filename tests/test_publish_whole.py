"""Whole builds, slow: exports hold the totals of the database, readers and kills do no harm."""

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pytest

from contracts.add.check import check
from contracts.add.check.loads import published_load
from contracts.common.project import open_warehouse, run_dbt
from contracts.publish.publishing import publish as publish_release
from contracts.publish.releases import DATABASE
from landed_lines import land_lines
from tools.example import example_project

pytestmark = pytest.mark.slow

BUILD = """
import sys
from pathlib import Path
from contracts.publish.publishing import publish
from contracts.publish.releases import PublishError
try:
    print(publish(into=Path(sys.argv[2]), project=Path(sys.argv[1]), tell=lambda step: print(step, flush=True)).identifier)
except PublishError as error:
    sys.exit(str(error))
"""
READ = """
import sys, time
from pathlib import Path
import duckdb
path, stop = sys.argv[1:]
long_lived = duckdb.connect(path, read_only=True, config={"enable_external_access": False})
query = "select (select release_id from publication.release), (select sum(contracted_eur) from marts.funding_by_contract)"
first, count, seen = long_lived.execute(query).fetchone(), 0, set()
while not Path(stop).exists():
    # a process that opens the file anew sees one release or the next, whole
    with duckdb.connect(str(Path(path).resolve()), read_only=True, config={"enable_external_access": False}) as connection:
        seen.add(connection.execute(query).fetchone())
    assert long_lived.execute(query).fetchone() == first
    count += 1
print(count, sorted(release for release, _ in seen), {str(total) for _, total in seen})
"""


def python(code: str, *arguments: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def publish(project: Path, into: Path) -> str:
    """Publishes in a process of its own and returns the id of the release."""
    output, errors = python(BUILD, project, into).communicate()
    assert output.splitlines()[-1].startswith("20"), output + errors
    return output.splitlines()[-1]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def published(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    publish(project, folder)
    return folder


def whole_release(folder: Path) -> str:
    """The release in force, after a look at everything that could be half done."""
    logs = [path.relative_to(folder) for path in folder.rglob("*.wal")]
    # a killed build leaves its own folder, hidden, until the next one
    assert [log for log in logs if not any(part.startswith(".") for part in log.parts)] == []
    with open_warehouse(folder / DATABASE) as connection:
        identifier, created = connection.execute("select release_id, built_at_utc from publication.release").fetchone()
        assert connection.execute("select sum(contracted_eur), sum(paid_eur) from marts.funding_by_contract").fetchone() == (
            Decimal("10000000.00"),
            Decimal("3600000.00"),
        )
    assert (folder / DATABASE).resolve().parent.name == identifier
    package = json.loads((folder / "current/datapackage.json").read_text(encoding="utf-8"))
    assert package["created"].startswith(created.isoformat()), "exports and database are of one build"
    for resource in package["resources"]:
        assert (folder / "current" / resource["path"]).stat().st_size == resource["bytes"]
    return identifier


def test_every_export_holds_the_rows_and_totals_of_the_database(published: Path) -> None:
    current = published / "current"
    workbook = openpyxl.load_workbook(current / "territorial_contracts.xlsx", read_only=True)
    with open_warehouse(published / DATABASE) as connection, duckdb.connect() as reader:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() where schema_name in ('star', 'marts', 'quality')")
        for schema, table in tables.fetchall():
            columns = [
                name
                for name, kind in connection.execute(
                    "select column_name, data_type from duckdb_columns() where schema_name = ? and table_name = ? order by column_index",
                    [schema, table],
                ).fetchall()
                if kind.startswith("DECIMAL")
            ]
            sums = ", ".join([*(f'sum("{column}")' for column in columns), "count(*)"])
            expected = connection.execute(f"select {sums} from {schema}.{table}").fetchone()
            name = f"{schema}.{table}"
            assert reader.execute(f"select {sums} from '{current}/parquet/{name}.parquet'").fetchone() == expected
            assert csv_sums(current / f"csv/{name}.csv", ",", columns) == expected, name
            assert csv_sums(current / f"csv_fr/{name}.csv", ";", columns) == expected, name
            if schema != "star":
                assert sheet_sums(workbook[table[:31]], columns) == expected, name


def added(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None


def csv_sums(path: Path, delimiter: str, columns: list[str]) -> tuple[object, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=delimiter))
    return *(added([Decimal(row[column].replace(",", ".")) for row in rows if row[column]]) for column in columns), len(rows)


def sheet_sums(sheet: object, columns: list[str]) -> tuple[object, ...]:
    header, *rows = list(sheet.iter_rows(values_only=True))
    places = [header.index(column) for column in columns]
    return *(added([Decimal(str(row[place])) for row in rows if row[place] is not None]) for place in places), len(rows)


def test_the_data_package_is_valid(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published / "current")
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:10]
    assert len(report.tasks) > 90


def test_the_published_file_stands_alone_under_any_name(published: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy of it.duckdb"
    copy.write_bytes((published / DATABASE).read_bytes())
    with open_warehouse(copy) as connection:
        views = connection.execute("select schema_name || '.' || view_name from duckdb_views() where not internal").fetchall()
        assert len(views) > 20
        for (view,) in views:
            connection.execute(f"select * from {view}").fetchall()


def test_the_load_of_the_file_is_what_the_check_reads(project: Path, published: Path) -> None:
    outcome = check(project)
    assert outcome.critical == []
    assert published_load(published / DATABASE).rows == outcome.rows


def test_readers_go_on_through_a_publication(project: Path, published: Path, tmp_path: Path) -> None:
    before = whole_release(published)
    readers = [python(READ, published / DATABASE, tmp_path / "stop") for _ in range(3)]
    time.sleep(2)
    after = publish(project, published)
    time.sleep(2)
    (tmp_path / "stop").touch()
    for reader in readers:
        output, errors = reader.communicate()
        assert reader.returncode == 0, errors
        count, seen = output.split(" ", 1)
        assert int(count) > 10
        assert before in seen and after in seen
        assert "{'10000000.00'}" in seen


def test_twenty_killed_builds_leave_the_old_release_or_the_new(project: Path, published: Path) -> None:
    start = time.monotonic()
    known = publish(project, published)
    duration = time.monotonic() - start
    moments = random.Random(20)  # the same moments in every run
    ended = 0
    for number in range(20):
        # every fourth kill falls into the last steps: verify, export, switch
        moment = duration * (moments.uniform(0.8, 1.0) if number % 4 == 0 else moments.uniform(0.05, 1.0))
        process = python(BUILD, project, published)
        time.sleep(moment)
        ended += process.poll() is not None
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        known = whole_release(published)
    assert ended < 20, "some builds were killed before their end"
    assert publish(project, published) == whole_release(published) != known
    assert not list((published / "releases").glob(".*")), "leftovers of killed builds are gone"


def test_a_bad_landing_file_leaves_the_release(project: Path, published: Path) -> None:
    before = whole_release(published)
    landed = project / "landing/contracts/bad.csv"
    landed.parent.mkdir(parents=True)
    landed.write_text("contract_code,label_fr,contract_type_code,signed_on\nbad,Mauvais,fund,demain\n", encoding="utf-8")
    output, errors = python(BUILD, project, published).communicate()
    landed.unlink()
    assert "landing/contracts/bad.csv, line 2, column signed_on: 'demain' is no date; write year-month-day: 2021-03-31" in errors
    assert "building" not in output
    assert whole_release(published) == before


def test_a_build_that_dbt_stops_leaves_the_release(project: Path, published: Path) -> None:
    before = whole_release(published)
    path = project / "seeds/financial_lines.csv"
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"2000000,,,exact", b"1900000,,,exact"))
    output, errors = python(BUILD, project, published).communicate()
    path.write_bytes(kept)
    assert "building" in output and "verifying" not in output
    assert "rule_id: amount_matches_citation" in errors
    assert "nothing was published" in errors
    assert whole_release(published) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 150 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=150m", "tmpfs", folder], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    # lazily: a log of dbt may still be open there
    subprocess.run(["umount", "--lazy", folder], check=True)


def limit_memory(project: Path, memory: str) -> None:
    profile = project / "profiles.yml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("settings: {", f"settings: {{memory_limit: {memory}, "))


def test_too_little_memory_is_named_and_leaves_the_release(tmp_path: Path) -> None:
    project, into = example_project(tmp_path / "project"), tmp_path / "published"
    limit_memory(project, "120MB")
    publish(project, into)
    before = whole_release(into)
    land_lines(project, 500_000)
    _, errors = python(BUILD, project, into).communicate()
    assert "DuckDB lacks memory for so many lines at once" in errors and "--lines-per-build" in errors
    assert "Traceback" not in errors
    assert whole_release(into) == before


def test_a_disk_that_fills_during_the_build_leaves_the_release(small_disk: Path, tmp_path: Path) -> None:
    project = example_project(tmp_path / "project")
    limit_memory(project, "1GB")
    publish(project, small_disk)
    before = whole_release(small_disk)
    land_lines(project, 500_000)
    output, errors = python(BUILD, project, small_disk).communicate()
    assert "building" in output
    assert f"there is no room for a build in {small_disk}: free some" in errors
    assert "Traceback" not in errors
    assert whole_release(small_disk) == before
    assert [path.name for path in (small_disk / "releases").iterdir()] == [before], "nothing is left of the build that stopped"
    shutil.rmtree(project / "landing")
    assert publish(project, small_disk) == whole_release(small_disk) != before


@pytest.mark.parametrize("count", [1_500_000, 500_000], ids=["in the load", "after the load"])
def test_a_disk_that_fills_under_plain_dbt_leaves_a_readable_file(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    project = example_project(tmp_path / "project")
    monkeypatch.setenv("CONTRACTS_DATABASE", str(small_disk / "warehouse.duckdb"))
    assert run_dbt("build", project=project).success
    land_lines(project, count)
    run = run_dbt("build", project=project)
    assert not run.success
    assert "no space left on device" in run.text.lower()
    with open_warehouse(small_disk / "warehouse.duckdb") as connection:
        files = connection.execute("select count(*) from landing.files").fetchone()
        lines = connection.execute("select count(*) from landing.financial_lines").fetchone()
        total = connection.execute("select sum(contracted_eur) from marts.funding_by_contract").fetchone()
    assert (files, lines) == ((4,), (count,)) if count < 1_000_000 else ((0,), (0,)), "the load is whole or has not been"
    assert total == (Decimal("10000000.00"),)
    # an index of the file may not fit its rows any more (DuckDB 1.5.5): it is made anew, from seeds and landing files
    (small_disk / "warehouse.duckdb").unlink()
    shutil.rmtree(project / "landing")
    run = run_dbt("build", project=project)
    assert run.success, run.text


def test_broken_rows_are_put_aside_and_the_rest_is_published(tmp_path: Path) -> None:
    project = example_project(tmp_path / "project")
    count = land_lines(project, 10_000, broken=True)
    into = tmp_path / "published"
    output, errors = python(BUILD, project, into).communicate()
    assert "landing/financial_lines/many.parquet, row 8, column partner_code: 'nobody' is unknown in partners" in errors
    assert "building" not in output
    release = publish_release(into, project, tell=lambda step: None, keep_rejects=True)
    (note,) = [note for note in release.notes if "put aside" in note]
    assert note == f"{2 * count} rows of 2 landing files are put aside and count nowhere: rejects/landing_{release.identifier}.csv"
    with (project / "rejects" / f"landing_{release.identifier}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["rule"] for row in rows} == {"reference", "allowed", "not_negative", "required", "follows"}
    with open_warehouse(into / DATABASE) as connection:
        told = connection.execute("select landing_file, row_count, rules from publication.rejects order by 1").fetchall()
        lines = connection.execute("select count(*) from staging.stg_contracts__financial_lines where line_code like 'line%'").fetchone()
        total = connection.execute("select sum(contracted_eur) from marts.funding_by_contract where contract_key like 'many%'").fetchone()
    assert told == [
        ("landing/financial_lines/many.parquet", count, "allowed, not_negative, reference, required"),
        ("landing/source_mentions/many.parquet", count, "follows"),
    ]
    assert lines == (10_000 - count,)
    assert total == (Decimal(100 * 200_000),), "what was put aside is not broken down, and the totals stand"
