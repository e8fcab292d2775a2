"""The rows of the charts, computed once for every contract and stage. Amounts are whole cents; the drawings divide."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from contracts.use.report.data import Data
from contracts.use.report.tables import plain
from contracts.use.report.texts import text

ALL = "*"

# seven colours that stay apart for colour-blind readers (Okabe and Ito, darkened where the original is too pale on white), then greys
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#5b4b8a")
OTHER, UNSTATED, UNALLOCATED = "#8c96a3", "#b9c1cb", "#e6e9ee"

MOST_FUNDERS, MOST_PARTS, MOST_NODES, MOST_CONTRACTS = 14, 6, 24, 22

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
