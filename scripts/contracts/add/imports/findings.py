"""What an import rejects or doubts: counted, kept with the row as it stood, and told in both languages."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from contracts.add.imports.messages import say
from contracts.add.imports.reading import Broken, Chunk
from contracts.add.imports.values import EXCEL_ERRORS
from contracts.add.imports.workbooks import FORMULA_WITHOUT_VALUE
from contracts.common.texts import no_formula

COLUMNS = ["decision", "file", "sheet", "line", "column", "rule", "message_fr", "message_en", "original_row"]
REJECTED, DOUBTFUL = "rejected", "accepted_with_doubt"


@dataclass
class Finding:
    """One reason at one cell. original: cells of the row by column."""

    decision: str
    sheet: str
    line: int
    column: str
    rule: str
    values: dict[str, object]
    original: dict[str, str]


class Findings:
    """Collects findings of one file, writes them in the order of the lines, and counts rows.

    A row is rejected when at least one finding rejects it, doubtful when it is accepted and at least one doubts it.
    """

    def __init__(self, path: Path, file_name: str) -> None:
        self.path = path
        self.file_name = file_name
        self.rows_in = self.accepted = self.rejected = self.doubtful = 0
        self.rows_by_rule: dict[str, Counter[str]] = {REJECTED: Counter(), DOUBTFUL: Counter()}
        self.first: dict[tuple[str, str], Finding] = {}
        self._pending: list[Finding] = []
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(COLUMNS)

    def broken(self, sheet: str, columns: Sequence[str], rows: Sequence[Broken]) -> None:
        """Rejects rows that do not fit the header."""
        for row in rows:
            names = [*columns, *(f"+{extra}" for extra in range(1, len(row.cells) - len(columns) + 1))]
            original = dict(zip(names, row.cells, strict=False))
            column = str(row.detail.get("column", ""))
            self._pending.append(Finding(REJECTED, sheet, row.line, column, row.rule, row.detail, original))

    def reject(self, chunk: Chunk, where: np.ndarray, rule: str | np.ndarray, column: str = "", **values: object) -> None:
        """Rejects rows of a chunk. where: mask. rule: one, or one a row. values: fill the sentence; an array has one value a row.

        {value} of a sentence is the cell of the column.
        """
        self._add(REJECTED, chunk, where, rule, column, values)

    def doubt(self, chunk: Chunk, where: np.ndarray, rule: str | np.ndarray, column: str = "", **values: object) -> None:
        """Doubts rows of a chunk, which stay accepted."""
        self._add(DOUBTFUL, chunk, where, rule, column, values)

    def _add(self, decision: str, chunk: Chunk, where: np.ndarray, rule: str | np.ndarray, column: str, values: dict[str, object]) -> None:
        positions = np.flatnonzero(where)
        if not len(positions):
            return
        rows = chunk.frame.iloc[positions].to_dict("records")
        for position, original in zip(positions, rows, strict=True):
            own = {name: value[position] if isinstance(value, np.ndarray | list) else value for name, value in values.items()}
            own.setdefault("value", original.get(column, ""))
            own_rule = rule if isinstance(rule, str) else rule[position]
            if own["value"] in EXCEL_ERRORS and decision == REJECTED:
                own_rule = "excel_error"
            if own["value"] == FORMULA_WITHOUT_VALUE:
                own_rule = "formula_without_value"
            self._pending.append(Finding(decision, chunk.sheet, int(chunk.lines[position]), column, own_rule, own, original))

    def rejected_lines(self, sheet: str) -> set[int]:
        """Lines of a sheet that are rejected so far in the chunk at hand."""
        return {finding.line for finding in self._pending if finding.decision == REJECTED and finding.sheet == sheet}

    def is_accepted(self, chunk: Chunk) -> np.ndarray:
        """Mask of the rows of a chunk that nothing rejects so far."""
        rejected = self.rejected_lines(chunk.sheet)
        if not rejected:
            return np.ones(len(chunk), dtype=bool)
        return ~np.isin(chunk.lines, np.fromiter(rejected, dtype=np.int64))

    def close_chunk(self, rows_in: int, accepted: int) -> None:
        """Writes the findings of the rows at hand and counts: rows read, rows that the importer took.

        AssertionError: a row was neither taken nor rejected, a fault of the importer.
        """
        rejected = {(finding.sheet, finding.line) for finding in self._pending if finding.decision == REJECTED}
        assert rows_in == accepted + len(rejected), f"{rows_in} rows read, {accepted} accepted, {len(rejected)} rejected"
        doubted = {(finding.sheet, finding.line) for finding in self._pending} - rejected
        counted: set[tuple[str, str, str, int]] = set()
        for finding in sorted(self._pending, key=lambda finding: (finding.sheet, finding.line)):
            if finding.decision == DOUBTFUL and (finding.sheet, finding.line) in rejected:
                continue
            self.first.setdefault((finding.decision, finding.rule), finding)
            key = (finding.decision, finding.rule, finding.sheet, finding.line)
            if key not in counted:
                counted.add(key)
                self.rows_by_rule[finding.decision][finding.rule] += 1
            self._write(finding)
        self.rows_in += rows_in
        self.accepted += accepted
        self.rejected += len(rejected)
        self.doubtful += len(doubted)
        self._pending.clear()

    def doubt_row(
        self, sheet: str, line: int, rule: str, column: str = "", original: dict[str, str] | None = None, **values: object
    ) -> None:
        """Doubts one accepted row of an earlier chunk, found out at the end of the file (a subtotal that its rows do not reach)."""
        finding = Finding(DOUBTFUL, sheet, line, column, rule, values, original or {})
        self.first.setdefault((DOUBTFUL, rule), finding)
        self.rows_by_rule[DOUBTFUL][rule] += 1
        self.doubtful += 1
        self._write(finding)

    def _write(self, finding: Finding) -> None:
        self._writer.writerow(
            [
                finding.decision,
                no_formula(self.file_name),
                no_formula(finding.sheet),
                finding.line,
                no_formula(finding.column),
                finding.rule,
                no_formula(say(finding.rule, "fr", **finding.values)),
                no_formula(say(finding.rule, "en", **finding.values)),
                json.dumps(finding.original, ensure_ascii=False),
            ]
        )

    def close(self) -> None:
        """Ends the file."""
        self._file.close()
