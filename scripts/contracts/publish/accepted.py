"""Writes the rows that a build accepted as Parquet: Spark builds the same tables from them, without loading or checking a row."""

from pathlib import Path

import duckdb

from contracts.common.project import attach_warehouse, build_state
from contracts.common.texts import sql_text

FOLDER = Path("target") / "accepted_rows"  # of the project; macros/engines/accepted_file.sql looks there


class NotAcceptedError(RuntimeError):
    """The last build did not end well, so that its rows may be broken; the message says where it stopped."""


def write_accepted_rows(warehouse: Path, folder: Path) -> list[str]:
    """Writes one file for each seed with its landing files, and one for the official territories, from the staging models of a built file.

    Files of a former build are replaced. Returns the names of the tables. Raises NotAcceptedError, LockedFileError.
    """
    with duckdb.connect() as connection:
        attach_warehouse(connection, warehouse)
        state = build_state(connection)
        if state and state.outcome in ("begun", "stopped"):
            raise NotAcceptedError(f"{warehouse.name}: {state.text}")
        seeds = connection.execute("select table_name from duckdb_tables() where schema_name = 'seeds' order by table_name").fetchall()
        models = {name: f"stg_contracts__{name}" for (name,) in seeds} | {"official_territories": "stg_official__territories"}
        paths = {name: folder / f"{name}.parquet" for name in models}
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths.values():  # a failure must not leave files of two builds
            path.unlink(missing_ok=True)
        for name, model in models.items():
            connection.execute(f"copy staging.{model} to {sql_text(paths[name])} (format parquet)")
    return list(models)
