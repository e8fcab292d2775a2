"""Python environments beside the project's own, each from a lock file: for programs whose packages do not go together with dbt-duckdb."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


class ToolError(RuntimeError):
    """A program could not be installed or failed; the message says what it said."""


@dataclass(frozen=True)
class PythonEnvironment:
    """The packages of a lock file, installed into a folder of their own."""

    folder: Path
    lock: Path

    @property
    def digest(self) -> str:
        """Tells one version of the lock file from another."""
        return hashlib.sha256(self.lock.read_bytes()).hexdigest()

    @property
    def installed(self) -> bool:
        """Whether the packages of the lock file are installed."""
        return holds(self.folder / ".installed", self.digest)

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)

    def install(self, what: str, megabytes: int) -> None:
        """Installs the packages, unless they are there. Raises ToolError, for instance without a network.

        what: name for the reader. megabytes: disk that they take.
        """
        if self.installed:
            return
        uv = [sys.executable, "-m", "uv"]
        run([*uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(self.folder)], "uv makes no environment")
        run(
            [*uv, "pip", "sync", "--quiet", "--python", self.program("python"), "--compile-bytecode", "--require-hashes", str(self.lock)],
            f"{what} could not be installed: does this machine reach the Python package registry?"
            f" About {megabytes} MB are needed in the folder of the project",
        )
        (self.folder / ".installed").write_text(self.digest, encoding="utf-8")


def holds(path: Path, text: str) -> bool:
    """Whether the file is there and holds just this text."""
    return path.exists() and path.read_text(encoding="utf-8") == text


def run(command: list[str], problem: str, variables: dict[str, str] | None = None) -> str:
    """Runs a program and returns what it printed. Raises ToolError: the problem, and what the program said last.

    variables: environment of the program, None for this process's.
    """
    outcome = subprocess.run(command, env=variables, capture_output=True, text=True)
    if outcome.returncode != 0:
        said = [line for line in (outcome.stderr or outcome.stdout).splitlines() if line.strip()][-4:]
        raise ToolError("\n".join([f"{problem}. {Path(command[0]).name} said:", *said]))
    return outcome.stdout
