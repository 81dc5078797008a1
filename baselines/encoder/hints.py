"""What the rules of the lexicon would answer: 0 for no answer, then the classes in their order."""

from __future__ import annotations

from baselines.encoder.classes import Inventory
from baselines.encoder.passages import Passage
from baselines.lexicon import arguments, realis
from baselines.lexicon import triggers as rules
from baselines.lexicon.triggers import Trigger
from bench.schema import REALIS


def of_words(passage: Passage, inventory: Inventory) -> list[int]:
    """For each word of a passage the event type that it would trigger."""
    found = [0] * len(passage.words)
    if inventory.hints:
        for trigger in rules.find(passage.parties.sentence, passage.parties.is_actor):
            if trigger.type in inventory.types:
                found[trigger.first] = 1 + inventory.types.index(trigger.type)
    return found


def of_realis(passage: Passage, trigger: Trigger, inventory: Inventory) -> int:
    """The realis that a trigger would have."""
    if not inventory.hints:
        return 0
    return 1 + REALIS.index(realis.realis(passage.parties.sentence, trigger))


def of_mentions(passage: Passage, trigger: Trigger, inventory: Inventory) -> list[int]:
    """For each mention of a passage the role that it would fill."""
    if not inventory.hints:
        return [0] * len(passage.mentions)
    fillers = arguments.fillers(passage.parties, trigger)
    roles = {(f.mention.first, f.mention.last): f.role for f in fillers}
    found = [roles.get((mention.first, mention.last)) for mention in passage.mentions]
    return [0 if role is None else 1 + inventory.roles.index(role) for role in found]
