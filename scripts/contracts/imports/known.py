"""What the warehouse has already: rows of the seeds and of landing, without those of the import at hand."""

from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import duckdb

from contracts.imports.values import plain_letters


class Known:
    """Reads tables when they are asked for.

    project: folder with seeds/. landing: folder of the landed tables. name: the import whose own rows of last time do not count.
    """

    def __init__(self, project: Path, landing: Path, name: str) -> None:
        self.project = project
        self.landing = landing
        self.name = name
        self._tables: dict[str, list[dict[str, str | None]]] = {}

    def rows(self, table: str) -> list[dict[str, str | None]]:
        """All rows of a table as text, null where empty."""
        if table not in self._tables:
            rows = self._read(self.project / "seeds" / f"{table}.csv")
            for path in sorted((self.landing / table).glob("*")):
                if path.suffix in (".csv", ".parquet") and path.stem != self.name:
                    rows.extend(self._read(path))
            self._tables[table] = rows
        return self._tables[table]

    def _read(self, path: Path) -> list[dict[str, str | None]]:
        with duckdb.connect() as connection:
            if path.suffix == ".parquet":
                relation = connection.read_parquet(str(path))
            else:
                if path.stat().st_size == 0:
                    return []
                relation = connection.read_csv(str(path), header=True, all_varchar=True, sep=",", quotechar='"', escapechar='"')
            columns = relation.columns
            return [
                {column: None if value is None else str(value) for column, value in zip(columns, row, strict=True)}
                for row in relation.fetchall()
            ]

    def by_code(self, table: str, code: str) -> dict[str, dict[str, str | None]]:
        """Rows of a table by the value of one column."""
        return {row[code]: row for row in self.rows(table) if row.get(code)}

    @cached_property
    def contracts(self) -> dict[str, dict[str, str | None]]:
        return self.by_code("contracts", "contract_code")

    @cached_property
    def partners(self) -> dict[str, dict[str, str | None]]:
        return self.by_code("partners", "partner_code")

    @cached_property
    def lines(self) -> dict[str, dict[str, str | None]]:
        return self.by_code("financial_lines", "line_code")

    def close_to(self, text: str, table: str, code: str) -> str:
        """Codes of a table that look like the text, for a message; "–" when none does."""
        codes = list(self.by_code(table, code))
        return ", ".join(get_close_matches(text.lower(), codes, 3, 0.5)) or "–"

    def codes_by_label(self, table: str, code: str, label: str = "label_fr", **scope: str) -> dict[str, str]:
        """Codes of a table by their label without accents and case; scope: values of other columns, such as contract_code."""
        return {
            plain_letters(row[label] or ""): row[code] or ""
            for row in reversed(self.rows(table))
            if all(row.get(column) == value for column, value in scope.items())
        }
