"""Argument metrics by hand, over: Putin phoned Trump on Tuesday. He refused the truce …"""

from __future__ import annotations

import pytest

from bench.counts import total
from bench.metrics import measure, pair
from bench.registers import ActorRegister
from bench.schema import Actor, Annotation, Argument, Event, Mark, Span
from tests.conftest import REGISTER, TEXT, argument, event, mark


def annotation(*events: Event, actors: tuple[Actor, ...] = ()) -> Annotation:
    return Annotation(doc_id="d", events=events, actors=actors)


def score(
    name: str, gold: Annotation, predicted: Annotation, register: ActorRegister = REGISTER
) -> tuple[float, float, float]:
    sides = pair(gold=gold, predicted=predicted, text=TEXT, register=register)
    counts = total(measure(name).count(sides).values())
    return counts.matched_gold, counts.predicted, counts.gold


CALL = event(
    "CONSULT",
    "phoned",
    argument("actor", "Putin", "putin"),
    argument("actor", "Trump", "trump"),
)
NO = event("REJECT", "refused", argument("actor", "He", "putin"))


def test_roles_matter_to_argument_and_not_to_argument_id():
    # gold  phoned(actor Putin, actor Trump)    predicted  phoned(actor Putin, recipient Trump)
    said = event("CONSULT", "phoned", argument("actor", "Putin"), argument("recipient", "Trump"))
    assert score("argument", annotation(CALL), annotation(said)) == (1, 2, 2)
    assert score("argument-id", annotation(CALL), annotation(said)) == (2, 2, 2)


def test_attached_metrics_credit_an_argument_only_under_its_own_event():
    # gold       phoned(Putin)  refused… of one type   predicted  the two swapped
    gold = annotation(
        event("REJECT", "phoned", argument("actor", "Putin")),
        event("REJECT", "refused", argument("actor", "Trump")),
    )
    swapped = annotation(
        event("REJECT", "phoned", argument("actor", "Trump")),
        event("REJECT", "refused", argument("actor", "Putin")),
    )
    assert score("argument", gold, swapped) == (2, 2, 2)
    assert score("argument-attached", gold, swapped) == (0, 2, 2)


def test_arguments_of_a_missed_event_are_missed_by_the_attached_metric():
    # predicted has the argument under a trigger that is no gold trigger
    said = event("REJECT", "wanted", argument("actor", "He"))
    assert score("argument", annotation(NO), annotation(said)) == (1, 1, 1)
    assert score("argument-attached", annotation(NO), annotation(said)) == (0, 1, 1)


def test_two_events_on_one_span_are_paired_so_that_most_arguments_match():
    # gold  phoned(Putin) phoned(Trump, Kyiv)   predicted  the same two in the other order
    one = event("CONSULT", "phoned", argument("actor", "Putin"))
    two = event("CONSULT", "phoned", argument("actor", "Trump"), argument("actor", "Kyiv"))
    assert score("argument-attached", annotation(one, two), annotation(two, one)) == (3, 3, 3)


def test_of_two_events_on_one_span_the_one_that_was_told_is_matched():
    # gold  phoned(Putin) phoned(Trump, Kyiv)   predicted  phoned(Trump, Kyiv)
    one = event("CONSULT", "phoned", argument("actor", "Putin"))
    two = event("CONSULT", "phoned", argument("actor", "Trump"), argument("actor", "Kyiv"))
    assert score("argument-attached", annotation(one, two), annotation(two)) == (2, 2, 3)
    assert score("argument-attached", annotation(two), annotation(one, two)) == (2, 3, 2)


def test_words_of_a_mark_are_its_own_then_the_articles_then_unknown():
    bare, span = annotation(), mark("Putin").span
    side = pair(gold=bare, predicted=bare, text=TEXT, register=REGISTER).gold
    assert side.words(Mark(start=span[0], end=span[1])) == "Putin"
    assert side.words(Mark(start=span[0], end=span[1], text="Mr Putin")) == "Mr Putin"
    assert side.words(Mark(text="Kyiv")) == "Kyiv"
    nowhere = pair(gold=bare, predicted=bare, text=None, register=REGISTER).gold
    assert nowhere.words(Mark(start=span[0], end=span[1])) is None


def test_who_stands_at_offsets_without_words_is_read_in_the_article():
    start, end = mark("Trump").span
    said = event("CONSULT", "phoned", Argument(role="actor", start=start, end=end))
    assert score("argument:actor", annotation(CALL), annotation(said)) == (1, 1, 2)


