"""Reports: documents are the domain, intervals are there, and everything adds up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from bench.columns import gather
from bench.counts import add_tables, total
from bench.errors import MissingText
from bench.evaluate import DEFAULT_METRICS, evaluate, resampling_unit
from bench.metrics import all_measures, parse
from bench.protocols import PROTOCOLS, corpus
from bench.report import Report
from bench.schema import (
    MAX_OFFSET,
    Actor,
    Annotation,
    Argument,
    Event,
    Mark,
    Span,
    TimeExpression,
    Zone,
)
from tests.conftest import GOLD_EVENTS, document, event, mark, tiny_gold

ONE = Annotation(doc_id="story/one", events=GOLD_EVENTS)
TWO = Annotation(doc_id="story/two", events=GOLD_EVENTS[:1])
THREE = Annotation(doc_id="other/three", events=())
GOLD = tiny_gold(ONE, TWO, THREE)
TRIGGER = parse(["trigger"])


def run(*annotations: Annotation, **options) -> Report:
    predicted = {annotation.doc_id: annotation for annotation in annotations}
    options.setdefault("measures", TRIGGER)
    return evaluate(GOLD, predicted, **options)


def test_gold_against_itself_gives_100_on_every_metric():
    again = event("CONSULT", "Tuesday", cluster="call", source="kyiv")
    tuesday = TimeExpression(**mark("Tuesday").model_dump(), value="2025-03-18")
    full = ONE.model_copy(update={"events": (*GOLD_EVENTS, again), "times": (tuesday,)})
    report = evaluate(tiny_gold(full), {"story/one": full}, measures=all_measures(), samples=2)
    assert [score.micro.f1 for score in report.scores] == [1.0] * len(all_measures())
    assert report.unanswered == ()


def test_an_empty_run_has_recall_0_and_no_precision():
    (score,) = run().scores
    assert (score.micro.precision, score.micro.recall, score.micro.f1) == (None, 0, 0)
    assert run().unanswered == ("story/one", "story/two", "other/three")


def test_a_missing_document_costs_recall_and_nothing_else():
    (score,) = run(ONE, THREE).scores
    assert (score.micro.precision, score.micro.recall) == (1, 3 / 4)


def test_predictions_on_a_document_without_events_cost_precision():
    (score,) = run(ONE, TWO, THREE.model_copy(update={"events": GOLD_EVENTS[:2]})).scores
    assert (score.micro.precision, score.micro.recall) == (4 / 6, 1)


def far(start: int, end: int) -> Annotation:
    """Everything that has offsets, at one place."""
    at = {"start": start, "end": end}
    events = [
        Event(type=kind, trigger=Mark(**at), arguments=(Argument(**at, role="actor"),))
        for kind in ("REJECT", "CONSULT")
    ]
    actors = (Actor(id="kyiv", mentions=(Span(**at),)),)
    return Annotation(
        doc_id="story/one",
        events=events,
        actors=actors,
        times=(TimeExpression(**at, value="2025"),),
    )


def test_offsets_as_large_as_they_may_be_are_counted_by_every_measure_and_protocol():
    last = far(MAX_OFFSET - 2, MAX_OFFSET)
    report = evaluate(GOLD, {"story/one": last}, measures=all_measures(), samples=2)
    assert report.score("trigger").micro.counts.predicted == 2
    for protocol in PROTOCOLS.values():
        assert protocol.score(corpus(gold=GOLD, predicted={"story/one": last}))


@pytest.mark.parametrize("end", [MAX_OFFSET + 1, 2**63, 10**30])
def test_offsets_that_no_text_has_are_refused_where_an_annotation_is_made(end):
    with pytest.raises(ValidationError, match=str(MAX_OFFSET)):
        far(0, end)
    with pytest.raises(ValidationError, match=str(MAX_OFFSET)):
        Zone(start=0, end=end)


def test_a_document_outside_the_gold_is_the_callers_mistake():
    with pytest.raises(ValueError, match="outside the gold"):
        run(Annotation(doc_id="story/nine", events=()))


def test_the_order_of_the_run_never_matters():
    there, back = run(ONE, TWO, THREE), run(THREE, TWO, ONE)
    assert there == back


def test_rows_and_documents_sum_to_the_whole():
    report = run(ONE, TWO, measures=all_measures())
    for score in report.scores:
        by_document = add_tables(score.tables.values())
        assert total(by_document.values()) == score.micro.counts
        if score.types:
            assert total(row.counts for row in score.types.values()) == score.micro.counts


def test_types_come_in_the_order_of_the_ontology_and_strangers_after_them():
    stray = ONE.model_copy(update={"events": (*GOLD_EVENTS, event("ZZZ", "phoned"))})
    (score,) = run(stray).scores
    assert list(score.types) == ["CONSULT", "REJECT", "RETREAT", "ZZZ"]


def test_macro_means_leave_undefined_readings_out():
    # CONSULT 1 of 2 found (F1 2/3), REJECT 0 of 1, RETREAT 0 of 1; precision known for one type
    only = Annotation(doc_id="story/one", events=GOLD_EVENTS[:1])
    (score,) = run(only).scores
    assert score.macro is not None
    assert score.macro.precision == 1
    assert score.macro.recall == pytest.approx((1 / 2 + 0 + 0) / 3)
    assert score.macro.f1 == pytest.approx((2 / 3 + 0 + 0) / 3)


def test_every_score_and_every_type_has_an_interval():
    (score,) = run(ONE, samples=200).scores
    assert score.micro.interval is not None
    low, high = score.micro.interval
    assert 0 <= low <= (score.micro.f1 or 0) <= high <= 1
    assert score.types["CONSULT"].interval is not None
    assert score.types["REJECT"].interval is None  # one document alone has it


def test_the_smallest_detectable_difference_stands_on_the_whole_where_there_are_six_documents():
    texts = [ONE.model_copy(update={"doc_id": f"story/{n}"}) for n in range(6)]
    gold = tiny_gold(*texts)
    halves = {
        a.doc_id: a.model_copy(update={"events": GOLD_EVENTS[: n % 3]}) for n, a in enumerate(texts)
    }
    for documents, wanted in ((6, True), (5, False)):
        part = gold.keep(list(halves)[:documents])
        predicted = {doc_id: halves[doc_id] for doc_id in part.annotations}
        (score,) = evaluate(part, predicted, measures=TRIGGER, samples=10).scores
        assert (score.micro.detectable is not None) == wanted
        assert {row.detectable for row in score.types.values()} == {None}
    assert 0 < evaluate(gold, halves, measures=TRIGGER).scores[0].micro.detectable < 1


def test_a_report_says_what_is_drawn_where_that_is_not_the_document():
    assert run(ONE).unit_of == {}
    gold = tiny_gold(
        *(ONE.model_copy(update={"doc_id": f"s{n}/{m}"}) for n in range(8) for m in "ab")
    )
    report = evaluate(gold, {}, measures=TRIGGER, samples=10)
    assert report.signature.units == 8
    assert report.unit_of["s3/b"] == "s3"


def test_stories_are_drawn_where_there_are_eight_of_them():
    few = [document(name=f"s{n}/a") for n in range(7)]
    assert resampling_unit([*few, document(name="s1/b")])[0] == "document"
    unit, story_of = resampling_unit([*few, document(name="s1/b"), document(name="s8/a")])
    assert (unit, story_of["s1/b"]) == ("story", "s1")


def test_the_signature_names_what_the_numbers_depend_on():
    signature = str(run(ONE, samples=7, seed=9).signature)
    assert "|gold:test|splits:dev|metrics:trigger|bootstrap:documents:3:7:0.95:9" in signature


def test_another_seed_moves_intervals_and_no_score():
    a, b = run(ONE, seed=1, samples=50).scores[0], run(ONE, seed=2, samples=50).scores[0]
    assert a.micro.counts == b.micro.counts
    assert run(ONE, seed=1, samples=50).scores[0] == a


def test_ungrounded_events_and_arguments_are_counted():
    bare = Event(type="REJECT", arguments=(Argument(role="actor", text="He"),))
    words = Event(type="REJECT", trigger=Mark(text="refused"))
    annotation = Annotation(doc_id="story/one", events=(bare, words, *GOLD_EVENTS))
    assert gather([annotation]).ungrounded == 3
    assert run(annotation).ungrounded == 3


def test_a_report_written_before_these_fields_can_still_be_read():
    raw = run(ONE, samples=20).model_dump(mode="json")
    del raw["unit_of"], raw["scores"][0]["micro"]["detectable"]
    assert Report.model_validate(raw).scores[0].micro.detectable is None


def test_a_report_survives_its_own_json():
    report = run(ONE, TWO, measures=parse(DEFAULT_METRICS), samples=20)
    again = Report.model_validate_json(report.model_dump_json())
    assert again == report


def linked(*clusters: str | None) -> tuple[Event, ...]:
    words = ("phoned", "refused", "truce")
    return tuple(
        event("REJECT", word, **({"cluster": name} if name else {}))
        for word, name in zip(words, clusters, strict=True)
    )


def test_a_mean_of_scores_is_the_mean_of_its_parts_over_all_documents():
    # one   gold ab c, said ab c: muc 1 of 1      two   gold abc, said ab c: muc 1 of 2 and 1 of 1
    # muc   P 2/2 R 2/3: 4/5   b3 P 6/6 R (3 + 5/3)/6: 7/8   ceafe 2 + 4/5 over 3 and 4: 4/5
    gold = tiny_gold(
        Annotation(doc_id="s/1", events=linked("x", "x", None)),
        Annotation(doc_id="s/2", events=linked("x", "x", "x")),
    )
    said = linked("x", "x", None)
    predicted = {name: Annotation(doc_id=name, events=said) for name in ("s/1", "s/2")}
    (score,) = evaluate(gold, predicted, measures=parse(["coref-conll"]), samples=50).scores
    assert score.micro.f1 == pytest.approx((4 / 5 + 7 / 8 + 4 / 5) / 3)
    assert score.micro.precision == pytest.approx((1 + 1 + 2.8 / 4) / 3)
    assert score.micro.recall == pytest.approx((2 / 3 + 7 / 9 + 2.8 / 3) / 3)
    assert (score.macro, score.types) == (None, {})
    low, high = score.micro.interval or (0, 0)
    # document two alone: muc 2/3, b3 5/7, ceafe 8/15; document one alone: 1
    assert (low, high) == pytest.approx(((2 / 3 + 5 / 7 + 8 / 15) / 3, 1))


def test_a_measure_that_needs_texts_says_which_are_missing():
    bare = tiny_gold(ONE, TWO)
    without = replace(
        bare, documents=tuple(d.model_copy(update={"text": None}) for d in bare.documents)
    )
    with pytest.raises(MissingText, match="story/one, story/two"):
        evaluate(without, {}, measures=parse(["sequence"]))
