"""Reads rows of a list of subventions (SCDL, schema 2.1.1): cells into values, with the reasons to reject or doubt each."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contracts.add.imports.headers import Headers
from contracts.add.imports.identifiers import sirets
from contracts.add.imports.published_lists import Reason, is_given
from contracts.add.imports.reading import Chunk
from contracts.add.imports.shares import read_shares
from contracts.add.imports.values import MAX_EUROS, Amounts, amounts, by_distinct_text, read_date
from contracts.common.texts import plain_letters

FIELDS = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
)
REQUIRED = ("dateConvention", "nomBeneficiaire", "montant")
UNLABELLED = "Subvention (objet non indiqué)"
_DATE = "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
_PERIOD = re.compile(f"({_DATE})(?: ?(?:/|;|,|_| au? | à | - ) ?({_DATE}))?")


@dataclass
class Checked:
    """One chunk read, one element a row; None or "" where a cell is empty or wrong. accepted: nothing rejects the row by itself."""

    chunk: Chunk
    accepted: np.ndarray
    rejections: list[Reason]
    doubts: list[Reason]
    funder_name: np.ndarray
    funder_siren: np.ndarray
    signed_on: np.ndarray
    start_year: np.ndarray
    end_year: np.ndarray
    is_period_inferred: np.ndarray
    reference: np.ndarray
    label: np.ndarray
    beneficiary: np.ndarray
    beneficiary_siren: np.ndarray
    rna: np.ndarray
    credit_nature: np.ndarray
    amount: Amounts
    share: np.ndarray
    share_text: np.ndarray
    has_sign: np.ndarray

    def decision(self) -> list[object]:
        """What all rows of one decision share, beside its amount."""
        return [self.funder_siren, self.signed_on, self.reference, self.label]

    def identity(self) -> list[object]:
        """What makes a subvention this one and no other; the code of its line follows from it."""
        numbers = (pc.cast(pa.array(column), pa.string()) for column in (self.amount.cents, self.share))
        return [*self.decision(), self.beneficiary_siren, self.rna, self.beneficiary, *numbers]


class Reader:
    """Reads chunks of one file. published_on: day of publication, ISO; no agreement is later. has_funder, has_share: whether the
    columns idAttribuant and pourcentageSubvention count."""

    def __init__(self, headers: Headers, published_on: str, has_funder: bool, has_share: bool) -> None:
        self.headers = headers
        self.published_on = published_on
        self.has_funder = has_funder
        self.has_share = has_share

    def check(self, chunk: Chunk) -> Checked:
        """Reads a chunk, row by row; what only other rows tell is left to shares."""
        self._chunk = chunk
        self._rejections: list[Reason] = []
        self._doubts: list[Reason] = []
        funder_name, funder_siren = self._funder()
        signed_on, year = self._signed()
        start_year, end_year, is_inferred = self._period(year)
        amount = self._amount()
        share, share_text, has_sign = self._share()
        beneficiary, beneficiary_siren, rna = self._beneficiary()
        label = self._label()
        credit_nature = self._nature()
        accepted = np.ones(len(chunk), dtype=bool)
        for reason in self._rejections:
            accepted &= ~reason.where
        return Checked(
            chunk,
            accepted,
            self._rejections,
            self._doubts,
            funder_name,
            funder_siren,
            signed_on,
            start_year,
            end_year,
            is_inferred,
            self._cells("referenceDecision")[0].to_numpy(dtype=object),
            label,
            beneficiary,
            beneficiary_siren,
            rna,
            credit_nature,
            amount,
            share,
            share_text,
            has_sign,
        )

    def _cells(self, official: str) -> tuple[pd.Series, str]:
        """Cells of an official column and its printed header; empty texts when the file has none."""
        printed = self.headers.printed.get(official)
        if printed:
            return self._chunk.frame[printed], printed
        return pd.Series([""] * len(self._chunk), dtype="str"), ""

    def _reject(self, where: object, rule: str | np.ndarray, column: str, **values: object) -> None:
        self._rejections.append(Reason(np.asarray(where, dtype=bool), rule, column, values))

    def _doubt(self, where: object, rule: str | np.ndarray, column: str, **values: object) -> None:
        self._doubts.append(Reason(np.asarray(where, dtype=bool), rule, column, values))

    def _funder(self) -> tuple[np.ndarray, np.ndarray]:
        names = self._cells("nomAttribuant")[0].to_numpy(dtype=object)
        if not self.has_funder:
            return names, np.full(len(names), None, dtype=object)
        cells, column = self._cells("idAttribuant")
        read = sirets(cells)
        self._reject(cells == "", "missing_value", column)
        self._reject(is_given(read.problem), read.problem, column)
        self._doubt(is_given(read.doubt), read.doubt, column, read=read.value)
        return names, _sirens(read.value)

    def _signed(self) -> tuple[np.ndarray, np.ndarray]:
        """Day of the agreement and its year; a year alone has no day, a date after the publication neither."""
        cells, column = self._cells("dateConvention")
        read = by_distinct_text(cells, _read_date_or_year)
        nothing = np.equal(read.value, None) & ~is_given(read.problem)
        self._reject(nothing, "missing_value", column)
        self._reject(is_given(read.problem), read.problem, column)
        self._doubt(is_given(read.doubt), read.doubt, column, read=read.value)
        is_year = np.array([value is not None and len(value) == 4 for value in read.value], dtype=bool)
        is_late = np.array([value is not None and value > self.published_on[: len(value)] for value in read.value], dtype=bool)
        self._doubt(is_year & ~is_late, "date_is_a_year", column)
        self._doubt(is_late, "date_implausible", column, published_on=self.published_on)
        year = np.array([value[:4] if value else None for value in read.value], dtype=object)
        return np.where(is_year | is_late, None, read.value), np.where(is_late, None, year)

    def _period(self, signed_year: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """First and last year of payment; the year of the agreement where no period is readable, which is inferred."""
        cells, column = self._cells("datesPeriodeVersement")
        read = by_distinct_text(cells, read_period)
        self._doubt(is_given(read.doubt), read.doubt, column)
        years = [(value[:4], value[5:]) if value else (year, year) for value, year in zip(read.value, signed_year, strict=True)]
        start, end = np.array(years, dtype=object).reshape(-1, 2).T
        return start, end, np.equal(read.value, None) & is_given(signed_year)

    def _amount(self) -> Amounts:
        cells, column = self._cells("montant")
        read = amounts(cells)
        self._reject(is_given(read.problem), read.problem, column, limit=MAX_EUROS)
        nothing = ~read.has_amount & ~is_given(read.problem)
        self._reject(nothing, np.where(cells == "", "missing_value", "not_an_amount"), column)
        self._doubt(is_given(read.doubt) & read.has_amount, read.doubt, column)
        self._doubt(read.has_amount & (read.cents == 0), "amount_is_zero", column)
        return read

    def _share(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        cells, column = self._cells("pourcentageSubvention")
        share, has_sign, is_share = read_shares(cells)
        if self.has_share:
            self._reject(cells == "", "missing_value", column)
            self._reject((cells != "") & ~is_share, "share_invalid", column, expected="0 – 1, 0 – 100 %")
        return share, cells.to_numpy(dtype=object), has_sign

    def _beneficiary(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Name, SIREN and RNA number. A wrong number does not hide the money: the beneficiary is then known by name."""
        names, name_column = self._cells("nomBeneficiaire")
        cells, column = self._cells("idBeneficiaire")
        read = by_distinct_text(cells, lambda text: (None, None, None)) if not column else sirets(cells)
        self._doubt(is_given(read.problem), read.problem, column)
        self._doubt(is_given(read.doubt), read.doubt, column, read=read.value)
        siren = _sirens(read.value)
        cells, column = self._cells("rnaBeneficiaire")
        rna = cells.str.upper()
        is_rna = rna.str.fullmatch("W[0-9]{9}").to_numpy(dtype=bool)
        self._doubt((cells != "") & ~is_rna, "rna_invalid", column)
        has_name = (names != "").to_numpy(dtype=bool)
        self._doubt(~has_name & ~is_given(siren), "beneficiary_missing", name_column)
        self._doubt(has_name & ~is_given(siren) & ~is_rna, "beneficiary_by_name", name_column)
        return names.to_numpy(dtype=object), siren, rna.where(is_rna, "").to_numpy(dtype=object)

    def _label(self) -> np.ndarray:
        cells, column = self._cells("objet")
        self._doubt(cells == "", "object_missing", column)
        return cells.where(cells != "", UNLABELLED).to_numpy(dtype=object)

    def _nature(self) -> np.ndarray:
        """Nature of the credit: money is contractualised, aid in kind is valorised, both or unreadable is unknown."""
        cells, column = self._cells("nature")
        implied = self.headers.implied.get("nature", "")
        read = by_distinct_text(cells.where(cells != "", implied), _read_nature)
        self._doubt(is_given(read.doubt), read.doubt, column)
        return read.value


