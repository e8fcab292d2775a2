"""Compares what Superset's charts show with the marts, to the cent."""

from calendar import timegm
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from contracts.superset.client import Client
from contracts.superset.dashboard import CHARTS, SLUG, Chart
from contracts.superset.environment import SupersetError

CENT = Decimal("0.01")


def check(client: Client, path: Path) -> dict[str, int]:
    """Asks Superset for the data of every chart and compares each row, and each total, with the file.

    Returns the number of rows compared, by chart. Raises SupersetError with the first differences.
    """
    shown = client.charts_of(SLUG)
    counts = {}
    with duckdb.connect(str(path), read_only=True, config={"enable_external_access": False}) as connection:
        for chart in CHARTS:
            if chart.title not in shown:
                raise SupersetError(f"the dashboard lacks the chart {chart.title!r}")
            rows = client.data_of(shown[chart.title])
            differences = differences_of(chart, rows, connection)
            if differences:
                raise SupersetError(
                    "\n".join([f"the chart {chart.title!r} does not show what marts.{chart.mart} holds:", *differences[:5]])
                )
            counts[chart.title] = len(rows)
    return counts


def differences_of(chart: Chart, rows: list[dict], connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What differs between the rows that a chart shows and its mart, as sentences. Empty: nothing does."""
    columns = chart.dimensions + chart.metrics
    expected = _rows_of_the_mart(chart, connection)
    got = Counter(tuple(_exact(row.get(column)) for column in columns) for row in rows)
    differences = [f"missing in the chart: {row}" for row in (expected - got).elements()]
    differences += [f"only in the chart: {row}" for row in (got - expected).elements()]
    for measure, metric in zip(chart.measures, chart.metrics[len(chart.extra_metrics) :], strict=True):
        total = connection.execute(f"select sum({measure}) from marts.{chart.mart}").fetchone()[0] or Decimal(0)
        sum_shown = sum((_exact(row[metric]) for row in rows if row[metric] is not None), Decimal(0))
        if sum_shown != total:
            differences.append(f"{measure}: the chart adds up to {sum_shown}, the mart to {total}")
    return differences


def _rows_of_the_mart(chart: Chart, connection: duckdb.DuckDBPyConnection) -> Counter:
    """The mart's rows, added up here and not by SQL, so that the comparison is independent of what Superset asks."""
    wanted = connection.sql(f"select * from marts.{chart.mart}")
    rows = [dict(zip(wanted.columns, row, strict=True)) for row in wanted.fetchall()]
    rows = [row for row in rows if chart.only is None or row[chart.only] is not None]
    if not chart.metrics:
        return Counter(tuple(_exact(row[column]) for column in chart.dimensions) for row in rows)
    groups: dict[tuple, list[dict]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in chart.dimensions), []).append(row)
    return Counter((*key, *_sums(chart, members)) for key, members in groups.items())


def _sums(chart: Chart, rows: list[dict]) -> list[Decimal | None]:
    totals = {measure: _sum([row[measure] for row in rows]) for measure in chart.measures}
    broken_down = [_sum([row["contracted_eur"] - (row["unallocated_contracted_eur"] or 0) for row in rows]) for _ in chart.extra_metrics]
    return [*broken_down, *totals.values()]


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _exact(value: object) -> object:
    """A value in one form on both sides. Superset sends decimals as floats, which hold cents exactly up to 90 000 billion euros."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return Decimal(timegm(value.timetuple()) * 1000).quantize(CENT)  # Superset sends milliseconds since 1970
    return Decimal(str(value)).quantize(CENT)
