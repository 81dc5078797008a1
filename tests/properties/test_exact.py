"""What is counted all at once is what the definitions count, document by document."""

from __future__ import annotations

import hashlib
from itertools import combinations, product
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.columns import Packed, gather, pack, side_by_side
from bench.evaluate import evaluate
from bench.gold import Gold
from bench.matching import MATCHES, Filler, assign, best_total, best_value, similarities
from bench.metrics import all_measures, measure, pair
from bench.metrics.exact import TALLIES, common
from bench.registers import ActorRegister, Ontology
from bench.schema import Annotation, Argument, Document, Event, Mark
from bench.tallies import Tables

NAMES = ("A", "A", "A", "it's", '"')
"""Names whose order is another where they are quoted."""
ONTOLOGY = Ontology(name="any", version="1", types={}, roles={})
CODES = st.integers(0, 3)


@st.composite
def marks(draw: st.DrawFn) -> dict[str, object]:
    """Few spans, so that they collide; some have no offsets."""
    start, end = draw(st.sampled_from([(0, 1), (0, 1), (0, 2), (1, 2), (0, 2**40), (None, None)]))
    return {"text": "somewhere"} if start is None else {"start": start, "end": end}


@st.composite
def events(draw: st.DrawFn) -> Event:
    fillers = [
        Argument(**draw(marks()), role=draw(st.sampled_from(NAMES)))
        for _ in range(draw(st.integers(0, 3)))
    ]
    trigger = None if draw(st.integers(0, 8)) == 0 else Mark(**draw(marks()))
    return Event(type=draw(st.sampled_from(NAMES)), trigger=trigger, arguments=tuple(fillers))


def recast(known: list[Event]) -> st.SearchStrategy[Event]:
    """The first event with the arguments of any."""
    fillers = [argument for event in known for argument in event.arguments]
    some = st.lists(st.sampled_from(fillers), max_size=4) if fillers else st.just([])
    return some.map(lambda found: known[0].model_copy(update={"arguments": tuple(found)}))


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Gold, dict[str, Annotation]]:
    """A gold of some documents and a run that repeats some of it and leaves some out."""
    gold, predicted = {}, {}
    for name in draw(st.sampled_from([("s/1",), ("s/1", "s/2", "t/10", "t/9")])):
        ours = draw(st.lists(events(), max_size=3))
        theirs = draw(st.lists(events(), max_size=3))
        if ours:
            ours += draw(st.lists(recast(ours), max_size=2))
            theirs += draw(st.lists(st.sampled_from(ours) | recast(ours), max_size=4))
        ours, theirs = draw(st.permutations([ours, theirs]))
        gold[name] = Annotation(doc_id=name, events=tuple(ours))
        if draw(st.integers(0, 4)):
            predicted[name] = Annotation(doc_id=name, events=tuple(theirs))
    predicted = dict(draw(st.permutations(list(predicted.items()))))
    documents = tuple(map(document, gold))
    return Gold(documents, gold, ONTOLOGY, ActorRegister.empty(), "test"), predicted


def document(name: str) -> Document:
    return Document(
        id=name,
        story=name.partition("/")[0],
        outlet="a test",
        published="2025-03-19",
        split="dev",
        licence="CC0-1.0",
        sha256=hashlib.sha256(b"").hexdigest(),
        length=2**50,
    )


@given(corpora())
def test_tables_are_those_of_the_definitions(corpus):
    gold, predicted = corpus
    both = side_by_side(
        gather(gold.annotations.values()), gather(predicted.values()), list(gold.annotations)
    )
    for name, count in TALLIES.items():
        found = Tables(count(both))
        for doc_id, ours in gold.annotations.items():
            theirs = predicted.get(doc_id, Annotation(doc_id=doc_id, events=()))
            sides = pair(gold=ours, predicted=theirs, text=None, register=gold.actors)
            wanted = measure(name).count(sides)
            assert list(found[doc_id].items()) == list(wanted.items()), (name, doc_id)


@given(corpora())
def test_reports_are_the_same_to_the_last_digit(corpus):
    gold, predicted = corpus
    measures = list(map(measure, TALLIES))

    def report() -> str:
        return evaluate(gold, predicted, measures=measures, samples=40).model_dump_json()

    fast = report()
    with mock.patch.dict(TALLIES, clear=True):
        assert fast == report()


