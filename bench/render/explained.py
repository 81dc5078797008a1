"""What separates two scores, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from bench.explain import Aside, Explanation, Step
from bench.explain.paths import LABELS
from bench.render.table import number, percent


def sentences(found: Explanation) -> Iterator[str]:
    """The difference, then a line for each convention that moves something, then the others."""
    one, other = found.f1
    yield f"{found.first} {percent(one)}, {found.second} {percent(other)} (F1)"
    for step in found.steps:
        if _moves(step):
            yield f"  {_switch(step)}: {_moved(step)}F1 {_change(step)}"
    still = [step for step in found.steps if not _moves(step)]
    if still:
        yield f"  without effect on this run: {'; '.join(map(_switch, still))}"
    for why, amount in found.rest:
        yield f"  the rest, {100 * amount:+.1f} F1, is {why}"
    if not found.steps and not found.rest:
        yield "  they share every convention that Dateline knows"


def told_apart(found: Aside) -> Iterator[str]:
    """Both numbers, why no switch leads from one to the other, and what differs."""
    one, other = found.f1
    yield f"{found.first} {percent(one)}, {found.second} {percent(other)} (F1)"
    yield f"  {found.second} cannot be reached by switching conventions: {found.why}"
    yield from (f"  differs: {line}" for line in found.differs)


def _moves(step: Step) -> bool:
    return step.items > 0 or step.start.f1 != step.end.f1


def _switch(step: Step) -> str:
    """A convention with both its values.

    >>> from bench.explain.conventions import Tally
    >>> nothing = Tally(None, 0, 0)
    >>> _switch(Step("boundary", "exact", "overlap", nothing, nothing))
    'spans match by: exact → overlap'
    """
    return f"{LABELS[step.convention]}: {step.before} → {step.after}"


def _moved(step: Step) -> str:
    """How many items moved, in words."""
    changes = [
        f"{number(abs(amount))} {'more' if amount > 0 else 'fewer'} {name}"
        for name, amount in step.moved.items()
        if amount
    ]
    return f"{', '.join(changes)}; " if changes else ""


def _change(step: Step) -> str:
    return f"{percent(step.start.f1)} → {percent(step.end.f1)}"
