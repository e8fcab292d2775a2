"""What a load has lost against the last published one.

Thresholds: more than 20 % fewer rows in a table, a contract gone, or more than 20 % less declared money in a contract is critical
and stops contracts publish (--accept-drift publishes all the same); more than 5 % is a warning. What is new is no drift.
"""

import logging
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import duckdb

os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.core import ExpectationValidationResult
from great_expectations.data_context import EphemeralDataContext
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults, ProgressBarsConfig

from contracts.add.check.findings import CRITICAL, WARNING, Finding
from contracts.add.check.loads import Load, published_load
from contracts.publish.releases import SCHEMA_VERSION

CRITICAL_LOSS, WARNING_LOSS = 20, 5  # percent


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


@cache
def _context() -> EphemeralDataContext:
    """The library's workspace: in memory, no pages, no progress bars."""
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    defaults = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    config = DataContextConfig(store_backend_defaults=defaults, progress_bars=ProgressBarsConfig(globally=False), analytics_enabled=False)
    return gx.get_context(mode="ephemeral", project_config=config)


def _validate(frame: pd.DataFrame, expectations: list) -> list[ExpectationValidationResult]:
    """Runs the expectations on a frame and returns those that fail, with the index of each row that breaks them."""
    source = _context().data_sources.add_or_update_pandas("incoming")
    batch = source.add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(name="shape", expectations=expectations)
    outcome = batch.validate(suite, result_format={"result_format": "COMPLETE"})
    broken = [result for result in outcome.results if result.exception_info.get("raised_exception")]
    if broken:
        raise RuntimeError(f"{broken[0].expectation_config.type}: {broken[0].exception_info['exception_message']}")
    return [result for result in outcome.results if not result.success]


def _kept(name: str, before: dict, now: dict, unit: str) -> pd.DataFrame:
    """One row for each subject of before that is still there: how many percent of it are left."""
    shared = [(subject, value, now[subject]) for subject, value in before.items() if value and now.get(subject) is not None]
    frame = pd.DataFrame(shared, columns=["subject", "before", "now"])
    frame["kept_percent"] = [float(100 * Decimal(new) / Decimal(old)) for old, new in zip(frame["before"], frame["now"], strict=True)]
    return frame.assign(kind=name, unit=unit)


def _lost(frame: pd.DataFrame, percent: int) -> pd.DataFrame:
    if frame.empty:
        return frame
    failed = _validate(frame, [gxe.ExpectColumnValuesToBeBetween(column="kept_percent", min_value=100 - percent)])
    return frame.loc[failed[0].result["unexpected_index_list"]] if failed else frame.iloc[:0]


def compare(before: Load, now: Load) -> list[Finding]:
    """Drift from the published load to the incoming one."""
    advice = "look for rows or files that went missing; contracts publish --accept-drift publishes all the same"
    found = []
    published, incoming = before.contracts, now.contracts
    gone = _validate(
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
