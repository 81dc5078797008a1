"""Every cause by hand: a story of a few lines, what the gold has, what was said, what follows.

TYPE words        the event of that type whose trigger these words are, once
  realis=, date=  what it says of it
  role: words     an argument; `words=id` names its actor
"""

from __future__ import annotations

import re

import pytest

from bench.dates import days
from bench.diagnosis import CAUSES, diagnose
from bench.diagnosis.values import is_a_week_off
from bench.diagnosis.view import quotations
from bench.gold import Gold
from bench.registers import ActorEntry, ActorRegister, Ontology
from bench.schema import Annotation, Argument, Document, Event, TimeExpression, Zone

TEXT = """Ana Lima phoned Bo Ek on Tuesday and refused the peace talks offer.
“We will march at dawn,” he said.
In 1982 troops invaded the islands. Fans rallied outside.
President Ana Lima met Bo Ek in Oslo while police raided the Red House.
Weather: a storm will attack the coast."""
REGISTER = ActorRegister(
    {
        "ana": ActorEntry(name="Ana Lima", kind="person", aliases=("Lima", "both")),
        "bo": ActorEntry(name="Bo Ek", kind="person", aliases=("Bo", "both")),
    }
)
PUBLISHED = "2025-03-19"  # a Wednesday


def span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def drawn(*lines: str) -> tuple[Event, ...]:
    """Events from their drawings: `TYPE words | realis=… date=… | role: words=id | role: …`."""
    return tuple(map(_event, lines))


def _event(line: str) -> Event:
    head, *rest = (part.strip() for part in line.split("|"))
    kind, _, words = head.partition(" ")
    fields = dict(re.findall(r"(realis|date)=(\S+)", " ".join(rest)))
    arguments = tuple(_argument(part) for part in rest if ": " in part)
    where = {"text": words} if words.startswith("~") else span(words)
    return Event(type=kind, trigger=where, arguments=arguments, **fields)


def _argument(part: str) -> Argument:
    role, words = part.split(": ")
    words, _, actor = words.partition("=")
    return Argument(role=role, actor=actor or None, **span(words))


def gold_of(*lines: str, text: str | None = TEXT, published: str = PUBLISHED) -> Gold:
    document = Document(
        id="story/one",
        story="story",
        outlet="a test",
        published=published,
        split="dev",
        licence="CC0-1.0",
        sha256="0" * 64,
        length=len(TEXT),
        zones=(Zone(start=TEXT.index("Weather"), end=len(TEXT)),),
        text=text,
    )
    times = (TimeExpression(value="1982", **span("1982")),)
    annotation = Annotation(doc_id="story/one", events=drawn(*lines), times=times)
    ontology = Ontology(name="any", version="1", types={}, roles={})
    return Gold((document,), {"story/one": annotation}, ontology, REGISTER, "test")


def causes(layer: str, gold: Gold, said: list[str]) -> dict[str, tuple[int, int]]:
    """Missed and spurious things of each cause that a layer has."""
    predicted = Annotation(doc_id="story/one", events=drawn(*said))
    found = diagnose(gold=gold, predicted={"story/one": predicted})
    rows = found.layer(layer).causes
    return {row.cause: (row.missed, row.spurious) for row in rows}


