"""The plots of a report page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.diagnosis import Confusion, Layer
from bench.extractors import require
from bench.pages.intervals import Both, of_types
from bench.pages.page import EXTRA
from bench.report import Report, Score

BLUE, ORANGE = "#3f7fc4", "#c9711a"  # told apart on light and dark, and by the colour-blind
PERCENT = [0, 100]


def _altair() -> Any:
    return require("altair", extra=EXTRA)


def scores(report: Report) -> Any:
    """F1 of each measure with its interval, and what the gold's two readers score."""
    alt = _altair()
    rows = [_score(score) for score in report.scores if score.micro.f1 is not None]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("metric:N", sort=None, title=None, axis=alt.Axis(labelLimit=200))
    )
    scale = alt.Scale(domain=PERCENT)
    x = alt.X("low:Q", title="F1, %", scale=scale)
    layers = [
        base.mark_rule(strokeWidth=4, color=BLUE, opacity=0.6).encode(x=x, x2="high:Q"),
        base.mark_point(filled=True, size=70, color=BLUE, opacity=1).encode(x="f1:Q"),
    ]
    if any(row["readers"] is not None for row in rows):
        tick = base.transform_filter("isValid(datum.readers)").mark_tick(
            color=ORANGE, thickness=3, size=16
        )
        layers.append(tick.encode(x="readers:Q"))
    return alt.layer(*layers).properties(width=520, height=alt.Step(22))


def _score(score: Score) -> dict[str, Any]:
    f1 = score.micro.f1
    low, high = score.micro.interval or (f1, f1)
    readers = score.readers.f1 if score.readers else None
    shares = {"f1": f1, "low": low, "high": high, "readers": readers}
    return {"metric": score.metric, **_points(shares)}


def _points(shares: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: None if share is None else 100 * share for name, share in shares.items()}


def types(report: Report, score: Score) -> Any:
    """Precision against recall by event type, with bars for the interval of each."""
    alt = _altair()
    intervals = of_types(report, score)
    rows = [
        _type(name, row.precision, row.recall, intervals[name], few=row.too_few)
        for name, row in score.types.items()
        if row.precision is not None and row.recall is not None and name in intervals
    ]
    base = alt.Chart(alt.Data(values=rows))
    x = alt.X("recall:Q", title="recall, %", scale=alt.Scale(domain=PERCENT))
    y = alt.Y("precision:Q", title="precision, %", scale=alt.Scale(domain=PERCENT))
    thin = {"color": BLUE, "opacity": 0.35, "strokeWidth": 1.5}
    return alt.layer(
        base.mark_rule(**thin).encode(x=alt.X("r_low:Q"), x2="r_high:Q", y=y),
        base.mark_rule(**thin).encode(y=alt.Y("p_low:Q"), y2="p_high:Q", x=x),
        base.mark_point(size=60, color=BLUE, opacity=1).encode(
            x=x, y=y, fill=alt.condition("datum.few", alt.value("transparent"), alt.value(BLUE))
        ),
        base.mark_text(align="left", dx=7, dy=-7, fontSize=11).encode(x=x, y=y, text="type:N"),
    ).properties(width=560, height=460)


def _type(name: str, precision: float, recall: float, both: Both, *, few: bool) -> dict[str, Any]:
    p_low, p_high = both.precision or (precision, precision)
    r_low, r_high = both.recall or (recall, recall)
    shares = {
        "precision": precision, "recall": recall,
        "p_low": p_low, "p_high": p_high, "r_low": r_low, "r_high": r_high,
    }  # fmt: skip
    return {"type": name, "few": few, **_points(shares)}


MISSED, SPURIOUS = "missed", "spurious"


def confusion(found: Confusion) -> Any:
    """Gold types (rows) against predicted types (columns) on equal spans, with what has no partner;
    tinted by the share of the row.
    """
    alt = _altair()
    rows = list(_cells(found))
    names = list(found.types)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("predicted:N", sort=[*names, MISSED], title="predicted", axis=_AXIS_X),
        y=alt.Y("gold:N", sort=[*names, SPURIOUS], title="gold"),
    )
    tint = alt.Color("share:Q", scale=alt.Scale(scheme="blues", domain=[0, 1]), legend=None)
    light = alt.condition("datum.share > 0.5", alt.value("#ffffff"), alt.value("#111111"))
    return alt.layer(
        base.mark_rect(stroke="#8886", strokeWidth=0.5).encode(color=tint),
        base.mark_text(fontSize=11).encode(text="n:Q", color=light),
    ).properties(width=alt.Step(32), height=alt.Step(22))


_AXIS_X = {"orient": "top", "labelAngle": -60, "labelLimit": 120}


def _cells(found: Confusion) -> list[dict[str, Any]]:
    rows = {
        gold: {**found.cells.get(gold, {}), MISSED: found.missed.get(gold, 0)}
        for gold in found.types
    }
    rows[SPURIOUS] = dict(found.spurious)
    return [
        {"gold": gold, "predicted": predicted, "n": n, "share": n / sum(row.values())}
        for gold, row in rows.items()
        for predicted, n in row.items()
        if n
    ]


def causes(layers: Sequence[Layer]) -> Any:
    """What mending each cause alone would return, in points of F1, layer by layer."""
    alt = _altair()
    rows = [
        {"layer": f"{layer.layer} ({layer.measure})", "cause": row.cause.partition("/")[2],
         "worth": 100 * row.worth}
        for layer in layers
        for row in layer.causes
    ]  # fmt: skip
    order = list(dict.fromkeys(row["layer"] for row in rows))
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X("worth:Q", title="points of F1 that mending it alone would return"),
            y=alt.Y("cause:N", sort="-x", title=None, axis=alt.Axis(labelLimit=160)),
        )
        .properties(width=460, height=alt.Step(18))
    )
    header = alt.Header(
        labelFontSize=13,
        labelColor="currentColor",
        labelAngle=0,
        labelAnchor="start",
        labelOrient="top",
    )
    row = alt.Row("layer:N", sort=order, title=None, header=header)
    return bars.facet(row=row).resolve_scale(y="independent")
