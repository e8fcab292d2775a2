"""What the pages print for a reader to run, and the marks of what is not run: see tests/test_pages.py.

A page marks a command by a comment that names it and the reason: `<!-- not run: make superset: needs a server -->`, or
`<!-- slow: make mutations: some minutes -->` for what only `make test-all` runs.
"""

import os
import re
import signal
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.common.project import PROJECT, open_warehouse

MARKS = ("not run", "slow")
PUBLISHED = "published/territorial_contracts.duckdb"
_SHELLS = ("sh", "bash", "shell")
_PIECE = re.compile(r"^ *```(\w*)\n(.*?)^ *```|`((?:make|contracts|dbt|duckdb|uv|python)\s[^`]+)`", re.MULTILINE | re.DOTALL)
_MARK = re.compile(rf"^<!-- ({'|'.join(MARKS)}): (.*?) -->", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Printed:
    """One command or block of a page. kind: command, python or sql. mark: not run or slow; empty for what every run runs."""

    page: str
    kind: str
    text: str
    mark: str = ""

    @property
    def name(self) -> str:
        """Page and first line: the name of its test."""
        return f"{self.page}: {self.text.strip().splitlines()[0]}"


@dataclass(frozen=True)
class Collected:
    """Everything that pages print, each command once, and what is wrong with their marks."""

    printed: list[Printed]
    faults: list[str]

    def marked(self, mark: str) -> list[Printed]:
        return [each for each in self.printed if each.mark == mark]


def pages(root: Path = PROJECT) -> list[str]:
    """The pages that readers follow, first those that they read first."""
    first = ["README.md", "CONTRIBUTING.md", "landing/README.md"]
    others = sorted(path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md"))
    return [*first, *others, "models/overview.md"]


def commands_of(block: str) -> list[str]:
    """The command lines of a shell block, without comments; a line that ends with a backslash goes on."""
    lines = re.sub(r"\s*\\\n\s*", " ", block).splitlines()
    return [command for line in lines if (command := re.sub(r"(^|\s)#.*", "", line).strip())]


def printed_by(page: str, text: str) -> list[Printed]:
    """Commands and blocks of one page, in its order."""
    found = []
    for language, block, inline in _PIECE.findall(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)):
        if inline:
            found.append(Printed(page, "command", " ".join(inline.split())))
        elif language in _SHELLS:
            found += [Printed(page, "command", command) for command in commands_of(block)]
        elif language in ("python", "sql"):
            found.append(Printed(page, language, block))
    return found


def recipe(root: Path, command: str) -> list[str]:
    """What a make target runs, as a reader would type it; the command itself when it is no target."""
    if not command.startswith("make "):
        return [command]
    line = as_run(command).replace("make ", "make -n ", 1)
    run = subprocess.run(line, shell=True, cwd=root, env=own_variables(), capture_output=True, text=True, check=False)
    return [line.replace(".venv/bin/", "") for line in run.stdout.splitlines() if line] or [command]


def own_variables() -> dict[str, str]:
    """The variables of this process without those of a make that runs it, which would speak through every make below."""
    return {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")}


def as_run(command: str) -> str:
    """The command line that runs it: a make target must not make the environment anew."""
    return command.replace("make ", "make -o .venv/.ready ", 1) if command.startswith("make ") else command


def collect(root: Path = PROJECT, names: Iterable[str] | None = None) -> Collected:
    """What the pages print. A command stands once, on the first page, and not at all when a make target printed before runs it already,
    or `make test` beside these tests."""
    printed: list[Printed] = []
    faults: list[str] = []
    known = set(recipe(root, "make test")) - {"make test"}
    for page in pages(root) if names is None else names:
        text = (root / page).read_text(encoding="utf-8")
        fresh: dict[str, Printed] = {}
        marks = [(kind, " ".join(named.split())) for kind, named in _MARK.findall(text)]
        for each in printed_by(page, text):
            if each.text in known or each.text in fresh:
                continue
            named = [kind for kind, mark in marks if mark.startswith(f"{each.text}: ")]
            runs = recipe(root, each.text)
            if not named and known.issuperset(runs):
                continue
            fresh[each.text] = Printed(page, each.kind, each.text, named[0] if named else "")
            if "not run" not in named:
                known.update(runs)
        for kind, mark in marks:
            if not any(mark.startswith(f"{command}: ") and mark != f"{command}: " for command in fresh):
                faults.append(f"{page}: the mark « {kind}: {mark} » names no command that this page is the first to print, or no reason")
        known.update(fresh)
        printed += fresh.values()
    return Collected(printed, faults)


def copy_of_tracked_files(folder: Path, names: Iterable[str], published: bool) -> Path:
    """A throw-away copy of the project with its environment and warehouse; published: with a published file too. Returns the folder."""
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((PROJECT / name).read_bytes())
    (folder / ".venv").symlink_to((PROJECT / ".venv").resolve())
    warehouse = (PROJECT / "warehouse.duckdb").read_bytes()
    (folder / "warehouse.duckdb").write_bytes(warehouse)
    if published:
        (folder / PUBLISHED).parent.mkdir()
        (folder / PUBLISHED).write_bytes(warehouse)
    return folder


def tracked_files() -> list[str]:
    """The files that git knows and that are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (PROJECT / name).is_file()]


def environment(copy: Path) -> dict[str, str]:
    """The variables with which `contracts`, dbt and python work on the copy."""
    return {**own_variables(), "PATH": f"{copy}/.venv/bin:{os.environ['PATH']}", "PYTHONPATH": str(copy / "scripts")}


def run(printed: Printed, copy: Path, timeout: int = 3600) -> None:
    """Runs one command or block in a copy. AssertionError: it fails, prints a traceback, gives no row, or takes too many seconds."""
    if printed.kind == "sql":
        with open_warehouse(copy / "warehouse.duckdb") as connection:
            try:
                rows = connection.execute(printed.text).fetchall()
            except duckdb.Error as error:
                raise AssertionError(f"{printed.name}: {error}") from None
        assert rows, f"{printed.name}: gives no row"
        return
    line = ["bash", "-c", as_run(printed.text)] if printed.kind == "command" else [copy / ".venv/bin/python", "-c", printed.text]
    with subprocess.Popen(
        line,
        cwd=copy,
        env=environment(copy),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as started:
        try:
            output, _ = started.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            # with what it started: servers of other engines would go on
            os.killpg(started.pid, signal.SIGKILL)
            raise AssertionError(f"{printed.name}: not done after {timeout} s") from None
    assert started.returncode == 0 and "Traceback" not in output, f"{printed.name}: code {started.returncode}\n{output[-3000:]}"
