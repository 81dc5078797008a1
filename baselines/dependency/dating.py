"""Which time expression dates an event: one that hangs on it, on its clause or on its carrier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from baselines.dependency import trees
from baselines.lexicon import data
from baselines.lexicon.parties import Parties
from baselines.lexicon.times import Time
from baselines.lexicon.triggers import Trigger

_ADVERBIAL = frozenset({"npadvmod", "advmod", "prep", "nummod", "tmod", "compound", "poss", "pobj"})


def date(
    doc: Any, parties: Parties, trigger: Trigger, realis: str, times: Sequence[Time]
) -> str | None:
    """The date of an event from its sentence, None where no expression belongs to it."""
    dated = [time for time in times if time.dates and time.kind not in ("clock", "noon")]
    word = doc[trigger.first] if trigger.part == "verb" else doc[trigger.last]
    own = _hanging(parties, word, dated, trigger)
    if own is not None or realis not in ("actual", "future"):
        return own
    carrier = _carrier(parties, word) if trigger.part != "verb" else _shared(word)
    return _hanging(parties, carrier, dated, trigger) if carrier is not None else None


def _hanging(parties: Parties, word: Any, times: Sequence[Time], trigger: Trigger) -> str | None:
    """The nearest expression whose head hangs on the word by nothing but prepositions."""
    near = sorted(times, key=lambda t: abs(t.start - parties.sentence.tokens[word.i].start))
    return next((t.value for t in near if _hangs(parties, word, t)), None)


def _hangs(parties: Parties, word: Any, time: Time) -> bool:
    inside = [
        word.doc[i]
        for i, token in enumerate(parties.sentence.tokens)
        if time.start <= token.start < time.end
    ]
    for token in inside:
        above = token
        while above.i != word.i and above.dep_ in _ADVERBIAL and _passes(above, word):
            above = above.head
        if above.i == word.i and token.i != word.i:
            return True
    return False


def _passes(token: Any, word: Any) -> bool:
    """Whether the way up goes on: over prepositions and words of the expression, no other noun."""
    head = token.head
    if head.i == word.i:
        return True
    return bool(head.pos_ in ("ADP", "SCONJ", "NUM") or head.ent_type_ in ("DATE", "TIME"))


def _carrier(parties: Parties, noun: Any) -> Any | None:
    """A noun shares the adverbials of the light verb that carries it, or of its subject's verb."""
    relation, verb, _ = trees.governor(noun)
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    light = parties.sentence.tokens[verb.i].lemma in data.words("carriers")
    return verb if relation in ("subject", "passive") or (relation == "object" and light) else None


def _shared(verb: Any) -> Any | None:
    """`met and agreed on Monday`: conjoined verbs without subjects of their own share the day."""
    if verb.dep_ == "conj" and trees.child(verb, "nsubj", "nsubjpass") is None:
        return verb.head if verb.head.pos_ == "VERB" else None
    return None
