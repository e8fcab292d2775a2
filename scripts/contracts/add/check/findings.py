"""One defect of an incoming file, and how people read it."""

from dataclasses import asdict, dataclass
from typing import Literal

CRITICAL, WARNING = "critical", "warning"

# what a build with --keep-rejects puts aside row by row; any other rule is about a whole file
_ROW_RULES = frozenset(
    ("cell_count", "type", "required", "not_negative", "ordered", "allowed", "pattern", "check_digit", "reference", "key")
)


@dataclass(frozen=True, order=True)
class Finding:
    """One defect.

    file: path from the project's folder. line: 1-based line of a CSV file where the row begins, row of a Parquet file; None: the whole
    file. column, value: None where the defect is none of a cell. advice: what to do. severity: a critical one stops contracts publish.
    """

    file: str
    line: int | None
    column: str | None
    rule: str
    value: str | None
    message: str
    advice: str
    table: str
    severity: Literal["critical", "warning"] = CRITICAL

    @property
    def place(self) -> str:
        """Where to look, in words."""
        unit = "row" if self.file.endswith(".parquet") else "line"
        line = f", {unit} {self.line}" if self.line else ""
        return f"{self.file}{line}{f', column {self.column}' if self.column else ''}"

    @property
    def is_of_a_landed_row(self) -> bool:
        """Whether one row of a landing file is broken, so that it can be put aside."""
        return self.rule in _ROW_RULES and self.file.startswith("landing/") and self.line is not None

    @property
    def text(self) -> str:
        """The whole defect in one line."""
        return f"{self.place}: {self.message}; {self.advice} [{self.severity}: {self.rule}]"

    def to_dict(self) -> dict:
        return asdict(self)


def shown(value: object) -> str:
    """A value as a message quotes it: on one line, cut after 60 signs, control signs escaped."""
    text = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in str(value))
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"
