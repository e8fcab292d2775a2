"""The shape of every seed, read from the YAML of its staging model."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from contracts.common.project import PROJECT


@dataclass(frozen=True)
class Shape:
    """What one table takes, from a seed and from the files landed beside it.

    columns: name → SQL type. descriptions: name → meaning, unit, null. required, allowed as in config.meta.row_rules; references:
    column → (table, column) that must hold the value. takes_landing: users may land files for it.
    """

    table: str
    description: str
    columns: dict[str, str]
    descriptions: dict[str, str]
    key: list[str]
    takes_landing: bool
    required: list[str] = field(default_factory=list)
    allowed: dict[str, list[str]] = field(default_factory=dict)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)


@cache
def shapes(project: Path = PROJECT) -> dict[str, Shape]:
    """The shape of each seed by its name, in alphabetical order."""
    found = {}
    for path in sorted((project / "models/staging").glob("stg_contracts__*.yml")):
        told = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        if "seeds" not in told:
            continue
        (model,), (seed,) = told["models"], told["seeds"]
        rules = model["config"]["meta"]["row_rules"]
        found[seed["name"]] = Shape(
            seed["name"],
            seed["description"],
            {column["name"]: column.get("data_type", "varchar") for column in seed["columns"]},
            {column["name"]: column["description"] for column in seed["columns"]},
            rules["key"],
            "sources" in told,
            rules.get("required", []),
            rules.get("allowed", {}),
            {reference["column"]: (reference["to"], reference["field"]) for reference in rules.get("references", [])},
        )
    return found
