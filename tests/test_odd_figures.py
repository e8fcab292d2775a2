"""Printed figures in any form give their value or a reject with file, row, column and rule; amounts and dates of any size are built."""

from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract_trees import CUTS, MEASURES, DirectBuild, Seeds, drawn_lines, seeds_of
from loads import LandedProject
from test_landing import LANDED, line, mention
from tools.direct import statements

CARDINALS = (
    *("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze"),
    *("seize", "dix-sept", "dix-huit", "dix-neuf", "vingt", "trente", "quarante", "cinquante", "soixante", "mille"),
)
# printed figure, printed unit, other columns of its mention, rule that rejects it
ODD: list[tuple[str, str, dict[str, str], str]] = [
    ("la totalité", "", {}, "no_number"),
    ("5 M€ en 2019", "", {}, "several_numbers"),
    ("trois cents millions d’euros", "", {}, "several_numbers"),
    ("soixante et onze millions d’euros", "", {}, "several_numbers"),
    *((f"cent {word} millions d’euros", "", {}, "several_numbers") for word in CARDINALS),
    ("1 234 5678 90 123 456 789 012 345", "", {}, "malformed_number"),
    ("2020 150 000 €", "", {}, "malformed_number"),
    ("-5 000 €", "", {}, "below_zero"),
    ("(5 000)", "€", {}, "below_zero"),
    ("1000", "", {"basis": "share"}, "no_share"),
    ("1 000 × 45", "", {"basis": "share"}, "share_above_whole"),
    ("900 000 000 × 0,333333333333", "", {"basis": "share"}, "share_too_fine"),
    ("1234567890123456789012345678901234567890", "", {}, "too_large"),
    ("1 Md€", "", {"multiplier": "999999999"}, "too_large"),
    ("150 M€", "", {"qualifier": "range"}, "no_range"),
    ("170 et 150 M€", "", {"qualifier": "range"}, "no_range"),
    ("200 000 € à 1 M€", "", {"qualifier": "range"}, "two_units"),
    ("5 M$", "", {}, "unknown_unit"),
    ("5", "mio €", {}, "unknown_unit"),
    ("1 000 €", "", {"multiplier": "0"}, "positive"),
]
READ = ["10,000.00 €", "EUR 1,250,000.00", "1 250 000,50 €", "M€ 5", "un million d’euros"]


def test_each_odd_figure_is_a_reject_that_says_what_to_write(landed: LandedProject) -> None:
    codes = [f"odd_{number}" for number in range(len(ODD))] + [f"read_{number}" for number in range(len(READ))]
    mentions = [
        mention(code, 10, 1, printed_figure=figure, printed_unit=unit) | columns
        for code, (figure, unit, columns, _) in zip(codes, [*ODD, *((figure, "", {}, "") for figure in READ)], strict=True)
    ]
    for table in ("source_documents", "contracts"):
        landed.land(f"{table}/pose.csv", LANDED[table])
    landed.land("financial_lines/odd.csv", [line(code, "contrat_pose", 1, partner_code="etat") for code in codes])
    landed.land("source_mentions/odd.csv", mentions)
    landed.load()
    landed.run("rejects")
    columns = {"positive": "multiplier"}
    expected = {(2 + number, rule, columns.get(rule, "printed_figure")) for number, (*_, rule) in enumerate(ODD)}
    assert landed.rejects("source_mentions/odd.csv") == expected
    # a line goes with the figure that states it
    assert landed.rejects("financial_lines/odd.csv") == {(2 + number, "follows", "line_code") for number in range(len(ODD))}
    reasons = dict(landed.rows("select rule, reason from staging.rejects where table_name = 'source_mentions'"))
    assert reasons["two_units"] == "'200 000 € à 1 M€' is a range in two units; write both numbers in one, such as 0,2 à 1 M€"
    assert all(" " in reason and reason.startswith("'") for reason in reasons.values())


@dataclass(frozen=True)
class Figure:
    """A mention as its file gives it, and the value that it was written from; None where it was written at random."""

    text: str
    unit: str | None = None
    qualifier: str = "exact"
    basis: str = "total"
    multiplier: int = 1
    subject_type: str = "financial_line"
    value: Decimal | None = None


_FACTORS = {"€": 1, "k€": 10**3, "M€": 10**6, "Md€": 10**9, "euros": 1, "millions d’euros": 10**6, "": 1}


def grouped(whole: int, sign: str) -> str:
    return f"{whole:,}".replace(",", sign)


