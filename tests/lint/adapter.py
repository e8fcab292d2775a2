"""Stands in for dbt's adapter where sqlfluff reads the models: a dispatched macro looks like a function of its first argument."""

from collections.abc import Callable


def dispatch(name: str) -> Callable[..., str]:
    return lambda *arguments: f"{name}({arguments[0]})"
