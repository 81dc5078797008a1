"""Offsets counted by others become code points of the article, or have no place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.offsets import Unit, carry_over, move_raw, projection, reader_of
from bench.schema import Actor, Annotation, Argument, Event, Mark, Span

texts = st.text(st.sampled_from("ab é📞𝔘\n-"), max_size=20)


@given(text=texts, data=st.data())
def test_utf16_and_byte_offsets_are_those_of_the_encoded_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for unit, encoding, width in ((Unit.utf16, "utf-16-le", 2), (Unit.byte, "utf-8", 1)):
        there = [len(text[:n].encode(encoding)) // width for n in (start, end)]
        assert reader_of(text, unit)(*there) == (start, end)


def test_an_offset_inside_a_sign_has_no_place():
    assert reader_of("a📞b", Unit.utf16)(2, 3) is None
    assert reader_of("é", Unit.byte)(0, 9) is None


def test_raw_marks_are_moved_wherever_they_are():
    raw = {"trigger": {"start": 2, "end": 3}, "arguments": [{"start": 0, "end": 9}], "start": "x"}
    assert move_raw(raw, lambda a, b: (a + 1, b + 1) if b < 9 else None) == {
        "trigger": {"start": 3, "end": 4},
        "arguments": [{"start": 0, "end": 9}],
        "start": "x",
    }


@pytest.mark.parametrize(
    ("source", "target", "span", "moved"),
    [
        ("Kyiv 's truce", "Kyiv’s truce", (8, 13), (7, 12)),
        ("a\r\nb", "a\nb", (3, 4), (2, 3)),
        ("B C", "A A\nB C\nD", (0, 1), (4, 5)),  # the source lacks lines
        ("A A\nZ\nB C", "A A\nB C", (6, 7), (4, 5)),  # the source has one more
        ("A A\nZ\nB C", "A A\nB C", (4, 5), None),
        ("A\nZ\nB", "A\nB", (0, 5), None),  # over a line that is not there
        ("A B", "A B", (1, 2), None),  # a space
    ],
)
def test_a_span_moves_to_another_copy_of_the_text(source, target, span, moved):
    assert projection(source, target)(*span) == moved


@given(text=texts, data=st.data())
def test_moving_to_the_same_signs_without_spaces_and_back_is_the_identity(text, data):
    bare = "".join(text.split())
    start = data.draw(st.integers(0, len(bare)))
    end = data.draw(st.integers(start, len(bare)))
    moved = projection(bare, text)(start, end)
    assert (moved is None) == (start == end)
    assert moved is None or projection(text, bare)(*moved) == (start, end)


def test_marks_without_a_place_keep_their_words_and_mentions_without_one_go():
    source, target = "one two", "one three"
    event = Event(
        type="T",
        trigger=Mark(start=0, end=3, text="one"),
        arguments=(Argument(role="r", start=4, end=7), Argument(role="r", actor="x")),
    )
    actor = Actor(id="x", mentions=(Span(start=0, end=3), Span(start=4, end=7)))
    found = carry_over(
        Annotation(doc_id="a/b", events=(event,), actors=(actor,)), f"{source}", target
    )
    # the one line differs, so nothing of it has a place
    assert found.events[0].trigger == Mark(text="one")
    assert found.events[0].arguments == (
        Argument(role="r", text="two"),
        Argument(role="r", actor="x"),
    )
    assert found.actors[0].mentions == ()