MET = "CONSULT met"
CASES: list[tuple[str, list[str], list[str], tuple[int, int]]] = [
    ("event/wrong-type", ["CONSULT phoned"], ["ASSAULT phoned"], (1, 1)),
    # gold      peace talks offer       said  peace … offer, two triggers for one
    ("event/split", ["AGREE peace talks offer"], ["AGREE peace", "AGREE offer"], (1, 2)),
    ("event/merged", ["CONSULT talks", "AGREE offer"], ["AGREE talks offer"], (2, 1)),
    ("event/boundary", ["CONSULT talks"], ["CONSULT peace talks"], (1, 1)),
    ("event/boundary-and-type", ["CONSULT talks"], ["AGREE peace talks"], (1, 1)),
    ("event/duplicate", [MET], [MET, MET, "AGREE met"], (0, 2)),
    # one phrase carries two events, one of which was found
    ("event/second-event", ["CONSULT talks", "AGREE talks"], ["CONSULT talks"], (1, 0)),
    ("event/boilerplate", [MET], [MET, "ASSAULT attack"], (0, 1)),
    ("event/background", [MET], [MET, "ASSAULT invaded | realis=actual"], (0, 1)),
    ("event/invented", [MET], [MET, "PROTEST rallied"], (0, 1)),
    ("event/invented", [MET], [MET, "PROTEST ~not there"], (0, 1)),
    ("event/invented", [MET], [MET, "ASSAULT invaded | realis=generic"], (0, 1)),
    ("event/quoted", ["PROTEST march"], [], (1, 0)),
    ("event/missed", [MET], [], (1, 0)),
    ("event/spurious", [MET], [MET, "ASSAULT raided"], (0, 1)),
    ("realis/background", [f"{MET} | realis=generic"], [f"{MET} | realis=actual"], (1, 1)),
    (
        "realis/background",
        ["ASSAULT invaded | realis=negated date=1982"],
        ["ASSAULT invaded | realis=actual"],
        (1, 1),
    ),
    ("realis/wrong", [f"{MET} | realis=future"], [f"{MET} | realis=actual"], (1, 1)),
    ("realis/wrong", [f"{MET} | realis=generic"], [f"{MET} | realis=future"], (1, 1)),
    ("realis/not-given", [f"{MET} | realis=future"], [MET], (1, 0)),
    ("realis/not-in-gold", [MET], [f"{MET} | realis=future"], (0, 1)),
    ("realis/event-missed", [f"{MET} | realis=future"], [], (1, 0)),
    ("realis/event-spurious", [], [f"{MET} | realis=future"], (0, 1)),
    ("date/publication", [f"{MET} | date=2025-03-18"], [f"{MET} | date=2025-03-19"], (1, 1)),
    ("date/publication", [MET], [f"{MET} | date=2025-03-19"], (0, 1)),
    ("date/off-by-a-day", [f"{MET} | date=2025-03-18"], [f"{MET} | date=2025-03-17"], (1, 1)),
    ("date/wrong-week", [f"{MET} | date=2025-03-18"], [f"{MET} | date=2025-03-11"], (1, 1)),
    ("date/granularity", [f"{MET} | date=2025-03-18"], [f"{MET} | date=2025-03"], (1, 1)),
    ("date/granularity", [f"{MET} | date=2025-03"], [f"{MET} | date=2025-03~"], (1, 1)),
    ("date/wrong", [f"{MET} | date=2025-03-18"], [f"{MET} | date=2024-03-18"], (1, 1)),
    ("date/unresolved", [f"{MET} | date=2025-03-18"], [MET], (1, 0)),
    ("date/not-in-gold", [MET], [f"{MET} | date=2025-03-18"], (0, 1)),
    ("date/event-missed", [f"{MET} | date=2025-03-18"], ["ASSAULT met"], (1, 0)),
    ("date/event-spurious", [MET], ["ASSAULT met | date=2025-03-18"], (0, 1)),
    ("argument/event-missed", [f"{MET} | actor: Bo Ek=bo"], [], (1, 0)),
    ("argument/event-spurious", [], [f"{MET} | actor: Bo Ek=bo"], (0, 1)),
    ("argument/wrong-role", [f"{MET} | actor: Bo Ek=bo"], [f"{MET} | recipient: Bo Ek"], (1, 1)),
    (
        "argument/duplicate",
        [f"{MET} | actor: Bo Ek=bo"],
        [f"{MET} | actor: Bo Ek | actor: Bo Ek=bo"],
        (0, 1),
    ),
    ("argument/boundary", [f"{MET} | place: Oslo"], [f"{MET} | place: in Oslo"], (1, 1)),
    # nobody of the register is called President Ana Lima, but somebody Ana Lima
    (
        "argument/alias",
        [f"{MET} | actor: Ana Lima=ana"],
        [f"{MET} | actor: President Ana Lima"],
        (1, 1),
    ),
    ("argument/misresolved", [f"{MET} | actor: he=bo"], [f"{MET} | actor: he=ana"], (1, 1)),
    (
        "argument/wrong-event",
        [f"{MET} | place: Oslo", "ASSAULT raided"],
        [MET, "ASSAULT raided | place: Oslo"],
        (1, 1),
    ),
    ("argument/wrong-actor", [f"{MET} | actor: Bo Ek"], [f"{MET} | actor: police"], (1, 1)),
    ("argument/missed", [f"{MET} | actor: Bo Ek"], [MET], (1, 0)),
    ("argument/spurious", [MET], [f"{MET} | actor: Bo Ek"], (0, 1)),
]


