"""Slips on the attributes of financial lines: where, when, who, by what, under what."""

from collections.abc import Callable

from tools.mutations.kinds import (
    Row,
    Seeds,
    both,
    has,
    is_part,
    kind,
    leads_nowhere,
    of,
    parts_of,
    print_amount,
    printed,
    setting,
    total_of,
)
from tools.mutations.neighbours import (
    axis_below,
    axis_of_another_volet,
    axis_over,
    moves,
    next_value,
    other_fund,
    other_operation,
    place_below,
    place_in_another_departement,
    place_over,
    related_contract,
    sibling_axis,
    sibling_place,
    twin_contract,
)

LINES = "financial_lines"


def moving(code: str, sentence: str, column: str, to: Callable[[Seeds, str], str], *tests: Callable[[Seeds, Row], bool]) -> None:
    """Registers a kind that puts a neighbouring code into a column of printed, counted lines."""

    def edit(seeds: Seeds, line: Row) -> None:
        line[column] = to(seeds, line[column])

    kind(sentence, LINES, both(printed, moves(column, to), *tests))(_named(edit, code))


def dropping(code: str, sentence: str, *columns: str, where: Callable[[Seeds, Row], bool] = printed) -> None:
    """Registers a kind that empties columns of a line which are filled."""
    setting(code, sentence, LINES, both(where, has(*columns)), **dict.fromkeys(columns, ""))


def _named(edit: Callable[[Seeds, Row], None], code: str) -> Callable[[Seeds, Row], None]:
    edit.__name__ = code
    return edit


def is_root(_: Seeds, line: Row) -> bool:
    return not line["parent_line_code"]


def shift_years(row: Row, by: int, *columns: str) -> None:
    for column in columns:
        if row[column]:
            row[column] = str(int(row[column]) + by)


# axis, place, period ---------------------------------------------------------------------------------------------------------------

moving("line_axis_of_another_volet", "A line stands under an axis of another volet.", "axis_code", axis_of_another_volet)
moving("line_axis_of_a_sibling", "A line stands under the axis beside its own.", "axis_code", sibling_axis)
moving("line_axis_one_level_up", "A line stands under the axis above its own.", "axis_code", axis_over)
moving("line_axis_one_level_down", "A line stands under an axis below its own.", "axis_code", axis_below)
dropping("line_axis_dropped", "The axis of a line under no total is dropped.", "axis_code", where=both(printed, is_root))

moving("line_place_of_a_sibling", "A line is given another place of the same type and département.", "territory_code", sibling_place)
moving("line_place_wider", "A line is given the place around its own.", "territory_code", place_over)
moving("line_place_narrower", "A line is given a place inside its own.", "territory_code", place_below)
moving(
    "line_place_in_another_departement",
    "A line is given a place of the same type in another département.",
    "territory_code",
    place_in_another_departement,
)
dropping("line_place_dropped", "The place of a line is dropped.", "territory_code")
setting(
    "line_of_the_other_former_region",
    "A line of one former région is given to the other.",
    LINES,
    both(printed, of("territory_code", "former_region_npdc")),
    territory_code="former_region_picardie",
)
setting(
    "line_of_the_new_region",
    "A line of a former région is given to the new one.",
    LINES,
    both(printed, of("territory_code", "former_region_npdc")),
    territory_code="region_hdf",
)
dropping("line_relation_to_place_dropped", "That money goes beyond its place is dropped.", "territory_relation", where=has("contract_code"))


@kind("Money inside its place is said to go beyond it.", LINES, both(printed, has("territory_code"), of("territory_relation", "")))
def line_said_wider_than_place(_: Seeds, line: Row) -> None:
    line["territory_relation"] = "wider"


@kind("The years of a line are one year late.", LINES, both(printed, has("period_start_year", "period_end_year")))
def line_period_one_year_late(_: Seeds, line: Row) -> None:
    shift_years(line, 1, "period_start_year", "period_end_year")


@kind("The years of a line are one year early.", LINES, both(printed, has("period_start_year", "period_end_year")))
def line_period_one_year_early(_: Seeds, line: Row) -> None:
    shift_years(line, -1, "period_start_year", "period_end_year")


