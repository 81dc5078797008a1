"""Coreference over a story by hand.

A letter is a mention, a word a cluster of its article, `=1` the happening that its mentions tell
of; `|` stands between articles. So "ab=1 c | p=1" is {a b p} {c}.
"""

from __future__ import annotations

from fractions import Fraction as F  # noqa: N817 - expected values are fractions

import pytest

from bench.metrics import measure, pair
from bench.metrics.base import Pair, read
from bench.metrics.merge import merge
from bench.registers import ActorRegister
from bench.schema import Annotation, Event, Mark

SCORES = ("muc", "b3", "ceafm", "ceafe", "lea", "blanc", "conll")


def articles(drawing: str) -> list[Annotation]:
    """Annotations d0, d1, …; clusters have the same names in each, as systems name them."""
    return [
        Annotation(
            doc_id=f"d{n}",
            events=tuple(
                Event(
                    type="A",
                    trigger=Mark(start=ord(letter), end=ord(letter) + 1),
                    cluster=f"c{k}" if len(letters) > 1 else None,
                    happening=happening or None,
                )
                for k, word in enumerate(article.split())
                for letters, _, happening in [word.partition("=")]
                for letter in letters
            ),
        )
        for n, article in enumerate(drawing.split("|"))
    ]


def story(gold: str, predicted: str) -> Pair:
    sides = zip(articles(gold), articles(predicted), strict=True)
    none = ActorRegister.empty()
    return merge(
        "s", {g.doc_id: pair(gold=g, predicted=p, text=None, register=none) for g, p in sides}
    )


def f1(name: str, gold: str, predicted: str) -> float | None:
    one = measure(f"coref-story-{name}")
    return read(one.count(story(gold, predicted)), one.metric)[2]


def conll(*parts: F | int) -> F:
    return sum(parts, F(0)) / len(parts)


CASES = [
    # one happening told in both articles, and said so, whatever the clusters inside them
    ("ab=1 c | p=1 q", "a=x b=x c | p=x q", (1,) * 7),
    # split: the system joins no articles. gold {abp} {c} {q}, said {ab} {c} {p} {q}
    # muc   gold 1 of 2, said 1 of 1            b3  R (4/3 + 1/3 + 2)/5 = 11/15, P 1
    # ceafm 2 + 1 + 1 of 5                      ceafe 4/5 + 1 + 1 over 3 and 4
    # lea   R abp 3 · 1/3, c, q: 3/5; P ab 2, c, q and not p: 4/5
    # blanc same 1 of 3 and of 1: 1/2; apart 7 of 7 and of 9: 7/8
    (
        "ab=1 c | p=1 q",
        "ab c | p q",
        (F(2, 3), F(11, 13), F(4, 5), F(4, 5), F(24, 35), F(11, 16), conll(F(2, 3), F(11, 13), F(4, 5))),
    ),
    # merged: c and q are two happenings, said to be one. said {abp} {cq}
    # muc   gold 2 of 2, said 2 of 3            b3  R 1, P (3 + 1/2 + 1/2)/5
    # ceafm 3 + 1 of 5                          ceafe 1 + 2/3 over 3 and 2
    # lea   abp 3 of 5 on both sides            blanc same 3 of 3 and of 4; apart 6 of 7 and of 6
    (
        "ab=1 c | p=1 q",
        "ab=x c=y | p=x q=y",
        (F(4, 5), F(8, 9), F(4, 5), F(2, 3), F(3, 5), F(6, 7) / 2 + F(12, 13) / 2, conll(F(4, 5), F(8, 9), F(2, 3))),
    ),
    # equal names of clusters join nothing: gold {ab} {pq}, said {abpq}; figures as in one document
    ("ab | pq", "ab=1 | pq=1", (F(4, 5), F(2, 3), F(1, 2), F(4, 9), F(1, 2), F(1, 4), conll(F(4, 5), F(2, 3), F(4, 9)))),
    # the second article is not answered: gold {abp}, said {ab}
    # muc R 1/2; b3 R (2/3 + 2/3)/3 = 4/9; ceafm 2 of 3 and of 2; ceafe 4/5; lea R 3 · 1/3 of 3
    # blanc same 1 of 3 and of 1, and nothing is apart on either side
    ("ab=1 | p=1", "ab=1 |", (F(2, 3), F(8, 13), F(4, 5), F(4, 5), F(1, 2), F(1, 2), conll(F(2, 3), F(8, 13), F(4, 5)))),
    # the same place in two articles is two mentions, of which one is found
    ("a | a", "a |", (None, F(2, 3), F(2, 3), F(2, 3), F(2, 3), 0, F(2, 3))),
    # found in the wrong article: nothing in common, also with an empty article between the two
    ("ab |", "| ab", (0, 0, 0, 0, 0, 0, 0)),
    ("ab | |", "| | ab", (0, 0, 0, 0, 0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "scores"), CASES)
def test_scores_by_hand(gold, predicted, scores):
    for name, wanted in zip(SCORES, scores, strict=True):
        for one, other in ((gold, predicted), (predicted, gold)):
            found = f1(name, one, other)
            assert found == (wanted if wanted is None else pytest.approx(float(wanted))), name


def test_an_event_belongs_to_its_happening_and_not_to_its_cluster():
    # one cluster of the article tells of two happenings: they stay two. a, b=1 alone
    (one,) = articles("ab")
    first, second = one.events
    two = [
        first.model_copy(update={"happening": "h"}),
        second.model_copy(update={"happening": "i"}),
    ]
    both = pair(
        gold=one,
        predicted=one.model_copy(update={"events": tuple(two)}),
        text=None,
        register=ActorRegister.empty(),
    )
    counts = measure("coref-story-muc").count(both)[""]
    assert (counts.gold, counts.predicted) == (1, 0)
    assert measure("coref-muc").count(both)[""].predicted == 1


def test_a_happening_called_as_a_cluster_is_another_thing():
    # {a b} by happening c0, {p q} by the cluster c0 of the second article
    counts = measure("coref-story-muc").count(story("a=c0 b=c0 | pq", "a=c0 b=c0 | pq"))[""]
    assert (counts.matched_gold, counts.gold) == (2, 2)


def test_events_without_offsets_are_mentions_of_their_own_in_every_article():
    bare = [Annotation(doc_id=f"d{n}", events=(Event(type="A", happening="h"),)) for n in (0, 1)]
    none = ActorRegister.empty()
    both = merge("s", {a.doc_id: pair(gold=a, predicted=a, text=None, register=none) for a in bare})
    counts = measure("coref-story-b3").count(both)[""]
    assert (counts.matched_gold, counts.predicted, counts.gold) == (0, 2, 2)
