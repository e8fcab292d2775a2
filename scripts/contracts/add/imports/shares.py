"""What the shares and amounts of a list of subventions mean, told from the whole file or asked, never guessed.

The standard (2.x) prints the amount of the whole decision on the row of each beneficiary, and its share from 0 to 1. Other files print
shares from 0 to 100, or the amount of the row itself.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import numpy as np
import pandas as pd

from contracts.add.imports.messages import ImportRefusedError

Scale = Literal["fraction", "percent"]
Basis = Literal["decision", "row"]
SCALES, BASES = ("fraction", "percent"), ("decision", "row")

UNIT = 10**10  # a share is kept as a whole number of these parts, ten decimals as in int_figures_parsed
_SHARE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?) ?(%?)")


@dataclass(frozen=True)
class Rows:
    """Rows of a whole file, one element a row. accepted: nothing rejects the row by itself. share: as printed, × UNIT. decision: number
    that is the same for the rows of one decision; identity: for the same subvention; cells: for identical rows. cents: amount."""

    line: np.ndarray
    accepted: np.ndarray
    cents: np.ndarray
    share: np.ndarray
    has_sign: np.ndarray
    has_reference: np.ndarray
    decision: np.ndarray
    identity: np.ndarray
    cells: np.ndarray

    def only(self, where: np.ndarray) -> "Rows":
        return Rows(*(getattr(self, name)[where] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Survey:
    """What only the whole file tells, one element a row, rejected rows included.

    first_line: line of the identical row above, 0 when there is none. whole: the share that is all. is_share: a share in range.
    ordinal: how many rows of the same identity stand above. part_cents: amount × share. decision: number of the decision whose part the
    row is, -1 when it has all. fits: the parts of that decision are not more than the whole. is_below: they are less.
    """

    scale: Scale
    basis: Basis
    first_line: np.ndarray
    whole: np.ndarray
    is_share: np.ndarray
    ordinal: np.ndarray
    part_cents: np.ndarray
    decision: np.ndarray
    fits: np.ndarray
    is_below: np.ndarray


def read_shares(cells: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A column as shares × UNIT, whether the cell has a percent sign, and whether it is a number at all (0 where it is not)."""
    codes, distinct = pd.factorize(cells)
    share, sign, is_share = [], [], []
    for text in distinct:
        match = _SHARE.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " "))
        number = Decimal(match[1].replace(",", ".")) if match else Decimal(0)
        share.append(int((number * UNIT).quantize(Decimal(1), ROUND_HALF_UP)))
        sign.append(bool(match and match[2]))
        is_share.append(match is not None)
    return np.array(share, dtype=np.int64)[codes], np.array(sign, dtype=bool)[codes], np.array(is_share, dtype=bool)[codes]


def survey(file: str, rows: Rows, has_share: bool, scale: Scale | None, basis: Basis | None) -> Survey:
    """What the rows mean together. scale, basis: as the user says, None where the file shall tell. ImportRefusedError: it does not."""
    first_line = _line_of_identical_row_above(rows)
    counted = rows.accepted & (first_line == 0)
    if not has_share or basis == "row":
        found_scale, found_basis = scale or "fraction", "row"
        whole = np.full(len(counted), UNIT, dtype=np.int64)
        is_share = np.ones(len(counted), dtype=bool)
    else:
        found_scale = scale or scale_of(file, rows.only(counted))
        whole = np.where(rows.has_sign | (found_scale == "percent"), 100 * UNIT, UNIT)
        is_share = (rows.share > 0) & (rows.share <= whole)
        found_basis = basis or basis_of(file, rows.only(counted & is_share), whole[counted & is_share])
    counted &= is_share
    is_part = counted & (found_basis == "decision") & (rows.share < whole)
    part_cents = np.where(is_part, 0, rows.cents)
    # exact: amounts and shares are whole numbers, half a cent goes up as in the warehouse
    exact = (2 * rows.cents[is_part].astype(object) * rows.share[is_part] + whole[is_part]) // (2 * whole[is_part].astype(object))
    part_cents[is_part] = exact.astype(np.int64)
    decision, fits, is_below = _decisions(rows, is_part, part_cents)
    ordinal = np.zeros(len(counted), dtype=np.int64)
    identities = pd.Series(rows.identity[counted])
    ordinal[counted] = identities.groupby(identities).cumcount()
    return Survey(found_scale, found_basis, first_line, whole, is_share, ordinal, part_cents, decision, fits, is_below)


def scale_of(file: str, rows: Rows) -> Scale:
    """Whether shares run from 0 to 1 or to 100. ImportRefusedError: both fit, the user has to say."""
    bare = rows.share[~rows.has_sign]
    if not (bare > UNIT).any():
        return "fraction"
    below, one, above = (int(mask.sum()) for mask in ((bare > 0) & (bare < UNIT), bare == UNIT, bare > UNIT))
    sums = pd.Series(rows.share).groupby([rows.decision, rows.cents]).agg(["sum", "size"])
    several = sums.loc[sums["size"] > 1, "sum"]
    to_one, to_hundred = (int(((several - whole).abs() <= whole // 200).sum()) for whole in (UNIT, 100 * UNIT))
    to_hundred += int((bare == 100 * UNIT).sum())
    if to_hundred and not (below or one or to_one):
        return "percent"
    raise ImportRefusedError("share_scale_unclear", file=file, below=below, one=one, above=above, to_one=to_one, to_hundred=to_hundred)


def basis_of(file: str, rows: Rows, whole: np.ndarray) -> Basis:
    """Whether the amount of a row is that of the whole decision. ImportRefusedError: the rows of a decision contradict the standard."""
    part = (rows.share < whole) & rows.has_reference
    shares = pd.DataFrame({"decision": rows.decision, "share": rows.share / whole, "cents": rows.cents, "line": rows.line})[part]
    decisions = shares.groupby("decision").agg(
        share=("share", "sum"), amounts=("cents", "nunique"), size=("share", "size"), first=("line", "min")
    )
    # shares that make one whole, of amounts that differ: these cannot all be the amount of the whole
    against = decisions[(decisions["size"] > 1) & (decisions["amounts"] > 1) & ((decisions["share"] - 1).abs() <= 0.005)]
    if len(against):
        raise ImportRefusedError("amount_basis_unclear", file=file, count=len(against), line=int(against["first"].min()))
    return "decision"


def _line_of_identical_row_above(rows: Rows) -> np.ndarray:
    cells = pd.Series(rows.cells)
    first = pd.Series(rows.line).groupby(cells).transform("first").to_numpy()
    return np.where(cells.duplicated() & rows.accepted, first, 0)


def _decisions(rows: Rows, is_part: np.ndarray, part_cents: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number of the decision of each part, and whether the parts fit the whole or are less; each part is rounded to the cent."""
    number = np.full(len(is_part), -1, dtype=np.int64)
    fits, is_below = np.ones(len(is_part), dtype=bool), np.zeros(len(is_part), dtype=bool)
    if is_part.any():
        groups = pd.Series(part_cents[is_part]).groupby([rows.decision[is_part], rows.cents[is_part]], sort=False)
        number[is_part] = groups.ngroup()
        total, size = groups.transform("sum").to_numpy(), groups.transform("size").to_numpy()
        fits[is_part] = total <= rows.cents[is_part] + size
        is_below[is_part] = total < rows.cents[is_part] - size
    return number, fits, is_below
