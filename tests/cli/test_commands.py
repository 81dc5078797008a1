"""The command line, end to end, in this process unless the process itself is the matter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import gold
from bench.evaluate import DEFAULT_METRICS
from bench.formats import jsonl
from bench.metrics import METRICS, all_measures
from bench.report import Report
from bench.schema import json_schema

pytestmark = pytest.mark.usefixtures("one_story")
ROOT = Path(__file__).parents[2]
HEAVY = {"datasets", "scipy", "sklearn", "seqeval", "pandas", "numpy", "dateparser", "lemminflect"}


@pytest.fixture
def perfect(tmp_path) -> Path:
    """The gold itself as a run."""
    path = tmp_path / "perfect.jsonl"
    path.write_text("".join(jsonl.write(gold.load().annotations.values())), encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path) -> Path:
    """A run without a line."""
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"")
    return path


def scores(text: str) -> dict[str, dict]:
    return {score["metric"]: score for score in json.loads(text)["scores"]}


def test_gold_against_itself_gives_100_on_every_metric_and_type(run_dateline, perfect):
    here = [one for one in all_measures() if not one.metric.needs_text]
    options = [word for one in here for word in ("--metric", str(one))]
    code, out, err = run_dateline("score", perfect, "--json", *options)
    assert (code, err) == (0, "")
    found = scores(out)
    assert len(found) == len(here)
    for score in found.values():
        rows = [score["micro"], *score["types"].values()]
        assert {row["f1"] for row in rows} <= {1.0, None}
        assert score["micro"]["f1"] == 1.0


def test_a_metric_of_words_needs_the_texts_and_says_so(run_dateline, perfect):
    code, out, _ = run_dateline("score", perfect, "--split", "dev", "-m", "sequence", "--json")
    assert (code, scores(out)["sequence"]["micro"]["f1"]) == (0, 1.0)
    code, _, err = run_dateline("score", perfect, "-m", "sequence")
    assert code == 2
    assert "5 articles have no text on this machine" in err


def test_what_is_no_score_is_told_in_the_notes(run_dateline, perfect):
    _, out, _ = run_dateline("score", perfect, "-m", "trigger", "-m", "coref-conll")
    assert "contradict" in out
    assert "55 of 55 happenings of ceasefire-call found in every article that tells them" in out
    assert "boilerplate" not in out
    row = next(line for line in out.splitlines() if line.strip().startswith("coref-conll "))
    assert row.split()[1:4] == ["100.0"] * 3
    assert row.split()[-3:] == ["—"] * 3


def test_events_in_boilerplate_are_told_in_the_notes(run_dateline, tmp_path):
    path = tmp_path / "noisy.jsonl"
    zone = next(d for d in gold.load().documents if d.id == "ceasefire-call/scraped-page").zones[0]
    event = {"type": "AID", "trigger": {"start": zone.start, "end": zone.start + 3}}
    line = {"doc_id": "ceasefire-call/scraped-page", "events": [event, {"type": "AID"}]}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    _, out, _ = run_dateline("score", path, "-m", "trigger")
    assert "1 of 2 predicted events in boilerplate, 0 on articles without events" in out


def test_an_empty_run_has_recall_0_and_a_dash_for_precision(run_dateline, empty):
    code, out, _ = run_dateline("score", empty)
    assert code == 0
    row = next(line for line in out.splitlines() if line.strip().startswith("trigger "))
    assert row.split()[:4] == ["trigger", "—", "0.0", "0.0"]
    assert "empty on dev, 3 documents" in out
    assert "3 documents not answered, scored as empty" in out


def test_the_table_has_precision_recall_f1_and_support_per_type(run_dateline, perfect):
    code, out, _ = run_dateline("score", perfect, "--split", "dev", "--by-type", "trigger")
    assert code == 0
    row = next(line for line in out.splitlines() if line.strip().startswith("ASSAULT"))
    note = "too few" if "too few" in row else ""
    cells = row.replace("too few", "").split()
    kind, precision, recall, f1, interval, readers, matched, predicted, support = cells
    assert 0 < float(readers) <= 100
    assert (kind, precision, recall, f1, interval) == (
        "ASSAULT",
        "100.0",
        "100.0",
        "100.0",
        "100–100",
    )
    assert matched == predicted == support
    assert note == ("too few" if int(support) < 30 else "")


def test_default_scores_are_those_of_the_default_metrics(run_dateline, perfect):
    _, out, _ = run_dateline("score", perfect, "--json")
    assert list(scores(out)) == list(DEFAULT_METRICS)


def test_a_metric_asked_for_by_type_is_scored_beside_the_others(run_dateline, perfect):
    _, out, _ = run_dateline("score", perfect, "-t", "argument:overlap")
    assert "argument:overlap by event type" in out
    _, out, _ = run_dateline("score", perfect, "-m", "trigger", "-t", "date")
    assert "date by event type" in out
    assert "realis" not in out


def test_metrics_may_be_joined_by_commas(run_dateline, perfect):
    _, out, _ = run_dateline("score", perfect, "--json", "-m", "trigger,argument:any", "-m", "date")
    assert list(scores(out)) == ["trigger", "argument:any", "date"]


def test_splits_follow_the_answers_and_other_answers_are_not_lost_unsaid(
    run_dateline, perfect, tmp_path
):
    _, out, _ = run_dateline("score", perfect, "--json", "-m", "trigger")
    assert json.loads(out)["signature"]["splits"] == ["sources", "dev"]
    code, out, err = run_dateline("score", perfect, "--split", "dev", "--json", "-m", "trigger")
    assert (code, json.loads(out)["documents"]) == (0, 3)
    assert err == "5 annotations of other splits are not scored\n"


def test_sources_are_scored_without_their_text(run_dateline, perfect):
    code, out, _ = run_dateline("score", perfect, "--split", "sources", "-m", "trigger", "--json")
    assert code == 0
    assert scores(out)["trigger"]["micro"]["f1"] == 1.0


def test_a_written_report_can_be_read_again(run_dateline, perfect, tmp_path):
    target = tmp_path / "report.json"
    run_dateline("score", perfect, "--output", target, "--samples", "20")
    report = Report.model_validate_json(target.read_text(encoding="utf-8"))
    assert report.score("trigger").micro.f1 == 1
    assert set(report.score("trigger").documents) == set(gold.load().annotations)


def test_the_same_input_gives_the_same_bytes(run_dateline, perfect):
    assert run_dateline("score", perfect) == run_dateline("score", perfect)


BAD = '{"doc_id": "ceasefire-call/wire-report", "events": [{"type": "REJECTED"}, {"type": "REJECT"}]}\n'


def test_a_bad_run_is_refused_with_its_problems_and_exit_code_2(run_dateline, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text(BAD + "nonsense\n", encoding="utf-8")
    for command in (["score", path], ["validate", path], ["show", path, "wire-report"]):
        code, _, err = run_dateline(*command)
        assert code == 2
        assert 'bad.jsonl:1: events[0].type: found "REJECTED", wanted one of' in err
        assert "(did you mean REJECT?)" in err
        assert "bad.jsonl:2: found broken JSON" in err
        assert "Traceback" not in err


def test_the_readable_rest_is_scored_on_demand_and_the_loss_is_said(run_dateline, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text(BAD + "nonsense\n", encoding="utf-8")
    code, out, err = run_dateline("score", path, "--skip-invalid", "-m", "trigger")
    assert code == 0
    assert "left out: 1 line, 1 event" in err
    assert "left out as invalid: 1 line, 1 event" in out
    _, out, _ = run_dateline("score", path, "--skip-invalid", "--json", "-m", "trigger")
    assert scores(out)["trigger"]["micro"]["counts"]["predicted"] == 1


def test_validate_says_what_is_fine_and_what_would_be_dropped(run_dateline, perfect, tmp_path):
    code, out, _ = run_dateline("validate", perfect)
    assert (code, out) == (0, f"perfect.jsonl: 8 documents, {events()} events, no problems\n")
    path = tmp_path / "bad.jsonl"
    path.write_text(BAD, encoding="utf-8")
    code, out, _ = run_dateline("validate", path, "--json")
    assert code == 2
    found = json.loads(out)["problems"]
    assert json.loads(out)["dropped"] == {"event": 1}
    assert json.loads(out)["problems"][0]["path"] == "events[0].type"
    code, out, err = run_dateline("validate", perfect, tmp_path / "none.jsonl", path, "--json")
    assert (code, "none.jsonl" in err) == (2, True)
    files = [(one["file"], len(one["problems"])) for one in map(json.loads, out.splitlines())]
    assert files == [("perfect.jsonl", 0), ("bad.jsonl", len(found))]


def events() -> int:
    return sum(len(annotation.events) for annotation in gold.load().annotations.values())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["score", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
        (["score", "{perfect}", "-m", "triger"], "unknown metric 'triger': did you mean trigger?"),
        (["score", "{perfect}", "-m", "date:any"], "unknown match mode of date 'any'"),
        (["score", "{perfect}", "--split", "tset"], "unknown split 'tset'"),
        (["evaluate", "lexikon"], "unknown extractor 'lexikon': did you mean lexicon?"),
        (["evaluate", "null", "--split", "sources"], "5 articles have no text on this machine"),
        (["show", "{perfect}", "wire-rapport"], "unknown document 'wire-rapport'"),
        (["gold", "attach", "nowhere"], "nowhere is no folder"),
        (["gold", "compile", "nowhere.yaml"], "nowhere.yaml: No such file or directory"),
        (["gold", "sheet", "000"], "1 articles have no text on this machine"),
        (
            ["score", "{perfect}", "-o", "no/such/folder.json"],
            "folder.json: No such file or directory",
        ),
        (["list", "metric"], "metric"),
        (["score"], "Missing argument"),
        (["score", "{perfect}", "--samples", "0"], "--samples"),
    ],
)
def test_a_mistake_gets_a_line_and_exit_code_2(run_dateline, perfect, arguments, message):
    code, _, err = run_dateline(*(str(word).format(perfect=perfect) for word in arguments))
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_extract_writes_a_run_that_validates(run_dateline, tmp_path):
    path = tmp_path / "null.jsonl"
    code, out, err = run_dateline("extract", "null", "-o", path)
    assert (code, out) == (0, "")
    assert "3 documents, 0 events" in err
    assert run_dateline("validate", path)[0] == 0
    assert run_dateline("extract", "null")[1] == path.read_text(encoding="utf-8")


def test_evaluate_is_extract_and_score(run_dateline, tmp_path):
    path = tmp_path / "lexicon.jsonl"
    run_dateline("extract", "lexicon", "-o", path)
    _, apart, _ = run_dateline("score", path, "--json")
    _, at_once, _ = run_dateline("evaluate", "lexicon", "--json")
    assert json.loads(apart) == json.loads(at_once)
    assert scores(at_once)["trigger"]["micro"]["counts"]["matched_gold"] > 0


def test_show_puts_gold_and_predicted_events_side_by_side(run_dateline, tmp_path):
    path = tmp_path / "run.jsonl"
    annotation = gold.load().annotations["ceasefire-call/wire-report"]
    changed = [annotation.events[0].model_copy(update={"type": "PROTEST"}), *annotation.events[2:]]
    line = annotation.model_copy(update={"events": tuple(changed)})
    path.write_text("".join(jsonl.write([line])), encoding="utf-8")
    code, out, _ = run_dateline("show", path, "wire")
    total = len(annotation.events)
    assert code == 0
    assert f"{total - 2} matched, 2 missed, 1 spurious; 1 of the missed stand" in out
    assert "wrong type" in out
    _, out, _ = run_dateline("show", path, "wire", "--json")
    assert [row["verdict"] for row in json.loads(out)].count("matched") == total - 2


@pytest.mark.parametrize("what", ["metrics", "matches", "formats", "extractors", "types", "splits"])
def test_everything_can_be_listed(run_dateline, what):
    code, out, _ = run_dateline("list", what, "--json")
    assert code == 0
    entries = json.loads(out)
    assert entries
    assert all(entries.values())
    assert all(name in run_dateline("list", what)[1] for name in entries)


def test_the_list_of_metrics_is_the_registry(run_dateline):
    assert list(json.loads(run_dateline("list", "metrics", "--json")[1])) == list(METRICS)


def test_the_kept_json_schema_is_current(run_dateline, tmp_path):
    kept = (ROOT / "bench" / "annotation.schema.json").read_text(encoding="utf-8")
    assert kept == json_schema() == run_dateline("schema")[1]
    run_dateline("schema", "-o", tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == kept


def test_every_field_of_the_schema_is_described():
    def fields(node: object) -> list[dict]:
        if isinstance(node, dict):
            own = list(node["properties"].values()) if "properties" in node else []
            return own + [field for value in node.values() for field in fields(value)]
        return [field for item in node for field in fields(item)] if isinstance(node, list) else []

    assert all(
        "description" in field or "$ref" in field for field in fields(json.loads(json_schema()))
    )


@pytest.mark.parametrize("command", ["stats", "agreement"])
def test_the_gold_can_be_looked_at(run_dateline, command):
    code, out, _ = run_dateline("gold", command)
    assert code == 0
    assert "ASSAULT" in out
    assert json.loads(run_dateline("gold", command, "--json")[1])


def test_gold_validate_says_what_it_proved_and_what_it_could_not(copy, run_dateline):
    code, out, err = run_dateline("gold", "validate")
    assert code == 0
    assert out.startswith("5 files, 40 annotations,")
    assert "not proved for want of text: words of ceasefire-call/000" in err


def test_a_sheet_can_be_printed_filled_in_and_compiled(run_dateline, tmp_path):
    _, out, _ = run_dateline("gold", "sheet", "wire-report")
    assert "[1] Kremlin trims" in out
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(
        "doc: ceasefire-call/wire-report\nevents:\n"
        "  - {s: 6, trigger: turned, type: REJECT, realis: actual}\n",
        encoding="utf-8",
    )
    code, out, _ = run_dateline("gold", "compile", sheet)
    assert code == 0
    (event,) = json.loads(out)["events"]
    assert event["trigger"]["text"] == "turned"


def test_help_answers_without_heavy_imports():
    code = (
        "import sys; sys.argv = ['dateline', '--help']\n"
        "from bench.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "evaluate" in done.stdout


def test_python_m_bench_is_dateline_and_a_closed_pipe_is_no_traceback(perfect):
    done = subprocess.run(
        f"{sys.executable} -m bench score {perfect} --json | head -1",
        shell=True, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_what_a_format_did_not_lose_is_not_mentioned(run_dateline, tmp_path):
    said = '{"events": [{"type": "REJECT", "trigger": {"text": "turned"%s}}]}'
    path = tmp_path / "answers.jsonl"
    for claim, mentioned in (("", False), (', "start": 1, "end": 4', True)):
        row = {"doc_id": "ceasefire-call/wire-report", "answer": said % claim}
        path.write_text(json.dumps(row), encoding="utf-8")
        _, _, err = run_dateline("score", path, "--format", "answer", "-m", "trigger")
        assert ("not held:" in err) == mentioned, err
