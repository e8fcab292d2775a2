"""Slips on what lines refer to: contracts, axes, operations, partners, territories, documents and word lists."""

from collections.abc import Callable

from tools.mutations.kinds import Row, Seeds, any_row, both, drop, has, kind, of, setting
from tools.mutations.neighbours import (
    axis_of_another_volet,
    axis_over,
    find,
    moves,
    next_value,
    place_in_another_departement,
    place_over,
    sibling_axis,
    sibling_place,
    twin_contract,
)

Test = Callable[[Seeds, Row], bool]


def moving(code: str, sentence: str, seed: str, column: str, to: Callable[[Seeds, str], str], *tests: Test) -> None:
    """Registers a kind that puts a neighbouring code into a column."""

    def edit(seeds: Seeds, row: Row) -> None:
        row[column] = to(seeds, row[column])

    edit.__name__ = code
    kind(sentence, seed, both(moves(column, to), *tests))(edit)


def of_the_next(code: str, sentence: str, seed: str, column: str, *tests: Test) -> None:
    """Registers a kind that puts the value of the next row which has another one into a column."""

    def edit(seeds: Seeds, row: Row) -> None:
        row[column] = next_value(seeds, seed, row, column)

    edit.__name__ = code
    kind(sentence, seed, both(has(column), lambda seeds, row: next_value(seeds, seed, row, column) != "", *tests))(edit)


def shifting(code: str, sentence: str, seed: str, by: int, *columns: str) -> None:
    """Registers a kind that adds to whole numbers, or to the years of dates."""

    def edit(_: Seeds, row: Row) -> None:
        for column in columns:
            if row[column]:
                year, dash, rest = row[column].partition("-")
                row[column] = f"{int(year) + by}{dash}{rest}"

    edit.__name__ = code
    kind(sentence, seed, lambda _, row: any(row[column] for column in columns))(edit)


def dropping(code: str, sentence: str, seed: str, *columns: str) -> None:
    """Registers a kind that empties columns."""
    setting(code, sentence, seed, has(*columns), **dict.fromkeys(columns, ""))


def missing(code: str, sentence: str, seed: str, where: Test = any_row) -> None:
    """Registers a kind that drops a row."""

    def edit(seeds: Seeds, row: Row) -> None:
        drop(seeds, seed, row)

    edit.__name__ = code
    kind(sentence, seed, where)(edit)


def names(seeds: Seeds, seed: str, column: str, value: str) -> bool:
    return any(row[column] == value for row in seeds[seed])


# operations ----------------------------------------------------------------------------------------------------------------------------

OPERATIONS = "operations"
setting(
    "identified_said_programmed",
    "An identified operation is said to be programmed.",
    OPERATIONS,
    of("status", "identified"),
    status="programmed",
)
setting(
    "programmed_said_started", "A programmed operation is said to be started.", OPERATIONS, of("status", "programmed"), status="started"
)
setting(
    "started_said_programmed", "A started operation is said to be programmed.", OPERATIONS, of("status", "started"), status="programmed"
)
setting("completed_said_started", "A completed operation is said to be started.", OPERATIONS, of("status", "completed"), status="started")
setting(
    "unknown_status_said_identified",
    "An operation of unknown status is said to be identified.",
    OPERATIONS,
    of("status", "unknown"),
    status="identified",
)
of_the_next("owner_changed", "The owner of an operation is another one.", OPERATIONS, "owner_partner_code")
dropping("owner_dropped", "The owner of an operation is dropped.", OPERATIONS, "owner_partner_code")
shifting(
    "planned_years_one_late",
    "The planned years of an operation are one year late.",
    OPERATIONS,
    1,
    "planned_start_year",
    "planned_end_year",
)
shifting(
    "actual_years_one_late", "The actual years of an operation are one year late.", OPERATIONS, 1, "actual_start_year", "actual_end_year"
)
shifting(
    "actual_years_ten_late", "The actual years of an operation are ten years late.", OPERATIONS, 10, "actual_start_year", "actual_end_year"
)


@kind("The planned year of an operation is said to be reached.", OPERATIONS, both(has("planned_end_year"), of("actual_end_year", "")))
def planned_year_said_actual(_: Seeds, operation: Row) -> None:
    operation.update(actual_end_year=operation["planned_end_year"], planned_end_year="")


