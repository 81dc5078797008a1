"""Pages stand alone, allow their own style and script and nothing else, and escape everything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pages import as_svg, environment, page
from bench.pages.page import script_json

HOSTILE = "</script><script>alert(1)</script><!-- ]]> ' \" & \u2028"


class Reader(HTMLParser):
    """Tags with their attributes, and what style and script hold."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.held: dict[str, list[str]] = {"style": [], "script": []}
        self.inside = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag

    def handle_data(self, data):
        if self.inside in self.held and data.strip():
            self.held[self.inside].append(data)

    def handle_endtag(self, tag):
        self.inside = ""


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def small(body: str, **context: object) -> str:
    template = environment().from_string(
        '{% extends "shell.html" %}{% block main %}' + body + "{% endblock %}"
    )
    return page(template, style="b { color: red; }", script="void 0;", **context)


def test_the_policy_names_the_very_style_and_script_of_the_page():
    reader = read(small("<b>x</b>"))
    policy = next(a["content"] for t, a in reader.tags if a.get("http-equiv"))
    for kind in ("style", "script"):
        (text,) = reader.held[kind]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_values_are_escaped_and_an_unknown_one_is_an_error():
    reader = read(small('<b title="{{ x }}">{{ x }}</b>', x=HOSTILE))
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert ("b", {"title": HOSTILE}) in reader.tags
    with pytest.raises(Exception, match="'y' is undefined"):
        small("{{ y }}")


@given(st.recursive(st.text() | st.none() | st.integers(), st.lists))
def test_data_in_a_script_comes_back_and_holds_nothing_of_html(value):
    text = script_json(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)


def test_hostile_data_in_a_script_opens_nothing():
    html = small('<script type="application/json">{{ x | script_json }}</script>', x=[HOSTILE])
    reader = read(html)
    assert [tag for tag, _ in reader.tags].count("script") == 2
    assert json.loads(reader.held["script"][0]) == [HOSTILE]


def chart(name: str) -> altair.Chart:
    data = altair.Data(values=[{"name": name, "f1": 60}])
    return altair.Chart(data).mark_point().encode(x="f1:Q", y="name:N")


def test_a_plot_is_the_same_every_time_has_no_styles_and_escapes_its_names():
    svg = str(as_svg(chart(HOSTILE), HOSTILE))
    assert svg == str(as_svg(chart(HOSTILE), HOSTILE))
    root = ET.fromstring(svg)
    assert root.attrib["aria-label"] == HOSTILE
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "path", "line", "text", "rect"}
    assert not [e for e in root.iter() for a in e.attrib if a == "style" or a.startswith("on")]
