"""Coreference by hand. A letter is a mention, a word a cluster: "ab c" has two clusters.

Figures marked *trap* are those of the CoNLL reference scorer 8.01 and of corefud-scorer on the
same clusters; they count singletons as given, as we do.
"""

from __future__ import annotations

from fractions import Fraction as F  # noqa: N817 - expected values are fractions

import pytest

from bench.metrics import coreference, measure, pair
from bench.metrics.base import Table, read
from bench.metrics.mentions import partitions
from bench.registers import ActorRegister
from bench.schema import Annotation, Event, Mark

SCORES = ("muc", "b3", "ceafm", "ceafe", "lea", "blanc", "conll")


def annotation(clusters: str, kind: str = "A") -> Annotation:
    """Mentions by letter; a digit is a mention without offsets; a word of one has no cluster id."""
    events = [
        Event(
            type=kind,
            trigger=None if letter.isdigit() else Mark(start=ord(letter), end=ord(letter) + 1),
            cluster=f"c{n}" if len(word) > 1 else None,
        )
        for n, word in enumerate(clusters.split())
        for letter in word
    ]
    return Annotation(doc_id="d", events=tuple(events))


def both(gold: Annotation, predicted: Annotation):
    return pair(gold=gold, predicted=predicted, text=None, register=ActorRegister.empty())


def table(name: str, gold: str, predicted: str) -> Table:
    return measure(f"coref-{name}").count(both(annotation(gold), annotation(predicted)))


def f1(name: str, gold: str, predicted: str) -> float | None:
    one = measure(f"coref-{name}")
    return read(table(name, gold, predicted), one.metric)[2]


def conll(*parts: F | int) -> F:
    return sum(parts, F(0)) / len(parts)


CASES = [
    # trap coreference_singletons: muc 66.7, bcub 85.7, ceafe 66.7, blanc 77.8
    # muc   gold 1 of 1, said 1 of 2          b3  R 4/4, P (2 + 1/2 + 1/2)/4 = 3/4
    # ceafe ab-ab 1, c-cd 2/3 over 3 and 2    ceafm 2 + 1 of 4
    # lea   R ab 2 · 1, c and d alone in gold, not said: 2/4; P ab 2, cd 0: 2/4
    # blanc same 1 of 1 and of 2: 2/3; apart 4 of 5 and of 4: 8/9
    ("ab c d", "ab cd", (F(2, 3), F(6, 7), F(3, 4), F(2, 3), F(1, 2), F(7, 9), conll(F(2, 3), F(6, 7), F(2, 3)))),
    # trap coreference_all_singletons: bcub, ceafe, blanc 100; muc has nothing to count, and
    # where the Perl scorer says 0 we say so: it is left out of the mean
    ("a b", "a b", (None, 1, 1, 1, 1, 1, 1)),
    # trap truncated_or_rounded: b3 R 5/9, P 1, F 5/7
    # lea R 3 · 1/3 of 3, P ab 2 · 1 + c 0 of 3; blanc same 1/3 and 1: 1/2; apart 0 of 2 said: 0
    ("abc", "ab c", (F(2, 3), F(5, 7), F(2, 3), F(2, 2) * F(4, 5) * 2 / 3, F(4, 9), F(1, 4), conll(F(2, 3), F(5, 7), F(8, 15)))),
    # all in one: muc forgives, the others do not
    # b3 P (4 + 4)/4 of 4 = 1/2; ceafm 2 of 4; ceafe 2·2/6 over 2 and 1; lea R 1, P 4 · 2/6 of 4
    # blanc same 2 of 2 and of 6: 1/2; apart 0 of 4: 0
    ("ab cd", "abcd", (F(4, 5), F(2, 3), F(1, 2), F(4, 9), F(1, 2), F(1, 4), conll(F(4, 5), F(2, 3), F(4, 9)))),
    # trap coreference_needs_the_mention_first: one of two spans is off: muc 0, b3 25
    # b3 1/2 of 2 each side: 1/4; ceafm 1 of 2; ceafe 1/2; lea 0; blanc 0 (same 0 of 1, no apart)
    ("ab", "ac", (0, F(1, 4), F(1, 2), F(1, 2), 0, 0, conll(0, F(1, 4), F(1, 2)))),
    # mentions of one side alone: a matched and missed b, spurious z; three singletons
    ("a b", "a z", (None, F(1, 2), F(1, 2), F(1, 2), F(1, 2), 0, F(1, 2))),
    # nothing said; nothing there
    ("ab", "", (0, 0, 0, 0, 0, 0, 0)),
    ("", "", (None,) * 7),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "scores"), CASES)
def test_scores_by_hand(gold, predicted, scores):
    for name, wanted in zip(SCORES, scores, strict=True):
        for one, other in ((gold, predicted), (predicted, gold)):
            found = f1(name, one, other)
            assert found == (wanted if wanted is None else pytest.approx(float(wanted))), name


