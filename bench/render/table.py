"""Terminal tables. User text is escaped: nothing in a file can colour the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bench.counts import mean
from bench.report import Readers, Report, Row, Score, Story, in_words
from bench.statistics.power import POWER

DASH = "—"
FEW_UNITS = 20
Units = tuple[int, str]
"""How many units there are, and what they are."""
WIDE = 120
"""Columns of a pipe, which has room for every table."""
SPARE, SPARE_OF_TYPES = ("detectable", "macro F1"), ("matched",)
"""What a narrow terminal is spared, in this order."""


def percent(share: float | None) -> str:
    """A share in percent with one decimal, a dash where there is none.

    >>> percent(2 / 3), percent(None)
    ('66.7', '—')
    """
    return DASH if share is None else f"{100 * share:.1f}"


def number(value: float) -> str:
    """A count: whole where it is whole.

    >>> number(3.0), number(2.5)
    ('3', '2.50')
    """
    return str(int(value)) if value == int(value) else f"{value:.2f}"


def points(difference: float | None) -> str:
    """A difference of shares in percentage points, with its sign.

    >>> points(0.031), points(-0.2), points(0.0), points(None)
    ('+3.1', '−20.0', '0.0', '—')
    """
    if difference is None:
        return DASH
    size = f"{100 * abs(difference):.1f}"
    sign = "" if size == "0.0" else "+" if difference > 0 else "−"
    return sign + size


def interval(bounds: tuple[float, float] | None) -> str:
    """An interval in percent, a dash where there is none.

    >>> interval((0.8754, 1.0))
    '87.5–100'
    """
    return DASH if bounds is None else "–".join(map(percent, bounds)).replace("100.0", "100")


def grid(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, merged: bool = False
) -> Table:
    """A plain table: the first column to the left, numbers to the right.

    With `merged` the rows are given as one row of many lines, which looks the same as long as no
    cell is wrapped, and takes rich, which is slow over each cell, a quarter of the time.
    """
    table = Table(
        title=escape(title),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE,
        pad_edge=False,
        collapse_padding=True,
    )
    for n, name in enumerate(columns):
        table.add_column(name, justify="left" if n == 0 else "right", no_wrap=True)
    for row in _merged(list(rows)) if merged else rows:
        table.add_row(*map(escape, row))
    return table


def _merged(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows as one row of many lines, unless a cell has several."""
    if not rows or any("\n" in cell for row in rows for cell in row):
        return rows
    return [["\n".join(column) for column in zip(*rows, strict=True)]]


def readings(row: Row) -> list[str]:
    """Precision, recall, F1 and interval of a row."""
    return [
        percent(row.precision),
        percent(row.recall),
        percent(row.f1),
        interval(row.interval),
    ]


