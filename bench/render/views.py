"""Terminal tables of things that are no report: agreement, statistics, aligned events, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bench.agreement import Agreement, Readings
from bench.align import Aligned
from bench.conformance import Outcome
from bench.formats.reading import amount
from bench.goldstats import GoldStatistics
from bench.render.table import DASH, grid, percent
from bench.report import TOO_FEW
from bench.schema import Event

COLOURS = {"matched": "green", "missed": "red", "spurious": "magenta"}


def kappa(value: float | None) -> str:
    """A kappa with two decimals, a dash where there is none."""
    return DASH if value is None else f"{value:.2f}"


def agreement_row(row: Agreement) -> list[str]:
    """The readings of one line of agreement."""
    return [
        row.name,
        str(row.events[0]),
        str(row.events[1]),
        percent(row.trigger),
        percent(row.argument),
        percent(row.date),
        kappa(row.realis),
        percent(row.coreference),
    ]


def agreement_table(title: str, readings: Readings, rows: Iterable[Agreement]) -> Table:
    """Agreement of two readers, a line an article or a type."""
    columns = [
        "",
        readings.first,
        readings.second,
        "trigger F1",
        "argument F1",
        "date acc.",
        "realis κ",
        "CoNLL F1",
    ]
    return grid(title, columns, map(agreement_row, rows))


def render_agreement(first: Readings, others: Sequence[Readings]) -> RenderableType:
    """The first passes by article, split and type, then each pass against what was settled."""
    parts: list[RenderableType] = [
        agreement_table(_title("by article", first), first, [*first.articles, first.total]),
        agreement_table(_title("by split", first), first, [*first.splits, first.total]),
        agreement_table(_title("by event type", first), first, first.types),
    ]
    for readings in others:
        rows = [*readings.splits, readings.total]
        parts.append(agreement_table(_title("by split", readings), readings, rows))
    return Group(*parts)


def _title(rows: str, readings: Readings) -> str:
    articles = amount(readings.documents, "article")
    return f"{readings.first} against {readings.second} {rows}, {articles}"


def describe(event: Event | None) -> Text:
    """An event in a few lines: type, trigger, realis, date, arguments."""
    if event is None:
        return Text(DASH, style="dim")
    trigger = (event.trigger and event.trigger.text) or "(no trigger)"
    head = f"{event.type} {trigger}"
    about = ", ".join(value for value in (event.realis, event.date) if value)
    text = Text(head, style="bold")
    if about:
        text.append(f"  {about}", style="not bold dim")
    for argument in event.arguments:
        words = argument.text or DASH
        actor = f" = {argument.actor}" if argument.actor and argument.actor != words else ""
        text.append(f"\n  {argument.role}: {words}{actor}", style="not bold")
    return text


def render_alignment(doc_id: str, rows: Sequence[Aligned]) -> RenderableType:
    """Gold beside predicted events, a line each, with the verdict between them."""
    table = grid(f"{doc_id}: gold and predicted events", ["at", "gold", "verdict", "predicted"], [])
    for column, width in zip(table.columns, (6, 40, 11, 40), strict=True):
        column.no_wrap, column.justify, column.width = False, "left", width
    for row in rows:
        at = str(row.position[0]) if row.position[0] < 1 << 60 else DASH
        verdict = Text(row.verdict, style=COLOURS.get(row.verdict, "yellow"))
        table.add_row(at, describe(row.gold), verdict, describe(row.predicted))
    return Group(table, Text(count_verdicts(rows)))


def count_verdicts(rows: Sequence[Aligned]) -> str:
    """How many of each, in words."""
    matched = sum(row.verdict == "matched" for row in rows)
    missed = sum(row.gold is not None for row in rows) - matched
    spurious = sum(row.predicted is not None for row in rows) - matched
    near = sum(row.gold is not None and row.predicted is not None for row in rows) - matched
    return (
        f"{matched} matched, {missed} missed, {spurious} spurious;"
        f" {near} of the missed stand beside a spurious one that touches them"
    )


def names_table(title: str, entries: Mapping[str, str]) -> Table:
    """Names with what they mean."""
    table = grid(title, ["name", "what it is"], entries.items())
    table.columns[1].justify = "left"
    table.columns[1].no_wrap = False
    return table


def render_statistics(gold: GoldStatistics) -> RenderableType:
    """What the gold holds: sizes by split, mentions by type, split and realis, tags by split."""
    sizes = ["documents", "words", "events", "arguments", "dated", "times", "clusters"]
    by_split = grid(
        f"Gold {gold.release}",
        ["split", *sizes],
        [
            [name, *(DASH if (n := getattr(row, size)) is None else str(n) for size in sizes)]
            for name, row in gold.splits.items()
        ],
    )
    everything = {name: {**gold.types[name], **row} for name, row in gold.realis.items()}
    parts: list[RenderableType] = [by_split, _sums("Event mentions", "event type", everything)]
    for split in gold.splits:
        cells = {name: row[split] for name, row in gold.mentions.items()}
        parts.append(_sums(f"Event mentions in {split}", "event type", cells, total=True))
    tags = {tag: row for tag, row in gold.tags.items() if any(row.values())}
    parts.append(_counts("Documents by tag", "tag", tags, total=True))
    return Group(*parts, *map(Text, few_notes(gold)))


def _counts(title: str, first: str, rows: Mapping[str, Mapping[str, int]], *, total: bool) -> Table:
    """A table of counts, with a column of their sums where these make sense."""
    names = list(next(iter(rows.values()), {}))
    table = grid(title, [first, *names, *(["all"] * total)], [])
    for name, row in rows.items():
        table.add_row(name, *map(str, row.values()), *([str(sum(row.values()))] * total))
    return table


def _sums(
    title: str, first: str, rows: Mapping[str, Mapping[str, int]], *, total: bool = False
) -> Table:
    """A table of counts with their sums below."""
    table = _counts(title, first, rows, total=total)
    columns = [*zip(*(row.values() for row in rows.values()), strict=True)]
    sums = [sum(column) for column in columns]
    table.add_section()
    table.add_row("all", *map(str, sums), *([str(sum(sums))] * total))
    return table


def few_notes(gold: GoldStatistics) -> list[str]:
    """Types that are too rare for an F1 to say much, in all and in each split."""
    scopes = [("all", "the whole gold"), *((split, split) for split in gold.splits)]
    return [
        f"fewer than {TOO_FEW} mentions in {words}: {', '.join(gold.few[scope])}"
        for scope, words in scopes
        if gold.few[scope]
    ]


SIGNS = {"kept": "✓", "broken": "✗", "not applicable": DASH}


def render_conformance(found: Mapping[str, Sequence[Outcome]]) -> RenderableType:
    """A line a promise, a column a scorer; below, why each broken promise counts as broken."""
    rows = [
        [outcomes[0].promise, *(SIGNS[outcome.verdict] for outcome in outcomes)]
        for outcomes in zip(*found.values(), strict=True)
    ]
    table = grid("Promises kept", ["promise", *found], rows)
    table.columns[0].no_wrap = False
    reasons = [
        Text(f"{name}, {outcome.name}: {outcome.why}")
        for name, outcomes in found.items()
        for outcome in outcomes
        if outcome.verdict == "broken"
    ]
    kept = [
        f"{name} {sum(o.verdict == 'kept' for o in outcomes)} of {len(outcomes)}"
        for name, outcomes in found.items()
    ]
    return Group(table, Text(f"kept: {', '.join(kept)}"), *reasons)
