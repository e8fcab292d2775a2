"""Installs Superset beside the project's own environment and prepares the folder in which it keeps its state."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from contracts.common.project import PROJECT
from tools.environments import PythonEnvironment, holds, run

LOCK = PROJECT / "requirements-superset.lock"
CONFIG = Path(__file__).with_name("superset_config.py")
ADMINISTRATOR = "admin"


@dataclass(frozen=True)
class Environment:
    """Where Superset is installed (programs) and where it keeps its state (home). Both are git-ignored."""

    programs: Path = PROJECT / ".venv-superset"
    home: Path = PROJECT / ".superset"

    @property
    def packages(self) -> PythonEnvironment:
        return PythonEnvironment(self.programs, LOCK)

    @property
    def installed(self) -> bool:
        """Whether the packages of the lock file are installed."""
        return self.packages.installed

    @property
    def prepared(self) -> bool:
        """Whether the state was prepared for the packages of the lock file."""
        return holds(self.home / "prepared", self.packages.digest)

    @property
    def password(self) -> str:
        """Password of the administrator, generated when the state is prepared."""
        return (self.home / "admin_password").read_text(encoding="utf-8").strip()

    def program(self, name: str) -> str:
        return self.packages.program(name)

    def variables(self) -> dict[str, str]:
        """Environment variables of Superset's processes."""
        return os.environ | {"SUPERSET_HOME": str(self.home), "SUPERSET_CONFIG_PATH": str(CONFIG), "PYTHONWARNINGS": "ignore"}

    def install(self) -> None:
        """Installs the packages of the lock file, unless they are there. Raises ToolError, for instance without a network."""
        self.packages.install("Superset", 900)

    def prepare(self) -> None:
        """Makes the secret key, the metadata database and the administrator, unless this version has done so.

        May be run again after it was interrupted. Raises ToolError.
        """
        if self.prepared:
            return
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("secret_key", "admin_password"):
            path = self.home / name
            if not path.exists():
                path.touch(mode=0o600)
                path.write_text(secrets.token_urlsafe(42), encoding="utf-8")
        problem = f"Superset could not prepare its metadata in {self.home} (remove the folder to start anew)"
        superset = self.program("superset")
        run([superset, "db", "upgrade"], problem, self.variables())
        run(
            [
                superset,
                "fab",
                "create-admin",
                "--username",
                ADMINISTRATOR,
                "--email",
                "admin@territorial-tools.example",
                "--firstname",
                "Warehouse",
                "--lastname",
                "Administrator",
            ],
            problem,
            # as a variable: an argument would show in the list of processes
            self.variables() | {"FLASK_FAB_CREATE_ADMIN_PASSWORD": self.password},
        )
        run([superset, "init"], problem, self.variables())
        (self.home / "prepared").write_text(self.packages.digest, encoding="utf-8")
