"""Who says so: the subject of a saying verb whose content holds the event, or `according to X`."""

from __future__ import annotations

from itertools import pairwise

from baselines.lexicon import clauses, data
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Group, Sentence
from baselines.lexicon.triggers import Trigger


def source(parties: Parties, trigger: Trigger) -> str | None:
    """Name of the party to whom the sentence attributes the event; None for the narrator."""
    sentence = parties.sentence
    if _presupposed(sentence, trigger):
        return None
    return _said(parties, trigger) or _said_after(parties, trigger) or _according(parties)


def _presupposed(sentence: Sentence, trigger: Trigger) -> bool:
    """`after the call`: nobody has to say it."""
    phrase = sentence.phrase_at(trigger.first)
    return phrase is not None and phrase.preposition in (
        "after",
        "since",
        "during",
        "before",
        "following",
    )


def _said(parties: Parties, trigger: Trigger) -> str | None:
    """A saying verb before the event, with a finite clause or complement that reaches it."""
    for group in reversed(parties.sentence.groups):
        if _carries(parties.sentence, group, trigger):
            return None
        if (
            group.head >= trigger.first
            or not _speaks(group)
            or _closed(parties.sentence, group, trigger)
        ):
            continue
        return _speaker(parties, group)
    return None


def _carries(sentence: Sentence, group: Group, trigger: Trigger) -> bool:
    """`declared martial law`: the deed is in the saying, the narrator reports it."""
    phrase = sentence.phrase_at(trigger.first)
    if phrase is None or trigger.part != "noun" or group.lemma not in ("declare", "announce"):
        return False
    return phrase in clauses.objects(sentence, group)


def _speaks(group: Group) -> bool:
    return group.lemma in data.words("saying") and not group.negated


def _closed(sentence: Sentence, group: Group, trigger: Trigger) -> bool:
    """The content ended: a new clause with a conjunction and its own finite verb, or a relative."""
    between = sentence.tokens[group.head + 1 : trigger.first]
    if between and between[0].lower in ("off", "up"):
        return True
    if group.lemma not in data.words("sayers_only"):
        return any(token.tag == "CONJ" or token.text == ";" for token in between) or any(
            before.tag in ("NOUN", "NAME") and token.lower in ("that", "which", "who")
            for before, token in pairwise(between)
        )
    return any(token.text == ";" for token in between)


def _speaker(parties: Parties, group: Group) -> str | None:
    found = [parties.of(phrase) for phrase in clauses.subjects(parties.sentence, group)]
    named = [mention.name for mention in found if mention is not None and mention.side]
    if group.passive or len(found) != 1:
        return None
    return named[0] if named else None


def _said_after(parties: Parties, trigger: Trigger) -> str | None:
    """`Troops left the town, the minister said.`: a saying verb at the end, behind a comma."""
    sentence = parties.sentence
    for group in sentence.groups:
        if group.first <= trigger.last or group.lemma not in data.words("sayers_only"):
            continue
        found = clauses.subjects(sentence, group)
        start = found[0].first if found else group.first
        if start > trigger.last and sentence.tokens[start - 1].text in (",", "”", '"'):
            return _speaker(parties, group)
    return None


def _according(parties: Parties) -> str | None:
    tokens = parties.sentence.tokens
    for index in range(len(tokens) - 2):
        if tokens[index].lower == "according" and tokens[index + 1].lower == "to":
            start = index + 2
            while start < len(tokens) and parties.sentence.phrase_from(start) is None:
                start += 1
            phrase = parties.sentence.phrase_from(start)
            mention = parties.of(phrase) if phrase is not None else None
            return mention.name if mention is not None else None
    return None
