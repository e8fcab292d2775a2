"""Measures a warm dbt build beside the same SQL run directly in DuckDB, in one run."""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.direct import Statement, read_manifest, schemas, statements
from contracts.project import PROJECT

_RULES = {"int_rule_failures", "int_rule_counts", "rule_results", "rule_catalogue"}
_NO_RULES = ("--exclude", "path:models/quality/rules", "int_rule_failures+", "int_rule_counts+")


@dataclass(frozen=True)
class Measure:
    """Median seconds of the ways to build, peak memory of the dbt processes in MiB, and how many runs of each.

    without_rules_seconds: dbt build without the catalogue of rules and its unit tests; direct_rules_seconds: the catalogue's part of
    direct_seconds.
    """

    dbt_seconds: float
    without_rules_seconds: float
    direct_seconds: float
    direct_rules_seconds: float
    dbt_peak_mib: float
    runs: int

    @property
    def ratio(self) -> float:
        return self.dbt_seconds / self.direct_seconds


def _run_directly(built: list[Statement], names: list[str]) -> tuple[float, float]:
    """Seconds of all statements, and of those that compute the rules."""
    rules = 0.0
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with duckdb.connect(str(Path(folder) / "warehouse.duckdb"), config={"threads": 2}) as connection:
            for schema in names:
                connection.execute(f'create schema if not exists "{schema}"')
            for statement in built:
                before = time.perf_counter()
                connection.execute(statement.sql).fetchall()
                if statement.name in _RULES:
                    rules += time.perf_counter() - before
        return time.perf_counter() - start, rules


def _run_dbt_build(*arguments: str) -> float:
    command = [
        str(Path(sys.executable).with_name("dbt")),
        "--quiet",
        "build",
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(PROJECT),
        *arguments,
    ]
    start = time.perf_counter()
    outcome = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    if outcome.returncode != 0:
        raise RuntimeError(outcome.stdout)
    return time.perf_counter() - start


def measure(runs: int = 3) -> Measure:
    """Runs every way in turn. Raises RuntimeError, with what dbt printed, when the build fails."""
    _run_dbt_build()
    manifest = read_manifest()
    built, names = statements(manifest), schemas(manifest)
    rounds = [(_run_dbt_build(), _run_dbt_build(*_NO_RULES), *_run_directly(built, names)) for _ in range(runs)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    whole, without_rules, direct, direct_rules = (statistics.median(seconds) for seconds in zip(*rounds, strict=True))
    return Measure(whole, without_rules, direct, direct_rules, peak, runs)
