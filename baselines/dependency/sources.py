"""Who says so: the subject of a saying verb whose clause holds the event, or `according to X`."""

from __future__ import annotations

from typing import Any

from baselines.dependency import trees
from baselines.lexicon import data
from baselines.lexicon.parties import Parties
from baselines.lexicon.triggers import Trigger

_SETTING = frozenset({"after", "since", "during", "before", "following"})


def source(doc: Any, parties: Parties, trigger: Trigger) -> str | None:
    """Name of the party to whom the sentence attributes the event; None for the narrator."""
    word = doc[trigger.first] if trigger.part == "verb" else doc[trigger.last]
    relation, _, preposition = trees.governor(word)
    if relation == "prep" and preposition in _SETTING:
        return None
    return _said(parties, word) or _according(doc, parties)


def _said(parties: Parties, word: Any) -> str | None:
    """The nearest saying verb above the event in whose content it stands."""
    below = word
    for above in word.ancestors:
        if above.pos_ == "VERB" and _speaks(parties, above) and _content(below, above):
            return _speaker(parties, above)
        if below.dep_ in ("advcl", "relcl") and above.pos_ in ("VERB", "AUX"):
            return None
        below = above
    return _inserted(parties, word)


def _speaks(parties: Parties, verb: Any) -> bool:
    lemma = parties.sentence.tokens[verb.i].lemma
    return lemma in data.words("saying") and trees.child(verb, "neg") is None


def _content(below: Any, verb: Any) -> bool:
    """Whether what hangs on the saying verb is said: a clause, an infinitive, what is asked for."""
    if below.dep_ in ("ccomp", "xcomp"):
        return True
    sayer = verb.lemma_ in data.words("sayers_only")
    return not sayer and below.dep_ in ("dobj", "prep")


def _speaker(parties: Parties, verb: Any) -> str | None:
    found = trees.subjects(verb)
    if trees.passive(verb) or len(found) != 1:
        return None
    phrase = next((p for p in parties.sentence.phrases if p.head == found[0].i), None)
    mention = parties.of(phrase) if phrase is not None else None
    return mention.name if mention is not None and mention.side else None


def _inserted(parties: Parties, word: Any) -> str | None:
    """`The town, the mayor said, was shelled.`: a saying verb beside the clause."""
    top = list(word.ancestors)[-1] if any(True for _ in word.ancestors) else word
    for verb in (t for t in top.children if t.dep_ in ("parataxis", "ccomp") and t.pos_ == "VERB"):
        if verb.lemma_ in data.words("sayers_only") and not verb.is_ancestor(word):
            clause = [t for t in verb.children if t.dep_ in ("ccomp", "dobj")]
            if not clause:
                return _speaker(parties, verb)
    return None


def _according(doc: Any, parties: Parties) -> str | None:
    for word in doc:
        if word.lower_ == "according":
            for _, found in trees.phrases(word):
                phrase = next((p for p in parties.sentence.phrases if p.head == found[0].i), None)
                mention = parties.of(phrase) if phrase is not None else None
                return mention.name if mention is not None else None
    return None
