"""The files of landing/: which table each belongs to, its columns, and why some cannot be read as a whole.

The one reader of that folder: dbt's plugin and contracts check call it.
"""

import csv
import os
import stat
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.common.damage import damage
from contracts.common.shapes import shapes

SUFFIXES = (".csv", ".parquet")

_GLOB_SIGNS = set("*?[")
_SHEETS = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


FileState = tuple[str, str, int, int]  # name, table, size in bytes, time of the last change in nanoseconds


@dataclass(frozen=True)
class LandingFile:
    """A file that can be read. name: path from the project's folder. columns: name → DuckDB type; of a file known before, none."""

    name: str
    table: str
    size_bytes: int
    modified_at_ns: int
    columns: dict[str, str]

    @property
    def state(self) -> FileState:
        return self.name, self.table, self.size_bytes, self.modified_at_ns

    @property
    def is_csv(self) -> bool:
        return self.name.endswith(".csv")


@dataclass(frozen=True, order=True)
class FileDefect:
    """Why a file or a row of it cannot be read.

    file: path from the project's folder. line: 1-based line of a CSV file where the row begins, row of a Parquet file; None: the whole
    file. column, value: None where the defect is none of a cell. advice: what to do. table: empty when the file belongs to none.
    """

    file: str
    line: int | None
    column: str | None
    rule: str
    value: str | None
    message: str
    advice: str
    table: str

    @property
    def place(self) -> str:
        """Where to look, in words."""
        unit = "row" if self.file.endswith(".parquet") else "line"
        line = f", {unit} {self.line}" if self.line else ""
        return f"{self.file}{line}{f', column {self.column}' if self.column else ''}"

    @property
    def text(self) -> str:
        """The defect in one sentence."""
        return f"{self.place}: {self.message}; {self.advice}"


def landing_tables(project: Path) -> dict[str, list[str]]:
    """The tables that take landing files, each with the columns of its seed."""
    return {name: list(shape.columns) for name, shape in shapes(project).items() if shape.takes_landing}


def find_files(project: Path, known: Container[FileState] = ()) -> tuple[list[LandingFile], list[FileDefect]]:
    """The files that can be read, by name, and what is wrong with the others. known: files that were read as they are; they stay closed."""
    tables, found, defects = landing_tables(project), [], []
    for path in _paths(project / "landing"):
        inspected = _Inspection(project, path, tables)
        file = inspected.file(known)
        defects += inspected.defects
        if file is not None:
            found.append(file)
    return found, defects


