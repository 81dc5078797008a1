"""brat: fragments, numbered roles, emoji, CRLF, references, links, and what it cannot say."""

from __future__ import annotations

import pytest

from bench.errors import DatelineError
from tests.formats.samples import DATA, marks, only, read, real_data

#        0         1          2         3
#        12345678901234567890 123456789012345678
TEXT = "📞 Ana and Bo met Eva\nin old Kyiv twice."


def sample(folder, ann: str, text: str = TEXT, name: str = "one"):
    (folder / f"{name}.txt").write_bytes(text.encode())
    (folder / f"{name}.ann").write_bytes(ann.encode())
    return folder


MET = (
    "T1\tMeet 13 16\tmet\n"
    "T2\tPerson 2 5\tAna\n"
    "T3\tPerson 10 12\tBo\n"
    "T4\tPlace 24 26;28 32\tol Kyiv\n"
    "E1\tMeet:T1 Who:T2 Who2:T3 Where:T4\n"
)


def test_events_with_numbered_roles_and_fragments(tmp_path):
    reading = read("brat", sample(tmp_path, MET))
    assert marks(only(reading)) == [
        ("Meet", (13, 16), ("Who", (2, 5)), ("Who", (10, 12)), ("Where", (24, 32))),
    ]
    assert +reading.unheld == {"gap in a discontinuous span (read as one stretch)": 1}
    assert only(reading).events[0].arguments[2].text == "old Kyiv"


def test_a_span_cut_at_a_line_end_is_one_stretch(tmp_path):
    ann = "T1\tMeet 13 16\tmet\nT2\tWhom 17 20;21 23\tEva in\nE1\tMeet:T1 Whom:T2\n"
    reading = read("brat", sample(tmp_path, ann))
    assert marks(only(reading)) == [("Meet", (13, 16), ("Whom", (17, 23)))]
    assert not +reading.unheld


def test_a_pair_or_a_folder_and_either_file_of_a_pair(tmp_path):
    (tmp_path / "a").mkdir()
    sample(tmp_path / "a", MET)
    assert list(read("brat", tmp_path).annotations) == ["a/one"]
    assert list(read("brat", tmp_path / "a" / "one.ann").annotations) == ["one"]
    assert list(read("brat", tmp_path / "a" / "one.txt").annotations) == ["one"]


def test_without_event_lines_spans_are_triggers(tmp_path):
    reading = read("brat", sample(tmp_path, "T1\tEVENT 13 16\tmet\n"))
    assert marks(only(reading)) == [("EVENT", (13, 16))]
    assert reading.notes == ["no E lines: 1 T lines are read as triggers of events"]


def test_crlf_counts_as_two_and_is_kept(tmp_path):
    ann = "T1\tMeet 5 8\tmet\r\nE1\tMeet:T1\r\n"
    assert marks(only(read("brat", sample(tmp_path, ann, "Bo\r\n met\r\n")))) == [("Meet", (5, 8))]


def test_an_event_as_an_argument_is_read_as_its_trigger(tmp_path):
    ann = MET + "T5\tCause 6 9\tand\nE2\tCause:T5 Theme:E1\n"
    reading = read("brat", sample(tmp_path, ann))
    assert marks(only(reading))[1] == ("Cause", (6, 9), ("Theme", (13, 16)))
    assert reading.unheld["event as an argument (read as its trigger)"] == 1


def test_our_own_attributes_are_read_and_others_counted(tmp_path):
    ann = MET + (
        "A1\tRealis E1 negated\nA2\tDate E1 2025-03\nA3\tNegation E1\nM1\tSure T2 yes\n"
        "N1\tReference T2 actor:ana\tAna\nN2\tReference T3 Wikipedia:534366\tBo\n"
        "R1\tKnows Arg1:T2 Arg2:T3\n#1\tAnnotatorNotes T1\thm\n*\tEquiv T2 T3\n"
    )
    reading = read("brat", sample(tmp_path, ann))
    (event,) = only(reading).events
    assert (event.realis, event.date, event.arguments[0].actor) == ("negated", "2025-03", "ana")
    assert {
        name: reading.unheld[name] for name in ("attribute", "reference", "relation", "note")
    } == {
        "attribute": 2,
        "reference": 1,
        "relation": 1,
        "note": 1,
    }
    assert reading.unheld["equivalence of spans"] == 1


def test_equivalent_events_are_one_cluster(tmp_path):
    ann = "T1\tA 2 5\tAna\nT2\tA 10 12\tBo\nE1\tA:T1\nE2\tA:T2\n*\tEquiv E1 E2\n"
    assert [e.cluster for e in only(read("brat", sample(tmp_path, ann))).events] == ["E1", "E1"]


@pytest.mark.parametrize(
    ("ann", "message"),
    [
        (
            "T1\tMeet 13 16\tmet\nE1\tMeet:T9\n",
            'one.ann:2: found "T9", wanted a T or E of this file',
        ),
        ("T1\tMeet 13 16\tmet\nE1\tMeet:T1 Who:T7\n", 'one.ann:2: found "T7", wanted a T or E'),
        ("T1 Meet 13 16 met\n", 'one.ann:1: found "T1 Meet 13 16 met", wanted a line of brat'),
        ("T1\tMeet 13 99\tmet\n", "one.ann:1: events[0].trigger.end: found 99, wanted at most 39"),
        ("\nT1\tMeet 14 17\tmet\nE1\tMeet:T1\n", 'one.ann:2: events[0].trigger.text: found "met"'),
        ("T1\tMeet 16 13\tmet\n", "one.ann:1: events[0].trigger: found the span [16, 13)"),
        ("T1\tMeet 13 16\tmet\nE1\tMeet:\n", "one.ann:2: found "),
        ("A1\t\n", "one.ann:1: found "),
        ("*\t \n", "one.ann:1: found "),
        ("nonsense\n", 'one.ann:1: found "nonsense", wanted a line of brat'),
    ],
)
def test_a_broken_line_is_named(tmp_path, ann, message):
    problems = read("brat", sample(tmp_path, ann)).problems
    assert str(problems[0]).startswith(message)


def test_links_out_of_the_folder_are_refused(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    sample(outside, MET)
    (inside / "one.txt").symlink_to(outside / "one.txt")
    (inside / "one.ann").write_text(MET, encoding="utf-8")
    (inside / "folder").symlink_to(outside)
    reading = read("brat", inside)
    assert [str(problem) for problem in reading.problems] == [
        "one.ann:0: found a symbolic link, wanted a file of the folder"
    ]
    assert not reading.annotations


def test_bytes_that_are_no_text_are_named(tmp_path):
    (tmp_path / "one.ann").write_bytes(b"T1\tX 0 1\t\xff")
    assert "no UTF-8 at byte 10" in str(read("brat", tmp_path).problems[0])


def test_a_text_alone_is_no_pair(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(DatelineError, match=r"one\.ann: No such file"):
        read("brat", tmp_path / "one.txt")


@real_data
def test_real_corpora_are_read_without_a_problem():
    phee = read("brat", DATA / "phee")
    assert not phee.problems
    assert len(phee.annotations) == 100
    assert sum(len(a.events) for a in phee.annotations.values()) == 116
    litbank = read("brat", DATA / "litbank")
    assert not litbank.problems
    assert [len(a.events) for a in litbank.annotations.values()] == [61, 32, 109, 64]
