"""The folder of what is published: one release in force, one build at a time, one step from the old release to the new.

published/releases/<id>/ holds one release: the database, its exports and the check. published/current is a link to the release in
force and territorial_contracts.duckdb a link into current, so that replacing the link current switches database and exports
together. A reader that has the old file open keeps it; the release before the current one stays.
"""

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

DATABASE = "territorial_contracts.duckdb"
SCHEMA_VERSION = 1  # of the schemas star, marts and quality; raised when a name goes or changes its meaning


class PublishError(Exception):
    """Why nothing was published, in words for the analyst. The published file is as before."""


@contextmanager
def clear_messages(into: Path) -> Iterator[None]:
    """Errors of disk and database as a sentence."""
    try:
        yield
    except OSError as error:
        raise PublishError(_disk_message(error, into)) from None
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        full = is_full(str(error))
        room = f"there is no room for a build in {into}: free some and build again"
        advice = room if full else "build again; if it stays, tell the maintainers"
        raise PublishError(f"the database could not be written ({first}): {advice}") from None


def is_full(message: str) -> bool:
    """Whether a message of DuckDB or dbt says that the disk, or what DuckDB may use of it beside the file, is full."""
    return any(words in message.lower() for words in ("no space left", "file too large", "disk quota exceeded", "max_temp_directory_size"))


def _disk_message(error: OSError, into: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return f"there is no room for a build in {into}: free some (a build takes about ten times the size of the seeds) and build again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        advice = "give yourself the right to write, or choose another folder with --into"
        return f"{error.filename or into} cannot be written ({error.strerror}): {advice}"
    return f"{error.filename or into}: {error.strerror or error}"


@contextmanager
def only_build(into: Path) -> Iterator[None]:
    """Holds the lock of the folder. The lock ends with the process, so that a killed build leaves none; its number tells whose it is."""
    into.mkdir(parents=True, exist_ok=True)
    with (into / ".lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise PublishError(f"another build is running ({file.read().strip() or 'starting'}): wait until it ends") from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {datetime.now(UTC).isoformat(timespec='seconds')}\n")
        file.flush()
        yield


@contextmanager
def staging_folder(into: Path) -> Iterator[Path]:
    """A new hidden folder beside the releases; removed unless it became a release. Leftovers of killed builds are removed first."""
    releases = into / "releases"
    releases.mkdir(exist_ok=True)
    for leftover in releases.glob(".*"):
        shutil.rmtree(leftover)
    identifier = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}_{secrets.token_hex(3)}"
    staging = releases / f".{identifier}"
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _fsync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _replace_link(link: Path, target: str) -> None:
    staged = link.with_name(f".{link.name}.new")
    staged.unlink(missing_ok=True)
    staged.symlink_to(target)
    os.replace(staged, link)


def switch(staging: Path, into: Path) -> Path:
    """Makes the staged folder the release in force. The step that counts is one rename of the link current."""
    for path in (staging / DATABASE, into / DATABASE):
        log = path.with_name(path.name + ".wal")
        if log.exists():
            raise PublishError(f"{log} is there: a program has the file open for writing; close it, remove the .wal file, and build again")
    release = staging.with_name(staging.name.removeprefix("."))
    for path in sorted(staging.rglob("*")):
        _fsync(path)
    (staging / DATABASE).chmod(0o444)
    _fsync(staging)
    os.rename(staging, release)
    _fsync(release.parent)
    previous = (into / "current").resolve() if (into / "current").is_symlink() else None
    _replace_link(into / "current", f"releases/{release.name}")
    if not (into / DATABASE).is_symlink():
        _replace_link(into / DATABASE, f"current/{DATABASE}")
    _fsync(into)
    _forget_old_releases(release, previous)
    return release


def _forget_old_releases(release: Path, previous: Path | None) -> None:
    """Keeps the release in force and the one before it."""
    for path in release.parent.iterdir():
        if path not in (release, previous):
            shutil.rmtree(path, ignore_errors=True)


def loosen_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes the file's own name out of its views, so that they are readable in a copy with another name."""
    (catalog,) = connection.execute("select current_database()").fetchone()
    schemas = [name for (name,) in connection.execute("select distinct schema_name from duckdb_schemas() where not internal").fetchall()]
    views = connection.execute("select sql from duckdb_views() where not internal").fetchall()
    for (sql,) in views:
        for name in schemas:
            sql = sql.replace(f" {catalog}.{name}.", f" {name}.").replace(f"({catalog}.{name}.", f"({name}.")
        connection.execute(sql.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