@pytest.mark.parametrize(("name", "gold", "said", "sizes"), CASES)
def test_a_mistake_has_its_cause_and_no_other(name, gold, said, sizes):
    assert causes(CAUSES[name].layer, gold_of(*gold), said) == {name: sizes}


def test_every_cause_has_a_case():
    assert {name for name, *_ in CASES} == set(CAUSES)


def test_mending_a_cause_returns_its_share_of_f1():
    # gold  phoned, met, raided      said  phoned, met as ASSAULT, rallied: 1 of 3 and 3, F1 1/3
    said = drawn("CONSULT phoned", "ASSAULT met", "PROTEST rallied")
    found = diagnose(
        gold=gold_of("CONSULT phoned", "CONSULT met", "ASSAULT raided"),
        predicted={"story/one": Annotation(doc_id="story/one", events=said)},
    ).layer("event")
    assert found.f1 == 1 / 3
    assert {row.cause: row.f1 for row in found.causes} == {
        "event/wrong-type": 2 / 3,  # 2 of 3 and 3
        "event/invented": 2 / 5,  # 1 of 2 and 3
        "event/missed": 4 / 7,  # 2 of 4 and 3
    }
    assert found.ceiling == 1


def test_what_a_document_does_not_say_is_left_to_later_causes_and_said():
    gold = gold_of("PROTEST march", text=None)
    assert causes("event", gold, ["ASSAULT invaded | realis=actual"]) == {
        "event/missed": (1, 0),
        "event/spurious": (0, 1),
    }
    notes = diagnose(gold=gold, predicted={}).left_out
    assert (
        "event/background, event/quoted: not looked for in 1 of 1 documents, their text is not on"
        " this machine"
    ) in notes
    assert any("position: without 1 of 1 documents" in note for note in notes)


def test_without_a_day_of_publication_no_date_is_taken_for_it():
    gold = gold_of(f"{MET} | date=2025-03-18", published="0001-01-01")
    assert causes("date", gold, [f"{MET} | date=2025-03-19"]) == {"date/off-by-a-day": (1, 1)}


def test_a_second_predicted_event_of_no_gold_event_says_it_again():
    assert causes("event", gold_of(MET), [MET, "ASSAULT raided", "ASSAULT raided"]) == {
        "event/duplicate": (0, 1),
        "event/spurious": (0, 1),
    }


def test_pieces_of_two_gold_events_are_given_once():
    # gold    peace talks | peace talks offer     said  peace | talks: both touch both
    gold = gold_of("AGREE peace talks", "AGREE peace talks offer")
    assert causes("event", gold, ["AGREE peace", "AGREE talks"]) == {
        "event/split": (1, 2),
        "event/second-event": (1, 0),
    }


def test_history_needs_the_text_even_where_the_prediction_says_how_old_it_is():
    said = ["ASSAULT invaded | realis=actual date=1982"]
    assert causes("event", gold_of(), said) == {"event/background": (0, 1)}
    assert causes("event", gold_of(text=None), said) == {"event/spurious": (0, 1)}


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2024-03-18", True),  # 366 days before
        ("2024-03-19", False),  # 365
        ("1982/2025-03-18", False),
        ("1982", True),
        ("1982/..", False),
        ("../1982", True),
        ("XXXX-XX-XX", False),
    ],
)
def test_history_ends_more_than_a_year_before_publication(date, wanted):
    said = [f"ASSAULT invaded | realis=actual date={date}"]
    assert ("event/background" in causes("event", gold_of(), said)) == wanted


