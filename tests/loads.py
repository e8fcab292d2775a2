"""The load of landing files alone, on one parse of the project: for tests that change data, not code."""

from contextlib import chdir
from functools import cache
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from contracts.common.project import Run, run_dbt


@cache
def parsed(project: Path) -> Manifest:
    """The project as dbt reads it."""
    with chdir(project):
        return dbtRunner().invoke(["--quiet", "parse", "--profiles-dir", str(project)]).result


def load(project: Path, *arguments: str) -> Run:
    """The shortest run that loads landing files."""
    return run_dbt("seed", "--select", "stages", *arguments, project=project, manifest=parsed(project))
