"""A parsed sentence as the lexicon's rules on names, noun phrases and parties want to see it."""

from __future__ import annotations

from typing import Any

from baselines.dependency import trees, words
from baselines.lexicon import numbers
from baselines.lexicon.phrases import Group, Phrase, Sentence
from baselines.lexicon.tokens import Token

_BEFORE_HEAD = frozenset(
    "det amod compound poss nummod nmod quantmod predet advmod npadvmod case punct neg".split()
)
_FORMS = {"VB": "base", "VBP": "base", "VBZ": "s", "VBG": "ing", "VBD": "past", "VBN": "past"}
_TAGS = {
    "MD": "MODAL", "TO": "TO", "PRP$": "POSS", "POS": "POSS", "PRP": "PRON", "WDT": "REL",
    "WP": "REL", "WRB": "REL", "WP$": "POSS", "CC": "CONJ", "CD": "NUM", "RP": "PREP", "EX": "ADV",
    "DT": "DET", "PDT": "DET", "$": "NUM",
}  # fmt: skip
_CLASSES = {
    "ADP": "PREP", "SCONJ": "REL", "ADJ": "ADJ", "ADV": "ADV", "AUX": "AUX", "VERB": "VERB",
    "NOUN": "NOUN", "PROPN": "NAME", "PRON": "PRON", "NUM": "NUM", "DET": "DET", "PART": "ADV",
}  # fmt: skip
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_ALONE = frozenset({"both", "some", "many", "all", "several", "these", "those", "half"})


def sentence(doc: Any, tokens: list[Token]) -> Sentence:
    """Fills in tag, lemma and form of the tokens and adds noun phrases and verb groups."""
    for word, token in zip(doc, tokens, strict=True):
        _tag(word, token)
    found = Sentence(tokens)
    for word in doc:
        if word.pos_ in ("VERB", "AUX") and word.dep_ not in ("aux", "auxpass"):
            found.groups.append(_group(word, tokens))
    found.phrases = _phrases(doc, tokens)
    return found


def _tag(word: Any, token: Token) -> None:
    tag = _TAGS.get(word.tag_) or _CLASSES.get(word.pos_, "PUNCT")
    if token.time:
        tag = "TIME"
    elif word.tag_ in ("VBN", "VBG") and word.dep_ in ("amod", "compound"):
        tag = "PART"
    elif tag == "NAME" and event_noun(token, word):
        tag = "NOUN"
    elif token.lower in numbers.WORDS and tag != "VERB":
        tag = "NUM"
    token.tag, token.name = tag, tag == "NAME"
    token.lemma = _lemma(word, token)
    token.form = _FORMS.get(word.tag_, "") if tag in ("VERB", "PART") else ""


def event_noun(token: Token, word: Any) -> bool:
    """`the Belfast Agreement`, `Curfew now runs`: what looks like a name may tell an event."""
    if word.dep_ in ("compound", "amod", "nmod"):
        return False
    opens = word.i == 0 and not word.ent_type_ and words.is_event_noun(token.lower)
    named = token.lower in words.name_nouns() and word.ent_type_ not in ("PERSON", "GPE")
    return opens or named


def _lemma(word: Any, token: Token) -> str:
    """The lemma of the dictionary in this part of speech, else the pipeline's."""
    part = {"AUX": "VERB", "PROPN": "NOUN"}.get(word.pos_, word.pos_)
    part = "VERB" if token.tag == "PART" else part
    known = token.lemmas.get(part) or word.lemma_.lower()
    return str(known) or token.lower


def _group(word: Any, tokens: list[Token]) -> Group:
    helpers = [t for t in word.children if t.dep_ in ("aux", "auxpass", "neg") and t.i < word.i]
    modal = next((t.lower_ for t in helpers if t.tag_ == "MD"), "")
    return Group(
        min([t.i for t in helpers], default=word.i),
        word.i,
        _form(word, helpers),
        passive=trees.passive(word),
        negated=any(t.dep_ == "neg" for t in word.children),
        modal=modal,
        lemma=tokens[word.i].lemma,
    )


def _form(word: Any, helpers: list[Any]) -> str:
    if any(t.tag_ == "MD" for t in helpers):
        return "finite"
    if any(t.tag_ == "TO" for t in helpers):
        return "infinitive"
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP") for t in (word, *helpers))
    return "finite" if finite else "ing" if word.tag_ == "VBG" else "finite"


def _phrases(doc: Any, tokens: list[Token]) -> list[Phrase]:
    """One phrase a nominal head that stands in no other one, in text order."""
    return [_phrase(word, tokens) for word in doc if _heads_phrase(word, tokens[word.i])]


def _heads_phrase(word: Any, token: Token) -> bool:
    if token.tag in ("REL", "TIME") and word.lower_ not in ("who",):
        return False
    if word.pos_ == "DET" or word.tag_ == "JJ":
        alone = word.lower_ in _ALONE or word.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        return alone and word.dep_ not in _BEFORE_HEAD
    return word.pos_ in _NOMINAL and (word.dep_ not in _BEFORE_HEAD or word.dep_ == "npadvmod")


def _phrase(head: Any, tokens: list[Token]) -> Phrase:
    """From the leftmost modifier to the head; what follows the head joins no phrase."""
    first = head.i
    for other in reversed([t for t in head.children if t.i < head.i]):
        if other.dep_ not in _BEFORE_HEAD or other.right_edge.i + 1 < first:
            break
        first = other.left_edge.i
    while first < head.i and tokens[first].tag in ("PUNCT", "CONJ", "PREP", "TIME", "TO"):
        if head.doc[first].dep_ in ("quantmod", "advmod"):
            break  # `about 1,000 miners`
        first += 1
    start = trees.first_of_list(head)
    preposition = start.head.lower_ if start.dep_ == "pobj" else ""
    return Phrase(
        first, head.i, head.i, _owner(head, first, tokens), preposition, start is not head
    )


def _owner(head: Any, first: int, tokens: list[Token]) -> Phrase | None:
    owner = trees.child(head, "poss")
    if owner is None or owner.i < first:
        return None
    if tokens[owner.i].tag == "POSS":
        return Phrase(owner.i, owner.i, owner.i)
    inner = _phrase(owner, tokens)
    return Phrase(max(first, inner.first), owner.i, owner.i, inner.owner)
