"""The classes that the network tells apart, and a trigger among them."""

from __future__ import annotations

from dataclasses import dataclass

OUTSIDE, INSIDE = 0, 1
"""Tags of a word that is no part of a trigger, and of one that goes on with the trigger before.
The tag of the first word of a trigger is 2 and more: its type.
"""
NO_ROLE = 0
"""Class of a mention that fills no role; the roles come behind it."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The names of classes in their order: event types and roles; and whether the network is told
    what the rules of the lexicon would answer.
    """

    types: tuple[str, ...]
    roles: tuple[str, ...]
    hints: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of a passage, from first to last, that stand for an event of a type."""

    passage: int
    first: int
    last: int
    type: int
