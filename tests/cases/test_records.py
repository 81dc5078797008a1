"""The record metric by hand: happenings without offsets, as a language model would answer."""

from __future__ import annotations

import pytest

from bench.counts import total
from bench.metrics import measure, pair
from bench.registers import ActorEntry, ActorRegister
from bench.schema import Actor, Annotation, Argument, Event, Span
from tests.conftest import REGISTER, TEXT, argument, event, mark


def annotation(*events: Event, actors: tuple[Actor, ...] = ()) -> Annotation:
    return Annotation(doc_id="d", events=events, actors=actors)


def said(kind: str, date: str | None = None, **roles: str | list[str]) -> Event:
    """An answer in words alone."""
    fillers = [
        Argument(role=role, text=words)
        for role, given in roles.items()
        for words in ([given] if isinstance(given, str) else given)
    ]
    return Event(type=kind, date=date, arguments=tuple(fillers))


def score(
    gold: Annotation, predicted: Annotation, register: ActorRegister = REGISTER
) -> tuple[float, float, float]:
    sides = pair(gold=gold, predicted=predicted, text=TEXT, register=register)
    counts = total(measure("record").count(sides).values())
    return counts.matched_gold, counts.predicted, counts.gold


# One call, told by two mentions of a cluster: CONSULT · Putin · Trump · 18 March: four slots.
CALL = annotation(
    event("CONSULT", "phoned", argument("actor", "Putin", "putin"), cluster="call"),
    event(
        "CONSULT", "Tuesday", argument("actor", "Trump", "trump"), cluster="call", date="2025-03-18"
    ),
)


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        # CONSULT · Putin · Trump · 18       all four slots
        ([said("CONSULT", "2025-03-18", actor=["Vladimir Putin", "trump"])], (4, 4, 4)),
        # CONSULT · Putin · – · –            two of two said, two of four found
        ([said("CONSULT", actor="Putin")], (2, 2, 4)),
        # CONSULT · – · – · –                the type is a slot
        ([said("CONSULT")], (1, 1, 4)),
        # REJECT · Putin                     a record of another type answers nothing
        ([said("REJECT", actor="Putin")], (0, 2, 4)),
        # CONSULT · Putin · Kyiv · 19        wrong fillers cost, right ones count
        ([said("CONSULT", "2025-03-19", actor=["Putin", "Kyiv"])], (2, 4, 4)),
        # CONSULT · recipient Trump          the right name in the wrong role
        ([said("CONSULT", recipient="Trump")], (1, 2, 4)),
        # the same record twice              the copy costs all its slots
        ([said("CONSULT", "2025-03-18", actor=["Putin", "Trump"])] * 2, (4, 8, 4)),
        # the two halves as two records      one of them answers the call
        ([said("CONSULT", actor="Putin"), said("CONSULT", "2025-03-18")], (2, 4, 4)),
        # one name twice in a record         is one slot
        ([said("CONSULT", actor=["Putin", "Vladimir Putin"])], (2, 2, 4)),
        ([], (0, 0, 4)),
    ],
)
def test_slots_of_aligned_records_are_counted(answer, counts):
    assert score(CALL, annotation(*answer)) == counts
    assert score(annotation(*answer), CALL) == (counts[0], counts[2], counts[1])


def test_records_are_aligned_so_that_most_slots_agree():
    # gold  a: REJECT Putin Kyiv 18      b: REJECT Putin
    # said  x: REJECT Putin              y: REJECT Putin Kyiv 18      a-y and b-x: 4 + 2
    full = said("REJECT", "2025-03-18", actor=["Putin", "Kyiv"])
    bare = said("REJECT", actor="Putin")
    assert score(annotation(full, bare), annotation(bare, full)) == (6, 6, 6)
    # greedy would take a-y (3 slots) and be left with 1; optimal takes a-x and b-y: 2 + 3
    gold = annotation(
        said("REJECT", actor=["Putin", "Kyiv"]), said("REJECT", "2025", actor=["Putin", "Kyiv"])
    )
    answer = annotation(said("REJECT", actor=["Putin", "Kyiv"]), said("REJECT", actor="Putin"))
    assert score(gold, answer) == (5, 5, 7)


def test_mentions_of_a_cluster_are_one_record_of_each_type():
    # three mentions in one cluster, two of them CONSULT: CONSULT · Putin, REJECT · Putin
    events = [
        event(kind, word, argument("actor", "Putin", "putin"), cluster="c")
        for kind, word in (("CONSULT", "phoned"), ("CONSULT", "Tuesday"), ("REJECT", "refused"))
    ]
    answer = annotation(said("CONSULT", actor="Putin"), said("REJECT", actor="Putin"))
    assert score(annotation(*events), answer) == (4, 4, 4)


def test_what_was_refused_or_feared_is_a_record_like_any_other():
    feared = event("RETREAT", "truce", realis="hypothetical")
    assert score(annotation(feared), annotation(said("RETREAT"))) == (1, 1, 1)


@pytest.mark.parametrize(
    ("words", "matched"),
    [
        ("Putin", 2),
        ("PUTIN’s", 2),  # case, possessive
        ("President Vladimir Putin", 2),  # title
        ("Prime Minister Putin", 2),  # titles are not compared
        ("the president", 1),  # nobody's name
        ("Vladimir", 1),  # no alias: nothing fuzzier
        ("Putln", 1),
    ],
)
def test_names_resolve_by_id_name_or_alias_and_nothing_fuzzier(words, matched):
    gold = annotation(event("REJECT", "refused", argument("actor", "He", "putin")))
    assert score(gold, annotation(said("REJECT", actor=words)))[0] == matched


