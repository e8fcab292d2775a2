"""Measures the shipped data: a warm dbt build beside that of an empty project and beside the same SQL run directly in DuckDB."""

import shutil
from dataclasses import asdict
from pathlib import Path

from tools.bench.processes import Cost, run_dbt_apart, run_task
from tools.bench.sizes import Settings, scratch_project
from tools.bench.tables import Tell

_EMPTY = """\
name: empty_project
version: 0.1.0
config-version: 2
profile: territorial_contracts
flags:
  send_anonymous_usage_stats: false
"""


def measure_shipped(folder: Path, settings: Settings, tell: Tell) -> dict:
    """Runs every way to build in turn, warm. folder: scratch, emptied before and after. Raises BenchError when one fails."""
    project, empty = scratch_project(folder / "project", settings), folder / "empty"
    (empty / "models").mkdir(parents=True)
    (empty / "dbt_project.yml").write_text(_EMPTY, encoding="utf-8")
    shutil.copy2(project / "profiles.yml", empty / "profiles.yml")
    costs: dict[str, list[Cost]] = {"all_tests": [], "without_unit_tests": [], "empty_project": [], "direct": []}
    try:
        tell("shipped data: first build")
        run_dbt_apart(project, "build")
        manifest = folder / "manifest.json"
        shutil.copy2(project / "target" / "manifest.json", manifest)
        run_dbt_apart(empty, "build")
        for run in range(1, settings.runs + 1):
            tell(f"shipped data: warm builds {run} of {settings.runs}")
            costs["all_tests"].append(run_dbt_apart(project, "build", "--select", "fqn:*"))
            costs["without_unit_tests"].append(run_dbt_apart(project, "build"))
            costs["empty_project"].append(run_dbt_apart(empty, "build"))
            database = folder / "direct.duckdb"
            database.unlink(missing_ok=True)
            cost, _ = run_task("direct", project, project=project, manifest=manifest, database=database)
            costs["direct"].append(cost)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {way: [asdict(cost) for cost in runs] for way, runs in costs.items()}
