"""Mentions of one happening: same type, same root of the trigger, actors that do not disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baselines.lexicon import data

_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Happening:
    """What is compared between two mentions."""

    type: str
    lemma: str
    realis: str
    actors: frozenset[str]
    others: frozenset[str] = frozenset()
    definite: bool = False


def group(found: Sequence[Happening]) -> list[str | None]:
    """A cluster name for each mention in order; None for kinds of happenings."""
    clusters: list[list[Happening]] = []
    answer: list[str | None] = []
    for happening in found:
        if happening.realis == "generic":
            answer.append(None)
            continue
        place = next((i for i, members in enumerate(clusters) if _joins(happening, members)), None)
        if place is None:
            place = len(clusters)
            clusters.append([])
        clusters[place].append(happening)
        answer.append(f"c{place + 1}")
    return answer


def shared_dates(
    names: Sequence[str | None], realis: Sequence[str], dates: Sequence[str | None]
) -> list[str | None]:
    """The only date of a cluster holds for its other mentions that happen or will happen."""
    known: dict[str, set[str]] = {}
    for name, value in zip(names, dates, strict=True):
        if name is not None and value is not None:
            known.setdefault(name, set()).add(value)
    return [
        value or _only(known.get(name or "", set()), how)
        for name, how, value in zip(names, realis, dates, strict=True)
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
    if happening.type in _MUTUAL:
        return bool(known) and (ours <= known or known <= ours)
    return bool(ours & known)


def root(lemma: str) -> str:
    """The verb or nearest synonym that names of one happening share."""
    table: dict[str, str] = data.load("words.yaml")["roots"]
    return table.get(lemma, lemma)
