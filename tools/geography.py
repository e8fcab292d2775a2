"""Makes the official reference of territories and the outlines from the published packages, and records where they come from.

The packages hold INSEE's official geographic code and the DGCL's list of intercommunalities, one edition per year.
"""

import datetime as dt
import hashlib
import json
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.parquet as pq
import typer

from contracts.add.territories import ORIGIN, TERRITORIES
from contracts.common.console import say, stop
from contracts.use.report.outlines import OUTLINES
from tools.outlines import PACKAGE as OUTLINES_PACKAGE
from tools.outlines import outlines_of_package, write_outlines

GEOGRAPHY_PACKAGE = "@etalab/decoupage-administratif"
OUTLINES_VERSION = "2.0.0"
# year of the list of intercommunalities that an edition holds → its version
EDITIONS = {
    2019: "0.7.0",
    2020: "0.8.0",
    2021: "1.1.1",
    2022: "2.3.1",
    2023: "3.1.1",
    2024: "4.1.0",
    2025: "5.3.0",
    2026: "6.0.0",
}
# editions whose communes are those of another year, so that nothing is concluded from a commune that they list or not
_EPCI_ONLY = {2020}
# the last edition that lists what became of each commune since 1943
_HISTORY_YEAR = 2020
POPULATION_YEAR = 2023

SCHEMA = pa.schema(
    [
        ("territory_type_code", pa.string()),
        ("official_code", pa.string()),
        ("siren", pa.string()),
        ("label_fr", pa.string()),
        ("legal_form", pa.string()),
        ("epci_code", pa.string()),
        ("departement_code", pa.string()),
        ("region_code", pa.string()),
        ("population", pa.int64()),
        ("population_year", pa.int32()),
        ("valid_from_year", pa.int32()),
        ("valid_to_year", pa.int32()),
        ("successor_code", pa.string()),
        ("successor_share_percent", pa.decimal128(5, 2)),
    ]
)
_LEVELS = ("region", "departement", "epci", "commune")


class PackageError(Exception):
    """The packages are not there or not laid out as expected; the message says what to do."""


@dataclass(frozen=True)
class Package:
    """One published package: its name, version, sha256 of its archive, and the day of the files in it."""

    name: str
    version: str
    sha256: str
    dated: str


@dataclass(frozen=True)
class Edition:
    """The territories of one edition by code, as the package gives them."""

    year: int
    communes: dict[str, dict]
    epci: dict[str, dict]

    def members(self, epci_code: str) -> list[str]:
        return [member["code"] for member in self.epci[epci_code]["membres"]]


def archive_name(package: str, version: str) -> str:
    """The file name that npm pack gives to a package."""
    return f"{package.removeprefix('@').replace('/', '-')}-{version}.tgz"


