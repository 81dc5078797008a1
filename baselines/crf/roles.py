"""Pairs of a trigger and a mention: their features, and who fills which role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from baselines.crf.analysis import Passage
from baselines.crf.linear import Linear
from baselines.lexicon import arguments, clauses, government
from baselines.lexicon.mentions import Mention
from baselines.lexicon.phrases import Group, Phrase, Sentence
from baselines.lexicon.roles import Filler
from baselines.lexicon.triggers import Trigger

NONE = "none"
AGAINST_NONE = 0.5
"""A role is taken where it is at least this many times as likely as none."""


@dataclass(slots=True)
class Scene:
    """One trigger in its sentence, with everything that is the same for all its pairs."""

    passage: Passage
    trigger: Trigger
    triggers: Sequence[Trigger]
    relations: dict[int, list[str]] = field(default_factory=dict)
    ruled: dict[tuple[int, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, passage: Passage, trigger: Trigger, triggers: Sequence[Trigger]) -> Scene:
        """The scene of one of the sentence's triggers."""
        scene = cls(passage, trigger, triggers)
        scene.relations = dict(_relations(passage.sentence, trigger))
        for filler in arguments.fillers(passage.parties, trigger):
            scene.ruled[filler.mention.first, filler.mention.last] = filler.role
        return scene


def fillers(model: Linear, scene: Scene) -> list[Filler]:
    """Mentions that are likely enough to fill a role; an actor once, where it is likeliest."""
    found: list[tuple[float, Filler]] = []
    for mention in scene.passage.candidates:
        chances = model.probabilities(features(scene, mention))
        none = chances.pop(NONE, 0.0)
        role = max(chances, key=lambda label: chances[label], default=NONE)
        if role != NONE and chances[role] > AGAINST_NONE * none:
            found.append((chances[role], Filler(role, mention)))
    return _distinct(found)


def _distinct(found: Sequence[tuple[float, Filler]]) -> list[Filler]:
    """Of fillers that overlap or are one actor in one role, the likeliest; in text order."""
    kept: list[Filler] = []
    for _, filler in sorted(found, key=lambda item: (-item[0], item[1].mention.first)):
        if not any(_clash(filler, other) for other in kept):
            kept.append(filler)
    return sorted(kept, key=lambda filler: (filler.mention.first, filler.mention.last))


def _clash(one: Filler, other: Filler) -> bool:
    a, b = one.mention, other.mention
    return (a.first <= b.last and b.first <= a.last) or (one.role, a.name) == (other.role, b.name)


def features(scene: Scene, mention: Mention) -> list[str]:
    """What the role classifier sees of a pair."""
    trigger = scene.trigger
    relations = _relations_of(scene, mention)
    ruled = scene.ruled.get((mention.first, mention.last), NONE)
    kind = f"{trigger.type}|{trigger.part}"
    return [
        f"type={trigger.type}",
        f"part={trigger.part}",
        f"ruled={ruled}",
        f"ruled={ruled}|{trigger.type}",
        f"ruled-any={'actor' in scene.ruled.values()}|{'recipient' in scene.ruled.values()}",
        *_mention(scene, mention),
        *_between(scene, mention),
        *(f"rel={relation}" for relation in relations),
        *(f"rel={relation}|{trigger.part}" for relation in relations),
        *(f"rel={relation}|{kind}" for relation in relations),
        *(f"rel={relation}|{trigger.lemma}" for relation in relations),
        *(f"rel={relation}|{mention.kind}" for relation in relations),
    ]


def _mention(scene: Scene, mention: Mention) -> Iterator[str]:
    sentence, trigger = scene.passage.sentence, scene.trigger
    last = sentence.tokens[mention.last]
    yield f"kind={mention.kind}"
    yield f"kind={mention.kind}|{trigger.type}"
    yield f"proper={mention.proper}|{mention.kind}"
    yield f"head={last.lemma if not mention.proper else '-'}"
    yield f"tag={last.tag}"
    phrase = sentence.phrase_at(mention.last)
    before = phrase.preposition if phrase is not None else ""
    yield f"prep={before}"
    yield f"prep={before}|{mention.kind}"
    yield f"prep={before}|{trigger.type}"
    yield f"edge={'head' if phrase is not None and phrase.last == mention.last else 'inside'}"
    after = sentence.tokens[mention.last + 1 : mention.last + 2]
    yield f"next={after[0].lower if after else 'end'}"


