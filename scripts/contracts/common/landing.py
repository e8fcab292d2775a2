"""The files of landing/ as rows of text: found, checked as whole files, and read into the schema landing of a DuckDB file.

dbt's plugin calls load() whenever a connection opens. Besides the standard library and duckdb it needs PyYAML, which dbt-core brings.
"""

import csv
import io
import os
import stat
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
import yaml

from contracts.common.damage import damage
from contracts.common.texts import sql_list, sql_text

LINE_LIMIT = 100_000  # bytes of one line of a CSV file
SUFFIXES = (".csv", ".parquet")

_SOURCES = "models/staging/landing.yml"
_GLOB_SIGNS = set("*?[")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
# a file written so shortly before it was read may be written again without another time
_YOUNG_NS = 2_000_000_000
_OWN_TABLES = {
    "files": "file varchar, table_name varchar, size_bytes bigint, modified_at_ns bigint, row_count bigint",
    "unreadable_rows": "file varchar, line_number bigint, table_name varchar, value_found varchar, reason varchar",
}


@dataclass(frozen=True)
class FileDefect:
    """Why a file cannot be read as a whole. line: 1-based, None when it is none of one line. table: None for a file without place."""

    file: str
    line: int | None
    column: str | None
    rule: str
    value: str | None
    message: str
    advice: str
    table: str | None

    @property
    def text(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}{f', column {self.column}' if self.column else ''}: {self.message}; {self.advice}"


class DefectiveFilesError(Exception):
    """Files of landing/ that cannot be read as a whole. The text names the first ten."""

    def __init__(self, defects: list[FileDefect]) -> None:
        self.defects = sorted(defects, key=lambda defect: defect.text)
        super().__init__("\n".join([f"defects in landing/ ({len(defects)}):", *(defect.text for defect in self.defects[:10])]))


@dataclass(frozen=True)
class LandingFile:
    """A file of landing/. name: path from the project's folder. columns: name → DuckDB type, as the file has them."""

    name: str
    table: str
    size_bytes: int
    modified_at_ns: int
    columns: dict[str, str]

    @property
    def is_csv(self) -> bool:
        return self.name.endswith(".csv")


def landing_tables(project: Path) -> dict[str, list[str]]:
    """The tables that take landing files, each with the columns of its seed."""
    sources = yaml.safe_load((project / _SOURCES).read_text(encoding="utf-8"))["sources"]
    found = {}
    for table in next(source["tables"] for source in sources if source["name"] == "landing"):
        with (project / "seeds" / f"{table['name']}.csv").open(encoding="utf-8", newline="") as file:
            found[table["name"]] = next(csv.reader(file))
    return found


def find_files(project: Path) -> list[LandingFile]:
    """The files of landing/ by name. Raises DefectiveFilesError with each that cannot be read as a whole."""
    tables, found, defects = landing_tables(project), [], []
    for path in _paths(project / "landing"):
        name = path.relative_to(project).as_posix()
        try:
            found.append(_described(path, name, tables))
        except DefectiveFilesError as error:
            defects += error.defects
    if defects:
        raise DefectiveFilesError(defects)
    return found


