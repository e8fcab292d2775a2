"""Seals figures that were read a second time and the dates of contracts.

A later change of one is an error until it is read and sealed again.
"""

import csv
from pathlib import Path

from contracts.project import PROJECT, WAREHOUSE, open_warehouse

_FINGERPRINTS = "select subject_type, subject_code, fingerprint from intermediate.int_figure_fingerprints order by all"


def seal(warehouse: Path = WAREHOUSE, destination: Path = PROJECT / "seeds" / "verified_figures.csv") -> int:
    """Writes the fingerprint of every figure whose verified_by is filled and of every contract's dates. Returns how many.

    Raises FileNotFoundError before the first build; dbt build runs up to the fingerprints even where the seal is broken.
    """
    with open_warehouse(warehouse) as connection:
        rows = connection.execute(_FINGERPRINTS).fetchall()
    with destination.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["subject_type", "subject_code", "fingerprint"])
        writer.writerows(rows)
    return len(rows)
