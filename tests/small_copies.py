"""Small warehouse files for tests of the report: only the tables that it reads, to be changed as a test wishes."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from contracts.report.data import QUERIES, query_names


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
    return [
        f"""insert into star.dim_partner by name
            select * exclude (number) replace ('many_' || number as partner_key, 'Communauté de communes numéro ' || number as label_fr)
            from (select * from star.dim_partner where partner_key <> 'unspecified' limit 1)
            cross join range({count}) as numbers (number)""",
        f"""insert into star.fct_funding by name
            select * exclude (number) replace ('line:many_' || number as funding_row_key, 'many_' || number as line_code, 'many_' || number as funder_key)
            from (select * from star.fct_funding where contracted_eur > 0 and contract_key = {contract} limit 1)
            cross join range({count}) as numbers (number)""",
        f"""insert into marts.funding_by_partner by name
            select * exclude (number) replace ('many_' || number as funder_key, 'Communauté de communes numéro ' || number as funder_label_fr)
            from (select * from marts.funding_by_partner where contracted_eur > 0 and contract_key = {contract} limit 1)
            cross join range({count}) as numbers (number)""",
    ]
