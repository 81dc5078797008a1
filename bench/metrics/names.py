"""Whom a name stands for, without offsets.

An id or a name is looked up in the register: as it is, folded (case, accents, article, possessive),
then without titles. Nothing fuzzier. A system's own id stands for the one actor that the words of
its mentions agree on. A name that stands for nobody stands for itself, folded. Where there is no
register at all, ids and words are compared as they are.
"""

from __future__ import annotations

from bench.metrics.base import Side
from bench.registers import fold, untitled


def named(side: Side, actor: str | None, words: str | None = None) -> frozenset[str]:
    """Ids that an actor or, failing that, its words may stand for; else the name itself."""
    names = [name for name in (actor, words) if name is not None]
    if not side.register.entries:
        return frozenset([actor] if actor else []) | frozenset(map(_itself, names[-1:]))
    for name in names:
        if known := side.register.named(name):
            return known
    return _agreed(side, actor) or frozenset(map(_itself, names[-1:]))


def _itself(name: str) -> str:
    return f"~{untitled(fold(name))}"


def _agreed(side: Side, actor: str | None) -> frozenset[str]:
    """Ids that all mentions of a system's own actor share, of those that name somebody."""
    own = [a for a in side.annotation.actors if a.id == actor]
    words = [side.words(mention) for a in own for mention in a.mentions]
    known = [found for name in words if name and (found := side.register.named(name))]
    return frozenset.intersection(*known) if known else frozenset()
