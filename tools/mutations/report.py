"""The score of the planted errors in words and tables, and the pages that print it."""

import re
from pathlib import Path

from contracts.common.project import PROJECT
from tools.mutations.gaps import NOT_CAUGHT
from tools.mutations.proof import BY_CHECKS, BY_NOTHING, BY_SEAL, STATES, Proof

README = PROJECT / "README.md"
METHODOLOGY = PROJECT / "docs" / "methodology.md"
_START, _END = "<!-- planted errors -->", "<!-- /planted errors -->"
_PLACE = re.compile(f"{_START}\n(.*?){_END}", flags=re.DOTALL)


def kinds_in(proofs: list[Proof], state: str) -> list[str]:
    return [proof.kind for proof in proofs if proof.state == state]


def surprises(proofs: list[Proof]) -> tuple[list[str], list[str]]:
    """Kinds that are missed and not listed as such, and kinds that are listed and caught."""
    missed = kinds_in(proofs, BY_NOTHING)
    caught = kinds_in(proofs, BY_CHECKS) + kinds_in(proofs, BY_SEAL)
    return [kind for kind in missed if kind not in NOT_CAUGHT], [kind for kind in caught if kind in NOT_CAUGHT]


def _counts(proofs: list[Proof]) -> list[int]:
    """Kinds, kinds in each state, rows, rows in each state."""
    rows = [outcome.state for proof in proofs for outcome in proof.outcomes]
    kinds = [proof.state for proof in proofs]
    return [len(kinds), *map(kinds.count, STATES), len(rows), *map(rows.count, STATES)]


def score(proofs: list[Proof]) -> str:
    """The last line of the report."""
    kinds, unsealed, sealed, missed, rows, unsealed_rows, sealed_rows, missed_rows = _counts(proofs)
    return (
        f"mutations: {kinds} kinds. Caught on every row: {unsealed} without the seal, {unsealed + sealed} with it; {missed} are not. "
        f"{rows} rows planted: {unsealed_rows} caught without the seal, {unsealed_rows + sealed_rows} with it, {missed_rows} by nothing."
    )


def by_table(proofs: list[Proof]) -> str:
    """A Markdown table of the kinds and rows by table of the seeds, most kinds first."""
    seeds = {proof.seed for proof in proofs}
    parts = [(seed, [proof for proof in proofs if proof.seed == seed]) for seed in seeds]
    lines = [
        f"| table | kinds | {' | '.join(STATES)} | rows | {' | '.join(STATES)} |",
        "|---|" + "--:|" * 8,
        *(f"| {seed} | {' | '.join(map(str, _counts(part)))} |" for seed, part in sorted(parts, key=lambda pair: (-len(pair[1]), pair[0]))),
        f"| all | {' | '.join(map(str, _counts(proofs)))} |",
    ]
    return "\n".join(lines)


def by_gap(proofs: list[Proof]) -> str:
    """A Markdown table of the kinds that are not caught, by the reason."""
    kinds: dict[str, list[str]] = {}
    for kind in kinds_in(proofs, BY_NOTHING):
        kinds.setdefault(NOT_CAUGHT.get(kind, "not known"), []).append(kind)
    lines = ["| why no check sees it | kinds | which |", "|---|--:|---|"]
    lines += [f"| {reason} | {len(found)} | {' · '.join(sorted(found))} |" for reason, found in kinds.items()]
    return "\n".join(lines)


def sections(proofs: list[Proof]) -> dict[Path, str]:
    """What stands between the marks of each page."""
    kinds, unsealed, sealed, missed, rows, unsealed_rows, sealed_rows, missed_rows = _counts(proofs)
    read_once = sum(proof.is_missed_where_read_once for proof in proofs)
    readme = (
        f"- The mutation proof (`make mutations`) plants errors of {kinds} kinds in copies of the seeds. {unsealed} are caught on every\n"
        f"  row without the seal, {unsealed + sealed} with it; {missed} are missed on some row: see\n"
        "  [docs/methodology.md](docs/methodology.md#planted-errors). The seal shows that a figure changed since two readings\n"
        "  agreed, not that the reading was right.\n"
    )
    methodology = (
        f"`make mutations` plants errors of {kinds} kinds. {unsealed} are caught on every row without the seal, "
        f"{unsealed + sealed} with it; {missed} are missed on some row,\n{read_once} of these only on figures that were read once. "
        f"Of {rows} planted rows, {unsealed_rows} are caught without the seal, {unsealed_rows + sealed_rows} with it, "
        f"{missed_rows} by nothing.\n\nKinds, then rows, by table of the seeds:\n\n{by_table(proofs)}\n\n"
        f"Kinds that are missed on some row:\n\n{by_gap(proofs)}\n\n"
    )
    return {README: readme, METHODOLOGY: methodology}


def printed(page: Path) -> str:
    """What a page prints between its marks. Raises ValueError when it has none."""
    found = _PLACE.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{page} has no lines {_START} and {_END}: add them around the score")
    return found[1]


def write(proofs: list[Proof]) -> None:
    """Writes the score between the marks of both pages."""
    for page, section in sections(proofs).items():
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"{_START}\n{printed(page)}", f"{_START}\n{section}"), encoding="utf-8")
