"""Official territories: finds the one that a code names, follows codes out of use, and says what was done."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from contracts.common.project import PROJECT
from contracts.common.texts import has_valid_check_digit

OFFICIAL = PROJECT / "seeds" / "official"
TERRITORIES = OFFICIAL / "territories.parquet"
ORIGIN = OFFICIAL / "origin.json"

KINDS = ("commune", "epci", "departement", "region")
_PREFIX = re.compile(rf"({'|'.join(KINDS)})[:_ ](.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Territory:
    """An official territory. territory_code: how rows of the warehouse name it. population: inhabitants, None where not counted.

    siren, epci_code, departement_code and region_code are None where the reference has none.
    """

    territory_code: str
    territory_type_code: str
    official_code: str
    label_fr: str
    siren: str | None
    epci_code: str | None
    departement_code: str | None
    region_code: str | None
    population: int | None


@dataclass(frozen=True)
class Found:
    """The territory of today that a code leads to; note: what was done to the code, None when it stands as given."""

    territory: Territory
    note: str | None = None


class UnknownTerritoryError(LookupError):
    """No territory, or several, for a code; the message says what to do. reason: unknown, ambiguous or check_digit."""

    def __init__(self, message: str, reason: str = "unknown", candidates: tuple[Territory, ...] = ()) -> None:
        super().__init__(message)
        self.reason = reason
        self.candidates = candidates


def _parquet_rows(path: Path) -> list[dict]:
    import pyarrow.parquet as pq  # a third of the start of every command, and few need it

    return pq.read_table(path).to_pylist()


def rows_of(table: str, project: Path = PROJECT) -> list[dict[str, str]]:
    """The rows of a seed with those of the CSV and Parquet files landed beside it, every value as text, empty for null."""
    rows: list[dict[str, str]] = []
    folder = project / "landing" / table
    for path in [project / "seeds" / f"{table}.csv", *sorted(folder.glob("*.csv"))]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows.extend({column: value or "" for column, value in row.items() if column} for row in csv.DictReader(file))
    for path in sorted(folder.glob("*.parquet")):
        rows.extend({column: "" if value is None else str(value) for column, value in row.items()} for row in _parquet_rows(path))
    return rows


class Geography:
    """The official reference, indexed by kind and code and by SIREN.

    named: codes of the warehouse's own territories by kind and official code, so that one territory keeps one code.
    """

    def __init__(self, rows: list[dict], named: dict[tuple[str, str], str] | None = None) -> None:
        self._named = named or {}
        self._rows = {(row["territory_type_code"], row["official_code"]): row for row in rows}
        self._by_siren = {row["siren"]: row for row in reversed(rows) if row["siren"]}

    @classmethod
    def load(cls, project: Path = PROJECT) -> "Geography":
        """The reference of a project, with the territories of its seeds and landing files."""
        named = {
            (row["territory_type_code"], row["official_code"]): row["territory_code"]
            for row in rows_of("territories", project)
            if row.get("official_code")
        }
        return cls(_parquet_rows(project / "seeds" / "official" / "territories.parquet"), named)

    def current(self) -> list[Territory]:
        """Every territory of today."""
        return [self._territory(row) for row in self._rows.values() if row["successor_code"] is None]

    def _territory(self, row: dict) -> Territory:
        kind, code = row["territory_type_code"], row["official_code"]
        return Territory(
            self._named.get((kind, code), f"{kind}_{code.lower()}"),
            kind,
            code,
            row["label_fr"],
            row["siren"],
            row["epci_code"],
            row["departement_code"],
            row["region_code"],
            row["population"],
        )

    def find(self, code: str, kind: str | None = None) -> Found:
        """The territory of today that a code names: INSEE code, SIREN or SIRET, or kind and code such as commune:59350.

        kind: commune, epci, departement or region, where the reader knows it; 32 is a département and a région.
        A leading zero lost by a spreadsheet is put back, a code out of use leads to its successor; the note says so.
        Raises UnknownTerritoryError when nothing, or more than one territory, has the code.
        """
        given = code
        if prefixed := _PREFIX.fullmatch(code.strip()):
            kind, code = prefixed[1].lower(), prefixed[2]
        code = re.sub(r"[\s.\u00a0\u202f-]", "", re.sub(r"\.0$", "", code.strip())).upper()
        if kind is not None and kind not in KINDS:
            raise UnknownTerritoryError(f"« {kind} » is no kind of official territory: write one of {', '.join(KINDS)}")
        if not code:
            raise UnknownTerritoryError("the code is empty: write an INSEE code or a SIREN")
        if len(code) in (9, 14) and code.isdigit():
            return self._follow(self._of_siren(code, kind), None)
        row, note = self._of_insee(code, kind, given)
        return self._follow(row, note)

    def _of_siren(self, number: str, kind: str | None) -> dict:
        if not has_valid_check_digit(number):
            raise UnknownTerritoryError(f"{number} has a wrong check digit: a digit is mistyped", "check_digit")
        row = self._by_siren.get(number[:9])
        if row is None or kind not in (None, row["territory_type_code"]):
            raise UnknownTerritoryError(
                f"{number[:9]} is the SIREN of no {kind or 'commune or intercommunality'} in the official reference "
                "(régions and départements have none there): check the number, or give the INSEE code"
            )
        return row

    def _of_insee(self, code: str, kind: str | None, given: str) -> tuple[dict, str | None]:
        kinds = (kind,) if kind else ("commune",) if len(code) >= 4 else ("departement", "region")
        widths = {"commune": 5, "departement": 2, "region": 2}
        for candidate in dict.fromkeys((code, *(code.zfill(widths.get(each, 0)) for each in kinds))):
            rows = [self._rows[each, candidate] for each in kinds if (each, candidate) in self._rows]
            if len(rows) > 1:
                found = tuple(self._territory(row) for row in rows)
                names = " and ".join(f"{row['territory_type_code']}:{candidate} {row['label_fr']}" for row in rows)
                raise UnknownTerritoryError(f"{code} is both {names}: write which one", "ambiguous", found)
            if rows:
                restored = f"{code} lost its leading zero and is read as {candidate} {rows[0]['label_fr']}" if candidate != code else None
                return rows[0], restored
        raise UnknownTerritoryError(
            f"« {given.strip()} » is no {kind or 'official'} code: communes have 5 characters (59350), départements and régions 2 or 3, "
            "intercommunalities the 9 digits of their SIREN"
        )

    def _follow(self, row: dict, note: str | None) -> Found:
        notes = [note] if note else []
        while row["successor_code"] is not None:
            heir = self._rows[row["territory_type_code"], row["successor_code"]]
            since = f" since {row['valid_to_year'] + 1}" if row["valid_to_year"] else ""
            share = row["successor_share_percent"]
            became = "replaced it" if share == 100 else f"holds {share:.0f} % of its inhabitants, the others live elsewhere"
            notes.append(
                f"{row['official_code']} {row['label_fr']} is out of use{since}: {heir['official_code']} {heir['label_fr']} {became}"
            )
            row = heir
        return Found(self._territory(row), "; ".join(notes) or None)


@cache
def geography() -> Geography:
    """The reference of this project, read once."""
    return Geography.load()


def official_territory(code: str, kind: str | None = None) -> Found:
    """The official territory of today that a code names, with a note when the code was mended or followed; see Geography.find."""
    return geography().find(code, kind)
