"""The seal: only figures on which two readings agree get one, and a change of either reading loses it."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from contracts.add.seal import Sealing, seal
from contracts.cli import add, app
from contracts.common.project import PROJECT, run_dbt
from tools.direct import prepare, read_manifest, statements

_BROKEN = (
    "select subject_code, reason from intermediate.int_results_on_figures "
    "where rule_id = 'verified_figure_is_unchanged' and status = 'fail'"
)
# a counted line of the CPER, sealed as shipped
_MENTION, _LINE = "cper_0469_1", "cper_npdc_modes_actifs"


class Folder:
    """A copy of the seeds with the warehouse file that the project's SQL makes of them."""

    def __init__(self, path: Path, manifest: dict) -> None:
        self.path = path
        self.warehouse = path / "warehouse.duckdb"
        self.seal_file = path / "verified_figures.csv"
        self.manifest = manifest
        self.statements = statements(manifest, ["int_results_on_figures"], path)
        for seed in (PROJECT / "seeds").glob("*.csv"):
            shutil.copy2(seed, path)

    def build(self) -> list[tuple[str, str]]:
        """Builds anew. Returns the broken seals: mention and reason."""
        self.warehouse.unlink(missing_ok=True)
        with duckdb.connect(str(self.warehouse)) as connection:
            prepare(connection, self.manifest)
            for statement in self.statements:
                if statement.kind != "test":
                    connection.execute(statement.sql)
            return connection.execute(_BROKEN).fetchall()

    def change(self, seed: str, edit: Callable[[dict[str, str]], None]) -> None:
        path = self.path / f"{seed}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            edit(row)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def change_line(self, **values: str) -> None:
        self.change("financial_lines", lambda row: row.update(values) if row["line_code"] == _LINE else None)

    def seal(self) -> Sealing:
        return seal(self.warehouse, self.seal_file)


@pytest.fixture(scope="module")
def manifest(empty_copy: Path) -> dict:
    run = run_dbt("compile", project=empty_copy, artifacts=True)
    assert run.success, run.text
    return read_manifest(empty_copy)


@pytest.fixture
def folder(tmp_path: Path, manifest: dict) -> Folder:
    return Folder(tmp_path, manifest)


def test_only_agreeing_figures_are_sealed_and_a_second_run_changes_nothing(folder: Folder) -> None:
    assert folder.build() == []
    shipped = folder.seal_file.read_bytes()
    first = folder.seal()
    differing = {(document, line) for document, line, *_ in first.differences}
    with duckdb.connect(str(folder.warehouse), read_only=True) as connection:
        agreed = connection.execute("select count(*) from intermediate.int_figures_compared where is_agreed").fetchone()[0]
        read_once = connection.execute(
            "select document_code, line_number from intermediate.int_figures_compared where not is_agreed"
        ).fetchall()
    assert folder.seal_file.read_bytes() == shipped, "run contracts seal: the shipped seals are not those of the shipped figures"
    assert first.sealed_count == agreed < first.figure_count
    assert first.unsealed == []
    assert differing == set(read_once)
    assert folder.seal() == first
    assert folder.seal_file.read_bytes() == shipped


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"stage": "announced"}, "stage: announced, in the second reading contracted"),
        ({"partner_code": "anru"}, "funder: anru, in the second reading group_partners_cper_npdc"),
        ({"instrument": "loan"}, "read again"),
    ],
    ids=["read otherwise", "another funder", "not in the second reading"],
)
def test_a_changed_figure_loses_its_seal(folder: Folder, change: dict[str, str], told: str) -> None:
    folder.change_line(**change)
    ((mention, reason),) = folder.build()
    assert mention == _MENTION
    assert told in reason


def test_a_seal_comes_back_when_both_readings_agree_again(folder: Folder) -> None:
    folder.change_line(stage="announced")
    folder.build()
    assert folder.seal().unsealed == [_MENTION]
    assert folder.build() == []

    def read_again(row: dict[str, str]) -> None:
        if (row["document_code"], row["line_number"]) == ("cper_npdc_2015_2020", "469"):
            row["stage"] = "announced"

    folder.change("second_reading", read_again)
    assert folder.build() == []
    sealing = folder.seal()
    assert sealing.unsealed == []
    assert f"{_MENTION}," in folder.seal_file.read_text(encoding="utf-8")
    assert folder.build() == []


def test_a_change_of_the_second_reading_breaks_the_seal(folder: Folder) -> None:
    folder.change("second_reading", lambda row: row.update(line_use="cost") if row["printed_figure"] == "43.35M€" else None)
    ((mention, reason),) = folder.build()
    assert mention == _MENTION
    assert "use: counted, in the second reading cost" in reason


def test_what_differs_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    differing = ("cper_npdc_2015_2020", 1101, "110 M€", "funder", None, "etat")
    monkeypatch.setattr(add, "seal", lambda: Sealing(2, 3, ["cper_1101_1"], [differing]))
    result = CliRunner().invoke(app, ["seal"])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert any(all(word in line for word in ("1101", "110 M€", "funder", "–", "etat")) for line in lines)
    assert "cper_1101_1 was sealed and is no longer" in lines
    assert "2 of 3 figures are sealed, 1 count as read once: run dbt build" in result.output


def test_before_the_first_build_the_command_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(add, "seal", lambda: seal(tmp_path / "warehouse.duckdb", tmp_path / "verified_figures.csv"))
    result = CliRunner().invoke(app, ["seal"])
    assert result.exit_code == 1
    assert "is not built yet" in result.output
