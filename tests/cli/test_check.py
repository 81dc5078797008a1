"""`dateline check` and `dateline baseline`, end to end: words, exit codes, every output."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from junitparser import Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt

from bench import gold
from bench.evaluate import evaluate
from bench.formats import jsonl
from bench.metrics import parse
from bench.render.github import github
from bench.render.junit import junit
from bench.render.markdown import markdown
from bench.render.table import printer
from bench.render.verdict import render_verdict
from bench.results import read_report
from bench.schema import Annotation
from bench.stored import store
from bench.verdict import Line, Loss, Verdict, VerdictSignature

ROOT = Path(__file__).parents[2]
LESS = ("--samples", "2000")
HOSTILE = "a|b`<b>&\"'\n::error::x\x07\ufffe[c](d) 100% ,: _e_ *f*"


def thinned(share: float, seed: int, split: str = "dev") -> str:
    """The gold as a run, with a share of the events left out."""
    rng = random.Random(seed)
    kept = [
        a.model_copy(update={"events": tuple(e for e in a.events if rng.random() > share)})
        for a in gold.load(split).annotations.values()
    ]
    return "".join(jsonl.write(kept))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two runs, one that finds nine tenths of the events and one that finds half, with reports."""
    path = tmp_path_factory.mktemp("runs")
    chosen = gold.load("dev")
    for name, share, seed in (("run", 0.1, 1), ("worse", 0.5, 2)):
        text = thinned(share, seed)
        (path / f"{name}.jsonl").write_text(text, encoding="utf-8")
        found = [Annotation.model_validate_json(line) for line in text.splitlines()]
        report = evaluate(
            chosen,
            {a.doc_id: a for a in found},
            measures=parse(["trigger", "date"]),
            system=name,
            samples=1,
        )
        (path / f"{name}.json").write_text(report.model_dump_json(indent=1), encoding="utf-8")
    (path / "baseline.json").write_text(
        store(read_report("run", (path / "run.json").read_bytes())), encoding="utf-8"
    )
    return path


@pytest.fixture
def run(folder) -> Path:
    """A report of the first."""
    return folder / "run.json"


@pytest.fixture
def worse(folder) -> Path:
    """A report of the second."""
    return folder / "worse.json"


@pytest.fixture
def baseline(folder, tmp_path) -> Path:
    """The first as a stored baseline that a test may change."""
    path = tmp_path / "baseline.json"
    path.write_bytes((folder / "baseline.json").read_bytes())
    return path


# ---- words and exit codes


def test_a_rerun_is_fine_against_everything_that_can_be_kept(folder, run, baseline, run_dateline):
    for kept in (baseline, run, folder / "run.jsonl"):
        options = ("-m", "trigger,date", *LESS)
        code, out, err = run_dateline("check", folder / "run.jsonl", "--against", kept, *options)
        assert (code, err) == (0, "")
        assert out.startswith("fine: run against run on dev, 13 documents\n")
    assert run_dateline("check", run, "-a", baseline, *LESS)[0] == 0


def test_a_worse_run_regressed(worse, baseline, run_dateline):
    code, out, err = run_dateline("check", worse, "--against", baseline, *LESS)
    assert (code, err) == (1, "")
    assert out.startswith("regressed: worse against run on dev, 13 documents\n")
    row = next(line for line in out.splitlines() if line.strip().startswith("trigger "))
    name, before, now, change, *_, word = row.split()
    assert (name, word) == ("trigger", "regressed")
    assert float(now) - float(before) == pytest.approx(-float(change[1:]), abs=0.11)
    assert "lost most by" in out
    assert "detectable: true drops of" in out


def test_a_split_too_small_cannot_tell_unless_told_to_be_lenient(tmp_path, run_dateline, one_story):
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path, seed in zip(paths, (1, 2), strict=True):
        path.write_text(thinned(0.3, seed), encoding="utf-8")
    code, out, _ = run_dateline("check", paths[1], "-a", paths[0], "-m", "trigger", *LESS)
    assert (code, out.partition(":")[0]) == (3, "cannot tell")
    assert "3 documents with 2000 samples cannot show any drop of trigger" in out
    assert run_dateline("check", paths[1], "-a", paths[0], "--lenient", *LESS)[0] == 0


