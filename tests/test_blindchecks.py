"""Marks removed by a seed, completed by a reader, counted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import gold
from bench.blindchecks import blank, complete, entries
from bench.formats import jsonl
from bench.formats.sheet import read_sheet
from bench.schema import Annotation, Event, Mark
from tests.conftest import document, event, tiny_gold


def as_text(annotations) -> str:
    return "".join(jsonl.write(annotations))


@given(st.integers(0, 10**6), st.sampled_from([0.1, 0.34, 0.5, 0.9]))
def test_what_stays_and_what_goes_is_the_whole(seed, share):
    part = gold.load("dev")
    left, key = blank(part, share=share, seed=seed)
    gone = {annotation.doc_id: annotation.events for annotation in key.removed}
    total = sum(len(annotation.events) for annotation in part.annotations.values())
    assert sum(map(len, gone.values())) == round(share * total)
    for name, annotation in part.annotations.items():
        events = [*left[name].events, *gone[name]]
        assert sorted(events, key=lambda e: int(e.id[1:])) == list(annotation.events)


def test_the_seed_alone_decides():
    part = gold.load("dev")
    assert blank(part, share=0.1, seed=7) == blank(part, share=0.1, seed=7)
    assert blank(part, share=0.1, seed=7)[1] != blank(part, share=0.1, seed=8)[1]


def test_an_article_without_events_loses_none():
    part = tiny_gold(Annotation(doc_id="story/one", events=()))
    left, key = blank(part, share=0.5, seed=1)
    assert not left["story/one"].events
    assert complete(key, {}).removed == 0


def test_what_was_put_back_is_counted_by_words_and_type():
    #  removed: CONSULT phoned, REJECT refused, RETREAT truce
    #  added:   CONSULT phoned, RETREAT refused, RETREAT Kyiv (nothing was there)
    part = tiny_gold()
    _, key = blank(part, share=0.99, seed=1)
    added = Annotation(
        doc_id="story/one",
        events=(event("CONSULT", "phoned"), event("RETREAT", "refused"), event("RETREAT", "Kyiv")),
    )
    found = complete(key, {"story/one": added})
    assert (found.removed, found.returned, found.retyped, found.added) == (3, 1, 1, 3)


def test_everything_put_back_is_everything():
    _, key = blank(gold.load("dev"), share=0.2, seed=3)
    found = complete(key, {annotation.doc_id: annotation for annotation in key.removed})
    assert found.returned == found.removed == found.added > 0


def test_entries_are_those_of_a_sheet_and_repeated_words_are_told_apart():
    text = 'He asked.\nThey stop arms and stop talks: "stop", they said.'
    first = text.index("stop")
    second = text.index("stop", first + 1)
    events = tuple(
        Event(type="RETREAT", trigger=Mark(start=at, end=at + 4, text="stop"))
        for at in (first, second)
    )
    rows = list(entries(events, document(text)))
    assert rows == [
        '  - {s: 2, trigger: "stop", type: RETREAT}',
        '  - {s: 2, trigger: "stop#2", type: RETREAT}',
    ]
    content = "\n".join(["doc: story/one", "events:", *rows]).replace("}", ", realis: future}")
    again = read_sheet("sheet.yaml", content, document(text))
    assert [e.trigger.span for e in again.events] == [(first, first + 4), (second, second + 4)]


def test_a_mark_outside_every_sentence_is_a_bug():
    with pytest.raises(ValueError, match="in no sentence"):
        list(entries([event("CONSULT", "phoned").model_copy(update={"trigger": None})], document()))


def test_blank_prints_what_is_left_and_keeps_what_is_gone(run_dateline, tmp_path):
    key, added = tmp_path / "key.json", tmp_path / "added.jsonl"
    options = (
        "ceasefire-call/wire-report",
        "ceasefire-call/live-blog",
        "--seed",
        "7",
        "--key",
        key,
    )
    code, out, _ = run_dateline("gold", "blank", *options)
    assert code == 0
    removed = json.loads(key.read_text(encoding="utf-8"))["removed"]
    gone = sum(len(annotation["events"]) for annotation in removed)
    whole = sum(len(gold.load().annotations[one["doc_id"]].events) for one in removed)
    assert gone == round(0.1 * whole)
    assert out.count("  - {s: ") == whole - gone
    assert "happening" not in out
    assert "[1] Kremlin trims" in out
    assert "doc: ceasefire-call/wire-report\nevents:\n  - {s: 1, trigger:" in out
    added.write_text(as_text(map(Annotation.model_validate, removed[:1])), encoding="utf-8")
    first = len(removed[0]["events"])
    code, out, _ = run_dateline("gold", "completed", key, added)
    assert (code, out) == (
        0,
        f"{first} of {gone} removed events put back, 0 more with other words or another type;"
        f" {first} added in all\n",
    )
    found = json.loads(run_dateline("gold", "completed", key, added, "--json")[1])
    assert (found["seed"], found["removed"], found["returned"]) == (7, gone, first)


def test_a_key_that_is_none_is_a_mistake_of_the_users(run_dateline, tmp_path):
    path = tmp_path / "key.json"
    path.write_text("{}", encoding="utf-8")
    code, _, err = run_dateline("gold", "completed", path, path)
    assert code == 2
    assert "no key of 'dateline gold blank'" in err
