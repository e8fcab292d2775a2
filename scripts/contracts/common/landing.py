"""Rows of landing/ as text in the schema landing of a DuckDB file. dbt's plugin calls load() whenever a connection opens."""

import csv
import time
from array import array
from bisect import bisect_right
from collections.abc import Container
from contextlib import chdir
from itertools import accumulate
from pathlib import Path

import duckdb

from contracts.common.landing_files import FileDefect, FileState, LandingFile, find_files, landing_tables
from contracts.common.texts import sql_list, sql_text

LINE_LIMIT = 100_000  # bytes of one line of a CSV file

# a file written so shortly before it was read may be written again without another time
_YOUNG_NS = 2_000_000_000
_OWN_TABLES = {
    "files": (
        "file varchar, table_name varchar, size_bytes bigint, modified_at_ns bigint, "
        "row_count bigint, rows_hash hugeint, judged_with varchar"
    ),
    "unreadable_rows": "file varchar, line_number bigint, table_name varchar, rule varchar, value_found varchar, reason varchar",
    "line_steps": "file varchar, first_row bigint, lines_before bigint",
}


class DefectiveFilesError(Exception):
    """Files of landing/ that cannot be read as a whole. The text names the first ten."""

    def __init__(self, defects: list[FileDefect]) -> None:
        super().__init__("\n".join([f"defects in landing/ ({len(defects)}):", *(defect.text for defect in defects[:10])]))


def load(connection: duckdb.DuckDBPyConnection, project: Path, leave_out_defective: bool = False) -> None:
    """Brings the schema landing up to date: reads files that are new or changed since the last load, forgets those that are gone.

    Each table has the columns of its seed as text without the spaces around it, null where empty, then landing_file, row_number (its place
    among the readable rows of the file, from 1) and row_hash. A schema of another form is made anew. The load is one transaction. Files
    that cannot be read as a whole are left out when that is asked for, else DefectiveFilesError is raised and the tables stay as they were.
    """
    tables, young_after = landing_tables(project), time.time_ns() - _YOUNG_NS
    connection.execute("begin")
    try:
        make_tables(connection, tables)
        known = set(connection.execute("select file, table_name, size_bytes, modified_at_ns from landing.files").fetchall())
        found, defects = find_files(project, known)
        if defects and not leave_out_defective:
            raise DefectiveFilesError(defects)
        _forget(connection, known - {file.state for file in found})
        new = [file for file in found if file.state not in known]
        with chdir(project):
            for file in new:
                _read(connection, file, tables[file.table])
        for table in {file.table for file in new}:
            _keep_files(connection, table, [file for file in new if file.table == table], young_after)
        _keep_line_steps_of_seeds(connection, project / "seeds")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def make_tables(connection: duckdb.DuckDBPyConnection, tables: dict[str, list[str]]) -> None:
    """Makes the schema anew when a table of it is missing or has other columns."""
    wanted = _OWN_TABLES | {
        table: "".join(f"{column} varchar, " for column in columns) + "landing_file varchar, row_number bigint, row_hash ubigint"
        for table, columns in tables.items()
    }
    present = connection.execute("""
        select table_name, string_agg(column_name || ' ' || lower(data_type), ', ' order by column_index)
        from duckdb_columns() where schema_name = 'landing' and database_name = current_database() group by table_name
    """).fetchall()
    if dict(present) != wanted:
        connection.execute("drop schema if exists landing cascade; create schema landing")
        for table, columns in wanted.items():
            connection.execute(f"create table landing.{table} ({columns})")


def _forget(connection: duckdb.DuckDBPyConnection, files: set[FileState]) -> None:
    """Deletes what came from files."""
    for table in {table for _, table, *_ in files}:
        names = sql_list(name for name, owner, *_ in files if owner == table)
        connection.execute(f"""
            delete from landing.{table} where landing_file in {names};
            delete from landing.files where file in {names};
            delete from landing.unreadable_rows where file in {names};
            delete from landing.line_steps where file in {names}
        """)


def _read(connection: duckdb.DuckDBPyConnection, file: LandingFile, columns: list[str]) -> None:
    """Adds the rows of a file; lines that hold no row go to landing.unreadable_rows.

    One file at a time: reading several, DuckDB 1.5.5 loses a row whose quote is open at the end of a file without telling.
    """
    name = sql_list([file.name])
    if file.is_csv:
        given = ", ".join(f"{sql_text(column)}: 'varchar'" for column in file.columns)
        source = (
            f"read_csv({name}, columns = {{{given}}}, header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false, "
            f"store_rejects = true, max_line_size = {LINE_LIMIT})"
        )
        number = "row_number() over ()"
    else:
        source, number = f"read_parquet({name}, file_row_number = true)", "file_row_number + 1"
    cells = ", ".join(_cell(column, file.columns.get(column)) for column in columns)
    (rows,) = connection.execute(f"""
        insert into landing.{file.table}
        with given as (select {cells}, {sql_text(file.name)} as landing_file, {number} as row_number from {source})
        select *, hash({", ".join(columns)}, landing_file) from given
    """).fetchone()
    if file.is_csv:
        path, unreadable = Path(file.name), _keep_unreadable(connection, file)
        # where a file has as many lines as rows, nobody needs to look at them one by one
        steps = [(1, 1)] if _count_lines(path) == rows + 1 else _line_steps(path, unreadable)
        _insert_line_steps(connection, [(file.name, *step) for step in steps])


