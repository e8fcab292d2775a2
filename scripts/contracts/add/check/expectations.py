"""Great Expectations derived from the shape of each table, and what they find.

The library takes seconds to import: import this module only where a check runs.
"""

import logging
import os
import re
from functools import cache

os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.core import ExpectationValidationResult
from great_expectations.data_context import EphemeralDataContext
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults, ProgressBarsConfig

from contracts.add.check.findings import Finding, shown
from contracts.add.check.reading import FILE, LINE, Incoming
from contracts.add.territories import Geography
from contracts.common.shapes import Shape
from contracts.common.texts import has_valid_check_digit

_NUMBER, _CHECK_DIGIT = " as number", " check digit"  # suffixes of helper columns
_KEY_JOINT = " / "
_ALL_TERRITORIES = "all_territories"  # territories of seeds and landing files, and the official ones


def _type_rule(kind: str) -> tuple[str, str] | None:
    """Regular expression of the text of a SQL type and how to write a value; None for text and dates."""
    if match := re.fullmatch(r"decimal\((\d+), (\d+)\)", kind):
        digits, decimals = int(match[1]), int(match[2])
        return (
            rf"^-?\d{{1,{digits - decimals}}}(?:\.\d{{1,{decimals}}})?$",
            f"write digits with a point and at most {decimals} decimals: 1234567.89",
        )
    return {
        "integer": (r"^-?\d{1,9}$", "write a whole number: 2021"),
        "boolean": (r"^(?i:true|false)$", "write true or false"),
    }.get(kind)


def _expectations(shape: Shape, frame: pd.DataFrame, known: dict[tuple[str, str], set[str]]) -> list:
    """The expectations on one table; columns without a value are left out. known: values of the columns that references
    point to, without those of tables that could not be read whole.
    """
    filled = {column for column in shape.columns if frame[column].notna().any()}
    found: list = []

    def expect(kind: type, about: str, rule: str, message: str, advice: str, /, **arguments: object) -> None:
        found.append(kind(meta={"column": about, "rule": rule, "message": message, "advice": advice}, **arguments))

    for column, kind in shape.columns.items():
        if column not in filled:
            continue
        if kind == "date":
            advice = "write year-month-day: 2021-03-31"
            expect(
                gxe.ExpectColumnValuesToMatchStrftimeFormat,
                column,
                "type",
                "{} is no date",
                advice,
                column=column,
                strftime_format="%Y-%m-%d",
            )
        elif rule := _type_rule(kind):
            expect(gxe.ExpectColumnValuesToMatchRegex, column, "type", f"{{}} is no {kind}", rule[1], column=column, regex=rule[0])
    for column in shape.required:
        advice = f"fill it: {shape.descriptions[column]}"
        expect(gxe.ExpectColumnValuesToNotBeNull, column, "required", "is empty", advice, column=column)
    for column in filled.intersection(shape.not_negative):
        expect(
            gxe.ExpectColumnValuesToNotMatchRegex,
            column,
            "not_negative",
            "{} is negative",
            "write it without sign",
            column=column,
            regex="^-",
        )
    for first, last in shape.ordered:
        if first in filled and last in filled:
            expect(
                gxe.ExpectColumnPairValuesAToBeGreaterThanB,
                last,
                "ordered",
                f"{{}} is before {first} {{}}",
                f"exchange them or correct {last}",
                column_A=last + _NUMBER,
                column_B=first + _NUMBER,
                or_equal=True,
                ignore_row_if="either_value_is_missing",
            )
    for column, values in shape.allowed.items():
        if column in filled:
            advice = f"take one of {', '.join(values)}"
            expect(
                gxe.ExpectColumnValuesToBeInSet,
                column,
                "allowed",
                "{} is not a word of this column",
                advice,
                column=column,
                value_set=values,
            )
    for column, pattern in shape.patterns.items():
        if column in filled:
            advice = f"write it like {pattern}"
            expect(
                gxe.ExpectColumnValuesToMatchRegex, column, "pattern", "{} is malformed", advice, column=column, regex=f"^(?:{pattern})$"
            )
    for column, target in shape.references.items():
        if column in filled and target in known:
            table = "territories" if target[0] == _ALL_TERRITORIES else target[0]
            advice = f"correct it, or add the row to {table}"
            expect(
                gxe.ExpectColumnValuesToBeInSet,
                column,
                "reference",
                f"{{}} is unknown in {table}",
                advice,
                column=column,
                # the library handles each word of the set: those that no row names are left out
                value_set=[value for value in frame[column].dropna().unique() if value in known[target]],
            )
    for column in shape.luhn:
        if column in filled:
            expect(
                gxe.ExpectColumnValuesToBeInSet,
                column,
                "check_digit",
                "{} has a wrong check digit",
                "compare it with the official register",
                column=column + _CHECK_DIGIT,
                value_set=[True],
            )
    if not frame.empty:
        column = _KEY_JOINT.join(shape.key)
        advice = "keep one row; a landing file adds rows and corrects none"
        if len(shape.key) == 1:
            expect(gxe.ExpectColumnValuesToBeUnique, column, "key", "{} is there {} times", advice, column=column)
        else:
            expect(
                gxe.ExpectCompoundColumnsToBeUnique,
                column,
                "key",
                "{} is there {} times",
                advice,
                column_list=shape.key,
                ignore_row_if="never",
            )
    return found