def test_floors_and_allowed_types(run, worse, baseline, run_dateline):
    def code(file: Path, *options: str) -> int:
        return run_dateline("check", file, "-a", baseline, "-m", "trigger", *options, *LESS)[0]

    assert code(run, "--min", "trigger=60", "--min-type", "trigger:CONSULT=60") == 0
    assert code(run, "--min", "trigger=99.5") == 1
    assert code(run, "--min-type", "trigger:CONSULT=99.9") == 1
    types = [option for name in gold.ontology().types for option in ("--allow", name)]
    found = run_dateline("check", worse, "-a", baseline, *types, "--json", *LESS)[1]
    rows = [line for line in json.loads(found)["lines"] if line["type"]]
    assert {line["word"] for line in rows} <= {"fine", "cannot tell"}
    assert {line["allowed"] for line in rows} == {True}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--min", "trigger"], "--min: found 'trigger', wanted METRIC=POINTS"),
        (["--min", "trigger=160"], "--min: found 'trigger=160', wanted METRIC=POINTS"),
        (["--min", "triger=60"], "did you mean trigger?"),
        (["--min", "realis=60"], "unknown line to put a floor under 'realis'"),
        (["--min-type", "trigger=60"], "unknown measure of --min-type 'trigger'"),
        (["--min-type", "trigger:ATACK=60"], "unknown line to put a floor under 'trigger:ATACK'"),
        (["--json", "--github"], "--json has stdout to itself"),
        (["-m", "realis"], "metrics: not in the baseline: realis"),
        (["--split", "test"], "baseline.json: found a report of dev, wanted one of test"),
    ],
)
def test_wishes_that_cannot_be_met_exit_with_2(run, baseline, run_dateline, options, said):
    code, out, err = run_dateline("check", run, "-a", baseline, *options, *LESS)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "found an empty file, wanted a stored baseline, a report or a run"),
        (b" \n\n", "found an empty file"),
        (b"{\n<<<<<<< ours\n", ":2: found marks of an unfinished merge"),
        (bytes(range(256)) * 20, "the format cannot be told"),
        (b'{"dateline": "baseline 1"}', "system: found nothing, wanted the field system"),
    ],
    ids=["empty", "blank", "merge", "binary", "nothing in it"],
)
def test_a_baseline_that_is_none_is_refused(run, tmp_path, run_dateline, content, said):
    path = tmp_path / "b.json"
    path.write_bytes(content)
    code, out, err = run_dateline("check", run, "-a", path, *LESS)
    assert (code, out) == (2, "")
    assert said in err


def test_a_huge_baseline_is_refused(run, tmp_path, run_dateline, monkeypatch):
    monkeypatch.setattr("bench.formats.base.MAX_FILE", 1000)
    path = tmp_path / "b.json"
    path.write_bytes(b"{" + b" " * 2000)
    code, _, err = run_dateline("check", run, "-a", path)
    assert (code, "more than 1,000 bytes" in err) == (2, True)


def test_gold_that_moved_on_says_which_documents_are_compared(run, baseline, run_dateline):
    raw = json.loads(baseline.read_text(encoding="utf-8"))
    raw["signature"]["gold"] = "0.9.0:000000000000"
    moved = sorted(raw["documents"])[0]
    raw["documents"][moved]["fingerprint"] = "000000000000"
    baseline.write_text(json.dumps(raw), encoding="utf-8")
    code, out, _ = run_dateline("check", run, "-a", baseline, *LESS)
    assert code == 0
    assert "12 documents" in out.splitlines()[0]
    assert f"left out, labelled otherwise since the baseline: {moved}" in out


