"""Agreement of two readers, by hand."""

from __future__ import annotations

import pytest

from bench.agreement import compare, date_accuracy, kappa
from bench.metrics.coreference import b3, ceafe, conll, muc
from bench.schema import Annotation, Event
from tests.conftest import GOLD_EVENTS, ONTOLOGY, REGISTER, argument, event


def read(*events: Event) -> dict[str, Annotation]:
    return {"story/one": Annotation(doc_id="story/one", events=events)}


def agree(first: dict[str, Annotation], second: dict[str, Annotation]):
    return compare(("a", first), ("b", second), types=list(ONTOLOGY.types), register=REGISTER)


def test_a_reader_agrees_with_herself():
    found = agree(read(*GOLD_EVENTS), read(*GOLD_EVENTS)).total
    assert (found.trigger, found.argument, found.date, found.realis) == (1, 1, 1, 1)


def test_readers_who_differ_are_counted_by_layer_and_type():
    # a: phoned, refused, truce        b: phoned (other date), truce (other realis), wanted
    second = (
        GOLD_EVENTS[0].model_copy(update={"date": "2025-03-17"}),
        GOLD_EVENTS[2].model_copy(update={"realis": "future"}),
        event("REJECT", "wanted", argument("actor", "Kyiv", "kyiv")),
    )
    found = agree(read(*GOLD_EVENTS), read(*second))
    assert found.total.trigger == pytest.approx(2 / 3)
    assert found.total.date == 0
    assert found.total.events == (3, 3)
    by_type = {row.name: row for row in found.types}
    assert by_type["CONSULT"].trigger == 1
    assert by_type["REJECT"].trigger == 0
    assert by_type["RETREAT"].argument == 1


def test_a_layer_that_a_reader_did_not_mark_is_undefined():
    bare = [Event(type=e.type, trigger=e.trigger) for e in GOLD_EVENTS]
    found = agree(read(*GOLD_EVENTS), read(*bare)).total
    assert (found.trigger, found.argument, found.date) == (1, None, None)
    assert found.coreference is None


def test_only_articles_that_both_read_are_compared():
    other = read(*GOLD_EVENTS) | {"story/two": Annotation(doc_id="story/two", events=())}
    assert [row.name for row in agree(other, read()).articles] == ["story/one"]


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([("x", "x"), ("y", "y")], 1),
        ([("x", "y"), ("y", "x")], -1),
        ([("x", "x")], None),  # expected agreement is 1: nothing beyond it
        ([], None),
        # observed 3/4, expected 1/2·3/4 + 1/2·1/4 = 1/2
        ([("x", "x"), ("x", "x"), ("y", "y"), ("y", "x")], (3 / 4 - 1 / 2) / (1 - 1 / 2)),
    ],
)
def test_kappa_is_agreement_beyond_chance(pairs, value):
    assert kappa(pairs) == (value if value is None else pytest.approx(value))


def test_date_accuracy_reads_pairs_that_either_reader_dated():
    def pair(one: str | None, other: str | None) -> tuple[Event, Event]:
        return event("REJECT", "refused", **({"date": one} if one else {})), event(
            "REJECT", "refused", **({"date": other} if other else {})
        )

    assert date_accuracy([pair("2025", "2025"), pair("2025", None), pair(None, None)]) == 1 / 2
    assert date_accuracy([pair(None, None)]) is None


@pytest.mark.parametrize(
    ("gold", "predicted", "f1"),
    [
        # a published trap: key {0 1} {2} {3}, response {0 1} {2 3}; CoNLL Perl 8.01 has 66.7, 85.7, 66.7
        (["01", "2", "3"], ["01", "23"], (2 / 3, 6 / 7, 2 / 3)),
        (["012"], ["01", "2"], (2 / 3, 5 / 7, 8 / 15)),
        (["01"], ["01"], (1, 1, 1)),
        (["0", "1"], ["0", "1"], (None, 1, 1)),
    ],
)
def test_coreference_scores_by_hand(gold, predicted, f1):
    sides = {"gold": [frozenset(c) for c in gold], "predicted": [frozenset(c) for c in predicted]}
    found = tuple(score(**sides).f1 for score in (muc, b3, ceafe))
    assert found == pytest.approx(f1)
    known = [score for score in f1 if score is not None]
    parts = {"muc": muc(**sides), "b3": b3(**sides), "ceafe": ceafe(**sides)}
    assert conll(parts) == pytest.approx(sum(known) / len(known))
