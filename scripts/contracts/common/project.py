"""Where the dbt project stands, and how it is run and read from Python."""

import csv
import os
import shutil
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import yaml

from contracts.common.locks import connect, when_free
from contracts.common.texts import sql_text

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg


def _project() -> Path:
    """The project in or above the working folder, so that a copy works on itself; elsewhere the one that holds this package."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "dbt_project.yml").is_file() and (folder / "seeds" / "financial_lines.csv").is_file():
            return folder
    return Path(__file__).resolve().parents[3]


PROJECT = _project()
WAREHOUSE = PROJECT / "warehouse.duckdb"
PUBLISHED = PROJECT / "published"


def _measures() -> dict[str, str]:
    """The columns of fct_funding in euros that its YAML calls additive, with what it says of that."""
    text = (PROJECT / "models" / "star" / "per_contract" / "fct_funding.yml").read_text(encoding="utf-8")
    columns = yaml.load(text, Loader=yaml.CSafeLoader)["models"][0]["columns"]
    metas = {column["name"]: column["config"]["meta"] for column in columns}
    return {name: meta["additive"] for name, meta in metas.items() if meta.get("unit") == "euro" and "additive" in meta}


_MEASURES = _measures()
# the measures, which the funding marts add up; and the stages: the measures that are no part of another
AMOUNTS = tuple(_MEASURES)
STAGES = tuple(name.removesuffix("_eur") for name, additive in _MEASURES.items() if additive == "yes")

# selects what a build of more contracts makes anew: rows are judged once, before the first step
NEXT_STEP = ("--select", "int_contracts_stale+")

_PARTS = ("analyses", "macros", "models", "seeds", "tests/data", "dbt_project.yml", "profiles.yml", "selectors.yml")


@dataclass(frozen=True)
class Run:
    """Outcome of one dbt command: whether it succeeded, its log lines, and the compiled SQL of each node by name."""

    success: bool
    messages: list[str]
    compiled: dict[str, str]

    @property
    def text(self) -> str:
        return "\n".join(self.messages)


def run_dbt(*arguments: str, project: Path = PROJECT, artifacts: bool = False, manifest: "Manifest | None" = None) -> Run:
    """Runs a dbt command in this process and lets go of the warehouse file afterwards.

    arguments: as on dbt's command line. project: folder that holds dbt_project.yml and profiles.yml.
    artifacts: whether manifest.json and run_results.json are written, which takes as long as starting dbt.
    manifest: what an earlier dbt parse of the same files read, so that they are not read again.
    """
    # dbt takes seconds to load: only the commands that run it wait for it
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    messages: list[str] = []

    def keep(event: "EventMsg") -> None:
        if event.info.level in ("info", "warn", "error"):
            messages.append(event.info.msg)

    runner = dbtRunner(manifest=manifest, callbacks=[keep])
    quick = [] if artifacts else ["--no-write-json"]
    with chdir(project):
        try:
            outcome = runner.invoke(["--quiet", *quick, *arguments, "--project-dir", str(project), "--profiles-dir", str(project)])
        finally:
            DuckDBConnectionManager.close_all_connections()
    if outcome.exception is not None:
        messages.append(str(outcome.exception))
    results = getattr(outcome.result, "results", None) or []
    compiled = {result.node.name: result.node.compiled_code for result in results if hasattr(result.node, "compiled_code")}
    return Run(bool(outcome.success), messages, compiled)


@contextmanager
def built_in(database: Path, leave_out_defective_files: bool = False) -> Iterator[None]:
    """Lets dbt commands build into a file instead of warehouse.duckdb. leave_out_defective_files: do not stop at those of landing/."""
    wanted = {"CONTRACTS_DATABASE": str(database.resolve())}
    wanted |= {"CONTRACTS_LEAVE_OUT_DEFECTIVE_FILES": "yes"} if leave_out_defective_files else {}
    kept = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def open_warehouse(path: Path = WAREHOUSE) -> duckdb.DuckDBPyConnection:
    """Opens a built file read-only, without access to other files.

    Raises FileNotFoundError before the first build, LockedFileError while another process writes it.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path.name} is not built yet: run make build first")
    return connect(path, read_only=True, config={"enable_external_access": False})


def contracts_waiting(path: Path) -> int:
    """Contracts that the last build of the file left for the next one (lines_per_build). Raises FileNotFoundError without a file."""
    with open_warehouse(path) as connection:
        return connection.execute("""
            select count(*) from intermediate.int_contracts_stale
            where contract_code not in (select contract_code from intermediate.int_contracts_changed)
        """).fetchone()[0]


@dataclass(frozen=True)
class BuildState:
    """When a file was last built whole (UTC, empty: never), and how the last try, that one or a later one, ended.

    outcome: complete, step, part, stopped, begun or next step. failure: first model or test that failed, empty for none.
    """

    complete_at: str
    tried_at: str
    outcome: str
    command: str
    failure: str

    @property
    def text(self) -> str:
        whole = f"built whole on {self.complete_at} UTC" if self.complete_at else "never built whole"
        if self.outcome == "complete":
            return whole
        ends = {
            "begun": "has not ended: run dbt build",
            "next step": "has not ended: run dbt build",
            "stopped": f"stopped at {self.failure}: run dbt build",
            "part": "built a part of it or left the tests out: run dbt build",
            "step": f"left contracts to the next step: run dbt build {' '.join(NEXT_STEP)} with the same --vars",
        }
        return f"{whole}; since then {self.command} of {self.tried_at} UTC {ends[self.outcome]}"


def has_table(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    """Whether a file holds a table."""
    query = "select 1 from duckdb_tables() where schema_name = ? and table_name = ?"
    return connection.execute(query, [schema, name]).fetchone() is not None


def build_state(connection: duckdb.DuckDBPyConnection) -> BuildState | None:
    """What a file says of its builds; None where it says nothing."""
    if not has_table(connection, "build_state", "builds"):
        return None
    builds = connection.execute("""
        select strftime(coalesce(ended_at, started_at), '%Y-%m-%d %H:%M'), outcome, command, coalesce(first_failure, '')
        from build_state.builds order by started_at, outcome <> 'complete'
    """).fetchall()
    complete = [moment for moment, outcome, *_ in builds if outcome == "complete"]
    return BuildState(complete[-1] if complete else "", *builds[-1]) if builds else None


def file_to_show(wanted: Path | None) -> Path:
    """The wanted file, or the published one, or the warehouse. Raises FileNotFoundError if there is none."""
    candidates = [wanted] if wanted else [PUBLISHED / "territorial_contracts.duckdb", WAREHOUSE]
    for path in candidates:
        if path.is_file():
            return path.resolve()
    raise FileNotFoundError(f"no file to show: {' and '.join(str(path) for path in candidates)} missing, run make build first")


def attach_warehouse(connection: duckdb.DuckDBPyConnection, path: Path = WAREHOUSE) -> None:
    """Attaches a built file read-only to a connection that may reach other files, and makes it the one that queries name.

    Raises LockedFileError while another process writes it.
    """
    when_free(path, lambda: connection.execute(f"attach {sql_text(path)} as warehouse (read_only)"))
    connection.execute("use warehouse")


def read_seed(name: str) -> list[dict[str, str]]:
    """The rows of a seed as they stand in its file, empty cells as empty text."""
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def copy_project(destination: Path) -> Path:
    """Copies the dbt project into an empty folder, so that it can be built on other seeds. Returns the folder."""
    for part in _PARTS:
        source, target = PROJECT / part, destination / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    return destination