def test_an_id_says_more_than_the_words_beside_it():
    gold = annotation(event("REJECT", "refused", argument("actor", "He", "putin")))
    answer = Argument(role="actor", actor="putin", text="Trump")
    assert score(gold, annotation(Event(type="REJECT", arguments=(answer,)))) == (2, 2, 2)


def test_an_ambiguous_name_is_no_slot_beside_one_that_settles_it():
    # "Kremlin" may be a government or a place; "Moscow" is the government
    register = ActorRegister(
        {
            "state": ActorEntry(name="Moscow", kind="government", aliases=("Kremlin",)),
            "palace": ActorEntry(name="Palace", kind="place", aliases=("Kremlin",)),
        }
    )
    gold = annotation(said("REJECT", actor="Moscow"))
    for names, counts in (("Kremlin", (2, 2, 2)), (["Kremlin", "Moscow"], (2, 2, 2))):
        assert score(gold, annotation(said("REJECT", actor=names)), register) == counts
    both = annotation(said("REJECT", actor=["Moscow", "Palace"]))
    assert score(both, annotation(said("REJECT", actor="Kremlin")), register) == (2, 2, 3)
    # "Kremlin" beside "Moscow" is the government and no more the place
    place = annotation(said("REJECT", actor="Palace"))
    told = annotation(said("REJECT", actor=["Kremlin", "Moscow"]))
    assert score(place, told, register) == score(told, place, register) == (1, 2, 2)


def test_names_that_nobody_has_registered_match_as_words():
    gold = annotation(said("REJECT", actor="Mr. Ólafur Grímsson"))
    assert score(gold, annotation(said("REJECT", actor="Olafur Grimsson"))) == (2, 2, 2)
    assert score(gold, annotation(said("REJECT", actor="Grimsson"))) == (1, 2, 2)


def test_a_private_id_that_nobody_knows_is_no_name_beside_the_words():
    # gold  e1 "Kyiv Post"      said  e1 "Reuters": two systems number their actors alike
    def one(actor: str, words: str) -> Annotation:
        filler = Argument(role="actor", actor=actor, text=words)
        return annotation(Event(type="REJECT", arguments=(filler,)))

    assert score(one("e1", "Kyiv Post"), one("e1", "Reuters")) == (1, 2, 2)
    assert score(one("e1", "Kyiv Post"), one("e2", "Kyiv Post")) == (2, 2, 2)


def test_offsets_are_not_looked_at():
    # the words "He" stand where the gold has Putin, but "he" is nobody's name; an id says more
    gold = annotation(event("REJECT", "refused", argument("actor", "He", "putin")))
    pronoun = annotation(event("REJECT", "phoned", argument("actor", "He")))
    assert score(gold, pronoun) == (1, 2, 2)
    known = annotation(event("REJECT", "phoned", argument("actor", "He", "putin")))
    assert score(gold, known) == (2, 2, 2)


def test_an_actor_of_the_systems_own_is_whom_all_its_mentions_name():
    gold = annotation(event("REJECT", "refused", argument("actor", "He", "putin")))

    def own(*words: str) -> Annotation:
        spans = tuple(Span(**mark(w).model_dump()) for w in words)
        one = event("REJECT", "refused", argument("actor", "He", "x"))
        return annotation(one, actors=(Actor(id="x", mentions=spans),))

    assert score(gold, own("He", "Putin"))[0] == 2
    assert score(gold, own("He", "Putin", "Trump"))[0] == 1  # whoever is everybody is nobody


def test_mentions_of_the_systems_other_actors_say_nothing_of_one():
    # a1 and a3 are Trump, a2 is Putin; the argument is a2, whatever else there is
    gold = annotation(event("REJECT", "refused", argument("actor", "He", "putin")))
    words = {"a1": "Trump", "a2": "Putin", "a3": "Trump"}
    actors = tuple(
        Actor(id=name, mentions=(Span(**mark(word).model_dump()),)) for name, word in words.items()
    )
    told = event("REJECT", "refused", argument("actor", "He", "A2".lower()))
    assert score(gold, annotation(told, actors=actors)) == (2, 2, 2)


def test_without_words_and_article_equal_offsets_are_the_same_participant():
    def one(start: int) -> Annotation:
        filler = Argument(role="actor", start=start, end=start + 5)
        return annotation(Event(type="REJECT", arguments=(filler,)))

    def matched(gold: Annotation, predicted: Annotation) -> float:
        sides = pair(gold=gold, predicted=predicted, text=None, register=REGISTER)
        return total(measure("record").count(sides).values()).matched_gold

    assert (matched(one(3), one(3)), matched(one(3), one(4))) == (2, 1)


def test_without_a_register_ids_and_words_are_compared_as_they_are():
    gold = annotation(event("REJECT", "refused", argument("actor", "Putin", "e1")))
    nobody = ActorRegister.empty()
    assert score(gold, annotation(said("REJECT", actor="putin")), nobody) == (2, 2, 2)
    by_id = Event(type="REJECT", arguments=(Argument(role="actor", actor="e1"),))
    assert score(gold, annotation(by_id), nobody) == (2, 2, 2)
    assert score(gold, annotation(said("REJECT", actor="Trump")), nobody) == (1, 2, 2)
    other_id = Event(type="REJECT", arguments=(Argument(role="actor", actor="E1", text="Trump"),))
    assert score(gold, annotation(other_id), nobody) == (1, 2, 2)
