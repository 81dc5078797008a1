"""Noun, verb, adjective or participle: what an open-class word is, decided by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from baselines.lexicon import data
from baselines.lexicon.tokens import Token

BEFORE_NOUN = frozenset({"DET", "POSS", "ADJ", "NUM", "PART"})


STARTS_PHRASE = frozenset({"DET", "POSS", "PRON", "NAME", "NUM"})


def decide(sentence: Sequence[Token], index: int) -> str:
    """Part of speech of an open-class word."""
    token = sentence[index]
    options = token.lemmas
    if not options:
        return _unknown(token)
    if "VERB" in options and _is_verb(sentence, index):
        return "VERB"
    if "VERB" in options and _modifies(sentence, index):
        return "PART" if "ADJ" not in options else "ADJ"
    return _other(sentence, index)


def _other(sentence: Sequence[Token], index: int) -> str:
    options = sentence[index].lemmas
    after = at(sentence, index + 1)
    if "ADJ" in options and (
        "NOUN" not in options or (after is not None and _may_be_noun(after) and not after.tag)
    ):
        return "ADJ"
    before = _before(sentence, index)
    nominal = before is not None and before.tag in BEFORE_NOUN
    if "NOUN" in options or (nominal and sentence[index].lower.endswith("ing")):
        return "NOUN"
    if "ADV" in options:
        return "ADV"
    return "VERB" if "VERB" in options else "ADJ"


def _unknown(token: Token) -> str:
    lower = token.lower
    if token.capital:
        return "NAME"
    if lower.endswith("ly"):
        return "ADV"
    if lower.endswith(("ing", "ed")) and len(lower) > 5:
        return "VERB"
    return "NOUN"


def _is_verb(sentence: Sequence[Token], index: int) -> bool:
    """Whether a word that can be a verb is one here."""
    token = sentence[index]
    form = verb_form(token)
    before = _before(sentence, index)
    if before is None:
        return _starts_as_verb(sentence, index, form)
    if before.tag == "TO":
        return form == "base"
    if before.tag == "MODAL" or before.lemma == "do":
        return form == "base" or "NOUN" not in token.lemmas
    if before.tag == "AUX":
        return form in ("ing", "past") and not _adjectival(token)
    if _modifies(sentence, index):
        return False
    if "NOUN" not in token.lemmas and "ADJ" not in token.lemmas:
        return before.tag not in ("DET", "POSS") or form not in ("ing", "past")
    return _ambiguous(sentence, index, form, before)


def _adjectival(token: Token) -> bool:
    """Participles that the dictionary has as adjectives stay verbs if the lexicon knows them."""
    known = data.load("triggers.yaml")["contexts"]
    return (
        "ADJ" in token.lemmas
        and f"{token.lemmas['VERB']} verb" not in known
        and (token.lemmas.get("ADJ") == token.lower and token.lower.endswith("ing"))
    )


def _starts_as_verb(sentence: Sequence[Token], index: int, form: str) -> bool:
    token, after = sentence[index], at(sentence, index + 1)
    if form in ("ing", "past") and "NOUN" not in token.lemmas:
        return True
    starts = after is not None and (after.tag in STARTS_PHRASE or after.tag == "TO")
    return starts and ("NOUN" not in token.lemmas or form == "ing")


def _ambiguous(sentence: Sequence[Token], index: int, form: str, before: Token) -> bool:
    """Noun or verb, adjective or verb: decided by the words beside it."""
    token, after = sentence[index], at(sentence, index + 1)
    opens = after is not None and (
        after.tag in STARTS_PHRASE or after.lower in ("to", "that", "off", "up") or _gerund(after)
    )
    if before.lower == "one" and index > 1 and sentence[index - 2].tag in ("ADJ", "NAME", "DET"):
        return form == "s"
    if before.tag == "ADJ" and "NOUN" in before.lemmas and form in ("past", "s") and opens:
        before.tag, before.lemma = "NOUN", before.lemmas["NOUN"]  # `the general ordered his men`
        return True
    if before.tag in BEFORE_NOUN:
        return (
            before.tag in ("NUM", "DET")
            and before.lower in ("both", "two")
            and form == "base"
            and opens
        )
    if before.tag == "PREP":
        return form == "ing" and (opens or "NOUN" not in token.lemmas)
    if before.tag == "PRON":
        return before.lower in data.words("subject_pronouns") or form == "ing"
    if before.tag == "CONJ":
        gerund_next = after is not None and form == "base" and after.lower.endswith("ing")
        return opens or gerund_next or _pair(sentence, index)
    if before.text == "," and form == "ing" and after is not None:
        return after.tag not in ("CONJ", "PUNCT")
    if before.tag in ("VERB", "PUNCT"):
        return (
            (form == "ing" and "NOUN" not in token.lemmas)
            or form == "past"
            or (opens and form == "ing")
        )
    if before.tag == "REL":
        return before.lower in ("who", "which", "that", "to") and (form != "ing")
    return _after_noun(sentence, index, form, opens)


def _gerund(token: Token) -> bool:
    return not token.tag and set(token.lemmas) == {"VERB"} and verb_form(token) == "ing"


def _pair(sentence: Sequence[Token], index: int) -> bool:
    """After a conjunction: a verb if the word before the conjunction is one of the same form."""
    earlier = at(sentence, index - 2)
    return (
        earlier is not None
        and earlier.tag == "VERB"
        and "VERB" in sentence[index].lemmas
        and (earlier.form == verb_form(sentence[index]))
    )


def _after_noun(sentence: Sequence[Token], index: int, form: str, opens: bool) -> bool:
    token = sentence[index]
    if _fronted(sentence, index):
        return form == "base"
    if "NOUN" not in token.lemmas:
        return form in ("past", "s", "ing") or opens
    if form == "past" and token.lower not in ("cut", "hit", "set", "put", "cost", "bid", "split"):
        return True
    after, before = at(sentence, index + 1), at(sentence, index - 1)
    unmarked = token.lower in ("cut", "hit", "set", "put", "shut")
    plural = before is not None and (before.tag == "NAME" or before.lower.endswith("s"))
    if unmarked and plural and after is not None and "NOUN" in after.lemmas:
        opens = True
    return form in ("s", "base", "past") and opens and not _finite_before(sentence, index)


def _fronted(sentence: Sequence[Token], index: int) -> bool:
    """`Should the partners refuse`, `Did Kyiv strike`: the auxiliary opens the clause."""
    for place in range(index - 1, -1, -1):
        token = sentence[place]
        if token.tag == "MODAL" or token.lemma == "do":
            return place == 0 or sentence[place - 1].tag == "PUNCT"
        if token.tag not in ("DET", "POSS", "NOUN", "NAME", "ADJ"):
            return False
    return False


def _finite_before(sentence: Sequence[Token], index: int) -> bool:
    """Whether this clause has a finite verb already."""
    for token in reversed(sentence[:index]):
        if token.tag in ("CONJ", "REL", "PUNCT"):
            return False
        if token.tag in ("AUX", "MODAL") or (token.tag == "VERB" and token.form in ("s", "past")):
            return True
    return False


def _modifies(sentence: Sequence[Token], index: int) -> bool:
    """A participle between a determiner, adjective or preposition and a noun."""
    token, before, after = sentence[index], _before(sentence, index), at(sentence, index + 1)
    if verb_form(token) not in ("past", "ing") or before is None or after is None:
        return False
    hyphen = before.text == "-" and before.end == token.start
    return (
        (
            before.tag in BEFORE_NOUN
            or (before.tag == "PREP" and verb_form(token) == "past")
            or hyphen
        )
        and _may_be_noun(after)
        and not (before.tag == "NUM" and "NOUN" not in after.lemmas)
    )


def _may_be_noun(token: Token) -> bool:
    closed = token.tag and token.tag not in ("NOUN", "NAME", "NUM")
    return not closed and ("NOUN" in token.lemmas or "ADJ" in token.lemmas or token.capital)


def verb_form(token: Token) -> str:
    """base, s, ing or past, from the ending and the lemma.

    >>> from baselines.lexicon.tokens import tokens
    >>> [verb_form(token) for token in tokens("strike strikes striking struck")]
    ['base', 's', 'ing', 'past']
    """
    lemma = token.lemmas.get("VERB", "")
    if token.lower == lemma:
        return "base"
    if token.lower.endswith("ing"):
        return "ing"
    return "s" if token.lower.endswith("s") else "past"


def _before(sentence: Sequence[Token], index: int) -> Token | None:
    """The token before, adverbs and time expressions skipped."""
    while (index > 0 and sentence[index - 1].tag in ("ADV", "TIME")) or (
        index > 0 and sentence[index - 1].text in "\"“”‘'"
    ):
        index -= 1
    return sentence[index - 1] if index > 0 else None


def at(sentence: Sequence[Token], index: int) -> Token | None:
    """The token at an index, None outside the sentence."""
    return sentence[index] if 0 <= index < len(sentence) else None
