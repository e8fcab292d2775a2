"""Measures the importers on generated files: rows a second and peak memory, each in a process of its own.

Files are written to a folder that the caller gives; nothing touches the project's landing.
"""

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MAPPINGS = {
    "maquette": """\
contract: {code: banc_d_essai, label_fr: Banc d'essai (fictif), type: framework_agreement, period_start_year: 2021, period_end_year: 2027}
document: {title: Banc d'essai, publisher: Document fictif, published_on: 2021-06-30, status: signed}
unit: €
columns: {volet: Volet, operation: Opération, operation_code: N°, cost: Coût total, total: Total}
funders: {État: etat, Région: region_hdf, FEDER: {partner: union_europeenne, fund: feder}}
""",
    "programmation": """\
contract: {code: banc_d_essai, label_fr: Banc d'essai (fictif), type: framework_agreement, period_start_year: 2021, period_end_year: 2027}
document: {title: Banc d'essai, publisher: Document fictif, published_on: 2024-02-15, status: report}
measure: cumulative
columns: {volet: Volet, operation: Opération, operation_code: N°, funder: Financeur, as_of_date: Arrêté au}
stages: {Programmé (€): programmed, Engagé (€): committed, Payé (€): paid}
""",
}

_VOLETS = 200


def maquette_rows(count: int) -> Iterator[list[str]]:
    """A header and so many rows of operations, in 200 volets, with a total after each volet and one of all."""
    yield ["Volet", "N°", "Opération", "Coût total", "État", "Région", "FEDER", "Total"]
    per_volet = max(1, count // _VOLETS)
    grand = [0, 0, 0]
    number = 0
    for volet in range(_VOLETS):
        name, sums, size = f"Volet {volet + 1} : Politique {volet + 1}", [0, 0, 0], per_volet
        if volet == _VOLETS - 1:
            size = count - number
        for _ in range(size):
            number += 1
            shares = [number * 7 % 400_000 + 1, number * 13 % 200_000 + 1, number * 29 % 300_000 + 1]
            sums = [total + share for total, share in zip(sums, shares, strict=True)]
            total = sum(shares)
            yield [
                name,
                str(number),
                f"Opération {number} de démonstration",
                str(total + 5),
                *(f"{share},50" for share in shares),
                f"{total + 1},50",
            ]
        grand = [total + part for total, part in zip(grand, sums, strict=True)]
        yield [f"Total volet {volet + 1}", "", "", "", *(_halves(part, size) for part in sums), _halves(sum(sums), 3 * size)]
        if number >= count:
            break
    yield ["Total général", "", "", "", *(_halves(part, number) for part in grand), _halves(sum(grand), 3 * number)]


def _halves(euros: int, count: int) -> str:
    """Euros and so many times 50 cents."""
    return f"{euros + count // 2},{'50' if count % 2 else '00'}"


def programmation_rows(count: int) -> Iterator[list[str]]:
    """A header and so many rows: operations with two funders each, at one closing date."""
    yield ["Volet", "N°", "Opération", "Financeur", "Arrêté au", "Programmé (€)", "Engagé (€)", "Payé (€)"]
    for number in range(count):
        operation, programmed = number // 2, number * 7 % 900_000 + 100
        volet = f"Volet {operation % _VOLETS + 1}"
        funder = "etat" if number % 2 else "region_hdf"
        amounts = [f"{programmed},25", f"{programmed // 2},00", str(programmed // 4)]
        yield [volet, str(operation), f"Opération {operation} de démonstration", funder, "31/12/2023", *amounts]


ROWS: dict[str, Callable[[int], Iterator[list[str]]]] = {"maquette": maquette_rows, "programmation": programmation_rows}


def write_file(kind: str, count: int, folder: Path, suffix: str = ".csv") -> tuple[Path, Path]:
    """Writes a generated file of a kind with its mapping. Returns both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    path, mapping = folder / f"{kind}_{count}{suffix}", folder / f"{kind}.yml"
    mapping.write_text(MAPPINGS[kind], encoding="utf-8")
    if suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\n").writerows(ROWS[kind](count))
    else:
        import xlsxwriter

        with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Tableau")
            for line, row in enumerate(ROWS[kind](count)):
                sheet.write_row(line, 0, row)
    return path, mapping


@dataclass(frozen=True)
class Speed:
    """Outcome of one measure.

    seconds: wall time of the whole process; cpu_seconds: what it computed, whatever else ran; peak_mib: its highest resident memory.
    """

    kind: str
    file: str
    rows: int
    accepted: int
    seconds: float
    cpu_seconds: float
    peak_mib: float

    @property
    def rows_per_second(self) -> float:
        """Rows for each second of computing."""
        return self.rows / self.cpu_seconds


_RUN = """
import json, resource, sys
from pathlib import Path
from contracts.add.imports.session import Places
module, function, path, mapping, project, out = sys.argv[1:]
run = getattr(__import__(f"contracts.add.imports.{module}", fromlist=[function]), function)
outcome = run(Path(path), Path(mapping), Places(Path(project), Path(out) / "landing", Path(out) / "rejects"))
used = resource.getrusage(resource.RUSAGE_SELF)
found = {"rows": outcome.rows_in, "accepted": outcome.accepted}
print(json.dumps({**found, "peak": used.ru_maxrss / 1024, "cpu": used.ru_utime + used.ru_stime}))
"""


def measure(kind: str, count: int, folder: Path, project: Path, suffix: str = ".csv") -> Speed:
    """Imports a generated file in a process of its own. RuntimeError: the import failed, with what it printed."""
    path, mapping = write_file(kind, count, folder, suffix)
    return run_apart(kind, path, [_RUN, kind, f"import_{kind}", str(path), str(mapping), str(project), str(folder)])


def run_apart(kind: str, path: Path, arguments: list[str]) -> Speed:
    """Runs a script with arguments in a process of its own, which prints rows, accepted, peak and cpu as JSON. RuntimeError: it failed."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", *arguments], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    return Speed(kind, path.name, found["rows"], found["accepted"], seconds, found["cpu"], found["peak"])
