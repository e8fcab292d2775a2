"""What a transcriber may confuse with a code of the seeds: siblings, what lies above and below, what stands beside it."""

from collections.abc import Callable, Iterator

from tools.mutations.kinds import Row, Seeds


def find(seeds: Seeds, seed: str, **values: str) -> Row | None:
    """The first row of a seed with these values."""
    return next((row for row in seeds[seed] if all(row[column] == value for column, value in values.items())), None)


def above(seeds: Seeds, seed: str, code_column: str, parent_column: str, code: str) -> Iterator[Row]:
    """The row of a code, its parent, and so on to the root; 20 levels at most."""
    for _ in range(20):
        row = find(seeds, seed, **{code_column: code}) if code else None
        if row is None:
            return
        yield row
        code = row[parent_column]


def axes_above(seeds: Seeds, code: str) -> list[Row]:
    return list(above(seeds, "axes", "axis_code", "parent_axis_code", code))


def sibling_axis(seeds: Seeds, code: str) -> str:
    """The next axis under the same parent, else the first one; empty where there is none."""
    axis = find(seeds, "axes", axis_code=code)
    if axis is None:
        return ""
    beside = [
        each["axis_code"]
        for each in seeds["axes"]
        if (each["contract_code"], each["parent_axis_code"]) == (axis["contract_code"], axis["parent_axis_code"])
    ]
    place = beside.index(code)
    return (beside[place + 1 :] + beside[:place] + [""])[0]


def axis_of_another_volet(seeds: Seeds, code: str) -> str:
    """The last axis of the same contract and level that lies under another root; empty where there is none."""
    chain = axes_above(seeds, code)
    if not chain:
        return ""
    axis, root = chain[0], chain[-1]
    others = [
        each["axis_code"]
        for each in seeds["axes"]
        if (each["contract_code"], each["level"]) == (axis["contract_code"], axis["level"])
        and axes_above(seeds, each["axis_code"])[-1]["axis_code"] != root["axis_code"]
    ]
    return others[-1] if others else ""


def axis_below(seeds: Seeds, code: str) -> str:
    return next((each["axis_code"] for each in seeds["axes"] if code and each["parent_axis_code"] == code), "")


def axis_over(seeds: Seeds, code: str) -> str:
    axis = find(seeds, "axes", axis_code=code)
    return axis["parent_axis_code"] if axis else ""


def place(seeds: Seeds, code: str) -> Row:
    return find(seeds, "territories", territory_code=code) or dict.fromkeys(seeds.columns["territories"], "")


def departement_of(seeds: Seeds, code: str) -> str:
    for row in above(seeds, "territories", "territory_code", "parent_territory_code", code):
        if row["territory_type_code"] == "departement":
            return row["territory_code"]
    return ""


def _other_place(seeds: Seeds, code: str, fits: Callable[[str], bool]) -> str:
    """The next place of the same type whose département fits."""
    kind = place(seeds, code)["territory_type_code"]
    codes = [each["territory_code"] for each in seeds["territories"] if each["territory_type_code"] == kind]
    at = codes.index(code)
    return next((each for each in codes[at + 1 :] + codes[:at] if fits(departement_of(seeds, each))), "")


def sibling_place(seeds: Seeds, code: str) -> str:
    """Another place of the same type and département."""
    mine = departement_of(seeds, code)
    return _other_place(seeds, code, lambda theirs: theirs == mine) if mine else ""


def place_in_another_departement(seeds: Seeds, code: str) -> str:
    """Another place of the same type in another département."""
    mine = departement_of(seeds, code)
    return _other_place(seeds, code, lambda theirs: theirs not in ("", mine)) if mine else ""


def place_over(seeds: Seeds, code: str) -> str:
    return place(seeds, code)["parent_territory_code"] if code else ""


def place_below(seeds: Seeds, code: str) -> str:
    """The last place that stands under this one."""
    below = [each["territory_code"] for each in seeds["territories"] if code and each["parent_territory_code"] == code]
    return below[-1] if below else ""


def related_contract(seeds: Seeds, code: str) -> str:
    """The contract that this one is a part of or implements."""
    relation = find(seeds, "contract_relations", from_contract_code=code)
    return relation["to_contract_code"] if relation else ""


def twin_contract(seeds: Seeds, code: str) -> str:
    """Another contract under the same one."""
    over = related_contract(seeds, code)
    beside = [row["from_contract_code"] for row in seeds["contract_relations"] if over and row["to_contract_code"] == over]
    return next((each for each in beside if each != code), "")


def other_operation(seeds: Seeds, code: str) -> str:
    """The next operation of the same contract."""
    operation = find(seeds, "operations", operation_code=code)
    if operation is None:
        return ""
    codes = [each["operation_code"] for each in seeds["operations"] if each["contract_code"] == operation["contract_code"]]
    at = codes.index(code)
    return (codes[at + 1 :] + codes[:at] + [""])[0]


def other_fund(seeds: Seeds, code: str) -> str:
    """Another fund of the same partner."""
    fund = find(seeds, "funds", fund_code=code)
    return next(
        (each["fund_code"] for each in seeds["funds"] if fund and each["partner_code"] == fund["partner_code"] and each is not fund), ""
    )


def next_value(seeds: Seeds, seed: str, row: Row, column: str) -> str:
    """The value of a column in the next row of the file that has another one."""
    rows = seeds[seed]
    at = rows.index(row)
    return next((each[column] for each in rows[at + 1 :] + rows[:at] if each[column] not in ("", row[column])), "")


def moves(column: str, to: Callable[[Seeds, str], str]) -> Callable[[Seeds, Row], bool]:
    """Whether a row has a code for which a neighbour is found."""
    return lambda seeds, row: bool(row[column]) and to(seeds, row[column]) not in ("", row[column])
