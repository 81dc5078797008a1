"""`dateline compare`, end to end, in this process."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from bench import gold
from bench.formats import jsonl

pytestmark = pytest.mark.usefixtures("one_story")
LESS = ("--samples", "100")


def thinned(share: float, seed: int, split: str | None = None) -> str:
    """The gold as a run, with a share of the events left out."""
    rng = random.Random(seed)
    found = gold.load(split).annotations.values()
    kept = [
        a.model_copy(update={"events": tuple(e for e in a.events if rng.random() > share)})
        for a in found
    ]
    return "".join(jsonl.write(kept))


@pytest.fixture
def runs(tmp_path) -> tuple[Path, Path]:
    """A run that finds nine tenths of the gold and one that finds half of it."""
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(thinned(0.1, 1), encoding="utf-8")
    bad.write_text(thinned(0.5, 2), encoding="utf-8")
    return good, bad


@pytest.fixture
def reports(runs, run_dateline, tmp_path) -> tuple[Path, Path]:
    """Their reports, under names that do not say what they are."""
    paths = tmp_path / "good.report", tmp_path / "bad.report"
    for run, path in zip(runs, paths, strict=True):
        assert run_dateline("score", run, "-m", "trigger", "-m", "date", "-o", path, *LESS)[0] == 0
    return paths


def test_the_table_says_which_is_better_by_how_much_and_how_sure(run_dateline, runs):
    code, out, err = run_dateline("compare", *runs, "-m", "trigger", "-m", "date")
    assert (code, err) == (0, "")
    assert "B = bad beside A = good on sources + dev, 8 documents" in out
    row = next(line for line in out.splitlines() if line.strip().startswith("trigger "))
    metric, a, b, readers, difference, interval, p, detectable, *verdict = row.split()
    assert (metric, verdict) == ("trigger", ["worse"])
    assert 0 < float(readers) <= 100
    assert float(a) > float(b)
    assert difference.startswith("−")
    assert float(difference[1:]) == pytest.approx(float(a) - float(b), abs=0.11)
    assert interval.count("−") == 2
    assert p == "0.008"  # 2 of 2⁸ exchanges
    assert 0 < float(detectable) < 100
    assert "trigger by event type" in out
    assert "too few" in out
    assert "date by event type" not in out
    assert "intervals rest on 8 documents and are rough" in out
    assert "signature: dateline:" in out


def test_reports_and_runs_can_stand_on_either_side(run_dateline, runs, reports):
    wanted = run_dateline("compare", *reports, "--json", *LESS)[1]
    for pair in ((runs[0], reports[1]), (reports[0], runs[1])):
        code, out, err = run_dateline("compare", *pair, "--json", *LESS)
        assert (code, err, out) == (0, "", wanted)
    assert [score["metric"] for score in json.loads(wanted)["scores"]] == ["trigger", "date"]
    verdicts = {score["micro"]["verdict"] for score in json.loads(wanted)["scores"]}
    assert verdicts == {"worse"}


def test_two_runs_are_scored_on_the_splits_that_either_answers(run_dateline, runs, tmp_path):
    dev = tmp_path / "dev.jsonl"
    dev.write_text(thinned(0.1, 1, "dev"), encoding="utf-8")
    _, out, _ = run_dateline("compare", dev, runs[1], "-m", "trigger", "--json", *LESS)
    assert json.loads(out)["signature"]["splits"] == ["sources", "dev"]
    assert "A left 5 documents unanswered" in json.loads(out)["notes"]
    _, out, _ = run_dateline("compare", dev, dev, "-m", "trigger", *LESS)
    assert "3 documents cannot show any difference, however large" in out


def test_a_run_beside_a_report_is_scored_on_the_splits_of_the_report(run_dateline, runs, tmp_path):
    report = tmp_path / "dev.json"
    run_dateline("score", runs[0], "--split", "dev", "-m", "trigger", "-o", report, *LESS)
    code, out, err = run_dateline("compare", report, runs[1], "--json", *LESS)
    assert (code, json.loads(out)["documents"]) == (0, 3)
    assert err == "5 annotations of other splits are not scored\n"


def test_a_run_beside_itself_shows_no_difference_and_exit_code_0(run_dateline, runs):
    code, out, _ = run_dateline("compare", runs[0], runs[0], "--json", *LESS)
    assert code == 0
    for score in json.loads(out)["scores"]:
        assert (score["micro"]["difference"], score["micro"]["p"]) == (0, 1)
        assert score["micro"]["verdict"] == "no difference shown"


def test_by_type_chooses_the_tables_and_scores_what_they_need(run_dateline, runs, reports):
    _, out, _ = run_dateline("compare", *reports, "-t", "date", *LESS)
    assert "date by event type" in out
    assert "trigger by event type" not in out
    _, out, _ = run_dateline("compare", *runs, "-m", "trigger", "-t", "realis", *LESS)
    assert "realis by event type" in out
    _, out, _ = run_dateline("compare", *runs, "-t", "argument:overlap", *LESS)
    assert "argument:overlap by event type" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{report}", "nowhere.json"], "nowhere.json: No such file or directory"),
        (
            ["{report}", "{report}", "-m", "triger"],
            "unknown metric 'triger': did you mean trigger?",
        ),
        (["{report}", "{report}", "-m", "realis"], "measures: not in A: realis"),
        (["{report}", "{report}", "-t", "realis"], "unknown measure of the comparison 'realis'"),
        (
            ["{report}", "{broken}"],
            "broken.json:1: signature: found nothing, wanted the field signature",
        ),
        (["{run}", "{nonsense}"], "nonsense: the format cannot be told"),
        (["{report}", "{other}"], "other.json: "),
        (["{report}"], "Missing argument"),
    ],
)
def test_a_mistake_gets_its_lines_and_exit_code_2(
    run_dateline, runs, reports, tmp_path, arguments, message
):
    (tmp_path / "broken.json").write_text('{"scores": []}', encoding="utf-8")
    (tmp_path / "nonsense").write_text("nonsense\n", encoding="utf-8")
    (tmp_path / "other.json").mkdir()
    names = {"report": reports[0], "run": runs[0]}
    names |= {
        path.stem: path
        for path in (tmp_path / "broken.json", tmp_path / "nonsense", tmp_path / "other.json")
    }
    code, _, err = run_dateline("compare", *(word.format(**names) for word in arguments))
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_reports_of_another_gold_are_refused_with_what_differs(run_dateline, reports, tmp_path):
    old = tmp_path / "old.json"
    raw = json.loads(reports[1].read_text(encoding="utf-8"))
    raw["signature"]["gold"] = "0.0.9:feedfeedfeed"
    old.write_text(json.dumps(raw), encoding="utf-8")
    code, _, err = run_dateline("compare", reports[0], old)
    assert code == 2
    assert "the two reports cannot be compared:\n  gold: " in err
    assert "0.0.9:feedfeedfeed in B" in err


def test_a_score_shows_the_smallest_difference_it_could_detect(run_dateline, runs):
    _, out, _ = run_dateline("score", runs[1], "-m", "trigger", *LESS)
    head = next(line for line in out.splitlines() if line.strip().startswith("metric"))
    row = next(line for line in out.splitlines() if line.strip().startswith("trigger "))
    shown = row.split()[head.replace("95 %", "95%").split().index("detectable")]
    assert "would show with 80 % power" in out
    _, out, _ = run_dateline("score", runs[1], "-m", "trigger", "--json", *LESS)
    assert f"{100 * json.loads(out)['scores'][0]['micro']['detectable']:.1f}" == shown
    _, out, _ = run_dateline("score", runs[1], "-m", "trigger", "--split", "dev", *LESS)
    assert "detectable: 3 documents cannot show a difference" in out


def test_split_says_which_documents_of_runs_are_compared(run_dateline, runs, reports, tmp_path):
    command = ("compare", *runs, "-m", "trigger", "--json", *LESS)
    code, out, err = run_dateline(*command, "--split", "dev")
    assert (code, json.loads(out)["documents"]) == (0, 3)
    assert json.loads(out)["signature"]["splits"] == ["dev"]
    assert err == "5 annotations of other splits are not scored\n"
    report = tmp_path / "dev.json"
    run_dateline("score", runs[0], "--split", "dev", "-m", "trigger", "-o", report, *LESS)
    mixed = ("compare", report, runs[1], "-m", "trigger", "--json", *LESS, "--split", "dev")
    assert json.loads(run_dateline(*mixed)[1])["scores"] == json.loads(out)["scores"]
    both = run_dateline(*command, "--split", "dev", "--split", "sources")[1]
    assert json.loads(both)["documents"] == 8
    everything = ("--split", "sources", "--split", "dev")
    assert run_dateline("compare", *reports, *everything, *LESS)[0] == 0


@pytest.mark.parametrize(
    ("split", "said"),
    [
        ("dev", "good.report: found a report of sources + dev, wanted one of dev: --split scores"),
        ("dve", "found a report of sources + dev, wanted one of dve"),
    ],
)
def test_a_report_of_other_splits_than_asked_for_is_refused(
    run_dateline, runs, reports, split, said
):
    for pair in ((reports[0], runs[1]), reports):
        code, _, err = run_dateline("compare", *pair, "--split", split)
        assert code == 2
        assert said in err
    code, _, err = run_dateline("compare", *runs, "--split", "dve")
    assert (code, "unknown split 'dve': did you mean dev?" in err) == (2, True)


@pytest.fixture
def broken(runs, tmp_path) -> Path:
    """The worse run with one event whose date is none."""
    path = tmp_path / "broken.jsonl"
    first, *rest = runs[1].read_text(encoding="utf-8").splitlines(keepends=True)
    raw = json.loads(first)
    raw["events"][0]["date"] = "soon"
    path.write_text(json.dumps(raw) + "\n" + "".join(rest), encoding="utf-8")
    return path


def test_what_is_invalid_can_be_left_out_and_the_notes_say_it(run_dateline, runs, broken):
    command = ("compare", runs[0], broken, "-m", "trigger", "--json", *LESS)
    code, out, err = run_dateline(*command)
    assert (code, out) == (2, "")
    assert "broken.jsonl:1" in err
    code, out, err = run_dateline(*command, "--skip-invalid")
    assert code == 0
    assert "left out: 1 event" in err
    assert "left out of B as invalid: 1 event" in json.loads(out)["notes"]


def test_the_comparison_is_written_beside_what_is_printed(run_dateline, runs, tmp_path):
    path = tmp_path / "comparison.json"
    command = ("compare", *runs, "-m", "trigger", *LESS)
    printed = run_dateline(*command, "--json")[1]
    code, out, err = run_dateline(*command, "--output", path)
    assert (code, err) == (0, "")
    assert path.read_text(encoding="utf-8") == printed
    assert out == run_dateline(*command)[1]
    assert "B = bad beside A = good" in out
    assert run_dateline(*command, "--json", "-o", path)[1] == printed
    code, _, err = run_dateline(*command, "-o", tmp_path)
    assert code == 2
    assert "Is a directory" in err
    assert "Traceback" not in err