def squeeze(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, room: int, spare: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """Columns and rows without the first of the spare columns, as many as a terminal of that width
    has no room for.

    >>> squeeze(["a", "b"], [["long words", "1"]], room=8, spare=["b"])
    (['a'], [['long words']])
    """
    for name in spare:
        if _width(columns, rows) <= room:
            break
        keep = [n for n, column in enumerate(columns) if column != name]
        columns = [columns[n] for n in keep]
        rows = [[row[n] for n in keep] for row in rows]
    return list(columns), [list(row) for row in rows]


def _width(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    cells = zip(columns, *rows, strict=True)
    return sum(2 + max(map(cell_len, column)) for column in cells)


def summary(report: Report, room: int = WIDE) -> Table:
    """One line a measure."""
    level = f"{100 * report.signature.level:.0f} %"
    columns = ["metric", "P", "R", "F1", level, "detectable", "macro F1", "predicted", "gold"]
    read = any(score.readers for score in report.scores)
    columns[4:4] = ["readers"] * read
    rows = [_summary_row(score, read=read) for score in report.scores]
    title = (
        f"{report.system} on {' + '.join(report.signature.splits)}, {report.documents} documents"
    )
    return grid(title, *squeeze(columns, rows, room=room, spare=SPARE))


def _summary_row(score: Score, *, read: bool) -> list[str]:
    counts = score.micro.counts
    macro = percent(score.macro.f1) if score.macro else DASH
    sizes = [number(n) for n in (counts.predicted, counts.gold)]
    if score.micro.parts:
        sizes = [DASH] * len(sizes)  # a mean of scores has no counts of its own
    cells = [score.metric, *readings(score.micro), percent(score.micro.detectable), macro, *sizes]
    cells[4:4] = [readers_f1(score.readers)] * read
    return cells


def readers_f1(readers: Readers | None, name: str | None = None) -> str:
    """F1 of the two first readings, of all types or of one."""
    if readers is None:
        return DASH
    return percent(readers.f1 if name is None else readers.types.get(name))


def readers_note(readers: Sequence[Readers | None], documents: int) -> list[str]:
    """What the column of the readers is, and is not."""
    found = [one for one in readers if one is not None]
    if not found:
        return []
    some = f"{found[0].documents} of " if found[0].documents < documents else ""
    return [
        f"readers: F1 of the two first readings, {found[0].first} and {found[0].second} (sessions"
        f" of one language model), against each other on {some}these documents, not a human"
        " ceiling"
    ]


def by_type(score: Score, level: float, room: int = WIDE) -> Table:
    """One line an event type, then all together; `too few` stands beside the F1 it doubts."""
    columns = ["event type", "P", "R", "F1", "", f"{100 * level:.0f} %"]
    read = score.readers is not None
    columns += [*["readers"] * read, "matched", "predicted", "gold"]
    rows = [_type_row(score, name, read=read) for name in (*score.types, None)]
    names, rows = squeeze(columns, rows, room=room, spare=SPARE_OF_TYPES)
    table = grid(f"{score.metric} by event type", names, rows[:-1], merged=True)
    table.add_section()
    table.add_row(*rows[-1])
    if score.macro:
        macro = score.macro
        table.add_row("macro", *map(percent, (macro.precision, macro.recall, macro.f1)))
    return table


def _type_row(score: Score, name: str | None, *, read: bool) -> list[str]:
    """The row of a type; without a name that of all types together."""
    row = score.micro if name is None else score.types[name]
    few = "too few" if name is not None and row.too_few else ""
    cells = ["micro" if name is None else name, *type_cells(row, few)]
    cells[6:6] = [readers_f1(score.readers, name)] * read
    return cells


def type_cells(row: Row, note: str) -> list[str]:
    """Readings of a row with a note beside F1, then its sizes."""
    precision, recall, f1, bounds = readings(row)
    counts = row.counts
    sizes = [number(n) for n in (counts.matched_gold, counts.predicted, counts.gold)]
    return [precision, recall, f1, note, bounds, *sizes]


def report_notes(report: Report) -> list[str]:
    """What a reader must know beside the numbers."""
    notes = [
        f"accuracy of {score.metric} on matched triggers: {percent(score.accuracy)}"
        for score in report.scores
        if score.metric.split(":")[0] in ("date", "realis", "source")
    ]
    notes += [rough_note(names, units) for names, units in _drawn(report) if units[0] < FEW_UNITS]
    notes.append(_detectable_note(report))
    notes += readers_note([score.readers for score in report.scores], report.documents)
    if report.unanswered:
        names = ", ".join(report.unanswered)
        notes.append(f"{len(report.unanswered)} documents not answered, scored as empty: {names}")
    notes += [f"the extractor failed on {name}: {why}" for name, why in report.failed.items()]
    if report.ungrounded:
        notes.append(f"predicted events and arguments without offsets: {report.ungrounded}")
    noise = report.noise
    if noise and (noise.boilerplate or noise.event_free):
        notes.append(
            f"{noise.boilerplate} of {noise.events} predicted events in boilerplate,"
            f" {noise.event_free} on articles without events"
        )
    notes += map(story_note, report.stories)
    if len(report.stories) > 1:
        notes.append(stories_note(report.stories))
    if report.dropped:
        notes.append(f"left out as invalid: {', '.join(report.dropped)}")
    few = [name for s in report.scores[:1] for name, row in s.types.items() if row.too_few]
    if few:
        notes.append("too few: under 30 gold items, F1 says little")
    return notes


def story_note(story: Story) -> str:
    """What a run tells of a story's happenings, over its articles."""
    wrong = ", ".join(f"{number} in {value}" for value, number in story.contradicted.items())
    return (
        f"{story.everywhere} of {story.told} happenings of {story.story} found in every article"
        f" that tells them, {story.partly} in some, {story.nowhere} in none; articles contradict"
        f" each other: {wrong}; consistent: {percent(story.consistency)}"
    )


def stories_note(stories: Sequence[Story]) -> str:
    """The mean story and the worst, the first of equals."""
    worst = min(stories, key=lambda story: story.consistency or 0.0)
    average = percent(mean(story.consistency for story in stories))
    return f"consistent: mean story {average}, worst {percent(worst.consistency)} ({worst.story})"


def _drawn(report: Report) -> list[tuple[list[str], Units]]:
    """What is drawn, and the names of the scores for which it is, where it is not for all."""
    told = [score for score in report.scores if score.over == "story"]
    found: list[tuple[list[str], Units]] = []
    if len(told) < len(report.scores) or not told:
        found.append(([], (report.signature.units, report.signature.unit)))
    if told:
        names = [score.metric for score in told] if found else []
        found.append((names, (len(told[0].stories), "story")))
    return found


def rough_note(names: Sequence[str], units: Units) -> str:
    """That intervals, of some scores or of all, rest on few units.

    >>> rough_note(["coref-story-b3"], (1, "story"))
    'intervals of coref-story-b3 rest on 1 story and are rough'
    """
    of = f" of {', '.join(names)}" if names else ""
    return f"intervals{of} rest on {in_words(*units)} and are rough"


def _detectable_note(report: Report) -> str:
    units = " and ".join(in_words(*units) for _, units in _drawn(report))
    if not any(score.micro.detectable for score in report.scores):
        return f"detectable: {units} cannot show a difference of these F1s, however large"
    return (
        "detectable: the true difference in points that a test of this system and a rival on"
        f" these {units} would show with {100 * POWER:.0f} % power"
    )


def render_report(report: Report, *, per_type: Sequence[str], room: int = WIDE) -> RenderableType:
    """Summary, a table per type for each named measure, notes and signature; where a terminal is
    narrow, its last columns but the sizes are left out.
    """
    types = [score for score in report.scores if score.metric in per_type and score.types]
    tables = [by_type(score, report.signature.level, room) for score in types]
    tables.insert(0, summary(report, room))
    notes = [*report_notes(report), *_left_out(tables)]
    signature = Text(f"signature: {report.signature}", style="dim")
    return Group(*tables, *map(Text, notes), signature)


def _left_out(tables: Sequence[Table]) -> list[str]:
    shown = {column.header for table in tables for column in table.columns}
    wanted = [*SPARE, *(SPARE_OF_TYPES if len(tables) > 1 else ())]
    names = ", ".join(name for name in wanted if name not in shown)
    return [f"no room for {names}: a wider terminal or --json shows more"] if names else []


def printer(width: int | None = None) -> Console:
    """A console for results on stdout; never narrower than the tables in a pipe."""
    console = Console(soft_wrap=True, width=width, highlight=False)
    if width is None and not console.is_terminal:
        console = Console(soft_wrap=True, width=WIDE, highlight=False)
    return console
