"""What sqlfluff takes for dbt's own macros, as DuckDB spells them."""


def type_string() -> str:
    """Type of a text."""
    return "varchar"


def escape_single_quotes(words: str) -> str:
    """A text that may stand between apostrophes."""
    return words.replace("'", "''")


def last_day(date: str, datepart: str) -> str:
    """Last day of the month, or other part of time, that a date lies in."""
    return f"last_day({date})"
