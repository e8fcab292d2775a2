"""Small warehouse files for tests of the report: only the tables that it reads, to be changed as a test wishes."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from contracts.use.report.data import QUERIES, query_names


def tables_read() -> set[str]:
    """The tables that the queries of the report name."""
    texts = [(QUERIES / f"{name}.sql").read_text(encoding="utf-8") for name in query_names()]
    return {table for text in texts for table in re.findall(r"(?:from|join)\s+\(?((?:marts|star|quality|intermediate)\.\w+)", text)}


def small_copy(source: Path, copy: Path) -> Path:
    """Copies those tables of a warehouse file into a new one, without keys and contracts."""
    with duckdb.connect(str(copy)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        for table in sorted(tables_read()):
            connection.execute(f"create schema if not exists {table.split('.')[0]}")
            connection.execute(f"create table {table} as select * from source.{table}")
        connection.execute("detach source")
    return copy


def changed_copy(small: Path, copy: Path, changes: Iterable[str] = ()) -> Path:
    """Copies a small file and runs the changes in the copy, each one SQL statement."""
    shutil.copy2(small, copy)
    with duckdb.connect(str(copy)) as connection:
        for change in changes:
            connection.execute(change)
    return copy


# labels that would break a page that took them for HTML, for a script, for a template or for a formula
HOSTILE = (
    "</script><script>window.broken = true</script>",
    '<img src=x onerror="window.broken = true">\'"&amp;',
    '=HYPERLINK("http://example.invalid";"click")',
    "{{ 7 * 7 }} ${window.broken = true}",
)


def hostile_changes() -> list[str]:
    """Puts hostile labels and very long ones into a copy: partners, contracts, volets, territories, themes, operations, headings."""
    quoted = ", ".join("'" + label.replace("'", "''") + "'" for label in HOSTILE)
    hostile = f"list_extract([{quoted}], 1 + cast(hash(KEY) % {len(HOSTILE)} as integer)) || ' ' || KEY || repeat('é', 200)"
    targets = [
        ("star.dim_partner", "label_fr", "partner_key"),
        ("star.dim_contract", "label_fr", "contract_key"),
        ("star.dim_operation", "label_fr", "operation_key"),
        ("star.dim_theme", "label_fr", "theme_key"),
        ("marts.funding_by_contract", "contract_label_fr", "contract_key"),
        ("marts.funding_by_partner", "funder_label_fr", "funder_key"),
        ("marts.funding_by_volet", "volet_label_fr", "volet_key"),
        ("marts.funding_by_territory", "territory_label_fr", "territory_key"),
        ("marts.progress_by_volet_and_territory", "volet_label_fr", "volet_key"),
        ("star.fct_funding", "label_fr", "line_code"),
        ("quality.figure_citations", "nearest_heading_fr", "mention_code"),
    ]
    return [f"update {table} set {column} = {hostile.replace('KEY', key)}" for table, column, key in targets]


def many_partners(count: int) -> list[str]:
    """Adds partners to a copy, each with a funded line of its own in one contract."""
    contract = "(select contract_key from marts.funding_by_contract where contracted_eur is not null order by contracted_eur desc limit 1)"

    def repeat(table: str, which: str, **columns: str) -> str:
        replaced = ", ".join(f"'{words}' || number as {column}" for column, words in columns.items())
        row = f"(select * from {table} where {which} limit 1)"
        return (
            f"insert into {table} by name select * exclude (number) replace ({replaced}) from {row} cross join range({count}) as n (number)"
        )

    funded = f"contracted_eur > 0 and contract_key = {contract}"
    name = "Communauté de communes numéro "
    return [
        repeat("star.dim_partner", "partner_key <> 'unspecified'", partner_key="many_", label_fr=name),
        repeat("star.fct_funding", funded, funding_row_key="line:many_", line_code="many_", funder_key="many_"),
        repeat("marts.funding_by_partner", funded, funder_key="many_", funder_label_fr=name),
    ]
