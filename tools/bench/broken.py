"""Adds broken rows to generated lines, in known ways and at known places; without them the data is what it was.

A broken row is a copy of a sound one with one defect and a code of its own (only a repeated key keeps it), so that nothing else
refers to it: what is left when all are rejected equals the data before.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from tools.bench.generator import SEED

# kind → column that is broken, and what stands there instead (SQL)
DEFECTS = {
    "unreadable amount": ("amount_eur", "'douze mille euros'"),
    "unreadable date": ("as_of_date", "'2021-13-45'"),
    "empty key": ("line_code", "null"),
    "unknown word": ("stage", "'promis'"),
    "unknown partner": ("partner_code", "'bench_nobody'"),
    "negative amount": ("amount_eur", "'-' || amount_eur"),
    "repeated key": ("line_code", "line_code"),
}


@dataclass(frozen=True)
class BrokenRow:
    """One planted defect. file: name inside the landing folder. row: line of a CSV file, header being 1; row of a Parquet file, from 1.

    column: the one that is broken, for a repeated key the first of the key. kind: key of DEFECTS.
    """

    file: str
    row: int
    column: str
    kind: str


def break_rows(folder: Path, share: float = 0.001, seed: int = SEED) -> list[BrokenRow]:
    """Adds so many broken rows for each row of folder/financial_lines, at least one a file, and tells where each stands.

    folder: what generate wrote. In Parquet the columns that hold defects become text. The same seed breaks the same rows.
    """
    broken: list[BrokenRow] = []
    with duckdb.connect() as connection:
        for path in sorted((folder / "financial_lines").iterdir()):
            broken += _break_file(connection, path, f"financial_lines/{path.name}", share, seed)
    return broken


def _break_file(connection: duckdb.DuckDBPyConnection, path: Path, name: str, share: float, seed: int) -> list[BrokenRow]:
    is_csv = path.suffix == ".csv"
    source = f"read_csv('{path}', all_varchar = true, header = true)" if is_csv else f"read_parquet('{path}')"
    text = ", ".join(f"cast({column} as varchar) as {column}" for column in {column: None for column, _ in DEFECTS.values()})
    connection.execute(f"create or replace temp table sound as select * replace ({text}), row_number() over () as place from {source}")
    (rows,) = connection.execute("select count(*) from sound").fetchone() or (0,)
    values = {column: [] for column, _ in DEFECTS.values()}
    for number, (column, value) in enumerate(DEFECTS.values()):
        values[column].append(f"when {number} then {value}")
    # whatever its defect, a copy that keeps its code would be a repeated key
    values["line_code"].append("else 'bench_broken_' || place || '_' || line_code")
    replaced = ", ".join(
        f"case defect {' '.join(cases)}{'' if column == 'line_code' else f' else {column}'} end as {column}"
        for column, cases in values.items()
    )
    connection.execute(f"""
        create or replace temp table mixed as
        with chosen as (
            select *, (row_number() over (order by hash({seed}, '{name}', place)) - 1) % {len(DEFECTS)} as defect
            from sound
            where amount_eur is not null and as_of_date is not null
            order by hash({seed}, '{name}', place)
            limit {max(1, round(rows * share))}
        ),

        all_rows as (
            select *, null as defect from sound
            union all
            select * replace ({replaced}) from chosen
        )

        select *, row_number() over (order by place, defect nulls first) as row_place
        from all_rows
    """)
    rest = "select * exclude (place, defect, row_place) from mixed order by row_place"
    connection.execute(f"copy ({rest}) to '{path}' (format {'csv, header' if is_csv else 'parquet'})")
    found = connection.execute("select row_place, defect from mixed where defect is not null order by row_place").fetchall()
    kinds = list(DEFECTS)
    return [BrokenRow(name, place + is_csv, DEFECTS[kinds[defect]][0], kinds[defect]) for place, defect in found]
