"""Common nouns as parties: who acts although no list has the word, and how far its phrase goes."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from baselines.dependency import words
from baselines.lexicon.mentions import Mention
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Phrase

_PERSON = re.compile(r"(?:[^e]er|or|ist|eer|ee|ian|man|woman|ant|crat|eur|path|folk)$")
_LONGEST = 7  # words that may follow the head
_CONCRETE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_INSIDE = frozenset({"prep", "pobj", "det", "amod", "compound", "poss", "case", "nummod", "nmod",
                     "quantmod", "conj", "cc", "punct", "advmod", "neg"})  # fmt: skip


def nominal(parties: Parties, word: Any, phrase: Phrase, kind: str, role: str) -> Mention | None:
    """A mention for a common noun: of people anywhere, of things where force is used on them."""
    if word.pos_ != "NOUN":
        return None
    people = is_people(parties.sentence.tokens[word.i].lemma)
    thing = role == "recipient" and kind in _CONCRETE and _is_thing(parties, word)
    if not people and not thing:
        return None
    first = _without_article(parties, phrase)
    tokens = parties.sentence.tokens[first : word.i + 1]
    name = " ".join(token.text for token in tokens)
    return Mention(first, word.i, "population" if people else "facility", name)


def is_people(lemma: str) -> bool:
    """Whether a noun names people: from the list, or by its ending.

    >>> is_people("shipbuilder"), is_people("loyalist"), is_people("river")
    (True, True, False)
    """
    if lemma in words.group("people"):
        return True
    return len(lemma) > 5 and bool(_PERSON.search(lemma)) and lemma not in words.group("no_people")


def _is_thing(parties: Parties, word: Any) -> bool:
    lemma = parties.sentence.tokens[word.i].lemma
    return not words.is_event_noun(lemma) and lemma not in words.group("abstract")


def _without_article(parties: Parties, phrase: Phrase) -> int:
    first = phrase.first
    while first < phrase.last and parties.sentence.tokens[first].lower in ("the", "a", "an"):
        first += 1
    return first


def end(word: Any) -> int:
    """The last token of the prepositional phrases right behind a noun; clauses stay out."""
    last = word.i
    for child in word.rights:
        if child.dep_ != "prep" or child.i != last + 1:
            break
        inside = list(takewhile(_plain, child.subtree))
        while inside and inside[-1].pos_ not in ("NOUN", "PROPN", "NUM"):
            inside.pop()
        if not inside or len(inside) > _LONGEST:
            break
        last = inside[-1].i
    return int(last)


def _plain(token: Any) -> bool:
    """A noun or one of its modifiers: no comma, no time expression, nothing of a clause."""
    timed = token.ent_type_ in ("DATE", "TIME")
    return token.dep_ in _INSIDE and token.text not in ",;:—" and not timed
