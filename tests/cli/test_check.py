"""`dateline check` and `dateline baseline`, end to end: words, exit codes, every output."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from junitparser import JUnitXml

from bench import gold
from bench.evaluate import evaluate
from bench.formats import jsonl
from bench.metrics import parse
from bench.results import read_report
from bench.schema import Annotation
from bench.stored import store
from bench.verdict import Verdict
from tests.test_verdict_outputs import commands

ROOT = Path(__file__).parents[2]
LESS = ("--samples", "2000")


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
