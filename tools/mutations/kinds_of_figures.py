"""Slips on printed figures, indicators and the second reading."""

import re

from tools.mutations.kinds import Row, Seeds, any_row, both, drop, has, kind, of, setting, states_amount, states_indicator, swap_digits
from tools.mutations.neighbours import axis_of_another_volet, moves, next_value, related_contract, sibling_axis

MENTIONS = "source_mentions"
INDICATORS = "indicators"
READINGS = "second_reading"

restates = of("role", "restates")


def about_a_line(_: Seeds, mention: Row) -> bool:
    return mention["subject_type"] == "financial_line"


def about_an_indicator(_: Seeds, mention: Row) -> bool:
    return mention["subject_type"] == "indicator"


# printed figures -----------------------------------------------------------------------------------------------------------------------


@kind(
    "Two digits of a printed figure are swapped.",
    MENTIONS,
    both(states_amount, lambda _, row: swap_digits(row["printed_figure"]) != row["printed_figure"]),
)
def printed_digits_swapped(_: Seeds, mention: Row) -> None:
    mention["printed_figure"] = swap_digits(mention["printed_figure"])


@kind(
    "« Millions » is typed as « milliards » in a printed figure.",
    MENTIONS,
    both(states_amount, lambda _, row: "million" in row["printed_figure"]),
)
def million_typed_as_milliard(_: Seeds, mention: Row) -> None:
    mention["printed_figure"] = mention["printed_figure"].replace("million", "milliard")


@kind(
    "A decimal comma of a printed figure is lost.",
    MENTIONS,
    both(states_amount, lambda _, row: bool(re.search(r"\d,\d", row["printed_figure"]))),
)
def decimal_comma_lost(_: Seeds, mention: Row) -> None:
    mention["printed_figure"] = re.sub(r"(\d),(\d)", r"\1\2", mention["printed_figure"], count=1)


@kind("A figure that states an amount is said to be of another document.", MENTIONS, states_amount)
def figure_of_another_document(seeds: Seeds, mention: Row) -> None:
    mention["document_code"] = next_value(seeds, MENTIONS, mention, "document_code")


setting(
    "total_figure_said_yearly",
    "A printed total is said to be yearly.",
    MENTIONS,
    both(states_amount, of("basis", "total")),
    basis="per_year",
)
setting(
    "figure_only_context", "A figure that restates an amount is said to be context.", MENTIONS, both(restates, about_a_line), role="context"
)
setting(
    "second_place_states_too",
    "A figure that restates an amount is said to state it.",
    MENTIONS,
    both(restates, about_a_line),
    role="states",
)


@kind(
    "The second print of an amount is mistyped.",
    MENTIONS,
    both(restates, about_a_line, lambda _, row: bool(re.search(r"[1-8]", row["printed_figure"]))),
)
def second_print_mistyped(_: Seeds, mention: Row) -> None:
    mention["printed_figure"] = re.sub(r"[1-8]", lambda digit: str(int(digit[0]) + 1), mention["printed_figure"], count=1)


@kind("The second print of an amount is given to another line.", MENTIONS, both(restates, about_a_line))
def second_print_of_another_line(seeds: Seeds, mention: Row) -> None:
    mention["subject_code"] = next(
        line["line_code"] for line in seeds["financial_lines"] if line["amount_eur"] and line["line_code"] != mention["subject_code"]
    )


@kind("The second print of an amount gives another line number.", MENTIONS, both(restates, about_a_line))
def second_print_on_another_line(_: Seeds, mention: Row) -> None:
    mention["line_number"] = str(int(mention["line_number"]) + 1)


@kind("A figure that is no line gives another line number.", MENTIONS, has("exclusion_reason"))
def excluded_figure_on_another_line(_: Seeds, mention: Row) -> None:
    mention["line_number"] = str(int(mention["line_number"]) + 1)


@kind("The reason why a figure is no line is another one.", MENTIONS, has("exclusion_reason"))
def exclusion_reason_changed(_: Seeds, mention: Row) -> None:
    mention["exclusion_reason"] = "wage_or_tax" if mention["exclusion_reason"] != "wage_or_tax" else "unit_price"


