"""Plugin of dbt-duckdb that profiles.yml names: the SQL function file_damage for the loading of landing files."""

from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from contracts.common.damage import damage


def file_damage(file: str) -> str | None:
    """The damage of a landing file in one line, as a build tells it; file: path from the project's folder."""
    try:
        found = damage(Path(file))
    except OSError as error:
        return f"{file} cannot be read: {error.strerror}"
    if found is None:
        return None
    return f"{file}{f', line {found.line}' if found.line else ''}: {found.message}; {found.advice}"


class Plugin(BasePlugin):
    """Gives dbt's connections the SQL function file_damage(path), null when a file is whole."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        conn.create_function("file_damage", file_damage, ["VARCHAR"], "VARCHAR", null_handling="special", side_effects=True)
