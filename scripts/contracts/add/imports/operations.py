"""Contract, volets, operations and lines that a table names: existing ones are recognised, new ones become rows."""

import zlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contracts.add.imports.mappings import Key
from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.outline import Path, axis_key
from contracts.add.imports.partners import Partners
from contracts.add.imports.provenance import mention_rows
from contracts.add.imports.reading import Chunk
from contracts.add.imports.session import Session
from contracts.add.imports.values import Amounts, euros, plain_texts, read_date, slug, slugs
from contracts.add.territories import UnknownTerritoryError, official_territory
from contracts.common.texts import plain_letters

INSTRUMENTS = ("grant", "loan", "guarantee", "advance", "own_spending", "unknown")
NATURES = ("contractualised", "valorised", "outside_contract")

CONTRACT_KEYS = {
    "code": Key("text", required=True),
    "label_fr": Key("text", required=True),
    "type": Key("text", required=True),
    "signed_on": Key("text"),
    "period_start_year": Key("number", required=True),
    "period_end_year": Key("number", required=True),
    "territory": Key("text"),
}
DOCUMENT_KEYS = {
    "title": Key("text"),
    "publisher": Key("text"),
    "published_on": Key("text"),
    "status": Key("text"),
    "source_url": Key("text"),
}


def contract_code(description: str | Mapping[str, Any] | None) -> str:
    """Code of the contract that a mapping names or describes."""
    code = description if isinstance(description, str) else (description or {}).get("code")
    if not code:
        raise ImportRefusedError("option_missing", option="--contract", why="code of the contract / code du contrat")
    if not isinstance(code, str) or slug(code, 200) != code:
        raise ImportRefusedError("unsafe_name", name=code)
    return code


def add_contract(session: Session, description: str | Mapping[str, Any]) -> None:
    """Makes sure that the contract exists: a new one needs its description, which becomes a row."""
    code = contract_code(description)
    known = session.known.contracts
    if code in known:
        return
    if isinstance(description, str):
        candidates = session.known.close_to(code, "contracts", "contract_code")
        raise ImportRefusedError("unknown_contract", code=code, candidates=candidates)
    for column, table, field_code in (("type", "contract_types", "contract_type_code"), ("territory", "territories", "territory_code")):
        value = description.get(column)
        if value and value not in session.known.by_code(table, field_code):
            close = session.known.close_to(value, table, field_code)
            raise ImportRefusedError("mapping_wrong_value", key=f"contract: {column}", value=value, expected=close)
    signed_on = None
    if description.get("signed_on"):
        signed_on, problem, _ = read_date(description["signed_on"])
        if problem or signed_on > session.publication.published_on:
            expected = f"<= {session.publication.published_on}"
            raise ImportRefusedError("mapping_wrong_value", key="contract: signed_on", value=description["signed_on"], expected=expected)
    start, end = description["period_start_year"], description["period_end_year"]
    if not 1945 <= start <= end <= 2100:
        raise ImportRefusedError("mapping_wrong_value", key="contract: period_end_year", value=end, expected=f">= {start}")
    row = {
        "contract_code": code,
        "label_fr": description["label_fr"],
        "contract_type_code": description["type"],
        "signed_on": signed_on,
        "period_start_year": start,
        "period_end_year": end,
        "territory_code": description.get("territory"),
        "document_code": session.document_code(session.source.sheets[0]),
    }
    session.writer.add("contracts", [row])
    session.notice("new_contract", code=code)


@dataclass
class Axes:
    """The outline of one contract: paths of labels become axis codes, new ones rows.

    level_labels: the contract's words for its levels, such as volet, sous-volet; a level without one has none.
    """

    session: Session
    contract: str
    level_labels: list[str]
    new: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._codes: dict[Path, str | None] = {(): None}
        self._known: dict[tuple[str | None, str], str] = {}
        self._taken: set[str] = set()
        for row in self.session.known.frame("axes", contract_code=self.contract).to_dict("records"):
            self._known.setdefault((row["parent_axis_code"], axis_key(row["label_fr"])), row["axis_code"])
            self._taken.add(row["axis_code"])

    def code(self, path: Path, line: int, document: str) -> str | None:
        """Code of a node; line and document are those that print it first."""
        if path not in self._codes:
            above = self.code(path[:-1], line, document)
            key = (above, axis_key(path[-1]))
            if key not in self._known:
                self._known[key] = self._create(path, above, line, document)
            self._codes[path] = self._known[key]
        return self._codes[path]

    def _create(self, path: Path, above: str | None, line: int, document: str) -> str:
        base = f"{above or self.contract}__{slug(axis_key(path[-1]), 40) or len(path)}"
        code, number = base, 1
        while code in self._taken:
            number += 1
            code = f"{base}_{number}"
        self._taken.add(code)
        level = len(path)
        self.new.append(
            {
                "axis_code": code,
                "contract_code": self.contract,
                "parent_axis_code": above,
                "level": level,
                "level_label_fr": self.level_labels[level - 1] if level <= len(self.level_labels) else None,
                "position": sum(1 for row in self.new if row["parent_axis_code"] == above) + 1,
                "label_fr": " ".join(path[-1].split()),
                "document_code": document,
                "line_number": line,
            }
        )
        return code