@kind("A figure that is no line is said to restate one.", MENTIONS, has("exclusion_reason"))
def excluded_figure_given_to_a_line(seeds: Seeds, mention: Row) -> None:
    line = next(each for each in seeds["financial_lines"] if each["amount_eur"])
    mention.update(subject_type="financial_line", subject_code=line["line_code"], exclusion_reason="", role="restates")


@kind(
    "A figure that is no line is mistyped.",
    MENTIONS,
    both(has("exclusion_reason"), lambda _, row: bool(re.search(r"[1-8]", row["printed_figure"]))),
)
def excluded_figure_mistyped(_: Seeds, mention: Row) -> None:
    mention["printed_figure"] = re.sub(r"[1-8]", lambda digit: str(int(digit[0]) + 1), mention["printed_figure"], count=1)


@kind("A figure of a line is set aside as no line, with a reason.", MENTIONS, both(restates, about_a_line))
def figure_set_aside(_: Seeds, mention: Row) -> None:
    mention.update(subject_type="none", subject_code="", exclusion_reason="other", role="context")


setting(
    "version_of_figure_dropped",
    "Which version of a line a figure states is dropped.",
    MENTIONS,
    has("subject_recorded_on"),
    subject_recorded_on="",
)
setting(
    "indicator_qualifier_dropped",
    "« Plus de », « environ » of the figure of an indicator is dropped.",
    MENTIONS,
    both(about_an_indicator, lambda _, row: row["qualifier"] not in ("exact", "range")),
    qualifier="exact",
)


@kind("The figure of an indicator gives another line number.", MENTIONS, states_indicator)
def indicator_figure_on_another_line(_: Seeds, mention: Row) -> None:
    mention["line_number"] = str(int(mention["line_number"]) + 1)


@kind("The figure of an indicator is said to be of another document.", MENTIONS, states_indicator)
def indicator_figure_of_another_document(seeds: Seeds, mention: Row) -> None:
    mention["document_code"] = next_value(seeds, MENTIONS, mention, "document_code")


@kind("The figure of an indicator is dropped.", MENTIONS, states_indicator)
def indicator_figure_dropped(seeds: Seeds, mention: Row) -> None:
    drop(seeds, MENTIONS, mention)


@kind("The figure of an indicator is given to the next indicator.", MENTIONS, states_indicator)
def indicator_figure_of_the_next(seeds: Seeds, mention: Row) -> None:
    codes = [row["indicator_code"] for row in seeds[INDICATORS]]
    mention["subject_code"] = codes[(codes.index(mention["subject_code"]) + 1) % len(codes)]


# indicators ------------------------------------------------------------------------------------------------------------------------------


def has_digit_figure(seeds: Seeds, indicator: Row) -> bool:
    return bool(indicator["realised_value"]) and _own_figure(seeds, indicator) is not None


def _own_figure(seeds: Seeds, indicator: Row) -> Row | None:
    value = indicator["realised_value"]
    return next(
        (
            each
            for each in seeds[MENTIONS]
            if each["subject_code"] == indicator["indicator_code"]
            and re.sub(r"\D", "", each["printed_figure"]) == value
            and swap_digits(value) != value
        ),
        None,
    )


@kind("Two digits of an indicator are swapped, in value and figure.", INDICATORS, has_digit_figure)
def indicator_digits_swapped_twice(seeds: Seeds, indicator: Row) -> None:
    figure = _own_figure(seeds, indicator)
    assert figure is not None
    indicator["realised_value"] = figure["printed_figure"] = swap_digits(indicator["realised_value"])


@kind("An indicator has the unit of the next one.", INDICATORS, both(has("realised_value"), lambda _, row: "%" not in row["unit"]))
def indicator_unit_of_neighbour(seeds: Seeds, indicator: Row) -> None:
    indicator["unit"] = next(
        each["unit"]
        for each in seeds[INDICATORS][seeds[INDICATORS].index(indicator) + 1 :] + seeds[INDICATORS]
        if each["unit"] != indicator["unit"] and "%" not in each["unit"]
    )


@kind(
    "An indicator counts in thousands what is printed in units.",
    INDICATORS,
    both(has("realised_value"), lambda _, row: "%" not in row["unit"]),
)
def indicator_in_thousands(_: Seeds, indicator: Row) -> None:
    indicator["unit"] = "milliers de " + indicator["unit"]


