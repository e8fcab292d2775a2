"""Installs Superset beside the project's own environment and prepares the folder in which it keeps its state."""

import hashlib
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from contracts.project import PROJECT

LOCK = PROJECT / "requirements-superset.lock"
CONFIG = Path(__file__).with_name("superset_config.py")
ADMINISTRATOR = "admin"


class SupersetError(RuntimeError):
    """Superset cannot be installed, started or filled; the message says why and what to do."""


@dataclass(frozen=True)
class Environment:
    """Where Superset is installed (programs) and where it keeps its state (home). Both are git-ignored."""

    programs: Path = PROJECT / ".venv-superset"
    home: Path = PROJECT / ".superset"

    @property
    def installed(self) -> bool:
        """Whether the packages of the lock file are installed."""
        return _holds(self.programs / ".installed", _lock_digest())

    @property
    def prepared(self) -> bool:
        """Whether the state was prepared for the packages of the lock file."""
        return _holds(self.home / "prepared", _lock_digest())

    @property
    def password(self) -> str:
        """Password of the administrator, generated when the state is prepared."""
        return (self.home / "admin_password").read_text(encoding="utf-8").strip()

    def program(self, name: str) -> str:
        return str(self.programs / "bin" / name)

    def variables(self) -> dict[str, str]:
        """Environment variables of Superset's processes."""
        return os.environ | {"SUPERSET_HOME": str(self.home), "SUPERSET_CONFIG_PATH": str(CONFIG), "PYTHONWARNINGS": "ignore"}

    def install(self) -> None:
        """Installs the packages of the lock file, unless they are there. Raises SupersetError, for instance without a network."""
        if self.installed:
            return
        uv = [sys.executable, "-m", "uv"]
        python = str(self.programs / "bin" / "python")
        self._run([*uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(self.programs)], "uv makes no environment")
        self._run(
            [*uv, "pip", "sync", "--quiet", "--python", python, "--compile-bytecode", "--require-hashes", str(LOCK)],
            "Superset could not be installed: does this machine reach the Python package registry?"
            " About 900 MB are needed in the folder of the project",
        )
        (self.programs / ".installed").write_text(_lock_digest(), encoding="utf-8")

    def prepare(self) -> None:
        """Makes the secret key, the metadata database and the administrator, unless this version has done so.

        May be run again after it was interrupted. Raises SupersetError.
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
        self._run([superset, "db", "upgrade"], problem)
        self._run(
            [
                superset,
                "fab",
                "create-admin",
                "--username",
                ADMINISTRATOR,
                "--email",
                "admin@territorial-contracts.example",
                "--firstname",
                "Warehouse",
                "--lastname",
                "Administrator",
            ],
            problem,
            # as a variable: an argument would show in the list of processes
            {"FLASK_FAB_CREATE_ADMIN_PASSWORD": self.password},
        )
        self._run([superset, "init"], problem)
        (self.home / "prepared").write_text(_lock_digest(), encoding="utf-8")

    def _run(self, command: list[str], problem: str, extra: dict[str, str] | None = None) -> None:
        run = subprocess.run(command, env=self.variables() | (extra or {}), capture_output=True, text=True)
        if run.returncode != 0:
            said = [line for line in run.stderr.splitlines() if line.strip()][-4:]
            raise SupersetError("\n".join([f"{problem}. {Path(command[0]).name} said:", *said]))


def _lock_digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text