@kind(
    "The first year of a line is typed as its last.",
    LINES,
    lambda seeds, line: printed(seeds, line) and "" != line["period_start_year"] < line["period_end_year"],
)
def line_period_of_one_year(_: Seeds, line: Row) -> None:
    line["period_end_year"] = line["period_start_year"]


dropping("line_period_dropped", "The years of a line are dropped.", "period_start_year", "period_end_year")
dropping("line_end_year_dropped", "The last year of a line is dropped.", "period_end_year", where=both(printed, has("period_start_year")))
dropping("line_period_status_dropped", "That the years of a line are not known is dropped.", "period_status", where=has("contract_code"))


@kind("The closing date of a position is a year early.", LINES, has("as_of_date"))
def position_a_year_early(_: Seeds, line: Row) -> None:
    line["as_of_date"] = str(int(line["as_of_date"][:4]) - 1) + line["as_of_date"][4:]


dropping("position_date_dropped", "The closing date of a position is dropped.", "as_of_date", where=has("contract_code"))
dropping("version_date_dropped", "The date of a version is dropped.", "recorded_on", where=has("contract_code"))

# who pays, who receives, from what, for what ------------------------------------------------------------------------------------------


@kind("The theme of a line is another one.", LINES, both(printed, has("theme_code")))
def line_theme_changed(seeds: Seeds, line: Row) -> None:
    line["theme_code"] = next_value(seeds, LINES, line, "theme_code")


dropping("line_theme_dropped", "The theme of a line is dropped.", "theme_code")
setting(
    "state_said_region",
    "Money of the State is given to the région.",
    LINES,
    both(printed, of("partner_code", "etat")),
    partner_code="region_hdf",
)
setting(
    "region_said_state",
    "Money of the région is given to the State.",
    LINES,
    both(printed, of("partner_code", "region_hdf", "region_npdc")),
    partner_code="etat",
)
setting(
    "former_region_said_new",
    "Money of the former région is given to the new one.",
    LINES,
    both(printed, of("partner_code", "region_npdc")),
    partner_code="region_hdf",
)
setting(
    "state_said_operator",
    "Money of the State is given to one of its operators.",
    LINES,
    both(printed, of("partner_code", "etat")),
    partner_code="anru",
)
dropping("funder_dropped", "The funder of a line is dropped.", "partner_code")


@kind("The beneficiary of a line is another one.", LINES, has("beneficiary_partner_code"))
def beneficiary_changed(seeds: Seeds, line: Row) -> None:
    line["beneficiary_partner_code"] = next_value(seeds, LINES, line, "beneficiary_partner_code")


dropping("beneficiary_dropped", "The beneficiary of a line is dropped.", "beneficiary_partner_code", where=has("contract_code"))


@kind("The beneficiary of a line is said to pay it.", LINES, both(printed, has("beneficiary_partner_code", "partner_code")))
def beneficiary_said_funder(_: Seeds, line: Row) -> None:
    line["partner_code"], line["beneficiary_partner_code"] = line["beneficiary_partner_code"], line["partner_code"]


@kind("The fund of a line is another one of its funder.", LINES, moves("fund_code", other_fund))
def fund_of_the_same_funder(seeds: Seeds, line: Row) -> None:
    line["fund_code"] = other_fund(seeds, line["fund_code"])


dropping("fund_dropped", "The fund of a line is dropped.", "fund_code", where=has("contract_code"))
moving("line_of_another_operation", "A line is given to the next operation of its contract.", "operation_code", other_operation)
dropping("operation_of_line_dropped", "The operation of a line is dropped.", "operation_code")
moving("line_of_the_contract_above", "A line is given to the contract that its own is a part of.", "contract_code", related_contract)
moving("line_of_a_twin_contract", "A line is given to another contract of the same family.", "contract_code", twin_contract)


@kind("The label of a line is that of the next one.", LINES, printed)
def line_label_of_neighbour(seeds: Seeds, line: Row) -> None:
    line["label_fr"] = next_value(seeds, LINES, line, "label_fr")


# classes -----------------------------------------------------------------------------------------------------------------------------