@kind("A result is said to be a target.", INDICATORS, lambda _, row: bool(row["realised_value"]) and not row["target_value"])
def result_said_target(_: Seeds, indicator: Row) -> None:
    indicator.update(target_value=indicator["realised_value"], realised_value="")


@kind("A target is said to be a result.", INDICATORS, lambda _, row: bool(row["target_value"]) and not row["realised_value"])
def any_target_said_result(_: Seeds, indicator: Row) -> None:
    indicator.update(target_value="", realised_value=indicator["target_value"])


@kind("Target and result stand in each other's place, however near they are.", INDICATORS, has("target_value", "realised_value"))
def any_target_and_result_swapped(_: Seeds, indicator: Row) -> None:
    indicator.update(target_value=indicator["realised_value"], realised_value=indicator["target_value"])


setting("target_dropped", "The target beside a result is dropped.", INDICATORS, has("target_value", "realised_value"), target_value="")
setting("indicator_date_dropped", "The date of an indicator is dropped.", INDICATORS, has("as_of_date"), as_of_date="")


@kind("The date of an indicator is a year early.", INDICATORS, has("as_of_date"))
def indicator_a_year_early(_: Seeds, indicator: Row) -> None:
    indicator["as_of_date"] = str(int(indicator["as_of_date"][:4]) - 1) + indicator["as_of_date"][4:]


@kind("The date of an indicator is ten years late.", INDICATORS, has("as_of_date", "realised_value"))
def indicator_ten_years_late(_: Seeds, indicator: Row) -> None:
    indicator["as_of_date"] = str(int(indicator["as_of_date"][:4]) + 10) + indicator["as_of_date"][4:]


@kind(
    "An indicator is given to the contract that its own is a part of.",
    INDICATORS,
    both(of("axis_code", ""), moves("contract_code", related_contract)),
)
def indicator_of_the_contract_above(seeds: Seeds, indicator: Row) -> None:
    indicator["contract_code"] = related_contract(seeds, indicator["contract_code"])


@kind("An indicator stands under the axis beside its own.", INDICATORS, moves("axis_code", sibling_axis))
def indicator_axis_of_a_sibling(seeds: Seeds, indicator: Row) -> None:
    indicator["axis_code"] = sibling_axis(seeds, indicator["axis_code"])


@kind("An indicator stands under an axis of another volet.", INDICATORS, moves("axis_code", axis_of_another_volet))
def indicator_axis_of_another_volet(seeds: Seeds, indicator: Row) -> None:
    indicator["axis_code"] = axis_of_another_volet(seeds, indicator["axis_code"])


setting("indicator_axis_dropped", "The axis of an indicator is dropped.", INDICATORS, has("axis_code"), axis_code="")
setting("indicator_line_dropped", "The line of an indicator is dropped.", INDICATORS, has("line_code"), line_code="")


@kind("An indicator is about another line.", INDICATORS, has("line_code"))
def indicator_of_another_line(seeds: Seeds, indicator: Row) -> None:
    indicator["line_code"] = next_value(seeds, INDICATORS, indicator, "line_code")


@kind("The label of an indicator is that of the next one.", INDICATORS, any_row)
def indicator_label_of_neighbour(seeds: Seeds, indicator: Row) -> None:
    indicator["label_fr"] = next_value(seeds, INDICATORS, indicator, "label_fr")


@kind("An indicator cites another document.", INDICATORS, any_row)
def indicator_of_another_document(seeds: Seeds, indicator: Row) -> None:
    indicator["document_code"] = next_value(seeds, INDICATORS, indicator, "document_code")


@kind("An indicator is dropped, its figure stays.", INDICATORS, any_row)
def indicator_dropped(seeds: Seeds, indicator: Row) -> None:
    drop(seeds, INDICATORS, indicator)


@kind("An indicator is dropped with its figures.", INDICATORS, any_row)
def indicator_dropped_with_figures(seeds: Seeds, indicator: Row) -> None:
    drop(seeds, INDICATORS, indicator)
    for mention in [each for each in seeds[MENTIONS] if each["subject_code"] == indicator["indicator_code"]]:
        drop(seeds, MENTIONS, mention)


