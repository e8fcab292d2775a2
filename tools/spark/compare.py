"""Compares tables row by row: values by their type, money exactly, the order of rows left aside.

Both sides are relations of one DuckDB connection: a table of the file, and Parquet or CSV that another engine wrote.
"""

from dataclasses import dataclass

import duckdb

SHOWN = 3  # differing rows told in words


@dataclass(frozen=True)
class Comparison:
    """What two tables of one name differ in.

    rows, other_rows: of DuckDB's table and of the other engine's; None: that engine has no such table. differing_rows: rows that the
    other side has not, counted on the side that has more of them. differing_cents: sum of the differences of all decimal columns,
    row by row, in hundredths. findings: columns and rows in words, the first few.
    """

    name: str
    rows: int
    other_rows: int | None
    differing_rows: int
    differing_cents: int
    findings: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return self.other_rows is not None and not self.differing_rows and not self.findings


def _kind(sql_type: str) -> str:
    """Kinds of types whose values can be compared; whole numbers of any width are one kind."""
    if "INT" in sql_type or (sql_type.startswith("DECIMAL") and sql_type.endswith(",0)")):
        return "whole number"
    if sql_type.startswith("DECIMAL"):
        return f"decimal with {sql_type.split(',')[1].rstrip(')')} digits"
    return sql_type


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    return {name: sql_type for name, sql_type, *_ in connection.execute(f"describe select * from {relation}").fetchall()}


def _row(names: list[str], values: tuple) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))


def _changes(names: list[str], before: tuple, after: tuple) -> str:
    pairs = zip(names, before, after, strict=True)
    return ", ".join(f"{name} {mine} there {theirs}" for name, mine, theirs in pairs if mine != theirs)


def compare(connection: duckdb.DuckDBPyConnection, name: str, relation: str, other: str | None, key: tuple[str, ...] = ()) -> Comparison:
    """Compares a relation with that of another engine.

    relation, other: SQL of each, as after from; other is None where the engine lacks the table. key: columns of the primary key, by which
    differing rows are told; all columns when empty.
    """
    ((rows,),) = connection.execute(f"select count(*) from {relation}").fetchall()
    if other is None:
        return Comparison(name, rows, None, rows, 0, ("the table is missing there",))
    mine, theirs = _columns(connection, relation), _columns(connection, other)
    findings = [f"column {column}: only on one side" for column in mine.keys() ^ theirs.keys()]
    common = [column for column in mine if column in theirs]
    findings += [f"column {each}: {mine[each]}, there {theirs[each]}" for each in common if _kind(mine[each]) != _kind(theirs[each])]
    listed = ", ".join(f'"{column}"' for column in common)
    for side, first, second in (("only_here", relation, other), ("only_there", other, relation)):
        connection.execute(f"create or replace temp table {side} as select {listed} from {first} except all select {listed} from {second}")
    ((other_rows,),) = connection.execute(f"select count(*) from {other}").fetchall()
    ((here,),) = connection.execute("select count(*) from only_here").fetchall()
    ((there,),) = connection.execute("select count(*) from only_there").fetchall()
    cents = _cents(connection, common, {column for column in common if "DECIMAL" in mine[column] and "DECIMAL" in theirs[column]})
    if here or there:
        findings += _differing_rows(connection, common, [column for column in key if column in common])
    return Comparison(name, rows, other_rows, max(here, there), cents, tuple(findings))


def _cents(connection: duckdb.DuckDBPyConnection, columns: list[str], decimals: set[str]) -> int:
    """Hundredths by which decimals differ, rows paired by all other columns."""
    others = ", ".join(f'"{column}"' for column in columns if column not in decimals)
    if not decimals:
        return 0
    sides = " union all ".join(
        f"select {others}{', ' if others else ''}"
        + ", ".join(f'{sign} * "{column}" as "{column}"' for column in sorted(decimals))
        + f" from {side}"
        for sign, side in ((1, "only_here"), (-1, "only_there"))
    )
    sums = " + ".join(f'coalesce(abs(sum("{column}")), 0)' for column in sorted(decimals))
    grouped = f"select {sums} as gap from ({sides}) " + (f"group by {others}" if others else "")
    ((gap,),) = connection.execute(f"select coalesce(sum(gap), 0) from ({grouped})").fetchall()
    return round(gap * 100)


def _differing_rows(connection: duckdb.DuckDBPyConnection, columns: list[str], key: list[str]) -> list[str]:
    """The first differing rows in words: what changed where both sides have the key, the row itself where one side has it alone."""
    ordered = f"select * from {{}} order by {', '.join(f'{chr(34)}{column}{chr(34)}' for column in key)}" if key else "from {} order by all"
    here = connection.execute(ordered.format("only_here")).fetchmany(1000)
    there = connection.execute(ordered.format("only_there")).fetchmany(1000)
    places = [columns.index(column) for column in key] or list(range(len(columns)))
    names = key or columns

    def keyed(rows: list[tuple]) -> dict[tuple, tuple]:
        return {tuple(row[place] for place in places): row for row in rows}

    mine, theirs = keyed(here), keyed(there)
    found = [f"{_row(names, each)}: {_changes(columns, mine[each], theirs[each])}" for each in mine if each in theirs]
    found += [f"only in DuckDB: {_row(names, each)}" for each in mine if each not in theirs]
    found += [f"only there: {_row(names, each)}" for each in theirs if each not in mine]
    return found[:SHOWN]