setting(
    "committed_said_paid",
    "A committed line under no total is said to be paid.",
    LINES,
    both(printed, is_root, of("stage", "committed")),
    stage="paid",
)
setting(
    "announced_said_contracted",
    "What a report announces is said to be contracted.",
    LINES,
    lambda seeds, line: (
        printed(seeds, line) and line["stage"] == "announced" and (seeds.statement(line) or {})["document_code"] != "projet_pour_la_region"
    ),
    stage="contracted",
)
setting(
    "grant_said_own_spending",
    "A grant is said to be own spending.",
    LINES,
    both(printed, of("instrument", "grant")),
    instrument="own_spending",
)
setting(
    "unknown_instrument_said_grant",
    "An instrument that is not known is said to be a grant.",
    LINES,
    both(printed, of("instrument", "unknown")),
    instrument="grant",
)
setting(
    "instrument_said_unknown",
    "A grant is said to be of unknown instrument.",
    LINES,
    both(printed, of("instrument", "grant")),
    instrument="unknown",
)
setting(
    "contractualised_said_outside",
    "Contractualised credits are said to be outside the contract.",
    LINES,
    both(printed, of("credit_nature", "contractualised")),
    credit_nature="outside_contract",
)
setting(
    "outside_said_contractualised",
    "Credits outside the contract are said to be contractualised.",
    LINES,
    both(printed, of("credit_nature", "outside_contract")),
    credit_nature="contractualised",
)
setting(
    "contractualised_said_valorised",
    "Contractualised credits are said to be valorised.",
    LINES,
    both(printed, of("credit_nature", "contractualised")),
    credit_nature="valorised",
)
setting(
    "counted_said_cross_total",
    "A counted line under no total is said to cut across contracts.",
    LINES,
    both(printed, is_root),
    line_use="cross_total",
)
dropping("inferred_columns_dropped", "What was inferred in a line is said to be printed.", "inferred_columns")

# under what --------------------------------------------------------------------------------------------------------------------------

setting("exhaustive_said_partial", "A complete breakdown is said to be partial.", LINES, of("breakdown", "exhaustive"), breakdown="partial")
setting("partial_said_exhaustive", "A partial breakdown is said to be complete.", LINES, of("breakdown", "partial"), breakdown="exhaustive")
dropping("breakdown_dropped", "That a line is broken down is dropped.", "breakdown", where=has("contract_code"))
setting(
    "assumed_parent_said_printed", "An assumed total is said to be printed.", LINES, of("parent_basis", "assumed"), parent_basis="printed"
)
setting(
    "printed_parent_said_assumed", "A printed total is said to be assumed.", LINES, of("parent_basis", "printed"), parent_basis="assumed"
)
dropping("parent_basis_dropped", "How a total is known is dropped.", "parent_basis", where=has("parent_line_code"))
dropping("possible_parent_dropped", "A possible total is dropped.", "possible_parent_code", where=has("contract_code"))


@kind("A possible total is another one.", LINES, has("possible_parent_code"))
def possible_parent_changed(seeds: Seeds, line: Row) -> None:
    line["possible_parent_code"] = next_value(seeds, LINES, line, "possible_parent_code")


dropping("progress_reference_dropped", "What a line is progress of is dropped.", "progress_of_line_code", where=has("contract_code"))


@kind("A line is said to be progress of a line of another contract.", LINES, has("progress_of_line_code"))
def progress_of_another_contract(seeds: Seeds, line: Row) -> None:
    line["progress_of_line_code"] = next_value(seeds, LINES, line, "progress_of_line_code")


setting(
    "bound_turned",
    "« Au moins » the amount of another line is read as « au plus ».",
    LINES,
    of("bound_relation", "at_least"),
    bound_relation="at_most",
)


@kind("The line named in place of a figure is another one.", LINES, has("bound_line_code"))
def bound_line_changed(seeds: Seeds, line: Row) -> None:
    line["bound_line_code"] = next(
        each["line_code"]
        for each in seeds[LINES]
        if each["contract_code"] == line["contract_code"]
        and each["amount_eur"] not in ("", line["amount_eur"])
        and each["line_code"] != line["line_code"]
    )


