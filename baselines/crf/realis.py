"""Whether an event happened: what the realis classifier sees of a trigger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baselines.crf.analysis import Passage
from baselines.lexicon import clauses, government
from baselines.lexicon import realis as rules
from baselines.lexicon.phrases import Group, Sentence
from baselines.lexicon.triggers import Trigger

_CONDITIONS = frozenset({"if", "unless", "until", "should"})


def features(passage: Passage, trigger: Trigger, triggers: Sequence[Trigger]) -> list[str]:
    """The lexicon's answer, the verb group, what governs the trigger, the trigger before it."""
    sentence = passage.sentence
    ruled = rules.realis(sentence, trigger)
    return [
        f"ruled={ruled}",
        f"ruled={ruled}|{trigger.part}",
        f"ruled={ruled}|{trigger.type}",
        f"type={trigger.type}|{trigger.part}",
        f"lemma={trigger.lemma}",
        f"form={sentence.tokens[trigger.first].form}|{trigger.part}",
        *_group(sentence, trigger),
        *_noun(sentence, trigger),
        *_around(passage, trigger),
        *_previous(trigger, triggers),
    ]


def _group(sentence: Sentence, trigger: Trigger) -> Iterator[str]:
    group = sentence.group_at(trigger.first)
    if group is None:
        return
    yield from _described("group", group)
    governor = clauses.previous_group(sentence, group.first)
    if governor is not None and group.form in ("infinitive", "ing"):
        yield f"above={group.form}|{governor.lemma}"


def _described(name: str, group: Group) -> Iterator[str]:
    yield f"{name}={group.form}"
    yield f"{name}-negated={group.negated}"
    yield f"{name}-modal={group.modal}"


def _noun(sentence: Sentence, trigger: Trigger) -> Iterator[str]:
    phrase = sentence.phrase_at(trigger.first)
    if phrase is None:
        return
    yield f"first={sentence.tokens[phrase.first].lower if phrase.first < trigger.first else '-'}"
    yield f"number={sentence.tokens[trigger.first].lower.endswith('s')}"
    yield f"prep={phrase.preposition}"
    governor = government.of_phrase(sentence, phrase)
    if governor is not None:
        yield f"gov={governor.relation}|{governor.lemma}"
        if governor.group is not None:
            yield from _described("gov", governor.group)


def _around(passage: Passage, trigger: Trigger) -> Iterator[str]:
    words = passage.tokens
    for place in range(max(0, trigger.first - 4), trigger.first):
        yield f"before={words[place].lemma}"
    for place in range(trigger.last + 1, min(len(words), trigger.last + 3)):
        yield f"after={words[place].lemma}"
    yield f"question={words[-1].text == '?'}"
    yield f"if={any(token.lower in _CONDITIONS for token in words[: trigger.first])}"
    yield f"headline={passage.headline}"


def _previous(trigger: Trigger, triggers: Sequence[Trigger]) -> Iterator[str]:
    """`refused to lift`: what happens after a refusal has not happened."""
    before = [other for other in triggers if other.last < trigger.first]
    if not before:
        yield "previous=none"
        return
    apart = trigger.first - before[-1].last
    yield f"previous={before[-1].type}"
    yield f"previous={before[-1].type}|{trigger.part}"
    if apart <= 6:
        yield f"close={before[-1].type}|{before[-1].part}"
        yield f"close={before[-1].lemma}"
