"""Runs a command in a process of its own and tells what that process took."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


class BenchError(Exception):
    """Why a measure could not be taken, with the last lines that the process wrote."""


@dataclass(frozen=True)
class Cost:
    """What one process took: wall time and computing time of all its threads in seconds, greatest resident memory in MiB.

    Linux starts the count at the size of the process that started it, here about 150 MiB: smaller ones cannot be told apart.
    """

    seconds: float
    computing_seconds: float
    peak_mib: float


def run_apart(command: list[str], folder: Path) -> tuple[Cost, str]:
    """Runs a command in a folder. Returns its cost and what it printed. Raises BenchError when it fails."""
    # a copy of the project builds its own file, whatever the user's builds write to
    environment = {name: value for name, value in os.environ.items() if name != "CONTRACTS_DATABASE"}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])  # where the package tools stands
    with tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=printed, stderr=subprocess.STDOUT, env=environment)
        # the usage of this child alone, where getrusage would give the greatest of all children
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read()
    if process.returncode != 0:
        shown = "\n".join(text.strip().splitlines()[-20:])
        raise BenchError(f"{Path(command[0]).name} {' '.join(command[1:4])} ended with {process.returncode}:\n{shown}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), text


def run_task(task: str, folder: Path, /, **arguments: object) -> tuple[Cost, dict]:
    """Runs a function of tools.bench.tasks in a process of its own, in a folder. Returns its cost and its answer."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as answer:
        command = [sys.executable, "-m", "tools.bench.tasks", task, json.dumps(arguments, default=str), answer.name]
        cost, _ = run_apart(command, folder)
        return cost, json.load(answer)


def run_dbt_apart(project: Path, *arguments: str) -> Cost:
    """Runs dbt on a project in a process of its own. Raises BenchError with what dbt printed when it fails."""
    dbt = str(Path(sys.executable).with_name("dbt"))
    cost, _ = run_apart([dbt, "--quiet", *arguments, "--project-dir", str(project), "--profiles-dir", str(project)], project)
    return cost