@kind("An amount that is named by another line is mistyped.", LINES, of("amount_status", "by_reference"))
def amount_by_reference_mistyped(_: Seeds, line: Row) -> None:
    line["amount_eur"] = str(int(line["amount_eur"]) + 1_000_000)


def sibling_total(seeds: Seeds, line: Row) -> Row | None:
    """Another broken down line of the same contract that is no part of the line."""
    return next(
        (
            each
            for each in seeds[LINES]
            if each["breakdown"]
            and each["contract_code"] == line["contract_code"]
            and each["line_code"] not in (line["parent_line_code"], line["line_code"])
            and each["parent_line_code"] != line["line_code"]
        ),
        None,
    )


@kind(
    "A part stands under the total above its total.",
    LINES,
    lambda seeds, line: is_part(seeds, line) and bool((total_of(seeds, line) or line)["parent_line_code"]),
)
def part_one_level_up(seeds: Seeds, line: Row) -> None:
    line["parent_line_code"] = (total_of(seeds, line) or line)["parent_line_code"]


@kind(
    "A line under no total is hung under a total of its contract.",
    LINES,
    lambda seeds, line: (
        printed(seeds, line) and is_root(seeds, line) and not parts_of(seeds, line) and sibling_total(seeds, line) is not None
    ),
)
def root_hung_under_a_total(seeds: Seeds, line: Row) -> None:
    total = sibling_total(seeds, line)
    assert total is not None
    line.update(parent_line_code=total["line_code"], parent_basis="printed")


def is_pledge(seeds: Seeds, line: Row) -> bool:
    statement = seeds.statement(line)
    return line["document_code"] == "projet_pour_la_region" or (
        statement is not None and statement["document_code"] == "projet_pour_la_region"
    )


@kind(
    "A pledge is hung under a total of a contract, with the contract of that total.",
    LINES,
    both(is_pledge, printed, lambda seeds, line: not parts_of(seeds, line)),
)
def pledge_under_official_total(seeds: Seeds, line: Row) -> None:
    total = next(each for each in seeds[LINES] if each["breakdown"] == "partial" and not is_pledge(seeds, each))
    line.update(parent_line_code=total["line_code"], parent_basis="assumed", contract_code=total["contract_code"], axis_code="")


setting(
    "payer_without_cost",
    "What one payer brings no longer stands under the cost.",
    LINES,
    both(of("line_use", "cost"), has("parent_line_code")),
    parent_line_code="",
    parent_basis="",
)


@kind(
    "A cost is given to another operation.",
    LINES,
    lambda seeds, line: line["line_use"] == "cost" and moves("operation_code", other_operation)(seeds, line),
)
def cost_of_another_operation(seeds: Seeds, line: Row) -> None:
    line["operation_code"] = other_operation(seeds, line["operation_code"])


dropping("cost_without_operation", "The operation of a cost is dropped.", "operation_code", where=of("line_use", "cost"))


def next_part(seeds: Seeds, line: Row) -> Row | None:
    """A part beside this one with another amount, printed in the same document."""
    mine = seeds.statement(line)
    for each in seeds[LINES]:
        theirs = seeds.statement(each) if each["amount_eur"] not in ("", line["amount_eur"]) else None
        if mine and theirs and each["line_use"] == line["line_use"] == "counted" and each["contract_code"] == line["contract_code"]:
            near = abs(int(theirs["line_number"]) - int(mine["line_number"])) <= 30
            if near and theirs["document_code"] == mine["document_code"] and each["period_basis"] == line["period_basis"]:
                return each
    return None


@kind(
    "Two lines of a contract have each other's figure, amounts and mentions alike.",
    LINES,
    both(printed, lambda seeds, line: next_part(seeds, line) is not None),
)
def figures_of_neighbours_swapped(seeds: Seeds, line: Row) -> None:
    other = next_part(seeds, line)
    assert other is not None
    first, second = seeds.statement(line), seeds.statement(other)
    assert first is not None and second is not None
    line["amount_eur"], other["amount_eur"] = other["amount_eur"], line["amount_eur"]
    line["qualifier"], other["qualifier"] = other["qualifier"], line["qualifier"]
    first["subject_code"], second["subject_code"] = second["subject_code"], first["subject_code"]
    first["subject_recorded_on"], second["subject_recorded_on"] = second["subject_recorded_on"], first["subject_recorded_on"]


