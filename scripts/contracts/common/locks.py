"""DuckDB lets one process at a time write a file: waits for it, and says so."""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

SAID_AFTER = 2.0  # seconds
ENDED_AFTER = 20.0


class LockedFileError(Exception):
    """Another process has the file open; the message says which and what to do."""


def connect(path: Path, read_only: bool = False, config: dict | None = None) -> duckdb.DuckDBPyConnection:
    """Opens a DuckDB file, when no other process has it. Raises LockedFileError."""
    return when_free(path, lambda: duckdb.connect(str(path), read_only=read_only, config=config or {}))


def when_free(path: Path, opened: Callable[[], duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    """Opens a file. Waits while another process has it, says so after two seconds, and raises LockedFileError after twenty."""
    start, is_said = time.monotonic(), False
    while True:
        try:
            return opened()
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise
            waited = time.monotonic() - start
            owner = re.search(r"PID (\d+)", str(error))
            holder = f"{path.name} is open in another process{f' ({owner[1]})' if owner else ''}"
            if waited > ENDED_AFTER:
                raise LockedFileError(f"{holder}: try again when that has ended; nothing was changed") from None
            if waited > SAID_AFTER and not is_said:
                print(f"{holder}: waiting for it, {ENDED_AFTER:.0f} seconds at most", file=sys.stderr)
                is_said = True
            time.sleep(0.2)
