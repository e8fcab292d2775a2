"""Spark: the comparison finds what differs, accepted rows and lake hold what the warehouse holds; a slow proof builds there."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from contracts.cli import app
from contracts.common.project import PROJECT, WAREHOUSE, attach_warehouse
from contracts.publish.accepted import FOLDER, NotAcceptedError, write_accepted_rows
from contracts.publish.lake import PARTITION, LakeTable, spark_statements, trino_statements, write_lake
from tools.spark import session
from tools.spark.__main__ import app as command
from tools.spark.compare import Comparison, compare
from tools.spark.proof import prove

COLUMNS = "code varchar, place integer, amount_eur decimal(18, 2), known_on date, is_new boolean"
ROWS = "('a', 1, 10.00, date '2020-01-01', true), ('b', 2, 0.01, null, false), ('c', null, null, date '0001-01-01', null)"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for name in ("mine", "theirs"):
            connection.execute(
                f"create table {name} (code varchar, place integer, amount_eur decimal(18, 2), known_on date, is_new boolean)"
            )
            connection.execute(f"insert into {name} values {ROWS}")
        yield connection


def compared(connection: duckdb.DuckDBPyConnection, change: str, key: tuple[str, ...] = ("code",)) -> Comparison:
    """What is found after a change of the other engine's table."""
    connection.execute(change)
    return compare(connection, "t", "mine", "theirs", key)


def test_equal_tables_in_another_order_and_with_wider_numbers_are_equal(connection: duckdb.DuckDBPyConnection) -> None:
    wider = "code, cast(place as bigint) as place, * exclude (code, place)"
    found = compared(connection, f"create or replace table theirs as select {wider} from mine order by code desc")
    assert found.is_equal
    assert (found.rows, found.other_rows, found.differing_rows, found.differing_cents) == (3, 3, 0, 0)


def test_a_cent_is_found_with_its_row(connection: duckdb.DuckDBPyConnection) -> None:
    found = compared(connection, "update theirs set amount_eur = 10.01 where code = 'a'")
    assert not found.is_equal
    assert (found.differing_rows, found.differing_cents) == (1, 1)
    assert found.findings == ("code a: amount_eur 10.00 there 10.01",)


def test_cents_that_cancel_out_are_both_counted(connection: duckdb.DuckDBPyConnection) -> None:
    found = compared(connection, "update theirs set amount_eur = case code when 'a' then 9.99 else 0.02 end where code in ('a', 'b')")
    assert (found.differing_rows, found.differing_cents) == (2, 2)


def test_a_missing_row_counts_whole(connection: duckdb.DuckDBPyConnection) -> None:
    found = compared(connection, "delete from theirs where code = 'a'")
    assert (found.other_rows, found.differing_rows, found.differing_cents) == (2, 1, 1000)
    assert found.findings == ("only in DuckDB: code a",)


def test_a_row_that_is_there_twice_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    found = compared(connection, "insert into theirs select * from mine where code = 'b'")
    assert (found.other_rows, found.differing_rows, found.differing_cents) == (4, 1, 1)
    assert found.findings == ("only there: code b",)


def test_nothing_is_not_zero_and_a_null_is_not_false(connection: duckdb.DuckDBPyConnection) -> None:
    found = compared(connection, "update theirs set amount_eur = 0, is_new = false where code = 'c'")
    assert (found.differing_rows, found.differing_cents) == (1, 0)
    assert found.findings == ("code c: amount_eur None there 0.00, is_new None there False",)


def test_rows_without_a_key_are_told_whole(connection: duckdb.DuckDBPyConnection) -> None:
    found = compared(connection, "update theirs set place = 3 where code = 'b'", key=())
    assert found.findings[0] == "only in DuckDB: code b, place 2, amount_eur 0.01, known_on None, is_new False"


def test_a_fraction_of_a_cent_is_a_difference_of_digits(connection: duckdb.DuckDBPyConnection) -> None:
    found = compared(connection, "alter table theirs alter amount_eur type decimal(18, 3)")
    assert not found.is_equal
    assert found.findings == ("column amount_eur: DECIMAL(18,2), there DECIMAL(18,3)",)


