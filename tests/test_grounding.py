"""Words find their place in the article: strictest way first, each place once, gold unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.grounding import Finder, count_words, ground
from bench.schema import Annotation, Argument, Event, Mark
from tests.properties.strategies import TEXT, annotations, events

#       0         1         2         3         4         5         6
#       0123456789012345678901234567890123456789012345678901234567890123456789
CALLS = "Putin called Trump. Trump called back. Then Putin spoke of the call."


def event(kind: str, trigger: str | None, *arguments: tuple[str, str]) -> Event:
    fillers = tuple(Argument(role=role, text=words) for role, words in arguments)
    return Event(type=kind, trigger=Mark(text=trigger) if trigger else None, arguments=fillers)


def spans(text: str, *found: Event) -> list[list[tuple[int, int] | None]]:
    done = ground(Annotation(doc_id="a/b", events=found), text)
    return [[e.trigger and e.trigger.span, *(a.span for a in e.arguments)] for e in done.events]


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("the war, The War", "the war", [(0, 7)]),  # exact wins: the other is another case
        ("The War", "the war", [(0, 7)]),
        ("a  cease\n fire", "cease fire", [(3, 14)]),
        ("a cease–fire", "cease-fire", [(2, 12)]),
        ("he said “no”", '"no"', [(8, 12)]),
        ("Trump’s call", "trump's CALL", [(0, 12)]),
        ("📞 he refused", "refused", [(5, 12)]),
        ("Russia", "US", []),  # never inside a word
        ("warfare, war", "war", [(9, 12)]),
        ("俄罗斯拒绝停火", "拒绝", [(3, 5)]),  # no spaces between these words
        ("Weißbuch STRASSE", "strasse", [(9, 16)]),
        ("anything", " ", []),
    ],
)
def test_words_are_looked_for_strictly_first(text, words, hits):
    assert Finder(text).hits(words) == hits


def test_repeated_triggers_are_given_out_in_reading_order_and_never_twice():
    called = [event("CONSULT", "called") for _ in range(3)]
    assert spans(CALLS, *called) == [[(6, 12)], [(26, 32)], [None]]


def test_a_trigger_given_with_offsets_keeps_its_place():
    there = Event(type="CONSULT", trigger=Mark(start=6, end=12, text="called"))
    assert spans(CALLS, event("CONSULT", "called"), there) == [[(26, 32)], [(6, 12)]]


def test_two_types_share_a_place_only_when_no_other_is_left():
    both = [event("CONSULT", "spoke"), event("AGREE", "spoke")]
    assert spans(CALLS, *both) == [[(50, 55)], [(50, 55)]]
    both = [event("CONSULT", "called"), event("AGREE", "called")]
    assert spans(CALLS, *both) == [[(6, 12)], [(26, 32)]]


def test_arguments_go_to_the_sentence_of_the_trigger_then_to_the_nearest():
    # of "called" at 26: "Trump" at 20 is in its sentence; "Putin" ends 21 before it or begins 12
    # after it
    second = Event(
        type="CONSULT",
        trigger=Mark(start=26, end=32, text="called"),
        arguments=(Argument(role="actor", text="Trump"), Argument(role="recipient", text="Putin")),
    )
    assert spans(CALLS, second) == [[(26, 32), (20, 25), (44, 49)]]
    #       0   4                          31   36
    text = "Old Ana and many of the others met. Ana slept."
    met = event("CONSULT", "met", ("actor", "Ana"))
    assert spans(text, met) == [[(31, 34), (4, 7)]]  # 24 before, and the other 2 after


def test_a_trigger_goes_to_the_hit_nearest_to_arguments_with_offsets():
    trump = Argument(role="actor", start=20, end=25, text="Trump")
    known = Event(type="CONSULT", trigger=Mark(text="called"), arguments=(trump,))
    assert spans(CALLS, event("CONSULT", "called"), known) == [[(6, 12)], [(26, 32), (20, 25)]]


def test_two_fillers_of_one_role_never_share_a_place():
    doubled = event("CONSULT", "spoke", ("actor", "Putin"), ("actor", "Putin"), ("actor", "Putin"))
    assert spans(CALLS, doubled) == [[(50, 55), (44, 49), (0, 5), None]]


def test_two_actors_of_one_role_may_share_a_phrase():
    both = tuple(Argument(role="actor", text="Putin", actor=actor) for actor in ("a", "b"))
    spoke = Event(type="CONSULT", trigger=Mark(text="spoke"), arguments=both)
    assert spans(CALLS, spoke) == [[(50, 55), (44, 49), (44, 49)]]


def test_without_a_trigger_fillers_follow_the_reading_order():
    records = [event("CONSULT", None, ("actor", "Putin")) for _ in range(3)]
    assert spans(CALLS, *records) == [[None, (0, 5)], [None, (44, 49)], [None, (44, 49)]]


def test_what_is_not_found_is_kept_as_it_was():
    lost = event("CONSULT", "phoned", ("actor", "Macron"))
    annotation = Annotation(doc_id="a/b", events=(lost,))
    assert ground(annotation, CALLS) == annotation
    assert count_words([annotation]) == 2


@given(annotation=annotations())
def test_grounding_keeps_everything_but_places_and_is_done_once(annotation):
    found = ground(annotation, TEXT)
    assert ground(found, TEXT) == found
    assert count_words([found]) <= count_words([annotation])
    for before, after in zip(annotation.events, found.events, strict=True):
        assert before.model_copy(update={"trigger": None, "arguments": ()}) == after.model_copy(
            update={"trigger": None, "arguments": ()}
        )
        for one, other in zip(before.arguments, after.arguments, strict=True):
            assert (one.role, one.actor) == (other.role, other.actor)
            assert one == other if one.span else True
            assert other.span is None or TEXT[slice(*other.span)] == other.text


@given(data=st.lists(events(), max_size=6))
def test_no_place_is_given_to_two_triggers_of_one_type(data):
    bare = [e.model_copy(update={"trigger": e.trigger and Mark(text=e.trigger.text)}) for e in data]
    found = ground(Annotation(doc_id="a/b", events=tuple(bare)), TEXT)
    placed = [(e.type, e.trigger.span) for e in found.events if e.trigger and e.trigger.span]
    assert len(placed) == len(set(placed))
