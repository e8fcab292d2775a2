"""Which kinds of error that mutations plants in the seeds are caught, with and without the seal, and what the pages print of it."""

import re
from collections import Counter

import pytest
from typer.testing import CliRunner

from test_documents import SOURCES
from tools.mutations import report
from tools.mutations.__main__ import app
from tools.mutations.gaps import NOT_CAUGHT
from tools.mutations.kinds import KINDS, ROWS_PER_KIND
from tools.mutations.proof import BY_CHECKS, BY_NOTHING, BY_SEAL, REGISTERED, SEAL, Outcome, Proof, prove

CODES = [kind.code for kind in KINDS]


@pytest.fixture(scope="module")
def proofs() -> list[Proof]:
    return prove(SOURCES if SOURCES.is_dir() else None)


@pytest.mark.slow
def test_only_the_listed_kinds_are_missed(proofs: list[Proof]) -> None:
    print(report.score(proofs))
    unlisted, caught = report.surprises(proofs)
    assert unlisted == [], "add a check, or the reason to tools/mutations/gaps.py"
    assert caught == [], "remove them from tools/mutations/gaps.py"


@pytest.mark.slow
def test_the_pages_print_the_score(proofs: list[Proof]) -> None:
    for page, section in report.sections(proofs).items():
        assert report.printed(page) == section, f"{page.name}: run make mutations"


def test_the_kinds_are_registered_once() -> None:
    assert len(REGISTERED) == 3
    assert [code for code, count in Counter(CODES).items() if count > 1] == []
    assert [kind.code for kind in KINDS if not kind.sentence.endswith(".")] == []


@pytest.mark.slow
def test_every_kind_is_planted_on_several_rows(proofs: list[Proof]) -> None:
    counts = {proof.kind: len(proof.outcomes) for proof in proofs}
    assert {kind: count for kind, count in counts.items() if not 2 <= count <= ROWS_PER_KIND} == {}


def test_every_gap_is_a_kind_with_a_reason() -> None:
    assert [code for code in NOT_CAUGHT if code not in CODES] == []
    assert [code for code, reason in NOT_CAUGHT.items() if len(reason) < 20] == []


def test_the_pages_print_the_number_of_kinds_and_gaps() -> None:
    for page in (report.README, report.METHODOLOGY):
        text = page.read_text(encoding="utf-8")
        counts = [int(count) for count in re.findall(r"errors of (\d+) kinds", text)]
        assert counts and set(counts) == {len(KINDS)}, f"{page.name}: run make mutations"
        missed = [int(count) for count in re.findall(r"(\d+) are missed on some row", report.printed(page))]
        assert missed == [len(NOT_CAUGHT)], f"{page.name}: run make mutations"
    listed = re.findall(r"\| \d+ \| ([a-z]\w+(?: · \w+)*) \|$", report.printed(report.METHODOLOGY), flags=re.MULTILINE)
    assert sorted(" · ".join(listed).split(" · ")) == sorted(NOT_CAUGHT)


def outcome(*checks: str) -> Outcome:
    return Outcome("row", checks, None)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([outcome("rule one"), outcome("rule one", SEAL)], BY_CHECKS),
        ([outcome("rule one"), outcome(SEAL)], BY_SEAL),
        ([outcome("rule one"), outcome(SEAL), outcome()], BY_NOTHING),
        ([], BY_NOTHING),
    ],
)
def test_a_kind_is_as_good_as_its_worst_row(outcomes: list[Outcome], expected: str) -> None:
    assert Proof("kind", "A sentence.", tuple(outcomes)).state == expected


def test_the_score_counts_with_and_without_the_seal() -> None:
    proofs = [
        Proof("a", "A.", (outcome("rule one"), outcome(SEAL)), "axes"),
        Proof("b", "B.", (outcome("rule one"),), "axes"),
        Proof("c", "C.", (outcome(), outcome("rule one")), "contracts"),
    ]
    assert report.score(proofs) == (
        "mutations: 3 kinds. Caught on every row: 1 without the seal, 2 with it; 1 are not. "
        "5 rows planted: 3 caught without the seal, 4 with it, 1 by nothing."
    )
    assert "| axes | 2 | 1 | 1 | 0 | 3 | 2 | 1 | 0 |" in report.by_table(proofs)
    assert report.surprises(proofs) == (["c"], [])


@pytest.mark.parametrize(
    ("listed", "checks", "expected"),
    [((), ("rule one",), 0), ((), (), 1), (("a",), ("rule one",), 1), (("a",), (), 0)],
    ids=["caught", "newly missed", "newly caught", "missed as listed"],
)
def test_the_command_fails_on_a_surprise(
    monkeypatch: pytest.MonkeyPatch, listed: tuple[str, ...], checks: tuple[str, ...], expected: int
) -> None:
    monkeypatch.setattr("tools.mutations.__main__.prove", lambda *_: [Proof("a", "A.", (outcome(*checks),), "axes")])
    monkeypatch.setattr(report, "NOT_CAUGHT", dict.fromkeys(listed, "a reason"))
    result = CliRunner().invoke(app, [])
    assert result.exit_code == expected, result.output
    assert "without the seal" in result.output
