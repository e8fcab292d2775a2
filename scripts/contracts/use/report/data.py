"""Reads what the report shows: one SQL file per table, from a warehouse file opened read-only."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import duckdb

from contracts.common.locks import LockedFileError, connect
from contracts.common.project import BuildState, build_state, has_table

QUERIES = files("contracts.use.report") / "queries"


class UnreadableFileError(RuntimeError):
    """The warehouse file cannot be shown; the message says why and what to do."""


@dataclass(frozen=True)
class Result:
    """Rows of one query. sql: its text, shown beside the table."""

    name: str
    sql: str
    columns: list[str]
    rows: list[tuple]

    def records(self) -> list[dict]:
        """The rows as dictionaries, by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Data:
    """Everything that the report shows.

    written_on: day on which the file was built. release: its name in the publication, empty for a file that was not published.
    known_as_of: day up to which figures count in it, none when the file holds all that is known. last_try: the build after the last
    complete one, none when there is none.
    """

    database: Path
    written_on: date
    release: str
    known_as_of: date | None
    last_try: BuildState | None
    results: dict[str, Result]

    def __getitem__(self, name: str) -> Result:
        return self.results[name]


def query_names() -> list[str]:
    """Names of the queries, in alphabetical order."""
    return sorted(item.name.removesuffix(".sql") for item in QUERIES.iterdir() if item.name.endswith(".sql"))


def _open(database: Path) -> duckdb.DuckDBPyConnection:
    if not database.is_file():
        raise UnreadableFileError(
            f"{database} is not there: publish the warehouse first (contracts publish), or name another file with --database"
        )
    try:
        return connect(database, read_only=True, config={"enable_external_access": False})
    except LockedFileError as error:
        raise UnreadableFileError(str(error)) from None
    except duckdb.IOException as error:
        first = str(error).splitlines()[0]
        raise UnreadableFileError(f"{database} is no warehouse file ({first})") from None


def read(database: Path) -> Data:
    """Runs every query on the file.

    Raises UnreadableFileError when the file is missing, locked, no DuckDB file, or lacks a table or a column that a query needs.
    """
    results: dict[str, Result] = {}
    with _open(database) as connection:
        release, state = _release(connection), build_state(connection)
        for name in query_names():
            sql = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
            try:
                cursor = connection.execute(sql)
            except (duckdb.CatalogException, duckdb.BinderException) as error:
                reason = next(line for line in str(error).splitlines() if line.strip())
                raise UnreadableFileError(
                    f"{database} was written by another version of the project: the table « {name} » of the report cannot be read "
                    f"({reason}). Build and publish it again, then run contracts report."
                ) from None
            results[name] = Result(name, sql.strip(), [column[0] for column in cursor.description], cursor.fetchall())
    written_on = datetime.fromtimestamp(database.stat().st_mtime, tz=UTC).date()
    last_try = state if state and state.outcome != "complete" else None
    return Data(database, *(release or (written_on, "", None)), last_try, results)


def _release(connection: duckdb.DuckDBPyConnection) -> tuple[date, str, date | None] | None:
    """Day, name and latest known day of a published file; none for a file that was not published."""
    if not has_table(connection, "publication", "release"):
        return None
    built_on, name, known_as_of = connection.execute(
        "select cast(built_at_utc as date), release_id, known_as_of from publication.release"
    ).fetchone()
    return built_on, name, known_as_of
