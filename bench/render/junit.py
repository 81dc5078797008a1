"""A `Verdict` as JUnit XML: one suite a measure, one case for all its types and one for each.

JUnit knows no third word: what cannot be told is skipped, with the reason as its message, since it
is neither a success nor a failure and a suite of skipped cases does not turn a build red.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from bench.render.comparison import points_interval, probability
from bench.render.table import percent, points
from bench.verdict import Line, Verdict

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WHOLE = "all types"


def legal(text: str) -> str:
    """Text without what XML 1.0 cannot hold, not even escaped.

    >>> legal("bell" + chr(7))
    'bell�'
    """
    return _FORBIDDEN.sub("�", text)


def junit(verdict: Verdict) -> str:
    """The verdict as an XML document of the kind that Jenkins and GitLab read."""
    root = ET.Element("testsuites", {"name": "dateline check", **_sizes(list(verdict.lines))})
    for whole in verdict.wholes():
        lines = [whole, *verdict.types_of(whole.metric)]
        suite = ET.SubElement(root, "testsuite", {"name": legal(whole.metric), **_sizes(lines)})
        properties = ET.SubElement(suite, "properties")
        for name, value in _properties(verdict).items():
            ET.SubElement(properties, "property", {"name": name, "value": legal(value)})
        for line in lines:
            _case(suite, line)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _sizes(lines: list[Line]) -> dict[str, str]:
    words = [line.word for line in lines]
    return {
        "tests": str(len(lines)),
        "failures": str(words.count("regressed")),
        "errors": "0",
        "skipped": str(words.count("cannot tell")),
        "time": "0",
    }


def _properties(verdict: Verdict) -> dict[str, str]:
    return {
        "verdict": verdict.word,
        "run": verdict.run,
        "baseline": verdict.baseline,
        "signature": str(verdict.signature),
    }


def _case(suite: ET.Element, line: Line) -> None:
    name = WHOLE if line.type is None else line.type
    case = ET.SubElement(
        suite,
        "testcase",
        {"classname": legal(f"dateline.{line.metric}"), "name": legal(name), "time": "0"},
    )
    if line.word == "regressed":
        kind = {"message": legal(line.reason), "type": "regressed"}
        ET.SubElement(case, "failure", kind).text = legal(numbers(line))
    elif line.word == "cannot tell":
        ET.SubElement(case, "skipped", {"message": legal(f"cannot tell: {line.reason}")})


def numbers(line: Line) -> str:
    """The numbers of a line in words."""
    return (
        f"{line.name}: F1 {percent(line.baseline)} → {percent(line.run)},"
        f" {points(line.difference)} points ({points_interval(line.interval)}),"
        f" p {probability(line.adjusted)}, detectable {percent(line.detectable)}"
    )
