"""What fuzzing found, each mended and kept: see docs/fuzzing.md."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from bench.formats import FORMATS, Page, fit
from bench.schema import Annotation, Argument, Event, Mark
from tests.formats.hostile import WRITERS
from tests.formats.samples import read

TEXT = "Bo met  Eva ."
#       0123456789


def page(start: int, end: int) -> Page:
    """A page whose second trigger and first argument are at a place."""
    mark = {"start": start, "end": end, "text": TEXT[start:end]}
    met = Mark(start=3, end=6, text="met")
    events = (
        Event(type="Meet", trigger=met, arguments=(Argument(role="who", **mark),)),
        Event(type="Odd", trigger=Mark(**mark)),
    )
    return Page(Annotation(doc_id="d", events=events), TEXT)


@pytest.mark.parametrize("name", WRITERS)
def test_marks_of_white_space_are_written_or_counted(name):
    form = FORMATS[name]
    assert form.write is not None
    lost: Counter[str] = Counter()
    form.write([fit(page(6, 8), form)[0]], lost)


def test_token_formats_count_marks_of_white_space_and_what_they_trim():
    lost: Counter[str] = Counter()
    FORMATS["rams"].write([page(6, 8)], lost)
    assert +lost == {"event with a trigger of white space": 1, "argument of white space": 1}
    lost.clear()
    files = FORMATS["rams"].write([page(6, 11)], lost)
    assert +lost == {"white space at the edge of a mark": 2}
    assert '"ent_spans": [[2, 2,' in files[""]


@pytest.mark.parametrize("events", [3, True, 0.5, "none"])
def test_an_answer_whose_events_are_no_list_is_counted(tmp_path, events):
    path = tmp_path / "answers.jsonl"
    answer = json.dumps({"events": events})
    path.write_text(json.dumps({"doc_id": "d", "answer": answer}) + "\n", encoding="utf-8")
    reading = read("answer", path)
    assert reading.dropped == {"event": 1}
    assert reading.warnings[0].endswith(f"no event with a type in {json.dumps(events)}")


@pytest.mark.parametrize("offset", [[1, -1], [0, 0]])
def test_a_mention_in_a_sentence_that_is_not_there_is_a_problem(tmp_path, offset):
    path = tmp_path / "maven.jsonl"
    mention = {"trigger_word": "met", "sent_id": 1, "offset": offset}
    content = [{"sentence": "They met.", "tokens": ["They", "met", "."]}]
    document = {"id": "d", "content": content, "events": [{"type": "Meet", "mention": [mention]}]}
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")
    assert [problem.wanted for problem in read("maven", path).problems] == ["tokens within [0, 0)"]


@pytest.mark.parametrize("name", WRITERS)
def test_an_argument_that_is_an_actor_alone_is_written_or_counted(name):
    form = FORMATS[name]
    assert form.write is not None
    argument = Argument(role="actor", actor="ana")
    event = Event(type="Meet", trigger=Mark(start=0, end=3), arguments=(argument,))
    fitted, lost = fit(Page(Annotation(doc_id="d", events=(event,)), TEXT), form)
    files = form.write([fitted], lost)
    assert (
        lost["argument without a place"]
        or lost["argument"]
        or "ana" in "".join(map(str, files.values()))
    )
