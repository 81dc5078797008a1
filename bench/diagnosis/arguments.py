"""Why arguments were missed or made up: who did it was left out, misnamed or put elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.diagnosis.board import Board, Entry, paired, together, touching
from bench.diagnosis.causes import Group, alone, cause, in_pairs
from bench.matching import overlap, same_actor
from bench.registers import ActorRegister, fold
from bench.text import words

Fits = Callable[[Entry, Entry], bool]
LONGEST = 60
"""Words of a phrase in which names are looked for."""


def _same_event(board: Board, fits: Fits) -> Iterator[Group]:
    """Pairs of arguments of one found event that go together so, those that touch before others."""
    cells = together(
        board, lambda gold: board.partners.get(gold.place[0]), lambda said: said.place[0]
    )
    return in_pairs(
        paired(
            (n, m, 1 + overlap(board.gold[n].item.filler, board.predicted[m].item.filler))
            for n, m in cells
            if fits(board.gold[n], board.predicted[m])
        )
    )


def _same_role(gold: Entry, predicted: Entry) -> bool:
    return gold.item.key == predicted.item.key


def _same_actor(gold: Entry, predicted: Entry) -> bool:
    return bool(same_actor(gold.item.filler, predicted.item.filler))


def _same_words(gold: Entry, predicted: Entry) -> bool:
    return gold.span is not None and gold.span == predicted.span


def _touch(gold: Entry, predicted: Entry) -> bool:
    return overlap(gold.item.filler, predicted.item.filler) > 0


@cause("argument/event-missed", "its event was missed")
def of_missed(board: Board) -> Iterator[Group]:
    """Missed arguments of gold events without a predicted one of their type and trigger."""
    return alone(missed=[n for n in board.missed if board.gold[n].place[0] not in board.partners])


@cause("argument/event-spurious", "its event is spurious")
def of_spurious(board: Board) -> Iterator[Group]:
    """Spurious arguments of predicted events without a gold one of their type and trigger."""
    found = set(board.partners.values())
    return alone(spurious=[m for m in board.spurious if board.predicted[m].place[0] not in found])


@cause("argument/wrong-role", "the right actor under the right event, another role")
def wrong_role(board: Board) -> Iterator[Group]:
    """One event, one actor, two roles."""
    return _same_event(board, _same_actor)


@cause("argument/duplicate", "an actor that already fills this role of the event")
def duplicate(board: Board) -> Iterator[Group]:
    """Spurious arguments whose event, role and actor are those of a matched one."""
    filled: dict[tuple[int, object], set[str]] = {}
    for entry in (board.predicted[m] for m in board.matched.values()):
        filled.setdefault((entry.place[0], entry.item.key), set()).update(entry.item.filler.actors)
    for m in list(board.spurious):
        entry = board.predicted[m]
        if not filled.get((entry.place[0], entry.item.key), set()).isdisjoint(
            entry.item.filler.actors
        ):
            yield [], [m]


@cause("argument/boundary", "the right role of the right event, words that touch the right ones")
def boundary(board: Board) -> Iterator[Group]:
    """Spans that share a character but are not equal, and stand for different actors."""
    return _same_event(
        board,
        lambda gold, said: _same_role(gold, said) and _touch(gold, said) and gold.span != said.span,
    )


@cause("argument/alias", "words that hold a name of the actor and were not resolved to it")
def alias(board: Board) -> Iterator[Group]:
    """Of one event and role: the predicted words stand for nobody of the register, but some of
    them, or all without titles, are a name or alias of the gold's actor.
    """
    register = board.view.pair.gold.register

    def fits(gold: Entry, said: Entry) -> bool:
        filler = said.item.filler
        if not _same_role(gold, said) or any(actor in register for actor in filler.actors):
            return False
        return not gold.item.filler.actors.isdisjoint(names_in(filler.text or "", register))

    return _same_event(board, fits)


def names_in(phrase: str, register: ActorRegister) -> frozenset[str]:
    """Actors of whom a phrase holds a name, whatever stands around it.

    >>> from bench.registers import ActorEntry
    >>> register = ActorRegister({"ana": ActorEntry(name="Ana Lima", kind="person")})
    >>> names_in("a weary Ana Lima", register)
    frozenset({'ana'})
    """
    found = words(phrase)[:LONGEST]
    cuts = [(a[0], b[1]) for k, a in enumerate(found) for b in found[k:]]
    runs = {fold(phrase[start:end]) for start, end in cuts}
    return frozenset(actor for run in runs for actor in register.named(run))


@cause("argument/misresolved", "the right words, taken for somebody else")
def misresolved(board: Board) -> Iterator[Group]:
    """Of one event and role: equal spans that stand for different actors."""
    return _same_event(board, lambda gold, said: _same_role(gold, said) and _same_words(gold, said))


@cause("argument/wrong-event", "the right words under another event")
def wrong_event(board: Board) -> Iterator[Group]:
    """Spans that touch and stand for the same actor, under two found events; without spans, the
    actor alone.
    """
    edges = [edge[:2] for edge in touching(board, board.missed, board.spurious)]
    ungrounded = [m for m in board.spurious if board.predicted[m].span is None]
    edges += [(n, m) for m in ungrounded for n in board.missed]
    return in_pairs(
        paired((n, m, 1.0) for n, m in edges if _same_actor(board.gold[n], board.predicted[m]))
    )


@cause("argument/wrong-actor", "other words, in the right role of the right event")
def wrong_actor(board: Board) -> Iterator[Group]:
    """Two arguments of one event and role."""
    return _same_event(board, _same_role)


@cause("argument/missed", "nobody was named in this role of the event")
def missed(board: Board) -> Iterator[Group]:
    """Whatever is left of the gold."""
    return alone(missed=board.missed)


@cause("argument/spurious", "somebody was named in a role for which the gold has nobody more")
def spurious(board: Board) -> Iterator[Group]:
    """Whatever is left of the prediction."""
    return alone(spurious=board.spurious)
