"""Triggers from tags: the lexicon's record of an event word, with its part of speech and lemma."""

from __future__ import annotations

from collections.abc import Iterable

from baselines.crf.tags import Stretch
from baselines.lexicon import lexicon
from baselines.lexicon.phrases import Sentence
from baselines.lexicon.triggers import Trigger


def from_stretches(sentence: Sentence, stretches: Iterable[Stretch]) -> list[Trigger]:
    """One trigger for each labelled stretch."""
    return [_trigger(sentence, kind, first, last) for kind, first, last in stretches]


def _trigger(sentence: Sentence, kind: str, first: int, last: int) -> Trigger:
    tokens = sentence.tokens
    part = _part(tokens[first].tag, sentence.group_at(first) is not None)
    word = last if part == "noun" else first
    lemma = tokens[word].lemma
    phrasal = f"{lemma} {tokens[last].lower}"
    if last > first and phrasal in lexicon.entries("verbs"):
        lemma = phrasal
    return Trigger(kind, first, last, part, lemma)


def _part(tag: str, grouped: bool) -> str:
    if tag in ("VERB", "PART") or grouped:
        return "verb"
    return "adjective" if tag == "ADJ" else "noun"
