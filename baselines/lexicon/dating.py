"""Which time expression dates an event: its own modifier first, then one of its clause."""

from __future__ import annotations

from collections.abc import Sequence

from baselines.lexicon import data, government
from baselines.lexicon.phrases import Group, Sentence
from baselines.lexicon.times import Time
from baselines.lexicon.triggers import Trigger


def date(sentence: Sentence, trigger: Trigger, realis: str, times: Sequence[Time]) -> str | None:
    """The date of an event from its sentence, None where no expression belongs to it."""
    dated = [time for time in times if time.dates and time.kind not in ("clock", "noon")]
    own = next((time for time in dated if _own(sentence, trigger, time)), None)
    if own is not None:
        return own.value
    if realis not in ("actual", "future"):
        return None
    return _of_clause(sentence, trigger, dated)


def _own(sentence: Sentence, trigger: Trigger, time: Time) -> bool:
    """Inside its noun phrase, or right behind it with nothing but a preposition between."""
    phrase = sentence.phrase_at(trigger.first)
    first = sentence.tokens[phrase.first if phrase is not None else trigger.first].start
    if first <= time.start < sentence.tokens[trigger.last].start:
        return True
    between = [t for t in sentence.tokens[trigger.last + 1 :] if t.start < time.start]
    after = time.start >= sentence.tokens[trigger.last].end
    near = ("PREP", "DET", "ADV", "TIME", "TO", "NAME")
    planned = ("plan", "schedule", "set", "due", "hold")
    return after and all(t.tag in near or t.lemma in planned for t in between)


def _of_clause(sentence: Sentence, trigger: Trigger, times: Sequence[Time]) -> str | None:
    """An expression that no boundary and no other verb parts from the trigger."""
    if trigger.part != "verb" and not _carried(sentence, trigger):
        return None
    for time in times:
        index = _index(sentence, time)
        if index is not None and _reaches(sentence, trigger, index):
            return time.value
    return None


def _carried(sentence: Sentence, trigger: Trigger) -> bool:
    """A noun shares the adverbials of the light verb that carries it, or of its subject's verb."""
    phrase = sentence.phrase_at(trigger.first)
    if phrase is None or trigger.last != phrase.head:
        return False
    governor = government.of_phrase(sentence, phrase)
    if governor is None or governor.group is None:
        return False
    light = governor.lemma in data.words("carriers")
    return (governor.relation == "object" and light) or governor.relation == "subject"


def _index(sentence: Sentence, time: Time) -> int | None:
    return next((i for i, token in enumerate(sentence.tokens) if token.start == time.start), None)


def _reaches(sentence: Sentence, trigger: Trigger, index: int) -> bool:
    """No relative, conjunction of clauses or semicolon between, and no verb nearer to it."""
    first, last = sorted((trigger.first, index))
    own = (sentence.group_at(trigger.first), _carrier(sentence, trigger))
    for place in range(first + 1, last):
        token = sentence.tokens[place]
        if token.tag == "REL" or token.text in ";:—" or token.lower == "but":
            return False
        other = sentence.group_at(place)
        if other is not None and other not in own and token.tag == "VERB":
            return False
    return True


def _carrier(sentence: Sentence, trigger: Trigger) -> Group | None:
    """The verb that governs an event noun."""
    phrase = sentence.phrase_at(trigger.first)
    if trigger.part == "verb" or phrase is None:
        return None
    governor = government.of_phrase(sentence, phrase)
    return governor.group if governor is not None else None
