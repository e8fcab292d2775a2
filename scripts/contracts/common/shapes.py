"""The shape of every seed, read from the YAML that dbt reads: column types beside the seed, rules in the tests of its staging model."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from contracts.common.project import PROJECT

STAGING = "models/staging/stg_contracts__{}.yml"


@dataclass(frozen=True)
class Shape:
    """What one table takes, from a seed and from the files landed beside it.

    columns: name → SQL type. descriptions: name → meaning, unit, null. Rules as in the generic test sound_seed; references:
    column → (table, column) that must hold the value. takes_landing: users may land files for it.
    """

    table: str
    description: str
    columns: dict[str, str]
    descriptions: dict[str, str]
    key: list[str]
    takes_landing: bool
    required: list[str] = field(default_factory=list)
    not_negative: list[str] = field(default_factory=list)
    ordered: list[tuple[str, str]] = field(default_factory=list)
    allowed: dict[str, list[str]] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    luhn: list[str] = field(default_factory=list)


def _yaml(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _rules(path: Path) -> dict:
    """Arguments of the test sound_seed of one staging model."""
    (model,) = _yaml(path)["models"]
    (rules,) = [test["sound_seed"]["arguments"] for test in model["data_tests"] if "sound_seed" in test]
    return rules


def _target(reference: dict) -> tuple[str, str]:
    match = re.fullmatch(r"ref\('stg_contracts__(\w+)'\)", reference["to"])
    if match is None:
        raise ValueError(f"{reference['to']}: references of sound_seed point to a staging model")
    return match.group(1), reference["field"]


@cache
def shapes(project: Path = PROJECT) -> dict[str, Shape]:
    """The shape of each seed by its name, in alphabetical order."""
    sources = _yaml(project / "models/staging/landing.yml")["sources"]
    landed = {table["name"] for source in sources if source["name"] == "landing" for table in source["tables"]}
    found = {}
    for path in sorted((project / "seeds").glob("*.yml")):
        (seed,) = _yaml(path)["seeds"]
        name = seed["name"]
        rules = _rules(project / STAGING.format(name))
        found[name] = Shape(
            name,
            seed["description"],
            seed["config"]["column_types"],
            {column["name"]: column.get("description", "") for column in seed["columns"]},
            rules["key"],
            name in landed,
            rules.get("required", []),
            rules.get("not_negative", []),
            [tuple(pair) for pair in rules.get("ordered", [])],
            rules.get("allowed", {}),
            rules.get("patterns", {}),
            {reference["column"]: _target(reference) for reference in rules.get("references", [])},
            rules.get("luhn", []),
        )
    return found