@st.composite
def written(draw: st.DrawFn) -> Figure:
    """An amount in one of the forms that are read."""
    whole = draw(st.integers(0, 10**9) | st.sampled_from([0, 1, 999, 10**6, 10**9, 10**14]))
    decimals = draw(st.text("0123456789", max_size=9))
    unit = draw(st.sampled_from(sorted(_FACTORS)))
    groups, point = draw(st.sampled_from([("", ","), ("", "."), (" ", ","), ("\u202f", ","), (" ", "."), (".", ","), (",", ".")]))
    if whole < 1000 or (groups in (".", ",") and not decimals):
        groups = ""
    # three decimals of euros are thousands unless the number is grouped
    if len(decimals) == 3 and not groups:
        decimals += "0"
    text = grouped(whole, groups) + (point + decimals if decimals else "")
    multiplier = draw(st.sampled_from([1, 1, 1, 7, 10**4]))
    with localcontext(prec=60):
        exact = Decimal(f"{whole}.{decimals or 0}") * _FACTORS[unit] * multiplier
        value = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    in_front = unit == "€" and draw(st.booleans())
    return Figure(
        f"EUR {text}" if in_front else text,
        None if in_front else unit or None,
        multiplier=multiplier,
        value=value,
    )


odd_figures = st.builds(
    Figure,
    st.text("0123456789", min_size=1, max_size=45)
    | st.text("0129 .,'€kMd×%-+(xe/²³à\u00a0\u2009", min_size=1, max_size=24).filter(lambda text: text.strip(" "))
    | st.lists(
        st.sampled_from(
            ["1", "000", "45", "2 165", "1.250", "0,45", " × ", " à ", " et ", "€", " M€", "mille", "un", " millions", "%", ",", ".", " "]
        ),
        min_size=1,
        max_size=7,
    )
    .map("".join)
    .filter(lambda text: text.strip(" "))
    | st.text(min_size=1, max_size=12).filter(lambda text: text.strip(" ")),
    st.sampled_from([None, "€", "k€", "M€", "Md€", "%", "euros", "d’euros", "mio", "USD"]),
    st.sampled_from(["exact", "about", "nearly", "more_than", "at_most", "range"]),
    st.sampled_from(["total", "per_year", "per_unit", "share"]),
    st.sampled_from([1, 1, 1, 2, 10, 10**6, 999_999_999]),
    st.sampled_from(["financial_line", "indicator", "none"]),
)


class Parser:
    """The compiled SQL that rejects figures, and the one that reads them, on the same rows."""

    def __init__(self, project: LandedProject) -> None:
        self.connection = project.connection
        names = ("rejects_of_printed_figures", "int_figures_parsed")
        with chdir(project.project):
            built = [each for each in statements(project.manifest, names, project.project / "seeds") if each.kind != "test"]
            for each in built:
                self.connection.execute(each.sql)
        self._sql = [each.sql for each in built if each.name in names]

    def read(self, figures: list[Figure]) -> list[tuple[str | None, str | None, Decimal | None, Decimal | None, Decimal | None]]:
        """Rule and reason of the reject, value, low and high of each figure."""
        rows = [
            (str(number), each.text, each.unit, each.qualifier, each.basis, each.multiplier, each.subject_type)
            for number, each in enumerate(figures)
        ]
        columns = "mention_code, printed_figure, printed_unit, qualifier, basis, multiplier, subject_type"
        for table in ("seeds.source_mentions", "intermediate.int_mentions_of_changed_contracts"):
            self.connection.execute(f"truncate {table}")
            marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?)"] * len(rows))
            self.connection.execute(f"insert into {table} ({columns}) values {marks}", [cell for row in rows for cell in row])
        for sql in self._sql:
            self.connection.execute(sql)
        found = self.connection.execute("""
            select rejected.rule, rejected.reason, figures.parsed_value, figures.low_value, figures.high_value
            from intermediate.int_figures_parsed as figures
            left join staging.rejects_of_printed_figures as rejected on figures.mention_code = rejected.row_key
            order by cast(figures.mention_code as integer)
        """).fetchall()
        assert len(found) == len(figures)
        return found


@pytest.fixture(scope="module")
def parser(loading: LandedProject) -> Iterator[Parser]:
    yield Parser(loading)
    loading.clear()


