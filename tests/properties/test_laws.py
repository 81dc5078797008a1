"""The laws of docs/scoring.md for every registered metric in every match mode, from the registries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.counts import Counts, total
from bench.metrics import METRICS, Measure, all_measures, measure, pair
from bench.metrics.base import Table, read
from bench.schema import Annotation
from tests.properties.strategies import REGISTER, TEXT, annotations, events

EVERY = all_measures()
LOOSER = [
    (name, tight, loose)
    for name, metric in METRICS.items()
    for loose in metric.matches
    for tight in metric.modes[loose].loosens
    if tight in metric.matches
]


def table(one: Measure, gold: Annotation, predicted: Annotation) -> Table:
    return one.count(pair(gold=gold, predicted=predicted, text=TEXT, register=REGISTER))


def count(one: Measure, gold: Annotation, predicted: Annotation) -> Counts:
    return total(table(one, gold, predicted).values())


def held(law: str) -> list[Measure]:
    return [one for one in EVERY if law not in one.metric.exempt]


def close(one: Counts, other: Counts) -> bool:
    readings = ((c.matched_predicted, c.predicted, c.matched_gold, c.gold) for c in (one, other))
    return next(readings) == pytest.approx(next(readings))


def plus(annotation: Annotation, *more) -> Annotation:
    return annotation.model_copy(update={"events": (*annotation.events, *more)})


@given(gold=annotations(grounded=True))
def test_gold_against_itself_is_perfect(gold):
    for one in EVERY:
        found = count(one, gold, gold)
        assert read(table(one, gold, gold), one.metric)[2] in (None, pytest.approx(1)), one
        assert found.matched_gold == pytest.approx(found.gold), one
        assert found.matched_predicted == pytest.approx(found.predicted), one


@given(gold=annotations(), predicted=annotations(), data=st.data())
def test_the_order_of_events_and_arguments_never_matters(gold, predicted, data):
    shuffled = tuple(
        e.model_copy(update={"arguments": tuple(data.draw(st.permutations(e.arguments)))})
        for e in data.draw(st.permutations(predicted.events))
    )
    other = predicted.model_copy(update={"events": shuffled})
    for one in EVERY:
        assert close(count(one, gold, predicted), count(one, gold, other)), one
        assert close(count(one, predicted, gold), count(one, other, gold)), one


@given(gold=annotations(), predicted=annotations())
def test_swapping_the_sides_swaps_precision_and_recall(gold, predicted):
    for one in EVERY:
        there, back = count(one, gold, predicted), count(one, predicted, gold)
        swapped = Counts(back.matched_gold, back.gold, back.matched_predicted, back.predicted)
        assert close(there, swapped), one


@given(gold=annotations(), predicted=annotations())
def test_nothing_is_matched_twice(gold, predicted):
    for one in EVERY:
        found = count(one, gold, predicted)
        assert 0 <= found.matched_predicted <= found.predicted + 1e-9, one
        assert 0 <= found.matched_gold <= found.gold + 1e-9, one


@given(gold=annotations(), predicted=annotations(), more=events())
def test_an_event_of_a_type_that_the_gold_lacks_never_helps(gold, predicted, more):
    for one in EVERY:
        spurious = more.model_copy(update={"type": "Z"})
        if "spurious" in one.metric.exempt:
            spurious = spurious.model_copy(update={"trigger": None})
        more_said = plus(predicted, spurious)
        before, after = count(one, gold, predicted), count(one, gold, more_said)
        assert after.matched_gold <= before.matched_gold + 1e-9, one
        assert after.predicted >= before.predicted, one
        f1 = [read(table(one, gold, said), one.metric)[2] or 0 for said in (predicted, more_said)]
        assert f1[1] <= f1[0] + 1e-12, one
        if "takes" not in one.metric.exempt:
            assert after.matched_gold == pytest.approx(before.matched_gold), one


def repeated(annotation: Annotation, copies: int) -> Annotation:
    """The same said several times over, each time with clusters and happenings of its own."""
    events = [
        e.model_copy(
            update={
                "cluster": e.cluster and f"{e.cluster}/{n}",
                "happening": e.happening and f"{e.happening}/{n}",
            }
        )
        for n in range(copies)
        for e in annotation.events
    ]
    update = {"events": tuple(events), "times": annotation.times * copies}
    return annotation.model_copy(update=update)


@given(gold=annotations(grounded=True), copies=st.integers(2, 20))
def test_repeating_right_answers_costs_precision_and_buys_no_recall(gold, copies):
    for one in held("copies"):
        sprayed = repeated(gold, copies)
        once, often = count(one, gold, gold), count(one, gold, sprayed)
        assert often.matched_gold == pytest.approx(once.matched_gold), one
        assert often.predicted == pytest.approx(copies * once.predicted), one


@given(gold=annotations(), predicted=annotations())
def test_the_rows_of_types_sum_to_the_whole(gold, predicted):
    for one in EVERY:
        sides = pair(gold=gold, predicted=predicted, text=TEXT, register=REGISTER)
        rows = one.count(sides)
        kinds = {event.type for event in (*gold.events, *predicted.events)}
        untyped = set(one.metric.parts) or {""}
        assert set(rows) <= (kinds if one.metric.typed else untyped), one
        assert not one.metric.typed or list(rows) == sorted(rows), one
        assert close(total(rows.values()), count(one, gold, predicted)), one


@given(gold=annotations(), predicted=annotations())
def test_a_looser_match_never_scores_lower(gold, predicted):
    for name, tighter, looser in LOOSER:
        tight = count(measure(f"{name}:{tighter}"), gold, predicted)
        loose = count(measure(f"{name}:{looser}"), gold, predicted)
        assert loose.matched_gold >= tight.matched_gold - 1e-9, (name, tighter, looser)
        assert (loose.predicted, loose.gold) == (tight.predicted, tight.gold)


@given(gold=annotations(), predicted=annotations())
def test_an_attached_metric_never_credits_more_than_its_plain_one(gold, predicted):
    for one in EVERY:
        if "attached" in one.metric.name:
            plain = measure(str(one).replace("-attached", ""))
            credit = count(one, gold, predicted).matched_gold
            assert credit <= count(plain, gold, predicted).matched_gold + 1e-9, one
