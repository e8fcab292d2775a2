"""Builds the fictitious contract of examples/ in a file of its own, never mixed with real figures."""

import csv
import os
import shutil
import tempfile
from pathlib import Path

import duckdb

from contracts.project import PROJECT, Run, copy_project, run_dbt
from contracts.releases import loosen_views

EXAMPLE = PROJECT / "examples" / "example.duckdb"

# rules and lookups that the example shares with the real data
_REFERENCE = {
    "consistency_rules",
    "contract_types",
    "money_units",
    "number_words",
    "partner_types",
    "stages",
    "territory_types",
    "themes",
}


def example_project(folder: Path) -> Path:
    """Copies the dbt project into an empty folder, with the fictitious contract in place of the real seeds."""
    copy_project(folder)
    for seed in (folder / "seeds").glob("*.csv"):
        fictitious = PROJECT / "examples" / "seeds" / seed.name
        if fictitious.exists():
            shutil.copy2(fictitious, seed)
        elif seed.stem not in _REFERENCE:
            with seed.open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            seed.write_text(",".join(header) + "\n", encoding="utf-8")
    return folder


def build_example(destination: Path = EXAMPLE, *arguments: str) -> Run:
    """Builds the example and puts it at the destination when the build succeeds.

    arguments: further arguments of dbt build, such as --vars.
    """
    with tempfile.TemporaryDirectory() as folder:
        project = example_project(Path(folder))
        run = run_dbt("build", "--exclude-resource-type", "unit_test", *arguments, project=project)
        if run.success:
            with duckdb.connect(str(project / "warehouse.duckdb")) as connection:
                loosen_views(connection)
            staged = destination.with_suffix(".new")
            shutil.copy2(project / "warehouse.duckdb", staged)
            os.replace(staged, destination)
    return run
