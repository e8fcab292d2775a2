"""The drawings of the report, by Altair.

A drawing takes its rows from a data set named rows, so that the page draws any contract with one specification per language.
"""

import re
from pathlib import Path

import altair as alt
import vl_convert

from contracts.use.report.chart_rows import ALL, PALETTE, UNALLOCATED, funder_rows, timeline_rows, tree_rows
from contracts.use.report.data import Data
from contracts.use.report.map_rows import map_outlines, map_rows
from contracts.use.report.outlines import read_outlines
from contracts.use.report.texts import NUMBER_LOCALES, text

INK, MUTED, RULE = "#1b2430", "#55606e", "#d5dae1"
FONT = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"


def _configured(chart: alt.LayerChart, step: int | None) -> alt.LayerChart:
    """The look of every chart: as wide as its place, one step per row, quiet axes. The page describes it, so the marks say nothing."""
    if step is not None:
        chart = chart.properties(height=alt.Step(step))
    return (
        chart.properties(width="container", autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(font=FONT, aria=False, padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED, titleColor=MUTED, labelFontSize=12, titleFontSize=12, titleFontWeight="normal", gridColor="#eceff3"
        )
        .configure_axisX(domain=False, tickColor=RULE, labelFlush=True)
        .configure_legend(labelColor=INK, labelFontSize=12, labelLimit=330, title=None, orient="bottom", columns=1, symbolType="square")
        .configure_text(color=INK, fontSize=12.5, font=FONT)
    )


def _amount(field: str, language: str) -> str:
    """A Vega expression that writes cents as the page does: M€ with one decimal, two under a million, whole euros under 0.1 million."""
    euros, millions = f"datum.{field} / 100", f"datum.{field} / 1e8"
    if language == "fr":
        written = (
            f"format({euros}, ',.0f') + '\u00a0€'",
            f"format({millions}, '.2f') + '\u00a0M€'",
            f"format({millions}, ',.1f') + '\u00a0M€'",
        )
    else:
        written = (f"'€' + format({euros}, ',.0f')", f"'€' + format({millions}, '.2f') + 'm'", f"'€' + format({millions}, ',.1f') + 'm'")
    return f"(datum.{field} < 1e7 ? {written[0]} : datum.{field} < 1e8 ? {written[1]} : {written[2]})"


def _amount_axis(language: str) -> alt.Axis:
    return alt.Axis(title=text("millions", language), format=",~f", tickCount=5, orient="top")


def _row_axis(field: str = "order") -> alt.Y:
    return alt.Y(field, type="ordinal", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _tooltips(language: str, *pairs: tuple[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(field, type="nominal", title=title) for field, title in pairs]


def funders_chart(language: str) -> alt.LayerChart:
    """Stacked bars, the funder's name above each bar. Rows: funder_rows."""
    base = alt.Chart(alt.NamedData("rows")).transform_calculate(
        millions="datum.cents / 1e8",
        amount=_amount("cents", language),
        bar=f"datum.bar_{language}",
        part=f"datum.part_{language}",
        heading=f"{_amount('bar_cents', language)} + '  ·  ' + datum.bar_{language}",
    )
    bars = base.mark_bar(height=16, yOffset=10, stroke="white", strokeWidth=0.6).encode(
        y=_row_axis(),
        x=alt.X("millions:Q", stack="zero", axis=_amount_axis(language)),
        order=alt.Order("slot:O"),
        color=alt.Color("part:N"),
        tooltip=_tooltips(
            language, ("bar", text("kind_partner", language)), ("part", text("for_what", language)), ("amount", text("unit", language))
        ),
    )
    headings = (
        base.transform_aggregate(heading="min(heading)", groupby=["order"])
        .mark_text(align="left", baseline="middle", dy=-9, limit=alt.ExprRef("width"))
        .encode(y=_row_axis(), x=alt.value(0), text="heading:N")
    )
    return _configured(alt.layer(bars, headings), 42)


def tree_chart(language: str) -> alt.LayerChart:
    """One bar per node, a part under its total and inside its length. Rows: tree_rows."""
    base = alt.Chart(alt.NamedData("rows")).transform_calculate(
        from_millions="datum.start / 1e8",
        to_millions="datum.end / 1e8",
        amount=_amount("cents", language),
        label=f"datum.label_{language}",
        heading=f"{_amount('cents', language)} + '  ·  ' + datum.label_{language}",
    )
    is_unallocated = alt.datum.kind == "unallocated"
    bars = base.mark_bar(height=14, yOffset=10).encode(
        y=_row_axis(),
        x=alt.X("from_millions:Q", axis=_amount_axis(language)),
        x2="to_millions:Q",
        color=alt.when(is_unallocated)
        .then(alt.value(UNALLOCATED))
        .otherwise(
            alt.Color("depth:O", legend=None, scale=alt.Scale(domain=[0, 1, 2, 3], range=["#00456e", PALETTE[0], PALETTE[5], "#9fd0ee"]))
        ),
        stroke=alt.when(is_unallocated).then(alt.value(MUTED)).otherwise(alt.value("white")),
        strokeDash=alt.when(is_unallocated).then(alt.value([4, 3])).otherwise(alt.value([1, 0])),
        tooltip=_tooltips(language, ("label", text("name", language)), ("amount", text("unit", language))),
    )
    headings = (
        base.transform_filter("datum.kind !== 'unallocated' || datum.depth > 0")
        .mark_text(
            align="left", baseline="middle", dy=-9, dx=alt.ExprRef("datum.depth * 12"), limit=alt.ExprRef("width - datum.depth * 12")
        )
        .encode(y=_row_axis(), x=alt.value(0), text="heading:N")
    )
    return _configured(alt.layer(bars, headings), 40)


def timeline_chart(language: str) -> alt.LayerChart:
    """Bars for periods, symbols for moments, the contract's name above. Rows: timeline_rows."""
    names = {
        "open": text("period_start", language),
        "signature": "Signature",
        "vote": "Vote",
        "amendment": "Avenant" if language == "fr" else "Amendment",
    }
    words = " : ".join(f"datum.event === '{event}' ? '{name}'" for event, name in names.items())
    base = alt.Chart(alt.NamedData("rows")).transform_calculate(
        what=f"{words} : ''", from_day="toDate(datum.start)", to_day="toDate(datum.end)"
    )
    years = alt.X("from_day:T", axis=alt.Axis(title=None, format="%Y", tickCount=8, orient="top"))
    bars = (
        base.transform_filter("datum.event === 'period'")
        .mark_bar(height=10, yOffset=9, color="#9db7cc", cornerRadius=2)
        .encode(
            y=_row_axis(),
            x=years,
            x2="to_day:T",
            tooltip=_tooltips(language, ("label", text("contract", language)), ("start", "→"), ("end", "→|")),
        )
    )
    moments = (
        base.transform_filter("datum.event !== 'period'")
        .mark_point(filled=True, size=90, opacity=1, yOffset=9, stroke="white", strokeWidth=1)
        .encode(
            y=_row_axis(),
            x=years,
            color=alt.Color("what:N", scale=alt.Scale(domain=list(names.values()), range=[MUTED, PALETTE[0], PALETTE[2], PALETTE[1]])),
            shape=alt.Shape(
                "what:N", scale=alt.Scale(domain=list(names.values()), range=["triangle-right", "circle", "square", "diamond"])
            ),
            tooltip=_tooltips(language, ("label", text("contract", language)), ("what", "•"), ("event_label", "↳"), ("start", "=")),
        )
    )
    headings = (
        base.transform_aggregate(label="min(label)", groupby=["order"])
        .mark_text(align="left", baseline="middle", dy=-8, limit=alt.ExprRef("width"))
        .encode(y=_row_axis(), x=alt.value(0), text="label:N")
    )
    return _configured(alt.layer(bars, moments, headings), 34)


def _map_chart(language: str, measure: str) -> alt.LayerChart:
    """Départements by colour with their amount written in; places as numbered circles, listed below. Rows: map_rows."""
    rows = alt.NamedData("rows")
    written = _amount("cents", language)
    if measure == "each_cents":
        written = (
            "format(datum.each_cents / 100, ',.0f') + '\u00a0€'" if language == "fr" else "'€' + format(datum.each_cents / 100, ',.0f')"
        )
    shapes = (
        alt.Chart(alt.NamedData("outlines"))
        .transform_lookup(lookup="properties.code", from_=alt.LookupData(data=rows, key="code", fields=["label_fr", "cents", "each_cents"]))
        .transform_calculate(amount=f"isValid(datum.{measure}) ? {written} : '–'")
        .mark_geoshape(stroke="white", strokeWidth=1.5)
        .encode(
            color=alt.when(f"isValid(datum.{measure})")
            .then(alt.Color(f"{measure}:Q", legend=None, scale=alt.Scale(range=["#dceaf4", "#5fa3cc"], domainMin=0)))
            .otherwise(alt.value("#eef1f4")),
            tooltip=_tooltips(language, ("label_fr", "Département"), ("amount", text("unit", language))),
        )
    )
    departements = alt.Chart(rows).transform_filter("datum.kind === 'departement'").transform_calculate(amount=written)
    names = departements.mark_text(dy=-16, fontWeight="bold", fontSize=12).encode(longitude="x:Q", latitude="y:Q", text="label_fr:N")
    amounts = departements.mark_text(dy=-1, fontSize=12).encode(longitude="x:Q", latitude="y:Q", text="amount:N")
    layers = [shapes, names, amounts]
    if measure == "cents":
        places = (
            alt.Chart(rows)
            .transform_filter("datum.kind === 'place'")
            .transform_calculate(
                heading=f"datum.number + '.  ' + {_amount('cents', language)} + '  ·  ' + datum.label_{language}",
                label=f"datum.label_{language}",
            )
        )
        tooltip = _tooltips(language, ("heading", text("where", language)))
        layers += [
            places.mark_circle(size=270, color=INK, opacity=1).encode(longitude="x:Q", latitude="y:Q", tooltip=tooltip),
            places.mark_text(color="white", fontSize=11, fontWeight="bold").encode(
                longitude="x:Q", latitude="y:Q", text="number:N", tooltip=tooltip
            ),
            places.mark_text(align="left", fontSize=12, limit=alt.ExprRef("width")).encode(
                longitude="list_x:Q", latitude="list_y:Q", text="heading:N"
            ),
        ]
    credit = alt.TitleParams(read_outlines().attribution, color=MUTED, fontSize=10, fontWeight="normal", orient="bottom", anchor="start")
    return _configured(alt.layer(*layers).project(type="identity"), None).properties(height=560, title=credit)


def map_chart(language: str) -> alt.LayerChart:
    """Euros per département. Rows: map_rows."""
    return _map_chart(language, "cents")


def map_each_chart(language: str) -> alt.LayerChart:
    """Euros per inhabitant and département. Rows: map_rows."""
    return _map_chart(language, "each_cents")


DRAWINGS = {"funders": funders_chart, "tree": tree_chart, "map": map_chart, "map_each": map_each_chart, "timeline": timeline_chart}


def chart_rows(data: Data) -> dict[str, dict]:
    """The rows of every chart: by contract and stage, the timeline by contract."""
    places = map_rows(data)
    return {
        "funders": funder_rows(data["funding"].records()),
        "tree": tree_rows(data),
        "map": places,
        "map_each": places,
        "timeline": timeline_rows(data),
    }


def specification(
    name: str, language: str, rows: list[dict] | None = None, width: int | None = None, outlines: list[dict] | None = None
) -> dict:
    """The Vega-Lite specification of one chart.

    rows and outlines: none leaves the data sets, and the colours of the parts, for the page to fill. width: pixels, else its container's.
    """
    chart = DRAWINGS[name](language)
    if width is not None:
        chart = chart.properties(width=width, autosize=alt.AutoSizeParams(type="pad"))
    specified = chart.to_dict()
    specified["datasets"] = {"rows": rows or [], "outlines": outlines or []}
    parts = {row["slot"]: (row[f"part_{language}"], row["colour"]) for row in rows or [] if "slot" in row}
    if parts:
        names, colours = zip(*(parts[slot] for slot in sorted(parts)), strict=True)
        specified["layer"][0]["encoding"]["color"]["scale"] = {"domain": names, "range": colours}
    return specified


def write_charts(data: Data, folder: Path, language: str = "fr", stage: str = "contracted", width: int = 760) -> list[Path]:
    """Writes each chart as SVG and PNG, without a browser: the charts over all contracts, and the money tree of each contract that has one.

    Returns the files. Contract codes become file names, so they are reduced to letters, digits, - and _.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, outlines = chart_rows(data), map_outlines(data)
    drawn = {name: (name, per[ALL] if name == "timeline" else per.get(ALL, {}).get(stage, [])) for name, per in rows.items()}
    for contract, stages in rows["tree"].items():
        if contract != ALL and len(stages.get(stage, [])) > 1:
            drawn["tree_" + re.sub(r"[^A-Za-z0-9_-]", "_", contract)] = ("tree", stages[stage])
    written = []
    for file_name, (name, chart_data) in drawn.items():
        if not chart_data:
            continue
        specified = specification(name, language, chart_data, width, outlines)
        svg = vl_convert.vegalite_to_svg(specified, format_locale=NUMBER_LOCALES[language])
        (folder / f"{file_name}.svg").write_text(svg, encoding="utf-8")
        (folder / f"{file_name}.png").write_bytes(vl_convert.svg_to_png(svg, scale=2))
        written += [folder / f"{file_name}.svg", folder / f"{file_name}.png"]
    return written