dropping("planned_end_dropped", "The planned end of an operation is dropped.", OPERATIONS, "planned_end_year")
dropping("actual_end_dropped", "The actual end of an operation is dropped.", OPERATIONS, "actual_end_year")
moving("operation_axis_of_a_sibling", "An operation stands under the axis beside its own.", OPERATIONS, "axis_code", sibling_axis)
moving(
    "operation_axis_of_another_volet", "An operation stands under an axis of another volet.", OPERATIONS, "axis_code", axis_of_another_volet
)
moving("operation_axis_one_level_up", "An operation stands under the axis above its own.", OPERATIONS, "axis_code", axis_over)
dropping("operation_axis_dropped", "The axis of an operation is dropped.", OPERATIONS, "axis_code")
moving(
    "operation_place_of_a_sibling",
    "An operation is given another place of the same type and département.",
    OPERATIONS,
    "territory_code",
    sibling_place,
)
moving("operation_place_wider", "An operation is given the place around its own.", OPERATIONS, "territory_code", place_over)
moving(
    "operation_in_another_departement",
    "An operation is given a place of the same type in another département.",
    OPERATIONS,
    "territory_code",
    place_in_another_departement,
)
dropping("operation_place_dropped", "The place of an operation is dropped.", OPERATIONS, "territory_code")
moving(
    "operation_of_a_twin_contract",
    "An operation is given to another contract of the same family.",
    OPERATIONS,
    "contract_code",
    twin_contract,
    of("axis_code", ""),
)
of_the_next("operation_label_of_neighbour", "The label of an operation is that of the next one.", OPERATIONS, "label_fr")
shifting("operation_cites_next_line", "An operation cites the next line of the document.", OPERATIONS, 1, "line_number")
of_the_next("operation_of_another_document", "An operation cites another document.", OPERATIONS, "document_code")
missing(
    "operation_without_lines_dropped",
    "An operation without lines is dropped.",
    OPERATIONS,
    lambda seeds, row: (
        not names(seeds, "financial_lines", "operation_code", row["operation_code"])
        and not names(seeds, "second_reading", "operation_code", row["operation_code"])
    ),
)

# contracts -----------------------------------------------------------------------------------------------------------------------------

CONTRACTS = "contracts"
of_the_next("contract_type_of_neighbour", "A contract has the type of the next one.", CONTRACTS, "contract_type_code")
shifting("signed_a_year_late", "A signature is dated a year late.", CONTRACTS, 1, "signed_on")
shifting("signed_a_year_early", "A signature is dated a year early.", CONTRACTS, -1, "signed_on")
dropping("signature_dropped", "The date of a signature is dropped.", CONTRACTS, "signed_on")


@kind("The date of a vote is said to be that of a signature.", CONTRACTS, both(has("voted_on"), of("signed_on", "")))
def vote_said_signature(_: Seeds, contract: Row) -> None:
    contract.update(signed_on=contract["voted_on"], voted_on="")


shifting("contract_period_one_late", "The years of a contract are one year late.", CONTRACTS, 1, "period_start_year", "period_end_year")
dropping("contract_end_dropped", "The last year of a contract is dropped.", CONTRACTS, "period_end_year")
dropping("contract_period_dropped", "The years of a contract are dropped.", CONTRACTS, "period_start_year", "period_end_year")
moving("contract_place_wider", "A contract is given the place around its own.", CONTRACTS, "territory_code", place_over)
moving(
    "contract_place_of_a_sibling",
    "A contract is given another place of the same type and département.",
    CONTRACTS,
    "territory_code",
    sibling_place,
)
setting(
    "contract_of_the_other_former_region",
    "A contract of one former région is given to the other.",
    CONTRACTS,
    of("territory_code", "former_region_npdc"),
    territory_code="former_region_picardie",
)
setting(
    "contract_of_the_former_region",
    "A contract of the région is given to one of the former régions.",
    CONTRACTS,
    of("territory_code", "region_hdf"),
    territory_code="former_region_npdc",
)
dropping("contract_place_dropped", "The place of a contract is dropped.", CONTRACTS, "territory_code")
shifting("contract_cites_next_line", "A contract cites the next line of the document.", CONTRACTS, 1, "line_number")
of_the_next("contract_of_another_document", "A contract cites another document.", CONTRACTS, "document_code")
of_the_next("contract_label_of_neighbour", "The label of a contract is that of the next one.", CONTRACTS, "label_fr")

