"""Cells into amounts, dates, years and percentages, or the rule that says why not.

Every function takes a column of stripped texts and works on all of it at once; only unusual spellings are read one by one.
What is read here the warehouse reads alike (macros/figures); it reads more, such as 1,250,000.50 and EUR before a number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contracts.common.texts import plain_letters, plain_words, squeezed

MAX_EUROS = 10**12
UNITS = {"€": 1, "k€": 1_000, "M€": 1_000_000, "Md€": 1_000_000_000}
EXCEL_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!")

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2007]+")
_PLAIN = r"^[0-9]{1,15}([.,][0-9]{1,2})?$"
_GROUPED = "^[0-9]{1,3}([ \u00a0\u202f\u2009][0-9]{3})+([.,][0-9]{1,2})?$"
_UNIT = re.compile(
    r"^(?P<number>.*[0-9)])\s*(?P<unit>(k|m|mds?)?\s?(€|eur|euros?)|(k|m|mds?)|(milliers?|millions?|milliards?)( (d['’]euros?|€))?)\.?$",
    re.IGNORECASE,
)
_NOTHING = {"", "-", "–", "—", "/", "néant", "neant"}
_NOT_STATED = re.compile(r"^(p\.?\s?m\.?|pour mémoire|n\.?\s?[cdr]\.?|[àa] (d[ée]finir|d[ée]terminer|pr[ée]ciser)|tbd|\?+)$", re.IGNORECASE)
_TRUE_NUMBER = re.compile(r"^[0-9]+(?:[.,][0-9]+)?$")


@dataclass
class Amounts:
    """Amounts of a column, one element a row.

    cents: euro cents, 0 where there is no amount. low_cents, high_cents: what the printed digits leave open. has_amount: a figure was
    read. problem: rule that rejects the cell, or None. doubt: rule of a doubt, or None. printed, printed_unit: as a mention cites it.
    """

    cents: np.ndarray
    low_cents: np.ndarray
    high_cents: np.ndarray
    has_amount: np.ndarray
    problem: np.ndarray
    doubt: np.ndarray
    printed: pd.Series
    printed_unit: np.ndarray


@dataclass(frozen=True)
class _Amount:
    cents: int = 0
    low: int = 0
    high: int = 0
    printed: str = ""
    unit: str | None = None
    is_amount: bool = False
    problem: str | None = None
    doubt: str | None = None


def unit_of(text: str) -> str | None:
    """The unit that a text such as "Montant (en k€)" or "M EUR" prints, as a key of UNITS; None: none or several."""
    words = squeezed(text).lower()
    found = {
        unit
        for unit, pattern in {
            "Md€": r"\b(mds?\s?(€|eur\w*)|milliards?)",
            "M€": r"\b(m\s?(€|eur\w*)|millions?)",
            "k€": r"\b(k\s?(€|eur\w*)|milliers?)",
        }.items()
        if re.search(pattern, words)
    }
    if not found and re.search(r"€|\beur(os?)?\b", words):
        return "€"
    return found.pop() if len(found) == 1 else None


def _cents(value: Decimal) -> int:
    return int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))


@cache
def _canonical_unit(text: str) -> str:
    word = squeezed(text).lower().replace(" ", "")
    for unit, starts in (("Md€", ("md", "milliard")), ("M€", ("m€", "meur", "million")), ("k€", ("k", "millier"))):
        if word.startswith(starts) or (unit == "M€" and word == "m"):
            return unit
    return "€"


def read_amount(text: str, unit: str = "€", thousands: str | None = None) -> _Amount:
    """One cell as an amount. unit: that of its column. thousands: the separator the file is known to use, "." or ",".

    A unit inside the cell must not contradict a column in thousands or millions.
    """
    cell = squeezed(text)
    if cell.lower() in _NOTHING:
        return _Amount()
    if _NOT_STATED.match(cell):
        return _Amount(doubt="amount_not_stated", printed=cell)
    if cell.upper() in EXCEL_ERRORS:
        return _Amount(problem="excel_error")
    if cell == "#FORMULE":
        return _Amount(problem="formula_without_value")
    if cell.endswith("%"):
        return _Amount(problem="percent_not_amount")
    printed_unit: str | None = unit
    number = cell
    if match := _UNIT.match(cell):
        own = _canonical_unit(match["unit"])
        if unit not in ("€", own):
            return _Amount(problem="unit_contradicts_column")
        unit, number, printed_unit = own, match["number"], None
    is_negative = (number.startswith(("-", "−", "–")) and len(number) > 1) or (number.startswith("(") and number.endswith(")"))
    digits = number.strip("()-−–+ ").replace("\u00a0", " ")
    if re.fullmatch(r"[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?", digits):
        digits = digits.replace(" ", "")
    canonical = None
    if thousands and re.fullmatch(rf"[0-9]{{1,3}}(\{thousands}[0-9]{{3}})+([.,][0-9]+)?", digits):
        canonical = digits.replace(thousands, "").replace(".", ",")
        digits = canonical
    elif re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3})+,[0-9]+", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3}){2,}|[1-9][0-9]{0,2}(,[0-9]{3}){2,}", digits):
        digits = digits.replace(".", "").replace(",", "")
    elif re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits) and UNITS[unit] == 1:
        return _Amount(problem="ambiguous_amount")
    if not _TRUE_NUMBER.match(digits):
        return _Amount(problem="not_an_amount")
    if is_negative and digits.strip("0.,"):
        return _Amount(problem="negative_amount")
    value = Decimal(digits.replace(",", "."))
    decimals = len(digits.replace(",", ".").partition(".")[2])
    if value * UNITS[unit] >= MAX_EUROS:
        return _Amount(problem="amount_too_large")
    if value == 0:
        # a printed zero is a figure, its sign is not
        cell = cell.lstrip("-−–")
    if decimals > 12:
        # the warehouse keeps twelve decimals of a printed number
        value, decimals = value.quantize(Decimal("0.000000000001"), ROUND_HALF_UP), 12
    half = Decimal(5) / 10 ** (decimals + 1)
    euros, unit_factor = value * UNITS[unit], UNITS[unit]
    if canonical is not None:
        # written so that the warehouse cannot read it in another way
        whole, _, rest = canonical.partition(",")
        cell, printed_unit = whole + ("," + (rest + "0" if len(rest) == 3 else rest) if rest else ""), unit
    return _Amount(
        cents=_cents(euros),
        low=max(0, _cents((value - half) * unit_factor)),
        high=_cents((value + half) * unit_factor),
        printed=cell,
        unit=printed_unit,
        is_amount=True,
        doubt="rounded_to_cents" if unit_factor == 1 and decimals > 2 else None,
    )


def amounts(cells: pd.Series, unit: str = "€", thousands: str | None = None) -> Amounts:
    """A column of stripped texts as amounts. unit: key of UNITS that the column is in. thousands: separator known to be used."""
    size = len(cells)
    texts = pa.array(cells, type=pa.large_string())
    grouped = pc.match_substring_regex(texts, _GROUPED)
    compact = pc.if_else(grouped, pc.replace_substring_regex(texts, "[ \u00a0\u202f\u2009]", ""), texts)
    plain = pc.match_substring_regex(compact, _PLAIN).to_numpy(zero_copy_only=False)
    cents, low, high = (np.zeros(size, dtype=np.int64) for _ in range(3))
    has_amount = np.zeros(size, dtype=bool)
    problem, doubt = np.full(size, None, dtype=object), np.full(size, None, dtype=object)
    printed_unit = np.full(size, unit, dtype=object)
    printed = cells.str.replace(_SPACES, " ", regex=True) if grouped.true_count or (~plain).any() else cells.copy()

    if plain.any():
        parts = pc.extract_regex(compact.filter(pa.array(plain)), r"^(?P<whole>[0-9]+)(?:[.,](?P<rest>[0-9]+))?$")
        rest = parts.field("rest")
        decimals = pc.utf8_length(rest).to_numpy(zero_copy_only=False).astype(np.int64)
        whole = pc.cast(parts.field("whole"), pa.int64()).to_numpy(zero_copy_only=False)
        fraction = pc.cast(pc.utf8_rpad(rest, 2, "0"), pa.int64()).to_numpy(zero_copy_only=False)
        too_large = whole >= MAX_EUROS // UNITS[unit]
        hundredths = np.where(too_large, 0, whole * 100 + fraction)
        factor = UNITS[unit]
        # in tenths of a cent, so that half a cent stays whole
        value = hundredths * 10 * factor
        half = np.array([500, 50, 5], dtype=np.int64)[decimals] * factor
        cents[plain] = hundredths * factor
        low[plain] = (np.maximum(0, value - half) + 5) // 10
        high[plain] = (value + half + 5) // 10
        has_amount[plain] = ~too_large
        problem[np.flatnonzero(plain)[too_large]] = "amount_too_large"

    unusual = np.flatnonzero(~plain)
    if len(unusual):
        read = {text: read_amount(text, unit, thousands) for text in cells.iloc[unusual].unique()}
        values = [read[text] for text in cells.iloc[unusual]]
        cents[unusual] = [value.cents for value in values]
        low[unusual] = [value.low for value in values]
        high[unusual] = [value.high for value in values]
        has_amount[unusual] = [value.is_amount for value in values]
        problem[unusual] = [value.problem for value in values]
        doubt[unusual] = [value.doubt for value in values]
        printed_unit[unusual] = [value.unit for value in values]
        printed.iloc[unusual] = [value.printed or text for value, text in zip(values, printed.iloc[unusual], strict=True)]
    return Amounts(cents, low, high, has_amount, problem, doubt, printed, printed_unit)


def euros(cents: np.ndarray, has_amount: np.ndarray) -> pa.Array:
    """Cents as decimal(18, 2) euros, null where there is no amount."""
    whole = pa.array(cents, mask=~has_amount, type=pa.int64())
    return pc.multiply(whole.cast(pa.decimal128(20, 0)), pa.scalar(Decimal("0.01"), pa.decimal128(2, 2))).cast(pa.decimal128(18, 2))


@dataclass
class Texts:
    """A column read into ISO dates, years or identifiers: the text, None where empty or wrong; the rule that rejects or doubts."""

    value: np.ndarray
    problem: np.ndarray
    doubt: np.ndarray


def by_distinct_text(cells: pd.Series, read: Callable[[str], tuple[str | None, str | None, str | None]]) -> Texts:
    """Reads each distinct text once. read: text to (value, problem, doubt)."""
    codes, distinct = pd.factorize(cells)
    results = [read(text) for text in distinct]
    columns = [np.array([result[position] for result in results] or [None], dtype=object)[codes] for position in range(3)]
    return Texts(*(column if len(cells) else np.empty(0, dtype=object) for column in columns))


def _date(year: str, month: str, day: str) -> tuple[str | None, str | None, str | None]:
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        return None, "not_a_date", None
    if not 1945 <= read.year <= 2100:
        return None, "date_out_of_range", None
    return read.isoformat(), None, None


def read_date(text: str) -> tuple[str | None, str | None, str | None]:
    """One cell as an ISO date: 31/12/2020, 2020-12-31, 31 décembre 2020, with or without a time, or an Excel date number (a doubt)."""
    cell = squeezed(text)
    if cell.lower() in _NOTHING:
        return None, None, None
    if cell.upper() in EXCEL_ERRORS:
        return None, "excel_error", None
    day_first = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})( [0-9:]+)?", cell)
    if day_first:
        return _date(day_first[3], day_first[2], day_first[1])
    iso = re.fullmatch(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})([ T][0-9:.]+(Z|[+-][0-9:]+)?)?", cell)
    if iso:
        return _date(iso[1], iso[2], iso[3])
    if re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}", cell):
        return None, "ambiguous_date", None
    words = re.fullmatch(r"([0-9]{1,2})(?:er)? ([^\W\d_]+)\.? ([0-9]{4})", cell)
    if words and plain_letters(words[2]) in _MONTHS:
        return _date(words[3], str(_MONTHS[plain_letters(words[2])]), words[1])
    if re.fullmatch(r"[0-9]{5}(,0+|\.0+)?", cell) and 16_438 <= int(cell[:5]) <= 73_050:
        return (date(1899, 12, 30) + timedelta(days=int(cell[:5]))).isoformat(), None, "excel_serial_date"
    return None, "not_a_date", None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv", "fevrier fevr fev", "mars", "avril avr", "mai", "juin", "juillet juil", "aout",
            "septembre sept", "octobre oct", "novembre nov", "decembre dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


def dates(cells: pd.Series) -> Texts:
    """A column as ISO dates."""
    return by_distinct_text(cells, read_date)


def read_year(text: str) -> tuple[str | None, str | None, str | None]:
    """One cell as a year, 1945 to 2100; a date gives its year."""
    cell = squeezed(text)
    if cell.lower() in _NOTHING:
        return None, None, None
    if re.fullmatch(r"[0-9]{4}([,.]0+)?", cell):
        return (cell[:4], None, None) if 1945 <= int(cell[:4]) <= 2100 else (None, "date_out_of_range", None)
    read, problem, doubt = read_date(cell)
    return (read[:4], None, doubt) if read else (None, "not_a_year" if problem == "not_a_date" else problem, None)


def years(cells: pd.Series) -> Texts:
    """A column as years."""
    return by_distinct_text(cells, read_year)


def read_percentage(text: str) -> tuple[str | None, str | None, str | None]:
    """One cell as a percentage of 0 to 100 with at most two decimals, as text; the sign % may be missing."""
    cell = squeezed(text).removesuffix("%").strip()
    if cell.lower() in _NOTHING:
        return None, None, None
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]+)?", cell):
        return None, "not_a_percentage", None
    value = Decimal(cell.replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (f"{value:f}", None, None) if value <= 100 else (None, "not_a_percentage", None)


def percentages(cells: pd.Series) -> Texts:
    """A column as percentages."""
    return by_distinct_text(cells, read_percentage)


def slug(text: str, length: int = 60) -> str:
    """A code made of the text: lowercase ASCII letters, digits and underscores, at most so long; "" when nothing is left."""
    return "_".join(plain_words(text))[:length].strip("_")


def plain_texts(texts: pd.Series) -> pd.Series:
    """The plain letters of each text of a column, all at once."""
    letters = pa.array(texts, type=pa.large_string())
    for ligature, opened in (("[œŒ]", "oe"), ("[æÆ]", "ae")):
        letters = pc.replace_substring_regex(letters, ligature, opened)
    bare = pc.replace_substring_regex(pc.utf8_normalize(letters, "NFKD"), r"\p{M}+", "")
    words = pc.utf8_trim_whitespace(pc.replace_substring_regex(pc.utf8_lower(bare), r"[\s\p{Z}]+", " "))
    return pd.Series(words.to_pandas(), dtype="str", index=texts.index)


def slugs(texts: pd.Series, length: int = 60) -> pd.Series:
    """The slug of each text of a column, all at once."""
    words = pc.replace_substring_regex(pa.array(plain_texts(texts), type=pa.large_string()), "[^a-z0-9]+", "_")
    short = pc.utf8_trim(pc.utf8_slice_codeunits(pc.utf8_trim(words, "_"), 0, length), "_")
    return pd.Series(short.to_pandas(), dtype="str", index=texts.index)
