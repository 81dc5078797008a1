"""Verb or noun: a stated rule of thumb for triggers, by endings and neighbours, without a model.

Tried in this order: the ending of a noun; the ending -ed or a strong past form; -ing, a noun after
an article, a possessive or a preposition; the word before (*to*, a modal, an auxiliary, a pronoun:
verb; an article, a possessive, a preposition, a number: noun); the word after (*of*: noun; an
article, a possessive, a pronoun: verb); else a noun.
"""

from __future__ import annotations

import re

VERB, NOUN = "verb", "noun"
_WORD_BEFORE = re.compile(r"([\w’']+)[\s\"“‘(—–-]*$")
_WORD_AFTER = re.compile(r"^[\s,\"“‘(]*([\w’']+)")
_NOUN_ENDINGS = tuple("tion tions sion sions ment ments ance ence ship ism ity fire fires".split())
_STRONG = frozenset(
    "met spoke said struck fell held sent took taken gave given won broke broken fought withdrew"
    " withdrawn sought shot hit told wrote met left lost made paid put ran rose rang sank sunk set"
    " shook shut spent split stood swore threw thrown fled fed flew flown forbade forbidden forgave"
    " froze frozen got kept laid led let agreed bought brought built burnt came caught chose chosen"
    " cut dealt drew driven drove forced overthrew overthrown saw seen sold stole stolen stormed"
    " taught tore torn went beat beaten bound began begun".split()
)  # fmt: skip
_BEFORE_VERBS = frozenset(
    "to will would can could may might must should shall not never did does do don’t don't didn’t"
    " didn't has have had having is are was were been be being i we he she they who which".split()
)
_BEFORE_NOUNS = frozenset(
    "a an the this that these those his her its their our your my no any some every each another"
    " of in on at by for from with without after before during since until against over under"
    " between into amid despite new first second third last next one two three four five six seven"
    " more further possible".split()
)
_AFTER_VERBS = frozenset(
    "the a an his her its their our that him them it us me himself itself themselves to".split()
)


def word_class(text: str, start: int, end: int) -> str:
    """Whether a trigger is a verb or a noun in its sentence.

    >>> [word_class(text, 3, 9) for text in ("to attack him", "an attack", "He struck it")]
    ['verb', 'noun', 'verb']
    """
    phrase = text[start:end].lower().split()
    word = phrase[0] if phrase else ""
    before = _WORD_BEFORE.search(text, max(0, start - 40), start)
    after = _WORD_AFTER.search(text[end : end + 40])
    return _decide(word, *(m[1].lower() if m else "" for m in (before, after)))


def _decide(word: str, before: str, after: str) -> str:
    nominal = before in _BEFORE_NOUNS or before.endswith(("'s", "’s", "s’", "s'"))
    if word.endswith(_NOUN_ENDINGS):
        return NOUN
    if word.endswith("ed") or word in _STRONG:
        return VERB
    if word.endswith("ing"):
        return NOUN if nominal and after not in _AFTER_VERBS else VERB
    if before in _BEFORE_VERBS or before.endswith("ly"):
        return VERB
    if nominal or after == "of":
        return NOUN
    return VERB if after in _AFTER_VERBS - {"to"} else NOUN