def _fits_check_digit(number: str) -> bool:
    """A number with other signs than digits is left to its pattern."""
    return not number.isdecimal() or has_valid_check_digit(number)


def _with_helpers(shape: Shape, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with numbers to compare and check digits; numbers are compared only, never added up."""
    helped = frame.copy()
    for column in {column for pair in shape.ordered for column in pair}:
        helped[column + _NUMBER] = pd.to_numeric(frame[column], errors="coerce")
    for column in shape.luhn:
        helped[column + _CHECK_DIGIT] = frame[column].map(_fits_check_digit, na_action="ignore").astype(object)
    return helped


def _findings(shape: Shape, frame: pd.DataFrame, result: ExpectationValidationResult) -> list[Finding]:
    """What one failed expectation found, one finding per row; rows that share a key make one."""
    meta = result.expectation_config.meta
    places = result.result["unexpected_index_list"]
    rows = frame.loc[places]
    if meta["rule"] == "key":
        return _shared_keys(shape, rows, meta)
    found = []
    for row in rows.to_dict("records"):
        value = row[meta["column"]]
        value = None if pd.isna(value) else value
        message = meta["message"].format(shown(value), *(row[first] for first, last in shape.ordered if last == meta["column"]))
        found.append(Finding(row[FILE], int(row[LINE]), meta["column"], meta["rule"], value, message, meta["advice"], shape.table))
    return found


def _shared_keys(shape: Shape, rows: pd.DataFrame, meta: dict[str, str]) -> list[Finding]:
    found = []
    for key, same in rows.groupby(shape.key, dropna=False, sort=False):
        value = _KEY_JOINT.join("∅" if pd.isna(part) else part for part in key)
        places = [f"{file}, line {line}" for file, line in zip(same[FILE], same[LINE], strict=True)]
        message = meta["message"].format(shown(value), len(same)) + f" (first in {places[0]})"
        last = same.iloc[-1]
        found.append(Finding(last[FILE], int(last[LINE]), meta["column"], "key", value, message, meta["advice"], shape.table))
    return found


@cache
def _context() -> EphemeralDataContext:
    """The library's workspace: in memory, no pages, no progress bars."""
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    defaults = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    config = DataContextConfig(store_backend_defaults=defaults, progress_bars=ProgressBarsConfig(globally=False), analytics_enabled=False)
    return gx.get_context(mode="ephemeral", project_config=config)


def validate(frame: pd.DataFrame, expectations: list) -> list[ExpectationValidationResult]:
    """Runs the expectations on a frame and returns those that fail, with the index of each row that breaks them."""
    source = _context().data_sources.add_or_update_pandas("incoming")
    batch = source.add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(name="shape", expectations=expectations)
    outcome = batch.validate(suite, result_format={"result_format": "COMPLETE"})
    broken = [result for result in outcome.results if result.exception_info.get("raised_exception")]
    if broken:
        raise RuntimeError(f"{broken[0].expectation_config.type}: {broken[0].exception_info['exception_message']}")
    return [result for result in outcome.results if not result.success]


def _known_values(table: str, column: str, tables: dict[str, Incoming]) -> set[str] | None:
    """What a reference may name; None where a table was read in part. A territory may also be an official one of today."""
    named = tables["territories" if table == _ALL_TERRITORIES else table]
    if not named.is_whole:
        return None
    values = set(named.frame[column].dropna())
    return values | _official_codes() if table == _ALL_TERRITORIES else values


@cache
def _official_codes() -> set[str]:
    return {territory.territory_code for territory in Geography.load().current()}


def check_table(incoming: Incoming, tables: dict[str, Incoming]) -> list[Finding]:
    """Everything that is wrong with the rows of one table. tables: all of them, for the references."""
    shape, frame = incoming.shape, incoming.frame
    known = {target: values for target in set(shape.references.values()) if (values := _known_values(*target, tables)) is not None}
    expectations = _expectations(shape, frame, known)
    failed = validate(_with_helpers(shape, frame), expectations) if expectations else []
    return [finding for result in failed for finding in _findings(shape, frame, result)]
