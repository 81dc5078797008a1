"""A `Verdict` as terminal tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bench.render.comparison import points_interval, probability
from bench.render.table import DASH, WIDE, grid, number, percent, points, squeeze
from bench.verdict import Line, Loss, Verdict, Word

COLOUR: dict[Word, str] = {"regressed": "bold red", "fine": "bold green", "cannot tell": "bold"}
SPARE = ("p", "detectable")
COLUMNS = ("baseline", "now", "change", "interval", "p", "detectable")


def flat(text: str) -> str:
    """Text on one line and without control characters, so that no name in a file can pass for a
    line of ours, or for a command to the machine that reads the log.

    >>> flat("a" + chr(10) + "::error::b")
    'a ::error::b'
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)


def headline(verdict: Verdict) -> str:
    """The verdict on one line."""
    return flat(
        f"{verdict.word}: {verdict.run} against {verdict.baseline} on"
        f" {' + '.join(verdict.signature.splits)}, {verdict.documents} documents"
    )


def cells(line: Line) -> list[str]:
    """The numbers of a line, under `columns`."""
    return [
        percent(line.baseline),
        percent(line.run),
        points(line.difference),
        points_interval(line.interval),
        probability(line.adjusted),
        percent(line.detectable),
    ]


def columns(verdict: Verdict) -> list[str]:
    """What stands above the numbers of a line."""
    level = f"{100 * (1 - verdict.signature.alpha):.4g} %"
    return [level if name == "interval" else name for name in COLUMNS]


def render_verdict(
    verdict: Verdict, *, per_type: Sequence[str] = (), room: int = WIDE
) -> RenderableType:
    """The word, a line a measure, the types that regressed, why, where, notes and signature; for
    each measure in `per_type` all its types.
    """
    types = [line for line in verdict.regressed() if line.type is not None]
    parts: list[RenderableType] = [Text(headline(verdict), style=COLOUR[verdict.word])]
    parts.append(_table("", verdict, list(verdict.wholes()), room))
    if types:
        parts.append(_table("event types that regressed", verdict, types, room))
    for metric in per_type:
        lines = verdict.types_of(metric)
        parts.append(_table(f"{metric} by event type", verdict, lines, room))
    tables = [part for part in parts if isinstance(part, Table)]
    said = [*reasons(verdict), *losses(verdict), *notes(verdict), *_left_out(tables)]
    parts += map(Text, map(flat, said))
    parts.append(Text(flat(f"signature: {verdict.signature}"), style="dim"))
    return Group(*parts)


def _table(title: str, verdict: Verdict, lines: Iterable[Line], room: int) -> Table:
    head = ["", *columns(verdict), "verdict"]
    rows = [[flat(line.name), *cells(line), word(line)] for line in lines]
    return grid(title, *squeeze(head, rows, room=room, spare=SPARE))


def _left_out(tables: Iterable[Table]) -> list[str]:
    names = [{column.header for column in table.columns} for table in tables]
    lost = [name for name in SPARE if not all(name in shown for shown in names)]
    return [f"no room for {', '.join(lost)}: a wider terminal or --json shows more"] if lost else []


def word(line: Line) -> str:
    """The word on a line; that a type may drop is said beside it."""
    return f"{line.word} (allowed)" if line.allowed else line.word


def reasons(verdict: Verdict) -> list[str]:
    """Why each line is not fine, those with one reason together."""
    found: dict[tuple[Word, str], list[str]] = {}
    for line in verdict.lines:
        if line.word == "regressed" or (line.word == "cannot tell" and line.type is None):
            found.setdefault((line.word, line.reason), []).append(line.name)
    return [f"{word}: {', '.join(names)}: {why}" for (word, why), names in sorted(found.items())]


def losses(verdict: Verdict) -> list[str]:
    """Where most was lost, by the measure that dropped most."""
    line = worst_line(verdict)
    if line is None:
        return []
    return [f"lost most by {line.metric}: {'; '.join(map(loss, line.worst))}"]


def worst_line(verdict: Verdict) -> Line | None:
    """The line whose worst documents are shown: the largest drop, among those that regressed if
    any did.
    """
    wholes = [line for line in verdict.wholes() if line.worst and line.drop > 0]
    found = [line for line in wholes if line.word == "regressed"] or wholes
    return max(found, key=lambda line: line.drop, default=None)


def loss(one: Loss) -> str:
    """What a document lost.

    >>> loss(Loss(name="a/b", baseline=9, run=5, gold=12))
    'a/b, 9 → 5 of 12'
    """
    return f"{one.name}, {number(one.baseline)} → {number(one.run)} of {number(one.gold)}"


def notes(verdict: Verdict) -> list[str]:
    """What a reader must know beside the numbers."""
    return [*verdict.notes, _seen(verdict), _shared(verdict)]


def _seen(verdict: Verdict) -> str:
    seen = [line.detectable for line in verdict.wholes() if line.detectable is not None]
    if not seen:
        return "detectable: no drop could have been shown, however large, or there is no estimate"
    least, most = percent(min(seen)), percent(max(seen))
    size = least if least == most else f"{least} to {most}"
    return f"detectable: true drops of {size} points would have been called in four cases of five"


def _shared(verdict: Verdict) -> str:
    wholes, types = verdict.signature.tests
    if not wholes + types:
        return "nothing is different enough to be tested"
    return (
        f"p: one-sided, corrected for {wholes} tests of all types together and {types} of single"
        f" types ({DASH}: no test); a false alarm anywhere in at most"
        f" {100 * verdict.signature.alpha:.4g} % of checks of a run that is no worse"
    )
