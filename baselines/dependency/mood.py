"""Negation, conditions, commands and futures of a verb, read off its children."""

from __future__ import annotations

from typing import Any

from baselines.dependency import trees
from baselines.lexicon import data

_NEGATIONS = frozenset({"not", "n't", "never", "hardly", "barely", "neither", "nor"})
_NOBODY = frozenset({"no", "neither", "nobody", "none", "nothing"})


def negated(verb: Any) -> bool:
    """`did not`, `no longer`, `neither side`, `made no offer`."""
    if any(t.dep_ == "neg" or t.lower_ in _NEGATIONS for t in verb.children if t.i < verb.i):
        return True
    if any(t.lower_ == "longer" and trees.child(t, "neg") is not None for t in verb.children):
        return True
    shared = ("nsubj", "nsubjpass", "dobj")
    return any(nobody(t) for t in verb.children if t.dep_ in shared)


def nobody(noun: Any) -> bool:
    """`no truce`, `neither side`, `none of the towns`."""
    return noun.lower_ in _NOBODY or any(t.lower_ in _NOBODY for t in noun.children if t.i < noun.i)


def imperative(verb: Any) -> bool:
    """`Strike again`: a bare verb without subject or auxiliary that heads its clause."""
    alone = verb.tag_ == "VB" and verb.dep_ in ("ROOT", "ccomp", "parataxis")
    return alone and not any(
        t.dep_ in ("nsubj", "nsubjpass", "aux", "csubj") for t in verb.children
    )


def conditional(verb: Any) -> bool:
    """An `if`, `unless`, `whether` opens the clause, or `should` stands before its subject."""
    cues = data.words("hypothetical_clauses")
    marks = [t.lower_ for t in verb.children if t.dep_ == "mark" or t.tag_ == "WRB"]
    if any(word in cues and (word, verb.tag_) != ("until", "VBD") for word in marks):
        return True
    if "once" in [t.lower_ for t in verb.children if t.i < verb.i] and verb.tag_ in ("VBZ", "VBP"):
        return True
    subject = trees.child(verb, "nsubj", "nsubjpass")
    return subject is not None and any(
        t.dep_ == "aux" and t.lower_ == "should" and t.i < subject.i for t in verb.children
    )


def coming(verb: Any) -> bool:
    """`is to sail`, `is going to sail`, `is about to sail`: a future without a modal."""
    if not trees.infinitive(verb) or verb.dep_ not in ("xcomp", "ROOT", "ccomp", "conj", "relcl"):
        return False
    head = verb.head
    return bool(head.lemma_ == "be" and verb.dep_ == "xcomp") or (
        head.lower_ in ("going", "due", "set", "about") and verb.dep_ == "xcomp"
    )


def shares(verb: Any) -> bool:
    """`will stop and withdraw`: a bare conjunct has the auxiliaries of the first verb."""
    if verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX"):
        return False
    own = any(t.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for t in verb.children)
    return not own and verb.tag_ in ("VB", "VBN", "VBG", "VBP")


def definite(noun: Any) -> bool:
    """`the strike`, `their deal`: a noun that points at something known."""
    return any(
        t.dep_ == "poss" or t.lower_ in ("the", "this", "that")
        for t in noun.children
        if t.i < noun.i
    )
