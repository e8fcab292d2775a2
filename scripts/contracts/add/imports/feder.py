"""Importer feder-operations: the list of operations that European programmes publish.

Each row becomes an operation of its programme: the eligible cost is its cost, the EU amount a programmed line for its beneficiary. Who
pays the rest is not in the list and stays undeclared in the financing plan.
"""

import csv
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from contracts.add.imports.headers import Headers, header_key, match_headers, read_dictionary
from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.partners import Partners
from contracts.add.imports.provenance import Publication, mention_rows
from contracts.add.imports.published_lists import (
    Doubts,
    digests,
    hashes,
    is_given,
    landed_elsewhere,
    other_spellings,
    partner_codes,
)
from contracts.add.imports.reading import Chunk, Table, find_table, open_source
from contracts.add.imports.session import Outcome, Places, Session, import_name, importing
from contracts.add.imports.values import MAX_EUROS, Amounts, amounts, dates, euros, slug
from contracts.common.texts import plain_letters

FIELDS = (
    "programme",
    "operation",
    "operation_id",
    "beneficiary",
    "postcode",
    "start_date",
    "end_date",
    "eligible_eur",
    "eu_eur",
    "country",
    "programmed_on",
    "category",
    "fund",
)
REQUIRED = ("operation", "beneficiary", "eligible_eur", "eu_eur")
EUROPEAN_UNION = "union_europeenne"
UNTITLED = "Opération sans intitulé"
_FOLDER = Path(__file__).parent
_NOT_STATED = ("", "nr", "nc", "nd", "n.r.", "non renseigne")
_LARGEST_RATE = 100
_YEARS_BEFORE_START = 3


@dataclass(frozen=True)
class Options:
    """What the file does not say. contract: code of the programme that all rows belong to; None: the column programme tells.

    columns: official name by printed header.
    """

    contract: str | None = None
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Programme:
    """A programme by its printed name. contract_code: None for one that the seeds do not hold."""

    contract_code: str | None
    label_fr: str
    territory_code: str | None


def import_operations(
    path: Path,
    details: Publication,
    places: Places,
    options: Options,
    name: str | None = None,
    strict: bool = False,
    progress: object = None,
) -> Outcome:
    """Imports one file. ImportRefusedError: it cannot be read, a programme is landed already, or the EU column holds rates."""
    source = open_source(path)
    table = find_table(source, source.sheets[0])
    required = REQUIRED if options.contract else ("programme", *REQUIRED)
    headers = match_headers(path.name, table.columns, read_dictionary("feder_headers", FIELDS), options.columns, required)
    with importing(path, import_name(path, options.contract, name), details, places, strict, progress, source) as session:
        importer = _Operations(session, table.sheet, headers, options)
        importer.refuse_rates(table)
        for chunk in session.chunks(table):
            importer.take(chunk)
        importer.close()
        return session.finish()


