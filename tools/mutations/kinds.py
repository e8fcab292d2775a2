"""The kinds of error planted in copies of the seeds, and the rows that each is planted on."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path

Row = dict[str, str]

ROWS_PER_KIND = 3


@dataclass
class Seeds:
    """The rows of every seed file, as text, and the files changed so far."""

    tables: dict[str, list[Row]]
    columns: dict[str, list[str]]
    changed: set[str] = field(default_factory=set)

    def __getitem__(self, seed: str) -> list[Row]:
        return self.tables[seed]

    def copy(self) -> "Seeds":
        return Seeds({seed: [dict(row) for row in rows] for seed, rows in self.tables.items()}, self.columns)

    def rows_like(self, seed: str, row: Row) -> Row:
        """The row of this copy that equals a row of the seeds as shipped."""
        self.changed.add(seed)
        return next(each for each in self[seed] if each == row)

    def statement(self, line: Row) -> Row | None:
        """The mention that states one version of a line."""
        for mention in self["source_mentions"]:
            if (mention["subject_code"], mention["subject_recorded_on"]) == (line["line_code"], line["recorded_on"]) and (
                mention["subject_type"] == "financial_line" and mention["role"] in ("states", "revises")
            ):
                return mention
        return None

    def text(self, seed: str) -> str:
        """One seed as CSV."""
        file = StringIO()
        writer = csv.DictWriter(file, self.columns[seed], lineterminator="\n")
        writer.writeheader()
        writer.writerows(self[seed])
        return file.getvalue()


@cache
def read_seeds(folder: Path) -> Seeds:
    """Every CSV file of a seeds folder."""
    tables, columns = {}, {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            tables[path.stem] = list(reader)
            columns[path.stem] = list(reader.fieldnames or [])
    return Seeds(tables, columns)


Edit = Callable[..., None]


@dataclass(frozen=True)
class Kind:
    """One kind of error: where it can be planted, and how. candidates yields the rows that an edit needs, of a seed file each."""

    code: str
    sentence: str
    seed: str
    where: Callable[[Seeds, Row], bool]
    edit: Callable[[Seeds, Row], None]

    def rows(self, seeds: Seeds) -> list[Row]:
        """Rows to plant on: the first, the middle and the last of those that fit."""
        fitting = [row for row in seeds[self.seed] if self.where(seeds, row)]
        places = sorted({0, len(fitting) // 2, len(fitting) - 1}) if fitting else []
        return [fitting[place] for place in places][:ROWS_PER_KIND]

    def label(self, seeds: Seeds, row: Row) -> str:
        """The code of a row, or both codes where one is that of several rows, with the date that tells versions apart."""
        first, second = seeds.columns[self.seed][:2]
        is_shared = self.seed != "financial_lines" and sum(each[first] == row[first] for each in seeds[self.seed]) > 1
        return " @ ".join(filter(None, [row[first], row[second] if is_shared else "", row.get("recorded_on", "")]))

    def plant(self, seeds: Seeds, row: Row) -> Seeds:
        """A copy of the seeds with the error in one row."""
        copy = seeds.copy()
        self.edit(copy, copy.rows_like(self.seed, row))
        return copy


KINDS: list[Kind] = []


def kind(sentence: str, seed: str, where: Callable[[Seeds, Row], bool]) -> Callable[[Edit], Edit]:
    """Registers an edit as a kind; its code is the name of the function."""

    def register(edit: Edit) -> Edit:
        KINDS.append(Kind(edit.__name__, sentence, seed, where, edit))
        return edit

    return register


def setting(code: str, sentence: str, seed: str, where: Callable[[Seeds, Row], bool], **values: str) -> None:
    """Registers a kind that writes fixed values into a row."""
    KINDS.append(Kind(code, sentence, seed, where, lambda _, row: row.update(values)))


# which rows fit ------------------------------------------------------------------------------------------------------------------


def any_row(_: Seeds, row: Row) -> bool:
    return bool(row)


def printed(seeds: Seeds, line: Row) -> bool:
    """A counted line with an amount and the mention that states it."""
    return line["line_use"] == "counted" and bool(line["amount_eur"]) and seeds.statement(line) is not None


def lines_of(seeds: Seeds, code: str) -> list[Row]:
    return [line for line in seeds["financial_lines"] if line["line_code"] == code]


def total_of(seeds: Seeds, line: Row) -> Row | None:
    """The last version of the line above, when it has an amount of the same stage."""
    above = [each for each in lines_of(seeds, line["parent_line_code"]) if each["amount_eur"] and each["stage"] == line["stage"]]
    return above[-1] if above else None


def parts_of(seeds: Seeds, line: Row) -> list[Row]:
    return [part for part in seeds["financial_lines"] if part["parent_line_code"] == line["line_code"]]


def is_part(seeds: Seeds, line: Row) -> bool:
    return line["line_use"] == "counted" and bool(line["amount_eur"]) and total_of(seeds, line) is not None


def has(*columns: str) -> Callable[[Seeds, Row], bool]:
    return lambda _, row: all(row[column] for column in columns)


def both(*tests: Callable[[Seeds, Row], bool]) -> Callable[[Seeds, Row], bool]:
    return lambda seeds, row: all(test(seeds, row) for test in tests)


def of(column: str, *values: str) -> Callable[[Seeds, Row], bool]:
    return lambda _, row: row[column] in values


def states_amount(seeds: Seeds, mention: Row) -> bool:
    return (
        mention["subject_type"] == "financial_line" and mention["role"] in ("states", "revises") and "%" not in mention["printed_figure"]
    ) and any(line["amount_eur"] for line in lines_of(seeds, mention["subject_code"]))


def states_indicator(_: Seeds, mention: Row) -> bool:
    return mention["subject_type"] == "indicator" and mention["role"] == "states"


# edits that several kinds share ---------------------------------------------------------------------------------------------------


def scale(line: Row, factor: float) -> None:
    amount = float(line["amount_eur"]) * factor
    line["amount_eur"] = f"{amount:.2f}".removesuffix(".00")


def swap_digits(number: str) -> str:
    """Swaps the first two neighbouring digits that differ."""
    for place in range(len(number) - 1):
        pair = number[place : place + 2]
        if pair.isdigit() and pair[0] != pair[1]:
            return number[:place] + pair[::-1] + number[place + 2 :]
    return number


def print_amount(seeds: Seeds, line: Row, amount: float) -> None:
    """Types an amount and changes the printed figure that states it, so that both agree."""
    mention = seeds.statement(line)
    seeds.changed.add("source_mentions")
    line["amount_eur"] = line_amount = f"{amount:.2f}".removesuffix(".00")
    assert mention is not None
    mention.update(printed_figure=line_amount.replace(".", ",") + " €", printed_unit="", multiplier="1", basis="total")


def drop(seeds: Seeds, seed: str, row: Row) -> None:
    seeds.changed.add(seed)
    seeds[seed].remove(row)


def drop_with_mentions(seeds: Seeds, line: Row) -> None:
    for mention in [each for each in seeds["source_mentions"] if each["subject_code"] == line["line_code"]]:
        drop(seeds, "source_mentions", mention)
    for version in lines_of(seeds, line["line_code"]):
        drop(seeds, "financial_lines", version)


def leads_nowhere(seeds: Seeds, line: Row) -> bool:
    """No other row names the line."""
    code = line["line_code"]
    named = any(code in (each["parent_line_code"], each["possible_parent_code"]) for each in seeds["financial_lines"])
    return not named and not any(code in row.values() for seed in ("cross_total_parts", "indicators") for row in seeds[seed])


def other_contract_line(seeds: Seeds, line: Row) -> Row:
    return next(
        each
        for each in seeds["financial_lines"]
        if each["contract_code"] != line["contract_code"] and each["line_use"] == "counted" and each["breakdown"]
    )


def swap_day_and_month(day: str) -> str:
    year, month, date = day.split("-")
    return f"{year}-{date}-{month}"


# amounts and printed figures -------------------------------------------------------------------------------------------------------


@kind(
    "Two digits of an amount are swapped.",
    "financial_lines",
    both(printed, lambda _, line: swap_digits(line["amount_eur"]) != line["amount_eur"]),
)
def digits_swapped(_: Seeds, line: Row) -> None:
    line["amount_eur"] = swap_digits(line["amount_eur"])


@kind("An amount is typed with a zero too many.", "financial_lines", printed)
def ten_times_the_amount(_: Seeds, line: Row) -> None:
    scale(line, 10)


@kind("An amount is typed in thousands, not in euros.", "financial_lines", printed)
def amount_in_thousands(_: Seeds, line: Row) -> None:
    scale(line, 0.001)


@kind("Millions are read as thousands, in the amount and in the printed figure.", "financial_lines", printed)
def thousand_for_million(seeds: Seeds, line: Row) -> None:
    print_amount(seeds, line, float(line["amount_eur"]) / 1000)


@kind("Thousands are read as millions, in the amount and in the printed figure.", "financial_lines", printed)
def million_for_thousand(seeds: Seeds, line: Row) -> None:
    print_amount(seeds, line, float(line["amount_eur"]) * 1000)


@kind(
    "Two digits are swapped in the amount and in the printed figure.",
    "financial_lines",
    both(printed, lambda _, line: swap_digits(line["amount_eur"]) != line["amount_eur"]),
)
def digits_swapped_twice(seeds: Seeds, line: Row) -> None:
    print_amount(seeds, line, float(swap_digits(line["amount_eur"])))


@kind("A printed figure is changed.", "source_mentions", states_amount)
def printed_figure_changed(_: Seeds, mention: Row) -> None:
    mention["printed_figure"] = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), mention["printed_figure"], count=1)


@kind(
    "A printed unit is dropped.",
    "source_mentions",
    both(
        states_amount,
        has("printed_unit"),
        lambda _, row: "%" not in row["printed_unit"] and not row["printed_unit"].startswith(("d’", "d'", "euros", "€")),
    ),
)
def printed_unit_dropped(_: Seeds, mention: Row) -> None:
    mention["printed_unit"] = ""


@kind(
    "A range is read as the sum of its ends.", "source_mentions", both(of("qualifier", "range"), lambda _, row: row["subject_code"] != "")
)
def range_read_as_sum(seeds: Seeds, mention: Row) -> None:
    _set_value(seeds, mention, lambda low, high: (low + high, None))


@kind("The ends of a range are swapped.", "source_mentions", both(of("qualifier", "range"), lambda _, row: row["subject_code"] != ""))
def range_ends_swapped(seeds: Seeds, mention: Row) -> None:
    _set_value(seeds, mention, lambda low, high: (high, low))


def _set_value(seeds: Seeds, mention: Row, change: Callable[[int, int], tuple[int, int | None]]) -> None:
    low, high = (int(number) for number in re.findall(r"\d+", mention["printed_figure"]))
    first, last = change(low, high)
    for line in lines_of(seeds, mention["subject_code"]):
        seeds.changed.add("financial_lines")
        line["amount_eur"] = str(first * 1_000_000)
        line["amount_low_eur"], line["amount_high_eur"] = line["amount_eur"], str((last or first) * 1_000_000)
    for indicator in seeds["indicators"]:
        if indicator["indicator_code"] == mention["subject_code"]:
            seeds.changed.add("indicators")
            column = "target_value" if indicator["target_value"] else "realised_value"
            indicator[column] = str(first)


setting(
    "yearly_figure_read_as_total",
    "A yearly amount is said to be a total.",
    "financial_lines",
    of("period_basis", "per_year"),
    period_basis="total",
    year_count="",
)
setting(
    "years_read_as_one",
    "A yearly figure of several years is counted for one.",
    "financial_lines",
    lambda _, line: line["year_count"] not in ("", "1"),
    year_count="1",
)
setting(
    "multiplier_dropped",
    "The number of years of a yearly figure is dropped.",
    "source_mentions",
    lambda _, row: row["multiplier"] != "1",
    multiplier="1",
)
setting(
    "qualifier_dropped_in_line",
    "« Plus de », « environ » is dropped in the line.",
    "financial_lines",
    both(printed, lambda _, line: line["qualifier"] not in ("exact", "range")),
    qualifier="exact",
)
setting(
    "qualifier_dropped_in_mention",
    "« Plus de », « environ » is dropped in the mention.",
    "source_mentions",
    both(states_amount, lambda _, row: row["qualifier"] not in ("exact", "range")),
    qualifier="exact",
)
setting(
    "qualifier_added_in_line",
    "An exact amount is said to be a minimum.",
    "financial_lines",
    both(printed, of("qualifier", "exact")),
    qualifier="more_than",
)
setting("amount_said_not_printed", "A printed amount is said not to be printed.", "financial_lines", printed, amount_status="not_printed")
setting(
    "amount_said_printed",
    "A line without amount is said to have one.",
    "financial_lines",
    both(of("amount_status", "not_printed"), lambda _, line: not line["amount_eur"]),
    amount_status="printed",
)
setting("amount_emptied", "A printed amount is left out.", "financial_lines", printed, amount_eur="")
setting("negative_amount", "An amount is negative.", "financial_lines", printed, amount_eur="-1000000")
setting("malformed_amount", "An amount is no number.", "financial_lines", printed, amount_eur="2 M€")


@kind("A percentage is mistyped.", "financial_lines", has("share_percent"))
def share_mistyped(_: Seeds, line: Row) -> None:
    line["share_percent"] = str(int(line["share_percent"]) // 2 + 1)


# lines and mentions dropped, doubled, moved ----------------------------------------------------------------------------------------


@kind("A line is dropped, its mention stays.", "financial_lines", both(printed, leads_nowhere))
def line_dropped(seeds: Seeds, line: Row) -> None:
    drop(seeds, "financial_lines", line)


@kind("A line is dropped with its mentions.", "financial_lines", both(printed, leads_nowhere))
def line_dropped_with_mentions(seeds: Seeds, line: Row) -> None:
    drop_with_mentions(seeds, line)


def shares_its_figure(seeds: Seeds, line: Row) -> bool:
    mention = seeds.statement(line)
    place = ("document_code", "line_number", "printed_figure")
    return (
        mention is not None
        and bool(line["amount_eur"])
        and any(other is not mention and all(other[column] == mention[column] for column in place) for other in seeds["source_mentions"])
    )


@kind("« Chacun » is overlooked: one of both lines of one figure is missing.", "financial_lines", both(shares_its_figure, leads_nowhere))
def each_overlooked(seeds: Seeds, line: Row) -> None:
    drop_with_mentions(seeds, line)


@kind(
    "A part of a breakdown that is said to be complete is missing.",
    "financial_lines",
    lambda seeds, line: (
        leads_nowhere(seeds, line) and any(each["breakdown"] == "exhaustive" for each in lines_of(seeds, line["parent_line_code"]))
    ),
)
def part_of_complete_breakdown_missing(seeds: Seeds, line: Row) -> None:
    drop_with_mentions(seeds, line)


def double(seeds: Seeds, line: Row) -> None:
    """A line a second time under a new code, with a mention of its own at the same place."""
    mention = seeds.statement(line)
    assert mention is not None
    seeds.changed.add("source_mentions")
    seeds["financial_lines"].append(line | {"line_code": line["line_code"] + "_bis"})
    code, _, place = mention["mention_code"].rpartition("_")
    seeds["source_mentions"].append(mention | {"mention_code": f"{code}_{int(place) + 7}", "subject_code": line["line_code"] + "_bis"})


@kind("A line is there a second time under another code.", "financial_lines", both(printed, lambda _, line: not line["recorded_on"]))
def line_doubled(seeds: Seeds, line: Row) -> None:
    double(seeds, line)


def is_stated_cost(seeds: Seeds, line: Row) -> bool:
    return line["line_use"] == "cost" and seeds.statement(line) is not None


@kind("The cost of an operation is there a second time.", "financial_lines", is_stated_cost)
def cost_doubled(seeds: Seeds, line: Row) -> None:
    double(seeds, line)


@kind("A key is there twice.", "financial_lines", any_row)
def duplicate_key(seeds: Seeds, line: Row) -> None:
    seeds["financial_lines"].append(dict(line))


@kind("The mention that states an amount is dropped.", "source_mentions", states_amount)
def stating_mention_dropped(seeds: Seeds, mention: Row) -> None:
    drop(seeds, "source_mentions", mention)


@kind(
    "A second place that prints an amount is dropped.",
    "source_mentions",
    both(of("role", "restates"), of("subject_type", "financial_line")),
)
def restating_mention_dropped(seeds: Seeds, mention: Row) -> None:
    drop(seeds, "source_mentions", mention)


@kind(
    "A figure that is no line, with its reason, is dropped.", "source_mentions", both(of("subject_type", "none"), has("exclusion_reason"))
)
def excluded_figure_dropped(seeds: Seeds, mention: Row) -> None:
    drop(seeds, "source_mentions", mention)


setting(
    "exclusion_without_reason", "A figure that is no line has no reason.", "source_mentions", has("exclusion_reason"), exclusion_reason=""
)
setting("mention_only_restates", "The mention that states an amount only restates it.", "source_mentions", states_amount, role="restates")


@kind("A mention gives another line number.", "source_mentions", states_amount)
def mention_on_another_line(_: Seeds, mention: Row) -> None:
    mention["line_number"] = str(int(mention["line_number"]) + 1)


@kind("A mention names another line of financing.", "source_mentions", states_amount)
def mention_of_another_subject(seeds: Seeds, mention: Row) -> None:
    mention["subject_code"] = next(
        line["line_code"] for line in seeds["financial_lines"] if line["amount_eur"] and line["line_code"] != mention["subject_code"]
    )


@kind("A line number lies beyond the document.", "source_mentions", any_row)
def line_number_beyond_document(_: Seeds, mention: Row) -> None:
    mention["line_number"] = "99999"


@kind("A contract's line number lies beyond the document.", "contracts", has("line_number"))
def contract_line_number_beyond_document(_: Seeds, contract: Row) -> None:
    contract["line_number"] = "99999"


setting("unknown_document", "A mention names a document that is not there.", "source_mentions", any_row, document_code="rapport_inconnu")

# tree ------------------------------------------------------------------------------------------------------------------------------


@kind("A part stands under a total of another contract.", "financial_lines", is_part)
def parent_of_another_contract(seeds: Seeds, line: Row) -> None:
    line["parent_line_code"] = other_contract_line(seeds, line)["line_code"]


@kind("A part stands under a cost.", "financial_lines", is_part)
def parent_of_another_use(seeds: Seeds, line: Row) -> None:
    line["parent_line_code"] = next(each["line_code"] for each in seeds["financial_lines"] if each["line_use"] == "cost")


def other_funders_total(seeds: Seeds, line: Row) -> Row | None:
    for each in seeds["financial_lines"]:
        is_total = each["breakdown"] and each["amount_eur"] and each["partner_code"] not in ("", line["partner_code"])
        if is_total and each["contract_code"] == line["contract_code"] and each["line_code"] != line["parent_line_code"]:
            return each
    return None


@kind(
    "A part stands under the total of another funder of its contract.",
    "financial_lines",
    both(is_part, has("partner_code"), lambda seeds, line: other_funders_total(seeds, line) is not None and not parts_of(seeds, line)),
)
def parent_of_another_funder(seeds: Seeds, line: Row) -> None:
    total = other_funders_total(seeds, line)
    assert total is not None
    line["parent_line_code"] = total["line_code"]


@kind("A total stands under its own part.", "financial_lines", is_part)
def parent_loop(seeds: Seeds, line: Row) -> None:
    for total in lines_of(seeds, line["parent_line_code"]):
        total["parent_line_code"] = line["line_code"]


setting("part_moved_out", "A part is moved out of its total.", "financial_lines", is_part, parent_line_code="", parent_basis="")
setting(
    "possible_parent_unknown",
    "A possible total does not exist.",
    "financial_lines",
    has("possible_parent_code"),
    possible_parent_code="total_inconnu",
)


def in_bounded_total(seeds: Seeds, line: Row) -> bool:
    total = total_of(seeds, line)
    return is_part(seeds, line) and total is not None and total["qualifier"] not in ("more_than", "at_least")


@kind(
    "A part goes beyond its total, in amount and printed figure (totals with an upper bound).",
    "financial_lines",
    both(in_bounded_total, printed),
)
def part_beyond_total(seeds: Seeds, line: Row) -> None:
    total = total_of(seeds, line)
    assert total is not None
    print_amount(seeds, line, 1.1 * float(total["amount_eur"]))


@kind(
    "A total is less than its parts, in amount and printed figure (totals with an upper bound).",
    "financial_lines",
    lambda seeds, line: (
        printed(seeds, line)
        and line["qualifier"] not in ("more_than", "at_least")
        and line["recorded_on"] != "2015-03-18"
        and any(is_part(seeds, part) for part in parts_of(seeds, line))
    ),
)
def total_below_parts(seeds: Seeds, line: Row) -> None:
    parts = {part["line_code"]: float(part["amount_eur"]) for part in parts_of(seeds, line) if part["amount_eur"]}
    print_amount(seeds, line, round(0.9 * sum(parts.values()), 2))


# classes ---------------------------------------------------------------------------------------------------------------------------

setting(
    "part_said_paid", "A contracted part is said to be paid.", "financial_lines", both(is_part, of("stage", "contracted")), stage="paid"
)
setting(
    "part_said_announced",
    "A contracted part is said to be announced.",
    "financial_lines",
    both(is_part, of("stage", "contracted")),
    stage="announced",
)
setting(
    "committed_part_said_contracted",
    "A committed part is said to be contracted.",
    "financial_lines",
    both(is_part, of("stage", "committed")),
    stage="contracted",
)
setting(
    "root_said_committed",
    "A contracted line under no total is said to be committed.",
    "financial_lines",
    lambda seeds, line: (
        printed(seeds, line) and line["stage"] == "contracted" and not line["parent_line_code"] and not parts_of(seeds, line)
    ),
    stage="committed",
)
setting(
    "root_said_contracted",
    "A committed line under no total is said to be contracted.",
    "financial_lines",
    lambda seeds, line: (
        printed(seeds, line) and line["stage"] == "committed" and not line["parent_line_code"] and not parts_of(seeds, line)
    ),
    stage="contracted",
)
setting(
    "pledge_said_contracted",
    "A promise of a campaign is said to be contracted.",
    "financial_lines",
    lambda seeds, line: (
        printed(seeds, line) and line["stage"] == "announced" and (seeds.statement(line) or {})["document_code"] == "projet_pour_la_region"
    ),
    stage="contracted",
)
setting(
    "loan_said_grant",
    "A loan under a total is said to be a grant.",
    "financial_lines",
    both(of("instrument", "loan"), has("parent_line_code"), lambda _, line: bool(line["amount_eur"])),
    instrument="grant",
)
setting(
    "part_said_loan",
    "A part of a grant is said to be a loan.",
    "financial_lines",
    lambda seeds, line: is_part(seeds, line) and (total_of(seeds, line) or {})["instrument"] == line["instrument"] == "grant",
    instrument="loan",
)
setting(
    "root_said_loan",
    "A grant under no total is said to be a loan.",
    "financial_lines",
    lambda seeds, line: printed(seeds, line) and line["instrument"] == "grant" and not line["parent_line_code"],
    instrument="loan",
)
setting(
    "cost_counted",
    "The cost of an operation is counted.",
    "financial_lines",
    lambda seeds, line: line["line_use"] == "cost" and not line["parent_line_code"],
    line_use="counted",
)
setting(
    "part_of_cost_counted",
    "A part of a cost is counted.",
    "financial_lines",
    both(of("line_use", "cost"), has("parent_line_code")),
    line_use="counted",
)
setting(
    "share_said_cost",
    "A share is said to be the cost of the operation.",
    "financial_lines",
    both(printed, has("operation_code", "partner_code")),
    line_use="cost",
)
setting(
    "context_counted",
    "A figure kept as context is counted.",
    "financial_lines",
    both(of("line_use", "context"), has("amount_eur")),
    line_use="counted",
)
setting("counted_said_context", "A counted part is said to be context.", "financial_lines", is_part, line_use="context")
setting("withdrawn", "A line is said to be withdrawn.", "financial_lines", printed, is_withdrawn="true")
setting("word_outside_the_list", "A word is not in its list.", "financial_lines", any_row, stage="voted")
setting("required_cell_empty", "A cell that must be filled is empty.", "financial_lines", any_row, contract_code="")
setting(
    "flow_said_cumulative",
    "A flow is said to be cumulative, without a date.",
    "financial_lines",
    both(printed, of("measure_basis", "flow")),
    measure_basis="cumulative",
)
setting(
    "cumulative_said_flow",
    "A cumulative position is said to be a flow.",
    "financial_lines",
    of("measure_basis", "cumulative"),
    measure_basis="flow",
)

# partners, axes, territories, contracts ----------------------------------------------------------------------------------------------

setting("unknown_partner", "A funder is unknown.", "financial_lines", has("partner_code"), partner_code="inconnu")


def has_known_partners(seeds: Seeds, line: Row) -> bool:
    return any(row["contract_code"] == line["contract_code"] for row in seeds["contract_signatories"])


setting(
    "funder_who_did_not_sign",
    "A funder of a contract is another who did not sign it (contracts with known partners).",
    "financial_lines",
    lambda seeds, line: (
        printed(seeds, line) and line["stage"] == "contracted" and bool(line["partner_code"]) and has_known_partners(seeds, line)
    ),
    partner_code="adoma",
)
setting(
    "fund_of_another_funder",
    "A fund is not its funder's.",
    "financial_lines",
    both(of("partner_code", "etat"), of("line_use", "counted")),
    fund_code="feder",
)


@kind("A line stands under an axis of another contract.", "financial_lines", has("axis_code"))
def axis_of_another_contract(seeds: Seeds, line: Row) -> None:
    line["axis_code"] = next(axis["axis_code"] for axis in seeds["axes"] if axis["contract_code"] != line["contract_code"])


@kind("An axis has a wrong level.", "axes", any_row)
def wrong_axis_level(_: Seeds, axis: Row) -> None:
    axis["level"] = str(int(axis["level"]) + 1)


@kind("An axis stands under its own child.", "axes", has("parent_axis_code"))
def axis_loop(seeds: Seeds, axis: Row) -> None:
    for above in seeds["axes"]:
        if above["axis_code"] == axis["parent_axis_code"]:
            above["parent_axis_code"] = axis["axis_code"]


setting("unknown_territory", "A territory is unknown.", "financial_lines", has("territory_code"), territory_code="inconnu")


def total_has_place(seeds: Seeds, line: Row) -> bool:
    total = total_of(seeds, line)
    if not is_part(seeds, line) or total is None or not total["territory_code"]:
        return False
    types = {row["territory_code"]: row["territory_type_code"] for row in seeds["territories"]}
    incomplete = {row["territory_code"] for row in seeds["territories"] if row["members_basis"] == "incomplete"}
    members = {row["territory_code"] for row in seeds["territory_members"]} - incomplete
    return types[total["territory_code"]] not in ("perimeter", "former_region") or total["territory_code"] in members


@kind(
    "A part lies outside the territory of its total (totals with known members).",
    "financial_lines",
    total_has_place,
)
def territory_outside_total(seeds: Seeds, line: Row) -> None:
    total = total_of(seeds, line)
    assert total is not None
    line["territory_code"] = "france" if total["territory_code"] == "region_hdf" else "commune_compiegne"


@kind("A territory stands under its own child.", "territories", has("parent_territory_code"))
def territory_loop(seeds: Seeds, territory: Row) -> None:
    for above in seeds["territories"]:
        if above["territory_code"] == territory["parent_territory_code"]:
            above["parent_territory_code"] = territory["territory_code"]


@kind("A partner stands under its own child.", "partners", has("parent_partner_code"))
def partner_loop(seeds: Seeds, partner: Row) -> None:
    for above in seeds["partners"]:
        if above["partner_code"] == partner["parent_partner_code"]:
            above["parent_partner_code"] = partner["partner_code"]


@kind("A digit of a SIREN is wrong.", "partners", has("siren"))
def siren_digit_wrong(_: Seeds, partner: Row) -> None:
    partner["siren"] = partner["siren"][:-1] + str((int(partner["siren"][-1]) + 1) % 10)


@kind("Two digits of a SIREN are swapped.", "partners", has("siren"))
def siren_digits_swapped(_: Seeds, partner: Row) -> None:
    partner["siren"] = swap_digits(partner["siren"])


setting("group_member_unknown", "A member of a group is unknown.", "partner_group_members", any_row, partner_code="inconnu")
setting("contract_type_unknown", "The type of a contract is unknown.", "contracts", any_row, contract_type_code="inconnu")


@kind("A partner is there a second time under another code.", "partners", any_row)
def partner_under_two_codes(seeds: Seeds, partner: Row) -> None:
    seeds["partners"].append(partner | {"partner_code": partner["partner_code"] + "_bis"})


@kind("A contract is there a second time under another code.", "contracts", any_row)
def contract_under_two_codes(seeds: Seeds, contract: Row) -> None:
    seeds["contracts"].append(contract | {"contract_code": contract["contract_code"] + "_bis"})


@kind("An operation is there a second time under another code.", "operations", any_row)
def operation_under_two_codes(seeds: Seeds, operation: Row) -> None:
    seeds["operations"].append(operation | {"operation_code": operation["operation_code"] + "_bis"})


# places and partners against the official reference --------------------------------------------------------------------------------


def official(kind_code: str) -> Callable[[Seeds, Row], bool]:
    return lambda _, row: row["territory_type_code"] == kind_code and row["official_code"] != ""


@kind("The leading zero of an INSEE code is lost.", "territories", lambda _, row: row["official_code"].startswith("0"))
def leading_zero_lost(_: Seeds, territory: Row) -> None:
    territory["official_code"] = territory["official_code"].lstrip("0")


@kind("An INSEE code is mistyped.", "territories", official("commune"))
def insee_code_mistyped(_: Seeds, territory: Row) -> None:
    code = territory["official_code"]
    territory["official_code"] = code[:-1] + str((int(code[-1]) + 1) % 10)


@kind("An intercommunality carries the SIREN of another one.", "territories", official("epci"))
def siren_of_another_epci(_: Seeds, territory: Row) -> None:
    territory["official_code"] = "243300316"


@kind("One official code stands under two codes of territories.", "territories", official("commune"))
def territory_under_two_codes(seeds: Seeds, territory: Row) -> None:
    seeds["territories"].append(territory | {"territory_code": territory["territory_code"] + "_bis"})


setting(
    "territory_by_official_code",
    "A contract names a territory by its official code, though it has a code here.",
    "contracts",
    of("territory_code", "region_hdf"),
    territory_code="region_32",
)


setting(
    "territory_in_another_departement",
    "A commune stands in another département.",
    "territories",
    both(official("commune"), lambda _, row: not row["official_code"].startswith("60")),
    parent_territory_code="departement_oise",
)


@kind("A perimeter is its own member.", "territory_members", any_row)
def perimeter_of_itself(_: Seeds, member: Row) -> None:
    member["member_territory_code"] = member["territory_code"]


setting(
    "siren_of_nobody",
    "A well-formed SIREN belongs to no commune or intercommunality.",
    "partners",
    both(of("partner_type_code", "epci", "commune"), has("siren")),
    siren="123456782",
)
setting(
    "state_body_cut_off",
    "A service or operator of the State stands under nothing.",
    "partners",
    of("partner_type_code", "state_service", "state_operator"),
    parent_partner_code="",
)
setting("name_of_unknown_partner", "Another name leads to an unknown partner.", "partner_aliases", any_row, partner_code="inconnu")

# time ------------------------------------------------------------------------------------------------------------------------------


@kind("A period ends before it begins.", "financial_lines", lambda _, line: "" != line["period_start_year"] < line["period_end_year"])
def period_reversed(_: Seeds, line: Row) -> None:
    line["period_start_year"], line["period_end_year"] = line["period_end_year"], line["period_start_year"]


def total_has_period(seeds: Seeds, line: Row) -> bool:
    total = total_of(seeds, line)
    return is_part(seeds, line) and total is not None and bool(total["period_end_year"])


setting(
    "period_outside_total",
    "A part lies outside the period of its total.",
    "financial_lines",
    total_has_period,
    period_start_year="2012",
    period_end_year="2013",
)


@kind(
    "Day and month of a signature are swapped.",
    "contracts",
    lambda _, row: row["signed_on"] != "" and row["signed_on"] != swap_day_and_month(row["signed_on"]),
)
def day_and_month_swapped(_: Seeds, contract: Row) -> None:
    contract["signed_on"] = swap_day_and_month(contract["signed_on"])


@kind("Digits of the year of a signature are swapped.", "contracts", has("signed_on"))
def year_digits_swapped(_: Seeds, contract: Row) -> None:
    signed_on = contract["signed_on"]
    contract["signed_on"] = signed_on[:2] + signed_on[3] + signed_on[2] + signed_on[4:]


@kind("The year of a vote is ten years late.", "contracts", has("voted_on"))
def vote_ten_years_late(_: Seeds, contract: Row) -> None:
    contract["voted_on"] = str(int(contract["voted_on"][:4]) + 10) + contract["voted_on"][4:]


setting(
    "version_under_another_date",
    "A version is recorded under another date than its mention.",
    "financial_lines",
    has("recorded_on"),
    recorded_on="2018-01-01",
)


@kind("A version and its mention are recorded before the document is published.", "financial_lines", has("recorded_on"))
def recorded_before_publication(seeds: Seeds, line: Row) -> None:
    mention = seeds.statement(line)
    assert mention is not None
    seeds.changed.add("source_mentions")
    line["recorded_on"] = mention["subject_recorded_on"] = "2012-01-01"


setting(
    "effect_after_the_period",
    "A line takes effect after its period.",
    "financial_lines",
    both(printed, has("period_end_year")),
    effective_on="2040-01-01",
)
setting(
    "position_after_its_document",
    "A position is of a date after the document that prints it.",
    "financial_lines",
    has("as_of_date"),
    as_of_date="2031-12-31",
)

# indicators --------------------------------------------------------------------------------------------------------------------------


@kind("The value of an indicator is changed.", "indicators", has("realised_value"))
def indicator_value_changed(_: Seeds, indicator: Row) -> None:
    indicator["realised_value"] = str(float(indicator["realised_value"]) * 10 + 1)


@kind(
    "Target and reached value of an indicator: a second value is made up.",
    "indicators",
    lambda _, row: bool(row["realised_value"]) and not row["target_value"],
)
def indicator_value_made_up(_: Seeds, indicator: Row) -> None:
    indicator["target_value"] = "123456"


@kind(
    "The printed figure of an indicator is changed.",
    "source_mentions",
    both(states_indicator, lambda _, row: row["printed_figure"][:1].isdigit()),
)
def indicator_figure_changed(_: Seeds, mention: Row) -> None:
    mention["printed_figure"] = str((int(mention["printed_figure"][0]) + 1) % 10) + mention["printed_figure"][1:]


setting("indicator_percent_lost", "An indicator in percent is given another unit.", "indicators", of("unit", "%"), unit="emplois")
setting(
    "indicator_of_another_contract",
    "An indicator with an axis is given to another contract.",
    "indicators",
    has("axis_code"),
    contract_code="fisac",
)


@kind("An indicator gives another line number.", "indicators", has("line_number"))
def indicator_on_another_line(_: Seeds, indicator: Row) -> None:
    indicator["line_number"] = str(int(indicator["line_number"]) + 1)


def has_result_below_half(_: Seeds, indicator: Row) -> bool:
    if not (indicator["target_value"] and indicator["realised_value"]) or indicator["unit"] in ("%", "minutes"):
        return False
    return 0 < 2 * float(indicator["realised_value"]) < float(indicator["target_value"])


@kind("Target and result of an indicator stand in each other's place.", "indicators", has_result_below_half)
def target_and_result_swapped(_: Seeds, indicator: Row) -> None:
    indicator.update(target_value=indicator["realised_value"], realised_value=indicator["target_value"])


@kind(
    "A target for a year to come is said to be reached.",
    "indicators",
    lambda _, row: bool(row["target_value"]) and not row["realised_value"] and bool(re.search(r"\b20[2-5]\d$", row["label_fr"])),
)
def target_said_result(_: Seeds, indicator: Row) -> None:
    indicator.update(target_value="", realised_value=indicator["target_value"])


setting(
    "share_over_100",
    "A share of a whole is over 100 %.",
    "indicators",
    both(of("unit", "%"), has("realised_value"), lambda _, row: row["label_fr"].startswith(("Part", "Taux"))),
    realised_value="436",
)


def unit_is_in_use_twice(seeds: Seeds, indicator: Row) -> bool:
    count = sum(each["unit"] == indicator["unit"] for each in seeds["indicators"])
    return count > 2 and len(indicator["unit"]) > 5 and indicator["unit"].isalpha()


@kind("A unit of indicators is mistyped.", "indicators", unit_is_in_use_twice)
def unit_mistyped(_: Seeds, indicator: Row) -> None:
    indicator["unit"] = indicator["unit"][:3] + indicator["unit"][2:]


@kind("A unit of indicators is written in the singular, with a capital letter.", "indicators", unit_is_in_use_twice)
def unit_in_the_singular(_: Seeds, indicator: Row) -> None:
    indicator["unit"] = indicator["unit"].removesuffix("s").capitalize()


# places in the outline, years and status of operations ---------------------------------------------------------------------------------


@kind(
    "A part stands under the axis above that of its total.",
    "financial_lines",
    lambda seeds, line: is_part(seeds, line) and bool((total_of(seeds, line) or line)["axis_code"]),
)
def part_outside_the_axis_of_its_total(_: Seeds, line: Row) -> None:
    line["axis_code"] = ""


@kind(
    "An operation lies outside the territory of its contract.",
    "operations",
    lambda seeds, row: any(
        each["contract_code"] == row["contract_code"] and each["territory_code"] == "former_region_npdc" for each in seeds["contracts"]
    ),
)
def operation_outside_its_contract(_: Seeds, operation: Row) -> None:
    operation["territory_code"] = "commune_compiegne"


def contract_has_end(seeds: Seeds, row: Row) -> bool:
    return any(each["contract_code"] == row["contract_code"] and each["period_end_year"] for each in seeds["contracts"])


setting(
    "operation_begins_after_its_contract",
    "An operation is planned to begin after its contract ends.",
    "operations",
    both(contract_has_end, of("status", "programmed", "identified")),
    planned_start_year="2041",
    planned_end_year="2042",
)
setting(
    "line_after_its_contract",
    "The years of a line lie after those of its contract.",
    "financial_lines",
    both(contract_has_end, of("line_use", "counted"), lambda _, line: not line["year_count"]),
    period_start_year="2041",
    period_end_year="2042",
)
setting(
    "completed_said_programmed",
    "A completed operation is said to be programmed.",
    "operations",
    both(of("status", "completed"), has("actual_end_year")),
    status="programmed",
)
setting(
    "plan_said_completed",
    "An operation that is planned for later is said to be completed.",
    "operations",
    both(of("status", "programmed", "identified"), lambda _, row: row["planned_end_year"] > "2019" or row["planned_start_year"] > "2019"),
    status="completed",
)
setting(
    "started_said_completed",
    "An operation that is to end later is said to be completed.",
    "operations",
    both(of("status", "started"), lambda _, row: row["planned_end_year"] > "2019"),
    status="completed",
)


@kind("The figure of an indicator is stated for an indicator of another contract too.", "source_mentions", states_indicator)
def figure_under_two_contracts(seeds: Seeds, mention: Row) -> None:
    contracts = {each["indicator_code"]: each["contract_code"] for each in seeds["indicators"]}
    other = next(code for code, contract in contracts.items() if contract != contracts[mention["subject_code"]])
    code, _, place = mention["mention_code"].rpartition("_")
    seeds["source_mentions"].append(mention | {"mention_code": f"{code}_{int(place) + 7}", "subject_code": other, "role": "restates"})
