"""Counts that the pages print are those of quality.printed_counts, and no page prints one without naming it."""

import re
from collections.abc import Mapping

import duckdb
import pytest

from contracts.common.project import PROJECT
from printed_commands import pages

_NUMBER = r"(?<![\w.,-])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?![\d,.]*\d)"
_COUNTED = re.compile(r"^<!-- counts: (.*?) -->\n(.*?)^<!-- /counts -->", re.MULTILINE | re.DOTALL)
# the words for what is counted, and the beginning of the codes of their counts
WORDS = {
    "instruments?|contracts?|contrats?": ("instruments",),
    "partners?|partenaires?": ("partners",),
    "operations?|opérations?": ("operations",),
    "lines?|lignes?": ("financial_lines",),
    "figures?|chiffres?|montants?|mentions?": ("printed_figures", "money_figures", "figures_of_lines"),
    "indicators?|indicateurs?": ("indicators",),
    "contradictions?": ("contradictions",),
}
# a number within this part of a count is taken for it: pages that were not kept up print the count of before
RESEMBLES = 0.15


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def wrong_counts(page: str, text: str, counts: Mapping[str, int]) -> list[str]:
    """What is wrong with the numbers that a page names: each with its code, in the order in which they stand."""
    faults = []
    for names, span in _COUNTED.findall(text):
        codes = [name.strip() for name in names.split(",")]
        numbers = [number(found) for found in re.findall(_NUMBER, span)]
        if len(codes) != len(numbers):
            faults.append(f"{page}: {len(codes)} counts are named and {len(numbers)} numbers printed: {names}")
            continue
        for code, printed in zip(codes, numbers, strict=True):
            if code not in counts:
                faults.append(f"{page}: {code} is no count of quality.printed_counts")
            elif counts[code] != printed:
                faults.append(f"{page}: {code} is {counts[code]}, the page prints {printed}")
    return faults


def unnamed_counts(page: str, text: str, counts: Mapping[str, int]) -> list[str]:
    """Numbers before a word for what is counted that equal or resemble a count and stand outside the named ones."""
    text = re.sub(r"^ *```.*?^ *```|<!--.*?-->", "", _COUNTED.sub("", text), flags=re.MULTILINE | re.DOTALL)
    faults = []
    for words, starts in WORDS.items():
        alike = [value for code, value in counts.items() if code.startswith(starts)]
        for found, noun in re.findall(rf"({_NUMBER})(?: (?:of )?[a-zé]{{4,}}){{0,2}}?\s+({words})\b", text):
            if any(abs(number(found) - value) <= RESEMBLES * value for value in alike):
                faults.append(f"{page}: « {found} … {noun} » stands outside <!-- counts: … -->")
    return faults


@pytest.fixture(scope="module")
def counts(warehouse: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(warehouse.execute("select count_code, counted_value from quality.printed_counts").fetchall())


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {page: (PROJECT / page).read_text(encoding="utf-8") for page in pages()}


def test_pages_print_the_counts_of_the_warehouse(counts: dict[str, int], texts: dict[str, str]) -> None:
    assert _COUNTED.search(texts["README.md"])
    assert [fault for page, text in texts.items() for fault in wrong_counts(page, text, counts)] == []


def test_pages_print_no_count_without_its_name(counts: dict[str, int], texts: dict[str, str]) -> None:
    assert [fault for page, text in texts.items() for fault in unnamed_counts(page, text, counts)] == []


def test_the_counts_of_instruments_fit_together(counts: dict[str, int]) -> None:
    assert counts["instruments"] == counts["instruments_with_content"] + counts["instruments_only_named"]
    assert counts["instruments_with_money"] <= counts["instruments_with_content"]


# first words of a row of the README's table → its contract
HEADLINES = {
    "CPER Hauts-de-France": "cper_hdf_2021_2027",
    "CPER Nord-Pas-de-Calais": "cper_npdc_2015_2020",
    "Interreg": "interreg_hdf_2014_2020",
    "CPER Picardie": "cper_picardie_2015_2020",
    "Renewal of the mining basin": "erbm_2017_2027",
    "Calais contract": "cdt_calaisis",
}


def test_the_table_of_the_readme_is_that_of_the_marts(warehouse: duckdb.DuckDBPyConnection, texts: dict[str, str]) -> None:
    table = re.search(r"^\| Contract \|.*?\n\n", texts["README.md"], re.MULTILINE | re.DOTALL).group(0)
    printed = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.strip().splitlines()[2:]]
    assert len(printed) == len(HEADLINES)
    for label, *amounts in printed:
        (contract,) = [key for start, key in HEADLINES.items() if label.startswith(start)]
        known = warehouse.execute(
            "select contracted_eur - coalesce(contracted_yearly_eur, 0), unallocated_contracted_eur, contracted_from_draft_eur, "
            "contracted_yearly_eur from marts.funding_by_contract where contract_key = ?",
            [contract],
        ).fetchone()
        millions = [f"{value / 1_000_000:,.2f}".replace(",", " ").removesuffix("0").removesuffix(".0") if value else "" for value in known]
        assert [amount.removesuffix(".0") for amount in amounts] == millions[:3], label
        # a yearly amount stands beside the total, not in it
        assert not millions[3] or f"{millions[3]} a year" in label, label


MADE_UP = {"instruments": 1503, "instruments_with_money": 51, "money_figures": 223}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("1 503 instruments (51 with money)", []),
        ("1503 instruments (50 with money)", ["page.md: instruments_with_money is 51, the page prints 50"]),
        ("1 503 instruments", ["page.md: 2 counts are named and 1 numbers printed: instruments, instruments_with_money"]),
    ],
)
def test_a_wrong_count_is_told(text: str, faults: list[str]) -> None:
    page = f"Before.\n\n<!-- counts: instruments, instruments_with_money -->\n{text}.\n<!-- /counts -->\n\nAfter 7.\n"
    assert wrong_counts("page.md", page, MADE_UP) == faults
    assert unnamed_counts("page.md", page, MADE_UP) == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("all of the 220 printed money figures", True),
        ("the 49 contrats", True),
        ("10 000 lines of 20 contracts", False),
        ("223 006 figures", False),
        ("about 224 s for figures", False),
    ],
)
def test_a_count_without_its_name_is_found(text: str, is_found: bool) -> None:
    assert bool(unnamed_counts("page.md", text, MADE_UP)) is is_found
