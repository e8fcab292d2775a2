"""Writes the printed totals of a table as envelopes, compared with their parts, and hangs them under lines the warehouse has."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np

from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.money_tree import ALL_FUNDERS, Declared, MoneyTree, Node, Sum, contradicts
from contracts.add.imports.operations import line_rows
from contracts.add.imports.provenance import mention_rows
from contracts.add.imports.reading import Chunk
from contracts.add.imports.session import Session
from contracts.add.imports.values import Amounts, euros, read_amount, slug

RULE = "parts_against_whole"


def money(cents: int) -> str:
    """Cents as people read them: 1 234,50."""
    return f"{cents // 100:,}".replace(",", " ") + ("" if cents % 100 == 0 else f",{cents % 100:02d}")


@dataclass(frozen=True)
class Funder:
    """Who brings an amount: a column of a table, or a partner and fund named in a row. key: its part of line codes.

    parent_line: line of the warehouse that this funder's amounts are a part of; None: that of the whole table.
    """

    key: str
    label: str
    partner: str
    fund: str | None
    instrument: str
    nature: str
    parent_line: str | None = None


@dataclass
class Envelopes:
    """The totals of one table. funders: by the numbers that the tree uses. parent_line: line of the warehouse above the whole table.

    accept: why amounts beyond that line are taken all the same; None: they are refused.
    """

    session: Session
    contract: str
    stage: str
    nature: str
    document: str
    tree: MoneyTree
    funders: list[Funder]
    axis_codes: dict[int, str | None] = field(default_factory=dict)
    parent_line: str | None = None
    parent_basis: str = "inferred"
    accept: str | None = None
    restated: list[tuple[Node, Declared]] = field(default_factory=list)

    # what stands above the table

    def check_parents(self) -> None:
        """ImportRefusedError: a line named as parent is unknown, or of another contract, use, stage or instrument."""
        for code, funder in [(self.parent_line, None), *((funder.parent_line, funder) for funder in self.funders)]:
            if code is None:
                continue
            line = self.session.known.line(code)
            if line is None:
                candidates = self.session.known.close_to(code, "financial_lines", "line_code")
                raise ImportRefusedError("parent_unusable", code=code, why=f"? ({candidates})")
            instruments = {funder.instrument} if funder else {each.instrument for each in self.funders}
            for column, found, wanted in (
                ("contract_code", line["contract_code"], {self.contract}),
                ("line_use", line["line_use"], {"counted"}),
                ("stage", line["stage"], {self.stage}),
                ("instrument", line["instrument"], {*instruments, "unknown"}),
            ):
                fits = found in wanted or (column == "instrument" and (found == "unknown" or instruments <= {"unknown"}))
                if not fits:
                    raise ImportRefusedError(
                        "parent_unusable", code=code, why=f"{column} {found} ≠ {', '.join(sorted(wanted - {'unknown'}))}"
                    )

    def _top(self, node: Node) -> str | None:
        own = self.funders[node[1]].parent_line if node[1] != ALL_FUNDERS else None
        return own or self.parent_line

    def check_allocation(self) -> None:
        """Compares what the table adds under each line of the warehouse with that line's amount.

        ImportRefusedError: it goes beyond, and the mapping gives no reason to take it.
        """
        added: dict[str, Sum] = defaultdict(Sum)
        for is_row, node, part in self._parts():
            top = self._top(node)
            if self.tree.parent(node, is_row) is None and top:
                added[top].cents += part.cents
                added[top].low += part.low
        for code, total in added.items():
            line = self.session.known.line(code)
            while line and line["amount_eur"] is None and line["parent_line_code"]:
                line = self.session.known.line(line["parent_line_code"])
            if not line or line["amount_eur"] is None:
                continue
            declared = _cents(line["amount_eur"])
            present = self._present(line["line_code"] or "")
            self.session.notice("hangs_under", amount=money(total.cents), code=line["line_code"], declared=money(declared))
            if present + total.low <= self._high(line, declared):
                continue
            if not self.accept:
                raise ImportRefusedError(
                    "parent_over_allocated",
                    code=line["line_code"],
                    declared=money(declared),
                    present=money(present),
                    added=money(total.cents),
                )
            self.session.writer.add(
                "accepted_contradictions",
                [
                    {
                        "rule_id": RULE,
                        "subject_code": line["line_code"],
                        "reason": self.accept,
                        "document_code": self.document,
                        "line_number": None,
                    }
                ],
            )

    def _parts(self) -> list[tuple[bool, Node, Sum]]:
        rows = [(True, node, part) for node, part in self.tree.sums.items()]
        totals = [
            (False, node, Sum(total.cents, total.low, total.high, 1))
            for node, total in self.tree.declared.items()
            if not self.tree.is_crossing(node)
        ]
        return rows + totals

    def _present(self, code: str) -> int:
        """Cents that other lines already declare under a line, at this stage."""
        rows = self.session.known.frame("financial_lines", parent_line_code=code, stage=self.stage, line_use="counted")
        latest = rows.sort_values("recorded_on", na_position="first").drop_duplicates("line_code", keep="last")
        return sum(_cents(amount) for amount in latest["amount_eur"].dropna())

    def _high(self, line: dict[str, str | None], declared: int) -> float:
        """The most that a line may be, in cents, by the precision of its printed figure."""
        if line["amount_high_eur"]:
            return _cents(line["amount_high_eur"])
        if line["qualifier"] in ("more_than", "at_least"):
            return float("inf")
        if line["qualifier"] in ("about", "estimated"):
            digits = str(declared)
            return declared + 10 ** (len(digits) - len(digits.rstrip("0"))) / 2
        mentions = self.session.known.frame("source_mentions", subject_code=line["line_code"] or "", role="states")
        highs = [
            read_amount(row["printed_figure"], row["printed_unit"] or "€").high
            for row in mentions.to_dict("records")
            if row["printed_unit"] in (None, "€", "k€", "M€", "Md€")
        ]
        return max([declared, *highs])

    # the table's own totals

    def take(self, chunk: Chunk, position: int, node: Node, column: str, values: Amounts) -> None:
        """Takes one printed total; the same total printed again restates it."""
        if not values.has_amount[position]:
            return
        declared = Declared(
            int(values.cents[position]),
            int(values.low_cents[position]),
            int(values.high_cents[position]),
            chunk.sheet,
            int(chunk.lines[position]),
            str(values.printed.iat[position]),
            values.printed_unit[position],
        )
        first = self.tree.declared.setdefault(node, declared)
        if first is declared:
            return
        self.restated.append((node, declared))
        where = np.zeros(len(chunk), dtype=bool)
        where[position] = True
        if first.high < declared.low or first.low > declared.high:
            self.session.findings.doubt(chunk, where, "total_declared_twice", column, first=first.line, kept=f"{money(first.cents)} €")

    def code(self, node: Node) -> str:
        """Code of the line of a total."""
        scope, funder = node
        parts = [slug(label, 40) or str(level) for level, label in enumerate(self.tree.paths[scope])]
        key = self.funders[funder].key if funder != ALL_FUNDERS else "tous"
        return "__".join([self.session.name, "total", *parts, key])

    def label(self, node: Node) -> str:
        """French label of a total."""
        scope, funder = node
        names = [*self.tree.paths[scope][-1:], *([self.funders[funder].label] if funder != ALL_FUNDERS else [])]
        return " ".join(["Total", ", ".join(names) or "général"])

    def parent_code(self, node: Node, is_row: bool = False) -> str | None:
        """Code of the line that a total, or the rows of a node, stand under."""
        parent = self.tree.parent(node, is_row)
        return self._top(node) if parent is None else self.code(parent)

    def basis(self, node: Node, is_row: bool = False) -> str | None:
        """How the inclusion is known: printed by the table, or as the mapping says of the line above it."""
        if self.tree.parent(node, is_row) is not None:
            return "printed"
        return self.parent_basis if self._top(node) else None

    @cached_property
    def crossing_of_rows(self) -> dict[Node, list[str]]:
        """Codes of the crossing totals that the rows of a node are direct parts of."""
        found: dict[Node, list[str]] = defaultdict(list)
        for node in self.tree.declared:
            if self.tree.is_crossing(node):
                for part in self.tree.parts_of_crossing(node)[1]:
                    found[part].append(self.code(node))
        return found

    def write(self) -> None:
        """Writes the totals, their mentions, and the contradictions between them and their parts."""
        children = self.tree.children()
        lines, contradictions, cross_parts = [], [], []
        for node, total in self.tree.declared.items():
            is_crossing = self.tree.is_crossing(node)
            parts = children.get(node, Sum())
            if is_crossing:
                totals, rows = self.tree.parts_of_crossing(node)
                parts = Sum()
                for part in [*(self.tree.declared[key] for key in totals), *(self.tree.sums[key] for key in rows)]:
                    parts = Sum(parts.cents + part.cents, parts.low + part.low, parts.high + part.high, parts.count + 1)
                cross_parts += [{"line_code": self.code(node), "part_line_code": self.code(key)} for key in totals]
            is_exhaustive = not self.tree.is_incomplete(node)
            lines.append(self._line(node, total, is_crossing, "exhaustive" if is_exhaustive else "partial", bool(parts.count)))
            if contradicts(total, parts, is_exhaustive or is_crossing):
                gap = money(abs(total.cents - parts.cents))
                values = {"declared": money(total.cents), "found": money(parts.cents), "gap": gap}
                self.session.findings.doubt_row(total.sheet, total.line, "total_is_wrong", self.label(node), **values)
                if not is_crossing:
                    reason = f"The file prints {values['declared']} € for this total and {values['found']} € for its parts."
                    contradictions.append(
                        {
                            "rule_id": RULE,
                            "subject_code": self.code(node),
                            "reason": reason,
                            "document_code": self.document,
                            "line_number": total.line,
                        }
                    )
        self.session.writer.add("financial_lines", lines)
        self.session.writer.add("accepted_contradictions", contradictions)
        self.session.writer.add("cross_total_parts", cross_parts)
        self._write_mentions()

    def _line(self, node: Node, total: Declared, is_crossing: bool, breakdown: str, has_parts: bool) -> dict[str, object]:
        scope, number = node
        funder = self.funders[number] if number != ALL_FUNDERS else None
        return line_rows(
            self.contract,
            self.stage,
            line_code=self.code(node),
            label_fr=self.label(node),
            line_use="cross_total" if is_crossing else "counted",
            parent_line_code=None if is_crossing else self.parent_code(node),
            parent_basis=None if is_crossing else self.basis(node),
            breakdown=breakdown if has_parts else None,
            axis_code=self.axis_codes.get(scope),
            partner_code=funder.partner if funder else None,
            fund_code=funder.fund if funder else None,
            instrument=funder.instrument if funder else "unknown",
            credit_nature=funder.nature if funder else self.nature,
            amount_eur=euros(np.array([total.cents]), np.array([True]))[0].as_py(),
        )

    def _write_mentions(self) -> None:
        for role, totals in (("states", list(self.tree.declared.items())), ("restates", self.restated)):
            if totals:
                rows = mention_rows(
                    self.document,
                    np.array([total.line for _, total in totals]),
                    [self.code(node) for node, _ in totals],
                    [total.printed for _, total in totals],
                    [total.unit for _, total in totals],
                )
                rows["role"] = role
                if role == "restates":
                    rows["mention_code"] = [f"m__{self.code(node)}__l{total.line}" for node, total in totals]
                self.session.writer.add("source_mentions", rows)


def _cents(amount: str) -> int:
    return int(Decimal(amount) * 100)