def test_somebodys_own_gold_may_grow(tmp_path, run_dateline):
    def gold_file(name: str, count: int) -> Path:
        path = tmp_path / name
        rows = [
            {
                "doc_id": f"d{n}",
                "events": [
                    {"type": "X:Y", "trigger": {"start": i, "end": i + 1}} for i in range(9)
                ],
            }
            for n in range(count)
        ]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    old, new = gold_file("v1.jsonl", 9), gold_file("v2.jsonl", 10)
    kept, options = tmp_path / "kept.json", ("--gold-format", "jsonl")
    assert (
        run_dateline(
            "baseline", "update", old, "--gold", old, *options, "-m", "trigger", "-o", kept
        )[0]
        == 0
    )
    code, out, err = run_dateline(
        "check", new, "-a", kept, "--gold", new, *options, "--min-type", "trigger:X:Y=99", *LESS
    )
    assert (code, "left out, not in the baseline: d9" in out) == (0, True), err


# ---- the stored baseline


def test_a_stored_baseline_is_small_stable_and_readable(
    folder, run, baseline, run_dateline, tmp_path
):
    again, turned = tmp_path / "again.json", tmp_path / "run.jsonl"
    lines = (folder / "run.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    turned.write_text("".join(reversed(lines)), encoding="utf-8")
    wanted = json.loads(baseline.read_text(encoding="utf-8"))
    for source in (turned, run):
        code, out, err = run_dateline(
            "baseline", "update", source, "-o", again, "-m", "trigger,date"
        )
        assert (code, out) == (0, "")
        assert "13 documents, 2 metrics" in err
        assert json.loads(again.read_text(encoding="utf-8")) == wanted
    assert again.read_bytes() == baseline.read_bytes()
    assert baseline.stat().st_size < run.stat().st_size / 5
    code, out, _ = run_dateline("baseline", "show", baseline)
    assert (code, "run on dev, 13 documents" in out) == (0, True)
    assert run_dateline("baseline", "show", turned)[0] == 2
    code, out, _ = run_dateline("compare", baseline, run, "--json", *LESS)
    assert code == 0
    assert {score["micro"]["difference"] for score in json.loads(out)["scores"]} == {0}


def test_the_verdict_is_the_same_in_every_locale_and_with_every_hash_seed(worse, baseline):
    def verdict(**environment: str) -> bytes:
        command = [
            sys.executable,
            "-m",
            "bench",
            "check",
            str(worse),
            "-a",
            str(baseline),
            "--json",
            *LESS,
        ]
        variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (1, b"")
        return done.stdout

    assert verdict(PYTHONHASHSEED="1", LC_ALL="C") == verdict(
        PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Asia/Tokyo"
    )


# ---- outputs


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


def test_every_output_at_once(worse, baseline, run_dateline, tmp_path, monkeypatch):
    summary, xml, page = tmp_path / "summary.md", tmp_path / "x.xml", tmp_path / "p.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    options = (
        "--github",
        "--junit",
        xml,
        "--markdown",
        page,
        "--report-url",
        "https://ex.org/r.html",
    )
    code, out, err = run_dateline("check", worse, "-a", baseline, *options, *LESS)
    assert (code, err) == (1, "")
    annotations = commands("\n".join(row for row in out.splitlines() if row.startswith("::")))
    assert annotations[0][0] == "error"
    assert JUnitXml.fromfile(str(xml)).failures >= 2
    text = page.read_text(encoding="utf-8")
    assert summary.read_text(encoding="utf-8") == f"before\n{text}\n"
    assert len(re.findall(r"\]\(<https://ex\.org/r\.html#[a-z-]+/[a-z-]+>\)", text)) == 3
    code, out, _ = run_dateline(
        "check",
        worse,
        "-a",
        baseline,
        "--markdown",
        "-",
        "--report-url",
        "https://ex.org/r.html",
        *LESS,
    )
    assert (code, out) == (1, text)


def test_without_a_summary_to_write_to_it_is_said(run, baseline, run_dateline, monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    code, out, err = run_dateline("check", run, "-a", baseline, "--github", *LESS)
    assert (code, err) == (0, "GITHUB_STEP_SUMMARY is not set: no job summary\n")
    assert "::notice title=dateline check::fine: run against run" in out


def test_json_is_the_record(worse, baseline, run_dateline):
    code, out, _ = run_dateline("check", worse, "-a", baseline, "--json", *LESS)
    assert code == 1
    found = Verdict.model_validate_json(out)
    assert found.word == "regressed"
    assert found.line("trigger").difference == pytest.approx(
        found.line("trigger").run - found.line("trigger").baseline
    )
