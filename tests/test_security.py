"""Every place that shows or runs a connection to the warehouse opens it read-only, without access to other files."""

import re

import pytest

from contracts.common.project import PROJECT

PLACES = sorted(
    [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *(PROJECT / "analyses").rglob("*"), *(PROJECT / "scripts").rglob("*.py")]
)
# one writes the file that it publishes, the other opens what it is told
WRITERS = {"publishing.py", "locks.py"}


def connections(text: str) -> list[str]:
    """Each call of duckdb.connect, or of the function that waits for a file, that names a file, and each command line of the shell."""
    calls = []
    for match in re.finditer(r"(?<!def )(?<![\w.])(?:duckdb\.)?connect\(", text):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        if end > match.end() + 1:  # without arguments it opens no file
            calls.append(text[match.start() : end])
    return calls + re.findall(r"`duckdb [^`]+`|^duckdb .+$", text, flags=re.MULTILINE)


def is_closed(call: str) -> bool:
    if "connect(" in call:
        return "read_only=True" in call and re.search(r"""["']enable_external_access["']: False""", call) is not None
    return "-readonly" in call


def test_every_example_is_read_only_without_external_access() -> None:
    found = {path: connections(path.read_text(encoding="utf-8")) for path in PLACES if path.is_file()}
    opened = {path.name: calls for path, calls in found.items() if calls and path.name not in WRITERS}
    assert "README.md" in opened and "project.py" in opened
    assert {name: call for name, calls in opened.items() for call in calls if not is_closed(call)} == {}


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('duckdb.connect(str(path), read_only=True, config={"enable_external_access": False})', True),
        ("duckdb.connect(str(path), read_only=True)", False),
        ('connect(path, read_only=True, config={"enable_external_access": False})', True),
        ("connect(path, read_only=True)", False),
        ('duckdb.connect("x.duckdb", config={"enable_external_access": False})', False),
        ("`duckdb -readonly x.duckdb`", True),
        ("duckdb x.duckdb", False),
    ],
)
def test_the_rule_is_recognised(call: str, expected: bool) -> None:
    (found,) = connections(call)
    assert is_closed(found) is expected
