"""Mapping files: which column of an analyst's table is what. Read and checked here, so that importers may trust them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.reading import Table

MAX_MAPPING_BYTES = 1 << 20


@dataclass(frozen=True)
class Key:
    """What a key of a mapping may hold. kinds: text, texts, number, numbers, date, map, pattern, patterns, boolean."""

    kinds: str
    required: bool = False
    choices: tuple[str, ...] = ()
    keys: "Mapping[str, Key] | None" = None


def read_mapping(path: Path, schema: Mapping[str, Key]) -> dict[str, Any]:
    """The mapping of a YAML file. ImportRefusedError names the key that is unknown, missing or of another kind."""
    try:
        if path.stat().st_size > MAX_MAPPING_BYTES:
            raise ImportRefusedError("mapping_unreadable", file=path.name, detail="> 1 MiB")
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ImportRefusedError("file_not_found", file=path) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        detail = " ".join(str(error).split())[:300]
        raise ImportRefusedError("mapping_unreadable", file=path.name, detail=detail) from None
    if not isinstance(content, dict):
        raise ImportRefusedError("mapping_unreadable", file=path.name, detail="key: value")
    return checked(content, schema, path.name)


def checked(content: Mapping[Any, Any], schema: Mapping[str, Key], where: str) -> dict[str, Any]:
    """The content with every key known and of its kind; dates and numbers become text."""
    result: dict[str, Any] = {}
    for name, value in content.items():
        if name not in schema:
            close = get_close_matches(str(name), schema, 1) or [", ".join(schema)]
            raise ImportRefusedError("mapping_unknown_key", file=where, key=name, close=close[0])
        if value is not None:
            result[name] = _value(value, schema[name], f"{where}: {name}")
    for name, key in schema.items():
        if key.required and result.get(name) in (None, "", [], {}):
            raise ImportRefusedError("mapping_missing_key", file=where, key=name)
    return result


def _value(value: Any, key: Key, where: str) -> Any:
    wrong = ImportRefusedError("mapping_wrong_value", key=where, value=str(value)[:80], expected=key.kinds)
    for kind in key.kinds.split("|"):
        match kind:
            case "text" if isinstance(value, str | int | float | date) and not isinstance(value, bool):
                text = str(value)
                if key.choices and text not in key.choices:
                    raise ImportRefusedError("mapping_wrong_value", key=where, value=text, expected=", ".join(key.choices))
                return text
            case "texts" if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
                return [str(item) for item in value]
            case "number" if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                return value
            case "numbers" if isinstance(value, list) and all(isinstance(item, int) and item > 0 for item in value):
                return value
            case "boolean" if isinstance(value, bool):
                return value
            case "pattern" if isinstance(value, str):
                return _pattern(value, where)
            case "patterns" if isinstance(value, list) and all(isinstance(item, str) for item in value):
                return [_pattern(item, where) for item in value]
            case "map" if isinstance(value, dict):
                return checked(value, key.keys, where) if key.keys else {str(name): item for name, item in value.items()}
    raise wrong


def _pattern(text: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise ImportRefusedError("mapping_wrong_value", key=where, value=text, expected=f"regular expression ({error})") from None


def column_of(table: Table, name: str) -> str:
    """The column of the table with this name, spaces and case aside. ImportRefusedError: there is none."""
    wanted = " ".join(name.split()).casefold()
    for column in table.columns:
        if column.casefold() == wanted or column.casefold().rpartition(" / ")[2] == wanted:
            return column
    raise ImportRefusedError("missing_column", file=table.source.path.name, column=name, columns=", ".join(table.columns))


def as_list(value: str | list[str] | None) -> list[str]:
    """One text or several as a list."""
    return [] if value is None else [value] if isinstance(value, str) else value
