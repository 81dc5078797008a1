"""WebAnno TSV: UTF-16, parts of tokens, numbers that join rows, stacks, escapes, slots, relations."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.formats import FORMATS, Page
from bench.formats.base import recognise
from bench.schema import Annotation, Argument, Event, Mark
from tests.formats.samples import marks, only, read

# Code points:  0 2   6  9   13
#               📞 Ana Li met Bo.   and one unit of UTF-16 more from Ana on
SLOTS = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=webanno.custom.Entity|actor|value
#T_SP=webanno.custom.Event|date|eventType|ROLE_webanno.custom.Event:who_webanno.custom.EventWhoLink|webanno.custom.Entity


#Text=📞 Ana Li met Bo.
1-1\t0-2\t📞\tSYM\t_\t_\t_\t_\t_\t_\t
1-2\t3-6\tAna\tNNP\tana\\_li[1]\tPER[1]\t_\t_\t_\t_\t
1-3\t7-9\tLi\tNNP\tana\\_li[1]\tPER[1]\t_\t_\t_\t_\t
1-4\t10-13\tmet\tVBD\t_\t_\t2025-03\tMeet\\_Up\tagent;*\t1-2[1];1-5\t
1-5\t14-16\tBo\tNNP\t*\tPER\t_\t_\t_\t_\t
1-6\t16-17\t.\tPCT\t_\t_\t_\t_\t_\t_\t
"""
MET = ("Meet_Up", (9, 12), ("agent", (2, 8)), ("who", (13, 15)))


def sample(tmp_path, content: str, name: str = "one.tsv"):
    path = tmp_path / name
    path.write_bytes(content.encode())
    return path


def small(head: str, *rows: str, text: str = "Bo met Eva.") -> str:
    """A file of one sentence with the rows of its four tokens, their columns given."""
    tokens = ["1-1\t0-2\tBo", "1-2\t3-6\tmet", "1-3\t7-10\tEva", "1-4\t10-11\t."]
    lines = [f"{token}\t{row}\t" for token, row in zip(tokens, rows, strict=True)]
    return "\n".join(["#FORMAT=WebAnno TSV 3.3", head, "", "", f"#Text={text}", *lines, ""])


def test_slots_numbers_and_escapes_with_an_emoji_counted_in_utf16(tmp_path):
    reading = read("webanno", sample(tmp_path, SLOTS))
    annotation = only(reading)
    assert marks(annotation) == [MET]
    (event,) = annotation.events
    assert (event.date, event.arguments[0].actor, event.arguments[0].text) == (
        "2025-03",
        "ana_li",
        "Ana Li",
    )
    assert reading.texts == {"one": "📞 Ana Li met Bo."}
    assert +reading.unheld == {"annotation of morphology or syntax": 6, "feature of a filler": 2}
    assert not reading.warnings


def test_a_date_in_words_is_counted_and_the_event_kept(tmp_path):
    reading = read("webanno", sample(tmp_path, SLOTS.replace("2025-03", "on Monday")))
    assert marks(only(reading)) == [MET]
    assert reading.unheld["feature of an event"] == 1


def test_code_points_are_believed_where_the_tokens_say_so(tmp_path):
    moved = SLOTS.replace("0-2\t", "0-1\t").replace("3-6", "2-5").replace("7-9", "6-8")
    moved = moved.replace("10-13", "9-12").replace("14-16", "13-15").replace("16-17", "15-16")
    assert marks(only(read("webanno", sample(tmp_path, moved)))) == [MET]


def test_tokens_that_are_not_in_the_text_are_warned_of_and_utf16_stays(tmp_path):
    reading = read("webanno", sample(tmp_path, SLOTS.replace("\tLi\t", "\tLee\t")))
    assert marks(only(reading)) == [MET]
    assert reading.warnings == ["one.tsv: 1 of 6 tokens are not what stands in the text"]