@pytest.mark.parametrize(
    ("said", "matched"),
    [
        (argument("actor", "Putin"), 1),  # another mention, by its words
        (Argument(role="actor", text="Vladimir Putin"), 1),  # a name, no offsets
        (Argument(role="actor", actor="putin"), 1),  # an id alone
        (Argument(role="actor", text="PUTIN’s"), 1),  # case and possessive
        (argument("actor", "He"), 1),  # a pronoun at a span that the gold resolves
        (argument("actor", "He", "trump"), 0),  # an id that contradicts the gold
        (Argument(role="actor", text="Trump"), 0),  # somebody else
        (Argument(role="actor", text="the president"), 0),  # a name that resolves to nobody
    ],
)
def test_actor_match_asks_who_is_meant_and_not_which_words(said, matched):
    predicted = annotation(NO.model_copy(update={"arguments": (said,)}))
    assert score("argument:actor", annotation(NO), predicted)[0] == matched
    assert score("argument-attached:actor", annotation(NO), predicted)[0] == matched


def test_a_local_actor_id_is_resolved_by_its_mention():
    # predicted calls Putin "a1" and lists the mention that the gold knows
    span = Span(**mark("He").model_dump())
    said = event("REJECT", "refused", argument("actor", "He", "a1"))
    predicted = annotation(said, actors=(Actor(id="a1", mentions=(span,)),))
    assert score("argument:actor", annotation(NO), predicted) == (1, 1, 1)


def test_without_a_register_an_id_stands_for_itself():
    # gold  refused ← He = e1      said  the same e1 elsewhere in the text, and e2 on the same word
    def one(words: str, actor: str) -> Annotation:
        return annotation(event("REJECT", "refused", argument("actor", words, actor)))

    nobody = ActorRegister.empty()
    assert score("argument:actor", one("He", "e1"), one("Putin", "e1"), nobody) == (1, 1, 1)
    assert score("argument:actor", one("He", "e1"), one("He", "e2"), nobody) == (0, 1, 1)


def test_naming_everybody_for_one_participant_costs_precision():
    said = event(
        "REJECT",
        "refused",
        *(Argument(role="actor", actor=name) for name in ("putin", "trump", "kyiv")),
    )
    assert score("argument:actor", annotation(NO), annotation(said)) == (1, 3, 1)


def test_head_match_accepts_another_extent_of_the_same_phrase():
    # gold  "truce that Kyiv wanted"   predicted  "truce": the head stands before "that"
    gold = annotation(event("REJECT", "refused", argument("recipient", "truce that Kyiv wanted")))
    said = annotation(event("REJECT", "refused", argument("recipient", "truce")))
    assert score("argument", gold, said) == (0, 1, 1)
    assert score("argument:head", gold, said) == (1, 1, 1)


def test_a_systems_own_mention_goes_before_the_golds():
    # at "He" the gold has Putin; the system lists Trump there and leaves the argument bare
    span = Span(**mark("He").model_dump())
    bare = event("REJECT", "refused", argument("actor", "He"))
    said = annotation(bare, actors=(Actor(id="trump", mentions=(span,)),))
    assert score("argument:actor", annotation(NO), said) == (0, 1, 1)


def test_who_is_named_twice_at_a_span_is_named_there():
    # Trump stands at "He" as a mention and as an argument; the gold's Putin is not asked
    span = Span(**mark("He").model_dump())
    bare = event("REJECT", "refused", argument("actor", "He"))
    named = event("RETREAT", "truce", argument("actor", "He", "trump"))
    said = annotation(bare, named, actors=(Actor(id="trump", mentions=(span,)),))
    assert score("argument:actor", annotation(NO), said) == (0, 2, 1)


def test_either_side_may_say_who_stands_at_a_span():
    bare = annotation(event("REJECT", "refused", argument("actor", "He")))
    assert score("argument:actor", annotation(NO), bare) == (1, 1, 1)
    assert score("argument:actor", bare, annotation(NO)) == (1, 1, 1)


def test_whom_neither_words_nor_article_name_is_nobody():
    bare = event("REJECT", "refused")
    filler = Argument(role="actor", start=3, end=5)
    one = annotation(bare.model_copy(update={"arguments": (filler,)}))
    sides = pair(gold=one, predicted=one, text=None, register=REGISTER)
    matched = {
        name: total(measure(name).count(sides).values()).matched_gold
        for name in ("argument", "argument:actor")
    }
    assert matched == {"argument": 1, "argument:actor": 0}


def test_an_id_given_beside_a_span_is_what_counts():
    # two readings of one "He" in the system's own output do not vouch for each other
    here = event("REJECT", "refused", argument("actor", "He", "trump"))
    there = event("RETREAT", "truce", argument("actor", "He", "putin"))
    assert score("argument:actor", annotation(NO), annotation(here, there))[0] == 0


def test_events_without_a_trigger_lend_their_arguments_to_no_attached_metric():
    bare = Event(type="REJECT", arguments=(argument("actor", "He", "putin"),))
    assert score("argument", annotation(bare), annotation(bare)) == (1, 1, 1)
    assert score("argument-attached", annotation(bare), annotation(bare)) == (0, 1, 1)