SIGNATORIES = "contract_signatories"
setting("signatory_said_associated", "A signatory is said to be associated.", SIGNATORIES, of("role", "signatory"), role="associated")
setting(
    "associated_said_signatory", "An associated partner is said to have signed.", SIGNATORIES, of("role", "associated"), role="signatory"
)
setting("funder_said_pilot", "A funder is said to be the pilot.", SIGNATORIES, of("role", "funder"), role="pilot")
of_the_next("signatory_is_another", "A signatory is another partner.", SIGNATORIES, "partner_code", of("role", "signatory"))


def successor(seeds: Seeds, code: str) -> str:
    partner = find(seeds, "partners", partner_code=code)
    return partner["successor_partner_code"] if partner else ""


def signs_alone(seeds: Seeds, row: Row) -> bool:
    heir = successor(seeds, row["partner_code"])
    return find(seeds, SIGNATORIES, contract_code=row["contract_code"], partner_code=heir) is None


moving("signatory_is_the_successor", "The successor is said to have signed.", SIGNATORIES, "partner_code", successor, signs_alone)
missing("signatory_missing", "A signatory is missing.", SIGNATORIES, of("role", "signatory"))


@kind(
    "The State is missing among the partners of a contract that it funds.",
    SIGNATORIES,
    lambda seeds, row: (
        row["partner_code"] == "etat"
        and find(seeds, "financial_lines", contract_code=row["contract_code"], partner_code="etat") is not None
    ),
)
def paying_state_missing(seeds: Seeds, row: Row) -> None:
    drop(seeds, SIGNATORIES, row)


shifting("signatory_cites_next_line", "A signatory cites the next line of the document.", SIGNATORIES, 1, "line_number")

RELATIONS = "contract_relations"


@kind("A relation of two contracts is turned round.", RELATIONS, any_row)
def relation_turned(_: Seeds, row: Row) -> None:
    row["from_contract_code"], row["to_contract_code"] = row["to_contract_code"], row["from_contract_code"]


setting(
    "part_said_implementing",
    "A contract that is a part of another is said to implement it.",
    RELATIONS,
    of("relation", "part_of"),
    relation="implements",
)
setting(
    "implementing_said_part",
    "A contract that implements another is said to be a part of it.",
    RELATIONS,
    of("relation", "implements"),
    relation="part_of",
)
setting("amendment_said_successor", "An amendment is said to be a successor.", RELATIONS, of("relation", "amends"), relation="succeeds")
setting("successor_said_amendment", "A successor is said to be an amendment.", RELATIONS, of("relation", "succeeds"), relation="amends")
of_the_next("relation_to_another_contract", "A relation leads to another contract.", RELATIONS, "to_contract_code")
missing("relation_missing", "A relation of two contracts is missing.", RELATIONS)
missing(
    "part_relation_of_funded_contract_missing",
    "A relation of a contract with lines is missing.",
    RELATIONS,
    lambda seeds, row: names(seeds, "financial_lines", "contract_code", row["from_contract_code"]),
)

# axes ------------------------------------------------------------------------------------------------------------------------------------

AXES = "axes"
of_the_next("axis_theme_changed", "The theme of an axis is another one.", AXES, "theme_code")
dropping("axis_theme_dropped", "The theme of an axis is dropped.", AXES, "theme_code")
of_the_next("axis_level_word_changed", "An axis is called a measure where it is a volet, or the reverse.", AXES, "level_label_fr")
of_the_next("axis_label_of_neighbour", "The label of an axis is that of the next one.", AXES, "label_fr")
shifting("axis_position_doubled", "An axis has the position of the next one.", AXES, 1, "position")
moving("axis_under_another_parent", "An axis stands under the axis beside its parent.", AXES, "parent_axis_code", sibling_axis)
dropping("axis_parent_dropped", "The parent of an axis is dropped.", AXES, "parent_axis_code")


@kind("An axis stands one level too high, level and parent alike.", AXES, moves("parent_axis_code", axis_over))
def axis_one_level_too_high(seeds: Seeds, axis: Row) -> None:
    axis.update(parent_axis_code=axis_over(seeds, axis["parent_axis_code"]), level=str(int(axis["level"]) - 1))


def is_unused_axis(seeds: Seeds, axis: Row) -> bool:
    tables = ("financial_lines", "operations", "indicators", "second_reading")
    used = any(names(seeds, seed, "axis_code", axis["axis_code"]) for seed in tables)
    return not used and not names(seeds, AXES, "parent_axis_code", axis["axis_code"])


missing("unused_axis_missing", "An axis under which nothing stands is missing.", AXES, is_unused_axis)
missing("used_axis_missing", "An axis under which something stands is missing.", AXES, lambda seeds, axis: not is_unused_axis(seeds, axis))
shifting("axis_cites_next_line", "An axis cites the next line of the document.", AXES, 1, "line_number")

