"""Altair charts as SVG that can stand in a page: the same bytes every time, no style attributes."""

from __future__ import annotations

import re
from typing import Any

from bench.extractors import require
from bench.pages.page import EXTRA

_INK = "currentColor"
CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        **{f"{part}Color": _INK for part in ("label", "title", "domain", "tick", "grid")},
        "gridOpacity": 0.25,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": _INK, "titleColor": _INK, "labelFontSize": 12},
    "text": {"color": _INK},
}
"""Colours of text and lines are those of the page around, light or dark."""


def as_svg(chart: Any, title: str) -> Any:
    """The chart as inline SVG with a title for those who do not see it; escaped already."""
    convert = require("vl_convert", extra=EXTRA)
    escape = require("markupsafe", extra=EXTRA)
    spec = chart.to_dict()
    spec["config"] = {**spec.get("config", {}), **CONFIG}
    svg = re.sub(r' style="[^"]*"', "", convert.vegalite_to_svg(spec))
    head = f'<svg role="img" aria-label="{escape.escape(title)}" class="plot"'
    svg = svg.replace(' class="marks"', "", 1).replace("<svg", head, 1)
    return escape.Markup(svg)  # vega escapes what it draws: a test holds it to that
