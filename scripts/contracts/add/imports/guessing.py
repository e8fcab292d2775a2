"""Drafts the mapping of a maquette from the file itself; the analyst reads it over before importing."""

import re
from itertools import islice
from pathlib import Path

import yaml

from contracts.add.imports.known import Known
from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.outline import matches
from contracts.add.imports.partners import Partners
from contracts.add.imports.reading import Chunk, Source, Table, find_table, open_source
from contracts.add.imports.session import Places
from contracts.add.imports.values import amounts, unit_of

_SAMPLE_ROWS = 400
_HEADER_SEARCH = 40

# what headers say, in the order in which they are tried; plain French words
_WORDS = {
    "operation_code": r"^(n°|num[ée]ro|code\b|r[ée]f[ée]rence|id\b)",
    "owner": r"ma[iî]tre d['’ ]ouvrage|^mo\b|moa\b|porteur|b[ée]n[ée]ficiaire",
    "start_year": r"d[ée]but|d[ée]marrage",
    "end_year": r"\bfin\b|ach[èe]vement",
    "territory": r"territoire|commune|localisation|lieu|d[ée]partement d",
    "fund": r"^fonds$",
    "funder": r"^financeurs?$",
    "cost": r"co[uû]t|assiette|d[ée]pense",
    "total": r"\btotal\b|plan de financement",
    "amount": r"^montant",
    "volet": r"volet|axe|objectif|priorit[ée]|th[ée]matique|action\b|mesure",
    "operation": r"op[ée]ration|projet|intitul[ée]|libell[ée]|d[ée]signation",
}
_AMOUNT_KEYS = ("cost", "total", "amount")
_NUMBERS = ("operation_code", "start_year", "end_year")


def draft_mapping(path: Path, destination: Path | None, places: Places) -> Path:
    """Writes the draft beside the file, or at the destination. ImportRefusedError: no table is found, or the draft exists."""
    destination = destination or path.with_suffix(".yml")
    if destination.exists():
        raise ImportRefusedError("cannot_write", folder=destination, detail="existe déjà / exists already")
    source = open_source(path)
    sheet, lines = _header_lines(source)
    table = find_table(source, sheet, lines)
    chunk = next(iter(table.chunks(_SAMPLE_ROWS)))[0]
    text = _draft(source, table, chunk, lines, Partners(Known(places.project, places.landing_folder, "")))
    try:
        destination.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ImportRefusedError("cannot_write", folder=destination, detail=error.strerror) from None
    return destination


def _is_amount(cell: str) -> bool:
    return bool(re.fullmatch(r"[0-9][0-9\s\u00a0\u202f]*([.,][0-9]+)?\s*(k|m)?€?", cell.strip(), re.IGNORECASE))


def _header_lines(source: Source) -> tuple[str, tuple[int, ...]]:
    """Sheet and lines of the header: the widest line of words above the first line of amounts, with those between."""
    best: tuple[int, str, tuple[int, ...]] | None = None
    for sheet in source.sheets:
        rows = [row for row in islice(source.rows(sheet), _HEADER_SEARCH) if any(row.cells)]
        first = next((place for place, row in enumerate(rows) if sum(map(_is_amount, row.cells)) >= 1 and len(row.cells) > 2), None)
        if not first:
            continue
        words = [sum(1 for cell in row.cells if cell.strip()) for row in rows[:first]]
        widest = max(range(first), key=lambda place: words[place])
        lines = tuple(row.line for row in rows[widest:first] if sum(1 for cell in row.cells if cell.strip()) > 1)
        if best is None or words[widest] > best[0]:
            best = (words[widest], sheet, lines)
    if best is None:
        raise ImportRefusedError("no_rows", file=source.path.name)
    return best[1], best[2]


def _draft(source: Source, table: Table, chunk: Chunk, lines: tuple[int, ...], partners: Partners) -> str:
    """The mapping as YAML with the questions that only the analyst can answer."""
    columns: dict[str, object] = {}
    funders: dict[str, object] = {}
    volets: list[str] = []
    for column in table.columns:
        last = column.rpartition(" / ")[2]
        key = next((key for key, pattern in _WORDS.items() if re.search(pattern, last, re.IGNORECASE)), None)
        is_money = _holds_money(chunk, column)
        if key == "volet" and not is_money:
            volets.append(last)
        elif key and key not in columns and (is_money or key not in _AMOUNT_KEYS) and (not is_money or key in (*_AMOUNT_KEYS, *_NUMBERS)):
            columns[key] = last
        elif is_money:
            match = partners.find(last)
            funders[last] = match.code or "?"
    if volets:
        columns = {"volet": volets, **columns}
    is_long = "funder" in columns and "amount" in columns
    if not is_long:
        columns = {key: value for key, value in columns.items() if key not in ("funder", "amount", "fund")}
    columns.setdefault("operation", "?")
    described: dict[str, object] = {
        "contract": "?",
        "document": {"title": "?", "publisher": "?", "published_on": "?", "status": "?"},
        **({"sheet": table.sheet} if len(source.sheets) > 1 else {}),
        "header_lines": list(lines),
        "unit": unit_of(" ".join(table.columns)) or "€",
        "columns": columns,
        **({} if is_long else {"funders": funders}),
        **({"fill_down": True} if volets and _has_gaps(chunk, table, volets) else {}),
    }
    head = (
        f"# Ébauche pour {source.path.name} : remplacez chaque « ? », vérifiez le reste (docs/importing.md).\n"
        f"# Draft for {source.path.name}: replace each “?”, check the rest (docs/importing.md).\n"
    )
    return head + yaml.safe_dump(described, allow_unicode=True, sort_keys=False, width=140)


def _holds_money(chunk: Chunk, column: str) -> bool:
    """Whether most cells of a column that are not empty are amounts beyond what numbers of rows or years are."""
    cells = chunk.frame[column]
    filled = cells[cells != ""]
    if not len(filled):
        return False
    read = amounts(filled)
    years = matches(filled, re.compile(r"^(19|20)[0-9]{2}$"))
    return bool(read.has_amount.mean() > 0.6 and not years.mean() > 0.6)


def _has_gaps(chunk: Chunk, table: Table, volets: list[str]) -> bool:
    column = next(name for name in table.columns if name.rpartition(" / ")[2] == volets[0])
    return bool((chunk.frame[column] == "").any())