def test_counts_of_documents_are_summed_before_they_are_divided():
    # trap coreference_micro_or_macro, CoNLL Perl: muc 90.9, bcub 76.9, ceafe 66.7
    documents = [("ab", "ab"), ("abcdef", "abc def")]
    wanted = {"muc": F(10, 11), "b3": F(10, 13), "ceafe": F(2, 3)}
    for name, value in wanted.items():
        counts = sum(
            (table(name, *sides)[""] for sides in documents[1:]), table(name, *documents[0])[""]
        )
        assert counts.f1 == pytest.approx(float(value)), name


def test_recall_and_precision_are_told_apart():
    # gold abc, said ab c: b3 R 5/9 P 1; muc R 1/2 P 1; lea R 1/3 P 2/3
    wanted = {"b3": (1, F(5, 9)), "muc": (1, F(1, 2)), "lea": (F(2, 3), F(1, 3))}
    for name, (precision, recall) in wanted.items():
        counts = table(name, "abc", "ab c")[""]
        assert (counts.precision, counts.recall) == pytest.approx((float(precision), float(recall)))


def test_a_mention_is_a_type_on_a_span():
    gold, other = annotation("ab"), annotation("ab", kind="B")
    ours, theirs = partitions(both(gold, other))
    assert not ours[0] & theirs[0]


def test_events_without_offsets_are_never_the_same_mention():
    # 1 and 2 have no trigger: gold with itself shares a alone
    ours, theirs = partitions(both(annotation("a12"), annotation("a12")))
    assert (len(ours[0]), len(theirs[0]), len(ours[0] & theirs[0])) == (3, 3, 1)


@pytest.mark.parametrize(
    ("gold", "predicted", "kept"),
    [
        # a copy of a is a further mention: muc keeps 1 link of 2
        ("ab", "aab", (1, 2, 1, 1)),
        # the whole answer twice: the second ab is spurious
        ("ab", "ab ab", (1, 2, 1, 1)),
        # two happenings on the word a: copies go where their clusters go, in whatever order
        ("ab ac", "ac ab", (2, 2, 2, 2)),
        # said ac and a: the a beside c is gold's a beside c
        ("ab ac", "ac a", (1, 1, 1, 2)),
        ("abc ad", "ad abc", (3, 3, 3, 3)),
        # the loose a is not taken for the a of ab
        ("ab", "a ab", (1, 1, 1, 1)),
        # one happening twice on a word, another once: said so, and each a second time
        ("aa a", "aa a aa a", (1, 2, 1, 1)),
    ],
)
def test_copies_of_a_mention_are_told_apart_by_their_clusters(gold, predicted, kept):
    c = table("muc", gold, predicted)[""]
    assert (c.matched_predicted, c.predicted, c.matched_gold, c.gold) == kept
    c = table("muc", predicted, gold)[""]
    assert (c.matched_gold, c.gold, c.matched_predicted, c.predicted) == kept


def test_of_pairings_that_share_as_much_the_most_alike_is_taken():
    # gold aa a, said aa a aa a: 1 + 1 of two clusters, not a beside the second aa
    assert table("ceafe", "aa a", "aa a aa a")[""].matched_gold == 2
    assert table("ceafe", "a a a aa", "aa a a a a a a aa")[""].matched_gold == 4


def test_likeness_decides_whatever_the_order_of_what_is_shared():
    # gold  ac b d      said  ab123 ad: each of them shares a alone with ac; ad is more like it, so
    # its a is gold's a: b3 finds a and d, 1/2 each, in ad, and b, 1/5, in ab123
    found = table("b3", "ac b d", "ab123 ad")[""]
    assert found.matched_predicted == pytest.approx(float(F(1, 2) + F(1, 2) + F(1, 5)))


def test_a_score_that_is_a_mean_names_its_parts():
    assert set(table("conll", "ab", "ab")) == {"muc", "b3", "ceafe"}
    same, apart = (table("blanc", "ab c d", "ab cd")[name] for name in ("same", "apart"))
    assert (same.matched_gold, same.predicted, same.gold) == (1, 2, 1)
    assert (apart.matched_gold, apart.predicted, apart.gold) == (4, 4, 5)


def test_precision_and_recall_of_a_mean_are_means_too():
    # gold ab c d, said ab cd: same 1 of 2 said and of 1, apart 4 of 4 said and of 5
    one = measure("coref-blanc")
    found = read(table("blanc", "ab c d", "ab cd"), one.metric)
    assert found == pytest.approx((3 / 4, 9 / 10, 7 / 9))
    # muc 1 of 2 said and of 1, b3 3 of 4 said and 4 of 4, ceafe 5/3 of 2 said and of 3
    one = measure("coref-conll")
    found = read(table("conll", "ab c d", "ab cd"), one.metric)
    wanted = (
        conll(F(1, 2), F(3, 4), F(5, 6)),
        conll(1, 1, F(5, 9)),
        conll(F(2, 3), F(6, 7), F(2, 3)),
    )
    assert found == pytest.approx(tuple(map(float, wanted)))
    assert coreference.conll(table("conll", "ab c d", "ab cd")) == found[2]
