"""Measures a warm dbt build beside the same SQL run directly in DuckDB, in one run."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.direct import statements
from contracts.project import PROJECT


@dataclass(frozen=True)
class Measure:
    """Median seconds of both ways, their ratio, peak memory of the dbt processes in MiB, and how many runs of each."""

    dbt_seconds: float
    direct_seconds: float
    dbt_peak_mib: float
    runs: int

    @property
    def ratio(self) -> float:
        return self.dbt_seconds / self.direct_seconds


def _run_directly(queries: list[str], schemas: set[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with duckdb.connect(str(Path(folder) / "warehouse.duckdb"), config={"threads": 2}) as connection:
            for schema in sorted(schemas):
                connection.execute(f'create schema if not exists "{schema}"')
            for query in queries:
                connection.execute(query).fetchall()
        return time.perf_counter() - start


def _run_dbt_build() -> float:
    command = [
        str(Path(sys.executable).with_name("dbt")),
        "--quiet",
        "build",
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        str(PROJECT),
    ]
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=PROJECT, capture_output=True)
    return time.perf_counter() - start


def measure(runs: int = 3) -> Measure:
    """Runs both ways alternately. Raises CalledProcessError when the build fails."""
    _run_dbt_build()
    manifest = json.loads((PROJECT / "target" / "manifest.json").read_text(encoding="utf-8"))
    queries = statements(manifest)
    schemas = {node["schema"] for node in manifest["nodes"].values()}
    pairs = [(_run_dbt_build(), _run_directly(queries, schemas)) for _ in range(runs)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Measure(statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs), peak, runs)
