"""Writes the files that an analyst fills in for one new contract."""

import csv
import io
import os
import re
from pathlib import Path

from contracts.common.project import PROJECT
from contracts.common.shapes import Shape, shapes

# in the order of filling in
TABLES = ("source_documents", "contracts", "contract_signatories", "axes", "operations", "financial_lines", "source_mentions")
CODE = re.compile(r"[a-z][a-z0-9_]{2,59}")


class LandingError(Exception):
    """What stands against the new files, in words for the analyst."""


def checked_code(code: str) -> str:
    """The code of a contract, which becomes the name of files. Raises LandingError for one that is no plain code."""
    if not CODE.fullmatch(code):
        raise LandingError(f"«{code}» is no contract code: 3 to 60 small letters without accent, digits and _, beginning with a letter")
    return code


def _csv(shape: Shape, rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(shape.columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _rule(shape: Shape, column: str) -> str:
    """What a cell of the column takes, in a few words."""
    if column in shape.allowed:
        words = "one of " + ", ".join(shape.allowed[column])
    elif column in shape.references:
        words = "a code of " + shape.references[column][0]
    else:
        words = {"date": "date, 2021-03-31", "boolean": "true or false", "varchar": "text"}.get(shape.columns[column], "number")
    return words + (", never empty" if column in shape.required else "")


def _guide(code: str, tables: list[Shape]) -> str:
    lines = [
        f"# Filling in the contract {code}",
        "",
        "1. Fill the files below in this order: one row per document, per axis, per amount, per printed figure.",
        "2. `contracts check` says which file, line and column is wrong, and what to do.",
        "3. `dbt build`, then `contracts explain funding_by_contract " + code + "`.",
        "",
        "Codes are small letters, digits and `_`, unique in their table. Partners, territories and funds that the seeds do not have go",
        f"into `landing/partners/{code}.csv`, `landing/territories/{code}.csv` and `landing/funds/{code}.csv`, with the seeds' columns.",
        "A part names its total in `parent_line_code`. Each amount has one row in source_mentions, role `states`, the figure as printed.",
    ]
    for shape in tables:
        lines += ["", f"## landing/{shape.table}/{code}.csv", "", shape.description, "", "| column | takes | holds |", "|---|---|---|"]
        lines += [f"| `{column}` | {_rule(shape, column)} | {shape.descriptions[column]} |" for column in shape.columns]
    return "\n".join(lines) + "\n"


def new_contract(code: str, label: str = "", contract_type: str = "", project: Path = PROJECT) -> list[Path]:
    """Writes one CSV file for each table and a guide, into landing/. With label and type, the row of the contract is there already.

    Raises LandingError when the code is malformed or taken, the type is unknown or a file is there already; nothing is written then.
    """
    checked_code(code)
    known = shapes(project)
    if label or contract_type:
        with (project / "seeds" / "contract_types.csv").open(encoding="utf-8", newline="") as file:
            types = [row["contract_type_code"] for row in csv.DictReader(file)]
        if contract_type not in types or not label.strip():
            raise LandingError(f"give --label and --type together; «{contract_type}» must be one of {', '.join(types)}")
    files = {project / "landing" / table / f"{code}.csv": _csv(known[table], []) for table in TABLES}
    if label:
        row = {"contract_code": code, "label_fr": label.strip(), "contract_type_code": contract_type}
        files[project / "landing" / "contracts" / f"{code}.csv"] = _csv(known["contracts"], [row])
    files[project / "landing" / f"{code}.md"] = _guide(code, [known[table] for table in TABLES])
    if taken := [path.relative_to(project).as_posix() for path in files if path.exists()]:
        raise LandingError(f"{taken[0]} is there already: fill it in, or take another code")
    with (project / "seeds" / "contracts.csv").open(encoding="utf-8", newline="") as file:
        if code in {row["contract_code"] for row in csv.DictReader(file)}:
            raise LandingError(f"{code} is a contract of the seeds: add rows to it with files of another name, or take another code")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}.new")
        staged.write_text(text, encoding="utf-8")
        os.replace(staged, path)
    return list(files)
