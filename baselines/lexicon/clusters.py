"""Mentions of one happening: same type, same root of the trigger, actors that do not disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from baselines.lexicon import data
from baselines.lexicon.phrases import Sentence
from baselines.lexicon.roles import MUTUAL, Filler
from baselines.lexicon.triggers import Trigger

POINTING = frozenset({"the", "this", "that", "these", "those"})
"""Words that make a noun point back to what was told."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is compared between two mentions, and what a cluster shares."""

    type: str
    lemma: str
    realis: str
    date: str | None
    actors: frozenset[str]
    others: frozenset[str]
    definite: bool


Joins = Callable[[Happening, Sequence[Happening]], bool]


def happening(
    trigger: Trigger, realis: str, date: str | None, fillers: Iterable[Filler], *, definite: bool
) -> Happening:
    """What tells whether a mention is of the same happening as another."""
    named = [(filler.role, filler.mention.name) for filler in fillers if filler.mention.name]
    actors = frozenset(name for role, name in named if role == "actor")
    others = frozenset(name for role, name in named if role != "actor")
    return Happening(trigger.type, trigger.lemma, realis, date, actors, others, definite)


def points_back(sentence: Sentence, trigger: Trigger) -> bool:
    """`the call`, `this deal`, `their meeting`: a noun that points back."""
    phrase = sentence.phrase_at(trigger.first)
    if phrase is None or trigger.part != "noun":
        return False
    first = sentence.tokens[phrase.first]
    return first.lower in POINTING or first.tag == "POSS"


def group(found: Sequence[Happening]) -> list[str | None]:
    """A cluster name for each mention in order; None for kinds of happenings."""
    return gather(found, _joins)


def gather(found: Sequence[Happening], joins: Joins, *, latest: bool = False) -> list[str | None]:
    """A cluster name for each mention in order: of the first cluster that it joins, or of the
    latest; None for kinds of happenings.
    """
    clusters: list[list[Happening]] = []
    answer: list[str | None] = []
    for one in found:
        if one.realis == "generic":
            answer.append(None)
            continue
        places = range(len(clusters))
        tried = reversed(places) if latest else places
        place = next((place for place in tried if joins(one, clusters[place])), len(clusters))
        if place == len(clusters):
            clusters.append([])
        clusters[place].append(one)
        answer.append(f"c{place + 1}")
    return answer


def shared_dates(names: Sequence[str | None], found: Sequence[Happening]) -> list[str | None]:
    """The only date of a cluster holds for its other mentions that happen or will happen."""
    known: dict[str, set[str]] = {}
    for name, one in zip(names, found, strict=True):
        if name is not None and one.date is not None:
            known.setdefault(name, set()).add(one.date)
    return [
        one.date or _only(known.get(name or "", set()), one.realis)
        for name, one in zip(names, found, strict=True)
    ]


def _only(values: set[str], realis: str) -> str | None:
    return min(values) if len(values) == 1 and realis in ("actual", "future") else None


def _joins(happening: Happening, members: Sequence[Happening]) -> bool:
    first = members[0]
    same = (happening.type, root(happening.lemma), happening.realis) == (
        first.type, root(first.lemma), first.realis,
    )  # fmt: skip
    return same and _compatible(happening, members)


def _compatible(happening: Happening, members: Sequence[Happening]) -> bool:
    """The same sides, or nobody named and a definite noun; of two meetings one side is too few."""
    known = frozenset[str]().union(*(member.actors for member in members))
    elsewhere = frozenset[str]().union(*(member.others for member in members))
    ours = happening.actors
    if happening.others and elsewhere and not happening.others & elsewhere:
        return False
    if not ours:
        return happening.definite
    if happening.type in MUTUAL:
        return bool(known) and (ours <= known or known <= ours)
    return bool(ours & known)


def root(lemma: str) -> str:
    """The verb or nearest synonym that names of one happening share."""
    table: dict[str, str] = data.load("words.yaml")["roots"]
    return table.get(lemma, lemma)
