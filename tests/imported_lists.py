"""Runs `contracts import` of published lists as a user does, and reads what it left."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from typer.testing import CliRunner

from contracts.cli import app
from contracts.common.project import PROJECT

SAMPLES = PROJECT.parent / "shared" / "samples"
EXAMPLES = PROJECT / "examples" / "imports"


@dataclass(frozen=True)
class Imported:
    """One run: exit code, what was printed, and the folders that it wrote to."""

    exit_code: int
    output: str
    landing: Path
    rejects: Path

    def rows(self, table: str) -> list[dict[str, str]]:
        """Landed rows of a table, of all imports."""
        return [row for path in sorted((self.landing / table).glob("*.csv")) for row in read(path)]

    def total(self, table: str = "financial_lines", **where: str) -> Decimal:
        """Sum of amount_eur of the rows with these values."""
        rows = [row for row in self.rows(table) if all(row[column] == value for column, value in where.items())]
        return sum((Decimal(row["amount_eur"]) for row in rows), Decimal(0))

    def findings(self) -> list[dict[str, str]]:
        return [row for path in sorted(self.rejects.glob("*.csv")) for row in read(path)]

    def report(self) -> dict:
        (path,) = self.rejects.glob("*.report.json")
        return json.loads(path.read_text(encoding="utf-8"))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def run_import(kind: str, path: Path, folder: Path, *options: str, lang: str = "en", published_on: str = "2024-06-30") -> Imported:
    """Imports a file into folders below folder. A traceback fails the test."""
    arguments = ["import", kind, str(path), "--into", str(folder / "landing"), "--rejects", str(folder / "rejects"), "--lang", lang]
    for option, value in (("--publisher", "Éditeur fictif"), ("--published-on", published_on)):
        if option not in options:
            arguments += [option, value]
    result = CliRunner().invoke(app, [*arguments, *options])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Imported(result.exit_code, " ".join(result.output.split()), folder / "landing", folder / "rejects")


def tables(landing: Path) -> dict[str, bytes]:
    """Bytes of every landed file, by table and name."""
    return {str(path.relative_to(landing)): path.read_bytes() for path in sorted(landing.glob("[!.]*/*.csv"))}