@pytest.mark.parametrize("swapped", [False, True])
def test_two_events_on_one_trigger_cannot_both_be_the_one_of_the_other_side(swapped):
    # gold  A{x} A{y}, one trigger      said  A{x y}, the same trigger: one argument matched, not two
    span = {"start": 0, "end": 3}
    x, y = (Argument(start=n, end=n + 1, role="r") for n in (5, 9))
    two = [Event(type="A", trigger=Mark(**span), arguments=(one,)) for one in (x, y)]
    one = [Event(type="A", trigger=Mark(**span), arguments=(x, y))]
    sides = [gather([Annotation(doc_id="s/1", events=tuple(e))]) for e in (two, one)]
    both = side_by_side(*(sides[::-1] if swapped else sides), ["s/1"])
    for name in ("argument-attached", "argument-attached-id"):
        assert TALLIES[name](both).matched.tolist() == [1]


def test_triggers_match_where_both_ends_are_equal():
    spans = list(combinations(range(5), 2))
    couples = {f"d{n}": both for n, both in enumerate(product(spans, spans))}
    sides = [
        gather(
            Annotation(doc_id=name, events=(Event(type="A", trigger=Mark(start=a, end=b)),))
            for name, couple in couples.items()
            for a, b in [couple[side]]
        )
        for side in (0, 1)
    ]
    both = side_by_side(*sides, list(couples))
    for name in ("trigger", "trigger-id"):
        found = TALLIES[name](both).matched.tolist()
        assert found == [int(one == other) for one, other in couples.values()]


@pytest.mark.parametrize("size", [6, 2**59, 2**60, 2**61])
def test_of_equal_items_as_many_are_common_as_the_poorer_side_has(size):
    # group 0   gold 0 0 1      predicted 0 0 0         two 0s in common
    # group 1   gold 5 5 0      predicted 5 1           one 5
    # group 2   gold 5          predicted (5)           the one in brackets is not counted
    groups = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2])
    what = np.array([0, 0, 1, 0, 0, 0, 5, 5, 0, 5, 1, 5, 5])
    predicted = np.array([0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1])
    counted = np.arange(13) < 12
    for order in (slice(None), slice(None, None, -1)):
        rows = (groups[order], what[order], predicted[order], counted[order])
        found = common(Packed(rows[0], 4), Packed(rows[1], size), *rows[2:])
        assert found.tolist() == [2, 1, 0, 0]


@pytest.mark.parametrize("swapped", [False, True])
def test_several_events_of_one_side_alone_match_nothing(swapped):
    trigger, filler = Mark(start=0, end=3), Argument(start=5, end=6, role="r")
    many = [Event(type="A", trigger=trigger, arguments=(filler,))] * 3
    sides = [gather([Annotation(doc_id="s/1", events=tuple(e))]) for e in (many, [])]
    both = side_by_side(*(sides[::-1] if swapped else sides), ["s/1"])
    for name in ("argument-attached", "argument-attached-id"):
        assert TALLIES[name](both).matched.tolist() == [0]


def test_every_fast_count_is_that_of_a_measure_by_exact_spans():
    spanning = {str(one) for one in all_measures() if one.match is MATCHES["exact"]}
    assert set(TALLIES) <= spanning


@given(st.lists(st.tuples(CODES, CODES, CODES), max_size=8), st.sampled_from([1, 2**30, 2**45]))
def test_packed_rows_are_equal_and_ordered_as_the_rows_are(rows, scale):
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T * scale
    codes = pack(*columns).codes.tolist()
    assert all(
        (a < b) == (x < y)
        for a, x in zip(rows, codes, strict=True)
        for b, y in zip(rows, codes, strict=True)
    )


spans = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda s: Filler((s[0], s[0] + s[1])))
fillers = st.lists(spans | st.just(Filler(None)), max_size=9)


@given(gold=fillers, predicted=fillers)
def test_pairing_within_clumps_finds_the_best_of_the_whole(gold, predicted):
    for match in (match for match in MATCHES.values() if match.local):
        weights = similarities(gold, predicted, match.similarity)
        whole = sum(weights[cell] for cell in assign(weights))
        assert best_value(gold=gold, predicted=predicted, match=match) == pytest.approx(whole)


@given(st.integers(1, 3), st.integers(1, 3), st.data())
def test_small_assignments_need_no_solver(rows, columns, data):
    numbers = data.draw(st.lists(CODES, min_size=rows * columns, max_size=rows * columns))
    weights = np.array(numbers, dtype=float).reshape(rows, columns)
    assert best_total(weights) == sum(weights[cell] for cell in assign(weights))
