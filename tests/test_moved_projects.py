"""Copies, moved projects and commands from elsewhere work on the project that they name, and on its files alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from contracts.common.project import PROJECT
from tools.example import example_project

DBT = (str(Path(sys.executable).with_name("dbt")), "--quiet", "--no-use-colors")
CONTRACTS = str(Path(sys.executable).with_name("contracts"))
SOME = ("--select", "+gate", "--exclude-resource-type", "test")  # seeds, landing files and the models that judge their rows

pytestmark = pytest.mark.slow


def run(folder: Path, *command: str) -> subprocess.CompletedProcess:
    """Runs a command as a shell in that folder would."""
    environment = os.environ | {"PWD": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def built(folder: Path, *arguments: str, at: Path | None = None) -> None:
    done = run(at or folder, *DBT, "build", *arguments)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


def labels(project: Path) -> set[str]:
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        return {
            label for (label,) in connection.execute("select label_fr from seeds.funds union select label_fr from landing.funds").fetchall()
        }


def add_fund(project: Path, label: str) -> None:
    with (project / "seeds" / "funds.csv").open("a", encoding="utf-8") as file:
        file.write(f"added,{label},\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example, with all that plain dbt needs, built up to the gate."""
    project = example_project(tmp_path / "original")
    shutil.copytree(PROJECT / "scripts", project / "scripts")
    add_fund(project, "Original")
    built(project, *SOME)
    return project


def test_a_copy_builds_its_own_seeds_and_landing_files(project: Path, tmp_path: Path) -> None:
    before = labels(project)
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    seed = copy / "seeds" / "funds.csv"
    seed.write_text(seed.read_text(encoding="utf-8").replace("Original", "Copie"), encoding="utf-8")
    (copy / "landing" / "funds").mkdir(parents=True)
    (copy / "landing" / "funds" / "landed.csv").write_text("fund_code,label_fr\nlanded,Déposé\n", encoding="utf-8")
    built(copy, *SOME)
    assert labels(copy) == before - {"Original"} | {"Copie", "Déposé"}
    assert labels(project) == before


def test_a_moved_project_builds_whole_in_a_folder_of_any_name(project: Path, tmp_path: Path) -> None:
    moved = project.rename(tmp_path / "wh de l'État")
    built(moved)
    assert "Original" in labels(moved)
    for command in (("new", "essai_2030"), ("check",)):
        done = run(moved, CONTRACTS, *command)
        assert done.returncode == 0, done.stdout + done.stderr
    assert list((moved / "landing").rglob("*.csv"))
    assert not (tmp_path / "original").exists()


def test_a_command_from_elsewhere_makes_no_second_database(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    add_fund(project, "Ailleurs")
    seed = project / "seeds" / "funds.csv"
    seed.write_text(seed.read_text(encoding="utf-8").replace("added,Original", "first,Original"), encoding="utf-8")
    built(project, *SOME, "--project-dir", str(project), "--profiles-dir", str(project), at=elsewhere)
    assert {"Original", "Ailleurs"} <= labels(project)
    built(project, *SOME, "--project-dir", ".")
    assert [path.name for path in elsewhere.iterdir() if path.name != "logs"] == []
    refused(tmp_path, Path("original"), "write the whole path")
    refused(tmp_path, project.rename(tmp_path / "l'original"), "has an apostrophe")


def refused(folder: Path, project: Path, sentence: str) -> None:
    """Runs dbt in a folder on a project elsewhere, which it does not take."""
    done = run(folder, *DBT, "build", *SOME, "--project-dir", str(project), "--profiles-dir", str(project))
    assert done.returncode != 0
    assert sentence in done.stdout
