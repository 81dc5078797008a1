"""Terminal tables of protocols and of what separates two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bench.render.table import DASH, grid, number, percent

COLUMNS = ("protocol", "score", "P", "R", "F1", "matched", "predicted", "gold", "")


def render_protocols(found: Mapping[str, Any], *, per_type: Sequence[str]) -> RenderableType:
    """One line a reading, protocol under protocol, then where each definition is defective."""
    title = f"{found['system']} on {' + '.join(found['splits'])}, {found['documents']} documents"
    table = grid(title, COLUMNS, [])
    for name, protocol in found["protocols"].items():
        _add(table, name, protocol["scores"])
    parts: list[RenderableType] = [_left(table)]
    for name in per_type:
        rows = grid(f"{name} by event type", COLUMNS, [])
        _add(rows, name, found["protocols"][name]["types"])
        parts.append(_left(rows))
    return Group(*parts, *map(Text, _notes(found)))


def _add(table: Table, name: str, scores: Mapping[str, Mapping[str, Any]]) -> None:
    for n, (score, reading) in enumerate(scores.items()):
        shares = [percent(reading[key]) for key in ("precision", "recall", "f1")]
        cells = [name if n == 0 else "", score, *shares, *_counts(reading), reading["note"]]
        table.add_row(*map(Text, cells))
    table.add_section()


def _counts(reading: Mapping[str, Any]) -> list[str]:
    """Matched, predicted and gold; matched from both sides where the two differ."""
    counts = reading["counts"]
    if counts is None:
        return [DASH] * 3
    both = dict.fromkeys((counts["matched_predicted"], counts["matched_gold"]))
    return ["/".join(map(number, both)), number(counts["predicted"]), number(counts["gold"])]


def _left(table: Table) -> Table:
    table.columns[1].justify = table.columns[-1].justify = "left"
    table.columns[-1].no_wrap = False  # so that it is the notes which give way
    return table


def _notes(found: Mapping[str, Any]) -> Iterator[str]:
    for name, protocol in found["protocols"].items():
        yield from (f"{name}: {line}" for line in protocol["defects"])
    if found["unanswered"]:
        names = ", ".join(found["unanswered"])
        yield f"{len(found['unanswered'])} documents not answered, scored as empty: {names}"