def steadily(strategy: st.SearchStrategy, parser: Parser, check, examples: int) -> None:
    """Tries a check on many lists of figures, the same ones each time."""
    steady = settings(max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    @steady
    @given(st.lists(strategy, min_size=150, max_size=250))
    def tried(figures: list[Figure]) -> None:
        for figure, found in zip(figures, parser.read(figures), strict=True):
            check(figure, *found)

    tried()


def is_read_right(
    figure: Figure, rule: str | None, _: str | None, value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> None:
    assert figure.value is not None
    if figure.value >= 10**15:
        assert rule == "too_large" and value is None, figure
    elif rule != "too_large":
        assert rule is None and value == figure.value, (figure, rule, value)
        assert low is not None and high is not None and low <= value <= high, figure
    else:
        # the unit and the multiplier alone are too wide
        assert _FACTORS[figure.unit or ""] * figure.multiplier >= 10**15, figure


def every_reading(digits: str, multiplier: int) -> set[Decimal]:
    """The values that all digits of a figure can mean, whichever its decimal sign and its unit."""
    with localcontext(prec=90):
        return {
            (Decimal(digits).scaleb(-decimals) * factor * times).quantize(Decimal("0.01"), ROUND_HALF_UP)
            for decimals in range(len(digits) + 1)
            for factor in _FACTORS.values()
            for times in {1, multiplier}
        }


def is_read_or_rejected(
    figure: Figure, rule: str | None, reason: str | None, value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> None:
    if rule is not None:
        assert value is None and low is None and high is None, figure
        assert reason is not None and "; " in reason, figure
        return
    assert value is not None and value < 10**15, figure
    assert low is not None and low <= value, figure
    digits = "".join(sign for sign in f"{figure.text} {figure.unit or ''}" if sign in "0123456789")
    if digits and figure.basis != "share" and figure.qualifier != "range":
        assert value in every_reading(digits, figure.multiplier), figure
    assert (high is None) == (figure.qualifier == "more_than") and (high is None or value <= high), figure


def test_a_figure_in_a_known_form_is_read_right(parser: Parser) -> None:
    steadily(written(), parser, is_read_right, 5)


def test_any_other_figure_is_read_or_rejected(parser: Parser) -> None:
    steadily(odd_figures, parser, is_read_or_rejected, 8)


@pytest.mark.slow
def test_it_holds_for_many_figures(parser: Parser) -> None:
    steadily(written(), parser, is_read_right, 100)
    steadily(odd_figures, parser, is_read_or_rejected, 200)


# --- amounts and dates ---------------------------------------------------------------------------------------------


class WholeBuild(DirectBuild):
    """Builds what every reader sees, rules included."""

    MARTS = (*DirectBuild.MARTS, "line_history", "figure_citations", "discrepancies", "indicator_progress", "dim_date")


extreme_amounts = st.sampled_from(["0.00", "0.01", "1.00", "999.99", "5000000.00", "999999999999999.99", "9999999999999999.99"]).map(
    Decimal
)
extreme_days = st.sampled_from(["1950-01-01", "1999-12-31", "2000-02-29", "2040-12-31", "2041-01-01", "2100-12-31"])


@st.composite
def extreme_seeds(draw: st.DrawFn) -> Seeds:
    """Drawn lines with the amounts, years and dates that a cell may hold."""
    seeds = seeds_of(draw(drawn_lines))
    for row in seeds["financial_lines"]:
        if row.get("amount_eur") is not None:
            low, amount, high = sorted(draw(st.tuples(extreme_amounts, extreme_amounts, extreme_amounts)))
            row |= {"amount_eur": amount, "amount_low_eur": low, "amount_high_eur": high}
        if draw(st.booleans()):
            start, end = sorted(draw(st.tuples(*[st.sampled_from([1950, 1999, 2020, 2100])] * 2)))
            row |= {"period_start_year": start, "period_end_year": end, "share_percent": draw(st.none() | extreme_shares)}
        for column in ("effective_on", "recorded_on", "as_of_date"):
            if row.get(column) is not None and draw(st.booleans()):
                row[column] = draw(extreme_days)
    return seeds


extreme_shares = st.sampled_from(["0.00", "0.01", "100.00", "999.99"]).map(Decimal)


@pytest.fixture(scope="module")
def whole_build(loading: LandedProject) -> WholeBuild:
    return WholeBuild(loading.manifest)


def extremes_are_built(build: WholeBuild, seeds: Seeds) -> None:
    build.rebuild(seeds)
    sums = ", ".join(f"coalesce(sum({measure}), 0)" for measure in MEASURES)
    facts = build.rows(f"select {sums} from star.fct_funding")
    for cut in (*(f"funding_by_{name}" for name in CUTS), "funding_by_year_estimated", "funding_by_departement_estimated"):
        assert build.rows(f"select {sums} from marts.{cut}") == facts, cut
    days = "select date_day from star.dim_date"
    for column in ("effective_on", "recorded_on", "as_of_date"):
        assert build.rows(f"select 1 from star.fct_funding where {column} not in ({days})") == [], column
    # a rate is there, and has the size that its two sides give
    wrong = build.rows(
        "select contracted_eur, paid_eur, payment_rate_percent from marts.progress_by_volet_and_territory where rate_caveat is null and "
        "abs(payment_rate_percent - cast(paid_eur as double) * 100 / contracted_eur) > 0.1 + 1e-12 * payment_rate_percent"
    )
    assert wrong == []


def test_amounts_and_dates_of_any_size_are_built(whole_build: WholeBuild) -> None:
    tried_on_seeds(whole_build, 6)


@pytest.mark.slow
def test_many_amounts_and_dates_of_any_size_are_built(whole_build: WholeBuild) -> None:
    tried_on_seeds(whole_build, 100)


def tried_on_seeds(build: WholeBuild, examples: int) -> None:
    steady = settings(max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    @steady
    @given(extreme_seeds())
    def tried(seeds: Seeds) -> None:
        extremes_are_built(build, seeds)

    tried()
