"""Consistency over the articles of a story, and noise, by hand."""

from __future__ import annotations

import pytest

from bench.columns import gather, side_by_side
from bench.evaluate import evaluate
from bench.metrics import parse
from bench.noise import find_noise
from bench.render.table import stories_note
from bench.report import Report, Story
from bench.schema import Annotation, Event, Mark, Zone
from tests.conftest import argument, document, event, tiny_gold


def told(name: str, *events: Event) -> Annotation:
    return Annotation(doc_id=name, events=events)


def call(trigger: str = "phoned", actor: str = "Putin", **fields: str) -> Event:
    fields.setdefault("date", "2025-03-18")
    return event("CONSULT", trigger, argument("actor", actor), happening="s/call", **fields)


def refusal(actor: str = "Putin") -> Event:
    return event("REJECT", "refused", argument("actor", actor), happening="s/refusal")


def plain(one: Event, **update: object) -> Event:
    """An event as a system gives it: no happening."""
    return one.model_copy(update={"happening": None, **update})


# Three articles tell of the call, two of the refusal, one of the truce.
GOLD = [
    told("s/1", call(), refusal(), event("RETREAT", "truce", happening="s/truce")),
    told("s/2", call(), refusal()),
    told("s/3", call()),
]


def run(*answers: list[Event], gold: list[Annotation] = GOLD) -> Report:
    predicted = {a.doc_id: told(a.doc_id, *said) for a, said in zip(gold, answers, strict=True)}
    return evaluate(tiny_gold(*gold), predicted, measures=parse(["trigger"]), samples=2)


def story(*answers: list[Event], gold: list[Annotation] = GOLD) -> Story:
    (found,) = run(*answers, gold=gold).stories
    return found


def test_gold_against_itself_is_consistent():
    found = story(*([plain(e) for e in a.events] for a in GOLD))
    assert (found.told, found.everywhere, found.partly, found.nowhere) == (2, 2, 0, 0)
    assert found.contradicted == {"type": 0, "actor": 0, "date": 0}
    assert found.consistency == 1


def test_happenings_are_found_everywhere_partly_or_nowhere():
    # call      1 found   2 found   3 not       refusal   1 not   2 not
    found = story([plain(call())], [plain(call())], [])
    assert (found.everywhere, found.partly, found.nowhere, found.consistent) == (0, 1, 1, 0)
    # another type on the trigger, or another trigger, is not found
    found = story([plain(call(), type="REJECT")], [plain(call("phoned Trump"))], [])
    assert (found.everywhere, found.partly, found.nowhere) == (0, 0, 2)


@pytest.mark.parametrize(
    ("second", "contradicted"),
    [
        (plain(call()), set()),
        (plain(call(), type="REJECT"), {"type"}),
        (plain(call(date="2025-03-19")), {"date"}),
        (plain(call(date="2025-03")), set()),  # the month holds the day
        (plain(call(), date=None), set()),  # what is not said contradicts nothing
        (plain(call(date="XXXX-XX-XX")), set()),
        (plain(call(actor="Trump")), {"actor"}),
        (plain(call(), arguments=()), set()),
        (plain(call(actor="truce that")), set()),  # nobody known
        (plain(call(actor="Trump", date="2024")), {"actor", "date"}),
    ],
)
def test_articles_contradict_each_other_where_nothing_agrees(second, contradicted):
    found = story([plain(call())], [second], [plain(call())])
    assert {value for value, times in found.contradicted.items() if times} == contradicted


def test_more_actors_or_fewer_are_no_contradiction():
    two = plain(call(), arguments=(argument("actor", "Putin"), argument("actor", "Trump")))
    found = story([two], [plain(call())], [plain(call())])
    assert found.contradicted["actor"] == 0


def test_only_those_who_act_are_compared():
    one, other = (
        plain(call(), arguments=(argument("actor", "Putin"), argument("recipient", name)))
        for name in ("Trump", "Kyiv")
    )
    assert story([one], [other], [one]).contradicted["actor"] == 0
    only = [plain(call(), arguments=(argument("recipient", name),)) for name in ("Trump", "Kyiv")]
    assert story([only[0]], [only[1]], []).contradicted["actor"] == 0


def test_a_contradicted_happening_is_found_and_not_consistent():
    found = story(
        [plain(call()), plain(refusal())],
        [plain(call(date="2025-03-20")), plain(refusal())],
        [plain(call())],
    )
    assert (found.told, found.everywhere, found.consistent) == (2, 2, 1)
    assert found.consistency == 1 / 2


def test_what_the_golds_own_articles_contradict_is_not_counted():
    gold = [told("s/1", call()), told("s/2", call(date="2025-03-19"))]
    found = story(*([plain(e) for e in a.events] for a in gold), gold=gold)
    assert (found.contradicted["date"], found.consistency) == (0, 1)


def test_stories_without_shared_happenings_are_not_read():
    assert run([], gold=GOLD[:1]).stories == ()
    strangers = [told("s/1", call()), told("t/1", call())]
    assert run([], [], gold=strangers).stories == ()


def test_noise_is_what_no_reader_would_mark():
    # text  0 ....... zone [10, 20) .......
    page = document(name="s/1").model_copy(update={"zones": (Zone(start=10, end=20),)})
    spans = [(0, 10), (9, 11), (12, 14), (19, 30), (20, 30)]
    events = [Event(type="A", trigger=Mark(start=a, end=b)) for a, b in spans]
    bare = [Event(type="A"), Event(type="A", trigger=Mark(text="refused"))]
    gold = {"s/1": told("s/1", refusal()), "s/2": told("s/2"), "s/3": told("s/3")}
    predicted = {"s/1": told("s/1", *events, *bare), "s/2": told("s/2", *events[:2])}
    documents = [page, document(name="s/2"), document(name="s/3")]
    both = side_by_side(gather(gold.values()), gather(predicted.values()), list(gold))
    found = find_noise(documents, both, predicted)
    assert found.model_dump() == {"events": 9, "boilerplate": 3, "event_free": 2, "ungrounded": 2}


def test_a_report_holds_noise_and_stories_and_survives_its_json():
    report = run([plain(call()), Event(type="REJECT")], [], [])
    assert report.noise is not None
    assert (report.noise.events, report.noise.ungrounded) == (2, 1)
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_the_mean_story_and_the_worst_are_named():
    stories = [
        Story(
            story=name, told=4, everywhere=n, partly=0, nowhere=4 - n, contradicted={}, consistent=n
        )
        for name, n in (("a", 4), ("b", 1), ("c", 1))
    ]
    assert stories_note(stories) == "consistent: mean story 50.0, worst 25.0 (b)"