def _paths(folder: Path) -> Iterator[Path]:
    """Whatever may hold rows, by name: no guide beside the folders, no hidden file of a program."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in sorted(names + links):
            path = Path(root) / name
            is_guide = path.parent == folder and path.suffix == ".md"
            is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if not is_guide and not (is_hidden and path.suffix not in SUFFIXES):
                yield path


class _Inspection:
    """Looks at one file. defects: what is wrong with it; name: its path from the project's folder, readable in any case."""

    def __init__(self, project: Path, path: Path, tables: dict[str, list[str]]) -> None:
        self.project, self.path, self.tables = project, path, tables
        self.name = path.relative_to(project).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
        parts = path.relative_to(project / "landing").parts
        self.table = parts[0] if len(parts) == 2 else ""
        self.defects: list[FileDefect] = []

    def _tell(
        self, rule: str, message: str, advice: str, line: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        self.defects.append(FileDefect(self.name, line, column, rule, value, message, advice, self.table))

    def file(self, known: Container[FileState]) -> LandingFile | None:
        """The file; None when it cannot be read as a whole. known: files whose content is not looked at again."""
        columns: list[tuple[str, str]] = []
        if not self._has_place():
            return None
        try:
            with self.path.open("rb") as opened:
                status = os.fstat(opened.fileno())
            if (self.name, self.table, status.st_size, status.st_mtime_ns) not in known:
                columns = self._columns()
        except OSError as error:
            self._tell("place", f"cannot be read ({error.strerror})", "give yourself the right to read it, or remove it")
        return None if self.defects else LandingFile(self.name, self.table, status.st_size, status.st_mtime_ns, dict(columns))

    def _columns(self) -> list[tuple[str, str]]:
        """The columns of a file that is whole, name and DuckDB type."""
        if wrong := damage(self.path):
            self._tell(wrong.rule, wrong.message, wrong.advice, wrong.line, None, wrong.value)
            return []
        found = self._csv_columns() if self.path.suffix == ".csv" else self._parquet_columns()
        if not self.defects:
            self._check_columns(found)
        return found

    def _has_place(self) -> bool:
        path, table = self.path, self.table
        if "\\udc" in self.name or not self.name.isprintable():
            self._tell("place", "has a name that is no readable text", "rename the file")
        elif path.is_symlink():
            self._tell("place", "is a link", "put the file itself there: what a link points to changes without a trace")
        elif not stat.S_ISREG(path.stat().st_mode):
            self._tell("place", "is no file", "remove it")
        elif path.name.startswith(".") or table.startswith("."):
            self._tell("place", "is hidden", "rename it, or remove it: hidden files are forgotten")
        elif not table:
            self._tell("place", "is not in a folder of a table", "put it into landing/<table>/")
        elif table not in self.tables and (self.project / "seeds" / f"{table}.csv").exists():
            self._tell("place", f"{table} holds rules or vocabulary", f"change seeds/{table}.csv instead")
        elif table not in self.tables:
            self._tell("place", f"{table} is no table", f"rename the folder; tables: {', '.join(sorted(self.tables))}")
        elif _GLOB_SIGNS.intersection(path.name):
            self._tell("place", "the name holds *, ? or [", "rename the file")
        elif path.suffix.lower() in _SHEETS:
            self._tell("place", "is a spreadsheet", "read it with contracts import, or save it as CSV UTF-8 with commas")
        elif path.suffix not in SUFFIXES:
            self._tell("place", f"files of type {path.suffix or 'none'} are not read", "save it as .csv or .parquet, in small letters")
        return not self.defects

    def _csv_columns(self) -> list[tuple[str, str]]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        if not header:
            self._tell("header", "begins with an empty line", "remove it", 1)
        return [(name.strip(), "VARCHAR") for name in header]

    def _parquet_columns(self) -> list[tuple[str, str]]:
        with duckdb.connect() as connection:
            connection.execute("select column_name, column_type from (describe from read_parquet([?]))", [str(self.path)])
            return connection.fetchall()

    def _check_columns(self, found: list[tuple[str, str]]) -> None:
        """Each column is known, there once and of a type that holds cents, and none that is needed is missing."""
        names, known = [name for name, _ in found], self.tables[self.table]
        line = 1 if self.path.suffix == ".csv" else None
        if len(names) == 1 and (sign := next((sign for sign in _SEPARATORS if sign in names[0]), None)):
            advice = "save it with commas, or read it with contracts import"
            self._tell("separator", f"columns are separated by {_SEPARATORS[sign]}", advice, line, None, names[0])
            return
        for name, kind in dict(found).items():
            if name not in known:
                alike = [each for each in known if each.replace("_", "") == "".join(sign for sign in name.lower() if sign.isalnum())]
                advice = f"write {alike[0]}" if alike else f"remove it; columns: {', '.join(known)}"
                self._tell("unknown_column", f"{self.table} has no column {name!r}", advice, line, None, name)
            elif names.count(name) > 1:
                self._tell("column_twice", "is there twice", "keep one of them", line, name, name)
            elif kind in ("FLOAT", "DOUBLE"):
                advice = "write it as a decimal of two places, or as text"
                self._tell("floating_money", f"{kind} does not hold cents", advice, None, name, kind)
        shape = shapes(self.project)[self.table]
        for name in shape.required:
            if name not in names:
                self._tell("missing_column", "is missing and never empty", f"add it: {shape.descriptions[name]}", line, name)
