"""Sentences, words, heads and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.registers import ActorEntry, ActorRegister, fold, read_yaml
from bench.text import head, sentences, words


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("old bridge over the river", "bridge"),
        ("President Vladimir Putin", "Putin"),
        ("man who sold the world", "man"),
        ("Kyiv, the capital", "Kyiv"),
        ("of mice", "mice"),
        ("truce", "truce"),
        ("US-led coalition", "coalition"),
    ],
)
def test_the_head_is_the_last_word_before_preposition_comma_or_relative_pronoun(phrase, found):
    assert phrase[slice(*head(phrase))] == found


@given(st.text(min_size=1))
def test_every_phrase_has_a_head_inside_it(phrase):
    start, end = head(phrase)
    assert 0 <= start < end <= len(phrase)


@given(st.text())
def test_sentences_and_words_lie_in_order_inside_the_text(text):
    for spans in (sentences(text), words(text)):
        flat = [at for span in spans for at in span]
        assert flat == sorted(flat)
        assert all(start < end for start, end in spans)
    outside = set(range(len(text))) - {n for a, b in sentences(text) for n in range(a, b)}
    assert all(text[n].isspace() for n in outside)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met Mr. Smith in St. Paul. She left.", ["He met Mr. Smith in St. Paul.", "She left."]),
        ("“Stop!” he said. “Now.” They ran.", ["“Stop!” he said.", "“Now.”", "They ran."]),
        ("No space here.Next one", ["No space here.", "Next one"]),
        ("3.5 per cent fell\nNew line", ["3.5 per cent fell", "New line"]),
    ],
)
def test_sentences_end_where_a_reader_would_say(text, found):
    parts = [text[a:b] for a, b in sentences(text)]
    assert [part.strip() for part in parts] == found


def test_names_fold_case_accents_articles_and_possessives():
    assert fold("the  Élysée’s") == fold("Elysee")
    assert fold("Angela") != fold("Angel")


def test_a_register_resolves_ids_names_and_aliases_and_admits_ambiguity():
    register = ActorRegister(
        {
            "rus": ActorEntry(name="Government of Russia", kind="government", aliases=("Russia",)),
            "russia": ActorEntry(name="Russia (land)", kind="place", aliases=("Russia",)),
        }
    )
    assert register.resolve("rus") == {"rus"}
    assert register.resolve("RUSSIA's") == {"rus", "russia"}
    assert register.resolve("Prussia") == frozenset()


def test_yaml_keeps_dates_and_numbers_as_they_are_written():
    assert read_yaml("{a: 2025-03-18, b: 2022, c: null, d: no}") == {
        "a": "2025-03-18", "b": "2022", "c": None, "d": "no",
    }  # fmt: skip
