"""Labelling sheets: quotes become offsets, and what cannot be found is said with its line."""

from __future__ import annotations

import pytest

from bench.errors import InvalidFile
from bench.formats.sheet import doc_id_of, number_sentences, read_sheet
from bench.schema import Zone
from tests.conftest import document

DOCUMENT = document(
    "Kyiv struck back. Kyiv’s drones struck; Kyiv said so.\nSubscribe now\nTalks go on."
)
DOCUMENT = DOCUMENT.model_copy(update={"zones": (Zone(start=54, end=67),)})
SHEET = """\
doc: story/one
clusters:
  raid: {date: 2025-03-18, happening: story/raid}
events:
  - {s: 2, trigger: struck, type: ASSAULT, realis: actual, cluster: raid, actor: [drones = kyiv]}
  - {s: 1, trigger: struck back, type: ASSAULT, realis: hypothetical, cluster: raid,
     source: kyiv, actor: ["Kyiv = kyiv"]}
  - {s: 3, trigger: Talks, type: CONSULT, realis: future, date: null, cluster: raid}
mentions:
  - {s: 2, text: "Kyiv#2", actor: kyiv}
times: []
"""


def problems(content: str) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        read_sheet("a.yaml", content, DOCUMENT)
    return str(caught.value).splitlines()


def test_boilerplate_is_not_numbered():
    assert number_sentences(DOCUMENT).splitlines()[3:] == [
        "[1] Kyiv struck back.",
        "[2] Kyiv’s drones struck; Kyiv said so.",
        "[3] Talks go on.",
    ]


def test_quotes_are_looked_up_in_their_sentence_and_listed_in_reading_order():
    found = read_sheet("a.yaml", SHEET, DOCUMENT)
    assert [(e.id, e.trigger.text, e.trigger.start) for e in found.events] == [
        ("e1", "struck back", 5),
        ("e2", "struck", 32),
        ("e3", "Talks", 68),
    ]
    (actor,) = found.actors
    assert [(m.text, m.start) for m in actor.mentions] == [
        ("Kyiv", 0),
        ("drones", 25),
        ("Kyiv", 40),
    ]


def test_what_happened_takes_the_date_of_its_happening_unless_its_own_says_otherwise():
    found = read_sheet("a.yaml", SHEET, DOCUMENT)
    assert [event.date for event in found.events] == [None, "2025-03-18", None]
    assert {event.happening for event in found.events} == {"story/raid"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("trigger: struck back", "trigger: strike", "a.yaml:6: events.1: found 'strike' not in sentence 1"),
        ("s: 3, trigger", "s: 9, trigger", "a.yaml:8: events.2: found 'Talks' not in sentence 9"),
        ("Kyiv#2", "Kyiv#3", "a.yaml:10: mentions.0: found 'Kyiv#3' not in sentence 2"),
        ("[drones = kyiv]", "[drones]", "a.yaml:5: events.0.actor: found 'drones', wanted 'words = actor-id'"),
        ("future, date", "soon, date", "a.yaml:8: events.2.realis: found 'soon'"),
        ("doc: story/one", "doc: story/two", "a.yaml:1: doc: found 'story/two', wanted 'story/one'"),
        ("realis: future, date: null, cluster: raid", "realis: future, cluster: war",
         "a.yaml:8: events.2.cluster: found 'war', wanted a name under clusters"),
        ("times: []", "times: [", "broken YAML"),
        ("times: []", "tims: []", "a.yaml:11: tims"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(old, new, message):
    assert SHEET.count(old) == 1
    assert message in "\n".join(problems(SHEET.replace(old, new)))


def test_all_mistakes_are_listed_at_once():
    broken = SHEET.replace("drones", "planes").replace("Talks", "Walks")
    assert len(problems(broken)) == 2


def test_a_sheet_says_which_document_it_labels():
    assert doc_id_of("a.yaml", SHEET) == "story/one"
    with pytest.raises(InvalidFile, match="no document id"):
        doc_id_of("a.yaml", "events: []")
