"""Builds the fictitious contract of examples/ in a file of its own, never mixed with real figures."""

import csv
import os
import shutil
import tempfile
from pathlib import Path

import duckdb
import typer

from contracts.cli.console import say, stop
from contracts.common.project import PROJECT, Run, copy_project, run_dbt
from contracts.publish.releases import loosen_views

EXAMPLE = PROJECT / "examples" / "example.duckdb"

# rules and lookups that the example shares with the real data
_REFERENCE = {
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
        run = run_dbt("build", *arguments, project=project)
        if run.success:
            with duckdb.connect(str(project / "warehouse.duckdb")) as connection:
                loosen_views(connection)
            staged = destination.with_suffix(".new")
            shutil.copy2(project / "warehouse.duckdb", staged)
            os.replace(staged, destination)
    return run


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main() -> None:
    """Builds the fictitious contract of examples/ into examples/example.duckdb."""
    run = build_example()
    if not run.success:
        stop(run.text)
    say(f"{EXAMPLE.name} is built")


if __name__ == "__main__":
    app()
