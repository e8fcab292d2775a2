"""Compares everything in the document texts that looks like money with the printed figures of the seeds."""

import bisect
import hashlib
import re
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from contracts.add.surroundings import Surroundings, Unnamed, read_seeds
from contracts.common.project import read_seed
from contracts.common.texts import squeezed

_NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?!\d)(?:[.,]\d+)?"
_WORD = r"\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent)\b"
_SCALE = r"milliards?|millions?|Mds?|mds?|mn|M|[kK](?=€| ?euros)"
_CURRENCY = r"€|[Ee]uros?\b"
_MONEY = re.compile(
    rf"(?P<number>{_NUMBER}|{_WORD}(?= (?:million|milliard)))"
    rf"(?: ?(?P<scale>{_SCALE})(?![\w/]))?"
    rf"(?: ?(?:d['’] ?|de )?(?P<currency>{_CURRENCY}))?"
    r"(?P<noun>(?: (?:d['’] ?|de |des )?[A-Za-zéèêàâîôûçœ-]+)?)"
)
COUNTED = frozenset(
    [
        "agents",
        "âgés",
        "bénéficiaires",
        "demandeurs",
        "emplois",
        "établissements",
        "étudiants",
        "habitants",
        "m",
        "personnes",
        "références",
        "salariés",
        "tonnes",
    ]
)
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+")


@dataclass(frozen=True)
class Hit:
    """One place that looks like money: its line, the text, and why it is no money (None when it is)."""

    line_number: int
    text: str
    number: str
    not_money: str | None


@dataclass
class DocumentCensus:
    """What the census of one document found. astray: mention code → proposed line, or None where the figure is nowhere.

    unnamed: what the sections around the figures of lines do not name, for a reader; it is no failure.
    """

    document_code: str
    state: str
    hits: list[Hit] = field(default_factory=list)
    unexplained: list[Hit] = field(default_factory=list)
    astray: dict[str, int | None] = field(default_factory=dict)
    unnamed: list[Unnamed] = field(default_factory=list)
    mention_count: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.unexplained and not self.astray


def plain(text: str) -> str:
    """Text with single spaces and straight apostrophes: the form in which figures are compared."""
    return squeezed(text).replace("’", "'")


def decode(content: bytes) -> tuple[str, list[str]]:
    """Text with LF line ends, and what had to be mended to get it (encoding, byte order mark, line ends)."""
    mended = []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        mended.append("read as Windows-1252, not UTF-8")
    if text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
        mended.append("without its byte order mark")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        mended.append("with LF instead of CRLF line ends")
    return text, mended


def find_money(text: str) -> list[Hit]:
    """Everything in a text that looks like money: amounts with a sign or word, scales without one, groups of thousands.

    A number without a currency that one of the COUNTED nouns follows ("1,2 million d'habitants") is a count, and says so.
    """
    lines = [(number, plain(line)) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    joined = " ".join(line for _, line in lines)
    starts = list(accumulate((len(line) + 1 for _, line in lines), initial=0))
    hits = []
    for match in _MONEY.finditer(joined):
        number, scale, currency, noun = match["number"], match["scale"], match["currency"], match["noun"].strip()
        if not (scale or currency or _GROUPED.fullmatch(number)):
            continue
        line_number = lines[bisect.bisect_right(starts, match.start("number")) - 1][0]
        noun = noun.split(" ")[-1].removeprefix("d'").lower()
        not_money = f"a count of {noun}" if not currency and noun in COUNTED else None
        hits.append(Hit(line_number, match[0].strip(), number, not_money))
    return hits


def _propose(lines: list[str], figure: str, expected: int) -> int | None:
    """Line nearest to the expected one, in proportion, on which the figure stands."""
    found = [number for number, line in enumerate(lines, start=1) if figure in line]
    return min(found, key=lambda number: abs(number - expected), default=None)


def take_census(document: dict[str, str], mentions: list[dict[str, str]], content: bytes) -> DocumentCensus:
    """Compares one document text with its mentions. Never changes a seed."""
    text, mended = decode(content)
    fingerprints = {hashlib.sha256(content).hexdigest(), hashlib.sha256(text.encode("utf-8")).hexdigest()}
    if document["sha256"] in fingerprints:
        state = "the text of the seeds" + (", " + ", ".join(mended) if mended else "")
    else:
        state = f"changed: the seeds were read from sha256 {document['sha256']}, this file is {hashlib.sha256(content).hexdigest()}"
    census = DocumentCensus(document["document_code"], state, mention_count=len(mentions))
    lines = [plain(line) for line in text.split("\n")]
    length = int(document["line_count"])
    for mention in mentions:
        number = int(mention["line_number"])
        figure = plain(mention["printed_figure"])
        if number > len(lines) or figure not in lines[number - 1]:
            census.astray[mention["mention_code"]] = _propose(lines, figure, round(number * len(lines) / length))
    moved = {mention["mention_code"]: census.astray.get(mention["mention_code"], int(mention["line_number"])) for mention in mentions}
    figures: dict[int | None, str] = {}
    for mention in mentions:
        line_number = moved[mention["mention_code"]]
        figures[line_number] = figures.get(line_number, "") + " | " + plain(mention["printed_figure"])
    census.hits = find_money(text)
    census.unexplained = [hit for hit in census.hits if hit.not_money is None and hit.number not in figures.get(hit.line_number, "")]
    return census


def census_of_folder(folder: Path) -> tuple[list[DocumentCensus], list[str]]:
    """Census of every document of the seeds that the folder holds, and the codes of those that it does not hold.

    A file is recognised by its sha256, else by its name. Raises FileNotFoundError when the folder does not exist.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder: give the folder that holds the document texts (*.txt)")
    contents = {path: path.read_bytes() for path in sorted(folder.glob("*.txt"))}
    by_fingerprint = {hashlib.sha256(content).hexdigest(): content for content in contents.values()}
    by_name = {path.stem: content for path, content in contents.items()}
    mentions = read_seed("source_mentions")
    seeds = read_seeds()
    results, missing = [], []
    for document in read_seed("source_documents"):
        code = document["document_code"]
        content = by_fingerprint.get(document["sha256"]) or by_name.get(code)
        if content is None:
            missing.append(code)
            continue
        of_document = [mention for mention in mentions if mention["document_code"] == code]
        result = take_census(document, of_document, content)
        surroundings = Surroundings(seeds, code, decode(content)[0])
        on_their_line = [mention for mention in of_document if mention["mention_code"] not in result.astray]
        result.unnamed = [each for mention in on_their_line for each in surroundings.unnamed(mention)]
        results.append(result)
    return results, missing


def score(results: list[DocumentCensus], missing: list[str]) -> str:
    """The last line of a census."""
    money = sum(1 for result in results for hit in result.hits if hit.not_money is None)
    counts = sum(1 for result in results for hit in result.hits if hit.not_money is not None)
    unexplained = sum(len(result.unexplained) for result in results)
    astray = sum(len(result.astray) for result in results)
    mentions = sum(result.mention_count for result in results)
    unnamed = sum(len({(each.line_number, each.printed_figure) for each in result.unnamed}) for result in results)
    return (
        f"census: {len(results)} documents ({len(missing)} not there), {money} places that look like money, "
        f"{counts} counts of other things, {unexplained} unexplained, {mentions} mentions, "
        f"{unnamed} figures to read with their section, {astray} not on their line"
    )
