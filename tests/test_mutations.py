"""Every kind of error that mutations plants in the seeds is caught by a check, on every row but those that were read once."""

import pytest

from contracts.mutations import Proof, prove, score
from test_documents import SOURCES


@pytest.fixture(scope="module")
def proofs() -> list[Proof]:
    return prove(SOURCES if SOURCES.is_dir() else None)


@pytest.mark.slow
def test_every_kind_of_error_is_caught(proofs: list[Proof]) -> None:
    print(score(proofs))
    assert len(proofs) >= 40
    assert {proof.kind: proof.uncaught for proof in proofs if not proof.is_caught} == {}


@pytest.mark.slow
def test_every_kind_is_planted(proofs: list[Proof]) -> None:
    assert [proof.kind for proof in proofs if len(proof.outcomes) < 2] == []
