"""Plugin of dbt-duckdb that profiles.yml names: brings the landing tables up to date whenever dbt opens the warehouse."""

from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError
from duckdb import DuckDBPyConnection

from contracts.common.landing import DefectiveFilesError, line_of_row, load


class Plugin(BasePlugin):
    """Loads landing/ and gives SQL the function line_of_row(file, row)."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        conn.create_function("line_of_row", line_of_row, ["VARCHAR", "BIGINT"], "BIGINT")
        try:
            load(conn, Path.cwd())
        except DefectiveFilesError as error:
            raise DbtRuntimeError(str(error)) from None