@kind("An indicator is there a second time under another code, with its figures.", INDICATORS, any_row)
def indicator_doubled(seeds: Seeds, indicator: Row) -> None:
    code = indicator["indicator_code"] + "_bis"
    seeds[INDICATORS].append(indicator | {"indicator_code": code})
    for mention in [each for each in seeds[MENTIONS] if each["subject_code"] == indicator["indicator_code"]]:
        start, _, number = mention["mention_code"].rpartition("_")
        seeds[MENTIONS].append(mention | {"mention_code": f"{start}_{int(number) + 7}", "subject_code": code})


# second reading, seal and acceptance --------------------------------------------------------------------------------------------


@kind("An amount of the second reading is changed alone.", READINGS, has("amount_eur"))
def second_amount_changed(_: Seeds, reading: Row) -> None:
    reading["amount_eur"] = str(float(reading["amount_eur"]) * 10)


@kind("The funder of the second reading is changed alone.", READINGS, has("funder_code"))
def second_funder_changed(_: Seeds, reading: Row) -> None:
    reading["funder_code"] = "union_europeenne" if reading["funder_code"] != "union_europeenne" else "region_hdf"


@kind("The stage of the second reading is changed alone.", READINGS, has("stage"))
def second_stage_changed(_: Seeds, reading: Row) -> None:
    reading["stage"] = "announced" if reading["stage"] != "announced" else "committed"


setting("second_place_dropped", "The place of the second reading is dropped.", READINGS, has("territory_code"), territory_code="")


@kind("The place of the second reading is changed alone.", READINGS, has("territory_code"))
def second_place_changed(_: Seeds, reading: Row) -> None:
    reading["territory_code"] = "departement_aisne" if reading["territory_code"] != "departement_aisne" else "departement_oise"


@kind("A row of the second reading is dropped.", READINGS, any_row)
def second_reading_dropped(seeds: Seeds, reading: Row) -> None:
    drop(seeds, READINGS, reading)


@kind("A row of the second reading cites a line ten lines later.", READINGS, any_row)
def second_reading_ten_lines_later(_: Seeds, reading: Row) -> None:
    reading["line_number"] = str(int(reading["line_number"]) + 10)


@kind("A seal is dropped.", "verified_figures", any_row)
def seal_dropped(seeds: Seeds, sealed: Row) -> None:
    drop(seeds, "verified_figures", sealed)


@kind("A seal is that of another figure.", "verified_figures", any_row)
def seal_of_another_figure(seeds: Seeds, sealed: Row) -> None:
    sealed["fingerprint"] = next_value(seeds, "verified_figures", sealed, "fingerprint")


def accept(seeds: Seeds, rule: str, subject: str) -> None:
    """Says that the documents themselves hold a contradiction."""
    row = dict.fromkeys(seeds.columns["accepted_contradictions"], "")
    seeds["accepted_contradictions"].append(row | {"rule_id": rule, "subject_code": subject, "reason": "The document prints it so."})


@kind(
    "A mistyped amount is hidden by an accepted contradiction.",
    "financial_lines",
    lambda seeds, line: line["line_use"] == "counted" and bool(line["amount_eur"]) and seeds.statement(line) is not None,
)
def amount_hidden_by_acceptance(seeds: Seeds, line: Row) -> None:
    line["amount_eur"] = (
        swap_digits(line["amount_eur"]) if swap_digits(line["amount_eur"]) != line["amount_eur"] else line["amount_eur"] + "0"
    )
    accept(seeds, "amount_matches_citation", " @ ".join(filter(None, [line["line_code"], line["recorded_on"]])))


@kind("A changed figure with a seal is hidden by an accepted contradiction.", "verified_figures", any_row)
def broken_seal_hidden_by_acceptance(seeds: Seeds, sealed: Row) -> None:
    mention = next(each for each in seeds[MENTIONS] if each["mention_code"] == sealed["mention_code"])
    mention["qualifier"] = "exact" if mention["qualifier"] != "exact" else "about"
    for line in seeds["financial_lines"]:
        if line["line_code"] == mention["subject_code"] and line["qualifier"]:
            line["qualifier"] = mention["qualifier"]
    accept(seeds, "verified_figure_is_unchanged", sealed["mention_code"])


@kind("A value of an indicator that is printed nowhere is hidden by an accepted contradiction.", INDICATORS, has("realised_value"))
def indicator_hidden_by_acceptance(seeds: Seeds, indicator: Row) -> None:
    indicator["realised_value"] = str(float(indicator["realised_value"]) + 7)
    accept(seeds, "indicator_is_cited", indicator["indicator_code"])
