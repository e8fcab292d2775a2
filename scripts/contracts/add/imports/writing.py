"""Writes the rows of one import to landing/<table>/<import name>.csv: all tables or none, and nothing when nothing changed."""

import contextlib
import filecmp
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from contracts.add.imports.messages import ImportRefusedError

STAGED = ".staged"
_READY = "READY"
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,119}")


def checked_name(name: str) -> str:
    """The name if it can be a file name and a code; ImportRefusedError otherwise."""
    if not _NAME.fullmatch(name):
        raise ImportRefusedError("unsafe_name", name=name)
    return name


@contextlib.contextmanager
def only_writer(landing: Path) -> Iterator[None]:
    """Holds the landing folder for one import at a time; the lock falls with the process that holds it."""
    import fcntl

    try:
        landing.mkdir(parents=True, exist_ok=True)
        lock = (landing / ".lock").open("w")
    except OSError as error:
        raise ImportRefusedError("cannot_write", folder=landing, detail=error.strerror) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ImportRefusedError("import_is_running", folder=landing) from None
        finish_interrupted(landing)
        yield


def finish_interrupted(landing: Path) -> None:
    """Ends what a killed import left: a whole one is put in place, an unfinished one is dropped."""
    for folder in sorted((landing / STAGED).glob("*")):
        if (folder / _READY).exists():
            _put_in_place(landing, folder)
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(landing: Path, folder: Path) -> None:
    """Moves the staged tables over those of the last import of that name; tables that it no longer has go."""
    tables = set((folder / _READY).read_text(encoding="utf-8").split())
    name = folder.name
    for table in sorted(tables):
        staged = folder / f"{table}.csv"
        if staged.exists():
            (landing / table).mkdir(exist_ok=True)
            os.replace(staged, landing / table / f"{name}.csv")
    for old in landing.glob(f"*/{name}.csv"):
        if old.parent.name not in tables and old.parent.name != STAGED:
            old.unlink()


class LandingWriter:
    """Stages the tables of one import, then puts all of them in place.

    The columns of a table are those declared, else those of its first rows; a missing value is null. Text is always quoted: a cell is
    never anything else.
    """

    def __init__(self, landing: Path, name: str) -> None:
        self.landing = landing
        self.name = checked_name(name)
        self.rows: dict[str, int] = {}
        self._folder = landing / STAGED / name
        self._writers: dict[str, pa_csv.CSVWriter] = {}
        self._columns: dict[str, list[str]] = {}
        try:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
        except OSError as error:
            raise ImportRefusedError("cannot_write", folder=landing, detail=error.strerror) from None

    def declare(self, table: str, columns: list[str]) -> None:
        """Fixes the columns of a table before its first rows."""
        self._columns[table] = columns

    def add(self, table: str, rows: dict[str, object] | pd.DataFrame | list[dict[str, object]]) -> None:
        """Appends rows to a table. rows: columns by name (arrays, or one value for all rows), a frame, or a list of rows.

        ValueError: a column that the table was not given before, a fault of the importer.
        """
        if isinstance(rows, list):
            names = list(dict.fromkeys(column for row in rows for column in row))
            rows = {column: [row.get(column) for row in rows] for column in names}
        columns = dict(rows.to_dict("series") if isinstance(rows, pd.DataFrame) else rows)
        if not columns:
            return
        names = self._columns.setdefault(table, list(columns))
        if unknown := set(columns) - set(names):
            raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
        frame = _as_arrow({name: columns.get(name) for name in names})
        if not frame.num_rows:
            return
        if table not in self._writers:
            self._writers[table] = pa_csv.CSVWriter(str(self._folder / f"{table}.csv"), frame.schema)
        self._writers[table].write_table(frame)
        self.rows[table] = self.rows.get(table, 0) + frame.num_rows

    def commit(self) -> bool:
        """Puts all tables in place. Returns whether anything differs from the last import of this name."""
        self._close()
        before = {path.parent.name: path for path in self.landing.glob(f"*/{self.name}.csv") if path.parent.name != STAGED}
        same = set(before) == set(self.rows) and all(
            filecmp.cmp(path, self._folder / f"{table}.csv", shallow=False) for table, path in before.items()
        )
        if not same:
            try:
                (self._folder / f"{_READY}.new").write_text(" ".join(sorted(self.rows)), encoding="utf-8")
                os.replace(self._folder / f"{_READY}.new", self._folder / _READY)
                _put_in_place(self.landing, self._folder)
            except OSError as error:
                raise ImportRefusedError("cannot_write", folder=self.landing, detail=error.strerror) from None
        shutil.rmtree(self._folder)
        return not same

    def discard(self) -> None:
        """Drops what was staged; what the last import of this name wrote stays."""
        self._close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _close(self) -> None:
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()


def _as_arrow(columns: dict[str, object]) -> pa.Table:
    """The columns as a table of texts, each value as CSV prints it."""
    size = max((len(value) for value in columns.values() if _is_column(value)), default=1 if columns else 0)
    return pa.table({name: _as_text(value, size) for name, value in columns.items()})


def _as_text(value: object, size: int) -> pa.Array:
    if not _is_column(value):
        return pa.repeat(pa.scalar(_text(value), pa.string()), size)
    if isinstance(value, pa.ChunkedArray):
        value = value.combine_chunks()
    if isinstance(value, pd.Series) and value.dtype == "str":
        value = pa.array(value, type=pa.string())
    if not isinstance(value, pa.Array):
        try:
            value = pa.array(value, from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            value = pa.array([_text(item) for item in value], type=pa.string())  # type: ignore[attr-defined]
    texts = value.cast(pa.string())
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _is_column(value: object) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str)


def _text(value: object) -> str | None:
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