@dataclass
class Operations:
    """The operations of one contract: each becomes one row, whatever the number of rows of the file that speak of it."""

    session: Session
    contract: str

    def __post_init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._first_lines = array("q")
        columns = ("operation_code", "label_fr")
        known = self.session.known.frame("operations", columns, contract_code=self.contract)
        labels = plain_texts(known["label_fr"].astype("str"))
        is_unique = ~labels.duplicated(keep=False)
        self._by_label = pd.Series(known.loc[is_unique, "operation_code"].to_numpy(dtype=object), index=labels[is_unique], dtype=object)
        self._known = pa.array(known["operation_code"], type=pa.string())

    def _is_known(self, codes: pd.Series) -> np.ndarray:
        return pc.is_in(pa.array(codes, type=pa.string()), self._known).to_numpy(zero_copy_only=False)

    def codes(self, numbers: pd.Series | None, labels: pd.Series, places: pd.Series) -> pd.Series:
        """Codes of operations: from their number in the file, else that of a known operation of the same name, else from name and volet.

        numbers: the file's own number of each, "" where it has none. places: text of the volet, told apart where names are the same.
        """
        named = slugs(labels, 40) + "_" + _hashes(places + "\n" + labels)
        if numbers is not None:
            own = slugs(numbers)
            named = own.where(own != "", named)
        codes = f"{self.contract}__" + named
        if len(self._known):
            found = pd.Series(self._by_label.reindex(plain_texts(labels)).to_numpy(dtype=object), index=labels.index)
            codes = codes.where(self._is_known(codes) | found.isna(), found.astype("str"))
        return codes

    def add(
        self, chunk: Chunk, where: np.ndarray, codes: pd.Series, columns: Mapping[str, Any], document: str
    ) -> tuple[np.ndarray, np.ndarray]:
        """Writes the operations that are new. columns: other columns of the table.

        Returns for each row the number of its operation in the file, and the line where it stood first, 0 where it is this row.
        """
        number, first = np.zeros(len(chunk), dtype=np.int64), np.zeros(len(chunk), dtype=np.int64)
        is_new = np.zeros(len(chunk), dtype=bool)
        seen, names, lines = self._seen, codes.to_list(), chunk.lines.tolist()
        for row in np.flatnonzero(where).tolist():
            place = seen.setdefault(names[row], len(seen))
            number[row] = place
            if place == len(self._first_lines):
                self._first_lines.append(lines[row])
                is_new[row] = True
            else:
                first[row] = self._first_lines[place]
        if len(self._known):
            is_new &= ~self._is_known(codes)
        if is_new.any():
            rows = {name: value[is_new] if isinstance(value, np.ndarray | pd.Series) else value for name, value in columns.items()}
            fixed = {"operation_code": codes[is_new], "contract_code": self.contract, "document_code": document}
            self.session.writer.add("operations", {**fixed, **rows, "line_number": chunk.lines[is_new]})
        return number, first


def _hashes(texts: pd.Series) -> pd.Series:
    """Eight hexadecimal digits that tell the texts apart and stay the same from import to import."""
    return pd.Series([f"{zlib.crc32(text.encode()):08x}" for text in texts.to_list()], index=texts.index, dtype="str")


class Territories:
    """Territories by code or label, with the official ones behind those that the warehouse names."""

    def __init__(self, session: Session) -> None:
        self._codes: dict[str, str | None] = {}
        for row in session.known.rows("territories"):
            for name in (row["official_code"], row["label_fr"], row["territory_code"]):
                if name:
                    self._codes[plain_letters(name)] = row["territory_code"]

    def code(self, text: str) -> str | None:
        """Code of the territory that a cell names; None: empty or unknown."""
        key = plain_letters(text)
        if key and key not in self._codes:
            try:
                self._codes[key] = official_territory(text).territory.territory_code
            except UnknownTerritoryError:
                self._codes[key] = None
        return self._codes.get(key)


def resolve_partners(session: Session, chunk: Chunk, where: np.ndarray, column: str, partners: Partners) -> np.ndarray:
    """Partner codes of a column, None where empty; names that are unknown or ambiguous reject their row."""
    texts = chunk.frame[column]
    numbers, distinct = pd.factorize(texts)
    codes, rules, candidates = [], [], []
    for name in distinct:
        match = partners.find(name) if name else None
        codes.append(match.code if match else None)
        rules.append(None if match is None or match.code else "ambiguous_partner" if match.is_ambiguous else "unknown_partner")
        candidates.append(", ".join(match.candidates) or "–" if match else "")
    as_rows = [np.array(values or [None], dtype=object)[numbers] for values in (codes, rules, candidates)]
    unknown = where & np.array([rule is not None for rule in as_rows[1]], dtype=bool)
    session.findings.reject(chunk, unknown, as_rows[1], column, candidates=as_rows[2])
    return as_rows[0]


