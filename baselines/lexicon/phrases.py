"""Shallow parse: noun phrases and verb groups of a tagged sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from baselines.lexicon import data
from baselines.lexicon.tokens import Token

_INSIDE = frozenset({"DET", "POSS", "ADJ", "PART", "NUM", "NOUN", "NAME"})
_HEADS = frozenset({"NOUN", "NAME", "NUM", "PRON"})


@dataclass(slots=True)
class Phrase:
    """A noun phrase: tokens `first` to `last` (both included), its head, and what is before it."""

    first: int
    last: int
    head: int
    owner: Phrase | None = None
    preposition: str = ""
    conjoined: bool = False


@dataclass(slots=True)
class Group:
    """A verb group: `first` to `head`, with its form (finite, infinitive, ing, participle)."""

    first: int
    head: int
    form: str
    passive: bool = False
    negated: bool = False
    modal: str = ""
    lemma: str = ""
    coming: bool = False


@dataclass(slots=True)
class Sentence:
    """Tokens of a sentence with its noun phrases and verb groups in text order."""

    tokens: Sequence[Token]
    text: str = ""
    phrases: list[Phrase] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from one token to another, both included."""
        return self.tokens[first].start, self.tokens[last].end

    def phrase_at(self, index: int) -> Phrase | None:
        """The noun phrase that covers a token."""
        return next((p for p in self.phrases if p.first <= index <= p.last), None)

    def group_at(self, index: int) -> Group | None:
        """The verb group that covers a token."""
        return next((g for g in self.groups if g.first <= index <= g.head), None)

    def phrase_from(self, index: int) -> Phrase | None:
        """The noun phrase that starts at a token."""
        return next((p for p in self.phrases if p.first == index), None)

    def phrase_to(self, index: int) -> Phrase | None:
        """The noun phrase that ends at a token."""
        return next((p for p in self.phrases if p.last == index), None)


def parse(tokens: Sequence[Token]) -> Sentence:
    """The shallow parse of a tagged sentence."""
    sentence = Sentence(tokens)
    index = 0
    while index < len(tokens):
        index = _phrase(sentence, index) or _group(sentence, index) or index + 1
    _mark_prepositions(sentence)
    _share_voice(sentence)
    return sentence


def _share_voice(sentence: Sentence) -> None:
    """`was arrested and jailed`: a bare participle after a conjunction is passive as well."""
    for before, group in pairwise(sentence.groups):
        bare = group.first == group.head and sentence.tokens[group.head].form == "past"
        joined = sentence.tokens[group.first - 1].tag == "CONJ"
        if before.passive and bare and joined and sentence.phrase_from(group.head + 1) is None:
            group.passive, group.modal, group.coming = True, before.modal, before.coming
            group.negated = before.negated


def _phrase(sentence: Sentence, index: int) -> int:
    """Adds the noun phrase that starts here; the index after it, or 0 where none starts."""
    tokens = sentence.tokens
    if tokens[index].tag == "PRON":
        sentence.phrases.append(Phrase(index, index, index))
        return index + 1
    stop = _extent(tokens, index)
    while (
        stop > index and tokens[stop - 1].tag not in _HEADS and not _number_word(tokens[stop - 1])
    ):
        stop -= 1
    if stop <= index:
        return 0
    sentence.phrases.append(_built(tokens, index, stop))
    return stop


def _number_word(token: Token) -> bool:
    """Determiners that stand alone as a phrase: `both agreed`, `some left`."""
    return token.lower in ("both", "some", "many", "all", "several", "these", "those")


def _extent(tokens: Sequence[Token], first: int) -> int:
    """The index after the longest run that can be one noun phrase."""
    seen_noun = False
    index = first
    while index < len(tokens):
        token = tokens[index]
        if token.tag in ("DET", "NUM") and seen_noun and tokens[index - 1].text != "-":
            break
        hedge = token.tag == "ADV" and _hedged(tokens, index)
        if not (token.tag in _INSIDE or hedge or _joins(tokens, first, index)):
            break
        determined = tokens[index - 1].tag == "DET"
        if token.tag == "POSS" and token.lower != "'s" and index > first and not determined:
            break
        seen_noun = token.tag in ("NOUN", "NAME") or (seen_noun and token.text == "-")
        index += 1
    return index


def _hedged(tokens: Sequence[Token], index: int) -> bool:
    """`at least`, `more than` before a number."""
    rest = index
    while rest < len(tokens) and tokens[rest].tag == "ADV" and rest - index < 4:
        rest += 1
    return rest < len(tokens) and tokens[rest].tag == "NUM"


def _joins(tokens: Sequence[Token], first: int, index: int) -> bool:
    """A hyphen glued to both sides, or a time expression that modifies a noun."""
    token = tokens[index]
    if index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    if token.text in "-–" and index > 0:
        return tokens[index - 1].end == token.start and token.end == after.start
    inside = token.tag == "TIME" and index > first
    owns = token.tag == "TIME" and after.lower == "'s"
    return (
        (inside and after.tag in (_INSIDE | {"TIME"}))
        or owns
        or (
            token.tag == "ADV"
            and index > 0
            and tokens[index - 1].tag == "DET"
            and after.tag in _INSIDE
        )
    )


