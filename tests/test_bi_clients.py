"""What BI developers are told: the joins keep every euro, ordinary clients read the same totals, an open reader keeps its release."""

import os
import re
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from contracts.common.project import AMOUNTS, PROJECT, WAREHOUSE

GUIDE = (PROJECT / "docs" / "bi.md").read_text(encoding="utf-8")
JOINS = re.findall(r"^\| `(\w+)` \| `(dim_\w+)\.(\w+)`", GUIDE, re.MULTILINE)
BY_FUNDER = "select funder_label_fr, sum(contracted_eur) as contracted_eur from marts.funding_by_partner group by all order by all"
OPTIONS = {"read_only": True, "config": {"enable_external_access": False}}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the warehouse where a release stands: this process already holds the warehouse itself."""
    return Path(shutil.copy2(WAREHOUSE, tmp_path_factory.mktemp("published") / "territorial_contracts.duckdb"))


@pytest.fixture(scope="module")
def total(warehouse: duckdb.DuckDBPyConnection) -> Decimal:
    return warehouse.sql("select sum(contracted_eur) from star.fct_funding").fetchone()[0]


def test_the_guide_names_every_key_of_the_fact(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = [column for column in warehouse.sql("select * from star.fct_funding limit 0").columns if column.endswith("_key")]
    assert [key for key, _, _ in JOINS] == [key for key in columns if key != "funding_row_key"]


@pytest.mark.parametrize(("key", "dimension", "member"), JOINS)
def test_a_join_of_the_guide_neither_loses_nor_repeats_a_row(
    warehouse: duckdb.DuckDBPyConnection, key: str, dimension: str, member: str
) -> None:
    sums = ", ".join(f"sum(funding.{measure})" for measure in AMOUNTS)
    alone = warehouse.sql(f"select count(*), {sums} from star.fct_funding as funding").fetchone()
    joined = f"star.fct_funding as funding inner join star.{dimension} as dimension on funding.{key} = dimension.{member}"
    assert warehouse.sql(f"select count(*), {sums} from {joined}").fetchone() == alone


def test_columns_that_the_guide_adds_are_additive_in_the_dictionary(warehouse: duckdb.DuckDBPyConnection) -> None:
    additive = dict(
        warehouse.sql("select column_name, is_additive from quality.data_dictionary where model_name = 'fct_funding'").fetchall()
    )
    assert all(additive[measure].startswith("yes") for measure in AMOUNTS)
    assert not any(additive[bound].startswith("yes") for bound in ("amount_low_eur", "amount_high_eur"))


def test_sqlalchemy_reads_the_schemas_and_the_total(published: Path, total: Decimal) -> None:
    engine = create_engine(f"duckdb:///{published}", connect_args=OPTIONS, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            assert connection.execute(text("select sum(contracted_eur) from star.fct_funding")).scalar_one() == total
            assert {"fct_funding", "dim_partner"} <= set(inspect(connection).get_table_names(schema="star"))
            frame = pd.read_sql(text(BY_FUNDER), connection)
        assert Decimal(str(round(frame["contracted_eur"].sum(), 2))) == total
    finally:
        engine.dispose()


def test_pandas_arrow_and_polars_read_the_same_total(published: Path, total: Decimal) -> None:
    with duckdb.connect(str(published), **OPTIONS) as connection:
        by_funder = connection.sql(BY_FUNDER)
        frame, arrow, polars = by_funder.df(), by_funder.to_arrow_table(), by_funder.pl()
    assert Decimal(str(round(frame["contracted_eur"].sum(), 2))) == total
    assert sum(value for value in arrow["contracted_eur"].to_pylist() if value is not None) == total
    assert isinstance(polars["contracted_eur"].dtype, pl.Decimal)
    assert polars["contracted_eur"].sum() == total


def test_parquet_keeps_amounts_as_decimals(published: Path, total: Decimal, tmp_path: Path) -> None:
    file = tmp_path / "fct_funding.parquet"
    with duckdb.connect(str(published), read_only=True) as connection:
        connection.execute(f"copy star.fct_funding to '{file}' (format parquet)")
    frame = pl.read_parquet(file)
    assert (frame.schema["contracted_eur"], frame["contracted_eur"].sum()) == (pl.Decimal(28, 2), total)


def test_a_reader_with_external_access_off_cannot_leave_the_file(published: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with duckdb.connect(str(published), **OPTIONS) as connection:
        with pytest.raises(duckdb.PermissionException):
            connection.sql(f"select * from '{tmp_path / 'secret.csv'}'").fetchall()
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("delete from star.fct_funding")


def test_an_open_reader_keeps_the_old_file_until_it_closes(tmp_path: Path) -> None:
    """The trap that the guide tells: the same path opened twice in one process is the file that was open first."""
    path = tmp_path / "release.duckdb"
    for release, file in enumerate((path, tmp_path / "next.duckdb")):
        with duckdb.connect(str(file)) as connection:
            connection.execute(f"create table release as select {release} as release_id")
    held = duckdb.connect(str(path), read_only=True)
    os.replace(tmp_path / "next.duckdb", path)
    with duckdb.connect(str(path), read_only=True) as second:
        assert second.sql("select release_id from release").fetchone() == held.sql("select release_id from release").fetchone() == (0,)
    held.close()
    with duckdb.connect(str(path), read_only=True) as fresh:
        assert fresh.sql("select release_id from release").fetchone() == (1,)
