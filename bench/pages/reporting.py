"""The HTML report of a run: scores, types, causes, confusion, articles, in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.comparison import Comparison
from bench.diagnosis import Diagnosis, Page
from bench.pages import charts
from bench.pages.articles import Codes, article
from bench.pages.page import asset, environment, page
from bench.pages.plots import as_svg
from bench.render.comparison import probability
from bench.render.table import interval, number, percent, points
from bench.report import Report, Score

OURS = "bench.pages"


def report_page(
    report: Report,
    diagnosis: Diagnosis,
    pages: Sequence[Page],
    comparison: Comparison | None = None,
) -> str:
    """One self-contained page. Raises DatelineError where the extra `site` is not installed."""
    typed = next((score for score in report.scores if score.types), None)
    types = _types(report, pages)
    causes = [row for layer in diagnosis.layers for row in layer.causes]
    codes = Codes(types, [row.cause for row in causes])
    made = environment()
    made.globals.update(
        percent=percent, interval=interval, points=points, number=number, p_value=probability
    )
    return page(
        made.get_template("report.html"),
        style=asset(OURS, "report.css"),
        script=asset(OURS, "report.js"),
        report=report,
        typed=typed,
        diagnosis=diagnosis,
        comparison=comparison,
        plots=_plots(report, typed, diagnosis),
        types=types,
        codes=codes,
        articles=[article(one, codes) for one in pages],
    )


def _types(report: Report, pages: Sequence[Page]) -> list[str]:
    """Event types in the ontology's order, then those that only the run knows."""
    named = (name for score in report.scores for name in score.types)
    marked = (e.type for one in pages for e in (*one.gold.events, *one.predicted.events))
    return list(dict.fromkeys([*named, *sorted(set(marked))]))


def _plots(report: Report, typed: Score | None, diagnosis: Diagnosis) -> Mapping[str, object]:
    found = {"scores": as_svg(charts.scores(report), "F1 of every measure with its interval")}
    if typed is not None:
        what = f"Precision against recall of {typed.metric} by event type, with intervals"
        found["types"] = as_svg(charts.types(report, typed), what)
    if diagnosis.confusion.types:
        what = "Gold types against predicted types where the spans are equal"
        found["confusion"] = as_svg(charts.confusion(diagnosis.confusion), what)
    if any(layer.causes for layer in diagnosis.layers):
        what = "What mending each cause alone would return"
        found["causes"] = as_svg(charts.causes(diagnosis.layers), what)
    return found
