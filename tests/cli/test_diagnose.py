"""`dateline diagnose`, end to end, in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import gold
from bench.diagnosis import CAUSES, Diagnosis
from bench.formats import jsonl
from bench.schema import Annotation

pytestmark = pytest.mark.usefixtures("one_story")


@pytest.fixture
def run(tmp_path) -> Path:
    """The gold of `dev` with every fifth event missed and every seventh of another type."""

    def spoiled(annotation: Annotation) -> Annotation:
        events = [
            event.model_copy(update={"type": "AID"}) if n % 7 == 3 else event
            for n, event in enumerate(annotation.events)
            if n % 5
        ]
        return annotation.model_copy(update={"events": tuple(events)})

    path = tmp_path / "spoiled.jsonl"
    annotations = gold.load("dev").annotations.values()
    path.write_text("".join(jsonl.write(map(spoiled, annotations))), encoding="utf-8")
    return path


def test_causes_are_shown_with_numbers_worth_and_an_example(run_dateline, run):
    code, out, err = run_dateline("diagnose", run)
    assert (code, err) == (0, "")
    assert "spoiled on dev, 3 documents" in out
    assert "event: trigger F1 " in out
    assert "date: date F1 " in out
    row = next(line for line in out.splitlines() if line.strip().startswith("wrong-type"))
    _, missed, spurious, worth, *_ = row.split()
    assert int(missed) == int(spurious) > 0
    assert worth.startswith("+")
    assert "→ AID (ceasefire-call/" in row


def test_json_holds_everything_and_is_written_beside_what_is_shown(run_dateline, run, tmp_path):
    code, out, _ = run_dateline("diagnose", run, "--json")
    found = Diagnosis.model_validate_json(out)
    assert code == 0
    assert {layer.layer for layer in found.layers} == {"event", "realis", "argument", "date"}
    assert sum(len(one.missed) for one in found.findings if one.layer == "event") == sum(
        row["missed"] for row in json.loads(out)["layers"][0]["causes"]
    )
    path = tmp_path / "diagnosis.json"
    assert run_dateline("diagnose", run, "-o", path)[0] == 0
    assert path.read_text(encoding="utf-8") == out


def test_findings_are_listed_by_cause_layer_or_name(run_dateline, run):
    _, everything, _ = run_dateline("diagnose", run, "--list")
    _, types, _ = run_dateline("diagnose", run, "--list", "--cause", "wrong-type")
    assert set(types.splitlines()) < set(everything.splitlines())
    assert all(": event/wrong-type: “" in line for line in types.splitlines())
    assert all(line.endswith(" → AID") for line in types.splitlines())
    _, lost, _ = run_dateline("diagnose", run, "--list", "-c", "event-missed")
    assert {line.split(": ")[1] for line in lost.splitlines()} == {
        "realis/event-missed",
        "argument/event-missed",
        "date/event-missed",
    }
    _, dates, _ = run_dateline("diagnose", run, "-c", "date", "--list")
    assert all(": date/" in line for line in dates.splitlines())
    _, table, _ = run_dateline("diagnose", run, "-c", "wrong-type")
    assert "wrong-type" in table
    assert "event-missed" not in table


def test_slices_and_confusion_are_shown_when_asked_for(run_dateline, run):
    _, out, _ = run_dateline("diagnose", run, "--by", "slice", "--by", "confusion")
    assert "trigger by part of speech" in out
    assert "argument:actor by distance" in out
    assert "Types" in out
    assert "worth" not in out
    assert "slices by trigger word in train: without 3 of 3 documents" in out  # one story, no train


def test_a_foreign_gold_without_texts_says_what_is_left_out(run_dateline, run, tmp_path):
    ours = tmp_path / "ours.jsonl"
    found = [a.model_copy(update={"doc_id": "x"}) for a in gold.load("dev").annotations.values()]
    ours.write_text("".join(jsonl.write(found[:1])), encoding="utf-8")
    code, out, err = run_dateline("diagnose", ours, "--gold", ours)
    assert (code, err) == (0, "")
    assert "their text is not on this machine" in out
    assert "nobody says when they were published" in out
    code, out, _ = run_dateline("diagnose", ours, "--gold", ours, "--by", "slice")
    assert "trigger by type" in out
    assert "trigger by position" not in out


def test_unknown_causes_are_named_at_once(run_dateline, run):
    code, _, err = run_dateline("diagnose", run, "--cause", "wrong-typ,boundary,nonsense")
    assert code == 2
    assert "wrong-typ" in err
    assert "nonsense" in err
    assert "Traceback" not in err


def test_causes_are_listed_with_what_they_mean(run_dateline):
    code, out, _ = run_dateline("list", "causes", "--json")
    found = json.loads(out)
    assert (code, set(found)) == (0, set(CAUSES))
    assert next(iter(found)) == "event/wrong-type"
