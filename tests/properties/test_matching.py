"""The assignment is optimal, and the modes keep the order that they claim."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.matching import (
    DATE_MATCHES,
    MATCHES,
    Filler,
    assign,
    best_value,
    clumps,
    head_key,
    shared,
)
from tests.properties.strategies import VALUES, spans

fillers = st.builds(
    lambda m, value: Filler(m.span, m.text, frozenset({m.text or ""}), value),
    spans(),
    st.sampled_from(VALUES),
)
MODES = pytest.mark.parametrize(
    ("match", "modes"),
    [(match, modes) for modes in (MATCHES, DATE_MATCHES) for match in modes.values()],
    ids=lambda of: getattr(of, "kind", None) or of.name,
)


def brute(gold: list[Filler], predicted: list[Filler], match) -> float:
    """The best total over all one-to-one pairings, tried one after the other."""
    small, large = sorted((gold, predicted), key=len)
    turned = len(gold) > len(predicted)
    totals = [
        sum(
            match.similarity(b, a) if turned else match.similarity(a, b)
            for a, b in zip(small, chosen, strict=True)
        )
        for chosen in permutations(large, len(small))
    ]
    return max(totals, default=0)


@MODES
@settings(max_examples=60)
@given(gold=st.lists(fillers, max_size=4), predicted=st.lists(fillers, max_size=4))
def test_the_value_is_that_of_the_best_of_all_pairings(match, modes, gold, predicted):
    found = best_value(gold=gold, predicted=predicted, match=match)
    assert found == pytest.approx(brute(gold, predicted, match))


def test_stretches_of_one_side_alone_are_no_part_of_a_clump():
    # gold  aaa....bbb.....     predicted  .........ccc...ddd: b and c share a character, that is all
    a, b, c, d = (Filler(span) for span in ((0, 3), (7, 10), (9, 12), (15, 18)))
    assert list(clumps([a, b], [c, d])) == [([b], [c])]
    assert list(clumps([c, d], [a, b])) == [([c], [b])]


@MODES
@given(one=fillers, other=fillers)
def test_similarity_is_symmetric_and_between_0_and_1(match, modes, one, other):
    assert match.similarity(one, other) == match.similarity(other, one)
    assert 0 <= match.similarity(one, other) <= 1
    assert match.similarity(one, one) == 1


@MODES
@given(one=fillers, other=fillers)
def test_a_mode_with_a_key_matches_where_keys_are_equal(match, modes, one, other):
    if match.key is not None:
        assert match.similarity(one, other) == float(match.key(one) == match.key(other))


@MODES
@given(one=fillers, other=fillers)
def test_a_mode_is_never_stricter_than_those_it_loosens(match, modes, one, other):
    for name in match.loosens:
        assert match.similarity(one, other) >= modes[name].similarity(one, other)


@MODES
def test_what_has_no_offsets_no_actor_and_no_value_matches_nothing(match, modes):
    assert match.similarity(Filler(None), Filler(None)) == 0
    assert best_value(gold=[Filler(None)], predicted=[Filler(None)], match=match) == 0
    whole = Filler((0, 4), "Kyiv", frozenset({"kyiv"}), "2025-03-18")
    assert match.similarity(whole, Filler(None)) == match.similarity(Filler(None), whole) == 0


def test_what_has_no_offsets_shares_no_character():
    assert shared(Filler(None), Filler((0, 5))) == shared(Filler((0, 5)), Filler(None)) == 0


def test_what_is_not_alike_is_not_paired():
    assert assign(np.array([[0.5, 0, 0], [0, 0, 0]])) == [(0, 0)]


def test_a_head_is_known_by_both_its_ends():
    # 0123456789012345678
    # ..........civil war      the head is "war", where it stands in the article
    assert head_key(Filler((10, 19), "civil war")) == (16, 19)
    assert head_key(Filler((10, 19))) == (10, 19)


def test_spans_that_only_touch_are_cut_between():
    # gold       aaa..ccc     a and b share two characters, so do c and d; b ends where d begins
    # predicted  .bbbbdd.
    a, b, c, d = (Filler(span) for span in ((0, 3), (1, 5), (5, 8), (5, 7)))
    assert list(clumps([a, c], [b, d])) == [([a], [b]), ([c], [d])]