def _keep_files(connection: duckdb.DuckDBPyConnection, table: str, files: list[LandingFile], young_after: int) -> None:
    """Keeps what was read of files of a table: all of them in one pass through its rows."""
    modified_at = [file.modified_at_ns if file.modified_at_ns < young_after else None for file in files]
    connection.execute(
        f"""
        insert into landing.files
        with given as (select unnest($2) as file, unnest($3) as size_bytes, unnest($4::bigint[]) as modified_at_ns)
        select given.file, $1, given.size_bytes, given.modified_at_ns, count(landed.row_hash), sum(landed.row_hash), null
        from given left join landing.{table} as landed on given.file = landed.landing_file
        group by all
        """,
        [table, [file.name for file in files], [file.size_bytes for file in files], modified_at],
    )


def _cell(column: str, kind: str | None) -> str:
    """SQL of a column as text. A moment, as some programs write days, is a day where it is midnight."""
    if kind is None:
        return f"cast(null as varchar) as {column}"
    text = f"cast({column} as varchar)"
    if kind.startswith("TIMESTAMP"):
        text = f"regexp_replace({text}, ' 00:00:00([+]00)?$', '')"
    return f"nullif(trim({text}, ' '), '') as {column}"


def _keep_unreadable(connection: duckdb.DuckDBPyConnection, file: LandingFile) -> set[int]:
    """Keeps what DuckDB could not read of the file just read, one row each line, in words. Returns these lines."""
    errors = connection.execute("select distinct line_byte_position, csv_line from reject_errors order by all").fetchall()
    lines = _lines_at(Path(file.name), [position - 1 + len(text) - len(text.lstrip("\r\n")) for position, text in errors])
    connection.execute(
        """
        insert into landing.unreadable_rows
        with lines as (select unnest($5::bigint[]) as line_byte_position, unnest($6::bigint[]) as line_number)
        select
            $1,
            line_number,
            $2,
            min(case
                when error_type in ('TOO MANY COLUMNS', 'MISSING COLUMNS') then 'cell_count'
                when error_type = 'LINE SIZE OVER MAXIMUM' then 'cell_too_long'
                else 'quotes'
            end),
            left(min(trim(csv_line, chr(10) || chr(13))), 200),
            min(case
                when error_type in ('TOO MANY COLUMNS', 'MISSING COLUMNS')
                then 'has ' || regexp_extract(error_message, '[0-9]+$') || ' cells, the header ' || $3
                when error_type = 'LINE SIZE OVER MAXIMUM' then 'is longer than ' || $4 || ' bytes'
                else 'quotes do not match'
            end)
        from reject_errors inner join lines using (line_byte_position)
        group by line_number
        """,
        [file.name, file.table, len(file.columns), LINE_LIMIT, [position for position, _ in errors], lines],
    )
    connection.execute("drop table reject_errors; drop table reject_scans")
    return set(lines)


def _lines_at(path: Path, positions: list[int]) -> list[int]:
    """The lines that hold these bytes, in the order of the positions. DuckDB 1.5.5 counts a cell of two lines as one."""
    if not positions:
        return []
    with path.open("rb") as file:
        ends = array("Q", accumulate(map(len, file)))
    return [bisect_right(ends, position) + 1 for position in positions]


def _line_steps(path: Path, unreadable: Container[int] = ()) -> list[tuple[int, int]]:
    """Rows from which on a readable row of a CSV file begins so many lines further down than its number says: (first row, lines before).

    Mostly [(1, 1)], the header alone; empty lines, cells of several lines and unreadable ones make further steps. unreadable: their lines.
    """
    csv.field_size_limit(1 << 30)
    steps, row, line, has_header = [], 0, 1, False
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        for cells in reader:
            if cells and not has_header:
                has_header = True
            elif cells and line not in unreadable:
                row += 1
                if not steps or steps[-1][1] != line - row:
                    steps.append((row, line - row))
            line = reader.line_num + 1
    return steps


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(1 << 20), b"")
        count, last = 0, b""
        for chunk in chunks:
            count, last = count + chunk.count(b"\n"), chunk
    return count + (not last.endswith(b"\n"))


def _insert_line_steps(connection: duckdb.DuckDBPyConnection, steps: list[tuple[str, int, int]]) -> None:
    if steps:
        columns = [list(column) for column in zip(*steps, strict=True)]
        connection.execute("insert into landing.line_steps select unnest($1), unnest($2), unnest($3)", columns)


def _keep_line_steps_of_seeds(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Keeps those of the seed files where they changed. dbt loads the rows of these files itself."""
    present = connection.execute("select * from landing.line_steps where file like 'seeds/%' order by all").fetchall()
    steps = [(f"seeds/{path.name}", *step) for path in sorted(folder.glob("*.csv")) for step in _line_steps(path)]
    if steps != present:
        connection.execute("delete from landing.line_steps where file like 'seeds/%'")
        _insert_line_steps(connection, steps)
