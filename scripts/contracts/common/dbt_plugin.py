"""Plugin of dbt-duckdb that profiles.yml names: brings the landing tables up to date whenever dbt opens the warehouse."""

from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError
from duckdb import DuckDBPyConnection

from contracts.common.landing import DefectiveFilesError, line_of_row, load


class Plugin(BasePlugin):
    """Loads landing/ and gives SQL the function line_of_row(file, row). config: leave_out_defective_files, whether to stop at them."""

    def initialize(self, plugin_config: dict) -> None:
        self._leave_out = bool(plugin_config.get("leave_out_defective_files"))

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        for name, value in (self.creds.settings or {} if self.creds else {}).items():
            conn.execute(f"set {name} = '{value}'")
        # there already where a former connection of this process is still open
        if not conn.execute("select 1 from duckdb_functions() where function_name = 'line_of_row'").fetchall():
            conn.create_function("line_of_row", line_of_row, ["VARCHAR", "BIGINT"], "BIGINT")
        try:
            load(conn, Path.cwd(), self._leave_out)
        except DefectiveFilesError as error:
            raise DbtRuntimeError(str(error)) from None
