"""The load of landing files at a million lines, slow: kills leave it whole or undone, broken rows cost little."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from contracts.common.project import run_dbt
from landed_lines import land_lines
from tools.example import example_project

pytestmark = pytest.mark.slow

LOAD = """
import sys
from pathlib import Path
from contracts.common.project import run_dbt
sys.exit(not run_dbt("seed", "--select", "stages", project=Path(sys.argv[1])).success)
"""


def count(project: Path, query: str) -> tuple:
    with duckdb.connect(str(project / "warehouse.duckdb")) as connection:
        return connection.execute(query).fetchone()


def test_killed_loads_are_whole_or_read_again(tmp_path: Path) -> None:
    project = example_project(tmp_path)
    rows = 300_000
    land_lines(tmp_path, rows, broken=True)
    run_dbt("parse", project=project)
    moments = random.Random(7)  # the same moments in every run
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", LOAD, project], start_new_session=True)
        time.sleep(moments.uniform(2, 8))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if (project / "warehouse.duckdb").exists():
            tables = count(project, "select count(*) from duckdb_tables() where schema_name = 'landing' and table_name = 'files'")
            if tables == (1,):
                known = count(project, "select coalesce(sum(row_count), 0) from landing.files where table_name = 'financial_lines'")
                assert count(project, "select count(*) from landing.financial_lines") == known
    subprocess.run([sys.executable, "-c", LOAD, project], check=True)
    assert count(project, "select count(*) from landing.financial_lines") == (rows,)
    assert count(project, "select row_count from landing.files where table_name = 'financial_lines'") == (rows,)


def test_a_million_lines_with_broken_ones_are_judged_at_about_the_price_of_clean_ones(tmp_path: Path) -> None:
    seconds = {}
    for kind in ("clean", "broken"):
        project = example_project(tmp_path / kind)
        broken = land_lines(project, 1_000_000, broken=kind == "broken")
        variables = f"keep_rejects: {str(kind == 'broken').lower()}"
        run_dbt("parse", "--vars", variables, project=project)
        before = resource.getrusage(resource.RUSAGE_SELF)
        run = run_dbt("build", "--select", "+rejects", "--exclude-resource-type", "test", "--vars", variables, project=project)
        after = resource.getrusage(resource.RUSAGE_SELF)
        assert run.success, run.text
        seconds[kind] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        broken_lines = "from staging.rejects where rule <> 'follows' and table_name = 'financial_lines'"
        assert count(project, f"select count(distinct (landing_file, row_number)) {broken_lines}") == (broken,)
    print({kind: f"{value:.1f} s of computing time" for kind, value in seconds.items()})
