"""Looks around each citation of a financial line: the section of the document must name its funder, its place and its axis or operation."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from contracts.common.project import read_seed
from contracts.common.texts import plain_words

Seeds = dict[str, list[dict[str, str]]]
SEEDS = (
    "axes",
    "document_headings",
    "financial_lines",
    "funds",
    "operations",
    "partner_aliases",
    "partner_group_members",
    "partners",
    "source_documents",
    "territories",
    "territory_members",
)
REACH = 30
_SHORTEST_WORD = 5
_STEM = 6
_REGION_WORDS = ("région", "régions", "régional", "régionale", "régionaux")


@dataclass(frozen=True)
class Unnamed:
    """What the section around a figure does not name. looked_for: names of the funder or place, or the label of axis or operation."""

    line_number: int
    printed_figure: str
    attribute: str
    looked_for: str


def read_seeds() -> Seeds:
    """The seeds that say who pays, where and for what."""
    return {name: read_seed(name) for name in SEEDS}


def words_of(text: str) -> str:
    """Words without accents, capitals and marks, one space around each: the form in which names are looked for."""
    joined = re.sub(r"(\w)-\s*\n\s*(?=[a-zé])", r"\1", text)
    return f" {' '.join(plain_words(joined))} "


class Surroundings:
    """The seeds by their codes, and for one document the section around each line."""

    def __init__(self, seeds: Seeds, document_code: str, text: str) -> None:
        def by(name: str, key: str) -> dict[str, dict[str, str]]:
            return {row[key]: row for row in seeds[name]}

        self.partners = by("partners", "partner_code")
        self.territories = by("territories", "territory_code")
        self.axes = by("axes", "axis_code")
        self.operations = by("operations", "operation_code")
        self.funds = by("funds", "fund_code")
        self.lines = {(row["line_code"], row["recorded_on"]): row for row in seeds["financial_lines"]}
        self.seeds = seeds
        self.is_pledge = by("source_documents", "document_code")[document_code]["document_status"] == "pledge"
        self.text_lines = text.split("\n")
        self.headings = sorted(
            (int(row["line_number"]), int(row["level"]), row["label_fr"])
            for row in seeds["document_headings"]
            if row["document_code"] == document_code and row["line_number"]
        )

    def section(self, line_number: int) -> str:
        """Words from the heading above a line to the next one, at most REACH lines away, under the headings that stand above it."""
        first, last, above = 1, len(self.text_lines), {}
        for (start, level, label), (end, *_) in pairwise([*self.headings, (last + 1, 0, "")]):
            if start > line_number:
                break
            above = {depth: each for depth, each in above.items() if depth < level} | {level: label}
            first, last = start, end - 1
        lines = self.text_lines[max(first, line_number - REACH) - 1 : min(last, line_number + REACH)]
        return words_of("\n".join([*above.values(), *lines]))

    def funder_names(self, funder: dict[str, str], fund_code: str) -> Iterator[str]:
        """Names of a funder, of the members of its group, of the State behind it and of the fund."""
        code = funder["partner_code"]
        members = [row["partner_code"] for row in self.seeds["partner_group_members"] if row["partner_group_code"] == code]
        for partner in [funder, *(self.partners[each] for each in members)]:
            yield from filter(None, (partner["label_fr"], partner["short_label"]))
            yield from (row["printed_name"] for row in self.seeds["partner_aliases"] if row["partner_code"] == partner["partner_code"])
            if partner["partner_type_code"].startswith("state_"):
                yield "État"
            if "region" in partner["partner_type_code"]:
                yield from _REGION_WORDS
                if self.is_pledge:
                    yield from ("nous", "notre")
        if fund_code:
            yield from re.split(r"[()]", self.funds[fund_code]["label_fr"])

    def place_names(self, territory: dict[str, str]) -> Iterator[str]:
        """Names of a place and of what it holds; a région may be named by that word."""
        code = territory["territory_code"]
        yield territory["label_fr"]
        if "region" in territory["territory_type_code"]:
            yield from _REGION_WORDS
        held = {row["member_territory_code"] for row in self.seeds["territory_members"] if row["territory_code"] == code}
        held |= {row["territory_code"] for row in self.seeds["territories"] if row["parent_territory_code"] == code}
        yield from (self.territories[each]["label_fr"] for each in sorted(held) if each in self.territories)

    def unnamed(self, mention: dict[str, str]) -> Iterator[Unnamed]:
        """What the section around a mention of a line does not name of its funder, place, axis and operation."""
        line = self.lines.get((mention["subject_code"], mention["subject_recorded_on"]))
        if mention["subject_type"] != "financial_line" or line is None:
            return
        section = self.section(int(mention["line_number"]))

        def missing(attribute: str, looked_for: str) -> Unnamed:
            return Unnamed(int(mention["line_number"]), mention["printed_figure"], attribute, looked_for)

        funder = self.partners.get(line["partner_code"])
        names_funder = funder and names_one(section, self.funder_names(funder, line["fund_code"]))
        # a group and a perimeter have long names of several words, of which a text prints some
        if funder and not (names_funder or (funder["partner_type_code"] == "group" and shares_words(section, funder["label_fr"]))):
            yield missing("funder", funder["label_fr"])
        operation = self.operations.get(line["operation_code"])
        place = self.territories.get(line["territory_code"] or (operation["territory_code"] if operation else ""))
        names_place = place and names_one(section, self.place_names(place))
        if place and not (names_place or (not place["official_code"] and shares_words(section, place["label_fr"]))):
            yield missing("place", place["label_fr"])
        labels = list(dict.fromkeys(row["label_fr"] for row in (operation, self.axes.get(line["axis_code"])) if row))
        if labels and not any(shares_words(section, label) for label in labels):
            yield missing("axis or operation", " / ".join(labels))


def names_one(section: str, names: Iterable[str]) -> bool:
    """Whether a section names one of some names, each as a whole."""
    return any(words_of(name) in section for name in names if words_of(name).strip())


def shares_words(section: str, label: str) -> bool:
    """Whether a section has half of the distinctive words of a label, in whatever form; a label without any is looked for as a whole."""
    stems = {word[:_STEM] for word in words_of(label).split() if len(word) >= _SHORTEST_WORD}
    if not stems:
        return words_of(label) in section
    return 2 * sum(f" {stem}" in section for stem in stems) >= len(stems)
