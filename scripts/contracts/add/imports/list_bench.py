"""Measures the importers of published lists on files as long as one likes, made up from nothing real."""

import csv
import random
from pathlib import Path

from contracts.add.imports.bench import Speed, run_apart
from contracts.add.imports.subventions_reading import FIELDS
from contracts.common.texts import has_valid_check_digit

_OBJECTS = ("Fonctionnement", "Restauration d'une halle", "Festival", "Équipement sportif", "Étude", "Achat de matériel", "Rénovation")
_PROGRAMMES = ("PO FICTIF NORD", "PO FICTIF SUD", "PO FICTIF EST", "PO FICTIF OUEST")
_OPERATION_HEADERS = (
    "Programme",
    "Intitulé du projet",
    "Nom du bénéficiaire",
    "Code postal du bénéficiaire",
    "Date de début de l'opération",
    "Date de fin de l'opération",
    "Total dépenses éligibles",
    "Montant UE programmé",
    "Pays",
    "Date de programmation",
    "Catégorie d'intervention",
    "Fonds",
)


def fictitious_siret(number: int) -> str:
    """A SIRET with right check digits, of no body: SIREN 000 0xx xxx x are not given."""
    siren = f"{number:08d}"
    siren += next(digit for digit in "0123456789" if has_valid_check_digit(siren + digit))
    return siren + next(nic for nic in (f"{end:05d}" for end in range(10)) if has_valid_check_digit(siren + nic))


def write_subventions(path: Path, rows: int, beneficiaries: int = 50_000, attribuants: int = 20, seed: int = 1) -> None:
    """A list of subventions: one in five decisions has two or three beneficiaries, whose shares make the whole."""
    chance = random.Random(seed)
    sirets = [fictitious_siret(number) for number in range(1, beneficiaries + attribuants + 1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        written = decision = 0
        while written < rows:
            decision += 1
            count = min(chance.choice((1, 1, 1, 1, 1, 1, 1, 1, 2, 3)), rows - written)
            attribuant = chance.randrange(attribuants)
            day = f"{chance.randrange(2016, 2024)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
            amount = f"{chance.randrange(500, 300_000)}.{chance.randrange(100):02d}"
            label = chance.choice(_OBJECTS)
            for share in {1: ("1",), 2: ("0.4", "0.6"), 3: ("0.25", "0.25", "0.5")}[count]:
                number = chance.randrange(beneficiaries)
                writer.writerow(
                    [
                        f"Commune fictive {attribuant}",
                        sirets[beneficiaries + attribuant],
                        day,
                        f"D{decision:07d}",
                        f"Association fictive {number}",
                        sirets[number],
                        "",
                        label,
                        amount,
                        "aide en numéraire",
                        "unique",
                        f"{day}/{day}",
                        "",
                        "non",
                        share,
                        "",
                    ]
                )
                written += 1


def write_operations(path: Path, rows: int, beneficiaries: int = 50_000, seed: int = 1) -> None:
    """A list of operations of four programmes."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_OPERATION_HEADERS)
        for number in range(rows):
            cents = chance.randrange(100_000, 500_000_000)
            eu = cents * chance.randrange(20, 81) // 100
            writer.writerow(
                [
                    chance.choice(_PROGRAMMES),
                    f"Opération fictive {number}",
                    f"Bénéficiaire fictif {chance.randrange(beneficiaries)}",
                    f"{chance.randrange(1000, 96000):05d}",
                    f"{chance.randrange(2014, 2017)}-03-01",
                    f"{chance.randrange(2017, 2021)}-12-31",
                    f"{cents // 100}.{cents % 100:02d}",
                    f"{eu // 100}.{eu % 100:02d}",
                    "FR",
                    f"2015-{chance.randrange(1, 13):02d}-15",
                    f"CI01_{chance.randrange(1, 124):03d} - Catégorie",
                    chance.choice(("FEDER", "FSE")),
                ]
            )


WRITERS = {"scdl-subventions": write_subventions, "feder-operations": write_operations}

_RUN = """
import json, resource, sys
from pathlib import Path
from contracts.add.imports import feder, subventions
from contracts.add.imports.provenance import publication
from contracts.add.imports.session import Places
kind, path, project, out = sys.argv[1:]
details = publication("Banc d'essai", "Fictif", "2024-01-01", "report")
places = Places(Path(project), Path(out) / "landing", Path(out) / "rejects")
if kind == "scdl-subventions":
    outcome = subventions.import_subventions(Path(path), details, places, subventions.Options())
else:
    outcome = feder.import_operations(Path(path), details, places, feder.Options())
used = resource.getrusage(resource.RUSAGE_SELF)
cpu = used.ru_utime + used.ru_stime
print(json.dumps({"rows": outcome.rows_in, "accepted": outcome.accepted, "peak": used.ru_maxrss / 1024, "cpu": cpu}))
"""


def measure_list(kind: str, count: int, folder: Path, project: Path) -> Speed:
    """Imports a made-up file in a process of its own. kind: key of WRITERS. RuntimeError: the import failed, with what it printed."""
    path = folder / f"{kind}_{count}.csv"
    WRITERS[kind](path, count)
    return run_apart(kind, path, [_RUN, kind, str(path), str(project), str(folder)])
