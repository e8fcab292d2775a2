"""The seeds against the texts that they were read from, where those texts are at hand."""

import csv
import hashlib
import re

import pytest

from contracts.project import PROJECT

SOURCES = PROJECT.parent / "shared" / "sources"
SEEDS = PROJECT / "seeds"

needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the document texts are not there: {SOURCES} is no folder")


def rows(seed: str) -> list[dict[str, str]]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(text: str) -> str:
    """Text with single spaces and straight apostrophes, as figures are compared."""
    return re.sub(r"\s+", " ", text).replace("’", "'").strip().lower()


@needs_sources
def test_the_fingerprints_and_line_counts_are_those_of_the_texts() -> None:
    for document in rows("source_documents"):
        content = (SOURCES / f"{document['document_code']}.txt").read_bytes()
        assert hashlib.sha256(content).hexdigest() == document["sha256"], document["document_code"]
        assert len(content.decode("utf-8").removesuffix("\n").split("\n")) == int(document["line_count"]), document["document_code"]


@needs_sources
def test_every_printed_figure_stands_on_its_line() -> None:
    lines = {path.stem: path.read_text(encoding="utf-8").split("\n") for path in SOURCES.glob("*.txt")}
    astray = [
        mention["mention_code"]
        for mention in rows("source_mentions")
        if plain(mention["printed_figure"]) not in plain(lines[mention["document_code"]][int(mention["line_number"]) - 1])
    ]
    assert astray == []


@needs_sources
def test_every_contradiction_quotes_both_places() -> None:
    lines = {path.stem: path.read_text(encoding="utf-8").split("\n") for path in SOURCES.glob("*.txt")}
    astray = [
        (row["contradiction_code"], place)
        for row in rows("document_contradictions")
        for place in ("first", "second")
        if plain(row[f"{place}_print"]) not in plain(lines[row[f"{place}_document_code"]][int(row[f"{place}_line_number"]) - 1])
    ]
    assert astray == []


@needs_sources
def test_every_amount_with_a_currency_sign_is_a_mention() -> None:
    money = re.compile(r"\d\s*(?:[kM]|Md|Mds|md|mn|[Mm]illions?|[Mm]illiards?|euros?)?\s*(?:d['’]\s*)?(?:€|euros\b)")
    mentioned = {(mention["document_code"], int(mention["line_number"])) for mention in rows("source_mentions")}
    missed = [
        f"{path.stem}:{number} {line.strip()}"
        for path in sorted(SOURCES.glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if money.search(line) and (path.stem, number) not in mentioned
    ]
    assert missed == []


def test_no_line_number_lies_beyond_its_document() -> None:
    length = {document["document_code"]: int(document["line_count"]) for document in rows("source_documents")}
    for seed in ("contracts", "operations", "indicators", "axes", "source_mentions", "contract_signatories"):
        for row in rows(seed):
            if row["line_number"]:
                assert int(row["line_number"]) <= length[row["document_code"]], row
