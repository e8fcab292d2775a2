"""What sqlfluff takes for dbt's own macros, as DuckDB spells them."""


def type_string() -> str:
    """Type of a text."""
    return "varchar"
