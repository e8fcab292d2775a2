"""Compares what Superset's charts show with the marts, to the cent."""

from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from tools.environments import ToolError
from tools.superset.client import Client
from tools.superset.dashboard import CHARTS, SLUG, Chart

CENT = Decimal("0.01")


def check(client: Client, path: Path) -> dict[str, int]:
    """Asks Superset for the data of every chart and compares each row, and each total, with the file.

    Returns the number of rows compared, by chart. Raises ToolError with the first differences.
    """
    shown = client.charts_of(SLUG)
    counts = {}
    with duckdb.connect(str(path), read_only=True, config={"enable_external_access": False}) as connection:
        for chart in CHARTS:
            if chart.title not in shown:
                raise ToolError(f"the dashboard lacks the chart {chart.title!r}")
            rows = client.data_of(shown[chart.title])
            differences = differences_of(chart, rows, connection)
            if differences:
                raise ToolError("\n".join([f"the chart {chart.title!r} does not show what marts.{chart.mart} holds:", *differences[:5]]))
            counts[chart.title] = len(rows)
    return counts


def differences_of(chart: Chart, shown: list[dict], connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What differs between the rows that a chart shows and its mart, as sentences. Empty: nothing does."""
    got = Counter(_as_shown(chart, row) for row in shown)
    expected = Counter(_from_mart(chart, connection))
    differences = [f"missing in the chart: {row}" for row in (expected - got).elements()]
    differences += [f"only in the chart: {row}" for row in (got - expected).elements()]
    for position, measure in enumerate(chart.measures, start=len(chart.dimensions)):
        total = connection.execute(f"select sum({measure}) from marts.{chart.mart}").fetchone()[0]
        total_shown = _sum([row[position] for row in got.elements()])
        if total_shown != total:
            differences.append(f"{measure}: the chart adds up to {total_shown}, the mart to {total}")
    return differences


def _as_shown(chart: Chart, row: dict) -> tuple:
    unit = 1_000_000 if chart.millions else 1
    return (*(_exact(row[name]) for name in chart.dimensions), *(_exact(row[name], unit) for name in chart.metrics))


def _from_mart(chart: Chart, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple]:
    """What the chart should show, added up here and not by SQL, so that the comparison does not repeat what Superset asks."""
    mart = connection.sql(f"select * from marts.{chart.mart}")
    rows = [dict(zip(mart.columns, row, strict=True)) for row in mart.fetchall()]
    if not chart.measures:
        yield from (tuple(_exact(row[name]) for name in chart.dimensions) for row in rows)
        return
    groups: dict[tuple, list[dict]] = {} if chart.dimensions else {(): []}
    for row in rows:
        if chart.only is None or row[chart.only] is not None:
            groups.setdefault(tuple(_exact(row[name]) for name in chart.dimensions), []).append(row)
    for key, members in groups.items():
        yield (*key, *(_sum([row[measure] for row in members]) for measure in chart.measures))


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _exact(value: object, unit: int = 1) -> object:
    """A value in one form on both sides; numbers to the cent.

    Superset sends decimals as floats, which tell cents apart up to 10 000 billion euros, and dates as milliseconds since 1970.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        value = timegm(value.timetuple()) * 1000
    return (Decimal(str(value)) * unit).quantize(CENT)
