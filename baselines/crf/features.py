"""What the sequence model sees of each token: the word, its neighbours, the parse, the lexicon."""

from __future__ import annotations

from collections.abc import Iterator

from baselines.crf.analysis import Passage
from baselines.crf.stems import stem, types_by_stem
from baselines.lexicon import clauses, government, lexicon
from baselines.lexicon.phrases import Group, Phrase, Sentence
from baselines.lexicon.tokens import Token

_WINDOW = (-2, -1, 1, 2)


def of_passage(passage: Passage) -> list[list[str]]:
    """Features of every token of a sentence, each a short text."""
    suggested = _suggested(passage)
    return [
        [
            "bias",
            *_word(token),
            *_known(token),
            *suggested.get(index, ()),
            *_neighbours(passage, index, suggested),
            *_parse(passage.sentence, index),
            *(["headline"] if passage.headline else []),
        ]
        for index, token in enumerate(passage.tokens)
    ]


def shape(text: str) -> str:
    """Letters by case and digits, repeated ones once.

    >>> shape("McDonald"), shape("F-16s")
    ('XxXx', 'X-9x')
    """
    signs = [
        "X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else c for c in text
    ]
    return "".join(c for i, c in enumerate(signs) if i == 0 or signs[i - 1] != c)


def _word(token: Token) -> Iterator[str]:
    lower = token.lower
    yield f"w={lower}"
    yield f"l={token.lemma}"
    yield f"t={token.tag}"
    yield f"l+t={token.lemma}|{token.tag}"
    yield f"stem={stem(token.lemma)}"
    yield f"form={token.form}"
    yield f"shape={shape(token.text)}"
    yield f"suf={lower[-3:]}"
    yield f"suf2={lower[-2:]}"
    yield f"pre={lower[:4]}"


def _known(token: Token) -> Iterator[str]:
    """What the trigger lexicon says of the word alone."""
    for part, pos in (("verbs", "VERB"), ("nouns", "NOUN")):
        for kind in lexicon.entries(part).get(token.lemmas.get(pos, token.lemma), ()):
            yield f"lex-{part}={kind}"
            yield f"lex-{part}={kind}|{token.tag}"
    for kind in types_by_stem().get(stem(token.lemma), ()):
        yield f"lex-stem={kind}"
        yield f"lex-stem={kind}|{token.tag}"


def _suggested(passage: Passage) -> dict[int, list[str]]:
    """Triggers that the lexicon's rules would mark, in context."""
    found: dict[int, list[str]] = {}
    for trigger in passage.suggested:
        for index in range(trigger.first, trigger.last + 1):
            begins = "B" if index == trigger.first else "I"
            found.setdefault(index, []).extend([f"rule={begins}-{trigger.type}", f"rule={begins}"])
    return found


def _neighbours(passage: Passage, index: int, suggested: dict[int, list[str]]) -> Iterator[str]:
    tokens = passage.tokens
    for offset in _WINDOW:
        place = index + offset
        if not 0 <= place < len(tokens):
            yield f"{offset}:end"
            continue
        yield f"{offset}:l={tokens[place].lemma}"
        yield f"{offset}:t={tokens[place].tag}"
        if abs(offset) == 1:
            yield from (f"{offset}:{feature}" for feature in suggested.get(place, ()))
    for offset in (-1, 1):
        if 0 <= index + offset < len(tokens):
            yield f"{offset}:bi={tokens[index].lemma}|{tokens[index + offset].lemma}"
            yield f"{offset}:tt={tokens[index].tag}|{tokens[index + offset].tag}"


def _parse(sentence: Sentence, index: int) -> Iterator[str]:
    group, phrase = sentence.group_at(index), sentence.phrase_at(index)
    if group is not None:
        yield from _of_verb(sentence, group, index)
    if phrase is not None:
        yield from _of_noun(sentence, phrase, index)


def _of_verb(sentence: Sentence, group: Group, index: int) -> Iterator[str]:
    yield f"group={group.form}|{'head' if index == group.head else 'rest'}"
    if index != group.head:
        return
    yield f"passive={group.passive}"
    lemma = sentence.tokens[index].lemma
    found = clauses.objects(sentence, group)
    yield f"object={bool(found)}"
    for phrase in found[:1]:
        yield f"object={sentence.tokens[phrase.head].lemma}"
        yield f"verb+object={lemma}|{sentence.tokens[phrase.head].lemma}"
        yield f"object-event={lexicon.is_event_noun(sentence.tokens[phrase.head])}"
    for word, _ in list(clauses.prepositional(sentence, index))[:2]:
        yield f"prep={word}"


def _of_noun(sentence: Sentence, phrase: Phrase, index: int) -> Iterator[str]:
    head = index == phrase.head
    yield f"phrase={'head' if head else 'owner' if _owns(phrase, index) else 'rest'}"
    yield f"before={phrase.preposition}"
    if not head:
        yield f"head={sentence.tokens[phrase.head].lemma}"
        return
    governor = government.of_phrase(sentence, phrase)
    if governor is not None:
        yield f"gov={governor.relation}|{governor.lemma}"
        yield f"rel={governor.relation}"
    yield f"definite={sentence.tokens[phrase.first].lower if phrase.first < index else ''}"


def _owns(phrase: Phrase, index: int) -> bool:
    return phrase.owner is not None and index <= phrase.owner.last
