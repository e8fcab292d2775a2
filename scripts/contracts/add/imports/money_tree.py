"""The totals that a table prints, as a tree above its rows: each total becomes an envelope, each row's amount a part of it.

A node is a scope (the whole table or a volet) and a funder, or no funder for totals over all of them. The parts of a total are compared
with it here as the warehouse will (quality.envelope_reconciliation), so that a contradiction of the file is recorded as such.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

ALL_FUNDERS = -1
Node = tuple[int, int]


@dataclass
class Declared:
    """A printed total, in cents with the bounds of what is printed."""

    cents: int
    low: int
    high: int
    sheet: str
    line: int
    printed: str
    unit: str | None


@dataclass
class Sum:
    """Parts of a node, in cents with their bounds."""

    cents: int = 0
    low: int = 0
    high: int = 0
    count: int = 0


@dataclass
class MoneyTree:
    """Totals and sums of one table. paths: scopes by number, as an outline has them; the scope () is the whole table.

    by_funder: totals of funders hang under those of the wider scope (their own tree); else under the total of all funders beside them.
    """

    paths: list[tuple[str, ...]]
    by_funder: bool = False
    declared: dict[Node, Declared] = field(default_factory=dict)
    sums: dict[Node, Sum] = field(default_factory=lambda: defaultdict(Sum))
    incomplete: set[int] = field(default_factory=set)

    def add_rows(self, scope: np.ndarray, funder: np.ndarray, cents: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Adds the amounts of rows to the sums of their nodes."""
        frame = pd.DataFrame({"scope": scope, "funder": funder, "cents": cents, "low": low, "high": high, "count": 1})
        for node, row in frame.groupby(["scope", "funder"]).sum().iterrows():
            total = self.sums[node]  # type: ignore[index]
            total.cents += int(row["cents"])
            total.low += int(row["low"])
            total.high += int(row["high"])
            total.count += int(row["count"])

    @cached_property
    def _numbers(self) -> dict[tuple[str, ...], int]:
        """Scopes by path; asked for once all rows are read."""
        return {path: number for number, path in enumerate(self.paths)}

    @cached_property
    def _around_totals(self) -> set[tuple[str, ...]]:
        """Paths that hold a narrower one with a total over all funders; asked for once all rows are read."""
        inner = [self.paths[number] for number, funder in self.declared if funder == ALL_FUNDERS]
        return {path[:length] for path in inner for length in range(len(path))}

    def _scopes(self, scope: int) -> list[int]:
        """Numbers of a scope and of those around it, innermost first."""
        path = self.paths[scope]
        return [self._numbers[path[:length]] for length in range(len(path), -1, -1) if path[:length] in self._numbers]

    def parent(self, node: Node, is_row: bool = False) -> Node | None:
        """The declared total that a node, or the rows of a node, are a part of; None: the top."""
        scope, funder = node
        for number in self._scopes(scope):
            inner = number == scope
            if (
                funder != ALL_FUNDERS
                and (not inner or is_row)
                and (number, funder) in self.declared
                and not self.is_crossing((number, funder))
            ):
                return number, funder
            if not self.by_funder and (number, ALL_FUNDERS) in self.declared and (is_row or (number, ALL_FUNDERS) != node):
                return number, ALL_FUNDERS
        return None

    def is_crossing(self, node: Node) -> bool:
        """Whether a total cuts across the tree: it is only compared, not a level of it.

        By funder, totals over all funders do; else the total of a funder does where narrower scopes have totals over all funders.
        """
        scope, funder = node
        if self.by_funder:
            return funder == ALL_FUNDERS
        return funder != ALL_FUNDERS and self.paths[scope] in self._around_totals

    def parts_of_crossing(self, node: Node) -> tuple[list[Node], list[Node]]:
        """Parts of a total that cuts across: narrower totals of the same funder that nothing between covers, and nodes whose rows count
        directly."""
        scope, funder = node
        inside = {number for number, path in enumerate(self.paths) if path[: len(self.paths[scope])] == self.paths[scope]}
        totals = {
            candidate
            for candidate in self.declared
            if candidate != node and candidate[0] in inside and not self.is_crossing(candidate) and funder in (ALL_FUNDERS, candidate[1])
        }

        def is_covered(number: int, other: int, itself: bool) -> bool:
            around = self._scopes(number)[0 if itself else 1 :]
            return any((above, other) in totals for above in around)

        top = [total for total in totals if not is_covered(*total, itself=False)]
        rows = [key for key in self.sums if key[0] in inside and funder in (ALL_FUNDERS, key[1]) and not is_covered(*key, itself=True)]
        return sorted(top), sorted(rows)

    def children(self) -> Mapping[Node | None, Sum]:
        """What the direct parts of each declared total add up to; None: what stands at the top."""
        found: dict[Node | None, Sum] = defaultdict(Sum)
        for node, row_sum in self.sums.items():
            _add(found[self.parent(node, is_row=True)], row_sum.cents, row_sum.low, row_sum.high, row_sum.count)
        for node, total in self.declared.items():
            if not self.is_crossing(node):
                _add(found[self.parent(node)], total.cents, total.low, total.high, 1)
        return found

    def is_incomplete(self, node: Node) -> bool:
        """Whether rows inside the node's scope were rejected, so that its parts are not all there."""
        path = self.paths[node[0]]
        return any(self.paths[number][: len(path)] == path for number in self.incomplete)


def _add(total: Sum, cents: int, low: int, high: int, count: int) -> None:
    total.cents += cents
    total.low += low
    total.high += high
    total.count += count


def contradicts(total: Declared, parts: Sum, is_exhaustive: bool) -> bool:
    """Whether the parts and the total cannot both be right, as the warehouse judges it."""
    gap = total.cents - parts.cents
    meets = total.low <= parts.high and total.high >= parts.low
    if gap == 0 or parts.count == 0:
        return False
    return not meets if is_exhaustive or gap < 0 else False
