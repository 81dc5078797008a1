"""Nuggets, TimeML, MUC templates and PLOVER records: what each says and what traps it holds."""

from __future__ import annotations

import json

import pytest

from tests.formats.samples import marks, only, read

TBF = """#BeginOfDocument d
sys\td\tE1\t3,6\tmet\tContact_Meet\tActual\t1.0
sys\td\tE2\t10,14;20,24\ttook off\tMovement\tOther
sys\td\tE3\tt7,t8\tsaid so\tContact\tGENERIC
@Coreference\tC1\tE1,E3
@After\tR1\tE1,E2
#EndOfDocument
"""


def sample(tmp_path, content: str, name: str = "sample.txt"):
    path = tmp_path / name
    path.write_bytes(content.encode())
    return path


def test_tbf_counts_characters_or_names_tokens(tmp_path):
    reading = read("tbf", sample(tmp_path, TBF))
    annotation = only(reading)
    assert marks(annotation) == [
        ("Contact_Meet", (3, 6)),
        ("Movement", (10, 24)),
        ("Contact", None),
    ]
    assert [event.realis for event in annotation.events] == ["actual", None, "generic"]
    assert [event.cluster for event in annotation.events] == ["C1", None, "C1"]
    assert annotation.events[2].trigger.text == "said so"
    assert +reading.unheld == {
        "realis beside actual and generic": 1,
        "gap in a discontinuous span (read as one stretch)": 1,
        "place in tokens (words are looked up)": 1,
        "link beside coreference": 1,
    }


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("sys\td\tE1\t3,6\tmet\tX\n", 2),  # a column short
        ("@Coreference\tC1\tE9\n", 2),  # of an event that is not there
        ("#EndOfDocument\nsys\td\tE1\t3,6\tmet\tX\tActual\n", 3),  # outside of a document
    ],
)
def test_tbf_names_a_row_that_says_nothing(tmp_path, row, line):
    reading = read("tbf", sample(tmp_path, f"#BeginOfDocument d\n{row}"))
    assert [problem.line for problem in reading.problems] == [line]
    assert reading.dropped == {"line": 1}


TIMEML = (
    '<?xml version="1.0" ?><TimeML><DOCID> d </DOCID>'
    '<DCT><TIMEX3 tid="t0" type="DATE" value="2025-03-19">today</TIMEX3></DCT>'
    '<TEXT>Bo &amp; Eva <EVENT eid="e1" class="OCCURRENCE">met</EVENT> on '
    '<TIMEX3 tid="t1" type="DATE" value="2025-03-18">Tuesday</TIMEX3> for '
    '<TIMEX3 tid="t2" type="DURATION" value="PT2H">two <b>hours</b></TIMEX3> or '
    '<TIMEX3 tid="t3" type="DATE" value="PRESENT_REF">now</TIMEX3>.</TEXT>'
    '<MAKEINSTANCE eiid="ei1" eventID="e1"/><TLINK lid="l1"/></TimeML>'
)
#                  0         1         2         3
#                  0123456789012345678901234567890123456789
TIMEML_TEXT = "Bo & Eva met on Tuesday for two hours or now."


def test_timeml_tags_are_not_counted(tmp_path):
    reading = read("timeml", sample(tmp_path, TIMEML))
    annotation = only(reading)
    assert reading.texts == {"d": TIMEML_TEXT}
    assert marks(annotation) == [("OCCURRENCE", (9, 12))]
    assert [(t.start, t.end, t.text, t.value) for t in annotation.times] == [
        (16, 23, "Tuesday", "2025-03-18"),
        (28, 37, "two hours", "PT2H"),
    ]
    assert +reading.unheld == {
        "time outside the text": 1,
        "time without an EDTF value": 1,
        "link": 1,
    }


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><TimeML><TEXT>&c;</TEXT></TimeML>'
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LAUGHS, "sample.txt.tml:1: found a document type, which could hide entities"),
        ("<TimeML><TEXT>\n&b;</TEXT></TimeML>", "sample.txt.tml:2: found undefined entity"),
        ("<TimeML>\n<TEXT></TimeML>", "sample.txt.tml:2: found mismatched tag"),
        ("<a>" * 2000, "sample.txt.tml:1: found more than 1000 tags inside one another"),
        ("", "sample.txt.tml:1: found no element found"),
        ('<?xml version="1.0" encoding="utf.-8"?><a/>', "sample.txt.tml:1: found unknown encoding"),
    ],
)
def test_timeml_that_is_hostile_or_broken_is_refused(tmp_path, content, message):
    reading = read("timeml", sample(tmp_path, content, "sample.txt.tml"))
    assert str(reading.problems[0]).startswith(message)
    assert reading.dropped == {"document": 1}


def test_muc_entities_stand_for_their_first_mention(tmp_path):
    raw = {
        "docid": "d",
        "doctext": "guerrillas blew up a bridge.",
        "templates": [
            {
                "incident_type": "bombing",
                "PerpInd": [[["guerrillas", 0], ["rebels", 40]], [["someone"]]],
                "Target": [["bridge", 21]],
                "Weapon": [],
            },
            {"PerpInd": []},
        ],
    }
    reading = read("muc4", sample(tmp_path, json.dumps(raw)))
    (annotation,) = reading.annotations.values()
    assert marks(annotation) == [
        ("bombing", None, ("PerpInd", (0, 10)), ("PerpInd", None), ("Target", (21, 27)))
    ]
    assert +reading.unheld == {"further mention of a filler": 1}
    assert str(reading.problems[0]) == (
        "sample.txt:1: templates[1].incident_type: found null, wanted a type of incident"
    )
    raw["pred_templates"] = []
    assert marks(only(read("muc4", sample(tmp_path, json.dumps(raw))))) == []


def test_plover_records_are_gathered_by_document(tmp_path):
    rows = [
        {"Doc ID": "d", "Event": "CONSULT", "Date": "20250318", "Actor": "Putin", "mode": "phone"},
        {"doc_id": "d", "event_type": "AID", "actor": [{"name": "Ana", "actor": "ana"}, "Bo"]},
        {"doc_id": "e", "event": "AID", "date": "last week", "recipient": {"text": "Eva"}},
    ]
    reading = read("plover", sample(tmp_path, "\n".join(map(json.dumps, rows))))
    assert not reading.problems
    d, e = reading.annotations.values()
    assert [(event.type, event.date) for event in d.events] == [
        ("CONSULT", "2025-03-18"),
        ("AID", None),
    ]
    assert [(a.role, a.text, a.actor) for event in d.events for a in event.arguments] == [
        ("actor", "Putin", None),
        ("actor", "Ana", "ana"),
        ("actor", "Bo", None),
    ]
    assert [(a.role, a.text) for a in e.events[0].arguments] == [("recipient", "Eva")]
    assert +reading.unheld == {"mode": 1, "date without an EDTF value": 1}


def test_a_plover_record_of_nothing_is_named(tmp_path):
    reading = read(
        "plover", sample(tmp_path, '{"event": "AID"}\n{"doc_id": "d", "event": "AID"}\n')
    )
    assert str(reading.problems[0]).startswith('sample.txt:1: found {"event": "AID"}, wanted')
    assert reading.dropped == {"event": 1}
