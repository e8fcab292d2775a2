"""Checks of seeds and landing files before a build: the models that a build begins with, in a file of their own."""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from contracts.add.check.findings import CRITICAL, Finding, rejected_rows
from contracts.add.check.loads import staged_load
from contracts.common.landing_files import find_files
from contracts.common.project import PROJECT, built_in, run_dbt

_SHOWN = 1000  # findings of the page; the JSON file has all
# without the gate, which would stop at the first broken row
_STAGING = ("build", "--select", "path:seeds", "path:models/staging", "--exclude", "gate", "--exclude-resource-types", "test", "unit_test")


@dataclass(frozen=True)
class Outcome:
    """What a check found, critical findings first. rows: number of rows of each table. compared_with: the published file, or why not."""

    findings: list[Finding]
    rows: dict[str, int]
    landing_rows: int
    compared_with: str

    @property
    def critical(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == CRITICAL]

    @property
    def summary(self) -> str:
        """One line."""
        warnings = len(self.findings) - len(self.critical)
        verdict = f"{len(self.critical)} critical, {warnings} warnings" if self.findings else "nothing wrong"
        rows = f"{sum(self.rows.values())} rows in {len(self.rows)} tables, {self.landing_rows} of them landed"
        return f"{rows}: {verdict}; {self.compared_with}"


class CheckError(Exception):
    """The check itself could not run."""


def check(project: Path = PROJECT, published: Path | None = None) -> Outcome:
    """Checks every seed and landing file of a project as a build does. published: the last published file, to tell drift.

    Raises CheckError with dbt's words where the models do not run.
    """
    defects = [Finding(**asdict(defect)) for defect in find_files(project)[1]]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "checked.duckdb"
        with built_in(database, leave_out_defective_files=True):
            run = run_dbt(*_STAGING, "--target-path", str(project / "target" / "check"), project=project)
        if not run.success:
            raise CheckError("\n".join(run.messages[-10:]))
        with duckdb.connect(str(database), read_only=True, config={"enable_external_access": False}) as connection:
            return outcome_of(connection, project, published, defects)


def outcome_of(connection: duckdb.DuckDBPyConnection, project: Path, published: Path | None, defects: Iterable[Finding] = ()) -> Outcome:
    """What a file holds that a build, or its first models, made of seeds and landing files. defects: files that are not in it."""
    findings = [*defects, *rejected_rows(connection, project)]
    load, landed = staged_load(connection)
    lost, compared = [], "not compared with a published file"
    if published and not defects:
        # the library takes seconds to import
        from contracts.add.check.drift import drift_from

        lost, compared = drift_from(published, load)
    findings = sorted([*findings, *lost], key=lambda found: (found.severity != CRITICAL, found.file, found.line or 0, found.column or ""))
    return Outcome(findings, load.rows, landed, compared)


def write_page(outcome: Outcome, folder: Path) -> Path:
    """Writes check.json with every finding and check.md to read. Returns the page."""
    folder.mkdir(parents=True, exist_ok=True)
    checked_at = datetime.now(UTC).isoformat(timespec="seconds")
    content = {"checked_at": checked_at, "rows": outcome.rows, "findings": [finding.to_dict() for finding in outcome.findings]}
    (folder / "check.json").write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    lines = ["# Check of seeds and landing files", "", f"{checked_at}: {outcome.summary}", ""]
    if outcome.findings:
        lines += ["| severity | where | rule | what | what to do |", "|---|---|---|---|---|"]
    for finding in outcome.findings[:_SHOWN]:
        cells = (finding.severity, finding.place, finding.rule, finding.message, finding.advice)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    lines += ["", "| table | rows |", "|---|--:|", *(f"| {table} | {count} |" for table, count in outcome.rows.items())]
    page = folder / "check.md"
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return page
