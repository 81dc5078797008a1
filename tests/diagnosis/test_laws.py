"""What holds of every diagnosis, whatever was said: nothing is lost, nothing is explained twice."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.counts import total
from bench.diagnosis import CAUSES, Diagnosis, diagnose
from bench.diagnosis.cases import cases_of
from bench.diagnosis.layers import LAYERS
from bench.diagnosis.worth import mended
from bench.gold import Gold
from bench.metrics import measure, pair
from bench.registers import Ontology
from bench.schema import Annotation, Document, Zone
from tests.properties.strategies import REGISTER, TEXT, annotations

ONTOLOGY = Ontology(name="any", version="1", types={}, roles={})


def gold_of(annotation: Annotation, text: str | None = TEXT, published: str = "2025-03-19") -> Gold:
    document = Document(
        id=annotation.doc_id,
        story="story",
        outlet="a test",
        published=published,
        split="dev",
        licence="CC0-1.0",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        length=len(TEXT),
        zones=(Zone(start=50, end=60),),
        tags=("passive",),
        text=text,
    )
    return Gold((document,), {annotation.doc_id: annotation}, ONTOLOGY, REGISTER, "test")


def diagnosed(gold: Annotation, predicted: Annotation, text: str | None = TEXT) -> Diagnosis:
    return diagnose(gold=gold_of(gold, text), predicted={predicted.doc_id: predicted}, train=[gold])


def scored(name: str, gold: Annotation, predicted: Annotation, text: str | None = TEXT):
    sides = pair(gold=gold, predicted=predicted, text=text, register=REGISTER)
    return total(measure(name).count(sides).values())


@given(gold=annotations(), predicted=annotations(), text=st.sampled_from([TEXT, None]))
def test_everything_that_the_measures_missed_or_made_up_has_one_cause(gold, predicted, text):
    found = diagnosed(gold, predicted, text)
    for layer in found.layers:
        counts = scored(layer.measure, gold, predicted, text)
        assert layer.counts == counts
        assert sum(row.missed for row in layer.causes) == counts.gold - counts.matched_gold
        assert sum(row.spurious for row in layer.causes) == counts.predicted - counts.matched_gold
        assert layer.f1 == counts.f1
        for side in ("missed", "spurious"):
            things = places(found, layer.layer, side)
            assert len(set(things)) == len(things) == getattr(layer, side)


def places(found: Diagnosis, layer: str, side: str) -> list[tuple[int, int | None]]:
    """Where everything stands that the findings of a layer are about."""
    return [
        (thing.event, thing.argument)
        for finding in found.findings
        for thing in getattr(finding, side)
        if finding.layer == layer
    ]


@given(gold=annotations(), predicted=annotations())
def test_mending_a_cause_never_costs_and_mending_all_gives_the_ceiling(gold, predicted):
    for layer in diagnosed(gold, predicted).layers:
        assert all(row.worth >= 0 for row in layer.causes)
        best = scored(layer.measure, gold, gold)
        alike = best.matched_gold  # what nothing matches is in no prediction once all is mended
        if alike or layer.counts.gold or layer.counts.predicted:
            expected = 2 * alike / (alike + best.gold) if alike + best.gold else None
            assert layer.ceiling == pytest.approx(expected)


@given(gold=annotations(), predicted=annotations(), data=st.data())
def test_a_cause_more_mended_is_never_worth_less(gold, predicted, data):
    cases = list(cases_of(gold=gold_of(gold), predicted={predicted.doc_id: predicted}))
    some = data.draw(st.sets(st.sampled_from(sorted(CAUSES))))
    more = some | data.draw(st.sets(st.sampled_from(sorted(CAUSES))))
    for name, layer in LAYERS.items():
        boards = [case.boards[name] for case in cases]
        less, best = (mended(layer, boards, causes).f1 or 0 for causes in (some, more))
        assert less <= best + 1e-12


@given(gold=annotations(), predicted=annotations(), data=st.data())
def test_the_order_of_events_and_arguments_never_matters(gold, predicted, data):
    def shuffled(annotation: Annotation) -> Annotation:
        events = tuple(
            event.model_copy(
                update={"arguments": tuple(data.draw(st.permutations(event.arguments)))}
            )
            for event in data.draw(st.permutations(annotation.events))
        )
        return annotation.model_copy(update={"events": events})

    one, other = diagnosed(gold, predicted), diagnosed(shuffled(gold), shuffled(predicted))
    assert one.layers == other.layers
    assert one.slicings == other.slicings
    assert one.confusion == other.confusion
    assert Counter(map(plain, one.findings)) == Counter(map(plain, other.findings))


def plain(finding) -> str:
    """A finding without the places in the lists of the file."""
    return finding.model_dump_json(
        exclude={side: {"__all__": {"event", "argument"}} for side in ("missed", "spurious")}
    )


@given(gold=annotations(grounded=True), predicted=annotations())
def test_a_gold_with_offsets_can_be_reached_and_has_nothing_to_explain(gold, predicted):
    assert all(layer.ceiling in (1.0, None) for layer in diagnosed(gold, predicted).layers)
    found = diagnosed(gold, gold)
    assert found.findings == ()
    assert all(not layer.causes for layer in found.layers)


@given(gold=annotations(), predicted=annotations())
def test_slices_and_confusion_add_up_to_the_whole(gold, predicted):
    found = diagnosed(gold, predicted)
    for name in ("type", "realis", "tag", "type in train", "role", "distance"):
        slicing = next(one for one in found.slicings if one.name == name)
        counts = found.layer(slicing.layer).counts
        assert sum(part.gold for part in slicing.slices) == counts.gold
        assert sum(part.predicted for part in slicing.slices) == counts.predicted
        assert sum(part.found for part in slicing.slices) == counts.matched_gold
        assert sum(part.right for part in slicing.slices) == counts.matched_predicted
    confusion = found.confusion
    spans = scored("trigger-id", gold, predicted)
    assert sum(n for row in confusion.cells.values() for n in row.values()) == spans.matched_gold
    for name in confusion.types:
        row = sum(confusion.cells.get(name, {}).values()) + confusion.missed.get(name, 0)
        column = sum(row.get(name, 0) for row in confusion.cells.values())
        column += confusion.spurious.get(name, 0)
        assert row == sum(event.type == name for event in gold.events)
        assert column == sum(event.type == name for event in predicted.events)


def test_every_cause_belongs_to_a_layer_and_each_layer_ends_with_what_takes_everything():
    assert {cause.layer for cause in CAUSES.values()} == set(LAYERS)
    assert all(name.startswith(f"{cause.layer}/") for name, cause in CAUSES.items())
    assert not any(
        list(cause.needs) for name, cause in CAUSES.items() if name.endswith(("missed", "spurious"))
    )
