"""What a load has lost against the last published one.

Thresholds: more than 20 % fewer rows in a table, a contract gone, or more than 20 % less declared money in a contract is critical
and stops contracts publish (--accept-drift publishes all the same); more than 5 % is a warning. What is new is no drift.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb
import great_expectations.expectations as gxe
import pandas as pd

from contracts.add.check.expectations import validate
from contracts.add.check.findings import CRITICAL, WARNING, Finding
from contracts.add.check.reading import Incoming
from contracts.publish.releases import SCHEMA_VERSION

CRITICAL_LOSS, WARNING_LOSS = 20, 5  # percent

_AMOUNT = r"-?\d{1,16}(?:\.\d{1,2})?"


@dataclass(frozen=True)
class Load:
    """Rows of each table, and for each contract its rows and the sum of all declared amounts.

    The sum goes over every line, version and part: it tells whether money went missing, it is no amount of funding.
    contracts is None where not all rows of contracts and lines were read. schema_version: of the file that holds it.
    """

    rows: dict[str, int]
    contracts: dict[str, Decimal] | None
    schema_version: int = SCHEMA_VERSION


def incoming_load(tables: dict[str, Incoming]) -> Load:
    """The load that the files hold now; of rows beyond the limit of reading, their number alone."""
    rows = {name: table.row_count for name, table in tables.items()}
    if tables["financial_lines"].unread or tables["contracts"].unread:
        return Load(rows, None)
    lines = tables["financial_lines"].frame
    amounts = lines["amount_eur"].where(lines["amount_eur"].str.fullmatch(_AMOUNT, na=False), "0").map(Decimal)
    codes = tables["contracts"].frame["contract_code"].dropna().unique()
    sums = amounts.groupby(lines["contract_code"]).sum().to_dict()
    return Load(rows, {code: Decimal(sums.get(code, 0)) for code in codes})


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


def drift_from(database: Path, now: Load) -> tuple[list[Finding], str]:
    """What was lost since the published file, and with what the load was compared, in words."""
    name = database.name

    def told(rule: str, message: str, advice: str, severity: Literal["critical", "warning"]) -> tuple[list[Finding], str]:
        return [Finding(name, None, None, rule, None, message, advice, "", severity)], "not compared with the published file"

    if not database.exists():
        return [], "no published file to compare with"
    try:
        before = published_load(database)
    except duckdb.CatalogException:
        return told("older_file", "is of an older version, without counts of its load", "nothing to do: the next one brings them", WARNING)
    except duckdb.Error as error:
        message = f"cannot be read ({str(error).splitlines()[0]})"
        return told(
            "unreadable_file", message, "move it away if it is damaged, or update the project if a newer version wrote it", CRITICAL
        )
    if before.schema_version > SCHEMA_VERSION:
        message = f"is of schema version {before.schema_version}, this project writes {SCHEMA_VERSION}"
        return told("newer_file", message, "update the project, or publish into another folder", CRITICAL)
    return compare(before, now), f"compared with {name}"


def _kept(name: str, before: dict, now: dict, unit: str) -> pd.DataFrame:
    """One row for each subject of before that is still there: how many percent of it are left."""
    shared = [(subject, value, now[subject]) for subject, value in before.items() if value and now.get(subject) is not None]
    frame = pd.DataFrame(shared, columns=["subject", "before", "now"])
    frame["kept_percent"] = [float(100 * Decimal(new) / Decimal(old)) for old, new in zip(frame["before"], frame["now"], strict=True)]
    return frame.assign(kind=name, unit=unit)


def _lost(frame: pd.DataFrame, percent: int) -> pd.DataFrame:
    if frame.empty:
        return frame
    failed = validate(frame, [gxe.ExpectColumnValuesToBeBetween(column="kept_percent", min_value=100 - percent)])
    return frame.loc[failed[0].result["unexpected_index_list"]] if failed else frame.iloc[:0]


def compare(before: Load, now: Load) -> list[Finding]:
    """Drift from the published load to the incoming one."""
    advice = "look for rows or files that went missing; contracts publish --accept-drift publishes all the same"
    found = []
    published, incoming = (before.contracts or {}, now.contracts) if now.contracts is not None else ({}, {})
    gone = validate(
        pd.DataFrame({"contract_code": list(incoming)}, dtype="str"),
        [gxe.ExpectColumnDistinctValuesToContainSet(column="contract_code", value_set=list(published))] if published else [],
    )
    if gone:
        for code in sorted(set(published) - set(incoming)):
            message = f"contract {code} was published and is gone"
            found.append(Finding("contracts", None, "contract_code", "contract_gone", code, message, advice, "contracts"))
    for frame in (
        _kept("row_count", before.rows, now.rows, "rows"),
        _kept("declared_sum", published, incoming, "€ declared"),
    ):
        critical = _lost(frame, CRITICAL_LOSS)
        for row in _lost(frame, WARNING_LOSS).itertuples():
            table, column = (row.subject, None) if row.kind == "row_count" else ("financial_lines", "amount_eur")
            whose = "" if row.kind == "row_count" else f"{row.subject}: "
            message = f"{whose}{row.now} {row.unit}, {row.before} in the published file ({row.kept_percent - 100:.1f} %)"
            severity = CRITICAL if row.Index in critical.index else WARNING
            found.append(Finding(table, None, column, row.kind, str(row.now), message, advice, table, severity))
    return found
