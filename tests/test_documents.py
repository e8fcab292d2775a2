"""The seeds against the texts that they were read from, where those texts are at hand."""

import csv
import hashlib

import pytest

from contracts.add.census import plain
from contracts.common.project import PROJECT

SOURCES = PROJECT.parent / "shared" / "sources"
SEEDS = PROJECT / "seeds"

needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the document texts are not there: {SOURCES} is no folder")


def rows(seed: str) -> list[dict[str, str]]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_sources
def test_the_fingerprints_and_line_counts_are_those_of_the_texts() -> None:
    for document in rows("source_documents"):
        content = (SOURCES / f"{document['document_code']}.txt").read_bytes()
        assert hashlib.sha256(content).hexdigest() == document["sha256"], document["document_code"]
        assert len(content.decode("utf-8").removesuffix("\n").split("\n")) == int(document["line_count"]), document["document_code"]


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


def test_no_line_number_lies_beyond_its_document() -> None:
    length = {document["document_code"]: int(document["line_count"]) for document in rows("source_documents")}
    for seed in ("contracts", "operations", "indicators", "axes", "source_mentions", "contract_signatories"):
        for row in rows(seed):
            if row["line_number"]:
                assert int(row["line_number"]) <= length[row["document_code"]], row


MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]


@needs_sources
def test_every_date_of_a_contract_is_printed_in_its_document() -> None:
    texts = {path.stem: plain(path.read_text(encoding="utf-8")).lower() for path in SOURCES.glob("*.txt")}
    astray = []
    for contract in rows("contracts"):
        for column in ("signed_on", "voted_on"):
            if contract[column]:
                year, month, day = (int(part) for part in contract[column].split("-"))
                if f"{day} {MONTHS[month - 1]} {year}" not in texts[contract["document_code"]]:
                    astray.append((contract["contract_code"], column))
    assert astray == []
