"""Installs, fills, checks and serves Superset: what the command contracts superset does."""

from collections.abc import Callable
from pathlib import Path

from contracts.common.project import file_to_show
from tools.environments import ToolError
from tools.superset.check import check
from tools.superset.client import Client
from tools.superset.dashboard import SLUG, bundle
from tools.superset.environment import ADMINISTRATOR, Environment
from tools.superset.server import choose_port, running


def serve(
    wanted: Path | None, port: int | None, only_check: bool, say: Callable[[str], None], environment: Environment | None = None
) -> None:
    """Serves the file until Ctrl-C, or stops once the charts are checked. Raises ToolError.

    wanted: the file, None for the published one. port: None for a free one. say: takes the sentences for the reader.
    """
    path, port, environment = file_to_show(wanted), choose_port(port), environment or Environment()
    if not environment.installed:
        say("Installing Superset into .venv-superset: about 900 MB, a minute or two, once.")
    environment.install()
    if not environment.prepared:
        say("Preparing Superset's own database: a minute or two, once.")
    environment.prepare()
    with running(environment, port) as server:
        client = Client(server.url, ADMINISTRATOR, environment.password)
        try:
            client.put_assets(bundle(path))
        except ValueError as error:
            raise ToolError(f"{path.name}: {error}") from None
        for title, rows in check(client, path).items():
            say(f"{title}: {rows} rows, equal to the mart to the cent")
        if only_check:
            return
        say(f"Dashboard on {path}: {server.url}/superset/dashboard/{SLUG}/")
        say(f"Log in as {ADMINISTRATOR} with the password in {environment.home / 'admin_password'}. Ctrl-C stops Superset.")
        try:
            server.process.wait()
        except KeyboardInterrupt:
            return
    raise ToolError(f"Superset stopped by itself: its log is {environment.home / 'server.log'}")
