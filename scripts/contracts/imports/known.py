"""What the warehouse has already: rows of the seeds and of landing, without those of the import at hand."""

from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

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
        """All rows of a small table as text, null where empty."""
        if table not in self._tables:
            self._tables[table] = self.frame(table).to_dict("records")
        return self._tables[table]

    def frame(self, table: str, columns: tuple[str, ...] = (), **scope: str) -> pd.DataFrame:
        """Rows of a table as text, None where empty. columns: only these. scope: values that columns must have."""
        seed = self.project / "seeds" / f"{table}.csv"
        landed = [path for path in sorted((self.landing / table).glob("*")) if path.stem != self.name and not path.name.startswith(".")]
        files = [str(path) for path in [seed, *landed] if path.suffix == ".csv" and path.stat().st_size]
        parquet = [str(path) for path in landed if path.suffix == ".parquet"]
        parts = []
        if files:
            parts.append("select * from read_csv($files, header = true, all_varchar = true, union_by_name = true, sep = ',', quote = '\"')")
        if parquet:
            parts.append("select * from read_parquet($parquet, union_by_name = true)")
        where = " and ".join(f"{column} = ${column}" for column in scope)
        query = f"select {', '.join(columns) or '*'} from ({' union all by name '.join(parts)}) {'where ' + where if where else ''}"
        values: dict[str, object] = {**scope, **({"files": files} if files else {}), **({"parquet": parquet} if parquet else {})}
        with duckdb.connect() as connection:
            found = connection.execute(query, values).fetch_arrow_table()
        texts = found.cast(pa.schema([(name, pa.string()) for name in found.column_names]))
        return texts.to_pandas().astype(object).where(lambda cells: cells.notna(), None)

    def by_code(self, table: str, code: str) -> dict[str, dict[str, str | None]]:
        """Rows of a table by the value of one column."""
        return {row[code]: row for row in self.rows(table) if row.get(code)}

    @cached_property
    def contracts(self) -> dict[str, dict[str, str | None]]:
        return self.by_code("contracts", "contract_code")

    @cached_property
    def partners(self) -> dict[str, dict[str, str | None]]:
        return self.by_code("partners", "partner_code")

    def line(self, code: str) -> dict[str, str | None] | None:
        """The latest version of a financial line; None: unknown."""
        rows = self.frame("financial_lines", line_code=code)
        return rows.sort_values("recorded_on", na_position="first").iloc[-1].to_dict() if len(rows) else None

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
