"""One defect of an incoming file, and how people read it."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import duckdb

from contracts.common.landing_files import FileDefect
from contracts.common.shapes import Shape, shapes

CRITICAL, WARNING = "critical", "warning"


@dataclass(frozen=True, order=True)
class Finding(FileDefect):
    """A defect as a check tells it. severity: a critical one stops contracts publish."""

    severity: Literal["critical", "warning"] = CRITICAL

    @property
    def is_of_a_file(self) -> bool:
        """Whether it is about what comes in, not about the published file."""
        return self.file.startswith(("landing/", "seeds/"))

    @property
    def text(self) -> str:
        """The whole defect in one line."""
        return f"{super().text} [{self.severity}: {self.rule}]"

    def to_dict(self) -> dict:
        return asdict(self)


def rejected_rows(connection: duckdb.DuckDBPyConnection, project: Path) -> list[Finding]:
    """What staging.rejects of a file holds, with what to do; rows that only follow another one are left to it."""
    known = shapes(project)
    rows = connection.execute("""
        select file_name, line_number, column_name, rule, value_found, reason, table_name
        from staging.rejects
        where rule <> 'follows'
        order by file_name, line_number, column_name
    """).fetchall()
    findings = []
    for file, line, column, rule, value, reason, table in rows:
        message, advice = reason, _advice(rule, column, known[table])
        if not advice:
            # the rules of printed figures say in one sentence what is wrong and what to write
            message, _, advice = reason.rpartition("; ")
        findings.append(Finding(file, line, column, rule, value, _message(message), advice, table))
    return findings


def _message(reason: str) -> str:
    """A reason on one line."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in reason)


def _advice(rule: str, column: str | None, shape: Shape) -> str:
    """What to do about a broken row; empty where the reason says it."""
    kind = shape.columns.get(column or "", "")
    advice = {
        "allowed": "take one of these",
        "cell_count": "put text that holds a comma between quotes, or fill the missing cells",
        "cell_too_long": "look for a missing quote, or cut it",
        "check_digit": "compare it with the official register",
        "control_sign": "remove it",
        "figure": "add the mention that states it to source_mentions, or correct amount_status",
        "key": "keep one row; a landing file adds rows and corrects none",
        "key_again": "remove it",
        "loop": "name the row that truly stands above it",
        "not_negative": "write it without sign",
        "odd_space": "remove the space",
        "ordered": f"exchange them or correct {column}",
        "other_contract": "name a line of the same contract, or possible_parent_code",
        "pattern": "correct it",
        "positive": "write 1 or a higher whole number",
        "quotes": 'close the quote, or double one inside a cell: ""',
        "reference": f"correct it, or add the row to {shape.references.get(column or '', ('', ''))[0].removeprefix('all_')}",
        "required": f"fill it: {shape.descriptions.get(column or '', '')}",
        "reserved": "take another code",
        "subject": "correct it, or add the line or indicator",
        "too_deep": "name a row further up",
        "two_contracts": "give each contract a line of its own",
        "type": {
            "date": "write year-month-day between 1950 and 2100: 2021-03-31",
            "boolean": "write true or false",
            "integer": "write a whole number: 2021",
            "bigint": "write a whole number",
        }.get(kind, "write digits with a point and at most 2 decimals: 1234567.89"),
    }
    return advice.get(rule, "")
