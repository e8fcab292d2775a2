"""Plugin of dbt-duckdb that profiles.yml names: waits for the file, and brings the landing tables up to date when dbt opens it."""

import os
import time
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError

from contracts.common import locks
from contracts.common.landing import DefectiveFilesError, load


class Plugin(BasePlugin):
    """Loads landing/. config: leave_out_defective_files, whether to go on without them."""

    def initialize(self, plugin_config: dict) -> None:
        _enter(Path(get_flags().PROJECT_DIR))
        self._leave_out = bool(plugin_config.get("leave_out_defective_files"))

    # dbt opens the file once for each schema: what one could not open the others do not wait for
    _locked_at = -locks.ENDED_AFTER

    def update_connection_config(self, creds: DuckDBCredentials, config: dict) -> None:
        path = Path(creds.path)
        if creds.path == ":memory:" or not path.exists():
            return
        if time.monotonic() - Plugin._locked_at < locks.ENDED_AFTER:
            raise DbtRuntimeError(f"{path.name} is open in another process; nothing was changed")
        try:
            locks.connect(path, config=config).close()
        except locks.LockedFileError as error:
            Plugin._locked_at = time.monotonic()
            raise DbtRuntimeError(str(error)) from None
        except duckdb.Error:  # dbt opens it in a moment, and says what is wrong
            return

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        for name, value in (self.creds.settings or {} if self.creds else {}).items():
            conn.execute(f"set {name} = '{value}'")
        try:
            load(conn, Path.cwd(), self._leave_out)
        except DefectiveFilesError as error:
            raise DbtRuntimeError(str(error)) from None


def _enter(project: Path) -> None:
    """Goes into the project: with --project-dir dbt stays where it was called, and would make a second database there."""
    if not project.is_absolute() and project.resolve() != Path.cwd():
        raise DbtRuntimeError(f"write the whole path of the project: --project-dir {project.resolve()}")
    if "'" in str(project.resolve()) and "'" not in os.environ.get("PWD", ""):
        raise DbtRuntimeError(f"the path of the project has an apostrophe: call dbt in {project}, not from elsewhere")
    os.chdir(project)
