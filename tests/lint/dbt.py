"""Stands in for dbt's own macros where sqlfluff reads the models."""


def type_string() -> str:
    return "varchar"


def last_day(date: str, datepart: str) -> str:
    return f"last_day({date})"
