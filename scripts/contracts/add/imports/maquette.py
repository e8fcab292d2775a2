"""Imports a maquette financière: one row an operation with a column a funder, or one row an operation and funder.

Rows become operations, their costs and one counted line a funder; printed totals become envelopes above them (money_tree).
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contracts.add.imports.envelopes import Envelopes, Funder, money
from contracts.add.imports.mappings import Key, as_list, checked, column_of, read_mapping
from contracts.add.imports.messages import ImportRefusedError, say
from contracts.add.imports.money_tree import ALL_FUNDERS, MoneyTree
from contracts.add.imports.operations import (
    CONTRACT_KEYS,
    DOCUMENT_KEYS,
    INSTRUMENTS,
    LINE_COLUMNS,
    NATURES,
    Axes,
    Costs,
    OperationRows,
    Operations,
    Territories,
    add_contract,
    contract_code,
    line_rows,
    resolve_funds,
    resolve_partners,
)
from contracts.add.imports.outline import HEADING, OPERATION, TOTAL, UNKNOWN_TOTAL, Outline, Outlined
from contracts.add.imports.partners import Partners
from contracts.add.imports.provenance import mention_rows, publication
from contracts.add.imports.reading import Chunk, Table, find_table, open_source
from contracts.add.imports.session import Outcome, Places, Session, Spool, import_name, importing
from contracts.add.imports.values import UNITS, Amounts, amounts, euros, slug, unit_of, years
from contracts.common.project import STAGES

FUNDER_KEYS = {
    "partner": Key("text", required=True),
    "fund": Key("text"),
    "unit": Key("text", choices=tuple(UNITS)),
    "instrument": Key("text", choices=INSTRUMENTS),
    "credit_nature": Key("text", choices=NATURES),
    "parent_line_code": Key("text"),
}

SCHEMA = {
    "contract": Key("text|map", required=True, keys=CONTRACT_KEYS),
    "document": Key("map", keys=DOCUMENT_KEYS),
    "sheet": Key("text"),
    "header_lines": Key("numbers"),
    "unit": Key("text", choices=tuple(UNITS)),
    "thousands": Key("text", choices=(".", ",")),
    "stage": Key("text", choices=STAGES),
    "instrument": Key("text", choices=INSTRUMENTS),
    "credit_nature": Key("text", choices=NATURES),
    "parent_line_code": Key("text"),
    "parent_basis": Key("text", choices=("printed", "inferred", "assumed")),
    "accept_over_allocation": Key("text"),
    "columns": Key(
        "map",
        required=True,
        keys={
            "volet": Key("texts|text"),
            "operation": Key("text", required=True),
            "operation_code": Key("text"),
            "owner": Key("text"),
            "territory": Key("text"),
            "cost": Key("text"),
            "total": Key("text"),
            "start_year": Key("text"),
            "end_year": Key("text"),
            "funder": Key("text"),
            "amount": Key("text"),
            "fund": Key("text"),
        },
    ),
    "funders": Key("map"),
    "level_labels": Key("texts"),
    "headings": Key("patterns"),
    "fill_down": Key("boolean"),
    "total_pattern": Key("pattern"),
    "grand_total_pattern": Key("pattern"),
    "partners": Key("map"),
    "default_partner_type": Key("text"),
}


@dataclass(frozen=True)
class Share:
    """A column of amounts of funders: the number of the funder in each row. where: rows whose amount counts."""

    column: str
    funder: np.ndarray
    amounts: Amounts
    where: np.ndarray | bool = True


def import_maquette(
    path: Path,
    mapping: Path,
    places: Places,
    overrides: dict[str, str | None] | None = None,
    name: str | None = None,
    strict: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Outcome:
    """Imports one table as its mapping describes it. overrides: contract and details of the document that go before the mapping's.

    ImportRefusedError: file or mapping cannot be used; nothing was written.
    """
    described = read_mapping(mapping, SCHEMA)
    given = {key: value for key, value in (overrides or {}).items() if value}
    if "contract" in given:
        described["contract"] = given.pop("contract")
    details = {**described.get("document", {}), **given}
    source = open_source(path)
    code = contract_code(described["contract"])
    about = publication(
        details.get("title") or path.stem,
        details.get("publisher"),
        details.get("published_on"),
        details.get("status"),
        details.get("source_url"),
    )
    sheet = described.get("sheet") or source.sheets[0]
    table = find_table(source, sheet, tuple(described["header_lines"]) if "header_lines" in described else None)
    with importing(path, import_name(path, code, name), about, places, strict, progress, source) as session:
        return Maquette(session, table, described, code).run()


class Maquette:
    """One import of a maquette. The rows' lines wait in a file until all totals are read, then get the total that they stand under."""

    def __init__(self, session: Session, table: Table, mapping: dict[str, Any], contract: str) -> None:
        self.session, self.table, self.mapping, self.contract = session, table, mapping, contract
        columns = mapping["columns"]
        self.columns = {key: column_of(table, value) for key, value in columns.items() if key != "volet"}
        self.document = session.document_code(table.sheet)
        self.nature = mapping.get("credit_nature", "contractualised")
        self.is_long = "funder" in columns or "amount" in columns
        if self.is_long == bool(mapping.get("funders")) or ("funder" in columns) != ("amount" in columns):
            raise ImportRefusedError("mapping_two_forms")
        self.partners = Partners(session.known, mapping.get("partners", {}), mapping.get("default_partner_type"))
        self.funders: list[Funder] = []
        self.amount_columns = {} if self.is_long else self._funder_columns(mapping["funders"])
        self.outline = Outline(
            [column_of(table, name) for name in as_list(columns.get("volet"))],
            self.columns["operation"],
            mapping.get("headings", []),
            mapping.get("fill_down", False),
            mapping.get("total_pattern"),
            mapping.get("grand_total_pattern"),
        )
        self.axes = Axes(session, contract, mapping.get("level_labels", []))
        self.operations = Operations(session, contract)
        self.costs = Costs(session, contract, mapping.get("stage", "contracted"), self.document)
        self.territories = Territories(session)
        self.envelopes = Envelopes(
            session,
            contract,
            mapping.get("stage", "contracted"),
            self.nature,
            self.document,
            MoneyTree(self.outline.paths, by_funder=any(funder.parent_line for funder in self.funders)),
            self.funders,
            parent_line=mapping.get("parent_line_code"),
            parent_basis=mapping.get("parent_basis", "inferred"),
            accept=mapping.get("accept_over_allocation"),
        )
        self.rows_read = {"operations": 0, "totals": 0, "headings": 0}
        self._long_funders: dict[tuple[str, str], int] = {}
        self._pairs: set[int] = set()
        session.writer.declare("financial_lines", LINE_COLUMNS)

    # the mapping's funders

    def _funder_columns(self, described: dict[str, Any]) -> dict[str, tuple[int, str]]:
        """Column of each funder with its number and unit."""
        found = {}
        for printed, value in described.items():
            column = column_of(self.table, printed)
            settings = checked({"partner": value} if isinstance(value, str) else value or {}, FUNDER_KEYS, f"funders: {printed}")
            match = self.partners.find(settings["partner"], label=printed)
            if match.code is None:
                expected = ", ".join(match.candidates) or "partners"
                raise ImportRefusedError("mapping_wrong_value", key=f"funders: {printed}", value=settings["partner"], expected=expected)
            fund = settings.get("fund")
            if fund and fund not in self.session.known.by_code("funds", "fund_code"):
                close = self.session.known.close_to(fund, "funds", "fund_code")
                raise ImportRefusedError("mapping_wrong_value", key=f"funders: {printed}: fund", value=fund, expected=close)
            found[column] = (self._add_funder(match.code, fund, settings, printed), self._unit(column, settings.get("unit")))
        return found

    def _unit(self, column: str, own: str | None = None) -> str:
        """Unit of a column: its own in the mapping, else printed in its header, else the mapping's for all, else euros."""
        return own or unit_of(column) or self.mapping.get("unit") or "€"

    def _add_funder(self, partner: str, fund: str | None, settings: dict[str, Any], label: str) -> int:
        key = base = slug("__".join(part for part in (partner, fund) if part), 80)
        number = 1
        while any(funder.key == key for funder in self.funders):
            number += 1
            key = f"{base}_{number}"
        self.funders.append(
            Funder(
                key,
                label,
                partner,
                fund,
                settings.get("instrument") or self.mapping.get("instrument", "grant"),
                settings.get("credit_nature") or self.nature,
                settings.get("parent_line_code"),
            )
        )
        return len(self.funders) - 1

    # reading

    def run(self) -> Outcome:
        """Reads the table, writes everything."""
        session = self.session
        add_contract(session, self.mapping["contract"])
        self.envelopes.check_parents()
        with tempfile.TemporaryFile() as file:
            spool = Spool(file)
            for chunk in session.chunks(self.table):
                self._read(chunk, spool)
            self.envelopes.check_allocation()
            for batch in spool.batches():
                self._write_lines(batch)
        self.envelopes.write()
        session.writer.add("partners", list(self.partners.new.values()))
        session.writer.add("axes", self.axes.new)
        self._report()
        return session.finish()

    def _read(self, chunk: Chunk, spool: Spool) -> None:
        findings, frame = self.session.findings, chunk.frame
        outlined = self.outline.read(chunk)
        is_operation, is_total = outlined.kind == OPERATION, outlined.kind == TOTAL
        label = self.columns["operation"]
        findings.reject(chunk, outlined.kind == UNKNOWN_TOTAL, "unknown_total", label, value=outlined.total_texts)
        findings.reject(chunk, is_operation & (frame[label] == "").to_numpy(dtype=bool), "missing_value", label)
        read = self._amounts(chunk)
        is_read = outlined.kind != UNKNOWN_TOTAL
        for column, values in read.items():
            problem = np.not_equal(values.problem, None)
            findings.reject(chunk, is_read & problem, values.problem, column, unit=self._unit_of_column(column), limit="10¹²")
            findings.doubt(chunk, is_read & np.not_equal(values.doubt, None), values.doubt, column)
        shares = self._shares(chunk, is_operation, read)
        operation = self._operation_columns(chunk, is_operation)
        accepted = findings.is_accepted(chunk)
        self.envelopes.tree.incomplete.update(np.unique(outlined.scope[is_operation & ~accepted]).tolist())
        where = is_operation & accepted
        if where.any():
            self._take_operations(chunk, where, outlined, shares, read, operation, spool)
        for position in np.flatnonzero((is_total | (outlined.kind == HEADING)) & accepted):
            self._take_total(chunk, int(position), int(outlined.scope[position]), shares, read)
        for name, kind in (("operations", OPERATION), ("totals", TOTAL), ("headings", HEADING)):
            self.rows_read[name] += int((accepted & (outlined.kind == kind)).sum())
        self.session.taken(int(accepted.sum()))

    def _unit_of_column(self, column: str) -> str:
        return self.amount_columns[column][1] if column in self.amount_columns else self._unit(column)

    def _amounts(self, chunk: Chunk) -> dict[str, Amounts]:
        """Amounts of every column that holds some."""
        columns = [*self.amount_columns, *(self.columns[key] for key in ("amount", "total", "cost") if key in self.columns)]
        return {column: amounts(chunk.frame[column], self._unit_of_column(column), self.mapping.get("thousands")) for column in columns}

    def _shares(self, chunk: Chunk, is_operation: np.ndarray, read: dict[str, Amounts]) -> list[Share]:
        """The columns of funders' amounts, with the number of the funder in each row (ALL_FUNDERS where none is named)."""
        if not self.is_long:
            return [Share(column, np.full(len(chunk), number), read[column]) for column, (number, _) in self.amount_columns.items()]
        column, amount = self.columns["funder"], self.columns["amount"]
        named = (chunk.frame[column] != "").to_numpy(dtype=bool)
        self.session.findings.reject(chunk, is_operation & ~named, "missing_value", column)
        partners = resolve_partners(self.session, chunk, named, column, self.partners)
        funds = resolve_funds(self.session, chunk, self.columns["fund"]) if "fund" in self.columns else np.full(len(chunk), None)
        pairs = pd.MultiIndex.from_arrays([pd.Series(part, dtype=object).fillna("") for part in (partners, funds)])
        codes, distinct = pd.factorize(pairs)
        numbers = [self._long_funder(partner, fund) if partner else ALL_FUNDERS for partner, fund in distinct]
        return [Share(amount, np.array(numbers or [ALL_FUNDERS])[codes], read[amount])]

    def _long_funder(self, partner: str, fund: str) -> int:
        if (partner, fund) not in self._long_funders:
            row = self.partners.row(partner)
            self._long_funders[partner, fund] = self._add_funder(
                partner, fund or None, {}, row["short_label"] or row["label_fr"] or partner
            )
        return self._long_funders[partner, fund]

    def _operation_columns(self, chunk: Chunk, where: np.ndarray) -> dict[str, np.ndarray]:
        """Owner, territory and years of each row; unknown owners and wrong years reject it."""
        findings, found = self.session.findings, {}
        if "owner" in self.columns:
            found["owner_partner_code"] = resolve_partners(self.session, chunk, where, self.columns["owner"], self.partners)
        if "territory" in self.columns:
            column = self.columns["territory"]
            found["territory_code"] = chunk.frame[column].map(self.territories.code).to_numpy(dtype=object)
            missing = pd.isna(found["territory_code"]) & (chunk.frame[column] != "").to_numpy(dtype=bool)
            findings.doubt(chunk, where & missing, "unknown_territory", column)
            found["territory_code"] = np.where(pd.isna(found["territory_code"]), None, found["territory_code"])
        for key in ("start_year", "end_year"):
            if key in self.columns:
                column = self.columns[key]
                read = years(chunk.frame[column])
                findings.reject(chunk, where & np.not_equal(read.problem, None), read.problem, column)
                found[key] = read.value
        if "start_year" in found and "end_year" in found:
            start, end = (pd.to_numeric(pd.Series(found[key]), errors="coerce") for key in ("start_year", "end_year"))
            findings.reject(
                chunk,
                where & (end < start).to_numpy(dtype=bool),
                "end_before_start",
                self.columns["end_year"],
                start=found["start_year"],
                end=found["end_year"],
            )
        return found

    def _take_operations(
        self, chunk: Chunk, where: np.ndarray, outlined: Outlined, shares: list[Share], read: dict[str, Amounts], own: dict, spool: Spool
    ) -> None:
        """Takes the rows of operations: their operation, cost and lines."""
        labels = chunk.frame[self.columns["operation"]].str.replace(r"\s+", " ", regex=True)
        axes = self._axes(chunk, outlined.scope)
        numbers = chunk.frame[self.columns["operation_code"]] if "operation_code" in self.columns else None
        places = pd.Series([axis or "" for axis in axes], dtype="str")
        codes = self.operations.codes(numbers, labels, places)
        notes = np.full(len(chunk), None, dtype=object)
        shares = self._checked_shares(chunk, where, shares, read, codes, notes)
        empty = np.full(len(chunk), None, dtype=object)
        columns = {
            "axis_code": axes,
            "label_fr": labels,
            "owner_partner_code": own.get("owner_partner_code", empty),
            "territory_code": own.get("territory_code", empty),
            "status": "identified",
            "planned_start_year": own.get("start_year", empty),
            "planned_end_year": own.get("end_year", empty),
            "note": notes,
        }
        number, first = self.operations.add(chunk, where, codes, columns, self.document)
        if not self.is_long:
            self.session.findings.doubt(chunk, where & (first > 0), "same_operation_again", self.columns["operation"], first=first)
        period = own.get("start_year", empty), own.get("end_year", empty)
        rows = OperationRows(chunk, where, codes, labels, axes, number, first, outlined.scope, *period)
        if "cost" in self.columns:
            self.costs.take(rows, self.columns["cost"], read[self.columns["cost"]])
        for share in shares:
            self._take_share(rows, share, spool)

    def _axes(self, chunk: Chunk, scope: np.ndarray) -> np.ndarray:
        """Axis code of each row."""
        scopes, firsts, places = np.unique(scope, return_index=True, return_inverse=True)
        for number, first in zip(scopes.tolist(), firsts, strict=True):
            self.envelopes.axis_codes[number] = self.axes.code(self.outline.paths[number], int(chunk.lines[first]), self.document)
        return np.array([self.envelopes.axis_codes[number] for number in scopes.tolist()], dtype=object)[places]

    def _checked_shares(
        self, chunk: Chunk, where: np.ndarray, shares: list[Share], read: dict[str, Amounts], codes: pd.Series, notes: np.ndarray
    ) -> list[Share]:
        """Compares the amounts of a row with its own total and cost; a total without amounts beside it counts as one of all funders."""
        has_money = np.logical_or.reduce([np.not_equal(share.amounts.doubt, None) | (share.amounts.cents > 0) for share in shares])
        found, low, high = (
            np.sum([getattr(share.amounts, part) for share in shares], axis=0) for part in ("cents", "low_cents", "high_cents")
        )
        if "total" in self.columns:
            column, total = self.columns["total"], read[self.columns["total"]]
            alone = where & ~has_money & (total.cents > 0)
            differs = where & has_money & total.has_amount & ((total.high_cents < low) | (total.low_cents > high))
            self._doubt(chunk, differs, "row_total_differs", column, notes, declared=_texts(total.cents), found=_texts(found))
            self._contradict(chunk, differs, total, found, codes)
            shares = [*shares, Share(column, np.full(len(chunk), ALL_FUNDERS), total, alone)]
            has_money = has_money | alone
        if "cost" in self.columns:
            cost = read[self.columns["cost"]]
            beyond = where & (cost.cents > 0) & (low > cost.high_cents)
            self._doubt(chunk, beyond, "parts_beyond_cost", self.columns["cost"], notes, declared=_texts(cost.cents), found=_texts(found))
        self._doubt(chunk, where & ~has_money, "operation_without_money", self.columns["operation"], notes)
        return shares

    def _doubt(self, chunk: Chunk, where: np.ndarray, rule: str, column: str, notes: np.ndarray, **values: object) -> None:
        """Doubts rows, and says so in the note of their operation."""
        self.session.findings.doubt(chunk, where, rule, column, **values)
        for position in np.flatnonzero(where):
            own = {name: value[position] if isinstance(value, list | np.ndarray) else value for name, value in values.items()}
            notes[position] = " ".join(filter(None, [notes[position], say(rule, "en", **own)]))

    def _contradict(self, chunk: Chunk, where: np.ndarray, total: Amounts, found: np.ndarray, codes: pd.Series) -> None:
        """Records rows whose own total is not the sum of their funders."""
        rows = np.flatnonzero(where)
        self.session.writer.add(
            "document_contradictions",
            [
                {
                    "contradiction_code": f"{self.session.name}__l{chunk.lines[row]}",
                    "contradiction_type": "figure",
                    "contract_code": self.contract,
                    "subject_en": f"Total of the funders of operation {codes.iat[row]}",
                    "first_document_code": self.document,
                    "first_line_number": int(chunk.lines[row]),
                    "first_print": total.printed.iat[row],
                    "second_document_code": self.document,
                    "second_line_number": int(chunk.lines[row]),
                    "second_print": f"{money(int(found[row]))} €",
                    "settlement": "The funders' amounts are counted, the total of the row is not.",
                }
                for row in rows
            ],
        )

    def _take_share(self, rows: OperationRows, share: Share, spool: Spool) -> None:
        """One line for each amount of a column; the lines wait in the spool for their total."""
        read = share.amounts
        is_stated = (read.cents > 0) & share.where
        is_line = rows.where & (is_stated | (np.equal(read.doubt, "amount_not_stated") & (share.funder != ALL_FUNDERS)))
        taken = np.flatnonzero(is_line)
        if not len(taken):
            return
        stated = taken[is_stated[taken]]
        tree = self.envelopes.tree
        tree.add_rows(rows.scope[stated], share.funder[stated], read.cents[stated], read.low_cents[stated], read.high_cents[stated])
        number = share.funder[taken]
        again = self._repeats(rows, taken, number) if self.is_long else rows.first[taken] > 0
        every = [*self.funders, Funder("total", "tous financeurs", "", None, "unknown", self.nature)]

        def of_funder(attribute: str) -> np.ndarray:
            return np.array([getattr(funder, attribute) for funder in every], dtype=object)[number]

        tails = rows.codes.str.removeprefix(f"{self.contract}__").to_numpy(dtype=object)[taken]
        suffix = np.where(again, [f"__l{line}" for line in rows.chunk.lines[taken]], "").astype(object)
        cells = rows.chunk.frame[share.column]
        spool.add(
            line_code=f"{self.session.name}__" + tails + "__" + of_funder("key") + suffix,
            label_fr=rows.labels.to_numpy(dtype=object)[taken] + ", " + of_funder("label"),
            operation_code=rows.codes.iloc[taken],
            axis_code=rows.axes[taken],
            partner_code=of_funder("partner"),
            fund_code=of_funder("fund"),
            instrument=of_funder("instrument"),
            credit_nature=of_funder("nature"),
            amount_eur=euros(read.cents[taken], is_stated[taken]),
            amount_status=np.where(is_stated[taken], "printed", "not_printed"),
            period_start_year=rows.start[taken],
            period_end_year=rows.end[taken],
            note=[
                None if rule is None else say(rule, "en", value=cells.iat[row]) for row, rule in zip(taken, read.doubt[taken], strict=True)
            ],
            line_number=rows.chunk.lines[taken],
            printed=read.printed.iloc[taken],
            unit=read.printed_unit[taken],
            scope=rows.scope[taken],
            funder=number,
        )

    def _repeats(self, rows: OperationRows, taken: np.ndarray, funder: np.ndarray) -> np.ndarray:
        """Whether the operation of a row had a line of the same funder before; each such row is doubted."""
        again = np.zeros(len(rows.chunk), dtype=bool)
        for row, number in zip(taken.tolist(), funder.tolist(), strict=True):
            pair = int(rows.number[row]) << 16 | number + 1
            again[row] = pair in self._pairs
            self._pairs.add(pair)
        self.session.findings.doubt(rows.chunk, again, "same_operation_again", self.columns["operation"], first=rows.first)
        return again[taken]

    def _take_total(self, chunk: Chunk, position: int, scope: int, shares: list[Share], read: dict[str, Amounts]) -> None:
        """Takes the totals that a row prints: one a funder, one over all of them."""
        self._axes(chunk, np.array([scope] * len(chunk)))
        for share in shares:
            self.envelopes.take(chunk, position, (scope, int(share.funder[position])), share.column, share.amounts)
        if "total" in self.columns:
            self.envelopes.take(chunk, position, (scope, ALL_FUNDERS), self.columns["total"], read[self.columns["total"]])

    # writing

    def _write_lines(self, batch: pa.RecordBatch) -> None:
        """Writes lines that waited, each under its total."""
        keys = batch["scope"].to_numpy() * (len(self.funders) + 1) + batch["funder"].to_numpy() + 1
        distinct, places = np.unique(keys, return_inverse=True)
        nodes = [(int(key) // (len(self.funders) + 1), int(key) % (len(self.funders) + 1) - 1) for key in distinct]
        parents = np.array([self.envelopes.parent_code(node, is_row=True) for node in nodes], dtype=object)[places]
        bases = np.array([self.envelopes.basis(node, is_row=True) for node in nodes], dtype=object)[places]
        is_printed = pc.equal(batch["amount_status"], "printed")
        own = {name: batch[name] for name in batch.schema.names if name in LINE_COLUMNS}
        lines = line_rows(self.contract, self.envelopes.stage, **own, parent_line_code=parents, parent_basis=bases)
        lines["document_code"] = pc.if_else(is_printed, None, self.document)
        lines["line_number"] = pc.if_else(is_printed, None, batch["line_number"])
        self.session.writer.add("financial_lines", lines)
        cited = batch.filter(is_printed)
        columns = (cited[name].to_numpy(zero_copy_only=False) for name in ("line_number", "printed", "unit"))
        lines_of, printed, unit = columns
        self.session.writer.add("source_mentions", mention_rows(self.document, lines_of, cited["line_code"].to_pandas(), printed, unit))
        crossing = self.envelopes.crossing_of_rows
        if crossing:
            pairs = [(code, place) for place, node in enumerate(nodes) for code in crossing.get(node, [])]
            for code, place in pairs:
                parts = batch["line_code"].filter(pa.array(places == place))
                self.session.writer.add("cross_total_parts", {"line_code": code, "part_line_code": parts})

    def _report(self) -> None:
        """Totals and notices of the report."""
        tree, session = self.envelopes.tree, self.session
        session.totals |= {name: str(count) for name, count in self.rows_read.items() if count}
        for number, funder in enumerate(self.funders):
            cents = sum(part.cents for (_, own), part in tree.sums.items() if own == number)
            session.totals[funder.key] = f"{money(cents)} €"
        session.totals["total"] = f"{money(sum(part.cents for part in tree.sums.values()))} €"
        if self.partners.new:
            session.notice("new_partners", codes=", ".join(self.partners.new))
        if self.axes.new:
            session.notice("new_axes", labels=", ".join(str(row["label_fr"]) for row in self.axes.new))
        if tree.declared:
            totals = {total.line: " / ".join(tree.paths[node[0]]) or "total général" for node, total in tree.declared.items()}
            session.notice("totals_read", totals="; ".join(f"{line} → {label}" for line, label in [*totals.items()][:20]))


def _texts(cents: np.ndarray) -> list[str]:
    return [money(int(value)) for value in cents]
