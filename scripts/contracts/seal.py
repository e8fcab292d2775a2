"""Seals the figures that were read a second time: a later change of one is an error until it is read and sealed again."""

import csv
from pathlib import Path

import duckdb

from contracts.project import PROJECT, WAREHOUSE

_FINGERPRINTS = "select mention_code, fingerprint from intermediate.int_figure_fingerprints order by mention_code"


def seal(warehouse: Path = WAREHOUSE, destination: Path = PROJECT / "seeds" / "verified_figures.csv") -> int:
    """Writes the fingerprint of every figure whose verified_by is filled, as the last build read it. Returns how many.

    Raises FileNotFoundError before the first build; dbt build runs up to the fingerprints even where the seal is broken.
    """
    if not warehouse.exists():
        raise FileNotFoundError(f"{warehouse.name} is not built yet: run make build first")
    with duckdb.connect(str(warehouse), read_only=True, config={"enable_external_access": False}) as connection:
        rows = connection.execute(_FINGERPRINTS).fetchall()
    with destination.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["mention_code", "fingerprint"])
        writer.writerows(rows)
    return len(rows)