def test_stacked_events_keep_their_own_fillers(tmp_path):
    head = (
        "#T_SP=custom.Event|kind|ROLE_custom.Event:args_custom.Link|custom.Span\n#T_SP=custom.Span|"
    )
    rows = ["_\t_\t_\t*|*[4]", "Meet[1]|Talk[2]\twho[1]|_[2]\t1-1|*", "_\t_\t_\t*[4]", "_\t_\t_\t_"]
    reading = read("webanno", sample(tmp_path, small(head, *rows)))
    assert marks(only(reading)) == [("Meet", (3, 6), ("who", (0, 2))), ("Talk", (3, 6))]
    assert +reading.unheld == {"span beside the events": 1}
    rows[1] = "Meet[1]|Talk[2]\twho[1]|a\\;b;c[2]\t1-1|1-1[4];1-2[1]"
    reading = read("webanno", sample(tmp_path, small(head, *rows)))
    assert marks(only(reading)) == [
        ("Meet", (3, 6), ("who", (0, 2))),
        ("Talk", (3, 6), ("a;b", (0, 10)), ("c", (3, 6))),
    ]
    assert reading.unheld["event as an argument (read as its trigger)"] == 1


def test_parts_of_tokens_and_spans_without_width(tmp_path):
    content = small("#T_SP=custom.Event|value", "_", "_", "Half[1]", "Half[1]").replace(
        "1-3\t", "1-2.1\t4-6\tet\tHalf[1]\t\n1-2.2\t3-3\t\tNothing|Void\t\n1-3\t"
    )
    assert marks(only(read("webanno", sample(tmp_path, content)))) == [
        ("Half", (4, 11)),
        ("Nothing", None),
        ("Void", None),
    ]


RELATIONS = small(
    "#T_SP=custom.Span|value\n#T_RL=custom.Role|label|BT_custom.Span",
    "PER\tagent\t1-2[1_0]",
    "Meet[1]|Talk[2]\t_\t_",
    "PER[3]|PER[4]\t*|with\\_whom\t1-2[2_4]|1-2[1_3]",
    "End\t_\t_",
)


def test_relations_lead_from_events_to_their_fillers(tmp_path):
    reading = read("webanno", sample(tmp_path, RELATIONS))
    assert marks(only(reading)) == [
        ("Meet", (3, 6), ("agent", (0, 2)), ("with_whom", (7, 10))),
        ("Talk", (3, 6), ("Role", (7, 10))),
        ("End", (10, 11)),
    ]


def test_every_layer_but_grammar_holds_events_where_nothing_is_linked(tmp_path):
    head = (
        "#T_SP=de.core.api.segmentation.type.Lemma|value\n#T_SP=custom.A|\n#T_SP=custom.B|id|kind"
    )
    content = small(head, "Bo\t*\t_\t_", "meet\t_\te1\t*", "_\t_\t_\t_", "_\t_\t_\t_")
    annotation = only(read("webanno", sample(tmp_path, content)))
    assert marks(annotation) == [("A", (0, 2)), ("B", (3, 6))]


def test_chains_are_counted(tmp_path):
    head = "#T_CH=custom.CorefLink|referenceType|referenceRelation\n#T_SP=custom.A|value"
    rows = ["*[1]\t*->1-1\tX", "_\t_\t_", "it[2]\tis->1-2\t_", "it[2]\tis->1-2\t_"]
    assert read("webanno", sample(tmp_path, small(head, *rows))).unheld["member of a chain"] == 2


def test_sentences_of_several_lines_gaps_between_them_and_escaped_text(tmp_path):
    content = (
        "#FORMAT=WebAnno TSV 3.2\r\n#T_SP=custom.A|value\r\n\r\n\r\n"
        "#Sentence.id=s1\r\n#Text=Ana\\tfell\r\n#Text=\\\\o/\r\n"
        "1-1\t0-3\tAna\t_\t\r\n1-2\t4-8\tfell\tFall[1]\t\r\n1-3\t9-12\t\\o/\tFall[1]\t\r\n\r\n"
        "#Text=\\uD83D\\uDCDE \\u00FC.\r\n2-1\t15-17\t📞\tCall\t\r\n2-2\t18-19\tü\t_\t\r\n"
    )
    reading = read("webanno", sample(tmp_path, content))
    assert reading.texts == {"one": "Ana\tfell\n\\o/\n  📞 ü."}
    assert marks(only(reading)) == [("Fall", (4, 12)), ("Call", (15, 16))]


