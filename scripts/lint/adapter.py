"""What sqlfluff takes for dbt's adapter: a dispatched macro is DuckDB's."""

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, macro: str, namespace: str | None = None) -> Callable:
    """The default version of a macro, which stands in the same file."""
    return context.resolve(f"default__{macro}")
