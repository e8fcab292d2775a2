"""Builds the warehouse beside the published one, verifies it, exports it and makes it the release in force."""

import errno
import importlib.metadata
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from contracts.add.check import outcome_of, write_page
from contracts.add.check.findings import CRITICAL, Finding, rejected_rows
from contracts.add.check.loads import CONTRACT_SUMS
from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.writing import only_writer
from contracts.common.project import AMOUNTS, NEXT_STEP, PROJECT, PUBLISHED, built_in, contracts_waiting, has_table, run_dbt
from contracts.common.texts import sql_text
from contracts.publish.files import write_exports
from contracts.publish.releases import (
    DATABASE,
    SCHEMA_VERSION,
    PublishError,
    clear_messages,
    is_full,
    loosen_views,
    only_build,
    staging_folder,
    switch,
)

# rules of findings that compare with the published file
DRIFT = ("contract_gone", "row_count", "declared_sum")
FOREVER = date(9999, 12, 31)

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Release:
    """What was published: its id, the file to read, and what a reader should know."""

    identifier: str
    database: Path
    notes: tuple[str, ...]


def publish(
    into: Path = PUBLISHED,
    project: Path = PROJECT,
    effective_as_of: date = FOREVER,
    known_as_of: date = FOREVER,
    accept_drift: bool = False,
    tell: Tell = print,
    keep_rejects: bool = False,
    lines_per_build: int = 0,
) -> Release:
    """Builds, verifies and publishes. Raises PublishError, and leaves what was published, when anything is wrong.

    effective_as_of, known_as_of: the two clocks. accept_drift: publish although the load lost much. tell: takes each step's name.
    keep_rejects: put broken rows of landing files aside, in rejects/, and publish the rest. lines_per_build: lines that one dbt build
    works on, so that memory stays bounded; 0 for all at once.
    """
    with clear_messages(into), only_build(into), _no_import(project / "landing"), staging_folder(into) as staging:
        created = datetime.now(UTC).replace(microsecond=0)
        tell("building")
        variables = {"effective_as_of": str(effective_as_of), "known_as_of": str(known_as_of)}
        variables |= {"keep_rejects": keep_rejects, "lines_per_build": lines_per_build}
        _run_build(project, staging / DATABASE, variables)
        while waiting := contracts_waiting(staging / DATABASE):
            tell(f"building: {waiting} contracts wait")
            _run_build(project, staging / DATABASE, variables, *NEXT_STEP)
        tell("verifying")
        with duckdb.connect(str(staging / DATABASE)) as connection:
            outcome = outcome_of(connection, project, into / DATABASE)
            page = write_page(outcome, project / "target" / "check")
            compared = [finding for finding in outcome.findings if not finding.is_of_a_file]
            critical = [each for each in compared if each.severity == CRITICAL and not (accept_drift and each.rule in DRIFT)]
            _refuse(critical, f"nothing was published; the whole list is in {page.relative_to(project)}")
            rejects = write_rejects(connection, project / "rejects" / f"landing_{staging.name.removeprefix('.')}.csv")
            _write_publication(connection, staging.name.removeprefix("."), created, effective_as_of, known_as_of, outcome.rows)
            loosen_views(connection)
            verify(connection)
            tell("exporting")
            notes = write_exports(connection, staging, DATABASE, _project_version(), created.isoformat())
            connection.execute("checkpoint")
        write_page(outcome, staging / "check")
        tell("switching")
        release = switch(staging, into)
    return Release(release.name, into / DATABASE, (*notes, *rejects, *(finding.text for finding in compared)))


@contextmanager
def _no_import(landing: Path) -> Iterator[None]:
    """Ends what a killed import left and keeps the next one out while the files are read. Raises PublishError while one is running."""
    if not landing.exists():
        yield
        return
    try:
        with only_writer(landing):
            yield
    except ImportRefusedError as error:
        raise PublishError(error.message("en")) from None


def _refuse(findings: list[Finding], outcome: str) -> None:
    """Raises PublishError with the first findings and what came of it; nothing where there are none."""
    if findings:
        shown = [finding.text for finding in findings[:20]]
        more = [f"and {len(findings) - 20} more"] if len(findings) > 20 else []
        raise PublishError("\n".join([*shown, *more, outcome]))


def _run_build(project: Path, database: Path, variables: dict, *selection: str) -> None:
    """dbt build into the file; in steps one node at a time, so that none shares the memory.

    Raises PublishError with the broken rows, or with what dbt says, OSError when the disk is full.
    """
    options = ["--vars", json.dumps(variables)]
    options += ["--target-path", str(project / "target" / "publish")]
    options += ["--threads", "1"] if variables["lines_per_build"] else []
    with built_in(database):
        run = run_dbt("build", *options, *selection, project=project)
    if run.success:
        return
    if is_full(run.text):
        raise OSError(errno.ENOSPC, "no space left", str(database))
    if "out of memory" in run.text.lower():
        raise PublishError(
            "DuckDB lacks memory for so many lines at once: allow more (memory_limit among the settings of profiles.yml) "
            "or build in smaller steps (--lines-per-build); nothing was published"
        )
    with duckdb.connect(str(database)) as connection:
        broken = rejected_rows(connection, project) if has_table(connection, "staging", "rejects") else []
    if not variables["keep_rejects"]:
        _refuse(broken, "nothing was published")
    raise PublishError("\n".join([*_telling_lines(run.messages), "nothing was published; mend the rows named above and build again"]))


