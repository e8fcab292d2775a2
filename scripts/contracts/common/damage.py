"""Files that cannot be what their name says: cut short, of another format or encoding."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import duckdb

_CHUNK = 1 << 24  # bytes read at a time
_PARQUET = b"PAR1"
_OTHER_FORMATS = (b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xd0\xcf\x11\xe0", _PARQUET)


@dataclass(frozen=True)
class Damage:
    """Why a whole file cannot be read. line: 1-based, None when it is none of one line. rule, value, message, advice: as in a finding."""

    rule: str
    message: str
    advice: str
    line: int | None = None
    value: str | None = None


def damage(path: Path) -> Damage | None:
    """What is wrong with a landing file as a whole; None when its rows can be read. OSError: it cannot be opened."""
    return _parquet_damage(path) if path.suffix == ".parquet" else _text_damage(path)


def _parquet_damage(path: Path) -> Damage | None:
    try:
        with path.open("rb"), duckdb.connect() as connection:
            connection.execute("select count(*) from parquet_metadata(?)", [str(path)])
    except duckdb.Error as error:
        return Damage("parquet", f"is no Parquet file ({str(error).splitlines()[0]})", "restore it, or write it again, or remove it")
    return None


def _text_damage(path: Path) -> Damage | None:
    """Reads the file once, in chunks."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = both = line_feeds = returns = 0
    is_empty, before = True, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not before and chunk.startswith(_OTHER_FORMATS):
                return Damage("encoding", "is no CSV text in UTF-8", "save it as CSV UTF-8 with commas", 1)
            if b"\0" in chunk:
                line = lines + chunk.count(b"\n", 0, chunk.index(b"\0")) + 1
                return Damage("control_sign", "holds a null byte", "write the file again; it is damaged", line, "\\x00")
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return _no_utf8(lines + error.object.count(b"\n", 0, error.start) + 1, error)
            is_empty = is_empty and not chunk.strip(b"\xef\xbb\xbf \r\n\t")
            both += chunk.count(b"\r\n") + (before == b"\r" and chunk.startswith(b"\n"))
            line_feeds += chunk.count(b"\n")
            returns += chunk.count(b"\r")
            lines, before = line_feeds, chunk[-1:]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return _no_utf8(lines + 1, error)
    if is_empty:
        return Damage("empty_file", "is empty", "write the header line, or remove the file")
    ends = {"CRLF": both, "LF": line_feeds - both, "CR": returns - both}
    if ends["CR"] or (ends["CRLF"] and ends["LF"]):
        kinds = " and ".join(f"{count} × {kind}" for kind, count in ends.items() if count)
        return Damage("line_ends", f"line ends are {kinds}", "save it with LF or CRLF throughout", None, kinds)
    return None


def _no_utf8(line: int, error: UnicodeDecodeError) -> Damage:
    return Damage("encoding", "is not UTF-8", "save the file as CSV UTF-8", line, str(error.object[error.start : error.end]))
