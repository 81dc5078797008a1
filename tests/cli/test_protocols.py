"""`score --as`, `list protocols` and `explain`, end to end in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import gold
from bench.formats import jsonl
from bench.protocols import PROTOCOLS

pytestmark = pytest.mark.usefixtures("one_story")
ITSELF = ("textee", "kbp", "nervaluate", "ceaf-ree", "conll", "seqeval")
"""Scorers that give the gold 100 against itself; the defects of the others say why they do not."""


@pytest.fixture
def perfect(tmp_path) -> Path:
    """The gold of the articles that ship with their text, as a run."""
    path = tmp_path / "perfect.jsonl"
    found = gold.load().select(gold.shipped_splits()).annotations.values()
    path.write_text("".join(jsonl.write(found)), encoding="utf-8")
    return path


@pytest.fixture
def twice(tmp_path) -> Path:
    """The same with every event given twice."""
    path = tmp_path / "twice.jsonl"
    found = gold.load().select(gold.shipped_splits()).annotations.values()
    lines = []
    for annotation in found:
        again = [e.model_copy(update={"id": f"{e.id}-again"}) for e in annotation.events]
        lines.append(annotation.model_copy(update={"events": (*annotation.events, *again)}))
    path.write_text("".join(jsonl.write(lines)), encoding="utf-8")
    return path


def test_every_protocol_scores_the_gold_against_itself(run_dateline, perfect):
    code, out, err = run_dateline("score", perfect, "--as", ",".join(PROTOCOLS), "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)["protocols"]
    assert list(found) == list(PROTOCOLS)
    for name in ITSELF:
        assert {round(row["f1"], 9) for row in found[name]["scores"].values()} == {1.0}, name
    assert all(protocol["defects"] for protocol in found.values())


def test_protocols_stand_side_by_side(run_dateline, twice):
    code, out, _ = run_dateline("score", twice, "--as", "textee,kbp", "--by-type", "kbp")
    assert code == 0
    rows = {tuple(line.split()[:-6]): line.split()[-6:-3] for line in out.splitlines()}
    assert rows[("TC",)] == ["100.0", "100.0", "100.0"]
    assert rows[("mention_type", "micro")] == ["50.0", "100.0", "66.7"]
    assert "kbp by event type" in out
    assert "textee: repeated predictions are free" in out


def test_the_scores_of_protocols_can_be_saved(run_dateline, perfect, tmp_path):
    path = tmp_path / "scores.json"
    code, out, _ = run_dateline("score", perfect, "--as", "conll", "--json", "--output", path)
    assert code == 0
    assert path.read_text(encoding="utf-8") == out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--as", "textee,kpb"], "unknown protocol 'kpb': did you mean kbp?"),
        (["--as", "textee", "--metric", "trigger"], "--as and --metric exclude each other"),
        (["--as", "textee", "--by-type", "textee"], "unknown protocol with rows per type 'textee'"),
        (["--as", "seqeval", "--split", "sources"], "5 articles have no text on this machine"),
    ],
)
def test_what_cannot_be_scored_is_said_in_a_line(run_dateline, perfect, options, message):
    code, out, err = run_dateline("score", perfect, *options)
    assert code == 2
    assert message in err
    assert out == ""


def test_protocols_are_listed_with_their_defects(run_dateline):
    code, out, _ = run_dateline("list", "protocols", "--json")
    assert code == 0
    found = json.loads(out)
    assert list(found) == list(PROTOCOLS)
    for name, protocol in PROTOCOLS.items():
        assert all(defect in found[name] for defect in protocol.defects)


def test_explain_says_in_a_sentence_which_convention_moves_how_many_items(run_dateline, twice):
    code, out, _ = run_dateline("explain", twice, "--as", "textee,kbp")
    assert code == 0
    events = sum(len(a.events) for a in gold.load().select(["dev"]).annotations.values())
    title, sentence = out.splitlines()[:2]
    assert title == "textee TC 100.0, kbp mention_type micro 66.7 (F1)"
    assert sentence == (
        f"  of repeated items: counted once → each counts: {events} more predicted; F1 100.0 → 66.7"
    )


def test_explain_as_json_adds_up(run_dateline, twice):
    code, out, _ = run_dateline("explain", twice, "--json")
    assert code == 0
    found = json.loads(out)
    assert {one["second"].partition(" ")[0] for one in found["unreached"]} < set(PROTOCOLS)
    assert all(one["why"] and one["differs"] and len(one["f1"]) == 2 for one in found["unreached"])
    for pair in found["pairs"]:
        walked = sum(step["f1"][1] - step["f1"][0] for step in pair["steps"])
        rest = sum(one["f1"] for one in pair["rest"])
        assert pair["f1"][1] - pair["f1"][0] == pytest.approx(walked + rest)


def test_explain_leaves_out_what_needs_texts_unless_it_is_named(run_dateline, perfect):
    code, out, err = run_dateline("explain", perfect, "--split", "sources")
    assert code == 0
    assert "seqeval strict micro needs the texts of the articles and is left out" in err
    assert "seqeval" not in out
    code, _, err = run_dateline("explain", perfect, "--as", "trigger,seqeval", "-s", "sources")
    assert code == 2
    assert "5 articles have no text on this machine" in err


def test_explain_needs_two_scores_of_a_kind(run_dateline, perfect):
    code, _, err = run_dateline("explain", perfect, "--as", "trigger,argument")
    assert code == 2
    assert "two scores of triggers or of arguments are needed" in err


def test_explain_says_what_it_cannot_reach(run_dateline, perfect):
    code, out, _ = run_dateline("explain", perfect, "--as", "conll")
    assert code == 0
    title, why, *rest = out.splitlines()
    assert title == "coref-conll 100.0, conll conll 100.0 (F1)"
    assert why.startswith("  conll conll cannot be reached by switching conventions:")
    assert any(line.startswith("  differs: a mention that comes again on a side") for line in rest)