# partners and places ------------------------------------------------------------------------------------------------------------------

PARTNERS = "partners"
setting(
    "epci_said_commune",
    "An intercommunality is said to be a commune.",
    PARTNERS,
    of("partner_type_code", "epci"),
    partner_type_code="commune",
)
setting(
    "state_service_said_association",
    "A service of the State is said to be an association.",
    PARTNERS,
    of("partner_type_code", "state_service"),
    partner_type_code="association",
    parent_partner_code="",
)
setting(
    "company_said_public",
    "A private company is said to be a public one.",
    PARTNERS,
    of("partner_type_code", "private_company"),
    partner_type_code="public_company",
)
of_the_next("siren_of_neighbour", "A partner has the SIREN of the next one.", PARTNERS, "siren")
dropping("siren_dropped", "The SIREN of a partner is dropped.", PARTNERS, "siren")
setting(
    "parent_partner_wrong",
    "A body of the State stands under the région.",
    PARTNERS,
    of("parent_partner_code", "etat"),
    parent_partner_code="region_hdf",
)
setting(
    "parent_partner_made_up",
    "An association stands under the State.",
    PARTNERS,
    both(of("partner_type_code", "association"), of("parent_partner_code", "")),
    parent_partner_code="etat",
)
dropping("successor_dropped", "The successor of a partner is dropped.", PARTNERS, "successor_partner_code")
of_the_next("successor_wrong", "The successor of a partner is another one.", PARTNERS, "successor_partner_code")
of_the_next("partner_label_of_neighbour", "The name of a partner is that of the next one.", PARTNERS, "label_fr")
of_the_next("alias_of_another_partner", "Another name leads to another partner.", "partner_aliases", "partner_code")

GROUPS = "partner_group_members"
missing("group_member_missing", "A member of a group is missing.", GROUPS)


@kind("A member of a group is another partner.", GROUPS, any_row)
def group_member_wrong(seeds: Seeds, row: Row) -> None:
    row["partner_code"] = "aditec" if row["partner_code"] != "aditec" else "ademe"


TERRITORIES = "territories"


def code_of_the_next_commune(seeds: Seeds, code: str) -> str:
    communes = [row["official_code"] for row in seeds[TERRITORIES] if row["territory_type_code"] == "commune" and row["official_code"]]
    return communes[(communes.index(code) + 1) % len(communes)] if code in communes else ""


moving(
    "commune_code_of_another",
    "A commune has the official code of another one of the list.",
    TERRITORIES,
    "official_code",
    code_of_the_next_commune,
)


@kind(
    "A commune has the official code of its neighbour, which the list does not hold.",
    TERRITORIES,
    both(of("territory_type_code", "commune"), has("official_code")),
)
def official_code_of_a_neighbour(seeds: Seeds, territory: Row) -> None:
    held = {row["official_code"] for row in seeds[TERRITORIES]}
    start = int(territory["official_code"])
    territory["official_code"] = next(f"{start + step:05d}" for step in range(2, 40) if f"{start + step:05d}" not in held)


dropping("official_code_dropped", "The official code of a territory is dropped.", TERRITORIES, "official_code")
moving(
    "territory_under_its_grandparent",
    "A territory stands under what lies around its parent.",
    TERRITORIES,
    "parent_territory_code",
    place_over,
)
moving(
    "territory_under_a_sibling_of_its_parent",
    "A territory stands under a place beside its parent.",
    TERRITORIES,
    "parent_territory_code",
    sibling_place,
)
dropping("territory_parent_dropped", "The parent of a territory is dropped.", TERRITORIES, "parent_territory_code")
setting(
    "commune_said_neighbourhood",
    "A commune is said to be a neighbourhood.",
    TERRITORIES,
    both(of("territory_type_code", "commune"), has("official_code")),
    territory_type_code="neighbourhood",
)
setting(
    "list_said_complete",
    "An incomplete list of members is said to be printed.",
    TERRITORIES,
    of("members_basis", "incomplete"),
    members_basis="printed",
)
setting(
    "list_said_incomplete",
    "A complete list of members is said to be incomplete.",
    TERRITORIES,
    of("members_basis", "official_list", "printed"),
    members_basis="incomplete",
)
of_the_next("territory_label_of_neighbour", "The name of a territory is that of the next one.", TERRITORIES, "label_fr")
shifting("territory_ends_a_year_late", "A territory that is out of use ends a year late.", TERRITORIES, 1, "valid_to_year")

