"""What the templates of the site show of a board: rows of words and numbers, no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bench.render.table import interval, number, percent
from bench.report import Report, Row
from leaderboard.board import Board, Place, Table

PER_TYPE = ("trigger", "argument:actor")
"""Measures shown by event type on the pages of types."""
STEPS = 10


class Line(NamedTuple):
    """A system in a table."""

    slug: str
    name: str
    kind: str
    use_of_test: str
    rank: int | None
    precision: str
    recall: str
    f1: str
    interval: str
    sort: str
    """What to sort by: F1, or nothing."""
    low: float | None
    high: float | None
    value: float | None
    unanswered: int
    better_than: tuple[str, ...]


class Cell(NamedTuple):
    """An F1 in a heat map."""

    text: str
    step: int | None
    """Which of the ten tints it has; None where there is no F1."""
    few: bool


def file_of(metric: str) -> str:
    """A measure as the name of a file.

    >>> file_of("argument-attached:actor")
    'argument-attached.actor'
    """
    return re.sub(r"[^a-z0-9-]", ".", metric)


def lines(board: Board, table: Table) -> list[Line]:
    """The systems of a table, in its order."""
    return [_line(board, table, place) for place in table.places]


def _line(board: Board, table: Table, place: Place) -> Line:
    system = board.systems[place.slug]
    report = board.reports[table.split][place.slug]
    row = report.score(table.metric).micro
    low, high = row.interval or (None, None)
    return Line(
        slug=place.slug,
        name=system.name,
        kind=system.kind,
        use_of_test=system.use_of_test,
        rank=place.rank,
        precision=percent(row.precision),
        recall=percent(row.recall),
        f1=percent(row.f1),
        interval=interval(row.interval),
        sort="" if row.f1 is None else f"{row.f1:.6f}",
        low=low,
        high=high,
        value=row.f1,
        unanswered=len(report.unanswered),
        better_than=place.better_than,
    )


def types_of(board: Board) -> list[str]:
    """All event types that any report has a row for, in their order there."""
    found = (
        name
        for reports in board.reports.values()
        for report in reports.values()
        for score in report.scores
        for name in score.types
    )
    return list(dict.fromkeys(found))


def heat_map(board: Board, table: Table) -> tuple[list[str], list[tuple[Place, list[Cell]]]]:
    """Event types, and for every system of a table its F1s by type."""
    reports = board.reports[table.split]
    rows = {p.slug: reports[p.slug].score(table.metric).types for p in table.places}
    types = list(dict.fromkeys(name for found in rows.values() for name in found))
    return types, [
        (place, [cell(rows[place.slug].get(name)) for name in types]) for place in table.places
    ]


def cell(row: Row | None) -> Cell:
    """A row of a type as a cell."""
    if row is None or row.f1 is None:
        return Cell("—", None, few=row is not None and row.too_few)
    return Cell(percent(row.f1), min(STEPS - 1, int(row.f1 * STEPS)), few=row.too_few)


def type_rows(board: Board, kind: str) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """For each split and measure shown by type: the systems by their F1 on it."""
    for split, reports in board.reports.items():
        for metric in PER_TYPE:
            found = [
                _type_row(board, slug, row) for slug, row in _rows_of(reports, metric, kind).items()
            ]
            if found:
                yield split, metric, sorted(found, key=_by_f1)


def _rows_of(reports: Mapping[str, Report], metric: str, kind: str) -> dict[str, Row]:
    found = {}
    for slug, report in reports.items():
        scores = {score.metric: score for score in report.scores}
        if metric in scores and kind in scores[metric].types:
            found[slug] = scores[metric].types[kind]
    return found


def _type_row(board: Board, slug: str, row: Row) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": board.systems[slug].name,
        "precision": percent(row.precision),
        "recall": percent(row.recall),
        "f1": percent(row.f1),
        "interval": interval(row.interval),
        "gold": number(row.counts.gold),
        "few": row.too_few,
        "sort": "" if row.f1 is None else f"{row.f1:.6f}",
    }


def _by_f1(row: Mapping[str, Any]) -> tuple[bool, float, str]:
    return row["sort"] == "", -float(row["sort"] or 0), row["slug"]


def places_of(board: Board, slug: str) -> Iterator[tuple[str, list[tuple[Table, Line]]]]:
    """For each split that a system answered: its line in every table."""
    for split in board.reports:
        found = [
            (table, line)
            for table in board.tables
            if table.split == split
            for line in lines(board, table)
            if line.slug == slug
        ]
        if found:
            yield split, found
