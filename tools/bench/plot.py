"""The drawing of the benchmark: time by number of lines."""

from pathlib import Path

import altair as alt
import vl_convert

from contracts.use.report.chart_rows import PALETTE
from contracts.use.report.charts import FONT, INK, MUTED
from tools.bench.tables import mart_seconds, seconds

_DECADES = [10**power for power in range(-3, 10)]


def points(sizes: list[dict]) -> list[dict]:
    """One row for each measured thing and size: what, lines, seconds."""
    rows = []
    for size in sorted(sizes, key=lambda each: each["lines"]):
        taken = {
            "Full build": seconds(size["full"]),
            "Same SQL directly": seconds(size["direct"]),
            "Increment of 1 %": seconds(size.get("increment", [])),
            "Four marts, DuckDB": mart_seconds(size["marts_in_duckdb"]),
            "Four marts, polars": mart_seconds(size["marts_in_polars"]),
            "Four marts, PostgreSQL": mart_seconds(size.get("marts_in_postgres", [])),
        }
        rows += [{"what": what, "lines": size["lines"], "seconds": value} for what, value in taken.items() if value]
    return rows


def draw(sizes: list[dict], path: Path) -> None:
    """Writes the drawing as SVG: both axes logarithmic, so that a cost in proportion to the lines is a straight line."""
    rows = points(sizes)
    order = list(dict.fromkeys(row["what"] for row in rows))
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("lines:Q", title="financial lines", scale=alt.Scale(type="log"), axis=alt.Axis(format="~s", values=_DECADES)),
        y=alt.Y("seconds:Q", title="seconds", scale=alt.Scale(type="log"), axis=alt.Axis(format="~g", values=_DECADES)),
        color=alt.Color("what:N", title=None, sort=order, scale=alt.Scale(domain=order, range=PALETTE[: len(order)])),
    )
    chart = (
        (base.mark_line() + base.mark_point(filled=True, size=50))
        .properties(width=560, height=320, background="white")
        .configure(font=FONT, padding=12)
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, titleColor=MUTED, gridColor="#eceff3")
        .configure_legend(labelColor=INK)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(vl_convert.vegalite_to_svg(chart.to_dict()), encoding="utf-8")
