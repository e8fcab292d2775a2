"""Writes the tables of a warehouse as Parquet, CSV and XLSX, with a Frictionless data package that describes them.

Text cells that a spreadsheet would take for a formula (beginning with = + - @ or a tab) get an apostrophe in CSV and XLSX; numbers
stay as they are, and Parquet holds every text untouched.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from contracts.common.texts import FORMULA, no_formula, sql_text

SCHEMAS = ("marts", "quality", "star")
SHEET_SCHEMAS = ("marts", "quality")
SHEET_ROWS = 100_000  # of a worksheet; longer ones take minutes to write and to open, and a program holds 1 048 575 at most
LICENCE = {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}

_FIELD_TYPES = {"DATE": "date", "BOOLEAN": "boolean", "TIMESTAMP": "datetime", "DOUBLE": "number"}
_WORKBOOK = "territorial_contracts.xlsx"


@dataclass(frozen=True)
class Column:
    """A column of a table: SQL type, French label, meaning, unit (None: none), whether it is never empty."""

    name: str
    sql_type: str
    label_fr: str
    description: str
    unit: str | None
    is_required: bool

    @property
    def is_text(self) -> bool:
        return self.sql_type == "VARCHAR"

    @property
    def is_decimal(self) -> bool:
        return self.sql_type.startswith("DECIMAL") or self.sql_type == "DOUBLE"

    @property
    def field_type(self) -> str:
        """Type in a Frictionless schema."""
        if self.is_decimal:
            return "number"
        return "integer" if "INT" in self.sql_type else _FIELD_TYPES.get(self.sql_type, "string")


@dataclass(frozen=True)
class Published:
    """A table to export, with its columns in order."""

    schema: str
    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]

    @property
    def file_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def relation(self) -> str:
        return f'"{self.schema}"."{self.name}"'


def published_tables(connection: duckdb.DuckDBPyConnection) -> list[Published]:
    """Every table of the schemas star, marts and quality, with what the warehouse says of it."""
    meanings = {
        (schema, model, column): (label, description, unit)
        for schema, model, column, label, description, unit in connection.execute(
            "select schema_name, model_name, column_name, label_fr, concat_ws(' ', description_en, 'Null: ' || null_means || '.'), unit "
            "from quality.data_dictionary"
        ).fetchall()
    }
    keys = {
        (schema, table): tuple(columns)
        for schema, table, columns in connection.execute(
            "select schema_name, model_name, list(column_name order by column_position) from quality.data_dictionary "
            "where is_key group by all"
        ).fetchall()
    }
    columns: dict[tuple[str, str], list[Column]] = {}
    query = "select schema_name, table_name, column_name, data_type, is_nullable from duckdb_columns() order by column_index"
    for schema, table, name, sql_type, is_nullable in connection.execute(query).fetchall():
        meaning = meanings.get((schema, table, name), (name, "", None))
        columns.setdefault((schema, table), []).append(Column(name, sql_type, *meaning, not is_nullable))
    tables = connection.execute(
        "select schema_name, table_name, comment from duckdb_tables() where list_contains(?, schema_name) order by all", [list(SCHEMAS)]
    ).fetchall()
    return [
        Published(schema, table, comment or "", tuple(columns[schema, table]), keys.get((schema, table), ()))
        for schema, table, comment in tables
    ]


def _cell(column: Column, decimal_comma: bool) -> str:
    """SQL of a cell as CSV holds it."""
    name = f'"{column.name}"'
    if column.is_text:
        return f"case when regexp_matches({name}, '{FORMULA}') then '''' || {name} else {name} end as {name}"
    if column.is_decimal and decimal_comma:
        return f"replace(cast({name} as varchar), '.', ',') as {name}"
    return name


def _write_csv(connection: duckdb.DuckDBPyConnection, table: Published, path: Path) -> None:
    cells = ", ".join(_cell(column, decimal_comma=False) for column in table.columns)
    connection.execute(f"copy (select {cells} from {table.relation} order by all) to {sql_text(path)} (format csv, header)")


def _write_french_csv(connection: duckdb.DuckDBPyConnection, table: Published, path: Path) -> None:
    """Semicolons, decimal comma and a byte order mark: what a French spreadsheet opens by double click."""
    cells = ", ".join(_cell(column, decimal_comma=True) for column in table.columns)
    bare = path.with_suffix(".bare")
    connection.execute(f"copy (select {cells} from {table.relation} order by all) to {sql_text(bare)} (format csv, header, delimiter ';')")
    with bare.open("rb") as source, path.open("wb") as target:
        target.write(b"\xef\xbb\xbf")
        shutil.copyfileobj(source, target)
    bare.unlink()


def _write_workbook(connection: duckdb.DuckDBPyConnection, tables: list[Published], path: Path) -> list[str]:
    """One sheet per table of marts and quality. Returns the tables that are too long for a sheet. Raises OSError when there is no room."""
    left_out = []
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(path.parent)}
    try:
        with xlsxwriter.Workbook(path, options) as workbook:
            for table in (each for each in tables if each.schema in SHEET_SCHEMAS):
                ((count,),) = connection.execute(f"select count(*) from {table.relation}").fetchall()
                if count > SHEET_ROWS:
                    left_out.append(table.file_name)
                else:
                    _write_sheet(connection, table, workbook)
    except FileCreateError as error:
        # the library wraps what the system said
        raise error.args[0] from None
    return left_out


def _write_sheet(connection: duckdb.DuckDBPyConnection, table: Published, workbook: xlsxwriter.Workbook) -> None:
    head = workbook.add_format({"bold": True, "bottom": 1})
    money = workbook.add_format({"num_format": "#,##0.00"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet(table.name[:31])
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, 18)
        sheet.write_string(0, place, column.name, head)
    rows = connection.execute(f"select * from {table.relation} order by all")
    number = 0
    while batch := rows.fetchmany(10_000):
        for row in batch:
            number += 1
            for place, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(number, place, value)
                elif isinstance(value, Decimal):
                    sheet.write_number(number, place, value, money)
                elif isinstance(value, int | float):
                    sheet.write_number(number, place, value)
                elif isinstance(value, date | datetime):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write_string(number, place, no_formula(str(value))[:32_767])


def _fields(table: Published, decimal_comma: bool) -> list[dict]:
    fields = []
    for column in table.columns:
        field: dict = {"name": column.name, "type": column.field_type, "title": column.label_fr, "description": column.description}
        if column.unit:
            field["unit"] = column.unit
        if column.is_required:
            field["constraints"] = {"required": True}
        if decimal_comma and column.is_decimal:
            field["decimalChar"] = ","
        fields.append(field)
    return fields


def _file_resource(folder: Path, path: Path, name: str, description: str) -> dict:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return {
        "name": name,
        "path": path.relative_to(folder).as_posix(),
        "description": description,
        "format": path.suffix.removeprefix("."),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest.hexdigest()}",
    }


def _table_resource(folder: Path, table: Published, path: Path, french: bool) -> dict:
    resource = _file_resource(folder, path, ("fr." if french else "") + table.file_name, table.description)
    schema: dict = {"fields": _fields(table, french), "missingValues": [""]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    return resource | {
        "type": "table",
        "profile": "tabular-data-resource",
        "encoding": "utf-8-sig" if french else "utf-8",
        "dialect": {"delimiter": ";" if french else ","},
        "schema": schema,
    }


def _sources(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    query = "select title, source_url from staging.stg_contracts__source_documents order by document_code"
    return [{"title": title} | ({"path": url} if url else {}) for title, url in connection.execute(query).fetchall()]


def write_exports(connection: duckdb.DuckDBPyConnection, folder: Path, database: str, version: str, created: str) -> list[str]:
    """Writes every export of the open warehouse into a folder, beside the file database. Returns what a reader should know.

    version: of the project. created: ISO time of the release.
    """
    tables = published_tables(connection)
    for name in ("parquet", "csv", "csv_fr"):
        (folder / name).mkdir()
    resources = []
    for table in tables:
        parquet = folder / "parquet" / f"{table.file_name}.parquet"
        connection.execute(f"copy (select * from {table.relation} order by all) to {sql_text(parquet)} (format parquet)")
        plain, french = (folder / name / f"{table.file_name}.csv" for name in ("csv", "csv_fr"))
        _write_csv(connection, table, plain)
        _write_french_csv(connection, table, french)
        resources += [_table_resource(folder, table, plain, french=False), _table_resource(folder, table, french, french=True)]
        file = _file_resource(folder, parquet, f"parquet.{table.file_name}", table.description)
        resources.append(file | {"type": "file"})
    left_out = _write_workbook(connection, tables, folder / _WORKBOOK)
    sheets = f"Marts and quality tables of at most {SHEET_ROWS} rows, one sheet each."
    resources.append(_file_resource(folder, folder / _WORKBOOK, "workbook", sheets) | {"type": "file"})
    package = {
        "name": "territorial-contracts",
        "title": "Warehouse of French territorial public funding contracts",
        "description": f"Figures of French territorial contracts with their citations; {database} beside this file holds the same tables.",
        "version": version,
        "created": created,
        "profile": "data-package",
        "licenses": [LICENCE],
        "sources": _sources(connection),
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [f"{name} has more than {SHEET_ROWS} rows and is not in {_WORKBOOK}; parquet, csv and csv_fr hold it" for name in left_out]