def test_a_number_as_text_and_a_column_too_many_are_found(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("alter table theirs alter place type varchar")
    found = compared(connection, "alter table theirs add column extra integer")
    assert found.findings == ("column extra: only on one side", "column place: INTEGER, there VARCHAR")


def test_a_table_that_the_engine_lacks_is_a_difference(connection: duckdb.DuckDBPyConnection) -> None:
    found = compare(connection, "t", "mine", None)
    assert not found.is_equal
    assert (found.rows, found.other_rows, found.differing_rows) == (3, None, 3)


def test_what_is_missing_on_the_machine_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    run = CliRunner().invoke(command, [])
    assert run.exit_code == 1
    assert "apt-get install openjdk-17-jre-headless" in run.output
    assert "Traceback" not in run.output


def test_accepted_rows_are_those_of_staging(tmp_path: Path) -> None:
    (tmp_path / "axes.parquet").write_text("of a former build")
    run = CliRunner().invoke(app, ["export-accepted", str(tmp_path), "--database", str(WAREHOUSE)])
    assert run.exit_code == 0, run.output
    seeds = {path.stem for path in (PROJECT / "seeds").glob("*.csv")}
    assert {path.stem for path in tmp_path.iterdir()} == seeds | {"official_territories"}
    with duckdb.connect() as connection:
        attach_warehouse(connection)
        for path in tmp_path.iterdir():
            model = "stg_official__territories" if path.stem == "official_territories" else f"stg_contracts__{path.stem}"
            found = compare(connection, path.stem, f"staging.{model}", f"'{path}'")
            assert found.is_equal, found


def test_rows_of_a_stopped_build_are_not_exported(tmp_path: Path) -> None:
    copy = tmp_path / "stopped.duckdb"
    shutil.copy(WAREHOUSE, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("update build_state.builds set outcome = 'stopped', first_failure = 'gate'")
    with pytest.raises(NotAcceptedError, match="stopped at gate"):
        write_accepted_rows(copy, tmp_path / "rows")
    assert not (tmp_path / "rows").exists()


def test_spark_looks_where_accepted_rows_are_written() -> None:
    macro = (PROJECT / "macros" / "engines" / "accepted_file.sql").read_text(encoding="utf-8")
    assert f"env_var('CONTRACTS_ACCEPTED_ROWS', '{FOLDER}')" in macro


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[LakeTable]]:
    """The lake of the shipped warehouse."""
    folder = tmp_path_factory.mktemp("lake") / "lake"
    return folder, write_lake(WAREHOUSE, folder)


def test_the_lake_holds_every_row_of_the_warehouse(lake: tuple[Path, list[LakeTable]]) -> None:
    folder, tables = lake
    with duckdb.connect() as connection:
        attach_warehouse(connection)
        for table in tables:
            read = f"read_parquet('{folder}/{table.path}/**/*.parquet', hive_partitioning = {str(table.is_partitioned).lower()})"
            listed = ", ".join(name for name, _ in table.columns)
            found = compare(connection, table.name, f"{table.schema}.{table.name}", f"(select {listed} from {read})")
            assert found.is_equal, found


def test_only_tables_that_grow_with_the_lines_are_cut(lake: tuple[Path, list[LakeTable]]) -> None:
    folder, tables = lake
    cut = {table.name for table in tables if table.is_partitioned}
    assert {"fct_funding", "fct_envelope", "funding_by_partner", "figure_citations"} <= cut
    assert not [name for name in cut if name.startswith(("dim_", "bridge_"))]
    assert (folder / "star/fct_funding" / f"{PARTITION}=2015").is_dir()
    assert [path.name for path in (folder / "star/dim_partner").iterdir()] == ["part-0.parquet"]


def test_statements_name_types_and_place(lake: tuple[Path, list[LakeTable]]) -> None:
    _, tables = lake
    spoken = spark_statements(tables, "s3a://bucket/lake")
    assert "contracted_eur decimal(28,2)" in spoken
    assert "double" not in spoken
    assert f"using parquet\npartitioned by ({PARTITION})\nlocation 's3a://bucket/lake/star/fct_funding';" in spoken
    trino = trino_statements(tables, "s3://bucket/lake")
    assert "external_location = 's3://bucket/lake/star/fct_funding'" in trino
    assert f"partitioned_by = array['{PARTITION}']" in trino
    assert "call hive.system.sync_partition_metadata('star', 'fct_funding', 'FULL');" in trino


def test_the_lake_does_not_write_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    run = CliRunner().invoke(app, ["export-lake", str(tmp_path), "--database", str(WAREHOUSE)])
    assert run.exit_code == 1
    assert "holds something already" in run.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.slow
def test_every_table_is_equal_on_spark() -> None:
    if shutil.which("java") is None:
        pytest.skip("Java is missing: apt-get install openjdk-17-jre-headless")
    proof = prove(print)
    assert [each for each in proof.comparisons if not each.is_equal] == []


@pytest.mark.slow
def test_spark_reads_the_lake_in_place(lake: tuple[Path, list[LakeTable]], tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Java is missing: apt-get install openjdk-17-jre-headless")
    folder, tables = lake
    session.PACKAGES.install("dbt for Spark", session.MEGABYTES)
    with session.running(tmp_path) as variables:
        found = session.sums_of_lake(variables, folder)
    assert set(found) == {f"{table.schema}.{table.name}" for table in tables}
    with duckdb.connect() as connection:
        attach_warehouse(connection)
        for table in tables:
            name = f"{table.schema}.{table.name}"
            decimals = [column for column, kind in table.columns if kind.startswith("decimal")]
            sums = "".join(f", sum({column})" for column in decimals)
            row = connection.execute(f"select count(*){sums} from {name}").fetchone()
            theirs = [None if found[name][column] is None else Decimal(found[name][column]) for column in decimals]
            assert (found[name]["row_count"], *theirs) == row, name
