"""Many fictitious lines for landing/, in contracts of a hundred lines, each with its printed figure: for proofs of size."""

import os
from pathlib import Path

import duckdb

LONG_AGO = 1_700_000_000


def land_lines(project: Path, count: int, broken: bool = False) -> int:
    """Writes count lines (a multiple of 100) with contracts, document and figures as Parquet. Returns the number of broken lines.

    broken: one line in a thousand has an unknown funder, a word outside the list, a negative amount or an empty cell.
    """
    flaw = f"case when {str(broken).lower()} and number % 1000 = 7 then number // 1000 % 4 end"
    tables = {
        "source_documents": (
            1,
            "'many' as document_code, 'Document fictif' as title, 'Fictif' as publisher, date '2021-01-01' as published_on, "
            "'day' as published_on_precision, 'signed' as document_status, repeat('0', 64) as sha256, 100000000 as line_count",
        ),
        "contracts": (
            count // 100,
            "'many_' || number as contract_code, 'Contrat ' || number as label_fr, 'fund' as contract_type_code, "
            "date '2021-01-01' as signed_on, 2021 as period_start_year, 2027 as period_end_year, 'many' as document_code, 1 as line_number",
        ),
        "financial_lines": (
            count,
            f"""
            'line_' || number as line_code, 'Ligne ' || number as label_fr, 'counted' as line_use,
            case when number % 100 > 0 then 'line_' || (number // 100 * 100) end as parent_line_code,
            case when number % 100 > 0 then 'printed' end as parent_basis, case when number % 100 = 0 then 'partial' end as breakdown,
            'many_' || number // 100 as contract_code,
            case when {flaw} = 0 then 'nobody' when number % 100 > 0 then 'etat' end as partner_code, 'contracted' as stage,
            case when {flaw} = 1 then 'gift' when number % 100 = 0 then 'unknown' else 'grant' end as instrument,
            'contractualised' as credit_nature,
            cast(case when {flaw} = 2 then -1 when number % 100 = 0 then 200000 else 1000 end as decimal(18, 2)) as amount_eur,
            'exact' as qualifier, 'printed' as amount_status, 'total' as period_basis, 'flow' as measure_basis,
            case when {flaw} = 3 then null else false end as is_withdrawn
            """,
        ),
        "source_mentions": (
            count,
            "'figure_' || number as mention_code, 'many' as document_code, cast(number + 1 as integer) as line_number, "
            "case when number % 100 = 0 then '200 000 €' else '1 000 €' end as printed_figure, 'exact' as qualifier, 'total' as basis, "
            "1 as multiplier, 'states' as role, 'financial_line' as subject_type, 'line_' || number as subject_code",
        ),
    }
    with duckdb.connect() as connection:
        for table, (rows, columns) in tables.items():
            path = project / "landing" / table / "many.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy (select {columns} from range({rows}) as numbers(number)) to '{path}'")
            os.utime(path, (LONG_AGO, LONG_AGO))
    return count // 1000 if broken else 0