class _Operations:
    """The rows of one file on their way into landing, chunk by chunk."""

    def __init__(self, session: Session, sheet: str, headers: Headers, options: Options) -> None:
        known = session.known
        if options.contract and options.contract not in known.contracts:
            candidates = known.close_to(options.contract, "contracts", "contract_code")
            raise ImportRefusedError("no_such_contract", code=options.contract, candidates=candidates)
        self.session = session
        self.document_code = session.document_code(sheet)
        self.headers = headers
        self.options = options
        self.partners = Partners(known)
        self.programmes = _programmes()
        self.themes = _themes()
        self.funds = {row["fund_code"] for row in known.rows("funds")}
        self.published_on = session.publication.latest_day
        self._contracts: dict[str, str] = {}
        self._lines_of_rows: dict[int, int] = {}
        self._lines_of_operations: dict[int, int] = {}
        self._ordinals: dict[int, int] = {}
        self._spellings: dict[str, tuple[str, str]] = {}
        self._eligible_cents = self._eu_cents = 0
        if headers.ignored:
            session.notice("columns_ignored", columns=", ".join(headers.ignored))
        if "operation_id" not in headers.printed:
            session.notice("no_operation_identifier")

    def refuse_rates(self, table: Table) -> None:
        """Stops when the column of the EU amount holds rates; says so when only its header does."""
        column = self.headers.printed["eu_eur"]
        largest = 0
        for chunk, _ in table.chunks():
            read = amounts(chunk.frame[column].str.removesuffix("%").str.strip())
            largest = max(largest, int(read.cents.max(initial=0)))
        if 0 < largest <= _LARGEST_RATE * 100:
            raise ImportRefusedError("rates_not_euros", file=self.session.source.path.name, column=column)
        if re.search("rate|taux", header_key(column)):
            self.session.notice("header_says_rate", column=column)

    def take(self, chunk: Chunk) -> None:
        """Rejects, doubts or writes each row of a chunk."""
        findings = self.session.findings
        eligible, eligible_column = self._amounts(chunk, "eligible_eur")
        eu, eu_column = self._amounts(chunk, "eu_eur")
        programme, programme_column = self._cells(chunk, "programme")
        accepted = np.ones(len(chunk), dtype=bool)

        def reject(where: np.ndarray, rule: str | np.ndarray, column: str = "", **values: object) -> None:
            nonlocal accepted
            findings.reject(chunk, where, rule, column, **values)
            accepted &= ~where

        reject(is_given(eligible.problem), eligible.problem, eligible_column, limit=MAX_EUROS)
        reject(is_given(eu.problem), eu.problem, eu_column, limit=MAX_EUROS)
        reject(~eu.has_amount & ~is_given(eu.problem), np.where(chunk.frame[eu_column] == "", "missing_value", "not_an_amount"), eu_column)
        if not self.options.contract:
            nameless = np.array([not slug(name) for name in programme], dtype=bool)
            reject(nameless, "missing_value", programme_column)
        first_line = self._identical_row_above(chunk, accepted)
        reject(first_line > 0, "row_repeated", first=first_line)
        doubts = Doubts(findings, chunk, accepted)
        doubts.add(is_given(eligible.doubt) & eligible.has_amount, eligible.doubt, eligible_column)
        doubts.add(is_given(eu.doubt), eu.doubt, eu_column)
        doubts.add(~eligible.has_amount, "eligible_missing", eligible_column)
        doubts.add(eu.cents == 0, "amount_is_zero", eu_column)
        above = eligible.has_amount & (eu.cents > eligible.cents)
        doubts.add(above, "eu_above_eligible", eu_column, expected=chunk.frame[eligible_column].to_numpy(dtype=object))
        if accepted.any():
            self._write(chunk, np.flatnonzero(accepted), doubts, eligible, eu, programme)
        self.session.taken(int(accepted.sum()))

    def close(self) -> None:
        """Writes the partners, and the totals for the report."""
        if self.partners.new:
            self.session.writer.add("partners", list(self.partners.new.values()))
        self.session.totals["eligible"] = f"{Decimal(self._eligible_cents) / 100:.2f} €"
        self.session.totals["programmed, EU"] = f"{Decimal(self._eu_cents) / 100:.2f} €"

    def _cells(self, chunk: Chunk, official: str) -> tuple[pd.Series, str]:
        """Cells of an official column and its printed header; empty texts when the file has none."""
        printed = self.headers.printed.get(official)
        if printed:
            return chunk.frame[printed], printed
        return pd.Series([""] * len(chunk), dtype="str"), ""

    def _amounts(self, chunk: Chunk, official: str) -> tuple[Amounts, str]:
        cells, column = self._cells(chunk, official)
        return amounts(cells), column

    def _identical_row_above(self, chunk: Chunk, accepted: np.ndarray) -> np.ndarray:
        """Line of the identical accepted row above, 0 where there is none."""
        first = np.zeros(len(chunk), dtype=np.int64)
        numbers = hashes(chunk.frame[column] for column in chunk.frame.columns).tolist()
        for position in np.flatnonzero(accepted):
            line = int(chunk.lines[position])
            above = self._lines_of_rows.setdefault(numbers[position], line)
            first[position] = above if above != line else 0
        return first

    def _write(self, chunk: Chunk, kept: np.ndarray, doubts: Doubts, eligible: Amounts, eu: Amounts, programme: pd.Series) -> None:
        title, beneficiary_name = (self._cells(chunk, official)[0] for official in ("operation", "beneficiary"))
        start, end, programmed_on = self._dates(chunk, doubts)
        fund = self._funds(chunk, doubts)
        self._doubt_postcodes(chunk, doubts)
        doubts.add((title == "").to_numpy(dtype=bool), "operation_untitled", self.headers.printed["operation"])
        contract = self._contracts_of(chunk, programme, kept)
        beneficiary = self._beneficiaries(chunk, kept, doubts, beneficiary_name)
        self._doubt_repeated(chunk, kept, doubts, contract, title, beneficiary)
        code = self._operation_codes(chunk, kept, contract, [programme, title, beneficiary_name])
        rows = pd.DataFrame(
            {
                "line": chunk.lines[kept],
                "code": code,
                "contract": contract,
                "beneficiary": beneficiary,
                "label": title.where(title != "", UNTITLED).to_numpy(dtype=object)[kept],
                "theme": self._themes_of(chunk)[kept],
                "fund": fund[kept],
                "programmed_on": programmed_on[kept],
                "start_year": start[kept],
                "end_year": end[kept],
                "note": [note or None for note in doubts.notes[kept]],
            }
        )
        self._write_operations(rows)
        has_cost = eligible.has_amount[kept]
        self._add_lines(rows[has_cost], eligible, kept[has_cost], is_cost=True)
        self._add_lines(rows, eu, kept, is_cost=False)
        self._eligible_cents += int(eligible.cents[kept][has_cost].sum())
        self._eu_cents += int(eu.cents[kept].sum())

    def _write_operations(self, rows: pd.DataFrame) -> None:
        self.session.writer.add(
            "operations",
            {
                "operation_code": rows["code"],
                "contract_code": rows["contract"],
                "label_fr": rows["label"],
                "owner_partner_code": rows["beneficiary"],
                "status": "programmed",
                "planned_start_year": rows["start_year"],
                "planned_end_year": rows["end_year"],
                "document_code": self.document_code,
                "line_number": rows["line"],
                "note": rows["note"],
            },
        )

    def _add_lines(self, rows: pd.DataFrame, amount: Amounts, positions: np.ndarray, is_cost: bool) -> None:
        """One line for each operation, its cost or the EU money, with the figure that states it. positions: of the rows in the chunk."""
        codes = rows["code"] + ("_cost" if is_cost else "_eu")
        theme = None if is_cost else rows["theme"]
        self.session.writer.add(
            "financial_lines",
            {
                "line_code": codes,
                "label_fr": ("Dépenses éligibles : " if is_cost else "Aide européenne : ") + rows["label"],
                "line_use": "cost" if is_cost else "counted",
                "contract_code": rows["contract"],
                "theme_code": theme,
                "partner_code": None if is_cost else EUROPEAN_UNION,
                "beneficiary_partner_code": None if is_cost else rows["beneficiary"],
                "fund_code": None if is_cost else rows["fund"],
                "operation_code": rows["code"],
                "stage": "programmed",
                "instrument": "unknown" if is_cost else "grant",
                "credit_nature": "contractualised",
                "amount_eur": euros(amount.cents[positions], np.ones(len(rows), dtype=bool)),
                "qualifier": "exact",
                "amount_status": "printed",
                "period_start_year": rows["start_year"],
                "period_end_year": rows["end_year"],
                "period_basis": "total",
                "measure_basis": "flow",
                "effective_on": rows["programmed_on"],
                "is_withdrawn": "false",
                "inferred_columns": None if is_cost else np.where(is_given(rows["theme"].to_numpy(dtype=object)), "theme_code", None),
                "note": rows["note"],
            },
        )
        printed, unit = amount.printed.to_numpy(dtype=object)[positions], amount.printed_unit[positions]
        self.session.writer.add("source_mentions", mention_rows(self.document_code, rows["line"].to_numpy(), codes.tolist(), printed, unit))

    def _dates(self, chunk: Chunk, doubts: Doubts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """First and last year of the operation, and the day it was programmed; None where missing or not plausible."""
        read = {}
        for official in ("start_date", "end_date", "programmed_on"):
            cells, column = self._cells(chunk, official)
            read[official] = dates(cells)
            if not column:
                continue
            doubts.add(is_given(read[official].problem), "date_unreadable", column)
            doubts.add(is_given(read[official].doubt), "excel_serial_date", column, read=read[official].value)
        start, end, programmed = (read[official].value for official in ("start_date", "end_date", "programmed_on"))
        is_reversed = np.array([bool(first and last and last < first) for first, last in zip(start, end, strict=True)], dtype=bool)
        doubts.add(is_reversed, "ends_before_it_starts", self.headers.printed.get("end_date", ""), expected=start)
        start_year, end_year = (np.array([day[:4] if day else None for day in days], dtype=object) for days in (start, end))
        is_backwards = np.array(
            [bool(first and last and last < first) for first, last in zip(start_year, end_year, strict=True)], dtype=bool
        )
        start_year[is_backwards] = end_year[is_backwards] = None
        # a committee does not decide years before the operation starts, nor after the list is published
        implausible = np.array(
            [
                bool(day) and (day > self.published_on or bool(first and int(day[:4]) < int(first[:4]) - _YEARS_BEFORE_START))
                for day, first in zip(programmed, start, strict=True)
            ],
            dtype=bool,
        )
        doubts.add(implausible, "date_implausible", self.headers.printed.get("programmed_on", ""), published_on=self.published_on)
        return start_year, end_year, np.where(implausible, None, programmed)

    def _funds(self, chunk: Chunk, doubts: Doubts) -> np.ndarray:
        cells, column = self._cells(chunk, "fund")
        codes = np.array([slug(text) if slug(text) in self.funds else None for text in cells], dtype=object)
        if column:
            doubts.add(np.equal(codes, None), "fund_missing", column)
        return codes

    def _doubt_postcodes(self, chunk: Chunk, doubts: Doubts) -> None:
        cells, column = self._cells(chunk, "postcode")
        if not column:
            return
        lost = cells.str.fullmatch("[0-9]{4}").to_numpy(dtype=bool)
        doubts.add(lost, "postcode_lost_zero", column, read=("0" + cells).to_numpy(dtype=object))
        doubts.add((cells == "").to_numpy(dtype=bool), "postcode_missing", column)
        whole = cells.str.fullmatch("[0-9]{5}").to_numpy(dtype=bool)
        country = self._cells(chunk, "country")[0].str.upper()
        is_french = country.isin(["", "FR", "FRANCE"]).to_numpy(dtype=bool)
        doubts.add((cells != "").to_numpy(dtype=bool) & ~lost & ~whole & is_french, "postcode_invalid", column)

    def _themes_of(self, chunk: Chunk) -> np.ndarray:
        """Theme of the European category of intervention; None where the category is missing or unknown."""
        numbers = self._cells(chunk, "category")[0].str.extract(r"^(?:CI01[_ -]?)?0*([0-9]{1,3})\b", expand=False)
        return np.array([self.themes.get(number) if isinstance(number, str) else None for number in numbers], dtype=object)

    def _beneficiaries(self, chunk: Chunk, kept: np.ndarray, doubts: Doubts, names: pd.Series) -> np.ndarray:
        column = self.headers.printed["beneficiary"]
        doubts.add((names == "").to_numpy(dtype=bool), "beneficiary_missing", column)
        given = names.to_numpy(dtype=object)[kept]
        codes, candidates = partner_codes(self.partners, given, np.full(len(kept), None, dtype=object))
        unsure, other = (np.full(len(chunk), "", dtype=object) for _ in range(2))
        unsure[kept] = np.where(np.equal(codes, None), candidates, "")
        doubts.add(unsure != "", "ambiguous_partner", column, candidates=unsure)
        other[kept] = other_spellings(codes, given, self._spellings)
        doubts.add(other != "", "beneficiary_spelled_differently", column, other=other)
        return codes

    def _contracts_of(self, chunk: Chunk, programme: pd.Series, kept: np.ndarray) -> np.ndarray:
        """Contract of each kept row; a programme that the seeds do not hold is written when it is met first."""
        if self.options.contract:
            self._refuse_landed(self.options.contract, self.options.contract)
            return np.full(len(kept), self.options.contract, dtype=object)
        names = programme.to_numpy(dtype=object)[kept]
        for name, position in zip(names, kept, strict=True):
            if name not in self._contracts:
                self._contracts[name] = self._contract(name, int(chunk.lines[position]))
        return np.array([self._contracts[name] for name in names], dtype=object)

    def _contract(self, name: str, line: int) -> str:
        programme = self.programmes.get(header_key(name), Programme(None, name, None))
        known = self.session.known
        code = programme.contract_code or f"eu_{slug(name)}"
        same_label = known.codes_by_label("contracts", "contract_code").get(plain_letters(programme.label_fr))
        if code not in known.contracts and same_label:
            code = same_label
        self._refuse_landed(code, name)
        if code in known.contracts:
            self.session.notice("programme_attached", programme=name, contract=code)
        elif code not in self._contracts.values():
            territory = programme.territory_code
            self.session.writer.add(
                "contracts",
                [
                    {
                        "contract_code": code,
                        "label_fr": programme.label_fr,
                        "contract_type_code": "european_programme",
                        "territory_code": territory if territory in known.by_code("territories", "territory_code") else None,
                        "document_code": self.document_code,
                        "line_number": line,
                        "note": None if programme.label_fr == name else f"Printed {name}.",
                    }
                ],
            )
        return code

    def _refuse_landed(self, contract: str, programme: str) -> None:
        """Stops when EU money of the programme is landed or in the seeds: two lists of one programme hold the same operations."""
        scope = {"partner_code": EUROPEAN_UNION, "stage": "programmed"}
        if other := landed_elsewhere(self.session, "financial_lines", "contract_code", [contract], **scope):
            raise ImportRefusedError("programme_already_landed", programme=programme, other=other.name)

    def _doubt_repeated(
        self, chunk: Chunk, kept: np.ndarray, doubts: Doubts, contract: np.ndarray, title: pd.Series, beneficiary: np.ndarray
    ) -> None:
        """Doubts operations of the title and the beneficiary of one above; without an identifier they may be the same."""
        above = np.zeros(len(chunk), dtype=np.int64)
        titles = [plain_letters(text) for text in title.to_numpy(dtype=object)[kept]]
        for number, position in zip(hashes([contract, titles, beneficiary]).tolist(), kept, strict=True):
            line = int(chunk.lines[position])
            first = self._lines_of_operations.setdefault(number, line)
            above[position] = first if first != line else 0
        doubts.add(above > 0, "operation_repeated", self.headers.printed["operation"], first=above)

    def _operation_codes(self, chunk: Chunk, kept: np.ndarray, contract: np.ndarray, columns: list[pd.Series]) -> np.ndarray:
        """Codes that follow from programme, title, beneficiary, identifier, dates and fund, so that a corrected amount keeps them."""
        columns += [self._cells(chunk, official)[0] for official in ("operation_id", "start_date", "end_date", "fund")]
        texts = [column.to_numpy(dtype=object)[kept] for column in columns]
        ordinals = []
        for number in hashes(texts).tolist():
            ordinals.append(self._ordinals.get(number, 0))
            self._ordinals[number] = ordinals[-1] + 1
        return contract + "_" + np.array(digests([*texts, [str(ordinal) for ordinal in ordinals]]), dtype=object)


def _programmes() -> dict[str, Programme]:
    with (_FOLDER / "feder_programmes.csv").open(encoding="utf-8", newline="") as file:
        return {
            header_key(row["printed_name"]): Programme(row["contract_code"] or None, row["label_fr"], row["territory_code"] or None)
            for row in csv.DictReader(file)
        }


def _themes() -> dict[str, str]:
    """Theme by number of the European category of intervention (Regulation (EU) 215/2014, annex I, table 1)."""
    with (_FOLDER / "feder_themes.csv").open(encoding="utf-8", newline="") as file:
        return {
            str(number): row["theme_code"]
            for row in csv.DictReader(file)
            for number in range(int(row["first_category"]), int(row["last_category"]) + 1)
        }
