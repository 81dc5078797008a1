"""A `Comparison` as terminal tables."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bench.comparison import Comparison, Contrast, Contrasts
from bench.render.table import (
    DASH,
    FEW_UNITS,
    Units,
    grid,
    number,
    percent,
    points,
    readers_f1,
    readers_note,
    rough_note,
)
from bench.report import TOO_FEW


def probability(p: float | None) -> str:
    """A p-value with three decimals.

    >>> probability(0.04), probability(0.0001), probability(None)
    ('0.040', '<0.001', '—')
    """
    if p is None:
        return DASH
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def points_interval(bounds: tuple[float, float] | None) -> str:
    """An interval of a difference in percentage points.

    >>> points_interval((-0.01, 0.123)), points_interval(None)
    ('−1.0…+12.3', '—')
    """
    return DASH if bounds is None else "…".join(map(points, bounds))


def render_comparison(comparison: Comparison, *, per_type: Sequence[str]) -> RenderableType:
    """All measures, a table per type for each named one, notes and signature."""
    parts: list[RenderableType] = [_summary(comparison)]
    parts += [_types(comparison, score) for score in comparison.scores if score.metric in per_type]
    parts += [Text(note) for note in _notes(comparison)]
    parts.append(Text(f"signature: {comparison.signature}", style="dim"))
    return Group(*parts)


def _summary(comparison: Comparison) -> Table:
    columns = ["metric", "A F1", "B F1", "B − A", _level(comparison), "p", "detectable", "B is"]
    read = any(score.readers for score in comparison.scores)
    columns[3:3] = ["readers"] * read
    return grid(
        f"B = {comparison.b} beside A = {comparison.a} on"
        f" {' + '.join(comparison.signature.splits)}, {comparison.documents} documents",
        columns,
        [_summary_row(score, read=read) for score in comparison.scores],
    )


def _level(comparison: Comparison) -> str:
    return f"{100 * comparison.signature.level:.0f} %"


def _summary_row(score: Contrasts, *, read: bool) -> list[str]:
    row = score.micro
    cells = [
        score.metric,
        *_readings(row),
        probability(row.p),
        percent(row.detectable),
        row.verdict,
    ]
    cells[3:3] = [readers_f1(score.readers)] * read
    return cells


def _readings(row: Contrast) -> list[str]:
    interval = points_interval(row.interval)
    return [percent(row.a), percent(row.b), points(row.difference), interval]


def _types(comparison: Comparison, score: Contrasts) -> Table:
    columns = ["event type", "gold", "A F1", "B F1", "B − A", _level(comparison), "p", "Holm p"]
    read = score.readers is not None
    columns[4:4] = ["readers"] * read
    rows = [_type_row(score, name, read=read) for name in score.types]
    return grid(f"{score.metric} by event type", [*columns, "B is", ""], rows)


def _type_row(score: Contrasts, name: str, *, read: bool) -> list[str]:
    row = score.types[name]
    cells = [
        name,
        number(row.gold),
        *_readings(row),
        probability(row.p),
        probability(row.adjusted),
        row.verdict,
        "too few" if row.gold < TOO_FEW else "",
    ]
    cells[4:4] = [readers_f1(score.readers, name)] * read
    return cells


def _drawn_beside(comparison: Comparison) -> list[tuple[list[str], Units]]:
    """Stories, and the measures for which they are drawn, where documents are for others."""
    told = [score for score in comparison.scores if score.over == "story"]
    if len(told) in (0, len(comparison.scores)):
        return []
    return [([score.metric for score in told], (told[0].units or 0, "story"))]


def _notes(comparison: Comparison) -> list[str]:
    signature = comparison.signature
    notes = list(comparison.notes)
    drawn = [([], (signature.units, signature.unit)), *_drawn_beside(comparison)]
    notes += [rough_note(names, units) for names, units in drawn if units[0] < FEW_UNITS]
    notes += readers_note([score.readers for score in comparison.scores], comparison.documents)
    notes.append(
        f"verdicts follow p at most {signature.alpha:g}, for types the corrected one;"
        " 'no difference shown' is not 'no difference'"
    )
    return notes