def _sirens(siret_numbers: np.ndarray) -> np.ndarray:
    return np.array([number[:9] if number else None for number in siret_numbers], dtype=object)


def _read_date_or_year(text: str) -> tuple[str | None, str | None, str | None]:
    if re.fullmatch("(19|20)[0-9]{2}", text):
        return text, None, None
    return read_date(text)


def read_period(text: str) -> tuple[str | None, str | None, str | None]:
    """A payment period, "2017-03-14/2018-03-14" or one date, as first and last year ("2017-2018")."""
    if not text:
        return None, None, None
    if re.fullmatch("(19|20)[0-9]{2}", text):
        return f"{text}-{text}", None, None
    match = _PERIOD.fullmatch(text)
    first, last = (read_date(part)[0] for part in (match[1], match[2] or match[1])) if match else (None, None)
    if first is None or last is None:
        return None, None, "payment_period_unreadable"
    if last < first:
        # the years still tell when it was paid, as long as they are in order
        return (f"{first[:4]}-{last[:4]}" if first[:4] == last[:4] else None), None, "payment_period_reversed"
    return f"{first[:4]}-{last[:4]}", None, None


def _read_nature(text: str) -> tuple[str, None, str | None]:
    words = plain_letters(text)
    in_money = "numeraire" in words or "financier" in words or "argent" in words
    in_kind = "nature" in words
    if in_money != in_kind:
        return ("contractualised" if in_money else "valorised"), None, None
    return "unknown", None, None if in_kind else "nature_unknown"