def test_a_folder_and_its_recognition(tmp_path):
    (tmp_path / "annotation" / "d.txt").mkdir(parents=True)
    path = sample(tmp_path / "annotation" / "d.txt", SLOTS, "ana.tsv")
    assert recognise(path).name == "webanno"
    assert recognise(tmp_path).name == "webanno"
    assert list(read("webanno", tmp_path).annotations) == ["annotation/d.txt/ana"]


@pytest.mark.parametrize(
    ("old", "new", "message", "lost"),
    [
        (
            "TSV 3.3",
            "TSV 2",
            '1: found "#FORMAT=WebAnno TSV 2", wanted #FORMAT=WebAnno',
            "document",
        ),
        ("1-2[1];1-5", "1-2[9];1-5", '11: found "1-2[9]", wanted a span of the file', "argument"),
        ("1-2[1];1-5", "x;1-5", '11: found "x", wanted a span of the file', "argument"),
        ("\tPCT\t_\t_", "", '13: found "1-6\\t16-17\\t.', "line"),
        ("10-13", "1-13", "11: found [1, 13), wanted offsets of signs", "event"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_left_out(tmp_path, old, new, message, lost):
    assert old in SLOTS
    reading = read("webanno", sample(tmp_path, SLOTS.replace(old, new)))
    assert str(reading.problems[0]).startswith(f"one.tsv:{message}")
    assert reading.dropped == {lost: 1}


def test_sentences_that_overlap_or_lie_far_apart_are_refused(tmp_path):
    for start in (5, 10**8):
        further = f"\n#Text=So\n2-1\t{start}-{start + 2}\tSo\t_\t_\t_\t_\t_\t_\t_\t\n"
        reading = read("webanno", sample(tmp_path, SLOTS + further))
        assert str(reading.problems[0]).startswith("one.tsv:1: found tokens whose offsets are of")
        assert not reading.annotations


def test_what_is_written_is_what_inception_reads():
    text = "📞 Ana met\nBo_x."
    meet = Event(
        type="Meet;Up",
        realis="actual",
        trigger=Mark(start=6, end=9),
        arguments=(
            Argument(role="who", start=2, end=5, actor="a|b"),
            Argument(role="*", start=0, end=5),
        ),
    )
    page = Page(Annotation(doc_id="s/one", events=(meet, Event(type="Bare"))), text)
    lost: Counter[str] = Counter()
    write = FORMATS["webanno"].write
    assert write is not None
    assert write([page], lost) == {
        "s/one.tsv": "#FORMAT=WebAnno TSV 3.3\n"
        "#T_SP=webanno.custom.Event|type|realis|ROLE_webanno.custom.Event:arguments_"
        "webanno.custom.EventArgumentsLink|webanno.custom.Argument\n"
        "#T_SP=webanno.custom.Argument|actor\n"
        "\n\n#Text=📞 Ana met\n#Text=\n"
        "1-1\t0-2\t📞\t_\t_\t_\t_\t*[3]\t\n"
        "1-1.1\t0-0\t\tBare[4]\t*[4]\t_[4]\t*\t_\t\n"
        "1-2\t3-6\tAna\t_\t_\t_\t_\ta\\|b[2]|*[3]\t\n"
        "1-3\t7-10\tmet\tMeet\\;Up[1]\tactual[1]\twho;\\*[1]\t1-2[2];1-1[3]\t_\t\n"
        "\n#Text=Bo_x.\n"
        "2-1\t11-15\tBo_x\t_\t_\t_\t_\t_\t\n"
        "2-2\t15-16\t.\t_\t_\t_\t_\t_\t\n"
    }
    assert not +lost
