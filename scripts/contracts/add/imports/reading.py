"""Reads a CSV file or a workbook row by row, with the line of each row, and says how it was read.

A row of a CSV file has the number of its first physical line, so that quoted line breaks keep the numbers right.
"""

import codecs
import csv
import hashlib
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd

from contracts.add.imports.messages import ImportRefusedError

MAX_FILE_MB = 4096
MAX_COLUMNS = 500
MAX_CELL = 32_767  # Excel's own limit
CHUNK_ROWS = 50_000
DELIMITERS = {";": "« ; »", ",": "« , »", "\t": "tabulation"}
_BLOCK = 1 << 20
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")

_MAGIC = (
    (b"%PDF", "PDF"),
    (b"PAR1", "Parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"<!DOCTYPE", "HTML"),
    (b"<!doctype", "HTML"),
    (b"<html", "HTML"),
    (b"<HTML", "HTML"),
    (b"<?xml", "XML"),
    (b"{\\rtf", "RTF"),
)


@dataclass(frozen=True)
class Row:
    """One row of a file: its first line (1-based), its cells as text ("" when empty), and why it could not be read."""

    line: int
    cells: list[str]
    problem: str | None = None
    detail: str = ""


class Source(Protocol):
    """A file that gives rows: a CSV file has one sheet named ""."""

    path: Path
    sha256: str
    sheets: list[str]

    def described(self) -> tuple[str, dict[str, str]]:
        """How the file was read: a sentence of messages and what fills it."""

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet from its first line, empty ones included."""

    def line_count(self, sheet: str) -> int:
        """Number of lines of the sheet; known once its rows were read."""

    def progress(self) -> float:
        """Part of the file that was read, 0 to 1."""


def fingerprint(path: Path) -> str:
    """sha256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_source(path: Path) -> Source:
    """The reader that fits the file, told by its content.

    ImportRefusedError: not there, empty, too big, of another kind than its suffix says, or not text in a known encoding.
    """
    from contracts.add.imports.workbooks import WorkbookSource, refuse_compound_file

    if not path.exists():
        raise ImportRefusedError("file_not_found", file=path)
    if not path.is_file():
        raise ImportRefusedError("not_a_file", file=path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8192)
    except OSError as error:
        raise ImportRefusedError("file_unreadable", file=path, detail=error.strerror) from None
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ImportRefusedError("file_is_empty", file=path.name)
    if size > MAX_FILE_MB << 20:
        raise ImportRefusedError("file_too_big", file=path.name, size=size >> 20, limit=MAX_FILE_MB)
    suffix = path.suffix.lower()
    is_workbook = suffix in (".xlsx", ".xlsm")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        refuse_compound_file(path)
    if suffix == ".ods":
        raise ImportRefusedError("opendocument", file=path.name)
    if not is_workbook and suffix not in (".csv", ".tsv", ".txt", ".xls"):
        raise ImportRefusedError("unknown_suffix", file=path.name)
    is_zip = start.startswith(b"PK\x03\x04")
    if is_zip and is_workbook:
        return WorkbookSource(path)
    if is_zip:
        raise ImportRefusedError("not_what_suffix_says", file=path.name, actual="ZIP / XLSX")
    actual = next((name for magic, name in _MAGIC if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(magic)), None)
    if actual:
        raise ImportRefusedError("not_what_suffix_says", file=path.name, actual=actual)
    if is_workbook or suffix == ".xls":
        raise ImportRefusedError("not_what_suffix_says", file=path.name, actual="CSV / texte")
    return CsvSource(path)


class CsvSource:
    """A CSV file: encoding and separator are detected, quoted line breaks and broken quotes are survived."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets = [""]
        self.sha256, self.encoding = self._inspect()
        self.delimiter = self._delimiter()
        self._size = max(1, path.stat().st_size)
        self._read = 0
        self._lines = 0

    def described(self) -> tuple[str, dict[str, str]]:
        names = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}
        return "csv_read_as", {"encoding": names[self.encoding], "delimiter": DELIMITERS[self.delimiter]}

    def line_count(self, sheet: str = "") -> int:
        return self._lines

    def progress(self) -> float:
        return min(1.0, self._read / self._size)

    def _inspect(self) -> tuple[str, str]:
        """Fingerprint and encoding, in one pass: UTF-8 where every byte fits, else Windows-1252."""
        digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
        encoding, line, is_first = "utf-8-sig", 1, True
        with self.path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                if is_first and block[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    encoding = "utf-16"
                is_first = False
                if encoding == "utf-16":
                    continue
                if b"\x00" in block:
                    raise ImportRefusedError("binary_file", file=self.path.name)
                if encoding == "utf-8-sig":
                    try:
                        decoder.decode(block)
                    except UnicodeDecodeError:
                        encoding = "cp1252"
            if encoding == "utf-8-sig":
                try:
                    decoder.decode(b"", final=True)
                except UnicodeDecodeError:
                    encoding = "cp1252"
        if encoding != "utf-8-sig":
            try:
                with self.path.open(encoding=encoding, newline="") as text:
                    for _ in text:
                        line += 1
            except UnicodeError:
                raise ImportRefusedError("unknown_encoding", file=self.path.name, line=line) from None
        return digest.hexdigest(), encoding

    def _delimiter(self) -> str:
        """The separator that cuts the first lines into the same number of cells, the most of them."""
        with self.path.open(encoding=self.encoding, newline="") as text:
            sample = [line for line in islice(text, 40) if line.strip()]

        def score(delimiter: str) -> tuple[float, int]:
            try:
                widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=delimiter))
            except csv.Error:
                return 0, 0
            width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
            return (count / len(sample), width) if width > 1 else (0, 0)

        best = max(DELIMITERS, key=score)
        if score(best)[1] == 0:
            raise ImportRefusedError("one_column_only", file=self.path.name)
        return best

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """The rows; one with broken quotes is given as its first physical line alone, and reading goes on after it."""
        taken: list[str] = []
        pushed_back: deque[str] = deque()
        self._lines = 0
        with self.path.open("rb") as raw:
            text = TextIOWrapper(raw, encoding=self.encoding, newline="")

            def physical_lines() -> Iterator[str]:
                while True:
                    line = pushed_back.popleft() if pushed_back else text.readline()
                    if not line:
                        return
                    taken.append(line)
                    yield line

            lines = physical_lines()
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    first = self._lines + 1
                    broken, rest = taken[0], taken[1:]
                    pushed_back.extendleft(reversed(rest))
                    taken.clear()
                    self._lines = first
                    lines = physical_lines()
                    reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
                    yield Row(first, [broken.rstrip("\r\n")], "broken_quotes", str(error))
                    continue
                first = self._lines + 1
                self._lines += len(taken)
                taken.clear()
                if first % 5000 == 0:
                    self._read = raw.tell()
                yield Row(first, cells)


@dataclass
class Chunk:
    """Rows of one sheet with as many cells as the header: texts stripped of outer spaces, "" when empty, and their lines."""

    sheet: str
    frame: pd.DataFrame
    lines: np.ndarray

    def __len__(self) -> int:
        return len(self.frame)


@dataclass
class Broken:
    """Rows that do not fit the header, with the reason; detail fills its sentence."""

    line: int
    cells: list[str]
    rule: str
    detail: dict[str, object] = field(default_factory=dict)


@dataclass
class Table:
    """A table of a sheet: where its header stands, and its columns."""

    source: Source
    sheet: str
    header_line: int
    columns: list[str]

    def chunks(self, size: int = CHUNK_ROWS) -> Iterator[tuple[Chunk, list[Broken]]]:
        """The rows below the header in chunks, beside those that do not fit it. Rows without any text are left out."""
        rows = (row for row in self.source.rows(self.sheet) if row.line > self.header_line and (row.problem or any(row.cells)))
        width = len(self.columns)
        is_workbook = bool(self.sheet)
        while batch := list(islice(rows, size)):
            lines: list[int] = []
            kept: list[list[str]] = []
            broken: list[Broken] = []
            for row in batch:
                cells = row.cells
                if row.problem:
                    broken.append(Broken(row.line, cells, row.problem, {"detail": row.detail}))
                elif len(cells) != width and not self._fit(cells, width, is_workbook):
                    rule = "too_many_cells" if len(cells) > width else "too_few_cells"
                    broken.append(Broken(row.line, cells, rule, {"found": len(cells), "expected": width}))
                else:
                    lines.append(row.line)
                    kept.append(cells)
            frame = pd.DataFrame(kept, columns=self.columns, dtype="str")
            for position, _column in enumerate(self.columns):
                frame.isetitem(position, frame.iloc[:, position].str.strip())
            chunk = Chunk(self.sheet, frame, np.asarray(lines, dtype=np.int64))
            yield _without_bad_cells(chunk, broken), broken

    @staticmethod
    def _fit(cells: list[str], width: int, is_workbook: bool) -> bool:
        """Makes a row as wide as the header where nothing is lost by it: empty cells beyond it, or cells a workbook left out."""
        if len(cells) > width and not any(cells[width:]):
            del cells[width:]
            return True
        if len(cells) < width and is_workbook:
            cells.extend([""] * (width - len(cells)))
            return True
        return False


def _without_bad_cells(chunk: Chunk, broken: list[Broken]) -> Chunk:
    """The chunk without rows that hold a huge cell or a control character; these go to the broken ones."""
    bad = np.zeros(len(chunk), dtype=bool)
    for column in chunk.frame.columns:
        texts = chunk.frame[column]
        for rule, mask in (
            ("cell_too_long", (texts.str.len() > MAX_CELL).to_numpy()),
            ("unreadable_character", texts.str.contains(_CONTROL).to_numpy()),
        ):
            for position in np.flatnonzero(mask & ~bad):
                text = texts.iloc[position]
                detail = {"found": len(text), "expected": MAX_CELL, "value": text[:40], "column": column}
                broken.append(Broken(int(chunk.lines[position]), chunk.frame.iloc[position].tolist(), rule, detail))
            bad |= mask
    if not bad.any():
        return chunk
    return Chunk(chunk.sheet, chunk.frame[~bad].reset_index(drop=True), chunk.lines[~bad])


def find_table(source: Source, sheet: str = "", header_lines: tuple[int, ...] | None = None) -> Table:
    """The table whose header stands on these lines; without lines, on the first line that has text.

    Several header lines are read as one. Columns without any header are left out at the end and named colonne_N elsewhere.
    """
    found: dict[int, list[str]] = {}
    for row in source.rows(sheet):
        if header_lines is None and any(cell.strip() for cell in row.cells):
            header_lines = (row.line,)
        if header_lines and row.line in header_lines:
            found[row.line] = [" ".join(cell.split()) for cell in row.cells]
        if header_lines and row.line >= max(header_lines):
            break
    if not header_lines:
        raise ImportRefusedError("file_is_empty", file=source.path.name)
    missing = [line for line in header_lines if not any(found.get(line, []))]
    if missing:
        raise ImportRefusedError("header_not_found", file=source.path.name, line=missing[0])
    # a workbook says how far its merged cells reach, a CSV file does not
    columns = merged_header([found[line] for line in header_lines], reaches_right=not sheet)
    if len(columns) > MAX_COLUMNS:
        raise ImportRefusedError("too_many_columns", file=source.path.name, count=len(columns), limit=MAX_COLUMNS)
    for column, count in Counter(columns).items():
        if count > 1:
            raise ImportRefusedError("duplicate_header", file=source.path.name, line=header_lines[-1], column=column, count=count)
    return Table(source, sheet, max(header_lines), columns)


def merged_header(lines: list[list[str]], reaches_right: bool) -> list[str]:
    """Column names from one or several header lines, "Financeurs / État" where two speak of one column.

    reaches_right: a cell of an upper line also heads the empty cells at its right, where the lowest line has names.
    """
    width = max(len(line) for line in lines)
    padded = [line + [""] * (width - len(line)) for line in lines]
    for line in padded[:-1]:
        for position in range(1, width):
            if reaches_right and padded[-1][position] and not line[position]:
                line[position] = line[position - 1]
    names = [" / ".join(dict.fromkeys(line[position] for line in padded if line[position])) for position in range(width)]
    while names and not names[-1]:
        names.pop()
    return [name or f"colonne_{position}" for position, name in enumerate(names, 1)]