def test_one_event_without_a_date_answers_one_of_two_copies():
    gold = gold_of(f"{MET} | date=2025-03-18", f"{MET} | date=2025-03-17")
    assert causes("date", gold, [MET]) == {"date/unresolved": (1, 0), "date/event-missed": (1, 0)}


def test_events_without_offsets_are_nobodys_answer():
    gold = gold_of("CONSULT ~met")
    assert causes("date", gold, ["CONSULT ~met | date=2025-03-18"]) == {
        "date/event-spurious": (0, 1)
    }


def test_what_is_matched_is_as_much_as_the_measure_matches():
    # `both` may be Ana or Bo. Were it matched under its own event first, Ana would be spurious
    gold = gold_of(f"{MET} | actor: police=ana", "CONSULT phoned | actor: Bo Ek=bo")
    said = [f"{MET} | actor: police=both", "CONSULT phoned | actor: Ana Lima=ana"]
    assert causes("argument", gold, said) == {}


def test_copies_are_told_apart_by_what_they_say_whatever_their_order():
    # two meetings on one word, one of them found without anybody: always the same one is missed
    lines = [f"{MET} | actor: Bo Ek=bo", f"{MET} | actor: Ana Lima=ana"]
    seen = set()
    for order in (lines, lines[::-1]):
        predicted = {"story/one": Annotation(doc_id="story/one", events=drawn(MET))}
        found = diagnose(gold=gold_of(*order), predicted=predicted).findings
        seen.add(tuple(sorted((one.cause, one.missed[0].words) for one in found)))
    assert len(seen) == 1


def test_arguments_of_a_copy_count_whatever_their_order():
    # the same with two participants each, given in one order and the other
    lines = [f"{MET} | actor: Bo Ek=bo | place: Oslo", f"{MET} | actor: Ana Lima=ana | place: Oslo"]
    turned = [
        f"{MET} | place: Oslo | actor: Ana Lima=ana",
        f"{MET} | place: Oslo | actor: Bo Ek=bo",
    ]
    predicted = {"story/one": Annotation(doc_id="story/one", events=drawn(MET))}
    seen = {
        tuple(
            sorted(
                (one.cause, one.missed[0].words)
                for one in diagnose(gold=gold_of(*order), predicted=predicted).findings
            )
        )
        for order in (lines, turned)
    }
    assert len(seen) == 1


def test_pieces_that_leave_a_gold_event_over_leave_a_second_event():
    # gold    peace talks | offer     said  peace | talks offer: both touch the first
    gold = gold_of("AGREE peace talks", "AGREE offer")
    assert causes("event", gold, ["AGREE peace", "AGREE talks offer"]) == {
        "event/split": (1, 2),
        "event/second-event": (1, 0),
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('He said "no" twice', ['"no"']),
        ("“He said ‘no’ to me”", ["“He said ‘no’ to me”"]),
        ("“An open one\nends", ["“An open one"]),
        ("the workers’ strike, ’tis said", []),
        ("‘It’s over,’ he said", ["‘It’s over,’"]),
    ],
)
def test_quotations_are_between_marks_and_end_with_their_line(text, wanted):
    assert [text[start:end] for start, end in quotations(text)] == wanted


def test_a_week_is_seven_days_either_way():
    assert is_a_week_off(days("2025-03-11"), days("2025-03-18"))
    assert is_a_week_off(days("2025-03-10/2025-03-16"), days("2025-03-03/2025-03-09"))
    assert not is_a_week_off(days("2025-03-11"), days("2025-03-25"))
    assert not is_a_week_off(days("XXXX"), days("XXXX"))
