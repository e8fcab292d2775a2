"""Each imported file is a document, and each amount a printed figure at one of its lines."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.values import read_date

STATUSES = ("signed", "draft", "report", "web_page", "pledge")


@dataclass(frozen=True)
class Publication:
    """Who published the file, when and as what; never guessed.

    published_on: ISO date. precision: day, month or year, from how the date was given.
    """

    title: str
    publisher: str
    published_on: str
    status: str
    precision: str = "day"
    source_url: str | None = None

    @property
    def latest_day(self) -> str:
        """The last day, ISO, that the date of publication can mean; nothing in the file is later."""
        day = date.fromisoformat(self.published_on)
        if self.precision == "year":
            return f"{day.year}-12-31"
        return day.replace(day=monthrange(day.year, day.month)[1]).isoformat() if self.precision == "month" else self.published_on


def publication(
    title: str, publisher: str | None, published_on: str | None, status: str | None, source_url: str | None = None
) -> Publication:
    """Checked publication details. published_on: a day, a month (2024-05) or a year (2024).

    ImportRefusedError: one is missing or wrong.
    """
    if not publisher:
        raise ImportRefusedError("option_missing", option="--publisher", why="publisher of the file / éditeur du fichier")
    if not published_on:
        raise ImportRefusedError("option_missing", option="--published-on", why="date of publication / date de publication (2024-05-31)")
    if not status:
        raise ImportRefusedError("option_missing", option="--status", why=" | ".join(STATUSES))
    if status not in STATUSES:
        raise ImportRefusedError("option_invalid", option="--status", value=status, why=" | ".join(STATUSES))
    text = str(published_on)
    precision = {4: "year", 7: "month"}.get(len(text), "day")
    read, problem, doubt = read_date(text + {"year": "-01-01", "month": "-01"}.get(precision, ""))
    if problem or doubt or read is None:
        raise ImportRefusedError("option_invalid", option="--published-on", value=text, why="2024-05-31, 2024-05, 2024")
    if read > date.today().isoformat():
        raise ImportRefusedError("option_invalid", option="--published-on", value=text, why="in the future / dans le futur")
    return Publication(title, publisher, read, status, precision, source_url)


def document_row(code: str, details: Publication, sha256: str, line_count: int, note: str, title: str | None = None) -> dict[str, object]:
    """A row of source_documents for a file or one of its sheets. line_count: lines of the file, or rows of the sheet."""
    return {
        "document_code": code,
        "title": title or details.title,
        "publisher": details.publisher,
        "published_on": details.published_on,
        "published_on_precision": details.precision,
        "document_status": details.status,
        "source_url": details.source_url,
        "sha256": sha256,
        "line_count": line_count,
        "note": note,
    }


def mention_rows(
    document_code: str | np.ndarray,
    lines: np.ndarray,
    line_codes: Sequence[str] | pd.Series,
    printed: Sequence[str] | pd.Series,
    printed_unit: Sequence[str | None] | np.ndarray,
    mention_codes: Sequence[str] | pd.Series | None = None,
    as_of_date: Sequence[str | None] | np.ndarray | str | None = None,
) -> dict[str, object]:
    """Rows of source_mentions: each figure states the financial line of the same position.

    lines: row of the file that prints the figure. as_of_date: closing date of the position stated, for lines that have one.
    mention_codes: "m__" and the line code when None.
    """
    codes = pd.Series(line_codes, dtype="str")
    return {
        "mention_code": mention_codes if mention_codes is not None else "m__" + codes,
        "document_code": document_code,
        "line_number": lines,
        "printed_figure": printed,
        "printed_unit": printed_unit,
        "qualifier": "exact",
        "basis": "total",
        "multiplier": 1,
        "role": "states",
        "subject_type": "financial_line",
        "subject_code": codes,
        "subject_as_of_date": as_of_date,
    }
