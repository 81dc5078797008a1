"""The power curves: docs/gate.svg."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.extractors import require

_INK = "#24292f"
_CHECK = [("#0072b2", [1, 0], "circle"), ("#56b4e9", [1, 0], "square")]
_PLAIN = [
    ("#d55e00", [5, 3], "triangle-up"),
    ("#e69f00", [5, 3], "diamond"),
    ("#6e7781", [2, 2], "cross"),
]
"""Colour, dashes and shape of each gate, told apart by every eye."""
Curves = Mapping[str, Sequence[tuple[int, float]]]
"""By name: true drops in points, and the share of trials that was called regressed."""


def figure(curves: Curves, *, alpha: float) -> str:
    """The curves as SVG on a ground of its own, so that it reads on light pages and dark ones."""
    alt = require("altair", extra="site")
    convert = require("vl_convert", extra="site")
    colours, dashes, shapes = zip(*_looks(curves), strict=True)
    base = alt.Chart(alt.Data(values=_values(curves))).encode(
        x=alt.X("drop:Q", title="true drop of F1, points", axis=_axis([0, 1, 2, 3, 5, 10])),
        y=alt.Y("share:Q", title="called worse, % of trials", axis=_axis([0, 5, 25, 50, 75, 100])),
        color=_by(alt.Color, list(curves), colours),
        strokeDash=_by(alt.StrokeDash, list(curves), dashes),
        shape=_by(alt.Shape, list(curves), shapes),
    )
    limit = alt.Chart(alt.Data(values=[{"share": 100 * alpha}]))
    line = limit.mark_rule(color=_INK, strokeDash=[2, 2]).encode(y="share:Q")
    points = base.mark_point(size=60, filled=True, opacity=1, strokeWidth=0)
    chart = alt.layer(line, base.mark_line(strokeWidth=2), points)
    spec = chart.properties(width=460, height=300, padding=16).configure(**_LOOKS).to_dict()
    return _labelled(convert.vegalite_to_svg(spec)) + "\n"


_TEXT = {"labelColor": _INK, "titleColor": _INK, "labelFontSize": 13, "titleFontSize": 13}
_LOOKS: dict[str, Any] = {
    "background": "#ffffff",
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {**_TEXT, "titleFontWeight": "normal", "gridColor": "#d8dee4", "domainColor": _INK},
    "legend": {**_TEXT, "labelLimit": 260, "symbolSize": 120, "symbolStrokeWidth": 2},
}


def _values(curves: Curves) -> list[dict[str, Any]]:
    return [
        {"gate": name, "drop": drop, "share": 100 * share}
        for name, points in curves.items()
        for drop, share in points
    ]


def _axis(values: list[int]) -> dict[str, Any]:
    return {"values": values, "format": "d"}


def _looks(curves: Curves) -> Iterator[tuple[str, list[int], str]]:
    """Whole lines for the gate, dashes for plain thresholds."""
    check, plain = iter(_CHECK), iter(_PLAIN)
    return (next(check if name.startswith("check") else plain) for name in curves)


def _by(channel: Any, names: list[str], looks: Sequence[Any]) -> Any:
    """The look of each gate, in one legend of all channels."""
    scale = {"domain": names, "range": list(looks)}
    return channel("gate:N", title=None, scale=scale, sort=None)


def _labelled(svg: str) -> str:
    """With a title for those who do not see it."""
    title = "Share of trials called worse against the true drop, for the gate and plain thresholds"
    return re.sub(r"<svg ", f'<svg role="img" aria-label="{title}" ', svg, count=1)
