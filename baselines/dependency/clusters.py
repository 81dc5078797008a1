"""Mentions of one happening: same type and root, parties and days that do not disagree."""

from __future__ import annotations

from collections.abc import Sequence

from baselines.dependency import words
from baselines.lexicon import clusters
from baselines.lexicon.clusters import Happening
from baselines.lexicon.roles import MUTUAL

_HAPPENS = frozenset({"actual", "future"})


def group(found: Sequence[Happening]) -> list[str | None]:
    """A cluster name for each mention in order; None for kinds of happenings.

    A mention joins the latest cluster that it fits.
    """
    return clusters.gather(found, _joins, latest=True)


def _joins(happening: Happening, members: Sequence[Happening]) -> bool:
    first = members[0]
    if happening.type != first.type or not _same_reality(happening, first):
        return False
    root = _root(happening.lemma)
    if all(root != _root(member.lemma) for member in members):
        return False
    return _days_agree(happening, members) and _parties_agree(happening, members)


def _root(lemma: str) -> str:
    """The verb or nearest synonym that names of one happening share."""
    table: dict[str, str] = words.added()["roots"]
    known = table.get(lemma)
    return known if known is not None else clusters.root(lemma)


def _same_reality(one: Happening, other: Happening) -> bool:
    """Equal, or both told to happen, sooner or later."""
    return one.realis == other.realis or {one.realis, other.realis} <= _HAPPENS


def _days_agree(happening: Happening, members: Sequence[Happening]) -> bool:
    days = {member.date for member in members if member.date}
    return not happening.date or not days or happening.date in days


def _parties_agree(happening: Happening, members: Sequence[Happening]) -> bool:
    """No side against another; where nobody is named, a noun that points back."""
    known = frozenset[str]().union(*(member.actors for member in members))
    others = frozenset[str]().union(*(member.others for member in members))
    ours, theirs = happening.actors, happening.others
    if theirs and others and not theirs & others:
        return False
    if ours and known:
        return bool(ours & known) and (
            happening.type not in MUTUAL or ours <= known or known <= ours
        )
    if not ours and not theirs:
        return happening.definite or bool(happening.date)
    return bool(theirs & others) or happening.definite or any(m.definite for m in members)
