"""Imports tables of programming and execution: one row an operation and funder, its amounts by stage at a closing date or by committee.

Cumulative tables give one position of each line for each closing date; flows give one line for each committee. Total rows are compared
with their rows and not counted. One sheet a year, or dates in columns.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from contracts.add.imports.envelopes import money
from contracts.add.imports.mappings import Key, as_list, checked, column_of, read_mapping
from contracts.add.imports.messages import ImportRefusedError, say
from contracts.add.imports.money_tree import Sum
from contracts.add.imports.operations import (
    CONTRACT_KEYS,
    DOCUMENT_KEYS,
    INSTRUMENTS,
    LINE_COLUMNS,
    NATURES,
    Axes,
    Operations,
    add_contract,
    contract_code,
    line_rows,
    resolve_funds,
    resolve_partners,
)
from contracts.add.imports.outline import OPERATION, TOTAL, UNKNOWN_TOTAL, Outline, Outlined
from contracts.add.imports.partners import Partners
from contracts.add.imports.provenance import mention_rows, publication
from contracts.add.imports.reading import Chunk, Source, Table, find_table, open_source
from contracts.add.imports.session import Outcome, Places, Session, import_name, importing
from contracts.add.imports.template import OTHER_SHEETS, SHEET_OF_FACTS, facts_of
from contracts.add.imports.values import UNITS, Amounts, amounts, dates, euros, read_date, unit_of
from contracts.common.project import STAGES
from contracts.common.texts import plain_letters

STAGE_KEYS = {"stage": Key("text", required=True, choices=STAGES), "unit": Key("text", choices=tuple(UNITS))}

SCHEMA = {
    "contract": Key("text|map", required=True, keys=CONTRACT_KEYS),
    "document": Key("map", keys=DOCUMENT_KEYS),
    "sheets": Key("texts|map"),
    "header_lines": Key("numbers"),
    "unit": Key("text", choices=tuple(UNITS)),
    "thousands": Key("text", choices=(".", ",")),
    "measure": Key("text", required=True, choices=("cumulative", "flow")),
    "as_of_date": Key("text"),
    "funder": Key("text"),
    "instrument": Key("text", choices=INSTRUMENTS),
    "credit_nature": Key("text", choices=NATURES),
    "columns": Key(
        "map",
        required=True,
        keys={
            "volet": Key("texts|text"),
            "operation": Key("text", required=True),
            "operation_code": Key("text"),
            "owner": Key("text"),
            "funder": Key("text"),
            "fund": Key("text"),
            "stage": Key("text"),
            "amount": Key("text"),
            "committee_date": Key("text"),
            "as_of_date": Key("text"),
        },
    ),
    "stages": Key("map"),
    "stage_words": Key("map"),
    "level_labels": Key("texts"),
    "fill_down": Key("boolean"),
    "total_pattern": Key("pattern"),
    "grand_total_pattern": Key("pattern"),
    "partners": Key("map"),
    "default_partner_type": Key("text"),
}

STAGE_WORDS = {
    "contractualise": "contracted",
    "programme": "programmed",
    "programmation": "programmed",
    "retenu": "programmed",
    "engage": "committed",
    "engagement": "committed",
    "ae": "committed",
    "ap": "committed",
    "paye": "paid",
    "paiement": "paid",
    "mandate": "paid",
    "verse": "paid",
    "cp": "paid",
}
_LABELS = {"announced": "annoncé", "contracted": "contractualisé", "programmed": "programmé", "committed": "engagé", "paid": "payé"}


def import_programmation(
    path: Path,
    mapping: Path | None,
    places: Places,
    overrides: dict[str, str | None] | None = None,
    name: str | None = None,
    strict: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Outcome:
    """Imports a file as its mapping describes it, or a filled-in template without one. overrides: contract and details of the document.

    ImportRefusedError: file or mapping cannot be used; nothing was written.
    """
    source = open_source(path)
    if mapping:
        described = read_mapping(mapping, SCHEMA)
    elif SHEET_OF_FACTS in source.sheets:
        described = checked(facts_of(source), SCHEMA, f"{path.name}: {SHEET_OF_FACTS}")
    else:
        raise ImportRefusedError("mapping_needed")
    given = {key: value for key, value in (overrides or {}).items() if value}
    if "contract" in given:
        described["contract"] = given.pop("contract")
    details = {**described.get("document", {}), **given}
    code = contract_code(described["contract"])
    about = publication(
        details.get("title") or path.stem,
        details.get("publisher"),
        details.get("published_on"),
        details.get("status"),
        details.get("source_url"),
    )
    with importing(path, import_name(path, code, name), about, places, strict, progress, source) as session:
        return Programmation(session, described, code).run()


@dataclass(frozen=True)
class Sheet:
    """A table to read, with what the mapping says of its sheet: the closing date where no column gives it."""

    table: Table
    columns: dict[str, str]
    levels: list[str]
    stages: dict[str, tuple[str, str]]
    as_of_date: str | None


@dataclass(frozen=True)
class Share:
    """A column of amounts and the stage of each of its rows."""

    column: str
    stage: np.ndarray
    amounts: Amounts


@dataclass(frozen=True)
class Rows:
    """Rows of a chunk. where: those of operations that are taken. closing: closing date, None for a flow. committee: its date or None.
    block: number of the part of the sheet that one total of the whole table ends."""

    chunk: Chunk
    where: np.ndarray
    codes: pd.Series
    labels: pd.Series
    axes: np.ndarray
    funder: np.ndarray
    fund: np.ndarray
    closing: np.ndarray
    committee: np.ndarray
    scope: np.ndarray
    block: np.ndarray
    document: str


class Programmation:
    """One import of a programming table, sheet by sheet."""

    def __init__(self, session: Session, mapping: dict[str, Any], contract: str) -> None:
        self.session, self.mapping, self.contract = session, mapping, contract
        self.is_cumulative = mapping["measure"] == "cumulative"
        self.nature = mapping.get("credit_nature", "contractualised")
        self.until = session.publication.latest_day
        self.partners = Partners(session.known, mapping.get("partners", {}), mapping.get("default_partner_type"))
        self.axes = Axes(session, contract, mapping.get("level_labels", []))
        self.operations = Operations(session, contract)
        self.words = {**STAGE_WORDS, **{plain_letters(word): stage for word, stage in mapping.get("stage_words", {}).items()}}
        for word, stage in mapping.get("stage_words", {}).items():
            if stage not in STAGES:
                raise ImportRefusedError("mapping_wrong_value", key=f"stage_words: {word}", value=stage, expected=", ".join(STAGES))
        self.funder = self._constant_funder()
        self.sheets = [self._sheet(name) for name in self._sheet_names(session.source)]
        self.block = 0
        self.sums: dict[tuple[int, int, str, str], Sum] = defaultdict(Sum)
        self.incomplete: set[int] = set()
        self.totals: dict[tuple[str, str, str], int] = defaultdict(int)
        self.rows_read = {"operations": 0, "totals": 0}
        self._positions: dict[int, int] = {}
        self._flows: set[int] = set()
        self._labels: dict[str, str] = {}
        session.writer.declare("financial_lines", LINE_COLUMNS)

    # what the mapping says

    def _constant_funder(self) -> str | None:
        name = self.mapping.get("funder")
        if ("funder" in self.mapping["columns"]) == bool(name):
            raise ImportRefusedError("option_missing", option="funder", why="columns.funder | funder")
        if not name:
            return None
        match = self.partners.find(name)
        if match.code is None:
            expected = ", ".join(match.candidates) or "partners"
            raise ImportRefusedError("mapping_wrong_value", key="funder", value=name, expected=expected)
        return match.code

    def _sheet_names(self, source: Source) -> list[str]:
        wanted = self.mapping.get("sheets")
        if wanted is None:
            return [name for name in source.sheets if name not in OTHER_SHEETS]
        for name in wanted:
            if name not in source.sheets:
                raise ImportRefusedError("sheet_not_found", file=source.path.name, sheet=name, sheets=", ".join(source.sheets))
        return list(wanted)

    def _sheet(self, name: str) -> Sheet:
        lines = tuple(self.mapping["header_lines"]) if "header_lines" in self.mapping else None
        table = find_table(self.session.source, name, lines)
        columns = self.mapping["columns"]
        named = {key: column_of(table, value) for key, value in columns.items() if key != "volet"}
        if ("amount" in named) == bool(self.mapping.get("stages")) or ("amount" in named) != ("stage" in named):
            raise ImportRefusedError("option_missing", option="stages", why="stages | columns.stage + columns.amount")
        stages = {}
        for printed, value in self.mapping.get("stages", {}).items():
            column = column_of(table, printed)
            settings = checked({"stage": value} if isinstance(value, str) else value or {}, STAGE_KEYS, f"stages: {printed}")
            stages[column] = (settings["stage"], settings.get("unit") or self._unit(column))
        settings = self.mapping.get("sheets")
        own = (settings.get(name) or {}) if isinstance(settings, dict) else {}
        if not isinstance(own, dict) or set(own) - {"as_of_date"}:
            raise ImportRefusedError("mapping_wrong_value", key=f"sheets: {name}", value=str(own)[:80], expected="as_of_date")
        as_of = self._closing_date(own.get("as_of_date") or self.mapping.get("as_of_date"))
        if self.is_cumulative and not as_of and "as_of_date" not in named:
            raise ImportRefusedError("option_missing", option="as_of_date", why=f"{name} (columns.as_of_date | as_of_date | sheets)")
        if not self.is_cumulative and "committee_date" not in named:
            raise ImportRefusedError("option_missing", option="columns.committee_date", why="measure: flow")
        return Sheet(table, named, [column_of(table, level) for level in as_list(columns.get("volet"))], stages, as_of)

    def _closing_date(self, text: object) -> str | None:
        if not text:
            return None
        read, problem, _ = read_date(str(text))
        if problem or read is None or read > self.until:
            raise ImportRefusedError("mapping_wrong_value", key="as_of_date", value=str(text), expected=f"<= {self.until}")
        return read

    def _unit(self, column: str) -> str:
        return unit_of(column) or self.mapping.get("unit") or "€"

    # reading

    def run(self) -> Outcome:
        """Reads all sheets, writes everything."""
        session = self.session
        add_contract(session, self.mapping["contract"])
        for sheet in self.sheets:
            outline = Outline(
                sheet.levels,
                sheet.columns["operation"],
                fill_down=self.mapping.get("fill_down", False),
                total=self.mapping.get("total_pattern"),
                grand_total=self.mapping.get("grand_total_pattern"),
            )
            self.sums.clear()
            self.block = 0
            self.incomplete.clear()
            for chunk in session.chunks(sheet.table):
                self._read(chunk, sheet, outline)
        session.writer.add("partners", list(self.partners.new.values()))
        session.writer.add("axes", self.axes.new)
        self._report()
        return session.finish()

    def _read(self, chunk: Chunk, sheet: Sheet, outline: Outline) -> None:
        findings, frame = self.session.findings, chunk.frame
        outlined = outline.read(chunk)
        is_operation, is_total = outlined.kind == OPERATION, outlined.kind == TOTAL
        label = sheet.columns["operation"]
        findings.reject(chunk, outlined.kind == UNKNOWN_TOTAL, "unknown_total", label, value=outlined.total_texts)
        findings.reject(chunk, is_operation & (frame[label] == "").to_numpy(dtype=bool), "missing_value", label)
        document = self.session.document_code(chunk.sheet)
        axes = self._axes(chunk, outline, outlined.scope, document)
        labels = frame[label].str.replace(r"\s+", " ", regex=True)
        own = frame[sheet.columns["operation_code"]] if "operation_code" in sheet.columns else None
        funder, fund = self._funders(chunk, sheet, is_operation)
        closing = self._dates(chunk, sheet, "as_of_date", is_operation, self.is_cumulative and sheet.as_of_date is None)
        rows = Rows(
            chunk,
            is_operation,
            self.operations.codes(own, labels, pd.Series([axis or "" for axis in axes], dtype="str")),
            labels,
            axes,
            funder,
            fund,
            np.where(np.equal(closing, None), sheet.as_of_date, closing) if self.is_cumulative else np.full(len(chunk), None),
            self._dates(chunk, sheet, "committee_date", is_operation, not self.is_cumulative),
            outlined.scope,
            self._blocks(outlined),
            document,
        )
        shares = self._shares(chunk, sheet, is_operation, outlined.kind != UNKNOWN_TOTAL)
        owner = np.full(len(chunk), None)
        if "owner" in sheet.columns:
            owner = resolve_partners(self.session, chunk, is_operation, sheet.columns["owner"], self.partners)
        if self.is_cumulative:
            self._reject_repeated(rows, shares, label)
        accepted = findings.is_accepted(chunk)
        rows = replace(rows, where=is_operation & accepted)
        self.incomplete.update(np.unique(outlined.scope[is_operation & ~accepted]).tolist())
        columns = {"axis_code": axes, "label_fr": labels, "owner_partner_code": owner, "status": "programmed"}
        self.operations.add(chunk, rows.where, rows.codes, columns, document)
        has_money = np.zeros(len(chunk), dtype=bool)
        for share in shares:
            has_money |= self._take(rows, share)
        findings.doubt(chunk, rows.where & ~has_money, "operation_without_money", label)
        for position in np.flatnonzero(is_total & accepted):
            self._compare_total(rows, int(position), outline, shares)
        self.rows_read["operations"] += int(rows.where.sum())
        self.rows_read["totals"] += int((is_total & accepted).sum())
        self.session.taken(int(accepted.sum()))

    def _blocks(self, outlined: Outlined) -> np.ndarray:
        """Number of the block of each row: a total of the whole table ends one."""
        ends = ((outlined.kind == TOTAL) & (outlined.scope == 0)).astype(np.int64)
        blocks = self.block + np.cumsum(ends) - ends
        self.block += int(ends.sum())
        return blocks

    def _axes(self, chunk: Chunk, outline: Outline, scope: np.ndarray, document: str) -> np.ndarray:
        """Axis code of each row."""
        scopes, firsts, places = np.unique(scope, return_index=True, return_inverse=True)
        lines = chunk.lines[firsts].tolist() if len(chunk) else []
        codes = [self.axes.code(outline.paths[number], line, document) for number, line in zip(scopes.tolist(), lines, strict=True)]
        return np.array(codes or [None], dtype=object)[places]

    def _funders(self, chunk: Chunk, sheet: Sheet, is_operation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Partner and fund code of each row."""
        none = np.full(len(chunk), None, dtype=object)
        fund = resolve_funds(self.session, chunk, sheet.columns["fund"]) if "fund" in sheet.columns else none
        if self.funder:
            return np.full(len(chunk), self.funder, dtype=object), fund
        column = sheet.columns["funder"]
        named = (chunk.frame[column] != "").to_numpy(dtype=bool)
        self.session.findings.reject(chunk, is_operation & ~named, "missing_value", column)
        return resolve_partners(self.session, chunk, named, column, self.partners), fund

    def _dates(self, chunk: Chunk, sheet: Sheet, key: str, where: np.ndarray, is_required: bool) -> np.ndarray:
        """ISO dates of a column, None where empty; wrong ones, and those after the publication, reject their row."""
        if key not in sheet.columns:
            return np.full(len(chunk), None, dtype=object)
        column, findings = sheet.columns[key], self.session.findings
        read = dates(chunk.frame[column])
        findings.reject(chunk, where & np.not_equal(read.problem, None), read.problem, column)
        findings.doubt(chunk, where & np.not_equal(read.doubt, None), read.doubt, column, read=read.value)
        late = np.array([value is not None and value > self.until for value in read.value], dtype=bool)
        findings.reject(chunk, where & late, "after_publication", column, published=self.until)
        if is_required:
            empty = np.equal(read.value, None) & np.equal(read.problem, None)
            findings.reject(chunk, where & empty, "missing_value", column)
        return read.value

    def _shares(self, chunk: Chunk, sheet: Sheet, is_operation: np.ndarray, is_read: np.ndarray) -> list[Share]:
        """Amounts by stage; what is no amount, or of an unknown stage, rejects its row."""
        findings, thousands = self.session.findings, self.mapping.get("thousands")
        if "amount" in sheet.columns:
            column, words = sheet.columns["amount"], chunk.frame[sheet.columns["stage"]]
            stages = words.map(lambda word: self.words.get(plain_letters(word)) or (word if word in STAGES else None)).to_numpy(
                dtype=object
            )
            stages = np.where(pd.isna(stages), None, stages)
            unknown = is_operation & np.equal(stages, None)
            findings.reject(chunk, unknown, "not_in_list", sheet.columns["stage"], allowed=", ".join(sorted(self.words)))
            units = {column: self._unit(column)}
            shares = [Share(column, stages, amounts(chunk.frame[column], units[column], thousands))]
        else:
            units = {column: unit for column, (_, unit) in sheet.stages.items()}
            shares = [
                Share(column, np.full(len(chunk), stage, dtype=object), amounts(chunk.frame[column], units[column], thousands))
                for column, (stage, _) in sheet.stages.items()
            ]
        for share in shares:
            read = share.amounts
            findings.reject(
                chunk, is_read & np.not_equal(read.problem, None), read.problem, share.column, unit=units[share.column], limit="10¹²"
            )
            findings.doubt(chunk, is_read & np.not_equal(read.doubt, None), read.doubt, share.column)
        return shares

    def _reject_repeated(self, rows: Rows, shares: list[Share], column: str) -> None:
        """Rejects a second position of one operation, funder, stage and closing date."""
        again, first = np.zeros(len(rows.chunk), dtype=bool), np.zeros(len(rows.chunk), dtype=np.int64)
        still = rows.where & self.session.findings.is_accepted(rows.chunk)
        stage = shares[0].stage if len(shares) == 1 else np.full(len(rows.chunk), None)
        lines = rows.chunk.lines.tolist()
        keys = zip(rows.codes.to_list(), rows.funder, rows.fund, rows.closing, stage, strict=True)
        for row, (is_taken, key) in enumerate(zip(still.tolist(), keys, strict=True)):
            if is_taken:
                # 64 bits of a hash, so that a million of rows stay small
                short = hash(key)
                again[row] = short in self._positions
                first[row] = self._positions.setdefault(short, lines[row])
        self.session.findings.reject(rows.chunk, again, "duplicate_position", column, first=first)

    def _take(self, rows: Rows, share: Share) -> np.ndarray:
        """Writes the lines of one column of amounts. Returns which rows had some."""
        read = share.amounts
        is_stated = read.has_amount & ((read.cents > 0) | self.is_cumulative)
        is_line = rows.where & (is_stated | np.equal(read.doubt, "amount_not_stated"))
        taken = np.flatnonzero(is_line)
        if not len(taken):
            return is_line
        stated, sheet_stage = is_stated[taken], share.stage[taken]
        self._add_sums(rows, share, taken[stated])
        keys = self._keys(rows, taken, sheet_stage)
        tails = rows.codes.str.removeprefix(f"{self.contract}__").to_numpy(dtype=object)[taken]
        codes = pd.Series(f"{self.session.name}__" + tails + "__" + keys, dtype="str")
        if not self.is_cumulative:
            codes = self._told_apart(codes, rows.chunk.lines[taken])
        stage_labels = pd.Series(sheet_stage).map(_LABELS).to_numpy(dtype=object)
        funders = pd.Series(rows.funder[taken]).map(self._label).to_numpy(dtype=object)
        lines = rows.chunk.lines[taken]
        printed = np.where(stated, "printed", "not_printed")
        self.session.writer.add(
            "financial_lines",
            line_rows(
                self.contract,
                sheet_stage,
                line_code=codes,
                label_fr=pd.Series(rows.labels.to_numpy(dtype=object)[taken] + ", " + funders + ", " + stage_labels, dtype="str"),
                axis_code=rows.axes[taken],
                partner_code=rows.funder[taken],
                fund_code=rows.fund[taken],
                operation_code=rows.codes.iloc[taken],
                instrument=self.mapping.get("instrument", "grant"),
                credit_nature=self.nature,
                amount_eur=euros(read.cents[taken], stated),
                amount_status=printed,
                measure_basis="cumulative" if self.is_cumulative else "flow",
                as_of_date=rows.closing[taken],
                effective_on=rows.committee[taken] if not self.is_cumulative else None,
                document_code=np.where(stated, None, rows.document),
                line_number=[None if is_cited else line for is_cited, line in zip(stated, lines, strict=True)],
                note=self._notes(rows, share, taken),
            ),
        )
        cited = codes[stated]
        of_position = "__" + pd.Series(rows.closing[taken][stated], dtype="str") if self.is_cumulative else ""
        mentions = mention_rows(
            rows.document,
            lines[stated],
            cited,
            read.printed.iloc[taken[stated]],
            read.printed_unit[taken[stated]],
            "m__" + cited.reset_index(drop=True) + of_position,
            rows.closing[taken][stated],
        )
        self.session.writer.add("source_mentions", mentions)
        return is_line

    def _keys(self, rows: Rows, taken: np.ndarray, stage: np.ndarray) -> np.ndarray:
        """The part of line codes that tells funder, fund, stage and committee."""
        parts = [rows.funder[taken], rows.fund[taken], stage]
        if not self.is_cumulative:
            parts.append(np.array([date.replace("-", "") for date in rows.committee[taken]], dtype=object))
        return np.array(["__".join(part for part in row if part) for row in zip(*parts, strict=True)], dtype=object)

    def _told_apart(self, codes: pd.Series, lines: np.ndarray) -> pd.Series:
        """Flows of one operation, funder, stage and committee get the line that prints them into their code, but the first."""
        told = codes.to_list()
        for place, code in enumerate(told):
            if hash(code) in self._flows:
                told[place] = f"{code}__l{lines[place]}"
            self._flows.add(hash(code))
        return pd.Series(told, dtype="str")

    def _label(self, partner: str) -> str:
        if partner not in self._labels:
            row = self.partners.row(partner)
            self._labels[partner] = row["short_label"] or row["label_fr"] or partner
        return self._labels[partner]

    def _notes(self, rows: Rows, share: Share, taken: np.ndarray) -> list[str | None]:
        """What an analyst should know of a line: its doubt, and the committee of a cumulative position."""
        cells = rows.chunk.frame[share.column]
        notes: list[str | None] = []
        for row in taken.tolist():
            doubt = share.amounts.doubt[row]
            parts = [say(doubt, "en", value=cells.iat[row])] if doubt else []
            if self.is_cumulative and rows.committee[row]:
                parts.append(f"Committee of {rows.committee[row]}.")
            notes.append(" ".join(parts) or None)
        return notes

    # totals

    def _add_sums(self, rows: Rows, share: Share, stated: np.ndarray) -> None:
        """Adds amounts to the sums that total rows are compared with."""
        read = share.amounts
        frame = pd.DataFrame(
            {
                "block": rows.block[stated],
                "scope": rows.scope[stated],
                "stage": share.stage[stated],
                "funder": rows.funder[stated],
                "cents": read.cents[stated],
                "low": read.low_cents[stated],
                "high": read.high_cents[stated],
            }
        )
        # positions of different dates are never added up
        frame["closing"] = pd.Series(rows.closing[stated]).fillna("")
        for (stage, funder, closing), cents in frame.groupby(["stage", "funder", "closing"])["cents"].sum().items():  # type: ignore[misc]
            self.totals[stage, funder, closing] += int(cents)
        for key, row in frame.groupby(["block", "scope", "stage", "funder"]).sum().iterrows():
            total = self.sums[key]  # type: ignore[index]
            total.cents, total.low, total.high = total.cents + int(row["cents"]), total.low + int(row["low"]), total.high + int(row["high"])

    def _compare_total(self, rows: Rows, position: int, outline: Outline, shares: list[Share]) -> None:
        """Compares a total row with the rows above it: all of its volet, or of its funder where it names one."""
        path = outline.paths[int(rows.scope[position])]
        inside = {number for number, other in enumerate(outline.paths) if other[: len(path)] == path}
        if inside & self.incomplete:
            return
        for share in shares:
            read, stage, funder = share.amounts, share.stage[position], rows.funder[position] if not self.funder else None
            if not read.has_amount[position]:
                continue
            found = Sum()
            for (block, scope, other_stage, other_funder), part in self.sums.items():
                if block == rows.block[position] and scope in inside and stage in (None, other_stage) and funder in (None, other_funder):
                    found = Sum(found.cents + part.cents, found.low + part.low, found.high + part.high)
            if read.low_cents[position] <= found.high and read.high_cents[position] >= found.low:
                continue
            where = np.zeros(len(rows.chunk), dtype=bool)
            where[position] = True
            values = {"declared": money(int(read.cents[position])), "found": money(found.cents)}
            self.session.findings.doubt(rows.chunk, where, "total_row_differs", share.column, **values)
            line = int(rows.chunk.lines[position])
            self.session.writer.add(
                "document_contradictions",
                [
                    {
                        "contradiction_code": f"{rows.document}__l{line}__{stage or 'total'}",
                        "contradiction_type": "figure",
                        "contract_code": self.contract,
                        "subject_en": f"Total of {' / '.join(path) or 'the table'}, {stage or 'all stages'}",
                        "first_document_code": rows.document,
                        "first_line_number": line,
                        "first_print": read.printed.iat[position],
                        "second_document_code": rows.document,
                        "second_line_number": line,
                        "second_print": f"{values['found']} €",
                        "settlement": "The rows are counted, the total row is not.",
                    }
                ],
            )

    def _report(self) -> None:
        """Totals and notices of the report."""
        session = self.session
        session.totals |= {name: str(count) for name, count in self.rows_read.items() if count}
        for (stage, funder, closing), cents in sorted(self.totals.items()):
            session.totals[", ".join(filter(None, (_LABELS[stage], funder, closing)))] = f"{money(cents)} €"
        if self.partners.new:
            session.notice("new_partners", codes=", ".join(self.partners.new))
        if self.axes.new:
            session.notice("new_axes", labels=", ".join(str(row["label_fr"]) for row in self.axes.new))
