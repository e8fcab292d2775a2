"""The next versions of dbt and of DuckDB, and the three pins alone, build the same tables, each in an environment of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from contracts.common.project import PROJECT, WAREHOUSE, attach_warehouse, copy_project
from contracts.publish.files import published_tables
from tools.spark.compare import compare

# what takes the place of packages of requirements.lock, or comes beside them
LEGS = {
    # without dbt-core-experimental-parser, which downloads a binary that no package index holds
    "dbt-core 1.12": ["dbt-core==1.12.6", "metricflow==0.213.0", "python-dotenv==1.2.1", "sqlglot==28.10.1"],
    "duckdb 2.0": ["duckdb==2.0.0"],
    # and what plain dbt needs, nothing else: whatever the index has for what these depend on
    "the three pins": [],
}


def test_the_three_pins_of_dbt_are_those_of_the_lock_file() -> None:
    pins = [line for line in (PROJECT / "requirements-dbt.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    locked = (PROJECT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert len(pins) == 3
    assert [pin for pin in pins if f"{pin} \\" not in locked] == []


def environment(folder: Path, packages: list[str]) -> Path:
    """Installs the lock file and the packages of a leg, or, without packages, the three pins. Returns the folder of its programs."""
    uv = [sys.executable, "-m", "uv"]
    python = ["--python", str(folder / "bin" / "python")]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(folder)], check=True)
    if packages:
        subprocess.run([*uv, "pip", "sync", "--quiet", *python, "--require-hashes", str(PROJECT / "requirements.lock")], check=True)
        subprocess.run([*uv, "pip", "install", "--quiet", *python, "--no-deps", *packages], check=True)
    else:
        subprocess.run([*uv, "pip", "install", "--quiet", *python, "-r", str(PROJECT / "requirements-dbt.txt")], check=True)
    return folder / "bin"


@pytest.mark.slow
@pytest.mark.parametrize("leg", LEGS)
def test_another_environment_builds_the_same_tables(leg: str, tmp_path: Path) -> None:
    programs = environment(tmp_path / "environment", LEGS[leg])
    project = copy_project(tmp_path / "project")
    shutil.copytree(PROJECT / "scripts", project / "scripts")  # the plugin that profiles.yml names
    built = subprocess.run(
        [programs / "dbt", "--no-use-colors", "build"],
        cwd=project,
        env=os.environ | {"PWD": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout[-4000:]
    with duckdb.connect() as connection:
        attach_warehouse(connection, WAREHOUSE)
        connection.execute(f"attach '{project / 'warehouse.duckdb'}' as other (read_only)")
        tables = published_tables(connection)
        found = [
            compare(connection, each.file_name, each.relation, f"other.{each.schema}.{each.name}", each.primary_key) for each in tables
        ]
    assert len(found) > 30
    assert [each for each in found if not each.is_equal] == []