def resolve_funds(session: Session, chunk: Chunk, column: str) -> np.ndarray:
    """Fund codes of a column, None where empty; unknown funds reject their row."""
    known: dict[str, str] = {}
    for row in session.known.rows("funds"):
        known[plain_letters(row["label_fr"] or "")] = known[row["fund_code"] or ""] = row["fund_code"] or ""
    texts = chunk.frame[column]
    codes = texts.map(lambda text: known.get(plain_letters(text))).to_numpy(dtype=object)
    unknown = pd.isna(codes) & (texts != "").to_numpy(dtype=bool)
    session.findings.reject(chunk, unknown, "unknown_code", column, table="funds", candidates=", ".join(sorted(set(known.values()))))
    return np.where(pd.isna(codes), None, codes)


@dataclass(frozen=True)
class OperationRows:
    """Rows of operations: where they are in the chunk, their codes, labels, axes, the number of the operation in the file, the line where
    it stood first (0: here), their scopes in the outline and their first and last years."""

    chunk: Chunk
    where: np.ndarray
    codes: pd.Series
    labels: pd.Series
    axes: np.ndarray
    number: np.ndarray
    first: np.ndarray
    scope: np.ndarray
    start: np.ndarray
    end: np.ndarray


class Costs:
    """The cost of each operation: one line, whatever the number of rows and imports that print it; later prints restate it."""

    def __init__(self, session: Session, contract: str, stage: str, document: str) -> None:
        self.session, self.contract, self.stage, self.document = session, contract, stage, document
        columns = ("operation_code", "line_code", "amount_eur")
        known = session.known.frame("financial_lines", columns, contract_code=contract, line_use="cost")
        self._known = {row["operation_code"]: (row["line_code"], _cents(row["amount_eur"])) for row in known.to_dict("records")}
        self._first: dict[int, int] = {}

    def take(self, rows: OperationRows, column: str, cost: Amounts) -> None:
        """Takes the costs of rows."""
        stated = np.flatnonzero(rows.where & (cost.cents > 0))
        if not len(stated):
            return
        lines, codes = rows.chunk.lines, rows.codes
        own = f"{self.session.name}__" + codes.str.removeprefix(f"{self.contract}__") + "__cost"
        is_new = np.zeros(len(rows.chunk), dtype=bool)
        first = np.zeros(len(rows.chunk), dtype=np.int64)
        subjects = own.to_numpy(dtype=object)
        names, numbers, cents = codes.to_list(), rows.number.tolist(), cost.cents.tolist()
        for row in stated.tolist():
            known = self._known.get(names[row]) if self._known else None
            if known:
                subjects[row], first[row] = known
            else:
                is_new[row] = numbers[row] not in self._first
                first[row] = self._first.setdefault(numbers[row], cents[row])
        again = np.zeros(len(rows.chunk), dtype=bool)
        again[stated] = ~is_new[stated]
        differs = again & ((first < cost.low_cents) | (first > cost.high_cents))
        self.session.findings.doubt(rows.chunk, differs, "cost_differs", column, first=(first // 100).astype(str))
        if is_new.any():
            self.session.writer.add(
                "financial_lines",
                line_rows(
                    self.contract,
                    self.stage,
                    line_code=own[is_new],
                    label_fr=rows.labels[is_new] + ", coût",
                    line_use="cost",
                    operation_code=codes[is_new],
                    axis_code=rows.axes[is_new],
                    instrument="unknown",
                    credit_nature="unknown",
                    amount_eur=euros(cost.cents[is_new], cost.has_amount[is_new]),
                ),
            )
        for mask, role in ((is_new, "states"), (again, "restates")):
            if mask.any():
                suffix = "" if role == "states" else pd.Series([f"__l{line}" for line in lines[mask]], dtype="str")
                of_line = pd.Series(subjects[mask], dtype="str")
                codes_of = f"m__{self.session.name}__" + of_line + suffix if role == "restates" else "m__" + of_line
                mentions = mention_rows(self.document, lines[mask], of_line, cost.printed[mask], cost.printed_unit[mask], codes_of)
                self.session.writer.add("source_mentions", {**mentions, "role": role})


def _cents(amount: str | None) -> int:
    return int(Decimal(amount or "0") * 100)


# columns of the lines that importers of tables write
LINE_COLUMNS = [
    "line_code",
    "label_fr",
    "line_use",
    "parent_line_code",
    "parent_basis",
    "breakdown",
    "contract_code",
    "axis_code",
    "partner_code",
    "fund_code",
    "operation_code",
    "stage",
    "instrument",
    "credit_nature",
    "amount_eur",
    "qualifier",
    "amount_status",
    "period_start_year",
    "period_end_year",
    "period_basis",
    "measure_basis",
    "as_of_date",
    "effective_on",
    "is_withdrawn",
    "document_code",
    "line_number",
    "note",
]


def line_rows(contract: str, stage: str | np.ndarray, **columns: object) -> dict[str, object]:
    """Columns of financial lines, with what is the same for most of them: counted, exact, printed, a flow over the whole period."""
    return {
        "line_use": "counted",
        "contract_code": contract,
        "stage": stage,
        "qualifier": "exact",
        "amount_status": "printed",
        "period_basis": "total",
        "measure_basis": "flow",
        "is_withdrawn": False,
        **columns,
    }
