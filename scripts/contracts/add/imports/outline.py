"""The outline of a table: under which volet each row stands, and which rows are headings or totals of others."""

import re
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd

from contracts.add.imports.reading import Chunk
from contracts.common.texts import plain_letters

Path = tuple[str, ...]

OPERATION, HEADING, TOTAL, UNKNOWN_TOTAL = 0, 1, 2, 3
_TOTAL = re.compile(r"^\s*(sous[\s-]*total|s/total|total)\b[\s:.\-–—]*", re.IGNORECASE)
_GRAND = {
    "",
    "general",
    "du contrat",
    "contrat",
    "global",
    "generaux",
    "cper",
    "du cper",
    "maquette",
    "de la maquette",
    "annexe",
    "tous volets",
}
_LEADING = re.compile(r"^(du |de la |de l['’]|des )?((sous[- ]?)?(volet|axe|objectif|action|ambition|priorite|mesure|programme)s?\b)?\s*"
                      r"([ivx]+\b|[0-9]+(\.[0-9]+)*)?[\s.:)\-–—]*")  # fmt: skip


def axis_key(label: str) -> str:
    """What two spellings of a heading share: "Volet 4 : Numérique" and "NUMERIQUE"."""
    plain = plain_letters(label)
    return _LEADING.sub("", plain, count=1).strip() or plain


@cache
def _keys(label: str) -> tuple[str, str]:
    """The key of a heading, and its plain letters."""
    return axis_key(label), plain_letters(label)


def matches(texts: pd.Series, pattern: re.Pattern[str]) -> np.ndarray:
    """Which texts a pattern is found in."""
    return np.fromiter((pattern.search(text) is not None for text in texts), dtype=bool, count=len(texts))


@dataclass
class Outlined:
    """Rows of a chunk. kind: OPERATION, HEADING, TOTAL or UNKNOWN_TOTAL. scope: number of the path of each row in Outline.paths.
    total_texts: the cell that makes a row a total, None elsewhere."""

    kind: np.ndarray
    scope: np.ndarray
    total_texts: np.ndarray


