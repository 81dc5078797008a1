"""Who did it, to whom and where: arguments of a trigger inside its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baselines.lexicon import clauses, data, government, mentions, roles
from baselines.lexicon.government import Governor
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Group, Phrase, Sentence
from baselines.lexicon.triggers import Trigger


def fillers(parties: Parties, trigger: Trigger) -> list[roles.Filler]:
    """Arguments of a trigger, each actor once in a role, in text order."""
    sentence = parties.sentence
    group = sentence.group_at(trigger.first)
    if trigger.part == "verb" and group is not None:
        found = list(_of_verb(parties, trigger, group))
    else:
        found = list(_of_noun(parties, trigger))
    return _distinct(found)


def _distinct(found: Sequence[roles.Filler]) -> list[roles.Filler]:
    """One filler for an actor and role; who acts is not also acted upon by the same words."""
    kept: dict[tuple[str, str], roles.Filler] = {}
    for filler in found:
        key = (filler.role, filler.mention.name)
        taken = any(other.mention.first == filler.mention.first for other in kept.values())
        if not taken:
            kept.setdefault(key, filler)
    return sorted(kept.values(), key=lambda filler: (filler.mention.first, filler.role))


def _of_verb(parties: Parties, trigger: Trigger, group: Group) -> Iterator[roles.Filler]:
    sentence, by_relation = parties.sentence, roles.table(trigger)
    subjects = clauses.subjects(sentence, group)
    if trigger.type == "CONSULT" and group.passive:
        yield from roles.fill(parties, "actor", subjects)
    elif group.passive or roles.reduced(sentence, group):
        yield from roles.fill(parties, by_relation["object"], subjects)
    else:
        yield from roles.fill(parties, "actor", subjects)
        yield from _owners_of_weapons(parties, trigger, subjects)
    if not group.passive:
        yield from _objects(parties, trigger, group)
    yield from roles.prepositional(parties, trigger, max(group.head, trigger.last))
    yield from roles.opening_place(parties, group, subjects)


def _owners_of_weapons(
    parties: Parties, trigger: Trigger, subjects: Sequence[Phrase]
) -> Iterator[roles.Filler]:
    """`Russian drones hit a bus`: the owner of what strikes is the actor."""
    for phrase in subjects if trigger.type == "ASSAULT" else ():
        head = parties.sentence.tokens[phrase.head]
        if data.is_kind("weapons", head.lemma, head.lower):
            yield from roles.owners(parties, phrase, phrase.last, "actor")


def _objects(parties: Parties, trigger: Trigger, group: Group) -> Iterator[roles.Filler]:
    """The object; of an event noun or thing as object, who owns it."""
    sentence, by_relation = parties.sentence, roles.table(trigger)
    last = Group(group.first, trigger.last, group.form) if trigger.last > group.head else group
    found = clauses.objects(sentence, last)
    role = by_relation["object"]
    if trigger.last > group.head and sentence.tokens[trigger.last].lower in data.words(
        "place_prepositions"
    ):
        role = by_relation.get(sentence.tokens[trigger.last].lower, role)
    yield from roles.fill(parties, role, found)
    yield from _ended(parties, trigger, group)
    for phrase in found:
        if parties.of(phrase) is None and "possessed" in by_relation:
            yield from roles.owners(parties, phrase, phrase.last, by_relation["possessed"])


def _ended(parties: Parties, trigger: Trigger, group: Group) -> Iterator[roles.Filler]:
    """`stop arming Kyiv`: who loses what is stopped."""
    after = parties.sentence.group_at(group.head + 1)
    if trigger.type == "SANCTION" and after is not None and after.form == "ing":
        yield from roles.fill(parties, "recipient", clauses.objects(parties.sentence, after))


def _of_noun(parties: Parties, trigger: Trigger) -> Iterator[roles.Filler]:
    sentence = parties.sentence
    phrase = sentence.phrase_at(trigger.first)
    if phrase is None:
        yield from _of_adjective(parties, trigger)
        return
    own = list(_owned(parties, trigger, phrase))
    yield from own
    after = list(roles.prepositional(parties, trigger, max(trigger.last, phrase.last)))
    yield from after
    if not any(filler.role == "actor" for filler in (*own, *after)) or trigger.type in roles.MUTUAL:
        yield from _through_governor(parties, trigger, phrase, bool(own))


def _of_adjective(parties: Parties, trigger: Trigger) -> Iterator[roles.Filler]:
    """`was open to`: the subject of the copula."""
    group = clauses.previous_group(parties.sentence, trigger.first)
    if group is not None:
        yield from roles.fill(parties, "actor", clauses.subjects(parties.sentence, group))
        yield from roles.prepositional(parties, trigger, trigger.last)


def _owned(parties: Parties, trigger: Trigger, phrase: Phrase) -> Iterator[roles.Filler]:
    """Possessors and names before the noun; places among them say where."""
    if trigger.part == "verb":
        yield from _of_participle(parties, trigger, phrase)
        return
    if phrase.owner is not None and phrase.owner.last < trigger.first:
        yield from roles.fill(parties, "actor", [phrase.owner])
    start = phrase.first if phrase.owner is None else phrase.owner.last + 1
    if trigger.last < phrase.head and trigger.type == "RETREAT":
        return
    for mention in mentions.inside(parties.sentence, start, trigger.first - 1, parties.names):
        yield roles.Filler("place" if mention.kind == "place" else "actor", mention)


def _of_participle(parties: Parties, trigger: Trigger, phrase: Phrase) -> Iterator[roles.Filler]:
    """`the captured town`: the head is acted upon, a possessor may be the actor."""
    mention = parties.of(phrase)
    if mention is not None:
        yield roles.Filler(roles.table(trigger)["object"], mention)


def _through_governor(
    parties: Parties, trigger: Trigger, phrase: Phrase, owned: bool
) -> Iterator[roles.Filler]:
    """The subject of the verb that carries the noun: `Israel launched strikes`."""
    governor = government.of_phrase(parties.sentence, phrase)
    if governor is not None and trigger.type in ("MOBILIZE", "PROTEST"):
        yield from _adverbial(parties, trigger, governor)
    if governor is None or governor.group is None or phrase.head != trigger.last:
        return
    doers = _doers(parties.sentence, governor.group)
    if governor.relation == "object" and roles.carries(trigger, governor.lemma):
        if not owned or trigger.type in roles.MUTUAL:
            role = "recipient" if governor.lemma in data.words("receivers") else "actor"
            yield from roles.fill(parties, role, doers)
            yield from roles.opening_place(parties, governor.group, doers)
    elif _makes_actor(trigger, governor):
        yield from roles.fill(parties, "actor", doers)
    elif governor.relation == "subject" and governor.lemma in ("involve", "include"):
        yield from roles.fill(parties, "actor", clauses.objects(parties.sentence, governor.group))


def _makes_actor(trigger: Trigger, governor: Governor) -> bool:
    """`agreed to a truce`, `answered with raids`: a preposition between verb and noun."""
    if governor.relation != "prep":
        return False
    if governor.preposition == "with":
        return governor.lemma in ("answer", "respond", "retaliate", "reply")
    return trigger.type == "RETREAT" and governor.lemma in ("agree", "sign", "stick")


def _adverbial(parties: Parties, trigger: Trigger, governor: Governor) -> Iterator[roles.Filler]:
    """`put its troops on alert`, `blocked roads in protest`: the subject of the verb."""
    if governor.relation != "prep" or governor.preposition not in ("on", "in"):
        return
    group, sentence = governor.group, parties.sentence
    thing = sentence.phrase_at(governor.noun) if governor.noun is not None else None
    outer = government.of_phrase(sentence, thing) if thing is not None else None
    if outer is not None and outer.relation == "object":
        group = outer.group
        yield from roles.fill(parties, roles.table(trigger)["object"], [thing] if thing else [])
    if group is not None:
        yield from roles.fill(parties, "actor", _doers(sentence, group))


def _doers(sentence: Sentence, group: Group) -> list[Phrase]:
    """Subjects of an active verb; a passive one shows its doer only after `by`."""
    if not group.passive:
        return clauses.subjects(sentence, group)
    return [phrase for word, phrase in clauses.prepositional(sentence, group.head) if word == "by"]
