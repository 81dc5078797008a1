"""Which time expression dates an event: one that hangs on it, on its clause or on its scene."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from baselines.dependency import trees, words
from baselines.lexicon import data
from baselines.lexicon.parties import Parties
from baselines.lexicon.times import Time
from baselines.lexicon.triggers import Trigger

_ADVERBIAL = frozenset({"npadvmod", "advmod", "prep", "nummod", "tmod", "compound", "poss", "pobj"})
_BOUNDS = frozenset({"since", "until", "by", "before", "after", "till"})


def date(
    doc: Any, parties: Parties, trigger: Trigger, realis: str, times: Sequence[Time]
) -> str | None:
    """The date of an event from its sentence, None where no expression belongs to it."""
    dated = [time for time in times if time.dates and time.kind not in ("clock", "noon")]
    word = doc[trigger.first] if trigger.part == "verb" else doc[trigger.last]
    own = _hanging(parties, word, dated)
    if own is not None or realis not in ("actual", "future"):
        return own
    for above in _scene(parties, word, trigger):
        found = _hanging(parties, above, dated)
        if found is not None:
            return found
    return _only(parties, word, dated) if realis == "actual" else None


def _only(parties: Parties, word: Any, times: Sequence[Time]) -> str | None:
    """The one day that a sentence names, where its verb tells the same scene as the event."""
    days = [time for time in times if "/" in time.value or time.value.count("-") == 2]
    if len(times) != 1 or not days:
        return None
    tokens = parties.sentence.tokens
    inside = [word.doc[i] for i, t in enumerate(tokens) if t.start == days[0].start]
    if not inside or (inside[0].i and inside[0].nbor(-1).lower_ in _BOUNDS):
        return None
    verbs = _verb(inside[0]), _verb(word)
    told = verbs[0] is not None and verbs[1] is not None and _together(*verbs)
    return days[0].value if told else None


def _verb(word: Any) -> Any | None:
    """The nearest verb above a word, or the word itself."""
    if word.pos_ in ("VERB", "AUX"):
        return word
    return next((above for above in word.ancestors if above.pos_ in ("VERB", "AUX")), None)


def _together(time: Any, event: Any) -> bool:
    """One scene: the same verb, or one below the other over no clause of its own tense."""
    if time.i == event.i:
        return True
    lower, upper = (event, time) if time.is_ancestor(event) else (time, event)
    while lower.i != upper.i:
        if lower.dep_ not in words.group("same_scene") or lower.head.i == lower.i:
            return False
        lower = lower.head
    return True


def _scene(parties: Parties, word: Any, trigger: Trigger) -> Iterator[Any]:
    """Verbs above that tell the same scene: conjuncts, carriers of nouns, main verbs."""
    if trigger.part != "verb":
        carrier = _carrier(parties, word)
        if carrier is None:
            return
        word = carrier
        yield word
    for _ in range(4):
        if word.dep_ not in words.group("same_day") or word.head.pos_ not in ("VERB", "AUX"):
            return
        word = word.head
        yield word


def _hanging(parties: Parties, word: Any, times: Sequence[Time]) -> str | None:
    """The nearest expression whose head hangs on the word by nothing but prepositions."""
    near = sorted(times, key=lambda t: abs(t.start - parties.sentence.tokens[word.i].start))
    return next((t.value for t in near if _hangs(parties, word, t)), None)


def _hangs(parties: Parties, word: Any, time: Time) -> bool:
    tokens = parties.sentence.tokens
    inside = [word.doc[i] for i, t in enumerate(tokens) if time.start <= t.start < time.end]
    if not inside or (inside[0].i and inside[0].nbor(-1).lower_ in _BOUNDS):
        return False
    return any(_reaches(token, word) for token in inside)


def _reaches(token: Any, word: Any) -> bool:
    above = token
    while above.i != word.i and above.dep_ in _ADVERBIAL and _passes(above, word):
        above = above.head
    return bool(above.i == word.i and token.i != word.i)


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
