"""Checks of seeds and landing files before dbt reads them."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from contracts.add.check.findings import CRITICAL, WARNING, Finding
from contracts.add.check.reading import read_project
from contracts.common.project import PROJECT

_SHOWN = 1000  # findings of the page; the JSON file has all


@dataclass(frozen=True)
class Outcome:
    """What a check found, critical findings first. rows: number of rows of each table. compared_with: the published file, or why not."""

    findings: list[Finding]
    rows: dict[str, int]
    landing_rows: int
    compared_with: str

    @property
    def rows_of_files(self) -> dict[str, int]:
        """Rows of each table with those that have too many or too few cells, which rows leaves out."""
        broken = Counter(finding.table for finding in self.findings if finding.rule == "cell_count")
        return {table: count + broken[table] for table, count in self.rows.items()}

    @property
    def is_whole(self) -> bool:
        """Every row was held and checked."""
        return not any(finding.rule == "many_rows" for finding in self.findings)

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


def check(project: Path = PROJECT, published: Path | None = None) -> Outcome:
    """Checks every seed and landing file of a project. published: the last published file, to tell drift."""
    tables, findings = read_project(project)
    # the library takes seconds to import
    from contracts.add.check.drift import drift_from, incoming_load
    from contracts.add.check.expectations import check_table

    for incoming in tables.values():
        findings = [*findings, *incoming.findings, *check_table(incoming, tables)]
    for name, incoming in tables.items():
        if incoming.unread:
            message = f"{incoming.unread} of {incoming.row_count} rows are counted and not checked here"
            advice = "nothing to do: the tests of the build read every row; contracts publish compares contracts and money afterwards"
            findings.append(Finding(name, None, None, "many_rows", None, message, advice, name, WARNING))
    lost, compared = [], "not compared with a published file"
    if published and not any(incoming.findings for incoming in tables.values()):
        lost, compared = drift_from(published, incoming_load(tables))
    findings += lost
    rows = {name: incoming.row_count for name, incoming in tables.items()}
    landed = sum(int(incoming.frame["_file"].str.startswith("landing/").sum()) + incoming.unread for incoming in tables.values())
    findings.sort(key=lambda finding: (finding.severity != CRITICAL, finding.file, finding.line or 0, finding.column or ""))
    return Outcome(findings, rows, landed, compared)


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
