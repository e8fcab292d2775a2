"""Reads seeds and landing files as text, with file and line of each row, and tells what cannot be read."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from contracts.add.check.findings import Finding, shown
from contracts.common.damage import damage
from contracts.common.project import PROJECT
from contracts.common.shapes import Shape, shapes

FILE, LINE = "_file", "_line"
CELL_LIMIT = 10_000  # signs; labels and notes of the documents stay under 500
LINE_LIMIT = 100_000  # bytes, as in macros/landing/read_landing_files.sql
ROW_LIMIT = 500_000  # rows of one table that are held in memory; the tests of the build read all

_GLOB_SIGNS = set("*?[")
_CONTROL_SIGNS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


@dataclass
class Incoming:
    """The rows of one table as text, null where a cell is empty, with the columns _file and _line.

    findings: what could not be read. unread: number of rows beyond ROW_LIMIT, which are counted and not checked.
    """

    shape: Shape
    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    unread: int = 0

    @property
    def is_whole(self) -> bool:
        """Every row is in the frame, so that what is not there is missing."""
        return not self.findings and not self.unread

    @property
    def row_count(self) -> int:
        return len(self.frame) + self.unread


def read_project(project: Path = PROJECT) -> tuple[dict[str, Incoming], list[Finding]]:
    """Every table with its rows, and the files of landing/ that belong to no table."""
    landed, astray = _landing_files(project)
    return {name: _read_table(project, shape, landed.get(name, [])) for name, shape in shapes(project).items()}, astray


def _read_table(project: Path, shape: Shape, landed: list[Path]) -> Incoming:
    columns = [*shape.columns, FILE, LINE]
    files = [_File(project, shape, path) for path in (project / "seeds" / f"{shape.table}.csv", *landed)]
    frames: list[pd.DataFrame] = []
    for file in files:
        frame = file.read(ROW_LIMIT - sum(map(len, frames)))
        frames += [] if frame is None else [frame]
    frame = pd.concat(frames, ignore_index=True).reindex(columns=columns) if frames else pd.DataFrame(columns=columns)
    frame = frame.astype({LINE: "int64"})
    return Incoming(shape, frame, [finding for file in files for finding in file.findings], sum(file.unread for file in files))


def _landing_files(project: Path) -> tuple[dict[str, list[Path]], list[Finding]]:
    """Files of landing/ by table, and those that have no place."""
    folder, found, astray = project / "landing", {}, []
    known = shapes(project)
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_dir() or any(part.startswith(".") for part in parts) or (len(parts) == 1 and path.suffix == ".md"):
            continue
        table = parts[0] if len(parts) == 2 else ""
        takes = table in known and known[table].takes_landing
        if takes and path.suffix in (".csv", ".parquet") and not _GLOB_SIGNS & set(path.name):
            found.setdefault(table, []).append(path)
            continue
        if not table:
            message, advice = "is not in a folder of a table", "put it into landing/<table>/"
        elif table in known and not takes:
            message, advice = f"{table} holds rules or vocabulary", f"change seeds/{table}.csv instead"
        elif not takes:
            tables = ", ".join(name for name, shape in known.items() if shape.takes_landing)
            message, advice = f"{table} is no table", f"rename the folder; tables: {tables}"
        elif _GLOB_SIGNS & set(path.name):
            message, advice = "the name holds *, ? or [", "rename the file"
        elif path.suffix.lower() in (".xlsx", ".xls", ".ods", ".xlsm"):
            message, advice = "is a spreadsheet", "read it with contracts import, or save it as CSV UTF-8 with commas"
        else:
            message, advice = f"files of type {path.suffix or 'none'} are not read", "save it as .csv or .parquet, in small letters"
        astray.append(Finding(path.relative_to(project).as_posix(), None, None, "place", None, message, advice, table))
    return found, astray


class _File:
    """One file of one table. findings: what could not be read; unread: rows beyond the limit; both are filled by read()."""

    def __init__(self, project: Path, shape: Shape, path: Path) -> None:
        self.path = path
        self.shape = shape
        self.name = path.relative_to(project).as_posix()
        self.findings: list[Finding] = []
        self.unread = 0

    def read(self, limit: int) -> pd.DataFrame | None:
        """The rows that can be read, at most so many; None when the whole file cannot."""
        frame = self._parquet(limit) if self.path.suffix == ".parquet" else self._csv(limit)
        if frame is None:
            return None
        frame[FILE] = self.name
        return self._sound_cells(frame)

    def _tell(self, line: int | None, column: str | None, rule: str, value: object, message: str, advice: str) -> None:
        text = None if value is None else str(value)[:200]
        self.findings.append(Finding(self.name, line, column, rule, text, message, advice, self.shape.table))

    def _is_damaged(self) -> bool:
        """Whether the whole file is unreadable; tells why."""
        found = damage(self.path)
        if found:
            self._tell(found.line, None, found.rule, found.value, found.message, found.advice)
        return found is not None

    def _text(self) -> str | None:
        """The file as text; None when it is no UTF-8 text with one kind of line end."""
        if self._is_damaged():
            return None
        return self.path.read_bytes().decode("utf-8-sig")

    def _records(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Line where each record begins, and its cells; empty lines are left out."""
        csv.field_size_limit(LINE_LIMIT)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if "field limit" in str(error):
                    message, advice = f"a cell is longer than {LINE_LIMIT} bytes", "look for a missing quote, or cut it"
                    self._tell(line, None, "cell_too_long", None, message, advice)
                else:
                    self._tell(
                        line, None, "quotes", None, f"quotes do not match ({error})", 'close the quote, or double one inside a cell: ""'
                    )
                return
            if cells:
                yield line, cells

    def _csv(self, limit: int) -> pd.DataFrame | None:
        text = self._text()
        if text is None:
            return None
        records = self._records(text)
        header = [name.strip() for name in next(records, (1, []))[1]]
        if not self._columns_fit(header):
            return None
        lines, rows = [], []
        for line, cells in records:
            if len(cells) != len(header):
                message = f"has {len(cells)} cells, the header {len(header)}"
                self._tell(
                    line, None, "cell_count", len(cells), message, "put text that holds a comma between quotes, or fill the missing cells"
                )
            elif len(rows) < limit:
                lines.append(line)
                rows.append(cells)
            else:
                self.unread += 1
        frame = pd.DataFrame(rows, columns=header, dtype="str")
        for name in header:
            stripped = frame[name].str.strip()
            frame[name] = stripped.mask(stripped == "")
        frame[LINE] = lines
        return frame

    def _columns_fit(self, header: list[str]) -> bool:
        """Whether the columns are known, each there once, and none that is needed is missing."""
        known = self.shape.columns
        line = None if self.path.suffix == ".parquet" else 1
        separators = {";": "semicolons", "\t": "tabs", "|": "bars"}
        if len(header) == 1 and (sign := next((sign for sign in separators if sign in header[0]), None)):
            advice = "save it with commas, or read it with contracts import"
            self._tell(line, None, "separator", header[0], f"columns are separated by {separators[sign]}", advice)
            return False
        before = len(self.findings)
        for name in dict.fromkeys(header):
            if name not in known:
                alike = [each for each in known if each.replace("_", "") == "".join(sign for sign in name.lower() if sign.isalnum())]
                advice = f"write {alike[0]}" if alike else f"remove it; columns: {', '.join(known)}"
                self._tell(line, None, "unknown_column", name, f"{self.shape.table} has no column {shown(name)}", advice)
            elif header.count(name) > 1:
                self._tell(line, name, "column_twice", name, "is there twice", "keep one of them")
        for name in self.shape.required:
            if name not in header:
                self._tell(line, name, "missing_column", None, "is missing and never empty", f"add it: {self.shape.descriptions[name]}")
        return len(self.findings) == before

    def _parquet(self, limit: int) -> pd.DataFrame | None:
        if self._is_damaged():
            return None
        try:
            file = pq.ParquetFile(self.path)
            batch = next(file.iter_batches(batch_size=limit), None) if limit else None
        except (pa.ArrowException, OSError) as error:
            message = f"cannot be read ({str(error).splitlines()[0]})"
            self._tell(None, None, "parquet", None, message, "restore it, or write it again, or remove it")
            return None
        schema = file.schema_arrow
        if not self._columns_fit(schema.names):
            return None
        for column in schema:
            if pa.types.is_floating(column.type) and self.shape.columns[column.name].startswith("decimal"):
                advice = f"write it as {self.shape.columns[column.name]} or as text"
                self._tell(None, column.name, "floating_money", str(column.type), f"{column.type} does not hold cents", advice)
                return None
        self.unread = file.metadata.num_rows - (0 if batch is None else batch.num_rows)
        if batch is None:
            return pd.DataFrame(columns=[*schema.names, LINE])
        cells = {name: pc.utf8_trim_whitespace(pc.cast(batch.column(name), pa.string())).to_pandas() for name in schema.names}
        frame = pd.DataFrame(cells, dtype="str")
        frame = frame.mask(frame == "")
        frame[LINE] = range(1, len(frame) + 1)
        return frame

    def _sound_cells(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Tells cells that are too long or hold control signs; their rows are left out."""
        keep = pd.Series(True, index=frame.index)
        for name in frame.columns.difference([FILE, LINE]):
            long = frame[name].str.len() > CELL_LIMIT
            odd = frame[name].str.contains(_CONTROL_SIGNS, regex=True, na=False) & ~long
            for row in frame.index[long]:
                message = f"the cell holds {len(frame.at[row, name])} signs, more than {CELL_LIMIT}"
                self._tell(
                    int(frame.at[row, LINE]), name, "cell_too_long", frame.at[row, name], message, "look for a missing quote, or cut it"
                )
            for row in frame.index[odd]:
                value = frame.at[row, name]
                self._tell(int(frame.at[row, LINE]), name, "control_sign", repr(value), f"{shown(value)} holds a control sign", "remove it")
            keep &= ~(long | odd)
        return frame[keep]
