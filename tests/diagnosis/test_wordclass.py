"""The rule of thumb for verbs and nouns, by hand and against a dictionary."""

from __future__ import annotations

import pytest

from bench import gold
from bench.diagnosis.wordclass import word_class


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They will [attack] at dawn.", "verb"),
        ("The [attack] came at dawn.", "noun"),
        ("Kyiv’s [attack] failed.", "noun"),
        ("He [rejected] it.", "verb"),
        ("The [bombing] of the port", "noun"),
        ("ships [bombing] the port", "verb"),
        ("the [agreement]", "noun"),
        ("Troops [attack] the port", "verb"),
        ("President Bo [met] Ana", "verb"),
        ("[Strike] of miners", "noun"),
        ("they [call off] talks", "verb"),
    ],
)
def test_endings_and_neighbours_decide(text, wanted):
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    assert word_class(plain, start, end) == wanted


def test_it_agrees_with_a_dictionary_where_that_has_no_doubt():
    from lemminflect import getAllLemmas

    right = []
    train = gold.load("train")
    for document in train.documents:
        for event in train.annotations[document.id].events:
            word = document.text[slice(*event.trigger.span)]
            known = {"NOUN", "VERB"} & set(getAllLemmas(word.lower()))
            if len(known) == 1 and word.isalpha():
                right.append({word_class(document.text, *event.trigger.span).upper()} == known)
    assert len(right) > 300
    assert sum(right) / len(right) > 0.94