def write_rejects(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Writes the landed rows that were put aside to a CSV file. Returns a note for the reader; nothing where every row is loaded."""
    rows, files = connection.execute(
        "select count(*), count(distinct file_name) from (select distinct file_name, line_number from staging.rejects)"
    ).fetchone()
    if not rows:
        return []
    path.parent.mkdir(exist_ok=True)
    connection.execute(f"copy (select * from quality.rejects order by all) to {sql_text(path)} (header)")
    return [f"{rows} rows of {files} landing files are put aside and count nowhere: {path.parent.name}/{path.name}"]


def _telling_lines(messages: list[str]) -> list[str]:
    """The lines of a failed build that name a row, a file or an error."""
    signs = ("table_name:", "mart:", "rule_id:", "landing/", "seeds/", "Error in", "Failure in")
    lines = [line.strip() for message in messages for line in message.splitlines()]
    return list(dict.fromkeys(line for line in lines if any(sign in line for sign in signs)))[:30] or lines[-10:]


def _project_version() -> str:
    return importlib.metadata.version("territorial-contracts")


def _write_publication(
    connection: duckdb.DuckDBPyConnection,
    identifier: str,
    created: datetime,
    effective_as_of: date,
    known_as_of: date,
    rows: dict[str, int],
) -> None:
    """Writes the schema publication: what this file is, and the load that the next one is compared with."""
    connection.execute("create schema if not exists publication")
    connection.execute(
        "create or replace table publication.release as select ? as release_id, ? as schema_version, ? as project_version, "
        "cast(? as timestamp) as built_at_utc, cast(? as date) as effective_as_of, cast(? as date) as known_as_of, "
        "? as dbt_version, version() as duckdb_version",
        [
            identifier,
            SCHEMA_VERSION,
            _project_version(),
            created.replace(tzinfo=None),
            # null: everything in effect, or known, whatever its day
            None if effective_as_of == FOREVER else effective_as_of,
            None if known_as_of == FOREVER else known_as_of,
            importlib.metadata.version("dbt-core"),
        ],
    )
    connection.execute("create or replace table publication.load_tables (table_name varchar, row_count bigint)")
    connection.executemany("insert into publication.load_tables values (?, ?)", list(rows.items()))
    connection.execute(f"create or replace table publication.load_contracts as {CONTRACT_SUMS}")
    sums = ", ".join(f"sum({measure}) as {measure}" for measure in AMOUNTS)
    connection.execute(f"create or replace table publication.totals as select {sums}, count(*) as row_count from star.fct_funding")
    connection.execute("""
        create or replace table publication.rejects as
        select
            file_name as landing_file,
            any_value(table_name) as table_name,
            count(distinct line_number) as row_count,
            string_agg(distinct rule, ', ' order by rule) as rules,
            arg_min(reason, line_number) as first_reason
        from quality.rejects
        group by file_name
        order by file_name
    """)
    for relation, comment in {
        "publication.release": "What this file is. schema_version changes when a name of star, marts or quality does.",
        "publication.load_tables": "Rows of each seed with the files landed beside it; the next load is compared with them.",
        "publication.load_contracts": "All declared amounts of a contract, every version and part: to compare loads, no amount of funding.",
        "publication.rejects": "Landing files of which broken rows were put aside and count in no figure: how many, why. Empty: none.",
        "publication.totals": "Sums of fct_funding, euros; each export adds up to them.",
    }.items():
        connection.execute(f"comment on table {relation} is '{comment}'")


def verify(connection: duckdb.DuckDBPyConnection) -> None:
    """What must hold of a file before it is published. Raises PublishError."""
    expected = _sums(connection, "star.fct_funding")
    for mart in _conserving_marts(connection):
        found = _sums(connection, mart)
        wrong = [f"{measure} {found[measure]} instead of {value}" for measure, value in expected.items() if found[measure] != value]
        if wrong:
            raise PublishError(f"{mart} does not add up to star.fct_funding: {', '.join(wrong)}; tell the maintainers")
    views = connection.execute("select schema_name || '.' || view_name from duckdb_views() where not internal").fetchall()
    for (view,) in views:
        connection.execute(f"select count(*) from {view}").fetchone()


def _sums(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, object]:
    values = connection.execute(f"select {', '.join(f'sum({measure})' for measure in AMOUNTS)} from {relation}").fetchone()
    return dict(zip(AMOUNTS, values or (), strict=True))


def _conserving_marts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The marts that cut the same money: those with every measure, except those that repeat it for each date."""
    query = """
        select schema_name || '.' || table_name
        from duckdb_columns()
        where schema_name = 'marts'
        group by all
        having count(*) filter (where list_contains(?, column_name)) = ? and count(*) filter (where column_name = 'calendar_year') = 0
        order by 1
    """
    return [name for (name,) in connection.execute(query, [list(AMOUNTS), len(AMOUNTS)]).fetchall()]
