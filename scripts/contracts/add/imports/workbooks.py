"""Reads .xlsx workbooks as rows of text, after checks that keep a hostile or broken file from filling the memory.

Numbers become French text ("1234,5"), dates ISO; a merged cell counts for its whole range; a formula that was never computed is
told apart from an empty cell.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.reading import MAX_COLUMNS, Row, fingerprint

MAX_UNPACKED = 2 << 30
MAX_SHARED_STRINGS = 256 << 20
MAX_RATIO = 300
MAX_MERGED = 100_000
FORMULA_WITHOUT_VALUE = "#FORMULE"
_BLOCK = 1 << 20
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')
_EMPTY_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')


def refuse_compound_file(path: Path) -> None:
    """Refuses an OLE file: an encrypted workbook or an old .xls."""
    with path.open("rb") as file:
        start = file.read(1 << 16)
    encrypted = "EncryptedPackage".encode("utf-16-le") in start
    raise ImportRefusedError("encrypted_workbook" if encrypted else "old_excel", file=path.name)


def text_of(value: object) -> str:
    """A cell's value as text. A number has a decimal comma, never an exponent, and at most 6 decimals; three decimals are
    written with a fourth, so that they cannot be taken for thousands."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        if abs(value) >= 1e15 or value != value:
            return f"{value:.15g}"
        text = f"{float(f'{value:.15g}'):.6f}".rstrip("0").rstrip(".")
        if "." in text and len(text.partition(".")[2]) == 3:
            text += "0"
        return text.replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


class WorkbookSource:
    """An .xlsx file; its visible worksheets in order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._check_archive()
        try:
            self._book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            self._sheets = {sheet.title: sheet for sheet in self._book.worksheets if sheet.sheet_state == "visible"}
        except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, OSError, SyntaxError) as error:
            raise ImportRefusedError("broken_workbook", file=path.name, detail=type(error).__name__) from None
        if not self._sheets:
            raise ImportRefusedError("file_is_empty", file=path.name)
        self.sheets = list(self._sheets)
        self.sha256 = fingerprint(path)
        self._lines: dict[str, int] = {}
        self._done = 0.0

    def described(self) -> tuple[str, dict[str, str]]:
        return "workbook_read_as", {"sheets": ", ".join(f"« {sheet} »" for sheet in self.sheets)}

    def line_count(self, sheet: str) -> int:
        return self._lines.get(sheet, 0)

    def progress(self) -> float:
        return self._done

    def _check_archive(self) -> None:
        name = self.path.name
        try:
            with zipfile.ZipFile(self.path) as archive:
                entries = archive.infolist()
                for entry in entries:
                    if entry.flag_bits & 1:
                        raise ImportRefusedError("encrypted_workbook", file=name)
                    ratio = entry.file_size / max(1, entry.compress_size)
                    if entry.file_size > 1 << 20 and ratio > MAX_RATIO:
                        raise ImportRefusedError("zip_bomb", file=name, detail=f"{entry.filename}: × {ratio:.0f}")
                    if entry.filename == "xl/sharedStrings.xml" and entry.file_size > MAX_SHARED_STRINGS:
                        raise ImportRefusedError("zip_bomb", file=name, detail=f"{entry.filename}: {entry.file_size >> 20} MiB")
                total = sum(entry.file_size for entry in entries)
                if total > MAX_UNPACKED:
                    raise ImportRefusedError("zip_bomb", file=name, detail=f"{total >> 20} MiB")
                names = {entry.filename for entry in entries}
                if "xl/workbook.xml" not in names:
                    if "content.xml" in names:
                        raise ImportRefusedError("opendocument", file=name)
                    raise ImportRefusedError("not_what_suffix_says", file=name, actual="ZIP")
                for entry in entries:
                    if entry.filename.endswith((".xml", ".rels")):
                        with archive.open(entry) as part:
                            if b"<!DOCTYPE" in part.read(4096).upper():
                                raise ImportRefusedError("unsafe_xml", file=name)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zipfile.zlib.error) as error:
            raise ImportRefusedError("broken_workbook", file=name, detail=str(error) or type(error).__name__) from None

    def _scan(self, sheet: str) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
        """Merged cells with the cell whose value they show, and cells whose formula has no value; (row, column), 1-based."""
        member = self._sheets[sheet]._worksheet_path.lstrip("/")
        origins: dict[tuple[int, int], tuple[int, int]] = {}
        empty: set[tuple[int, int]] = set()
        with zipfile.ZipFile(self.path) as archive, archive.open(member) as part:
            tail = b""
            while block := part.read(_BLOCK):
                text = tail + block
                for match in _MERGE.finditer(text):
                    left, top, right, bottom = range_boundaries(match[1].decode())
                    if (right - left + 1) * (bottom - top + 1) + len(origins) > MAX_MERGED:
                        continue
                    for row in range(top, bottom + 1):
                        for column in range(left, right + 1):
                            if (row, column) != (top, left):
                                origins[row, column] = (top, left)
                for match in _EMPTY_FORMULA.finditer(text):
                    left, top, _, _ = range_boundaries(match[1].decode() + match[2].decode())
                    empty.add((top, left))
                tail = text[-2048:]
        return origins, empty

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet, trailing empty cells left out."""
        if sheet not in self._sheets:
            raise ImportRefusedError("sheet_not_found", file=self.path.name, sheet=sheet, sheets=", ".join(self.sheets))
        worksheet = self._sheets[sheet]
        try:
            origins, uncomputed = self._scan(sheet)
            kept = dict.fromkeys(origins.values(), "")
            touched = {row for row, _ in (*origins, *kept, *uncomputed)}
            worksheet.reset_dimensions()
            for line, values in enumerate(worksheet.iter_rows(values_only=True), 1):
                cells = [text_of(value) for value in values]
                if line in touched:
                    width = max(len(cells), *(column for row, column in (*origins, *uncomputed) if row == line), 0, 0)
                    cells.extend([""] * (width - len(cells)))
                    for position, cell in enumerate(cells, 1):
                        if (line, position) in uncomputed:
                            cells[position - 1] = FORMULA_WITHOUT_VALUE
                        elif (line, position) in kept:
                            kept[line, position] = cell
                        elif (line, position) in origins:
                            cells[position - 1] = kept[origins[line, position]]
                while cells and not cells[-1]:
                    cells.pop()
                if len(cells) > MAX_COLUMNS:
                    raise ImportRefusedError("too_many_columns", file=self.path.name, count=len(cells), limit=MAX_COLUMNS)
                self._lines[sheet] = line
                yield Row(line, cells)
        except (KeyError, ValueError, TypeError, zipfile.BadZipFile, EOFError, SyntaxError, zipfile.zlib.error) as error:
            raise ImportRefusedError("broken_workbook", file=self.path.name, detail=str(error)[:200]) from None
