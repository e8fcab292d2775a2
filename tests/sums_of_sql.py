"""Finds, in SQL text, sums that mix stages, closing dates or years."""

import re
from collections.abc import Iterator

from contracts.common.project import AMOUNTS

# of one stage each; some are inside another one already
STAGE_MEASURES = set(AMOUNTS)
# tables that hold the same money once for each date, and the column that tells the dates apart
DATED = {
    "funding_at_year_end": "calendar_year",
    "progress_by_volet_and_territory": "closing_date",
    "int_progress_cells": "closing_date",
    "int_rows_counted": "snapshot_id",
    "int_lines_in_tree": "snapshot_id",
    "int_parts_in_tree": "snapshot_id",
    "int_totals_in_tree": "snapshot_id",
    "int_version_ranks": "version_rank",
    "int_lines_versioned": "version",
    "line_history": "version_number",
    "stg_contracts__financial_lines": "version",
    "int_lines_of_changed_contracts": "version",
}
# tables whose amount stands at the stage of its row
STAGED = {name for name in DATED if name not in ("funding_at_year_end", "progress_by_volet_and_territory", "int_progress_cells")} | {
    "int_funding_rows",
    "int_lines_current",
    "int_operation_shares",
    "int_total_parts",
    "int_totals_compared",
}

_TOKEN = re.compile(r"'(?:[^']|'')*'|[A-Za-z_][A-Za-z_0-9]*|\d[\d.]*|[<>=!|:]+|\S")
_ENDS_OF_OPERAND = re.compile(
    r"[,<>=!|:;]+|select|from|where|when|then|else|as|and|or|on|by|having|group|order|over|between|in|is|not|distinct|qualify|union"
)
_OPENING, _CLOSING = {"(", "[", "case"}, {")", "]", "end"}


def tokens(sql: str) -> list[str]:
    """Words and signs of a query in lower case; comments are left out, and what stands inside Jinja quotes is read as SQL."""
    text = re.sub(r"\{#.*?#\}|--[^\n]*", " ", sql, flags=re.DOTALL)
    text = re.sub(r"\{\{(.*?)\}\}", lambda found: re.sub("['\"]", " ", found[1]), text, flags=re.DOTALL)
    return [token.lower() for token in _TOKEN.findall(text.replace('"', " "))]


def _operand(words: list[str], start: int, step: int) -> list[str]:
    """What stands on one side of a plus sign, up to the end of its expression."""
    opening, closing = (_OPENING, _CLOSING) if step == 1 else (_CLOSING, _OPENING)
    depth, found = 0, []
    while 0 <= start < len(words):
        word = words[start]
        depth += (word in opening) - (word in closing)
        if depth < 0 or (depth == 0 and _ENDS_OF_OPERAND.fullmatch(word)):
            break
        found.append(word)
        start += step
    return found


def _arguments(words: list[str], start: int) -> list[str]:
    """The words between a function's parentheses; start: place of the opening one."""
    depth = 0
    for place in range(start, len(words)):
        depth += (words[place] == "(") - (words[place] == ")")
        if depth == 0:
            return words[start + 1 : place]
    return words[start + 1 :]


def _selects(words: list[str]) -> Iterator[list[str]]:
    """Each select with its clauses, without the selects inside it; the parts of a union stand apart."""
    blocks: list[list[str]] = [[]]
    for word in words:
        if word == "(":
            blocks.append([])
        elif word == ")" and len(blocks) > 1:
            inner = blocks.pop()
            if "select" in inner:
                yield from _parts_of_union(inner)
            else:
                blocks[-1] += ["(", *inner, ")"]
        else:
            blocks[-1].append(word)
    yield from _parts_of_union(blocks[0])


def _parts_of_union(words: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for word in words:
        if word == "union":
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _without_greatest(words: list[str]) -> list[str]:
    """greatest() takes one of several stages, so it adds nothing."""
    kept, place = [], 0
    while place < len(words):
        if words[place] == "greatest":
            place += len(_arguments(words, place + 1)) + 3
        else:
            kept.append(words[place])
            place += 1
    return kept


def mixed_stages(sql: str) -> list[str]:
    """Expressions that add up columns of several stages, or a column that holds several."""
    words = tokens(sql)
    offences = []
    for place, word in enumerate(words):
        if word == "+":
            left, right = (STAGE_MEASURES.intersection(_operand(words, place + step, step)) for step in (-1, 1))
            if left and right and len(left | right) > 1:
                offences.append(f"{'/'.join(sorted(left))} + {'/'.join(sorted(right))}")
        if word in ("sum", "list_sum") and words[place + 1 : place + 2] == ["("]:
            summed = STAGE_MEASURES.intersection(_without_greatest(_arguments(words, place + 1)))
            if len(summed) > 1:
                offences.append(f"{word}({'/'.join(sorted(summed))})")
    columns = _columns_of_several_stages(words)
    if STAGED.intersection(words):
        columns.add("amount_eur")
    for select in _selects(words):
        for arguments, window in _sums(select):
            if columns.intersection(arguments) and not any("stage" in word for word in (*arguments, *window)):
                keys = _clause(select, "group") + _clause(select, "where")
                if not any(word in ("stage", "stage_key", "stage_code") for word in (window or keys)):
                    offences.append(f"sum({' '.join(arguments)}) over stages")
    return offences


def _columns_of_several_stages(words: list[str]) -> set[str]:
    """Names given to a coalesce of several stages."""
    names = set()
    for place, word in enumerate(words):
        if word == "coalesce" and words[place + 1] == "(":
            arguments = _arguments(words, place + 1)
            after = place + len(arguments) + 3
            if len(STAGE_MEASURES.intersection(arguments)) > 1 and words[after : after + 1] == ["as"]:
                names.add(words[after + 1])
    return names


def _sums(select: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Arguments, and filter or window of each sum of a select."""
    for place, word in enumerate(select):
        if word == "sum" and select[place + 1 : place + 2] == ["("]:
            arguments = _arguments(select, place + 1)
            after = place + len(arguments) + 3
            window = _arguments(select, after + 1) if select[after : after + 1] in (["over"], ["filter"]) else []
            yield arguments, window


def _clause(select: list[str], name: str) -> list[str]:
    """The words of the where or group by clause of a select."""
    if name not in select:
        return []
    start = select.index(name) + 1
    ends = [place for place in range(start, len(select)) if select[place] in ("group", "having", "order", "qualify", "limit", "window")]
    return select[start : min(ends, default=len(select))]


def mixed_dates(sql: str) -> list[str]:
    """Sums of money over several closing dates, year-ends or versions of the tables that hold one row for each."""
    words = tokens(sql)
    offences = []
    dates = {column for table, column in DATED.items() if table in words}
    if "snapshot_kind = 'current'" in " ".join(words):
        dates.discard("snapshot_id")
    for select in _selects(words):
        keys = _clause(select, "group") + _clause(select, "where")
        for arguments, window in _sums(select):
            if not any(word.endswith("_eur") for word in arguments):
                continue
            offences += [
                f"sum({' '.join(arguments)}) over {date}" for date in dates if date not in (window if "partition" in window else keys)
            ]
    return offences
