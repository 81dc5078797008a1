"""Grammatical relations read off a dependency tree: who a verb's subjects and objects are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baselines.lexicon import data

Token = Any
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "obj"})
AMOUNTS = frozenset({"MONEY", "PERCENT", "QUANTITY", "DATE", "TIME"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_MODIFIER_CLAUSES = frozenset({"relcl", "acl"})


def child(token: Token, *relations: str) -> Token | None:
    """The first child in one of these relations."""
    return next((t for t in token.children if t.dep_ in relations), None)


def listed(token: Token) -> list[Token]:
    """A token and those conjoined after it."""
    found = [token]
    for other in token.children:
        if other.dep_ == "conj" and other.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"):
            found += listed(other)
    return found


def first_of_list(token: Token) -> Token:
    """The first conjunct, which carries the relation of all."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def passive(verb: Token) -> bool:
    """Whether a verb is passive: by auxiliary, as a reduced relative, or as its conjunct is."""
    if any(t.dep_ in ("auxpass", "nsubjpass") for t in verb.children):
        return True
    if verb.tag_ != "VBN" or any(t.dep_ == "aux" and t.lemma_ == "have" for t in verb.children):
        return False
    if verb.dep_ == "conj" and not any(t.dep_ in ("aux", *_SUBJECTS) for t in verb.children):
        return passive(verb.head) and not _takes_object(verb)
    return verb.dep_ in ("acl", "advcl", "oprd", "ROOT") and not _takes_object(verb)


def _takes_object(verb: Token) -> bool:
    """Whether an object follows; the sum of `was fined ten dollars` is none."""
    return any(t.dep_ == "dobj" and t.ent_type_ not in AMOUNTS for t in verb.children)


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Subjects of a verb, implicit ones too: of relatives, infinitives, participles, conjuncts."""
    if depth > 8:
        return []
    own = [t for t in verb.children if t.dep_ in _SUBJECTS]
    if own:
        return _antecedents(verb, own)
    if verb.dep_ == "conj":
        return subjects(verb.head, depth + 1) if verb.head.pos_ in ("VERB", "AUX") else []
    if verb.dep_ == "xcomp" or (verb.dep_ in ("ccomp", "advcl") and infinitive(verb)):
        return _controllers(verb, depth)
    if verb.dep_ == "advcl" or (verb.dep_ == "ccomp" and verb.tag_ == "VBG"):
        return subjects(verb.head, depth + 1)
    if verb.dep_ == "pcomp":
        return _after_preposition(verb, depth)
    if verb.dep_ in _MODIFIER_CLAUSES:
        return _of_modifier(verb, depth)
    return []


def _antecedents(verb: Token, own: list[Token]) -> list[Token]:
    """The subjects with their conjuncts; a relative pronoun stands for what its clause modifies."""
    found: list[Token] = []
    for token in own:
        if token.lower_ in _RELATIVE and token.tag_ in ("WP", "WDT", "DT", "IN"):
            clause = first_of_list(verb)
            found += listed(clause.head) if clause.dep_ in _MODIFIER_CLAUSES else []
        else:
            found += listed(token)
    return found


def infinitive(verb: Token) -> bool:
    """Whether *to* stands before the verb."""
    return any(t.dep_ == "aux" and t.tag_ == "TO" for t in verb.children)


def _controllers(verb: Token, depth: int) -> list[Token]:
    """Of ask, urge, order the object is the subject; else the subject of the governing verb."""
    governor = verb.head
    if governor.pos_ not in ("VERB", "AUX"):
        return subjects(governor, depth + 1) if governor.dep_ == "xcomp" else []
    if governor.lemma_ in data.words("object_control"):
        found = subjects(governor, depth + 1) if passive(governor) else objects(governor)
        addressed = [t for p, ts in phrases(governor) if p in ("on", "to", "upon") for t in ts]
        return found or addressed
    return subjects(governor, depth + 1)


def _after_preposition(verb: Token, depth: int) -> list[Token]:
    """`accused X of refusing`: X; `after meeting`, `by attacking`: the subject of the clause."""
    governor = verb.head.head
    if governor.pos_ in ("VERB", "AUX"):
        if governor.lemma_ in data.words("object_participle"):
            return subjects(governor, depth + 1) if passive(governor) else objects(governor)
        return subjects(governor, depth + 1)
    return owners(governor) or _of_governed(governor, depth)


def _of_modifier(verb: Token, depth: int) -> list[Token]:
    """`a vow to strike`: who vows; `forces attacking`, `a town captured`: the noun itself."""
    noun = verb.head
    if infinitive(verb):
        return owners(noun) or _of_governed(noun, depth)
    return listed(noun) if verb.tag_ in ("VBG", "VBN", "VBD") else []


def _of_governed(noun: Token, depth: int) -> list[Token]:
    """The subject of the verb that a noun is the object of."""
    first = first_of_list(noun)
    verb = first.head.head if first.dep_ == "pobj" else first.head
    return subjects(verb, depth + 1) if verb.pos_ in ("VERB", "AUX") and first.i != verb.i else []


def owners(noun: Token) -> list[Token]:
    """Possessors of a noun, or who comes after *of* or *by* it."""
    owner = child(noun, "poss")
    if owner is not None:
        return listed(owner)
    return [t for word, found in phrases(noun) if word == "by" for t in found]


def objects(verb: Token) -> list[Token]:
    """Objects of an active verb, those that it shares with a verb conjoined right behind it too."""
    own = [o for o in verb.children if o.dep_ in _OBJECTS and o.pos_ != "ADP"]
    found = _antecedents(verb, own)
    if found or passive(verb):
        return found
    relative = child(verb, "nsubj")
    if verb.dep_ == "relcl" and relative is not None and relative.lower_ not in _RELATIVE:
        return [verb.head]  # `the deal that Oslo signed`
    joined = child(verb, "conj")
    near = joined is not None and joined.i - verb.i <= 3 and joined.pos_ == "VERB"
    return objects(joined) if near and joined is not None and not passive(joined) else []


def undergoers(verb: Token) -> list[Token]:
    """Whom the deed befalls: objects of an active verb, subjects of a passive one."""
    return subjects(verb) if passive(verb) else objects(verb)


def phrases(token: Token) -> Iterator[tuple[str, list[Token]]]:
    """Prepositional phrases of a word: preposition and the nouns behind it, conjuncts included."""
    for preposition in token.children:
        if preposition.dep_ in ("prep", "agent", "dative") and preposition.pos_ in ("ADP", "SCONJ"):
            yield from _behind(preposition)


def _behind(preposition: Token) -> Iterator[tuple[str, list[Token]]]:
    for other in preposition.children:
        if other.dep_ == "pobj":
            yield preposition.lower_, listed(other)
        elif other.dep_ in ("prep", "conj") and other.pos_ == "ADP":
            yield from _behind(other)


def governor(noun: Token) -> tuple[str, Token, str]:
    """What a noun hangs on: relation (object, subject, passive, prep, none), word, preposition."""
    first = first_of_list(noun)
    if first.dep_ in _OBJECTS or first.dep_ in ("attr", "oprd"):
        return "object", first.head, ""
    if first.dep_ in _SUBJECTS:
        return ("passive" if first.dep_ == "nsubjpass" else "subject"), first.head, ""
    if first.dep_ == "pobj":
        return "prep", first.head.head, first.head.lower_
    return "none", first.head, ""
