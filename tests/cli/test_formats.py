"""Bringing one's own output: formats told apart, words grounded, anybody's gold, hints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import gold
from bench.formats import FORMATS, jsonl
from bench.schema import Annotation, Event, Mark
from tests.formats.hostile import SEEDS
from tests.formats.pages import canonical
from tests.fuzz.packing import pack, unpack

pytestmark = pytest.mark.usefixtures("one_story")
DOC = "ceasefire-call/wire-report"
EMOJI = "ceasefire-call/live-blog"
PUBLISHED = gold.load().annotations[DOC]


def bare(mark: dict) -> dict:
    return {name: value for name, value in mark.items() if name not in ("start", "end")}


def run_without_offsets(path: Path, **changes) -> Path:
    raw = PUBLISHED.model_dump(exclude_none=True, exclude={"actors", "times"})
    for event in raw["events"]:
        event["trigger"] = bare(event["trigger"])
        event["arguments"] = [bare(argument) for argument in event["arguments"]]
    path.write_text(json.dumps({**raw, **changes}) + "\n", encoding="utf-8")
    return path


def report_of(out: str) -> tuple[dict, dict]:
    report = json.loads(out)
    return report, {score["metric"]: score["micro"] for score in report["scores"]}


def test_a_run_of_words_alone_is_grounded_and_scored(run_dateline, tmp_path):
    path = run_without_offsets(tmp_path / "run.jsonl")
    code, out, err = run_dateline("score", path, "--split", "dev", "--json")
    report, micro = report_of(out)
    assert code == 0
    assert "found in the articles:" in err
    assert report["ungrounded"] == 0
    assert micro["trigger"]["precision"] > 0.9  # some triggers are repeated, in another order
    assert micro["trigger"]["counts"]["predicted"] == len(PUBLISHED.events)


def test_grounding_can_be_switched_off_and_the_rest_is_counted(run_dateline, tmp_path):
    path = run_without_offsets(tmp_path / "run.jsonl")
    options = ("--split", "dev", "--json", "--no-ground", "-m", "trigger")
    report, micro = report_of(run_dateline("score", path, *options)[1])
    words = sum(1 + len(event.arguments) for event in PUBLISHED.events)
    assert report["ungrounded"] == words
    assert micro["trigger"]["counts"]["matched_predicted"] == 0
    assert micro["trigger"]["counts"]["predicted"] == len(PUBLISHED.events)


def test_ungrounded_words_are_counted_and_spurious(run_dateline, tmp_path):
    wrong = [{"type": "REJECT", "trigger": {"text": "nowhere to be found"}}]
    path = run_without_offsets(tmp_path / "run.jsonl", events=wrong)
    report, micro = report_of(run_dateline("score", path, "--json", "-m", "trigger")[1])
    assert report["ungrounded"] == 1
    assert micro["trigger"]["counts"]["predicted"] == 1


def test_anybodys_gold_has_its_own_types_and_roles(run_dateline, tmp_path):
    mine = {
        "doc_id": "x",
        "events": [
            {
                "type": "Attack",
                "trigger": {"start": 0, "end": 3},
                "arguments": [{"role": "who", "start": 5, "end": 9}],
            }
        ],
    }
    target, path = tmp_path / "gold.jsonl", tmp_path / "run.jsonl"
    target.write_text(json.dumps(mine) + "\n", encoding="utf-8")
    more = {"type": "Atack", "trigger": {"start": 10, "end": 13}}
    path.write_text(
        json.dumps({**mine, "events": [*mine["events"], more]}) + "\n", encoding="utf-8"
    )
    code, out, err = run_dateline("score", path, "--gold", target, "--json")
    report, micro = report_of(out)
    assert code == 0
    assert (
        "the gold has no event type 'Atack': 1 use, scored as spurious; did you mean Attack?" in err
    )
    assert micro["trigger"]["counts"] == {
        "matched_predicted": 1,
        "predicted": 2,
        "matched_gold": 1,
        "gold": 1,
    }
    assert micro["argument"]["f1"] == 1
    assert report["signature"]["gold"].startswith("gold.jsonl:")
    assert report["signature"]["splits"] == ["gold.jsonl"]
    assert run_dateline("validate", path, "--gold", target)[0] == 0
    assert "Attack" in run_dateline("show", path, "x", "--gold", target)[1]


@pytest.mark.parametrize(
    ("unit", "hint"),
    [
        ("utf-16", "hint: offsets look like UTF-16 units: pass --offsets utf-16 (so read, all "),
        ("byte", "hint: these look like byte offsets: pass --offsets byte (so read, all "),
    ],
)
def test_offsets_in_another_unit_are_hinted_at_and_read_on_demand(
    run_dateline, tmp_path, unit, hint
):
    text = next(d.text for d in gold.load().documents if d.id == EMOJI)
    assert text is not None
    encoding, width = {"utf-16": ("utf-16-le", 2), "byte": ("utf-8", 1)}[unit]

    def place(offset: int) -> int:
        return len(text[:offset].encode(encoding)) // width

    raw = gold.load().annotations[EMOJI].model_dump(exclude_none=True, include={"doc_id", "events"})
    for event in raw["events"]:
        for mark in (event["trigger"], *event["arguments"]):
            mark |= {"start": place(mark["start"]), "end": place(mark["end"])}
    path = tmp_path / "run.jsonl"
    path.write_text(json.dumps(raw) + "\n", encoding="utf-8")
    code, _, err = run_dateline("validate", path)
    assert (code, hint in err) == (2, True)
    code, out, err = run_dateline("score", path, "--offsets", unit, "--json", "-m", "trigger")
    assert code == 0
    assert report_of(out)[1]["trigger"]["precision"] == 1


def test_offsets_of_anybodys_gold_in_another_unit(run_dateline, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "d.txt").write_text("📞 Bo met.", encoding="utf-8")
    (folder / "d.ann").write_text("T1\tMeet 6 9\tmet\nE1\tMeet:T1\n", encoding="utf-8")
    path = tmp_path / "run.jsonl"
    event = {"type": "Meet", "trigger": {"start": 5, "end": 8, "text": "met"}}
    path.write_text(json.dumps({"doc_id": "d", "events": [event]}) + "\n", encoding="utf-8")
    code, _, err = run_dateline("score", path, "--gold", folder)
    assert code == 2
    assert "pass --gold-offsets utf-16 (so read, all 1 marks with words are right)" in err
    options = ("--gold", folder, "--gold-offsets", "utf-16")
    code, out, _ = run_dateline("score", path, *options, "--json", "-m", "trigger")
    assert (code, report_of(out)[1]["trigger"]["f1"]) == (0, 1)
    assert run_dateline("validate", path, *options)[0] == 0
    assert "matched" in run_dateline("show", path, "d", *options)[1]


class WordsAlone:
    """The published triggers, given as words."""

    def extract(self, document) -> Annotation:
        events = [
            Event(type=event.type, trigger=Mark(text=event.trigger.text))
            for event in gold.load().annotations[document.id].events
        ]
        return Annotation(doc_id=document.id, events=tuple(events))


def test_evaluate_looks_words_up_unless_told_not_to(run_dateline, monkeypatch):
    monkeypatch.setattr("bench.extractors.load", lambda name, options: WordsAlone())
    options = ("words", "--split", "dev", "--json", "-m", "trigger")
    code, out, _ = run_dateline("evaluate", *options, "--no-ground")
    report, micro = report_of(out)
    assert (code, micro["trigger"]["counts"]["matched_gold"]) == (0, 0)
    assert report["ungrounded"] == micro["trigger"]["counts"]["gold"]
    code, out, _ = run_dateline("evaluate", *options)
    report, micro = report_of(out)
    assert (code, report["ungrounded"]) == (0, 0)
    assert micro["trigger"]["f1"] > 0.8


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_validated_told_by_its_content(run_dateline, tmp_path, name):
    path = unpack(name, pack(name, SEEDS[name]), tmp_path)
    code, out, err = run_dateline("validate", path, "--gold", path, "--json")
    assert (code, json.loads(out)["problems"]) == (0, []), err
    assert json.loads(out)["documents"] == 1
    told = run_dateline("validate", path, "--gold", path, "--format", name, "--gold-format", name)
    assert told[0] == 0


def test_inclusive_ends_are_hinted_at_only_when_all_are(run_dateline, tmp_path):
    raw = PUBLISHED.model_dump(exclude_none=True, exclude={"actors", "times"})
    for event in raw["events"]:
        for mark in (event["trigger"], *event["arguments"]):
            mark["end"] -= 1
    path = tmp_path / "run.jsonl"
    path.write_text(json.dumps(raw) + "\n", encoding="utf-8")
    assert "hint: ends look inclusive: add 1 to each" in run_dateline("validate", path)[2]
    raw["events"][0]["trigger"]["end"] += 1
    path.write_text(json.dumps(raw) + "\n", encoding="utf-8")
    assert "hint" not in run_dateline("validate", path)[2]


def test_a_file_of_no_known_format_names_the_candidates(run_dateline, tmp_path):
    path = tmp_path / "run.txt"
    path.write_text("no format at all\n", encoding="utf-8")
    code, _, err = run_dateline("score", path)
    assert code == 2
    assert "run.txt: the format cannot be told; say --format with one of: answer, brat, " in err
    code, _, err = run_dateline("score", path, "--format", "jsnol")
    assert code == 2
    assert "unknown format 'jsnol': did you mean jsonl?" in err


def test_the_list_of_formats_is_the_registry(run_dateline):
    assert list(json.loads(run_dateline("list", "formats", "--json")[1])) == list(FORMATS)


def test_convert_there_and_back_is_the_gold(run_dateline, tmp_path):
    path = tmp_path / "dev.jsonl"
    published = gold.load("dev").annotations.values()
    path.write_text("".join(jsonl.write(published)), encoding="utf-8")
    code, _, err = run_dateline("convert", path, tmp_path / "brat")
    events = sum(len(annotation.events) for annotation in published)
    assert code == 0
    assert f"brat: 3 documents, {events} events\nleft out: nothing\n" in err
    assert run_dateline("convert", tmp_path / "brat", tmp_path / "back.jsonl")[0] == 0
    back = jsonl.read(tmp_path / "back.jsonl").annotations
    assert {name: canonical(found) for name, found in back.items()} == {
        found.doc_id: canonical(found) for found in published
    }
    code, out, _ = run_dateline("score", tmp_path / "brat", "--json", "-m", "trigger")
    assert report_of(out)[1]["trigger"]["f1"] == 1


def test_convert_says_what_was_left_out_and_how_much(run_dateline, tmp_path):
    bare = {"type": "REJECT", "realis": "actual"}
    path = tmp_path / "run.jsonl"
    path.write_text(json.dumps({"doc_id": DOC, "events": [bare, bare]}) + "\n", encoding="utf-8")
    code, out, err = run_dateline("convert", path, tmp_path / "brat", "--json")
    assert code == 0
    assert json.loads(out) == {
        "documents": 1,
        "events": 0,
        "left_out": {"event without a trigger": 2},
    }
    assert "left out: 2 events without a trigger\n" in err


def test_convert_refuses_what_is_invalid_unless_told(run_dateline, tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text('{"doc_id": "x", "events": []}\nnonsense\n', encoding="utf-8")
    code, _, err = run_dateline("convert", path, tmp_path / "out.jsonl")
    assert (code, (tmp_path / "out.jsonl").exists()) == (2, False)
    code, out, err = run_dateline(
        "convert", path, tmp_path / "out.jsonl", "--skip-invalid", "--json"
    )
    assert (code, json.loads(out)["left_out"]) == (0, {"line": 1})
    assert "run.jsonl:2: found broken JSON" in err


def test_convert_needs_to_know_what_to_write(run_dateline, tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text('{"doc_id": "x", "events": []}\n', encoding="utf-8")
    code, _, err = run_dateline("convert", path, tmp_path / "out.xyz")
    assert code == 2
    assert "out.xyz: the format cannot be told; say --to with one of: brat, " in err
    code, _, err = run_dateline("convert", path, tmp_path / "brat")
    assert code == 2
    assert "brat holds the text, and that of x is not here" in err