def _built(tokens: Sequence[Token], first: int, stop: int) -> Phrase:
    owner = None
    start = first
    for index in range(first, stop):
        if tokens[index].lower == "'s" and index > start and index + 1 < stop:
            owner = Phrase(start, index - 1, index - 1, owner)
            start = index + 1
    if owner is None and tokens[first].tag == "POSS" and first + 1 < stop:
        owner = Phrase(first, first, first)
    return Phrase(first, stop - 1, stop - 1, owner)


def _mark_prepositions(sentence: Sentence) -> None:
    """The preposition before each phrase; conjoined phrases inherit it."""
    before: Phrase | None = None
    for phrase in sentence.phrases:
        previous = sentence.tokens[phrase.first - 1] if phrase.first else None
        if previous is not None and previous.tag in ("PREP", "TO"):
            phrase.preposition = previous.lower
        elif (
            before is not None
            and _linked(sentence, before, phrase)
            and not _own_clause(sentence, before, phrase)
        ):
            phrase.preposition = before.preposition
            phrase.conjoined = True
        before = phrase


def _own_clause(sentence: Sentence, before: Phrase, phrase: Phrase) -> bool:
    """`… backed Kyiv, and Moscow replied`: subject of its own verb, no member of a list."""
    verb = sentence.group_at(phrase.last + 1)
    comma = sentence.tokens[before.last + 1].text == ","
    governed = sentence.group_at(before.first - 1) is not None or (comma and before.preposition)
    return verb is not None and verb.form == "finite" and bool(governed)


def _linked(sentence: Sentence, before: Phrase, after: Phrase) -> bool:
    """Nothing but a conjunction, or a comma in a list that ends in one, stands between."""
    between = sentence.tokens[before.last + 1 : after.first]
    signs = [token.lower for token in between]
    if signs in (["and"], ["or"], [",", "and"], ["&"], ["nor"], ["as", "well", "as"]):
        return True
    return signs == [","] and _list_goes_on(sentence, after)


def _list_goes_on(sentence: Sentence, phrase: Phrase) -> bool:
    rest = sentence.tokens[phrase.last + 1 : phrase.last + 4]
    return bool(rest) and (
        rest[0].lower == "and" or [token.lower for token in rest[:2]] == [",", "and"]
    )


def _group(sentence: Sentence, index: int) -> int:
    """Adds the verb group that starts here; the index after it, or 0 where none starts."""
    tokens = sentence.tokens
    stop, head = index, -1
    while stop < len(tokens) and tokens[stop].tag in ("TO", "MODAL", "AUX", "ADV", "VERB"):
        if head >= 0 and tokens[stop].tag != "VERB" and tokens[head].tag == "VERB":
            break
        if tokens[stop].tag == "VERB" and head >= 0 and tokens[head].tag == "VERB":
            break
        if tokens[stop].tag in ("VERB", "AUX"):
            head = stop
        stop += 1
    if head < 0:
        return 0
    sentence.groups.append(_described(tokens, index, head))
    return head + 1


def _described(tokens: Sequence[Token], first: int, head: int) -> Group:
    auxiliaries = tokens[first:head]
    verb = tokens[head]
    words = {token.lower for token in auxiliaries}
    lemmas = [token.lemma for token in auxiliaries if token.tag == "AUX"]
    passive = verb.tag == "VERB" and _past(verb) and bool(lemmas) and lemmas[-1] == "be"
    modal = next((token.lower for token in auxiliaries if token.tag == "MODAL"), "")
    return Group(
        first,
        head,
        _form(auxiliaries, verb, modal),
        passive=passive,
        negated=_negative(words),
        modal=modal,
        lemma=verb.lemma,
        coming=_coming(auxiliaries),
    )


def _past(verb: Token) -> bool:
    return verb.form == "past" or verb.lower in ("cut", "hit", "set", "put", "shut")


def _negative(words: set[str]) -> bool:
    return (
        bool(words & data.words("negations"))
        or {"no", "longer"} <= words
        or any(word.endswith("n't") or word == "cannot" for word in words)
    )


def _coming(auxiliaries: Sequence[Token]) -> bool:
    """`is to`, `are going to`: a future without a modal."""
    tags = [token.tag for token in auxiliaries]
    return (
        "TO" in tags
        and "AUX" in tags[: tags.index("TO")]
        and (auxiliaries[tags.index("TO") - 1].lemma == "be")
    )


def _form(auxiliaries: Sequence[Token], verb: Token, modal: str) -> str:
    tags = [token.tag for token in auxiliaries]
    if modal:
        return "finite"
    if "TO" in tags:
        return "finite" if "AUX" in tags[: tags.index("TO")] else "infinitive"
    finite = [
        token
        for token in auxiliaries
        if token.tag == "AUX" and token.lower not in ("having", "being", "be")
    ]
    if finite:
        return "finite"
    if verb.form == "ing" or any(token.lower in ("having", "being") for token in auxiliaries):
        return "ing"
    return (
        "infinitive" if verb.form == "base" and "be" in {t.lower for t in auxiliaries} else "finite"
    )