MEMBERS = "territory_members"
missing("perimeter_member_missing", "A member of a perimeter is missing.", MEMBERS)


def sibling_member(seeds: Seeds, code: str) -> str:
    return sibling_place(seeds, code) or place_in_another_departement(seeds, code)


moving("perimeter_member_of_a_sibling", "A member of a perimeter is the place beside it.", MEMBERS, "member_territory_code", sibling_member)

# documents and word lists --------------------------------------------------------------------------------------------------------------

DOCUMENTS = "source_documents"
setting(
    "report_said_pledge",
    "A report is said to be a campaign programme.",
    DOCUMENTS,
    of("document_status", "report"),
    document_status="pledge",
)
setting("report_said_draft", "A report is said to be a draft.", DOCUMENTS, of("document_status", "report"), document_status="draft")
setting(
    "pledge_or_draft_said_report",
    "A campaign programme or a draft is said to be a report.",
    DOCUMENTS,
    of("document_status", "pledge", "draft"),
    document_status="report",
)
shifting("document_published_a_year_late", "A document is dated a year late.", DOCUMENTS, 1, "published_on")
shifting("document_published_three_years_early", "A document is dated three years early.", DOCUMENTS, -3, "published_on")
setting(
    "precision_of_date_overstated",
    "The date of a document is said to be known to the day.",
    DOCUMENTS,
    lambda _, row: row["published_on_precision"] != "day",
    published_on_precision="day",
)
shifting("document_a_line_longer", "A document is said to be one line longer.", DOCUMENTS, 1, "line_count")
of_the_next("fingerprint_of_another_document", "A document has the fingerprint of another one.", DOCUMENTS, "sha256")

HEADINGS = "document_headings"
missing("heading_missing", "A heading is missing.", HEADINGS)
shifting("heading_one_line_late", "A heading stands one line late.", HEADINGS, 1, "line_number")
shifting("heading_one_level_lower", "A heading is one level lower.", HEADINGS, 1, "level")
of_the_next("heading_label_of_neighbour", "A heading has the words of the next one.", HEADINGS, "label_fr")

CONTRADICTIONS = "document_contradictions"
missing("contradiction_missing", "A contradiction of the documents is missing.", CONTRADICTIONS)
shifting("contradiction_cites_next_line", "A contradiction cites the next line.", CONTRADICTIONS, 1, "first_line_number")
of_the_next("contradiction_of_another_contract", "A contradiction is given to another contract.", CONTRADICTIONS, "contract_code")


@kind(
    "The factor of a unit of money is a thousandth.",
    "money_units",
    of("unit_text", "m", "million", "millions", "milliards", "md", "milliers"),
)
def unit_factor_wrong(_: Seeds, unit: Row) -> None:
    unit["factor"] = str(int(unit["factor"]) // 1000)


missing(
    "unit_missing", "A unit of money is missing.", "money_units", of("unit_text", "m", "million", "millions", "milliard", "milliards", "md")
)


@kind("A number word stands for another number.", "number_words", of("number_word", "un", "deux", "trois", "dix", "vingt", "cent", "une"))
def number_word_wrong(_: Seeds, word: Row) -> None:
    word["number_value"] = str(int(word["number_value"]) + 1)


@kind("Two stages have each other's position.", "stages", of("stage_code", "announced", "contracted", "committed"))
def stage_positions_swapped(seeds: Seeds, stage: Row) -> None:
    rows = seeds["stages"]
    other = rows[rows.index(stage) + 1]
    stage["position"], other["position"] = other["position"], stage["position"]


of_the_next("fund_of_another_partner", "A fund belongs to another partner.", "funds", "partner_code")
dropping("fund_partner_dropped", "The partner of a fund is dropped.", "funds", "partner_code")
of_the_next("contract_class_of_neighbour", "A type of contracts has the class of the next one.", "contract_types", "instrument_class")
of_the_next("theme_of_another_division", "A theme has the international division of the next one.", "themes", "cofog_division_code")
missing("cross_total_part_missing", "A part of a total that cuts across contracts is missing.", "cross_total_parts")


@kind("A part of a total that cuts across contracts is another line.", "cross_total_parts", any_row)
def cross_total_part_wrong(seeds: Seeds, row: Row) -> None:
    row["part_line_code"] = next(
        line["line_code"] for line in seeds["financial_lines"] if line["breakdown"] and line["line_code"] not in row.values()
    )
