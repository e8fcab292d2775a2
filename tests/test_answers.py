"""Every analysis answers on the built warehouse, from what readers may count on, and one that fails keeps no other from printing."""

import json
import shutil

import duckdb
import pytest
from typer.testing import CliRunner

from contracts.cli import app
from contracts.common.project import PROJECT, WAREHOUSE, Run
from contracts.use.answers import Answer, answers
from tools.example import parsed_copy

PUBLIC = ("star", "marts", "quality")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """From a copy: dbt compiles there, while other tests hold the warehouse open."""
    project = parsed_copy(tmp_path_factory.mktemp("answers"))
    shutil.copy2(WAREHOUSE, project / WAREHOUSE.name)
    return list(answers(project, project / WAREHOUSE.name))


def test_every_analysis_answers(given: list[Answer]) -> None:
    assert [answer.name for answer in given] == sorted(path.stem for path in (PROJECT / "analyses").glob("*.sql"))
    assert [answer.failure for answer in given if answer.failure] == []
    assert [answer.name for answer in given if not answer.rows] == []
    assert [answer.name for answer in given if not (answer.question.endswith("?") and answer.meaning)] == []


def test_analyses_read_public_models_only() -> None:
    nodes = json.loads((PROJECT / "target" / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    analyses = {node["name"]: node["depends_on"]["nodes"] for node in nodes.values() if node["resource_type"] == "analysis"}
    assert len(analyses) > 10
    hidden = {name: [parent for parent in parents if nodes[parent]["schema"] not in PUBLIC] for name, parents in analyses.items()}
    assert {name: parents for name, parents in hidden.items() if parents} == {}


def test_a_failing_analysis_says_so_and_the_others_print(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = {
        "a_works": "-- How much?\n-- One row.\nselect 1 as amount",
        "b_breaks": "-- Who?\n-- Nobody.\nselect gone from nowhere",
        "c_works": "-- Where?\n-- Here.\nselect 'Lens' as place",
    }
    monkeypatch.setattr("contracts.use.answers.run_dbt", lambda *arguments, project: Run(True, [], compiled))
    result = CliRunner().invoke(app, ["answers"])
    text = " ".join(result.output.split())
    assert result.exit_code == 1
    assert "analyses/b_breaks.sql gives no answer on this warehouse" in text
    assert "nowhere" in text and "Lens" in text and "Traceback" not in text


def test_a_file_that_is_no_warehouse_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    broken = tmp_path / "warehouse.duckdb"
    broken.write_text("this is no database\n" * 1000, encoding="utf-8")
    monkeypatch.setattr("contracts.cli.use.answers", lambda: answers(warehouse=broken))
    result = CliRunner().invoke(app, ["answers"])
    assert result.exit_code == 1
    assert result.output.startswith("warehouse.duckdb cannot be read") and not isinstance(result.exception, duckdb.Error)
