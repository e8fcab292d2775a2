"""Explains one number as a tree: mart cell → counted rows → lines → printed figures, with amounts that add up at each level."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal

import duckdb

from contracts.common.project import STAGES

# marts whose key stands in the facts (alias f) or is their volet (alias a of dim_axis): name, columns of the key, the same in the star
_MARTS = """
    with places as (
        select column_name, 'f.' || column_name as place from quality.data_dictionary where model_name = 'fct_funding'
        union all
        select 'volet_key', 'a.volet_key'
    )

    select
        dictionary.model_name,
        list(dictionary.column_name order by dictionary.column_position),
        list(places.place order by dictionary.column_position)
    from quality.data_dictionary as dictionary
    left join places on dictionary.column_name = places.column_name
    where dictionary.schema_name = 'marts' and dictionary.is_key
    group by dictionary.model_name
    having count(*) = count(places.place)
    order by dictionary.model_name
"""


@dataclass
class Node:
    """One number of the derivation. amount: euros, None where no amount is printed. The children add up to it."""

    kind: str
    label: str
    amount: Decimal | None
    children: list["Node"] = field(default_factory=list)

    @property
    def adds_up(self) -> bool:
        """Whether the children that carry amounts sum to the amount (mentions restate it instead)."""
        parts = [child.amount for child in self.children if child.kind not in ("mention", "remark") and child.amount is not None]
        return (not parts or sum(parts) == self.amount) and all(child.adds_up for child in self.children)

    def to_dict(self) -> dict:
        """The tree as plain values; amounts as text, so that no cent is lost."""
        return asdict(
            self,
            dict_factory=lambda items: {key: str(value) if isinstance(value, Decimal) else value for key, value in items},
        )


class NothingToExplainError(LookupError):
    """The table or the key does not exist; the message says what does."""


_BASES = {"per_year": "per year", "per_unit": "per unit", "share": "share of another amount"}


def _mentions(connection: duckdb.DuckDBPyConnection, line_code: str) -> list[Node]:
    """The printed figures of a line, each with how it is to be read."""
    rows = connection.execute(
        "select document_title, line_number, printed_figure, printed_unit, qualifier, basis, multiplier, role, verified_by, "
        "parsed_value, parsed_percent from quality.figure_citations where subject_type = 'financial_line' and subject_code = ? "
        "order by published_on, line_number",
        [line_code],
    ).fetchall()
    nodes = []
    for title, line, figure, unit, qualifier, basis, multiplier, role, verified, value, percent in rows:
        reading = [qualifier, _BASES.get(basis), f"× {multiplier}" if multiplier > 1 else None, f"{percent} %" if percent else None]
        reading += [role, verified]
        printed = " ".join(filter(None, (figure, unit)))
        nodes.append(Node("mention", f"{title}, line {line}: « {printed} » ({', '.join(filter(None, reading))})", value))
    return nodes


def _remarks(connection: duckdb.DuckDBPyConnection, line_code: str) -> list[Node]:
    """What else the reader of a counted line must know: share, yearly amount, wider place, what was inferred, the note."""
    row = connection.execute(
        "select share_percent, is_yearly_of_unknown_length, territory_relation, inferred_columns, note from star.fct_funding "
        "where line_code = ?",
        [line_code],
    ).fetchone()
    if row is None:
        return []
    share, is_yearly, relation, inferred, note = row
    remarks = [
        f"share of the cost or total: {share} %" if share is not None else None,
        "amount of one year; for how many years is not printed" if is_yearly else None,
        "money of a programme wider than the territory" if relation == "wider" else None,
        f"inferred, not printed: {inferred.replace(' ', ', ')}" if inferred else None,
        f"note: {note}" if note else None,
    ]
    return [Node("remark", remark, None) for remark in remarks if remark]


def _row(connection: duckdb.DuckDBPyConnection, row_kind: str, line_code: str, label: str, amount: Decimal | None) -> Node:
    """A counted row: a line with its printed figures, or a remainder as its declared total less the parts."""
    figures = [*_mentions(connection, line_code), *_remarks(connection, line_code)]
    if row_kind == "line":
        return Node("line", f"{label} [{line_code}]", amount, figures)
    declared = connection.execute("select declared_eur from star.fct_envelope where envelope_key = ?", [line_code]).fetchone()[0]
    total = Node("total", f"declared: {label} [{line_code}]", declared, figures)
    parts = connection.execute(
        "select parts.part_line_code, coalesce(totals.declared_eur, leaves.announced_eur, leaves.contracted_eur, leaves.programmed_eur, "
        "leaves.committed_eur, leaves.paid_eur) as amount_eur from star.bridge_envelope_part as parts "
        "left join star.fct_envelope as totals on parts.part_line_code = totals.envelope_key "
        "left join star.fct_funding as leaves on parts.part_line_code = leaves.line_code and leaves.row_kind = 'line' "
        "where parts.envelope_key = ? and amount_eur is not null order by amount_eur desc, part_line_code",
        [line_code],
    ).fetchall()
    less = [Node("part", f"less its part [{code}]", -value, _mentions(connection, code)) for code, value in parts]
    return Node("unallocated", f"not broken down of {label} [{line_code}]", amount, [total, *less])


def marts(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The marts that can be explained: mart → columns of its key, each as it stands in the star."""
    return {mart: dict(zip(names, places, strict=True)) for mart, names, places in connection.execute(_MARTS).fetchall()}


def explain(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> list[Node]:
    """Derivation of one row of a mart, one tree per stage with an amount.

    table: one of the marts, without schema. key: the values of its key, separated by "/".
    Raises NothingToExplainError when the table or the key does not exist.
    """
    known = marts(connection)
    if table not in known:
        raise NothingToExplainError(f"{table} cannot be explained: choose one of {', '.join(known)}")
    columns = known[table]
    values = key.split("/")
    if len(values) != len(columns):
        raise NothingToExplainError(f"the key of {table} is {'/'.join(columns)}: « {key} » has {len(values)} of {len(columns)} parts")
    condition = " and ".join(f"{column} = ?" for column in columns)
    cells = connection.execute(f"select * from marts.{table} where {condition}", values)  # names come from the dictionary
    names = [column[0] for column in cells.description]
    row = cells.fetchone()
    if row is None:
        raise NothingToExplainError(f"{table} has no row with the key {key}")
    cell = dict(zip(names, row, strict=True))
    places = " and ".join(f"{place} = ?" for place in columns.values())
    nodes = (_stage(connection, f"{table} {key}: {stage}", places, values, stage, cell[f"{stage}_eur"]) for stage in STAGES)
    return [node for node in nodes if node is not None]


def _stage(
    connection: duckdb.DuckDBPyConnection, label: str, condition: str, values: list[str], stage: str, amount: Decimal | None
) -> Node | None:
    rows = connection.execute(
        f"select f.row_kind, f.line_code, f.label_fr, f.{stage}_eur from star.fct_funding as f "
        f"inner join star.dim_axis as a on f.axis_key = a.axis_key where {condition} and f.stage_key = ? "
        f"order by f.{stage}_eur desc nulls last, f.line_code",
        [*values, stage],
    ).fetchall()
    return Node("cell", label, amount, [_row(connection, *row) for row in rows]) if rows else None


def lines_of(node: Node, depth: int = 0) -> Iterator[tuple[int, Node]]:
    """The nodes of a tree from the top, each with its depth."""
    yield depth, node
    for child in node.children:
        yield from lines_of(child, depth + 1)
