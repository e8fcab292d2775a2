"""Generated seeds: trees of financial lines under three invented contracts, and a database without dbt to build them in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import duckdb
from hypothesis import strategies as st

from contracts.common.project import AMOUNTS
from tools.direct import Statement, prepare, statements

Rows = list[dict[str, object]]
Seeds = dict[str, Rows]

STAGES = ("announced", "contracted", "programmed", "committed", "paid")
MEASURES = (*AMOUNTS, "financial_line_count")
CUTS = ("contract", "partner", "volet", "territory", "period", "theme")
# two versions that resolve to the same two dates have no order, so later ones start after every default date
LAST_DEFAULT_DATE = date(2020, 12, 31)

_CONTRACTS = {"north": ("2015-06-30", 2015, 2020), "coast": (None, None, None), "valley": ("2018-03-01", 2018, None)}
_DOCUMENTS = {"north": "signed", "coast": "draft", "valley": "report"}
_OPERATIONS = ("canal", "station")
_TERRITORIES = ("hills", "town", "port")
_PARTNERS = ("state", "agency", "region", "department", "both")


def reference_seeds() -> Seeds:
    """What the generated lines point to: contracts with all, some and none of their dates, outlines, partners and a group, places."""
    axes: Rows = []
    for contract in _CONTRACTS:
        for code, above, level, theme in (
            ("1", None, 1, "health"),
            ("1_1", "1", 2, None),
            ("1_1_1", "1_1", 3, "tourism"),
            ("2", None, 1, None),
        ):
            axes.append(
                {
                    "axis_code": f"{contract}__{code}",
                    "contract_code": contract,
                    "parent_axis_code": above and f"{contract}__{above}",
                    "level": level,
                    "level_label_fr": "niveau",
                    "label_fr": f"Axe {code}",
                    "theme_code": theme,
                }
            )
    return {
        "source_documents": [
            {"document_code": status, "title": status, "published_on": day, "document_status": status}
            for status, day in (("signed", "2015-07-14"), ("draft", "2016-02-01"), ("report", "2019-06-30"))
        ],
        "contracts": [
            {
                "contract_code": contract,
                "label_fr": contract,
                "contract_type_code": "state_region_plan",
                "signed_on": signed_on,
                "period_start_year": start,
                "period_end_year": end,
                "territory_code": "hills" if contract == "north" else None,
                "document_code": _DOCUMENTS[contract],
            }
            for contract, (signed_on, start, end) in _CONTRACTS.items()
        ],
        "axes": axes,
        "partners": [
            {"partner_code": code, "label_fr": code, "partner_type_code": kind, "parent_partner_code": above}
            for code, kind, above in (
                ("state", "state", None),
                ("agency", "state_operator", "state"),
                ("region", "region", None),
                ("department", "departement", None),
                ("both", "group", None),
            )
        ],
        "partner_group_members": [{"partner_group_code": "both", "partner_code": code} for code in ("region", "department")],
        "territories": [
            {
                "territory_code": code,
                "label_fr": code,
                "territory_type_code": kind,
                "official_code": official,
                "parent_territory_code": above,
            }
            for code, kind, official, above in (
                ("hills", "region", "32", None),
                ("town", "commune", "59350", "hills"),
                ("port", "commune", "62193", "hills"),
            )
        ],
        "funds": [{"fund_code": "fund", "label_fr": "fonds", "partner_code": "state"}],
        "operations": [
            {"operation_code": code, "contract_code": "north", "label_fr": code, "territory_code": place, "status": "identified"}
            for code, place in (("canal", "port"), ("station", None))
        ],
    }


@dataclass(frozen=True)
class Line:
    """One drawn line, before it finds its place: indices are taken modulo what there is to choose from."""

    contract: int = 0
    use: str = "counted"
    above: int = 0
    stage: int = 0
    changes_stage: bool = False
    share_percent: int = 40
    over: bool = False
    kind: str = "exact"
    breakdown: str | None = None
    axis: int | None = None
    territory: int | None = None
    partner: int | None = None
    operation: int | None = None
    period: tuple[int | None, int | None] = (None, None)
    is_loan: bool = False
    versions: tuple[tuple[str, int], ...] = ()
    positions: tuple[int, ...] = ()


def _maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | values


drawn_line = st.builds(
    Line,
    contract=st.integers(0, 2),
    use=st.sampled_from(["counted"] * 9 + ["cost", "cross_total", "context"]),
    above=st.integers(0, 6),
    stage=st.integers(0, 4),
    changes_stage=st.sampled_from([False] * 5 + [True]),
    share_percent=st.sampled_from([40, 100, 99, 101, 1, 0]) | st.integers(0, 100),
    over=st.sampled_from([False] * 12 + [True]),
    kind=st.sampled_from(["exact", "cents", "about", "nearly", "range", "more_than", "at_most", "per_year", "open_years", "not_printed"]),
    breakdown=st.sampled_from([None, "partial", "exhaustive"]),
    axis=_maybe(st.integers(0, 3)),
    territory=_maybe(st.integers(0, 2)),
    partner=_maybe(st.integers(0, 4)),
    operation=_maybe(st.integers(0, 1)),
    period=st.sampled_from([(None, None), (2015, 2020), (2016, 2018), (2017, 2017), (2018, None), (None, 2019)]),
    is_loan=st.sampled_from([False, False, False, True]),
    versions=st.lists(
        st.tuples(st.sampled_from(["amount", "correction", "root", "axis", "withdrawn"]), st.integers(0, 900)), max_size=2
    ).map(tuple),
    positions=st.lists(st.integers(2016, 2020), max_size=3, unique=True).map(sorted).map(tuple),
)

drawn_lines = st.lists(drawn_line, min_size=1, max_size=14)


def _amounts(line: Line, euros: int) -> dict[str, object]:
    """Amount columns of a line near a number of euros, as its document may print it; figures in millions are met by a mention."""
    euros = max(euros, 0)
    tenths = round(euros / 100_000)
    amount = Decimal(euros)
    match line.kind:
        case "cents":
            return {"amount_eur": amount + Decimal("0.37")}
        case "about" | "nearly":
            return {"amount_eur": Decimal(tenths * 100_000), "qualifier": line.kind, "figure": f"{tenths // 10},{tenths % 10}"}
        case "exact":
            return {"amount_eur": Decimal(tenths * 100_000), "qualifier": "exact", "figure": f"{tenths // 10},{tenths % 10}"}
        case "range":
            return {"amount_eur": amount, "amount_low_eur": amount, "amount_high_eur": amount + 150_000, "qualifier": "range"}
        case "more_than":
            return {"amount_eur": amount, "qualifier": "more_than"}
        case "at_most":
            return {"amount_eur": amount, "amount_low_eur": Decimal(0), "amount_high_eur": amount, "qualifier": "at_most"}
        case "per_year":
            return {"amount_eur": Decimal(euros // 4 * 4), "period_basis": "per_year", "year_count": 4}
        case "open_years":
            return {"amount_eur": amount, "period_basis": "per_year", "year_count": 1}
        case _:
            return {"amount_status": "not_printed"}


@dataclass
class _Placed:
    code: str
    contract: str
    use: str
    stage: str
    depth: int
    above: "_Placed | None"
    euros: int | None
    left: int

    def total(self, stage: str) -> "_Placed | None":
        """The nearest line from this one upwards that declares an amount of a stage."""
        here: _Placed | None = self
        while here is not None and (here.euros is None or here.stage != stage):
            here = here.above
        return here


def _share(line: Line, total: _Placed | None) -> int:
    """Euros of a line: a share of what its total has left, so that parts fit unless the line is drawn to go over."""
    if total is None:
        return 1_000_000 + line.share_percent * 123_457
    euros = total.left * line.share_percent // 100 if line.share_percent <= 100 else total.left + 40_000
    return euros + (total.euros or 0) if line.over else euros


def _raised(row: dict[str, object], euros: int) -> dict[str, object]:
    """The amount of a row and its bounds, each greater by a number of euros."""
    names = ("amount_eur", "amount_low_eur", "amount_high_eur")
    return {name: row[name] + euros for name in names if row.get(name) is not None}


def _versions(line: Line, row: dict[str, object], is_progress: bool) -> Rows:
    """All versions of a line: its first, one for each closing date, then amendments, corrections and withdrawals."""
    rows = [row]
    if is_progress and line.positions:
        rows = [
            {
                **row,
                "measure_basis": "cumulative",
                "as_of_date": date(year, 12, 31),
                "recorded_on": date(year, 12, 31),
            }
            | _raised(row, 10_000 * place)
            for place, year in enumerate(line.positions)
        ]
    latest = rows[-1]
    day = LAST_DEFAULT_DATE
    for change, days in line.versions:
        day += timedelta(days=1 + days)
        latest = {key: value for key, value in latest.items() if key != "figure"}
        if change == "correction":
            # known later, of the same day
            latest |= {"recorded_on": day, **_raised(latest, 50_000)}
            rows.append(latest)
            continue
        latest |= {"effective_on": day - timedelta(days=days % 30), "recorded_on": day}
        if latest.get("as_of_date") is not None and days % 2:
            latest["as_of_date"] = latest["effective_on"]
        if change == "amount":
            latest |= _raised(latest, 50_000 * (1 + days % 3))
        elif change == "root":
            latest["parent_line_code"] = None
        elif change == "axis":
            latest["axis_code"] = None
        elif change == "withdrawn":
            latest["is_withdrawn"] = True
        rows.append(latest)
    return rows


def _row(line: Line, placed: _Placed, amounts: dict[str, object]) -> dict[str, object]:
    start, end = line.period
    return {
        "line_code": placed.code,
        "label_fr": placed.code,
        "line_use": placed.use,
        "parent_line_code": placed.above.code if placed.above else None,
        "breakdown": line.breakdown,
        "contract_code": placed.contract,
        "axis_code": None if line.axis is None else f"{placed.contract}__{('1', '1_1', '1_1_1', '2')[line.axis]}",
        "territory_code": None if line.territory is None else _TERRITORIES[line.territory],
        "partner_code": None if line.partner is None else _PARTNERS[line.partner],
        "fund_code": "fund" if line.partner == 0 else None,
        "operation_code": None if line.operation is None else _OPERATIONS[line.operation],
        "stage": placed.stage,
        "instrument": "loan" if line.is_loan else "grant",
        "credit_nature": "unknown",
        "amount_status": "printed",
        "period_start_year": start,
        "period_end_year": end,
        "period_basis": "total",
        "measure_basis": "flow",
        "is_withdrawn": False,
    } | amounts


def seeds_of(lines: Iterable[Line], prefix: str = "line") -> Seeds:
    """The financial lines, the mentions that state them and the parts of cross totals."""
    placed: dict[tuple[str, str], list[_Placed]] = defaultdict(list)
    rows: Rows = []
    mentions: Rows = []
    parts: Rows = []
    for number, line in enumerate(lines):
        contract = tuple(_CONTRACTS)[line.contract]
        family = placed[contract, line.use]
        above = family[line.above % (len(family) + 1) - 1] if line.above % (len(family) + 1) else None
        if above is not None and above.depth >= 5:
            above = above.above
        stage = above.stage if above is not None and not line.changes_stage else STAGES[line.stage]
        total = above.total(stage) if above else None
        amounts = _amounts(line, _share(line, total))
        figure = amounts.pop("figure", None)
        euros = None if amounts.get("amount_eur") is None else int(amounts["amount_eur"])
        if total is not None and euros is not None:
            total.left = max(total.left - euros, 0)
        here = _Placed(f"{prefix}_{number}", contract, line.use, stage, above.depth + 1 if above else 1, above, euros, euros or 0)
        versions = _versions(line, _row(line, here, amounts), stage in STAGES[2:] and line.use == "counted")
        rows.extend(versions)
        if figure is not None:
            mentions.append(
                {
                    "mention_code": f"{here.code}_1",
                    "document_code": _DOCUMENTS[contract],
                    "line_number": number + 1,
                    "printed_figure": f"{figure} millions d’euros",
                    "qualifier": amounts["qualifier"],
                    "basis": "total",
                    "multiplier": 1,
                    "role": "states",
                    "subject_type": "financial_line",
                    "subject_code": here.code,
                    "subject_recorded_on": versions[0].get("recorded_on"),
                }
            )
        if line.use == "cross_total":
            counted = [other.code for (_, use), others in placed.items() if use == "counted" for other in others]
            parts.extend({"line_code": here.code, "part_line_code": code} for code in counted[: 1 + line.above])
        family.append(here)
    return {"financial_lines": rows, "source_mentions": mentions, "cross_total_parts": parts}


def added(seeds: Seeds, more: Seeds) -> Seeds:
    """Both sets of rows, seed by seed."""
    return {name: [*seeds.get(name, []), *more.get(name, [])] for name in seeds | more}


def one_more(line: Line, **columns: object) -> Seeds:
    """Seeds of a single further line, a root unless the columns say otherwise."""
    seeds = seeds_of([replace(line, versions=(), positions=())], prefix="added")
    seeds["financial_lines"][0] |= columns
    return seeds


class DirectBuild:
    """Runs the compiled models on rows given from Python, in memory.

    Models that read the reference seeds alone are built once; rebuild() runs those that the generated seeds reach. Generated lines
    stand in territories of the reference seeds, so that the hierarchy of territories is built once too.
    """

    GENERATED = ("financial_lines", "source_mentions", "cross_total_parts")
    FACTS = ("fct_funding", "envelope_reconciliation", "int_contract_bounds")
    MARTS = (
        *(f"funding_by_{cut}" for cut in CUTS),
        "financing_plans",
        "funding_at_year_end",
        "funding_by_year_estimated",
        "funding_by_departement_estimated",
        "progress_by_volet_and_territory",
    )

    def __init__(self, manifest: dict) -> None:
        built = [each for each in statements(manifest, (*self.FACTS, *self.MARTS)) if each.kind != "test" and each.name != "gate"]
        self._facts = {each.name for each in statements(manifest, self.FACTS)}
        self._seeds = {each.name: each for each in built if each.kind == "seed"}
        self.connection = duckdb.connect(config={"threads": 1})
        prepare(self.connection, manifest)
        reached = set(self.GENERATED)
        self._rebuilt: list[Statement] = []
        reference = reference_seeds()
        for each in built:
            self.connection.execute(each.sql)
            if each.kind == "seed":
                if each.name in reference or each.name in (*self.GENERATED, "accepted_contradictions", "territory_members"):
                    self._fill(each.name, reference.get(each.name, []))
            # drawn rows are sound: what looks for broken ones runs once
            elif not each.is_gate and each.name != "int_territory_ancestors" and reached.intersection(each.parents):
                reached.add(each.name)
                if not each.is_view:
                    self._rebuilt.append(each)
        # planned once: such a plan must not rest on the values of the rows that are there now
        self.connection.execute("set disabled_optimizers = 'statistics_propagation'")
        for each in self._rebuilt:
            self.connection.execute(f"prepare {each.name} as {each.insertion}")

    def _fill(self, seed: str, rows: Rows) -> None:
        table = self._seeds[seed]
        self.connection.execute(f"truncate {table.relation}")
        if rows:
            columns = [column for column in table.columns if any(column in row for row in rows)]
            marks = f"({', '.join('?' * len(columns))})"
            values = [row.get(column) for row in rows for column in columns]
            self.connection.execute(f"insert into {table.relation} ({', '.join(columns)}) values {', '.join([marks] * len(rows))}", values)

    def rebuild(self, seeds: Seeds, marts: bool = True) -> None:
        """Loads the generated seeds and builds what they reach; without marts, no more than facts and reconciliation."""
        for seed in self.GENERATED:
            self._fill(seed, seeds.get(seed, []))
        for each in self._rebuilt:
            if marts or each.name in self._facts:
                self.connection.execute(f"truncate {each.relation}; execute {each.name}")

    def rows(self, query: str) -> list[tuple]:
        return self.connection.execute(query).fetchall()
