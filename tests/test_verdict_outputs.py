"""A verdict as JUnit, Markdown, GitHub's commands and a table, read by their readers."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from junitparser import Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt

from bench.render.github import github
from bench.render.junit import junit
from bench.render.markdown import markdown
from bench.render.table import printer
from bench.render.verdict import render_verdict
from bench.verdict import Line, Loss, Verdict, VerdictSignature

HOSTILE = "a|b`<b>&\"'\n::error::x\x07\ufffe[c](d) 100% ,: _e_ *f*"


def line(word: str, kind: str | None, metric: str = "trigger", **more) -> Line:
    fields = {
        "metric": metric, "type": kind, "gold": 10, "baseline": 0.5, "run": 0.4, "difference": -0.1,
        "interval": (-0.2, -0.05), "p": 0.001, "adjusted": 0.01, "detectable": 0.07,
        "word": word, "reason": "because", **more,
    }  # fmt: skip
    return Line(**fields)


def verdict_of(*lines: Line, name: str = "run") -> Verdict:
    signature = VerdictSignature(
        version="0", gold="1:a", splits=("dev",), unit="document", units=9, samples=1, seed=0,
        alpha=0.05, margin=0.02, tests=(1, 2),
    )  # fmt: skip
    words = [one.word for one in lines]
    word = next((w for w in ("regressed", "cannot tell") if w in words), "fine")
    return Verdict(
        word=word,
        run=name,
        baseline="b",
        signature=signature,
        documents=9,
        notes=(name,),
        lines=lines,
    )


WORST = (Loss(name=HOSTILE, baseline=9, run=5, gold=12),)
NASTY = verdict_of(
    line("regressed", None, worst=WORST),
    line("regressed", HOSTILE),
    line("cannot tell", "AID", reason=HOSTILE),
    line("fine", "REJECT"),
    name=HOSTILE,
)


def test_junit_is_what_its_readers_read():
    found = JUnitXml.fromstring(junit(NASTY).encode("utf-8"))
    (suite,) = found
    assert (found.tests, found.failures, found.skipped, found.errors) == (4, 2, 1, 0)
    assert (suite.name, suite.tests, suite.failures, suite.skipped) == ("trigger", 4, 2, 1)
    cases = {case.name: case for case in suite}
    assert len(cases) == 4
    assert {case.classname for case in suite} == {"dateline.trigger"}
    hostile = HOSTILE.replace("\x07", "�").replace("\ufffe", "�")
    (failure,) = cases[hostile].result
    assert isinstance(failure, Failure)
    assert (failure.message, failure.type) == ("because", "regressed")
    assert "F1 50.0 → 40.0, −10.0 points (−20.0…−5.0), p 0.010, detectable 7.0" in failure.text
    (skipped,) = cases["AID"].result
    assert isinstance(skipped, Skipped)
    assert skipped.message.startswith("cannot tell: a|b`<b>&")
    assert cases["REJECT"].result == []
    assert cases["REJECT"].is_passed
    assert {one.name: one.value for one in suite.properties()}["verdict"] == "regressed"


def cells_of(page: str) -> list[list[str]]:
    """Rows of the tables of a Markdown page, as GitHub's dialect has them."""
    rows: list[list[str]] = []
    inside = False
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(page):
        inside = token.type == "tr_open" or (inside and token.type != "tr_close")
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and inside:
            rows[-1].append("".join(part.content for part in token.children))
    return rows


def test_markdown_shows_hostile_names_as_they_are():
    page = markdown(NASTY, report_url="https://ex.org/a b/report.html?x=(1)")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page)
    flat = "".join(sign if sign.isprintable() else " " for sign in HOSTILE)
    rows = cells_of(page)
    assert [len(row) for row in rows] == [8, 8, 8, 8]
    assert [row[0] for row in rows] == ["", "trigger", "", f"trigger {flat}"]
    assert rows[1][1:] == ["50.0", "40.0", "−10.0", "−20.0…−5.0", "0.010", "7.0", "regressed"]
    parts = [part for token in tokens for part in token.children or ()]
    assert {p.content for p in parts if p.type == "html_inline"} == {"<sub>", "</sub>"}
    assert not [p for p in parts if p.type in ("code_inline", "em_open", "strong_open")]
    (link,) = [p for p in parts if p.type == "link_open"]
    address, _, anchor = link.attrs["href"].partition("#")
    assert address == "https://ex.org/a%20b/report.html?x=%281%29"
    assert unquote(anchor) == HOSTILE


def test_the_worst_documents_are_linked_only_where_there_is_a_report():
    assert "](" not in markdown(NASTY)
    assert "9 → 5 of 12" in markdown(NASTY)


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as GitHub documents them: ::name key=value,key=value::message."""
    found = []
    for row in text.splitlines():
        name, properties, message = re.fullmatch(r"::([a-z]+) ([^:]*)::(.*)", row).groups()
        pairs = dict(pair.split("=", 1) for pair in properties.split(","))
        escapes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
        for code, sign in escapes.items():
            pairs = {key: value.replace(code, sign) for key, value in pairs.items()}
        for code in ("%0D", "%0A", "%25"):
            message = message.replace(code, escapes[code])
        found.append((name, pairs, message))
    return found


def test_annotations_are_commands_that_github_reads():
    found = commands(github(NASTY))
    assert [(name, pairs["title"]) for name, pairs, _ in found] == [
        ("error", "trigger regressed"),
        ("error", f"trigger {HOSTILE} regressed"),
    ]
    assert found[1][2].startswith(f"because. trigger {HOSTILE}: F1 50.0 → 40.0")


def test_what_cannot_be_told_is_a_warning_and_what_is_fine_a_notice():
    ((name, _, message),) = commands(
        github(verdict_of(line("cannot tell", None), line("fine", None, "date")))
    )
    assert (name, message) == (
        "warning",
        "cannot tell: run against b on dev, 9 documents; not told: trigger",
    )
    ((name, _, message),) = commands(github(verdict_of(line("fine", None))))
    assert (name, message) == ("notice", "fine: run against b on dev, 9 documents")


def test_no_more_annotations_than_github_shows():
    found = commands(github(verdict_of(*(line("regressed", f"T{n}") for n in range(40)))))
    assert len(found) == 10
    assert found[-1][2] == "31 more regressed"


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_its_terminal_and_keeps_hostile_names_on_their_line(width, capsys):
    shown = verdict_of(
        line("regressed", None, "argument-attached-id", worst=WORST[:0]),
        line("regressed", "COOPERATE"),
    )
    printer(width).print(render_verdict(shown, room=width))
    rows = [row for row in capsys.readouterr().out.splitlines() if "−10.0" in row]
    assert len(rows) == 2
    assert all(len(row) <= width for row in rows)
    printer(200).print(render_verdict(NASTY, room=200))
    out = capsys.readouterr().out
    assert "\x07" not in out
    assert not [row for row in out.splitlines() if row.startswith("::")]
