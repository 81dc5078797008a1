"""The sequence metric equals seqeval's strict mode, whatever is predicted.

seqeval 1.2.2, `mode="strict", scheme=IOB2`, run by this test on 300 seeded documents whose triggers
nest, cross, repeat, cover parts of words, carry several types or lack offsets. The tags that both
read are made by the metric; that they are made as it says is tested by hand below.
"""

from __future__ import annotations

import random
import warnings

import pytest

from bench.counts import add_tables, total
from bench.errors import MissingText
from bench.metrics import Pair, measure, pair
from bench.metrics.sequence import tags
from bench.registers import ActorRegister
from bench.schema import Annotation, Event, Mark
from tests.agreement.test_seqeval import check

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

TYPES = ("ACCUSE", "AGREE", "ASSAULT")


def annotation(*triggers: tuple[str, int, int]) -> Annotation:
    events = tuple(Event(type=kind, trigger=Mark(start=a, end=b)) for kind, a, b in triggers)
    return Annotation(doc_id="d", events=events)


def both(text: str, gold: Annotation, predicted: Annotation) -> Pair:
    return pair(gold=gold, predicted=predicted, text=text, register=ActorRegister.empty())


def drawn(rng: random.Random, text: str, like: Annotation | None = None) -> Annotation:
    """Triggers anywhere; some of those of another annotation among them."""
    events = [e for e in like.events if rng.random() < 0.6] if like else []
    for _ in range(rng.randint(0, 6)):
        start = rng.randrange(len(text))
        mark = Mark(start=start, end=start + rng.randint(1, 9))
        kinds = rng.sample(TYPES, rng.choice((1, 1, 2)))
        events += [Event(type=kind, trigger=mark) for kind in kinds]
    events.append(Event(type=rng.choice(TYPES)))
    rng.shuffle(events)
    return Annotation(doc_id="d", events=tuple(events))


def test_scores_equal_seqeval_strict_overall_and_by_type():
    rng = random.Random(20250318)
    rows: tuple[list[list[str]], list[list[str]]] = ([], [])
    tables = []
    for _ in range(300):
        words = ["".join(rng.choices("ab", k=rng.randint(1, 4))) for _ in range(rng.randint(1, 12))]
        text = "".join(word + rng.choice([" ", ", ", " — "]) for word in words)
        gold = drawn(rng, text)
        sides = both(text, gold, drawn(rng, text, gold))
        for row, side in zip(rows, (sides.gold, sides.predicted), strict=True):
            row.append(tags(side))
        tables.append(measure("sequence").count(sides))
    theirs = classification_report(*rows, mode="strict", scheme=IOB2, output_dict=True)
    ours = add_tables(tables)
    assert total(ours.values()).gold > 400
    assert total(ours.values()).matched_gold > 200
    check(theirs["micro avg"], total(ours.values()))
    for kind in TYPES:
        check(theirs[kind], ours[kind])


TEXT = "civil war, it ended"
#       0     6    11 14


@pytest.mark.parametrize("before", [2, 400])
def test_a_trigger_between_two_words_is_none(before):
    text = "w " * (before + 1)
    side = both(text, annotation(("A", 2 * before - 1, 2 * before)), annotation()).gold
    assert set(tags(side)) == {"O"}


@pytest.mark.parametrize(
    ("triggers", "row"),
    [
        ([("A", 6, 9)], "O B-A O O"),
        ([("A", 0, 9)], "B-A I-A O O"),
        ([("A", 7, 8)], "O B-A O O"),  # a part of a word is the word
        ([("A", 9, 11)], "O O O O"),  # a comma is no word
        ([("A", 6, 9), ("A", 0, 9)], "B-A I-A O O"),  # from one word on, the longest
        ([("A", 6, 13), ("B", 0, 9)], "B-B I-B O O"),  # the first to begin
        ([("B", 0, 5), ("A", 0, 5)], "B-A O O O"),  # one tag a word: the first name
        (
            [("A", 0, 9), ("B", 6, 13), ("C", 11, 13)],
            "B-A I-A B-C O",
        ),  # what is left out blocks nothing
        ([("A", 0, 5), ("A", 6, 9)], "B-A B-A O O"),
    ],
)
def test_tags_are_laid_in_order_of_position_length_and_name(triggers, row):
    for order in (triggers, triggers[::-1]):
        one = annotation(*order)
        assert tags(both(TEXT, one, one).gold) == row.split()


def test_without_the_text_there_are_no_words():
    one = annotation(("A", 0, 5))
    sides = pair(gold=one, predicted=one, text=None, register=ActorRegister.empty())
    with pytest.raises(MissingText, match="sequence needs the text of d"):
        measure("sequence").count(sides)