# shares, years and qualifiers, in line and figure ------------------------------------------------------------------------------------


def percent_mention(seeds: Seeds, line: Row) -> Row | None:
    return next(
        (
            each
            for each in seeds["source_mentions"]
            if each["subject_code"] == line["line_code"] and "%" in each["printed_figure"] + each["printed_unit"]
        ),
        None,
    )


@kind(
    "A percentage is mistyped, in the line and in its figure.",
    LINES,
    both(has("share_percent"), lambda seeds, line: percent_mention(seeds, line) is not None),
)
def share_mistyped_twice(seeds: Seeds, line: Row) -> None:
    mention = percent_mention(seeds, line)
    assert mention is not None
    wrong = str(int(line["share_percent"]) // 2 + 3)
    mention["printed_figure"] = (
        mention["printed_figure"].replace(line["share_percent"], wrong)
        if line["share_percent"] in mention["printed_figure"]
        else f"{wrong} %"
    )
    line["share_percent"] = wrong


dropping("share_dropped", "The percentage of a line is dropped.", "share_percent", where=has("contract_code"))
setting(
    "total_read_as_yearly",
    "A total is said to be a yearly amount.",
    LINES,
    both(printed, of("period_basis", "total")),
    period_basis="per_year",
)


@kind("A yearly amount is counted for one year too many, in line and figure.", LINES, both(printed, of("period_basis", "per_year")))
def one_year_too_many(seeds: Seeds, line: Row) -> None:
    mention = seeds.statement(line)
    assert mention is not None
    years = int(mention["multiplier"])
    line["amount_eur"] = str(int(line["amount_eur"]) // years * (years + 1))
    mention["multiplier"] = line["year_count"] = str(years + 1)


@kind(
    "« Plus de », « environ » is dropped in line and figure.",
    LINES,
    both(printed, lambda _, line: line["qualifier"] not in ("exact", "range")),
)
def qualifier_dropped_twice(seeds: Seeds, line: Row) -> None:
    mention = seeds.statement(line)
    assert mention is not None
    line["qualifier"] = mention["qualifier"] = "exact"


@kind("« Plus de » is read as « près de » in line and figure.", LINES, both(printed, of("qualifier", "more_than")))
def more_than_read_as_nearly(seeds: Seeds, line: Row) -> None:
    mention = seeds.statement(line)
    assert mention is not None
    line["qualifier"] = mention["qualifier"] = "nearly"


@kind("An amount is typed one hundredth too high, in line and figure.", LINES, printed)
def amount_one_percent_high(seeds: Seeds, line: Row) -> None:
    amount = float(line["amount_eur"])
    print_amount(seeds, line, round(amount * 1.01, 2))


# citation of the line itself -----------------------------------------------------------------------------------------------------------


@kind("A line without printed figure cites the next line of the document.", LINES, has("line_number"))
def line_cites_the_next_line(_: Seeds, line: Row) -> None:
    line["line_number"] = str(int(line["line_number"]) + 1)


@kind("A line without printed figure cites another document.", LINES, has("document_code"))
def line_cites_another_document(seeds: Seeds, line: Row) -> None:
    line["document_code"] = next_value(seeds, LINES, line, "document_code")


dropping(
    "line_citation_dropped",
    "The citation of a line without printed figure is dropped.",
    "document_code",
    "line_number",
    where=has("contract_code"),
)


@kind("A line without amount and figure is dropped.", LINES, both(of("amount_status", "not_printed"), leads_nowhere))
def line_without_amount_dropped(seeds: Seeds, line: Row) -> None:
    seeds[LINES].remove(line)


@kind("A line without amount is there a second time under another code.", LINES, of("amount_status", "not_printed"))
def line_without_amount_doubled(seeds: Seeds, line: Row) -> None:
    seeds[LINES].append(line | {"line_code": line["line_code"] + "_bis"})