@dataclass
class Outline:
    """Follows a table from chunk to chunk.

    levels: columns of the outline, top level first. label: column with the name of the operation. headings: patterns of rows that
    open a level, top level first. fill_down: an empty cell of the outline continues the one above. total: pattern of total rows.
    """

    levels: list[str]
    label: str
    headings: list[re.Pattern[str]] = field(default_factory=list)
    fill_down: bool = False
    total: re.Pattern[str] | None = None
    grand_total: re.Pattern[str] | None = None
    paths: list[Path] = field(default_factory=lambda: [()])

    def __post_init__(self) -> None:
        self._numbers: dict[Path, int] = {path: number for number, path in enumerate(self.paths)}
        self._carried: list[str] = [""] * len(self.levels)
        self._opened: Path = ()
        self._last: Path = ()
        self._totalled: set[Path] = set()

    def number(self, path: Path) -> int:
        """Number of a path; a new path and the paths above it get the next ones."""
        if path not in self._numbers:
            self.number(path[:-1])
            self._numbers[path] = len(self.paths)
            self.paths.append(path)
        return self._numbers[path]

    def read(self, chunk: Chunk) -> Outlined:
        """Kind and scope of each row of a chunk, in the order of the file."""
        frame = chunk.frame
        columns = list(dict.fromkeys([*self.levels, self.label]))
        pattern = self.total or _TOTAL
        is_total = np.zeros(len(frame), dtype=bool)
        for column in columns:
            is_total |= matches(frame[column], pattern)
        is_heading = np.zeros(len(frame), dtype=bool)
        for heading in self.headings:
            is_heading |= matches(frame[self.label], heading)
        is_heading &= ~is_total
        labels = self._filled(frame, is_total | is_heading)
        kind = np.where(is_total, TOTAL, np.where(is_heading, HEADING, OPERATION))
        scope = self._numbered(labels, len(frame))
        special = np.flatnonzero(is_total | is_heading)
        start = 0
        opened = np.full(len(frame), -1, dtype=np.int64)
        texts = np.full(len(frame), None, dtype=object)
        for position in [*special, len(frame)]:
            if self.headings and position > start:
                opened[start:position] = self.number(self._opened)
            if position > start:
                last = opened[position - 1] if self.headings else scope[position - 1]
                self._last = self.paths[last]
            if position == len(frame):
                break
            row = frame.iloc[position]
            if is_heading[position]:
                self._open(row[self.label])
                scope[position] = opened[position] = self.number(self._opened)
                self._last = self._opened
            else:
                texts[position] = next(row[column] for column in columns if pattern.search(row[column]))
                path = self._total_of(row, texts[position], pattern)
                if path is None:
                    kind[position] = UNKNOWN_TOTAL
                    path = ()
                else:
                    self._totalled.add(path)
                scope[position] = opened[position] = self.number(path)
            start = position + 1
        if self.headings:
            scope = opened
        return Outlined(kind, scope, texts)

    def _filled(self, frame: pd.DataFrame, is_special: np.ndarray) -> list[pd.Series]:
        """The outline's cells of each row, filled from above where asked; a new upper cell ends the lower ones."""
        columns = []
        is_new_above = np.zeros(len(frame), dtype=bool)
        for level, column in enumerate(self.levels):
            cells = frame[column].where(~is_special, "")
            if self.fill_down:
                printed = (cells != "").to_numpy(dtype=bool)
                known = cells.where(printed | is_new_above)
                filled = known.ffill()
                cells = filled.fillna(self._carried[level])
                if len(cells):
                    self._carried[level] = cells.iloc[-1]
                is_new_above = is_new_above | printed
            columns.append(cells)
        return columns

    def _numbered(self, labels: list[pd.Series], size: int) -> np.ndarray:
        if not labels:
            return np.zeros(size, dtype=np.int64)
        keys = pd.MultiIndex.from_arrays(labels)
        codes, distinct = pd.factorize(keys)
        numbers = []
        for path in distinct:
            parts = path if isinstance(path, tuple) else (path,)
            # a level without cell is no level
            numbers.append(self.number(tuple(part for part in parts if part)))
        return np.array(numbers or [0], dtype=np.int64)[codes]

    def _open(self, text: str) -> None:
        for level, heading in enumerate(self.headings):
            if heading.search(text):
                self._opened = (*self._opened[:level], text)
                return

    def _total_of(self, row: pd.Series, text: str, pattern: re.Pattern[str]) -> Path | None:
        """The path that a total row adds up; None: unknown.

        It is named in the row; else a bare "Total" under a flat table is that of all, and any other bare total that of the innermost part
        just read that has none yet.
        """
        if self.grand_total and self.grand_total.search(text):
            return ()
        own = tuple(row[column] for column in self.levels if row[column] and not pattern.search(row[column]))
        rest = plain_letters(pattern.sub("", text, count=1))
        if rest in _GRAND and rest:
            return ()
        if rest:
            key = axis_key(rest)
            for path in reversed(self.paths):
                if path and (key == _keys(path[-1])[0] or rest == _keys(path[-1])[1]):
                    return path
            number = re.fullmatch(r"(?:sous-?)?(?:volet|axe|objectif|action)?\s*([0-9ivx]+(?:\.[0-9]+)*)", rest)
            for path in self.paths if number else ():
                if path and re.search(rf"\b{re.escape(number[1])}\b", _keys(path[-1])[1]):
                    return path
            return None
        if own:
            return own if own in self._numbers else None
        is_nested = self.fill_down or bool(self.headings)
        if not is_nested and text.lower().startswith("total"):
            return ()
        path = self._last
        while path and path in self._totalled:
            path = path[:-1]
        return path
