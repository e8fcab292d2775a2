"""The charts of the report: their rows, computed once for every contract and stage, and their drawings by Altair.

A drawing takes its rows from a data set named rows, so that the page draws any contract with one specification per language.
Amounts in rows are whole cents; the drawing divides.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import altair as alt
import vl_convert

from contracts.outlines import read_outlines
from contracts.report.data import Data
from contracts.report.tables import plain
from contracts.report.texts import NUMBER_LOCALES, text

ALL = "*"

# seven colours that stay apart for colour-blind readers (Okabe and Ito, darkened where the original is too pale on white), then greys
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#5b4b8a")
OTHER, UNSTATED, UNALLOCATED = "#8c96a3", "#b9c1cb", "#e6e9ee"
INK, MUTED, RULE = "#1b2430", "#55606e", "#d5dae1"
FONT = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"

MOST_FUNDERS, MOST_PARTS, MOST_NODES, MOST_CONTRACTS, MOST_PLACES = 14, 6, 24, 22, 9

STAGES = ("announced", "contracted", "programmed", "committed", "paid")

# steps of the symbols and of the list on the map, in the coordinates of the outlines
BESIDE, BELOW, LIST_STEP = 84, 70, 60

Rows = dict[str, dict[str, list[dict]]]  # contract → stage → rows


def _by_contract_and_stage(funding: list[dict]) -> dict[tuple[str, str], list[dict]]:
    """Counted rows with an amount, by contract and stage; the contract * holds all of them."""
    groups: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in funding:
        if row["amount_eur"]:
            groups[row["contract_key"], row["stage_key"]].append(row)
            groups[ALL, row["stage_key"]].append(row)
    return groups


def _nested(rows: dict[tuple[str, str], list[dict]]) -> Rows:
    nested: Rows = defaultdict(dict)
    for (contract, stage), values in rows.items():
        nested[contract][stage] = values
    return nested


def _ranked(sums: dict, most: int) -> list:
    """The keys with the largest sums, largest first; equal sums in the order of their keys."""
    return sorted(sums, key=lambda key: (-sums[key], str(key)))[:most]


def funder_rows(funding: list[dict]) -> Rows:
    """Funder × volet (× theme for all contracts) sums, at most MOST_FUNDERS bars and MOST_PARTS named parts.

    Columns: bar_fr and bar_en the label of the bar, order its place, bar_cents its whole length, part_fr, part_en, slot (the place of the
    part), colour, cents.
    """
    drawn = {}
    for (contract, stage), rows in _by_contract_and_stage(funding).items():
        part_key = "theme" if contract == ALL else "volet"
        bars: dict[tuple, int] = defaultdict(int)
        parts: dict[tuple, int] = defaultdict(int)
        cells: dict[tuple, int] = defaultdict(int)
        for row in rows:
            cents = plain(row["amount_eur"], "amount_eur")
            bar = (row["funder_key"], row["funder_label_fr"], row["is_repayable"])
            if row[f"{part_key}_key"] != "unspecified":
                label = row[f"{part_key}_label_fr"]
                part = ("part", label, row["theme_label_en"] if part_key == "theme" else label)
                parts[part] += cents
            elif row["row_kind"] == "unallocated":
                part = ("unallocated", text("unallocated"), text("unallocated", "en"))
            else:
                part = ("unstated", text("not_stated"), text("not_stated", "en"))
            bars[bar] += cents
            cells[bar, part] += cents
        kept_bars, kept_parts = _ranked(bars, MOST_FUNDERS), _ranked(parts, MOST_PARTS)
        drawn[contract, stage] = _funder_cells(cells, bars, kept_bars, kept_parts)
    return _nested(drawn)


def _funder_cells(cells: dict, bars: dict, kept_bars: list, kept_parts: list) -> list[dict]:
    slots = {part: (slot, PALETTE[slot]) for slot, part in enumerate(kept_parts)}
    slots |= {"unallocated": (MOST_PARTS + 2, UNALLOCATED), "unstated": (MOST_PARTS + 1, UNSTATED), "part": (MOST_PARTS, OTHER)}
    others = sorted(set(bars) - set(kept_bars), key=str)
    places = {bar: place for place, bar in enumerate(kept_bars)}
    merged: dict[tuple, int] = defaultdict(int)
    for (bar, part), cents in cells.items():
        kind, french, english = part
        slot, colour = slots.get(part) or slots[kind]
        if kind == "part" and part not in slots:
            french, english = text("other_parts"), text("other_parts", "en")
        merged[places.get(bar, len(kept_bars)), slot, colour, french, english] += cents
    labels = [_funder_label(bar) for bar in kept_bars]
    labels.append(tuple(text("others", language).format(count=len(others)) for language in ("fr", "en")))
    lengths = [bars[bar] for bar in kept_bars] + [sum(bars[bar] for bar in others)]
    return [
        {
            "order": place,
            "bar_fr": labels[place][0],
            "bar_en": labels[place][1],
            "bar_cents": lengths[place],
            "slot": slot,
            "colour": colour,
            "part_fr": french,
            "part_en": english,
            "cents": cents,
        }
        for (place, slot, colour, french, english), cents in sorted(merged.items())
    ]


def _funder_label(bar: tuple) -> tuple[str, str]:
    key, french, is_repayable = bar
    labels = [text("not_stated", language) if key == "unspecified" else french for language in ("fr", "en")]
    if is_repayable:
        labels = [f"{label} ({text('repayable', language)})" for label, language in zip(labels, ("fr", "en"), strict=True)]
    return labels[0], labels[1]


def tree_rows(data: Data) -> Rows:
    """The money tree of each contract as bars from start to end, a total above its parts; for all contracts, each contract in two parts.

    Columns: order, depth, label_fr, label_en, kind (total, line, unallocated), start and end in cents, cents.
    """
    funding = data["funding"].records()
    groups = _by_contract_and_stage(funding)
    contracts = {row["contract_key"]: row["contract_label_fr"] for row in data["contracts"].records()}
    totals: dict[str, dict] = {}
    parts: dict[str, list[str]] = defaultdict(list)
    for row in data["totals_and_parts"].records():
        if row["line_code"] is not None and row["declared_eur"] is not None:
            totals[row["line_code"]] = row
            parts[row["line_code"]].append(row["part_line_code"])
    drawn = {}
    for (contract, stage), rows in groups.items():
        if contract == ALL:
            drawn[contract, stage] = _contract_bars(rows, contracts)
        else:
            own = {code: total for code, total in totals.items() if (total["contract_key"], total["stage_key"]) == (contract, stage)}
            drawn[contract, stage] = _tree(rows, own, parts)
    return _nested(drawn)


def _node(rows: list[dict], depth: int, labels: tuple[str, str], kind: str, start: int, cents: int, *, new: bool = True) -> None:
    order = rows[-1]["order"] + (1 if new else 0) if rows else 0
    french, english = labels
    rows.append(
        {
            "order": order,
            "depth": depth,
            "label_fr": french,
            "label_en": english,
            "kind": kind,
            "start": start,
            "end": start + cents,
            "cents": cents,
        }
    )


def _rest(count: int) -> tuple[str, str]:
    return text("others", "fr").format(count=count), text("others", "en").format(count=count)


def _contract_bars(rows: list[dict], contracts: dict[str, str]) -> list[dict]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row["contract_key"]][row["row_kind"] == "unallocated"] += plain(row["amount_eur"], "amount_eur")
    kept = _ranked({key: sum(pair) for key, pair in sums.items()}, MOST_CONTRACTS)
    bars = [((contracts[key], contracts[key]), sums[key]) for key in kept]
    others = [pair for key, pair in sums.items() if key not in kept]
    if others:
        bars.append((_rest(len(others)), [sum(pair[0] for pair in others), sum(pair[1] for pair in others)]))
    drawn: list[dict] = []
    for labels, (known, unallocated) in bars:
        _node(drawn, 0, labels, "total", 0, known + unallocated)
        if unallocated:
            _node(drawn, 0, labels, "unallocated", known, unallocated, new=False)
    return drawn


def _tree(rows: list[dict], totals: dict[str, dict], parts: dict[str, list[str]]) -> list[dict]:
    leaves = {row["line_code"]: row for row in rows if row["row_kind"] == "line"}
    remainders = {row["line_code"]: plain(row["amount_eur"], "amount_eur") for row in rows if row["row_kind"] == "unallocated"}
    inside = {part for code in totals for part in parts[code]}
    cents = {code: plain(total["declared_eur"], "declared_eur") for code, total in totals.items()}
    cents |= {code: plain(row["amount_eur"], "amount_eur") for code, row in leaves.items()}
    drawn: list[dict] = []

    def draw(codes: Iterable[str], depth: int, start: int) -> None:
        ranked = _ranked({code: cents[code] for code in codes if code in cents}, len(cents))
        for code in ranked[:MOST_NODES]:
            label = (totals.get(code) or leaves[code])["label_fr"]
            _node(drawn, depth, (label, label), "total" if code in totals else "line", start, cents[code])
            if code in totals:
                draw(parts[code], depth + 1, start)
                if remainders.get(code):
                    labels = text("unallocated"), text("unallocated", "en")
                    _node(drawn, depth + 1, labels, "unallocated", start + cents[code] - remainders[code], remainders[code])
            start += cents[code]
        if len(ranked) > MOST_NODES:
            rest = ranked[MOST_NODES:]
            _node(drawn, depth, _rest(len(rest)), "line", start, sum(cents[code] for code in rest))

    draw([code for code in cents if code not in inside], 0, 0)
    return drawn


def timeline_rows(data: Data) -> dict[str, list[dict]]:
    """Periods, signatures, votes and amendments per contract; for all contracts, those with the most money contracted.

    Columns: order, label, event, event_label, start and end as ISO dates (end null for a moment or an open period).
    """
    contracts = data["contracts"].records()
    labels = {row["contract_key"]: row["contract_label_fr"] for row in contracts}
    events: dict[str, list[dict]] = defaultdict(list)
    for row in data["timeline"].records():
        start = row["happened_on"] or (row["period_start_year"] and date(row["period_start_year"], 1, 1))
        end = row["period_end_year"] and date(row["period_end_year"], 12, 31)
        if start and row["contract_key"] in labels:
            event = "open" if row["moment"] == "period" and not end else row["moment"]
            events[row["contract_key"]].append(
                {
                    "event": event,
                    "event_label": row["moment_label_fr"] or "",
                    "start": start.isoformat(),
                    "end": end.isoformat() if end else None,
                }
            )

    def bars(keys: list[str]) -> list[dict]:
        ordered = sorted(keys, key=lambda key: (min(event["start"] for event in events[key]), labels[key]))
        return [{"order": order, "label": labels[key]} | event for order, key in enumerate(ordered) for event in events[key]]

    with_money = [row["contract_key"] for row in contracts if row["contracted_eur"] is not None and row["contract_key"] in events]
    return {ALL: bars(with_money[:MOST_CONTRACTS])} | {key: bars([key]) for key in events}


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


def _rings(path: str) -> list[list[tuple[int, int]]]:
    """The closed lines of an SVG path of absolute starts and relative steps."""
    rings = []
    for start, steps in re.findall(r"M(-?\d+,-?\d+)l([^z]+)z", path):
        x, y = map(int, start.split(","))
        ring = [(x, y)]
        for step in steps.split():
            across, down = map(int, step.split(","))
            x, y = x + across, y + down
            ring.append((x, y))
        rings.append([*ring, ring[0]])
    return rings


def _area(ring: list[tuple[int, int]]) -> float:
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in itertools.pairwise(ring))) / 2


def _is_inside(x: float, y: float, ring: list[tuple[int, int]]) -> bool:
    crossed = [
        x < left + (y - top) * (right - left) / (bottom - top)
        for (left, top), (right, bottom) in itertools.pairwise(ring)
        if (top > y) != (bottom > y)
    ]
    return sum(crossed) % 2 == 1


def _middle(ring: list[tuple[int, int]], cells: int = 24) -> tuple[int, int]:
    """The point of a grid inside a closed line that lies farthest from it, where a name has most room."""
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*ring, strict=True))
    grid = itertools.product(
        [left + (right - left) * step / cells for step in range(1, cells)],
        [top + (bottom - top) * step / cells for step in range(1, cells)],
    )
    room = {
        (x, y): min((x - corner_x) ** 2 + (y - corner_y) ** 2 for corner_x, corner_y in ring) for x, y in grid if _is_inside(x, y, ring)
    }
    x, y = max(room, key=room.__getitem__)
    return round(x), round(y)


def map_outlines(data: Data) -> list[dict]:
    """The départements that hold money, as GeoJSON features in the coordinates of the drawing; code and centre in the properties."""
    drawn = read_outlines().by_code
    codes = sorted({row["departement_code"] for row in data["departements"].records()} & set(drawn))
    features = []
    for code in codes:
        rings = _rings(drawn[code].path)
        x, y = _middle(max(rings, key=_area))
        geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
        features.append({"type": "Feature", "properties": {"code": code, "x": x, "y": y}, "geometry": geometry})
    return features


def map_rows(data: Data) -> Rows:
    """The départements with their euros, and the largest places below the région as numbered symbols with a list under the map.

    Columns: kind (departement, place), code, label_fr, label_en, cents, each_cents (euros per inhabitant), x and y of the centre, number,
    list_x and list_y of a place's entry in the list.
    """
    outlines = {feature["properties"]["code"]: feature["properties"] for feature in map_outlines(data)}
    if not outlines:
        return {}
    boxes = read_outlines()
    left, top, _, height = boxes.box_of(list(outlines))
    centres = _place_centres(data, outlines)
    drawn: Rows = defaultdict(lambda: defaultdict(list))
    for row in data["departements"].records():
        for stage in STAGES:
            if row["departement_code"] in outlines and row[f"{stage}_eur"] is not None:
                drawn[row["contract_key"]][stage].append(
                    {
                        "kind": "departement",
                        "code": row["departement_code"],
                        "label_fr": row["departement_label_fr"],
                        "label_en": row["departement_label_fr"],
                        "cents": plain(row[f"{stage}_eur"], "_eur"),
                        "each_cents": plain(row[f"{stage}_eur_per_inhabitant"], "_eur"),
                        "x": outlines[row["departement_code"]]["x"],
                        "y": outlines[row["departement_code"]]["y"],
                    }
                )
    for (contract, stage), places in _places(data, centres).items():
        together = Counter(centres[row["territory_key"]] for row in places)
        placed: Counter = Counter()
        for number, row in enumerate(places, start=1):
            x, y = centre = centres[row["territory_key"]]
            drawn[contract][stage].append(
                {
                    "kind": "place",
                    "number": number,
                    "label_fr": row["territory_label_fr"],
                    "label_en": row["territory_label_fr"],
                    "cents": plain(row[f"{stage}_eur"], "_eur"),
                    "x": round(x + BESIDE * (placed[centre] - (together[centre] - 1) / 2)),
                    "y": y + BELOW,
                    "list_x": left,
                    "list_y": top + height + LIST_STEP * (number + 1),
                }
            )
            placed[centre] += 1
    return drawn


def _place_centres(data: Data, outlines: dict[str, dict]) -> dict[str, tuple[int, int]]:
    """Where the symbol of a place stands: the centre of its départements, weighted by the share of its inhabitants in each."""
    shares: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for row in data["places"].records():
        if row["departement_code"] in outlines:
            shares[row["territory_key"]].append((float(row["population_share_percent"] or 100), row["departement_code"]))
    return {
        key: tuple(
            round(sum(share * outlines[code][axis] for share, code in pairs) / sum(share for share, _ in pairs)) for axis in ("x", "y")
        )
        for key, pairs in shares.items()
    }


def _places(data: Data, centres: dict[str, tuple[int, int]]) -> dict[tuple[str, str], list[dict]]:
    """The largest places of each contract and stage, largest first."""
    places: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in data["territories"].records():
        for stage in STAGES:
            if row["territory_key"] in centres and row[f"{stage}_eur"]:
                places[row["contract_key"], stage].append(row)
    return {
        (contract, stage): sorted(rows, key=lambda row: (-row[f"{stage}_eur"], row["territory_key"]))[:MOST_PLACES]
        for (contract, stage), rows in places.items()
    }


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
