"""SIREN and SIRET: check digit, what Excel does to them, lost zeros."""

import re

import numpy as np
import pandas as pd

from contracts.add.imports.values import Texts, by_distinct_text
from contracts.common.texts import LA_POSTE, has_valid_check_digit, squeezed

_DAMAGED = re.compile(r"^[0-9]([.,][0-9]+)?E\+?[0-9]+$", re.IGNORECASE)


def read_identifier(text: str, length: int) -> tuple[str | None, str | None, str | None]:
    """One cell as a SIREN (length 9) or SIRET (14). An empty cell gives None without problem."""
    cell = squeezed(text)
    if not cell:
        return None, None, None
    if _DAMAGED.match(cell):
        return None, "excel_damaged_number", None
    digits = re.sub(r"[ .\u00a0-]", "", cell)
    digits = re.sub(r",0+$", "", digits)
    rule = "siren_invalid" if length == 9 else "siret_invalid"
    if not digits.isascii() or not digits.isdigit() or not digits.strip("0"):
        return None, rule, None
    if length - 4 <= len(digits) < length and has_valid_check_digit(digits.zfill(length)):
        return digits.zfill(length), None, "lost_leading_zero"
    if len(digits) != length:
        return None, rule, None
    return (digits, None, None) if has_valid_check_digit(digits) else (None, "luhn_fails", None)


def _all_at_once(cells: pd.Series, length: int) -> Texts:
    """The column; clean numbers are checked together, the others one by one."""
    clean = cells.str.fullmatch(f"[0-9]{{{length}}}").to_numpy(dtype=bool)
    value, problem, doubt = (np.full(len(cells), None, dtype=object) for _ in range(3))
    if clean.any():
        numbers = cells[clean].to_numpy(dtype=object)
        digits = np.frombuffer("".join(numbers).encode("ascii"), dtype=np.uint8).reshape(-1, length).astype(np.int16) - 48
        doubled = digits * np.where((np.arange(length) - length) % 2 == 0, 2, 1)
        holds = (doubled // 10 + doubled % 10).sum(axis=1) % 10 == 0
        if length == 14:
            posts = np.array([number.startswith(LA_POSTE) for number in numbers])
            holds |= posts & (digits.sum(axis=1) % 5 == 0)
        holds &= digits.any(axis=1)
        value[clean] = np.where(holds, numbers, None)
        problem[clean] = np.where(holds, None, "luhn_fails")
    others = np.flatnonzero(~clean)
    if len(others):
        read = by_distinct_text(cells.iloc[others], lambda text: read_identifier(text, length))
        value[others], problem[others], doubt[others] = read.value, read.problem, read.doubt
    return Texts(value, problem, doubt)


def sirens(cells: pd.Series) -> Texts:
    """A column as SIREN numbers, 9 digits."""
    return _all_at_once(cells, 9)


def sirets(cells: pd.Series) -> Texts:
    """A column as SIRET numbers, 14 digits."""
    return _all_at_once(cells, 14)
