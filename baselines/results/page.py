"""baselines/RESULTS.md from what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from baselines.results.measure import BOUNDS, METRICS, TESTED, Result, Results, consistency
from bench.render.table import DASH, interval, percent
from bench.report import Report, in_words
from bench.statistics import ALPHA, smallest_p

HEAD = """\
# Results of the baselines

Written by `make baselines`, which trains every baseline afresh that can be trained, runs it and
scores it. F1 in percent with its 95 % interval; *consistency* is the share of happenings told by
several articles of a story that were found in all of these and are not contradicted, its interval
drawn over stories. What each baseline is and what it was trained on stands on its card, beside its
code. `null` and `oracle-triggers` are bounds: the latter reads the triggers of the gold.
"""
BETTER = """\
## Which differences are shown

Paired permutation tests of all pairs but the bounds, Holm's correction over the pairs of a split
and a measure, 5 %. A cell names the baselines that the one at its left is shown to be better than.
Means of several scores (`coref-conll`, `coref-story-conll`) are not tested.
"""
SPEED = """\
## Speed

Documents per second, one after another, on the machine that wrote this page; loading and training
left out. No other number here comes from a clock.
"""


def page(results: Results) -> str:
    """The page as Markdown."""
    parts = [HEAD, *(_split(results, name) for name in results.splits)]
    parts += [f"## {name}\n\nNot run: {why}.\n" for name, why in results.unread.items()]
    parts += [BETTER, *(_better(results, name) for name in results.splits)]
    parts.append(SPEED + "\n" + _speeds(results.found))
    parts += [notes] if (notes := "".join(_notes(results.found))) else []
    return "\n".join(parts)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> str:
    """A Markdown table; all but the first columns to the right.

    >>> print(table(["a", "b"], [["x", "1"]]), end="")
    | a | b |
    | --- | ---: |
    | x | 1 |
    """
    rules = ["---"] * left + ["---:"] * (len(columns) - left)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (columns, rules, *rows))


def _split(results: Results, split: str) -> str:
    documents = len(results.splits[split].documents)
    rows = [[f"`{one.name}`", *_cells(one, split)] for one in results.found]
    head = table(["", *METRICS, "consistency"], rows)
    reports = [one.reports[split] for one in results.found if split in one.reports]
    signature = f"\nSignature: `{reports[0].signature}`\n" if reports else ""
    return f"## {split}\n\n{in_words(documents, 'document')}.\n\n{head}{signature}"


def _cells(result: Result, split: str) -> list[str]:
    if split not in result.reports:
        return ["not run", *[DASH] * len(METRICS)]
    report = result.reports[split]
    rows = [report.score(name).micro for name in METRICS]
    return [*(cell(row.f1, row.interval) for row in rows), cell(*consistency(report))]


def cell(value: float | None, bounds: tuple[float, float] | None) -> str:
    """A score with its interval.

    >>> cell(0.5, (0.25, 1.0)), cell(None, None)
    ('50.0 (25.0–100)', '—')
    """
    return percent(value) + (f" ({interval(bounds)})" if bounds and value is not None else "")


def _better(results: Results, split: str) -> str:
    tested = [one for one in results.found if split in one.reports and one.name not in BOUNDS]
    rows = [[f"`{one.name}`", *_losers(results, split, one.name)] for one in tested]
    said = f"### {split}\n\n"
    if tested and (least := _least(tested[0].reports[split])):
        return f"{said}{least}\n"
    return said + table(["better than:", *TESTED], rows, left=1 + len(TESTED))


def _least(report: Report) -> str:
    """Why no difference can be shown, where there are too few documents."""
    units, unit = report.signature.units, report.signature.unit
    least = smallest_p(units)
    return (
        ""
        if least <= ALPHA
        else f"{in_words(units, unit)} cannot show any: p is {least:.2g} or more."
    )


def _losers(results: Results, split: str, name: str) -> list[str]:
    found = (results.better.get((split, metric, name), ()) for metric in TESTED)
    return [", ".join(f"`{loser}`" for loser in losers) or DASH for losers in found]


def _speeds(found: Sequence[Result]) -> str:
    rows = [[f"`{one.name}`", speed(one.speed)] for one in found]
    return table(["", "documents per second"], rows)


def speed(value: float | None) -> str:
    """Two digits that mean something.

    >>> speed(1234.5), speed(5.678), speed(0.1234), speed(None)
    ('1,200', '5.7', '0.12', '—')
    """
    if value is None:
        return DASH
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:g}"


def _notes(found: Sequence[Result]) -> Iterator[str]:
    if any(one.why_not or one.failed for one in found):
        yield "## Not run, not answered\n\n"
    for one in found:
        if one.why_not:
            yield f"- `{one.name}` was not run: {one.why_not}\n"
        for doc_id, why in one.failed.items():
            yield f"- `{one.name}` failed on {doc_id}, which counts as empty: {why}\n"
