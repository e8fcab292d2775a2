"""Importer scdl-subventions: subventions in the French open-data format (SCDL, schema 2.1.1) become committed grants.

Each attribuant is a funder with one contract; each subvention is a financial line. A decision with several beneficiaries is counted once:
its amount is a total, the share of each beneficiary a part of it, and what no beneficiary has stays unallocated.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from contracts.add.imports.headers import Headers, match_headers, read_dictionary
from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.partners import Partners
from contracts.add.imports.provenance import Publication
from contracts.add.imports.published_lists import (
    Doubts,
    digests,
    hashes,
    landed_elsewhere,
    other_spellings,
    partner_codes,
    type_of_partner,
)
from contracts.add.imports.reading import Chunk, Table, find_table, open_source
from contracts.add.imports.session import Outcome, Places, Session, import_name, importing
from contracts.add.imports.shares import UNIT, Basis, Rows, Scale, Survey, survey
from contracts.add.imports.subventions_reading import FIELDS, REQUIRED, Checked, Reader
from contracts.add.imports.values import euros


@dataclass(frozen=True)
class Options:
    """What the file does not say. contract: code of a contract that all rows belong to; None: one contract per attribuant.

    funder: code of the partner that attributes, where the file does not tell. columns: official name by printed header.
    """

    contract: str | None = None
    funder: str | None = None
    share_scale: Scale | None = None
    amount_basis: Basis | None = None
    columns: dict[str, str] = field(default_factory=dict)


def import_subventions(
    path: Path,
    details: Publication,
    places: Places,
    options: Options,
    name: str | None = None,
    strict: bool = False,
    progress: object = None,
) -> Outcome:
    """Imports one file. ImportRefusedError: it cannot be read, is landed already, or leaves open what the options must say."""
    source = open_source(path)
    table = find_table(source, source.sheets[0])
    required = REQUIRED if options.funder else (*REQUIRED, "idAttribuant")
    headers = match_headers(path.name, table.columns, read_dictionary("scdl_headers", FIELDS), options.columns, required)
    if "pourcentageSubvention" not in headers.printed and options.amount_basis != "row":
        raise ImportRefusedError("share_column_missing", file=path.name)
    with importing(path, import_name(path, options.contract, name), details, places, strict, progress, source) as session:
        reader = Reader(headers, details.latest_day, not options.funder, options.amount_basis != "row")
        found = _survey(path.name, table, reader, options)
        importer = _Subventions(session, table.sheet, headers, reader, found, options)
        for chunk in session.chunks(table):
            importer.take(chunk)
        importer.close()
        return session.finish()


def _survey(file: str, table: Table, reader: Reader, options: Options) -> Survey:
    """Reads the whole file once, keeping numbers only."""
    parts: list[Rows] = []
    for chunk, _ in table.chunks():
        checked = reader.check(chunk)
        parts.append(
            Rows(
                chunk.lines,
                checked.accepted,
                checked.amount.cents,
                checked.share,
                checked.has_sign,
                checked.reference != "",
                hashes(checked.decision()),
                hashes(checked.identity()),
                hashes(chunk.frame[column] for column in chunk.frame.columns),
            )
        )
    if not parts:
        raise ImportRefusedError("no_rows", file=file)
    rows = Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__dataclass_fields__))
    return survey(file, rows, reader.has_share, options.share_scale, options.amount_basis)


class _Subventions:
    """The rows of one file on their way into landing, chunk by chunk."""

    def __init__(self, session: Session, sheet: str, headers: Headers, reader: Reader, found: Survey, options: Options) -> None:
        known = session.known
        if options.contract and options.contract not in known.contracts:
            candidates = known.close_to(options.contract, "contracts", "contract_code")
            raise ImportRefusedError("no_such_contract", code=options.contract, candidates=candidates)
        if options.funder and options.funder not in known.partners:
            candidates = known.close_to(options.funder, "partners", "partner_code")
            raise ImportRefusedError("no_such_funder", code=options.funder, candidates=candidates)
        self.session = session
        self.document_code = session.document_code(sheet)
        self.headers = headers
        self.reader = reader
        self.found = found
        self.options = options
        self.stage = headers.implied.get("stage", "committed")
        self.partners = Partners(known)
        self._funders: dict[str | None, tuple[str, str]] = {}
        self._spellings: dict[str, tuple[str, str]] = {}
        self._decisions: set[int] = set()
        self._rows_seen = 0
        self._cents = 0
        if headers.ignored:
            session.notice("columns_ignored", columns=", ".join(headers.ignored))
        session.notice("shares_read_as", scale=found.scale, basis=found.basis)
        if "stage" in headers.implied:
            session.notice("stage_from_header", stage=self.stage, column=headers.printed["montant"])

    def take(self, chunk: Chunk) -> None:
        """Rejects, doubts or writes each row of a chunk."""
        checked = self.reader.check(chunk)
        found, here = self.found, slice(self._rows_seen, self._rows_seen + len(chunk))
        self._rows_seen += len(chunk)
        findings, first_line = self.session.findings, found.first_line[here]
        for reason in checked.rejections:
            findings.reject(chunk, reason.where, reason.rule, reason.column, **reason.values)
        findings.reject(chunk, first_line > 0, "row_repeated", first=first_line)
        accepted = checked.accepted & (first_line == 0)
        outside = accepted & ~found.is_share[here]
        share_column = self.headers.printed.get("pourcentageSubvention", "")
        findings.reject(chunk, outside, "share_invalid", share_column, expected="0 – 1" if found.scale == "fraction" else "0 – 100")
        accepted &= ~outside
        doubts = Doubts(findings, chunk, accepted)
        for reason in checked.doubts:
            doubts.add(reason.where, reason.rule, reason.column, **reason.values)
        doubts.add(~found.fits[here], "shares_exceed_whole", share_column)
        doubts.add(found.is_below[here], "shares_below_whole", share_column)
        if accepted.any():
            self._write(checked, np.flatnonzero(accepted), doubts, here)
        self.session.taken(int(accepted.sum()))

    def close(self) -> None:
        """Writes the partners, and the total for the report."""
        if self.partners.new:
            self.session.writer.add("partners", list(self.partners.new.values()))
        self.session.totals["committed" if self.stage == "committed" else self.stage] = f"{Decimal(self._cents) / 100:.2f} €"

    def _write(self, checked: Checked, kept: np.ndarray, doubts: Doubts, here: slice) -> None:
        found = self.found
        beneficiary = self._beneficiaries(checked, kept, doubts)
        funder, contract = self._funders_of(checked, kept)
        reference = checked.reference[kept]
        notes = np.where(reference != "", "Decision " + reference + ". ", "") + doubts.notes[kept]
        identity = [np.asarray(column, dtype=object)[kept] for column in checked.identity()]
        decision = [np.asarray(column, dtype=object)[kept] for column in checked.decision()]
        rows = pd.DataFrame(
            {
                "line": checked.chunk.lines[kept],
                "code": contract + "_" + np.array(digests([*identity, found.ordinal[here][kept].astype(str)]), dtype=object),
                "decision_code": contract + "_d" + np.array(digests([*decision, checked.amount.cents[kept].astype(str)]), dtype=object),
                "contract": contract,
                "funder": funder,
                "beneficiary": beneficiary,
                "label": checked.label[kept],
                "reference": reference,
                "signed_on": checked.signed_on[kept],
                "start_year": checked.start_year[kept],
                "end_year": checked.end_year[kept],
                "inferred": np.where(checked.is_period_inferred[kept], "period_start_year period_end_year", None),
                "credit_nature": checked.credit_nature[kept],
                "cents": checked.amount.cents[kept],
                "part_cents": found.part_cents[here][kept],
                "printed": checked.amount.printed.to_numpy(dtype=object)[kept],
                "printed_unit": checked.amount.printed_unit[kept],
                "share_text": checked.share_text[kept],
                "is_percent": (found.whole[here][kept] != UNIT) & ~checked.has_sign[kept],
                "decision": found.decision[here][kept],
                "fits": found.fits[here][kept],
                "is_below": found.is_below[here][kept],
                "note": [note.strip() or None for note in notes],
            }
        )
        self._refuse_landed(rows)
        own = rows[rows["decision"] < 0]
        self._add_lines(own, own["code"], own["cents"], beneficiary=own["beneficiary"])
        self._add_mentions(own, "m__" + own["code"], own["code"], own["printed"], own["printed_unit"])
        self._cents += int(own["cents"].sum())
        self._write_decisions(rows[rows["decision"] >= 0])

    def _write_decisions(self, rows: pd.DataFrame) -> None:
        """Writes the total of each decision where its first row stands and restates it at the others; then the part of each row."""
        is_first = np.array([number not in self._decisions for number in rows["decision"]], dtype=bool)
        is_first &= ~rows["decision"].duplicated().to_numpy()
        self._decisions.update(rows["decision"])
        first, again = rows[is_first], rows[~is_first]
        labels = first["label"] + np.where(first["reference"] != "", " (" + first["reference"] + ")", "")
        operations = {
            "operation_code": first["decision_code"],
            "contract_code": first["contract"],
            "label_fr": labels,
            "status": np.full(len(first), "programmed", dtype=object),
            "document_code": self.document_code,
            "line_number": first["line"],
        }
        self.session.writer.add("operations", operations)
        breakdown = np.where(~first["fits"], None, np.where(first["is_below"], "partial", "exhaustive"))
        self._add_lines(first, first["decision_code"], first["cents"], operation=first["decision_code"], breakdown=breakdown)
        self._add_mentions(first, "m__" + first["decision_code"], first["decision_code"], first["printed"], first["printed_unit"])
        self._add_mentions(again, "r__" + again["code"], again["decision_code"], again["printed"], again["printed_unit"], role="restates")
        self._cents += int(first["cents"].sum())
        parts = rows[rows["fits"]]
        codes = parts["decision_code"]
        self._add_lines(parts, parts["code"], parts["part_cents"], parent=codes, operation=codes, beneficiary=parts["beneficiary"])
        printed = parts["printed"] + " × " + parts["share_text"]
        self._add_mentions(parts, "m__" + parts["code"], parts["code"], printed, np.where(parts["is_percent"], "%", None), basis="share")

    def _add_lines(self, rows: pd.DataFrame, codes: pd.Series, cents: pd.Series, **own: object) -> None:
        """Lines of rows. own: parent, operation, beneficiary and breakdown where the lines have them."""
        nothing = np.full(len(rows), None, dtype=object)
        parent = own.get("parent", nothing)
        self.session.writer.add(
            "financial_lines",
            {
                "line_code": codes,
                "label_fr": rows["label"],
                "line_use": "counted",
                "parent_line_code": parent,
                "parent_basis": nothing if parent is nothing else np.full(len(rows), "printed", dtype=object),
                "breakdown": own.get("breakdown", nothing),
                "contract_code": rows["contract"],
                "partner_code": rows["funder"],
                "beneficiary_partner_code": own.get("beneficiary", nothing),
                "operation_code": own.get("operation", nothing),
                "stage": self.stage,
                "instrument": "grant",
                "credit_nature": rows["credit_nature"],
                "amount_eur": euros(cents.to_numpy(), np.ones(len(rows), dtype=bool)),
                "qualifier": "exact",
                "amount_status": "printed",
                "period_start_year": rows["start_year"],
                "period_end_year": rows["end_year"],
                "period_basis": "total",
                "measure_basis": "flow",
                "effective_on": rows["signed_on"],
                "is_withdrawn": "false",
                "inferred_columns": rows["inferred"],
                "note": rows["note"],
            },
        )

    def _add_mentions(
        self,
        rows: pd.DataFrame,
        codes: pd.Series,
        subjects: pd.Series,
        printed: pd.Series,
        printed_unit: pd.Series | np.ndarray,
        role: str = "states",
        basis: str = "total",
    ) -> None:
        self.session.writer.add(
            "source_mentions",
            {
                "mention_code": codes,
                "document_code": self.document_code,
                "line_number": rows["line"],
                "printed_figure": printed,
                "printed_unit": printed_unit,
                "qualifier": "exact",
                "basis": basis,
                "multiplier": "1",
                "role": role,
                "subject_type": "financial_line",
                "subject_code": subjects,
            },
        )

    def _refuse_landed(self, rows: pd.DataFrame) -> None:
        """Stops when another import holds the same subventions: a euro would count twice."""
        if other := landed_elsewhere(self.session, "financial_lines", "line_code", rows["code"]):
            line = int(rows.loc[rows["code"] == other.code, "line"].iloc[0])
            raise ImportRefusedError("already_landed", count=other.count, other=other.name, line=line)

    def _beneficiaries(self, checked: Checked, kept: np.ndarray, doubts: Doubts) -> np.ndarray:
        """Partner of each kept row; doubts names that several partners bear, and spellings that differ beyond case and accents."""
        column = self.headers.printed["nomBeneficiaire"]
        names = checked.beneficiary[kept]
        codes, candidates = partner_codes(self.partners, names, checked.beneficiary_siren[kept], checked.rna[kept] != "")
        size = len(checked.accepted)
        unsure, other = np.full(size, "", dtype=object), np.full(size, "", dtype=object)
        unsure[kept] = np.where(np.equal(codes, None), candidates, "")
        doubts.add(unsure != "", "ambiguous_partner", column, candidates=unsure)
        other[kept] = other_spellings(codes, names, self._spellings)
        doubts.add(other != "", "beneficiary_spelled_differently", column, other=other)
        return codes

    def _funders_of(self, checked: Checked, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Codes of funder and contract of each kept row; a contract is written when its funder is met first."""
        sirens = checked.funder_siren[kept]
        for siren, row in zip(sirens, kept, strict=True):
            if siren not in self._funders:
                self._funders[siren] = self._funder(siren, checked.funder_name[row], int(checked.chunk.lines[row]))
        pairs = [self._funders[siren] for siren in sirens]
        return np.array([pair[0] for pair in pairs], dtype=object), np.array([pair[1] for pair in pairs], dtype=object)

    def _funder(self, siren: str | None, name: str, line: int) -> tuple[str, str]:
        name = name or f"SIREN {siren}"
        # with a SIREN a name cannot be ambiguous for long: the number makes the partner
        code = self.options.funder or self.partners.find(name, siren, type_of_partner(name, siren)).code
        if code is None:
            code = self.partners.find(f"SIREN {siren}", siren, type_of_partner(name, siren), name).code
        assert code is not None
        contract = self.options.contract or f"subventions_{code}"
        known = self.session.known
        if contract not in known.contracts:
            partner = known.partners.get(code) or self.partners.new[code]
            row = {
                "contract_code": contract,
                "label_fr": f"Subventions attribuées : {partner['label_fr']}",
                "contract_type_code": "aid_scheme",
                "document_code": self.document_code,
                "line_number": line,
            }
            self.session.writer.add("contracts", [row])
        return code, contract
