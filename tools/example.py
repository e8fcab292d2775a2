"""Builds the fictitious contract of examples/ in a file of its own, never mixed with real figures."""

import csv
import os
import shutil
import tempfile
from pathlib import Path

import duckdb
import typer

from contracts.common.console import say, stop
from contracts.common.project import PROJECT, Run, copy_project, run_dbt
from contracts.common.shapes import shapes
from contracts.publish.releases import loosen_views

EXAMPLE = PROJECT / "examples" / "example.duckdb"

# figures of the documents, which the example has not
_OF_DOCUMENTS = "verified_figures"


def parsed_copy(folder: Path) -> Path:
    """Copies the dbt project into an empty folder, with what dbt read of it last, so that only files that differ are read again.

    Seeds that do not differ are then loaded from the folder of the project. Not for seeds over 1 MB: dbt tells those apart by path alone.
    """
    copy_project(folder)
    parse = PROJECT / "target" / "partial_parse.msgpack"
    if parse.is_file():
        (folder / "target").mkdir()
        shutil.copy2(parse, folder / "target")
    return folder


def example_project(folder: Path) -> Path:
    """Copies the dbt project into an empty folder, with the fictitious contract in place of the real seeds."""
    parsed_copy(folder)
    for seed in (folder / "seeds").glob("*.csv"):
        fictitious = PROJECT / "examples" / "seeds" / seed.name
        if fictitious.exists():
            shutil.copy2(fictitious, seed)
        elif shapes()[seed.stem].takes_landing or seed.stem == _OF_DOCUMENTS:
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
