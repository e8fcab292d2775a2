"""What the warehouse has already: rows of the seeds and of landing, without those of the import at hand."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from contracts.common.texts import plain_letters


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
        files = [self.project / "seeds" / f"{table}.csv"]
        files += [path for path in sorted((self.landing / table).glob("*")) if path.stem != self.name and not path.name.startswith(".")]
        parts = [batch for path in files for batch in _batches(path, columns, scope)]
        names = list(dict.fromkeys(name for part in parts for name in part.column_names))
        if not parts:
            return pd.DataFrame(columns=list(columns))
        found = pa.concat_tables(parts, promote_options="default").select(list(columns) or names)
        return found.to_pandas().astype(object).where(lambda cells: cells.notna(), None)

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


def _batches(path: Path, columns: tuple[str, ...], scope: Mapping[str, str]) -> Iterator[pa.Table]:
    """Rows of a CSV or Parquet file that are in the scope, as text, batch by batch so that a big file stays small."""
    wanted = list(dict.fromkeys([*columns, *scope])) if columns else []
    if path.suffix == ".parquet":
        file = pq.ParquetFile(path)
        present = [name for name in wanted or file.schema_arrow.names if name in file.schema_arrow.names]
        batches: Iterable[pa.RecordBatch] = file.iter_batches(columns=present)
    elif path.suffix == ".csv" and path.stat().st_size:
        with path.open(encoding="utf-8-sig", newline="") as text:
            header = next(csv.reader(text), [])
        options = pa_csv.ConvertOptions(
            column_types=dict.fromkeys([*header, *wanted], pa.string()),
            include_columns=wanted or header,
            include_missing_columns=True,
            null_values=[""],
            strings_can_be_null=True,
        )
        batches = pa_csv.open_csv(path, parse_options=pa_csv.ParseOptions(newlines_in_values=True), convert_options=options)
    else:
        return
    for batch in batches:
        table = pa.Table.from_batches([batch])
        table = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
        for column, value in scope.items():
            table = table.filter(pc.equal(table[column], value)) if column in table.column_names else table.slice(0, 0)
        yield table
