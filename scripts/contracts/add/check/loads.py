"""What a file was built from, counted: rows of each table, declared money of each contract."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from contracts.common.shapes import shapes
from contracts.publish.releases import SCHEMA_VERSION

# all declared amounts of a contract, every version and part
CONTRACT_SUMS = """
    select contracts.contract_code, cast(coalesce(sum(lines.amount_eur), 0) as decimal(38, 2)) as declared_eur
    from staging.stg_contracts__contracts as contracts
    left join staging.stg_contracts__financial_lines as lines using (contract_code)
    group by contracts.contract_code
"""


@dataclass(frozen=True)
class Load:
    """Rows of each table, and for each contract its rows and the sum of all declared amounts.

    The sum goes over every line, version and part: it tells whether money went missing, it is no amount of funding.
    schema_version: of the file that holds it.
    """

    rows: dict[str, int]
    contracts: dict[str, Decimal]
    schema_version: int = SCHEMA_VERSION


def staged_load(connection: duckdb.DuckDBPyConnection) -> tuple[Load, int]:
    """The load that the staging models of a file hold, rejects left out, and how many of its rows are landed."""
    counts = " union all ".join(
        f"select '{name}', count(*), {'count(landing_file)' if shape.takes_landing else '0'} from staging.stg_contracts__{name}"
        for name, shape in shapes().items()
    )
    rows = connection.execute(counts).fetchall()
    contracts = connection.execute(CONTRACT_SUMS).fetchall()
    return Load({name: count for name, count, _ in rows}, dict(contracts)), sum(landed for _, _, landed in rows)


def built_load(connection: duckdb.DuckDBPyConnection) -> Load:
    """The load that a built file holds. Raises duckdb.CatalogException when it has no counts."""
    rows = connection.execute("select table_name, row_count from publication.load_tables").fetchall()
    contracts = connection.execute("select contract_code, declared_eur from publication.load_contracts").fetchall()
    versions = connection.execute("select schema_version from publication.release").fetchall()
    return Load(dict(rows), dict(contracts), versions[0][0] if versions else 0)


def published_load(database: Path) -> Load:
    """The load that was published last. Raises duckdb.CatalogException when the file has no counts, duckdb.Error when it cannot be read."""
    with duckdb.connect(str(database), read_only=True, config={"enable_external_access": False}) as connection:
        return built_load(connection)
