"""Writes the warehouse as folders of Parquet that Spark and Trino read in place, with the statements that make their tables.

Tables that grow with the number of financial lines, those of facts, marts and quality that name a contract, are cut by the first year of
the contract (Hive partitions): a reader who studies one generation of contracts opens its folder alone, and the number of folders stays
that of the years however many lines there are. Rows stand in the order of their contract, so that a search for one contract skips most
row groups. Dimensions and bridges are single files.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.common.project import attach_warehouse
from contracts.common.texts import sql_text
from contracts.publish.files import Published, published_tables

PARTITION = "contract_start_year"


class LakeError(RuntimeError):
    """The lake cannot be written; the message says why."""


@dataclass(frozen=True)
class LakeTable:
    """A table of the lake: columns and types as SQL standard names them, and whether it is cut by the contract's first year."""

    schema: str
    name: str
    columns: tuple[tuple[str, str], ...]
    is_partitioned: bool

    @property
    def path(self) -> str:
        return f"{self.schema}/{self.name}"


def lake_tables(connection: duckdb.DuckDBPyConnection) -> list[LakeTable]:
    """The tables of star, marts and quality. Raises LakeError for a type that Parquet readers disagree on."""
    return [_lake_table(table) for table in published_tables(connection)]


def _lake_table(table: Published) -> LakeTable:
    columns = tuple((column.name, _standard(table, column.name, column.sql_type)) for column in table.columns)
    grows = not table.name.startswith(("dim_", "bridge_")) and any(name == "contract_key" for name, _ in columns)
    return LakeTable(table.schema, table.name, columns, grows)


def _standard(table: Published, column: str, sql_type: str) -> str:
    if sql_type in ("VARCHAR", "INTEGER", "BIGINT", "DATE", "BOOLEAN") or sql_type.startswith("DECIMAL("):
        return sql_type.lower()
    raise LakeError(f"{table.file_name}, column {column}: {sql_type} has no equal in Spark and Trino; give the model another data_type")


def spark_statements(tables: list[LakeTable], location: str) -> str:
    """Statements of Spark SQL that make external tables on the lake, one schema per folder."""
    lines = []
    for schema in dict.fromkeys(table.schema for table in tables):
        lines.append(f"create schema if not exists {schema};")
    for table in tables:
        columns = [f"    {name} {'string' if kind == 'varchar' else kind}" for name, kind in table.columns]
        if table.is_partitioned:
            columns.append(f"    {PARTITION} integer")
        cut = f"\npartitioned by ({PARTITION})" if table.is_partitioned else ""
        listed = ",\n".join(columns)
        lines.append(f"create table {table.schema}.{table.name} (\n{listed}\n)\nusing parquet{cut}\nlocation '{location}/{table.path}';")
        if table.is_partitioned:
            lines.append(f"alter table {table.schema}.{table.name} recover partitions;")
    return "\n\n".join(lines) + "\n"


def trino_statements(tables: list[LakeTable], location: str, catalogue: str = "hive") -> str:
    """Statements of Trino, connector Hive, that make external tables on the lake."""
    lines = []
    for schema in dict.fromkeys(table.schema for table in tables):
        lines.append(f"create schema if not exists {catalogue}.{schema};")
    for table in tables:
        columns = [f"    {name} {kind}" for name, kind in table.columns]
        options = [f"external_location = '{location}/{table.path}'", "format = 'PARQUET'"]
        if table.is_partitioned:
            columns.append(f"    {PARTITION} integer")
            options.append(f"partitioned_by = array['{PARTITION}']")
        name = f"{catalogue}.{table.schema}.{table.name}"
        lines.append(f"create table {name} (\n" + ",\n".join(columns) + "\n)\nwith (\n    " + ",\n    ".join(options) + "\n);")
        if table.is_partitioned:
            lines.append(f"call {catalogue}.system.sync_partition_metadata('{table.schema}', '{table.name}', 'FULL');")
    return "\n\n".join(lines) + "\n"


def write_lake(warehouse: Path, folder: Path, location: str | None = None) -> list[LakeTable]:
    """Writes the lake of a built file into a new folder. Returns its tables.

    location: URI under which readers will find the folder, such as that of a bucket; None: where it is written. Raises FileNotFoundError
    before the first build, LakeError when the folder holds something already.
    """
    if not warehouse.exists():
        raise FileNotFoundError(f"{warehouse.name} is not built yet: run make build first")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LakeError(f"{folder} holds something already: name a new folder, or remove it")
    folder.mkdir(parents=True, exist_ok=True)
    place = (location or folder.resolve().as_uri()).rstrip("/")
    try:
        with duckdb.connect() as connection:  # it writes files, which a connection to the warehouse may not
            attach_warehouse(connection, warehouse)
            tables = lake_tables(connection)
            for table in tables:
                _write(connection, table, folder / table.path)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    (folder / "spark.sql").write_text(spark_statements(tables, place), encoding="utf-8")
    (folder / "trino.sql").write_text(trino_statements(tables, place), encoding="utf-8")
    return tables


def _write(connection: duckdb.DuckDBPyConnection, table: LakeTable, path: Path) -> None:
    path.mkdir(parents=True)
    if not table.is_partitioned:
        connection.execute(f"copy (from {table.schema}.{table.name} order by all) to {sql_text(path / 'part-0.parquet')} (format parquet)")
        return
    connection.execute(
        f"copy (select facts.*, contracts.period_start_year as {PARTITION} from {table.schema}.{table.name} as facts"
        f" left join star.dim_contract as contracts on facts.contract_key = contracts.contract_key"
        f" order by {PARTITION}, facts.contract_key) to {sql_text(path)} (format parquet, partition_by ({PARTITION}), overwrite_or_ignore)"
    )
