"""The protocols print for each trap what the published scorers print."""

from __future__ import annotations

import pytest

from bench.protocols import PROTOCOLS, Paired
from bench.protocols.seqeval import score_tags
from bench.schema import Annotation, Event, Mark
from tests.agreement.traps import CASES

ROWS = [(name, score) for name, (_, wanted) in CASES.items() for score in wanted]
F1_ONLY = ("conll",)
"""Of these the trap gives F1 alone, where its other two numbers are None."""


@pytest.mark.parametrize(("name", "score"), ROWS, ids=lambda value: str(value))
def test_a_trap_gives_the_published_numbers(name, score):
    documents, wanted = CASES[name]
    protocol, _, row = score.partition(" ")
    found = PROTOCOLS[protocol].score(tuple(documents))[row]
    readings = (found.precision, found.recall, found.f1)
    for ours, theirs in zip(readings, wanted[score], strict=True):
        if theirs is not None:
            decimals = (
                0.00006 if protocol.startswith("conll") and name.startswith("trunc") else 0.051
            )
            assert ours is not None
            assert 100 * ours == pytest.approx(theirs, abs=decimals)
        elif protocol not in F1_ONLY:
            assert ours is None


def test_ill_formed_tags():
    scores = score_tags(gold=[["B-Attack"]], predicted=[["I-Attack"]])
    assert scores["default micro"].f1 == 1
    assert scores["strict micro"].f1 == 0


@pytest.mark.parametrize("name", PROTOCOLS)
def test_second_call_in_one_process(name):
    """GRIT's second call scores the first call's documents again; here a call leaves nothing."""
    one, other = CASES["argument_boundary"][0], CASES["nervaluate_order"][0]
    first = PROTOCOLS[name].score(tuple(one))
    PROTOCOLS[name].score(tuple(other))
    assert PROTOCOLS[name].score(tuple(one)) == first


def test_the_greedy_mapping_can_block_a_better_total():
    """
    gold       [--g1--)[g2)    p1-g1 = 16/17, p1-g2 = 2/12, p2-g1 = 12/14, p2-g2 = 0
    predicted  [---p1--)       best pair first: 16/17 and nothing for p2
               [-p2--)         best total: 12/14 + 2/12
    """
    text = "abcdefghijk"
    gold = tuple(Event(type="A", trigger=Mark(start=a, end=b)) for a, b in ((0, 8), (8, 11)))
    guess = tuple(Event(type="A", trigger=Mark(start=a, end=b)) for a, b in ((0, 9), (0, 6)))
    document = Paired(
        "d", text, Annotation(doc_id="d", events=gold), Annotation(doc_id="d", events=guess)
    )
    found = PROTOCOLS["kbp"].score((document,))["plain micro"]
    assert found.counts is not None
    assert found.counts.matched_gold == pytest.approx(16 / 17)
