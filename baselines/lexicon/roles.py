"""Roles by grammatical relation: what verbs and nouns share when their arguments are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from baselines.lexicon import clauses, data, lexicon, mentions
from baselines.lexicon.mentions import Mention
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Group, Phrase, Sentence
from baselines.lexicon.triggers import Trigger

MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types whose sides all act."""
_SETTINGS = frozenset({"after", "before", "during", "amid", "following", "since", "despite", "at"})


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention in a role."""

    role: str
    mention: Mention


def table(trigger: Trigger) -> dict[str, str]:
    """Roles by grammatical relation, of the type and then of the word."""
    lexicon = data.load("triggers.yaml")
    own: dict[str, str] = lexicon["word_roles"].get(trigger.lemma, {})
    return {**lexicon["roles"][trigger.type], **own}


def fill(parties: Parties, role: str, phrases: Sequence[Phrase]) -> Iterator[Filler]:
    """The phrases that stand for somebody who can play the role."""
    for phrase in phrases:
        mention = parties.of(phrase)
        if mention is not None and _fits(role, mention):
            yield Filler(role, placed(role, mention))


def placed(role: str, mention: Mention) -> Mention:
    """A country or capital in the role of a place is the place, not its government."""
    if role != "place" or not mention.spot:
        return mention
    return replace(mention, kind="place", name=mention.spot)


def _fits(role: str, mention: Mention) -> bool:
    """Whether somebody of this kind can play the role."""
    if role == "none":
        return False
    if role == "place":
        return mention.kind == "place" or bool(mention.spot)
    return mention.side or (mention.kind == "place" and mention.proper) if role == "actor" else True


def opening_place(parties: Parties, group: Group, subjects: Sequence[Phrase]) -> Iterator[Filler]:
    """`In Geneva, the ministers met`, `police in Tbilisi arrested`: a place beside the subject."""
    if not subjects or group.form != "finite":
        return
    for phrase in parties.sentence.phrases:
        opens = phrase.first <= 2 and phrase.last < subjects[0].first
        behind = phrase.first == subjects[-1].last + 2 and phrase.last < group.first
        stands = phrase.preposition in ("in", "at", "near", "outside")
        mention = parties.of(phrase) if stands and (opens or behind) else None
        if mention is not None and _fits("place", mention):
            yield Filler("place", placed("place", mention))


def carries(trigger: Trigger, lemma: str) -> bool:
    """Whether a verb makes its subject the actor of its object."""
    if lemma in ("reject", "refuse", "accept", "support"):
        return trigger.type == "RETREAT"
    return lemma in data.words("carriers") or lemma in data.words("receivers")


def reduced(sentence: Sentence, group: Group) -> bool:
    """`troops captured by rebels`: a bare participle before `by`."""
    after = sentence.tokens[group.head + 1 : group.head + 2]
    bare = group.first == group.head and sentence.tokens[group.head].form == "past"
    return bare and bool(after) and after[0].lower == "by"


def owners(parties: Parties, phrase: Phrase, last: int, role: str) -> Iterator[Filler]:
    """The possessor of a phrase and the names before its head."""
    if phrase.owner is not None:
        yield from fill(parties, role, [phrase.owner])
    start = phrase.first if phrase.owner is None else phrase.owner.last + 1
    for mention in mentions.inside(parties.sentence, start, last - 1, parties.names):
        if mention.side:
            yield Filler(role, mention)


def prepositional(parties: Parties, trigger: Trigger, index: int) -> Iterator[Filler]:
    """Phrases after the trigger by their preposition."""
    by_relation = table(trigger)
    for word, phrase in clauses.prepositional(parties.sentence, index):
        if _is_other_event(parties, trigger, word, phrase):
            return
        if word == "of" and trigger.part == "verb":
            continue
        mention = parties.of(phrase)
        if mention is None:
            continue
        if _is_place(parties, trigger, index, phrase) and word not in by_relation:
            yield Filler("place", mention)
        elif word == "by" and mention.side:
            yield Filler(_after_by(parties.sentence, trigger, by_relation), mention)
        elif (
            word in by_relation
            and _adjacent(parties, trigger, index, phrase)
            and _fits(by_relation[word], mention)
        ):
            yield Filler(by_relation[word], placed(by_relation[word], mention))


def _is_place(parties: Parties, trigger: Trigger, index: int, phrase: Phrase) -> bool:
    """A place that belongs to the event and not to a topic: `… about the war in Sudan`."""
    mention = parties.of(phrase)
    if mention is None or mention.kind != "place":
        return False
    if phrase.preposition not in data.words("place_prepositions"):
        return False
    topic = parties.sentence.phrase_to(phrase.first - 2)
    return (
        topic is None
        or topic.first <= max(index, trigger.last)
        or (topic.preposition not in ("about", "over", "regarding", "for"))
    )


def _after_by(sentence: Sentence, trigger: Trigger, by_relation: dict[str, str]) -> str:
    """The doer of a passive or a noun; with an active verb the owner of its object."""
    group = sentence.group_at(trigger.first)
    active = group is not None and not group.passive and not reduced(sentence, group)
    return by_relation.get("possessed", "actor") if active and trigger.part == "verb" else "actor"


def _is_other_event(parties: Parties, trigger: Trigger, word: str, phrase: Phrase) -> bool:
    """What follows another event noun belongs to that one: `… after talks in Havana`."""
    event = lexicon.is_event_noun(parties.sentence.tokens[phrase.head])
    return event and (trigger.part == "noun" or word in _SETTINGS) and word != "of"


def _adjacent(parties: Parties, trigger: Trigger, index: int, phrase: Phrase) -> bool:
    """Right behind the trigger, or behind a verb's object that is no event of its own."""
    sentence = parties.sentence
    between = [p for p in sentence.phrases if index < p.first < phrase.first and not p.conjoined]
    if phrase.preposition == "of":
        chained = between and between[-1].preposition == "of" and not phrase.conjoined
        return phrase.conjoined or not between or bool(chained)
    things = [p for p in between if not parties.is_actor(p) and p.preposition != "of"]
    if trigger.type != "SANCTION" and any(
        lexicon.is_event_noun(sentence.tokens[p.head]) for p in things
    ):
        return False
    return len(things) <= (1 if sentence.group_at(index) is not None else 0)
