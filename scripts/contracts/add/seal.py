"""Seals the figures on which two readings agree. A later change of one is an error until both agree again."""

import csv
from dataclasses import dataclass
from pathlib import Path

from contracts.common.project import PROJECT, WAREHOUSE, open_warehouse

_COLUMNS = ("mention_code", "fingerprint")
_AGREED = "select mention_code, fingerprint from intermediate.int_figure_fingerprints where is_agreed order by mention_code"
_COUNT = "select count(*) from intermediate.int_figure_fingerprints"
_DIFFERENCES = """
    select differences.document_code, differences.line_number, differences.printed_figure, attribute_name, first_value, second_value
    from intermediate.int_figure_differences as differences
    inner join intermediate.int_figure_fingerprints using (mention_code)
    order by all
"""


@dataclass(frozen=True)
class Sealing:
    """What was sealed. figure_count: of the seeds, sealed or not; unsealed: mentions that had a seal and lost it.

    differences: document, line, printed figure, attribute, first and second reading of it; None where a reading says nothing.
    """

    sealed_count: int
    figure_count: int
    unsealed: list[str]
    differences: list[tuple]


def seal(warehouse: Path = WAREHOUSE, destination: Path = PROJECT / "seeds" / "verified_figures.csv") -> Sealing:
    """Writes the fingerprint of every figure of the seeds on which both readings agree, as the last build compared them.

    Raises FileNotFoundError before the first build; dbt build runs up to the fingerprints even where the seal is broken.
    """
    with open_warehouse(warehouse) as connection:
        agreed = connection.execute(_AGREED).fetchall()
        figure_count = connection.execute(_COUNT).fetchone()[0]
        differences = connection.execute(_DIFFERENCES).fetchall()
    sealed = {code for code, _ in agreed}
    unsealed = sorted(_sealed_before(destination) - sealed)
    with destination.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(agreed)
    return Sealing(len(agreed), figure_count, unsealed, differences)


def _sealed_before(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with path.open(encoding="utf-8", newline="") as file:
        return {row["mention_code"] for row in csv.DictReader(file)}
