"""Documents with the boards of their layers, judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.counts import Counts
from bench.diagnosis import arguments, events, values  # noqa: F401 - they register their causes
from bench.diagnosis.board import Board
from bench.diagnosis.causes import Group, judge
from bench.diagnosis.layers import LAYERS
from bench.diagnosis.view import View
from bench.gold import Gold
from bench.metrics import pair
from bench.schema import Annotation, Document


@dataclass(frozen=True)
class Judged:
    """A board after every free thing has found its cause, and what the measure counts of it."""

    board: Board
    groups: tuple[tuple[str, Group], ...]
    counts: Counts


@dataclass(frozen=True)
class Case:
    """One document with its boards, by layer."""

    view: View
    boards: Mapping[str, Judged]


def cases_of(*, gold: Gold, predicted: Mapping[str, Annotation]) -> Iterator[Case]:
    """Every document of the gold, judged; one that was not answered counts as empty."""
    for document in gold.documents:
        yield Case(view := _view(document, gold, predicted), _boards(view))


def _view(document: Document, gold: Gold, predicted: Mapping[str, Annotation]) -> View:
    sides = pair(
        gold=gold.annotations[document.id],
        predicted=predicted.get(document.id, Annotation(doc_id=document.id, events=())),
        text=document.text,
        register=gold.actors,
    )
    return View(document, sides)


def _boards(view: View) -> dict[str, Judged]:
    found: dict[str, Judged] = {}
    for name, layer in LAYERS.items():
        partners = _partners(found["event"].board) if "event" in found else {}
        board = layer.board(view, partners)
        counts = layer.counts(board.gold, board.predicted)
        found[name] = Judged(board, tuple(judge(board, name)), counts)
    return found


def _partners(board: Board) -> dict[int, int]:
    """Matched gold events and the predicted ones, by their positions in the annotations."""
    return {board.gold[n].place[0]: board.predicted[m].place[0] for n, m in board.matched.items()}