def _paths(folder: Path) -> Iterator[Path]:
    """Whatever may hold rows: no guide beside the folders, no hidden file of a program."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in sorted(names + links):
            path = Path(root) / name
            is_guide = path.parent == folder and path.suffix == ".md"
            is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if not is_guide and not (is_hidden and path.suffix not in SUFFIXES):
                yield path


def _described(path: Path, name: str, tables: dict[str, list[str]]) -> LandingFile:
    """The file with its columns. Raises DefectiveFilesError when it cannot be read as a whole."""
    parts = name.split("/")
    table = parts[1] if len(parts) == 3 and parts[1] in tables else None

    def refuse(rule: str, message: str, advice: str, line: int | None = None, column: str | None = None, value: str | None = None) -> None:
        raise DefectiveFilesError([FileDefect(name, line, column, rule, value, message, advice, table)])

    if not name.isprintable() or "\ufffd" in name or any(0xD800 <= ord(sign) <= 0xDFFF for sign in name):
        refuse("place", "has a name that is no readable text", "rename it")
    if path.is_symlink():
        refuse("place", "is a link", "put the file itself there: a link may change without a trace")
    if table is None or path.suffix not in SUFFIXES or _GLOB_SIGNS.intersection(path.name):
        advice = f"put it into landing/<table>/ as .csv or .parquet, without * ? [ in its name, or remove it; tables: {', '.join(tables)}"
        refuse("place", "belongs to no table", advice)
    if path.name.startswith("."):
        refuse("place", "is hidden", "rename it, or remove it: a hidden file would be forgotten")
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            refuse("place", "is no file", "put a .csv or .parquet file there, or remove it")
        if found := damage(path):
            refuse(found.rule, found.message, found.advice, found.line, None, found.value)
        columns = _csv_columns(path) if path.suffix == ".csv" else _parquet_columns(path)
    except OSError as error:
        refuse("place", f"cannot be read ({error.strerror})", "give yourself the right to read it, or remove it")
    _refuse_columns(refuse, columns, table, tables[table], 1 if path.suffix == ".csv" else None)
    return LandingFile(name, table, state.st_size, state.st_mtime_ns, dict(columns))


def _refuse_columns(refuse, columns: list[tuple[str, str]], table: str, known: list[str], line: int | None) -> None:
    names = [name for name, _ in columns]
    if len(names) == 1 and (sign := next((sign for sign in _SEPARATORS if sign in names[0]), None)):
        advice = "save it with commas, or read it with contracts import"
        refuse("separator", f"columns are separated by {_SEPARATORS[sign]}", advice, line, None, names[0])
    for name, kind in columns:
        if name not in known:
            alike = [each for each in known if each.replace("_", "") == "".join(sign for sign in name.lower() if sign.isalnum())]
            advice = f"write {alike[0]}" if alike else f"remove it, separate columns by commas; columns of {table}: {', '.join(known)}"
            refuse("unknown_column", f"column '{name}' is unknown", advice, line, None, name)
        if names.count(name) > 1:
            refuse("column_twice", f"column '{name}' is there twice", "keep one of them", line, None, name)
        if kind in ("FLOAT", "DOUBLE"):
            refuse("floating_money", f"{kind} does not hold cents", "write it as decimal, as whole number or as text", None, name, kind)


def _csv_columns(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next((cells for cells in csv.reader(file) if cells), [])
    return [(name.strip(), "VARCHAR") for name in header]


def _parquet_columns(path: Path) -> list[tuple[str, str]]:
    with duckdb.connect() as connection:
        described = connection.execute("select column_name, column_type from (describe from read_parquet(?))", [str(path)])
        return described.fetchall()


def load(connection: duckdb.DuckDBPyConnection, project: Path) -> None:
    """Brings the schema landing up to date: reads files that are new or changed since the last load, forgets those that are gone.

    Each table has the columns of its seed as text without the spaces around it, null where empty, then landing_file and row_hash. The
    rows of a file stand together, in its order. Tables of another form are made anew. The load is one transaction. Raises
    DefectiveFilesError, and leaves the tables as they were, when a file cannot be read as a whole.
    """
    tables, found = landing_tables(project), find_files(project)
    young_after = time.time_ns() - _YOUNG_NS
    connection.execute("begin")
    try:
        _make_tables(connection, tables)
        known = connection.execute("select file, table_name, size_bytes, modified_at_ns from landing.files").fetchall()
        state = {(file.name, file.table, file.size_bytes, file.modified_at_ns): file for file in found}
        gone = [(row[0], row[1]) for row in known if row not in state]
        fresh = [file for row, file in state.items() if row not in set(known)]
        for table in sorted({table for _, table in gone}):
            names = sql_list(name for name, owner in gone if owner == table)
            for held, column in ((f'"{table}"', "landing_file"), ("files", "file"), ("unreadable_rows", "file")):
                connection.execute(f"delete from landing.{held} where {column} in {names}")
        for group in _alike(fresh):
            _read(connection, group, tables[group[0].table])
        for file in fresh:
            modified_at = file.modified_at_ns if file.modified_at_ns < young_after else None
            connection.execute(
                f'insert into landing.files select $1, $2, $3, $4, count(*) from landing."{file.table}" where landing_file = $1',
                [file.name, file.table, file.size_bytes, modified_at],
            )
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _make_tables(connection: duckdb.DuckDBPyConnection, tables: dict[str, list[str]]) -> None:
    """Makes the schema anew when a table of it is missing or has other columns."""
    wanted = _OWN_TABLES | {
        table: "".join(f"{column} varchar, " for column in columns) + "landing_file varchar, row_hash ubigint"
        for table, columns in tables.items()
    }
    present = connection.execute("""
        select table_name, string_agg(column_name || ' ' || lower(data_type), ', ' order by column_index)
        from duckdb_columns() where schema_name = 'landing' and database_name = current_database() group by table_name
    """).fetchall()
    if dict(present) != wanted:
        connection.execute("drop schema if exists landing cascade; create schema landing")
        for table, columns in wanted.items():
            connection.execute(f'create table landing."{table}" ({columns})')


def _alike(files: list[LandingFile]) -> list[list[LandingFile]]:
    """Files of one table and format with the same columns, together: one pass of DuckDB reads them."""
    groups: dict[tuple, list[LandingFile]] = {}
    for file in files:
        groups.setdefault((file.table, file.is_csv, *file.columns.items()), []).append(file)
    return list(groups.values())


def _read(connection: duckdb.DuckDBPyConnection, files: list[LandingFile], columns: list[str]) -> None:
    """Adds the rows of files that have the same columns; rows that DuckDB cannot read go to landing.unreadable_rows."""
    first, names = files[0], sql_list(file.name for file in files)
    if first.is_csv:
        given = ", ".join(f"{sql_text(column)}: 'varchar'" for column in first.columns)
        source = (
            f"read_csv({names}, columns = {{{given}}}, filename = true, header = true, delim = ',', quote = '\"', escape = '\"', "
            f"auto_detect = false, store_rejects = true, max_line_size = {LINE_LIMIT})"
        )
    else:
        source = f"read_parquet({names}, filename = true)"
    cells = ", ".join(_cell(column, first.columns.get(column)) for column in columns)
    connection.execute(f"""
        insert into landing."{first.table}"
        with given as (select {cells}, filename as landing_file from {source})
        select *, hash({", ".join(columns)}, landing_file) from given
    """)
    if first.is_csv:
        connection.execute(
            """
            insert into landing.unreadable_rows
            select scans.file_path, errors.line, ?, min(trim(errors.csv_line, chr(10) || chr(13))), min(errors.error_message)
            from reject_errors as errors inner join reject_scans as scans using (scan_id, file_id)
            group by scans.file_path, errors.line
            """,
            [first.table],
        )
        connection.execute("drop table reject_errors; drop table reject_scans")


def _cell(column: str, kind: str | None) -> str:
    """SQL of a column as text. A moment of a day, as some programs write days, is the day where it is midnight."""
    if kind is None:
        return f"cast(null as varchar) as {column}"
    text = f"cast({column} as varchar)"
    if kind.startswith("TIMESTAMP"):
        text = f"regexp_replace({text}, ' 00:00:00([+]00)?$', '')"
    return f"nullif(trim({text}), '') as {column}"


def line_of_row(file: str, row: int) -> int:
    """The line of a CSV file where the row of that number begins, counted without header and unreadable rows; the row of a Parquet file."""
    lines = _row_lines(file, Path(file).stat().st_mtime_ns) if file.endswith(".csv") else None
    return lines[row - 1] if lines and row <= len(lines) else row


@lru_cache(maxsize=8)
def _row_lines(file: str, modified_at_ns: int) -> array:
    """Lines where the readable rows of a CSV file begin. modified_at_ns: so that a file that changes is read again."""
    csv.field_size_limit(1 << 30)
    lines, text = array("L"), Path(file).read_text(encoding="utf-8-sig")
    reader = csv.reader(io.StringIO(text, newline=""))
    width, line = None, 1
    for cells in reader:
        if cells and width is None:
            width = len(cells)
        elif len(cells) == width and sum(map(len, cells)) < LINE_LIMIT:
            lines.append(line)
        line = reader.line_num + 1
    return lines