def _between(scene: Scene, mention: Mention) -> Iterator[str]:
    """How far apart, on which side, and what stands between."""
    sentence, trigger = scene.passage.sentence, scene.trigger
    side = _side(trigger, mention)
    first, last = sorted((trigger.first, mention.last if side == "before" else mention.first))
    words = sentence.tokens[first + 1 : last]
    yield f"side={side}"
    yield f"side={side}|{trigger.part}|{mention.kind}"
    yield f"distance={side}|{_binned(len(words))}"
    others = sum(first < other.first < last for other in scene.triggers)
    yield f"triggers={side}|{min(others, 3)}"
    yield f"verbs={side}|{min(sum(token.tag == 'VERB' for token in words), 3)}"
    sides = sum(
        _between_them(first, last, other) for other in scene.passage.candidates if other.side
    )
    yield f"sides={side}|{min(sides, 3)}"
    yield f"stops={side}|{','.join(sorted({t.text for t in words if t.text in ',;:—”“'}))}"
    if len(words) <= 3:
        yield f"path={side}|{' '.join(token.tag for token in words)}"
        yield f"words={side}|{' '.join(token.lower for token in words)}"


def _between_them(first: int, last: int, other: Mention) -> bool:
    return first < other.first and other.last < last


def _side(trigger: Trigger, mention: Mention) -> str:
    if mention.last < trigger.first:
        return "before"
    return "after" if mention.first > trigger.last else "around"


def _binned(distance: int) -> int:
    return next((edge for edge in (0, 1, 2, 3, 5, 8, 12, 20) if distance <= edge), 99)


def _relations_of(scene: Scene, mention: Mention) -> list[str]:
    """Relations of the mention's phrase, `in-` where it is only a part of it."""
    sentence = scene.passage.sentence
    phrase = sentence.phrase_at(mention.last)
    if phrase is None:
        return [NONE]
    found = scene.relations.get(phrase.first, [NONE])
    if phrase.last == mention.last:
        return found
    part = "owner" if phrase.owner is not None and mention.last <= phrase.owner.last else "name"
    return [f"{part}-in-{relation}" for relation in found]


def _relations(sentence: Sentence, trigger: Trigger) -> Iterator[tuple[int, list[str]]]:
    """Relations to the trigger by the first token of a phrase."""
    found: dict[int, list[str]] = {}
    for relation, phrase in _related(sentence, trigger):
        found.setdefault(phrase.first, []).append(relation)
    yield from found.items()


def _related(sentence: Sentence, trigger: Trigger) -> Iterator[tuple[str, Phrase]]:
    own, group = sentence.phrase_at(trigger.first), sentence.group_at(trigger.first)
    if group is not None:
        yield from _of_group(sentence, group, "")
    if own is not None:
        yield "self", own
        governor = government.of_phrase(sentence, own)
        if governor is not None and governor.group is not None:
            yield from _of_group(sentence, governor.group, f"{governor.relation}:")
    start = trigger.last if own is None else max(own.last, trigger.last)
    for place, (word, phrase) in enumerate(clauses.prepositional(sentence, start)):
        yield f"{word}{'' if place == 0 else '+'}", phrase
    previous = clauses.previous_group(sentence, trigger.first)
    if previous is not None and previous is not group:
        yield from _of_group(sentence, previous, "previous:")


def _of_group(sentence: Sentence, group: Group, prefix: str) -> Iterator[tuple[str, Phrase]]:
    voice = "passive-" if group.passive else ""
    for phrase in clauses.subjects(sentence, group):
        yield f"{prefix}{voice}subject", phrase
    for phrase in clauses.objects(sentence, group):
        yield f"{prefix}object", phrase