def fetch(folder: Path) -> None:
    """Downloads with npm the package archives that are not in the folder yet. Raises PackageError when npm is missing or fails."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [(GEOGRAPHY_PACKAGE, version) for version in EDITIONS.values()] + [(OUTLINES_PACKAGE, OUTLINES_VERSION)]
    missing = [f"{name}@{version}" for name, version in wanted if not (folder / archive_name(name, version)).exists()]
    if not missing:
        return
    command = ["npm", "pack", "--silent", *missing]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise PackageError(f"npm is not installed: install it, or put these archives into {folder}: {', '.join(missing)}") from None
    except subprocess.CalledProcessError as error:
        raise PackageError(f"« {' '.join(command)} » failed in {folder}: {error.stderr.strip()[-300:]}") from None


def _read(folder: Path, package: str, version: str, file: str) -> tuple[str, Package]:
    path = folder / archive_name(package, version)
    if not path.exists():
        raise PackageError(f"{path} is missing: run npm pack {package}@{version} in {folder}")
    with tarfile.open(path) as archive:
        try:
            member = archive.getmember(f"package/{file}")
        except KeyError:
            raise PackageError(f"{path.name} has no {file}: the layout of the package changed, adapt geography_reference.py") from None
        content = archive.extractfile(member)
        assert content is not None
        text = content.read().decode("utf-8")
        dated = dt.datetime.fromtimestamp(archive.getmember("package/package.json").mtime, dt.UTC).date()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return text, Package(package, version, digest, dated.isoformat())


def _load(folder: Path, year: int, table: str) -> list[dict]:
    text, _ = _read(folder, GEOGRAPHY_PACKAGE, EDITIONS[year], f"data/{table}.json")
    return json.loads(text)


def read_edition(folder: Path, year: int) -> Edition:
    """Current communes and intercommunalities of one year."""
    communes = {each["code"]: each for each in _load(folder, year, "communes") if each["type"] == "commune-actuelle"}
    return Edition(year, communes, {each["code"]: each for each in _load(folder, year, "epci")})


def _ends_of_communes(history: Iterable[dict]) -> dict[str, tuple[str, int | None]]:
    """Last label and last year of every code of the history; None while it stands, or when it never was a commune of its own."""
    ends: dict[str, tuple[str, int | None]] = {}
    for entry in sorted(history, key=lambda entry: entry["type"] != "COM"):
        if entry["type"] != "COM":
            ends.setdefault(entry["code"], (entry["nom"], None))
            continue
        ended_on = entry.get("dateFin")
        last_year = (dt.date.fromisoformat(ended_on) - dt.timedelta(days=1)).year if ended_on else None
        known = ends.get(entry["code"])
        if known is None or last_year is None or (known[1] is not None and last_year >= known[1]):
            ends[entry["code"]] = (entry["nom"], last_year)
    return ends


def _row(kind: str, code: str, label: str, **values: object) -> dict:
    return dict.fromkeys(SCHEMA.names) | {"territory_type_code": kind, "official_code": code, "label_fr": label} | values


def _first_year(code: str, listings: dict[int, Iterable[str]]) -> int | None:
    """First year that lists a code; None when the oldest edition does already."""
    first = min(year for year, codes in listings.items() if code in codes)
    return None if first == min(listings) else first


def _population(communes: Iterable[dict]) -> int | None:
    known = [each["population"] for each in communes if each.get("population") is not None]
    return sum(known) if known else None


def _commune_rows(editions: dict[int, Edition], history: list[dict]) -> list[dict]:
    current = editions[max(editions)]
    listings = {year: edition.communes for year, edition in editions.items() if year not in _EPCI_ONLY}
    epci_of = {member: code for code in current.epci for member in current.members(code)}
    rows = [
        _row(
            "commune",
            code,
            each["nom"],
            siren=each.get("siren"),
            epci_code=epci_of.get(code),
            departement_code=each["departement"],
            region_code=each["region"],
            population=each.get("population"),
            valid_from_year=_first_year(code, listings),
        )
        for code, each in current.communes.items()
    ]
    ends = _ends_of_communes(history)
    for successor, each in current.communes.items():
        for code in each.get("anciensCodes", []):
            listed = [year for year, communes in listings.items() if code in communes]
            label, last_year = ends.get(code, (None, None))
            if listed:
                label, last_year = listings[max(listed)][code]["nom"], max(listed)
            if label is None:
                raise PackageError(f"commune {code}, merged into {successor}, stands neither in the history nor in an edition")
            rows.append(
                _row(
                    "commune",
                    code,
                    label,
                    siren=listings[max(listed)][code].get("siren") if listed else None,
                    departement_code=each["departement"],
                    region_code=each["region"],
                    valid_to_year=last_year,
                    successor_code=successor,
                    successor_share_percent=100,
                )
            )
    return rows


def _heir(members: Iterable[str], current: Edition) -> tuple[str | None, float]:
    """The intercommunality of today that holds most inhabitants of some communes, and the share of them that it holds, in percent."""
    today = {code for code, each in current.communes.items()} & set(members)
    renamed = {old: code for code, each in current.communes.items() for old in each.get("anciensCodes", [])}
    today |= {renamed[member] for member in members if member in renamed}
    held: dict[str, int] = {}
    for code in current.epci:
        held[code] = sum(current.communes[member].get("population") or 0 for member in current.members(code) if member in today)
    total = sum(current.communes[member].get("population") or 0 for member in today)
    best = max(held, key=lambda code: (held[code], code))
    return (best, round(100 * held[best] / total, 2)) if total and held[best] else (None, 0)


def _epci_rows(editions: dict[int, Edition]) -> list[dict]:
    current = editions[max(editions)]
    listings = {year: edition.epci for year, edition in editions.items()}
    rows = [
        _row(
            "epci",
            code,
            each["nom"],
            siren=code,
            legal_form=each["type"],
            population=_population(current.communes[member] for member in current.members(code)),
            valid_from_year=_first_year(code, listings),
        )
        for code, each in current.epci.items()
    ]
    last_listing = {code: year for year in sorted(editions) for code in editions[year].epci if code not in current.epci}
    for code, year in last_listing.items():
        heir, share = _heir(editions[year].members(code), current)
        each = editions[year].epci[code]
        rows.append(
            _row(
                "epci",
                code,
                each["nom"],
                siren=code,
                legal_form=each["type"],
                valid_from_year=_first_year(code, listings),
                valid_to_year=year,
                successor_code=heir,
                successor_share_percent=share if heir else None,
            )
        )
    return rows


def territory_rows(folder: Path) -> list[dict]:
    """Every official territory of today and every code that one of them replaced, from the archives in a folder."""
    editions = {year: read_edition(folder, year) for year in EDITIONS}
    year = max(EDITIONS)
    communes = _commune_rows(editions, _load(folder, _HISTORY_YEAR, "historique-communes"))
    standing = [row for row in communes if row["valid_to_year"] is None and row["successor_code"] is None]
    rows = [*communes, *_epci_rows(editions)]
    for each in _load(folder, year, "departements"):
        inside = [row for row in standing if row["departement_code"] == each["code"]]
        rows.append(_row("departement", each["code"], each["nom"], region_code=each["region"], population=_population(inside)))
    for each in _load(folder, year, "regions"):
        inside = [row for row in standing if row["region_code"] == each["code"]]
        rows.append(_row("region", each["code"], each["nom"], population=_population(inside)))
    for row in rows:
        row["population_year"] = POPULATION_YEAR if row["population"] is not None else None
    return sorted(rows, key=lambda row: (_LEVELS.index(row["territory_type_code"]), row["official_code"]))


def write_territories(rows: list[dict], path: Path = TERRITORIES) -> None:
    """Writes the reference as one compact Parquet file, in a fixed order."""
    table = pa.Table.from_pylist([row | {"successor_share_percent": _decimal(row["successor_share_percent"])} for row in rows], SCHEMA)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", compression_level=19)


def _decimal(value: object) -> object:
    return None if value is None else pa.scalar(f"{value:.2f}").cast(pa.decimal128(5, 2)).as_py()


def refresh(folder: Path, territories: Path = TERRITORIES, outlines: Path = OUTLINES, origin: Path = ORIGIN) -> dict[str, int]:
    """Downloads what is missing in the folder and writes reference, outlines and origin. Returns how many territories of each kind.

    Raises PackageError, with what to do, when a package cannot be had or is laid out otherwise.
    """
    fetch(folder)
    rows = territory_rows(folder)
    drawn, outlines_package = _read(folder, OUTLINES_PACKAGE, OUTLINES_VERSION, "index.js")
    packages = [_read(folder, GEOGRAPHY_PACKAGE, version, "package.json")[1] for version in EDITIONS.values()]
    write_territories(rows, territories)
    write_outlines(outlines_of_package(drawn, OUTLINES_VERSION), outlines)
    counts = {
        f"{kind}_{state}": sum(
            row["territory_type_code"] == kind and (row["successor_code"] is None) == (state == "current") for row in rows
        )
        for kind in _LEVELS
        for state in ("current", "obsolete")
    }
    record = {
        "what": "INSEE official geographic code, reference population and DGCL list of intercommunalities, as packaged by Etalab",
        "licence": "data: Licence Ouverte; package: MIT. Outlines: CC BY 4.0, attribution in departement_outlines.json",
        "geography_of": f"{max(EDITIONS)}-01-01",
        "population_of": f"{POPULATION_YEAR}-01-01 (municipal population; Mayotte 2017)",
        "counts": {name: count for name, count in counts.items() if count},
        "packages": [asdict(package) for package in [*packages, outlines_package]],
    }
    origin.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return record["counts"]


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    folder: Annotated[Path, typer.Argument(help="Folder for the package archives; those already there are not downloaded again.")],
) -> None:
    """Makes the official reference of territories and the outlines of départements anew; see docs/geography.md."""
    try:
        counts = refresh(folder)
    except PackageError as error:
        stop(error)
    say("seeds/official is written: " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()))


if __name__ == "__main__":
    app()
