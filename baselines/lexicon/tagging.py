"""Part of speech, lemma and verb form of the tokens of a sentence.

Tags: NOUN, NAME, VERB, AUX, MODAL, TO, DET, POSS (his, 's), PRON, PREP, CONJ, ADJ, ADV, NUM, TIME,
PUNCT, REL (who, if, that …), PART (a participle before a noun). Verb forms: base, s, ing, past.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baselines.lexicon import data, numbers, wordclass
from baselines.lexicon.tokens import Token

_CLOSED = (
    ("TO", frozenset({"to"})),
    ("POSS", frozenset({"'s"})),
    ("POSS", "possessives"),
    ("MODAL", "modals"),
    ("AUX", "auxiliaries"),
    ("CONJ", "conjunctions"),
    ("PRON", "pronouns"),
    ("DET", "determiners"),
    ("ADV", "adverbs"),
    ("REL", "relatives"),
    ("PREP", "prepositions"),
)


_CURRENCIES = frozenset("$€£¥")


_NOT_NAMES = frozenset({"I"})


def tag(sentence: Sequence[Token], names: Callable[[Token], bool], headline: bool = False) -> None:
    """Fills in tag, lemma and form of every token, closed classes first, then left to right."""
    for index, token in enumerate(sentence):
        token.tag = _closed(token, index, sentence, names, headline)
    for index in range(len(sentence)):
        _open(sentence, index)
    for index in range(len(sentence)):
        _second_look(sentence, index)


def _closed(
    token: Token,
    index: int,
    sentence: Sequence[Token],
    names: Callable[[Token], bool],
    headline: bool,
) -> str:
    token.lemma = token.lower
    if token.time:
        return "TIME"
    if token.lower == "longer" and index and sentence[index - 1].lower == "no":
        return "ADV"
    if token.lower == "no" and index + 1 < len(sentence) and sentence[index + 1].lower == "longer":
        return "ADV"
    if token.lower in ("about", "around") and not numbers.follows(sentence, index):
        return "PREP"
    if token.text in _CURRENCIES:
        return "NUM"
    if not token.text[:1].isalnum() and token.lower not in ("'s", "&"):
        return "PUNCT"
    if token.text[:1].isdigit() or token.lower in numbers.WORDS:
        return "NUM"
    if numbers.hedges(sentence, index):
        return "ADV"
    if _is_name(token, index, names, headline):
        token.name = True
        return "NAME"
    return next((tag for tag, kind in _CLOSED if token.lower in _words(kind)), "")


def _words(kind: str | frozenset[str]) -> frozenset[str]:
    return data.words(kind) if isinstance(kind, str) else kind


def _is_name(token: Token, index: int, names: Callable[[Token], bool], headline: bool) -> bool:
    if not token.capital or token.text in _NOT_NAMES:
        return False
    acronym = token.text.isupper() and len(token.text) > 1 and index > 0
    return names(token) or acronym or (index > 0 and not headline and not _is_function(token))


def _is_function(token: Token) -> bool:
    return any(token.lower in _words(kind) for _, kind in _CLOSED)


def _open(sentence: Sequence[Token], index: int) -> None:
    token = sentence[index]
    if token.lower in ("that", "which") and token.tag == "DET":
        token.tag = _that(sentence, index)
    if token.tag in ("AUX", "MODAL"):
        token.lemma = _auxiliary_lemma(token)
    if token.tag:
        return
    token.tag = wordclass.decide(sentence, index)
    token.lemma = _lemma(token)
    token.form = wordclass.verb_form(token) if token.tag in ("VERB", "PART") else ""


def _that(sentence: Sequence[Token], index: int) -> str:
    """`that demand` after a verb or preposition, against `that` before a clause."""
    before, after = wordclass.at(sentence, index - 1), wordclass.at(sentence, index + 1)
    if sentence[index].lower == "which" or before is None or after is None:
        return "REL"
    pointed = "NOUN" in after.lemmas and after.lemmas["NOUN"] == after.lower and not after.tag
    return "DET" if pointed and before.tag in ("PREP", "VERB", "PUNCT", "TO") else "REL"


def _auxiliary_lemma(token: Token) -> str:
    for lemma, forms in (
        (
            "be",
            (
                "am",
                "is",
                "are",
                "was",
                "were",
                "been",
                "being",
                "be",
                "isn",
                "aren",
                "wasn",
                "weren",
            ),
        ),
        ("have", ("have", "has", "had", "having")),
        ("do", ("do", "does", "did", "doesn", "didn", "don")),
    ):
        if token.lower.removesuffix("'t").removesuffix("n") in forms or token.lower in forms:
            return lemma
    return {"'re": "be", "'m": "be", "'ve": "have"}.get(token.lower, token.lower)


def _second_look(sentence: Sequence[Token], index: int) -> None:
    """A participle after a bare verb phrase start: `as`, `than` before a noun are prepositions."""
    token, after = sentence[index], wordclass.at(sentence, index + 1)
    if token.tag == "REL" and token.lower in ("after", "before", "since", "until", "as", "than"):
        if not _clause_follows(sentence, index):
            token.tag = "PREP"
    elif (
        token.tag == "PREP" and token.lower in ("to",) and after is not None and after.tag == "VERB"
    ):
        token.tag = "TO"


def _clause_follows(sentence: Sequence[Token], index: int) -> bool:
    """Whether a finite verb comes before the next comma or conjunction."""
    for token in sentence[index + 1 :]:
        if token.tag == "PUNCT" and token.text in ",;:—–":
            return False
        if token.tag in ("AUX", "MODAL") or (token.tag == "VERB" and token.form in ("s", "past")):
            return token is not wordclass.at(sentence, index + 1)
        if token.tag == "VERB" and token.form == "ing":
            return False
    return False


def _lemma(token: Token) -> str:
    pos = {"VERB": "VERB", "PART": "VERB", "NOUN": "NOUN", "ADJ": "ADJ", "ADV": "ADV"}.get(
        token.tag
    )
    return token.lemmas.get(pos or "", token.lower)
