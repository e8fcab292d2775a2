"""Columns of published lists, whose publishers name them freely: a dictionary of spellings gives each its official name.

The dictionaries are CSV files beside this module (official_name, spelling, implies). A spelling counts whatever its case, accents and
punctuation. Two official names, separated by a space, say that the spelling alone does not tell which; implies says what a header tells
of every row, such as stage=paid.
"""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from contracts.add.imports.messages import ImportRefusedError
from contracts.common.texts import plain_words

IGNORED = "ignored"
_FOLDER = Path(__file__).parent


def header_key(text: str) -> str:
    """What two spellings of one header share: letters and digits without case and accents."""
    return "".join(plain_words(text))


@dataclass(frozen=True)
class Headers:
    """Printed headers by official name, headers that have no place in the format, and what headers imply (stage, nature)."""

    printed: dict[str, str]
    ignored: list[str] = field(default_factory=list)
    implied: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dictionary:
    """Spellings of one format: official names by spelling, and what a spelling implies."""

    officials: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    implied: dict[str, str]

    def of(self, header: str) -> tuple[str, ...]:
        """Official names that a printed header may stand for; none when it is unknown, ("ignored",) when it has no place."""
        return self.names.get(header_key(header), ())


def read_dictionary(name: str, officials: tuple[str, ...]) -> Dictionary:
    """The dictionary in <name>.csv; the official names themselves count as spellings."""
    names = {header_key(official): (official,) for official in officials}
    implied = {}
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = header_key(row["spelling"])
            names[key] = tuple(row["official_name"].split())
            if row["implies"]:
                implied[key] = row["implies"]
    return Dictionary(officials, names, implied)


def match_headers(file: str, printed: list[str], dictionary: Dictionary, chosen: dict[str, str], required: tuple[str, ...]) -> Headers:
    """The printed header of each official name.

    file: for messages. chosen: official name by printed header, as the user says; an empty name leaves the column out. required: official
    names without which no row can be read. ImportRefusedError: a choice names no column, two columns for one name, a header that may be
    two names, or a required column that is missing.
    """
    for header, official in chosen.items():
        if header not in printed:
            raise ImportRefusedError("unknown_column_choice", file=file, column=header, columns=", ".join(printed))
        if official and official not in dictionary.officials:
            raise ImportRefusedError("unknown_official_name", name=official, officials=", ".join(dictionary.officials))
    found: dict[str, list[str]] = {}
    unsure: list[tuple[str, tuple[str, ...]]] = []
    ignored = []
    for header in printed:
        officials = (chosen[header],) if chosen.get(header) else (IGNORED,) if header in chosen else dictionary.of(header)
        if len(officials) > 1:
            unsure.append((header, officials))
        elif not officials or officials == (IGNORED,):
            ignored.append(header)
        else:
            found.setdefault(officials[0], []).append(header)
    for official, headers in found.items():
        exact = [header for header in headers if header == official]
        if len(headers) > 1 and len(exact) != 1:
            raise ImportRefusedError("two_columns_for_one", file=file, official=official, columns=", ".join(headers), column=headers[-1])
        if exact:
            ignored += [header for header in headers if header != official]
            found[official] = exact
    for header, officials in unsure:
        if any(official not in found for official in officials):
            raise ImportRefusedError("column_may_be_two", file=file, column=header, officials=" / ".join(officials), official=officials[-1])
        ignored.append(header)
    for official in required:
        if official not in found:
            raise ImportRefusedError("official_column_missing", file=file, column=official, columns=", ".join(printed))
    columns = {official: headers[0] for official, headers in found.items()}
    implied: dict[str, str] = {}
    for header in columns.values():
        if header not in chosen and (says := dictionary.implied.get(header_key(header))):
            name, _, value = says.partition("=")
            implied[name] = value
    return Headers(columns, ignored, implied)
