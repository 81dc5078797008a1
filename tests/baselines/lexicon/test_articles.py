"""Whole articles: what a page adds, clusters, any text at all, and the extractor itself."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from baselines.lexicon import Lexicon, boilerplate
from bench import dates
from bench.extractors import Extractor
from bench.schema import Annotation
from tests.baselines.lexicon.reader import read

PAGE = """Home | World | Sport | Weather
Wednesday, 8 May 2024, 10:41
Lima 19 °C, clear
Advertisement
Rebels seize radio station

Rebels attacked a radio station in Kampala on Tuesday. Share prices fell.
READ ALSO: Pilots end strike
Share this article: Mail
Most read
1. Minister resigns over loan
2. Army kills nine in raid

Latest
Police arrest singer
(Reporting by Jo Bloggs; editing by Sam Poe)
12 comments. Sign in to join the conversation.
"""


def test_nothing_is_found_in_what_a_page_adds() -> None:
    lines = [PAGE[start:end] for start, end in boilerplate.body(PAGE)]
    assert lines == [
        "Rebels seize radio station",
        "Rebels attacked a radio station in Kampala on Tuesday. Share prices fell.",
    ]
    found_here = {str(item.trigger and item.trigger.text) for item in read(PAGE).events}
    assert found_here <= {"seize", "attacked"}
    assert "attacked" in found_here
    assert [time.text for time in read(PAGE).times] == ["Tuesday"]


def test_mentions_of_one_happening_share_a_cluster() -> None:
    text = "Ana Rojas met the Peruvian president. The meeting was short. Kenya met Uganda."
    first, second, third = (item.cluster for item in read(text).events)
    assert first == second != third


def test_a_passive_without_a_doer_joins_no_other_happening() -> None:
    first, second = read("Rebels attacked. Goma was attacked.").events
    assert first.cluster != second.cluster


def test_mentions_of_one_happening_share_its_date() -> None:
    text = "Kenya met Uganda on Monday. The meeting was short."
    assert [item.date for item in read(text).events] == ["2024-05-06", "2024-05-06"]


def test_it_is_an_extractor_that_names_its_document() -> None:
    assert isinstance(Lexicon(), Extractor)
    assert read("Nothing happened.").doc_id == "made-up/0001"


def check(text: str, annotation: Annotation) -> None:
    """Every span lies in the text and carries its words; every value is one that scoring reads."""
    spans = [item.trigger for item in annotation.events if item.trigger]
    spans += [argument for item in annotation.events for argument in item.arguments]
    spans += [mention for actor in annotation.actors for mention in actor.mentions]
    for mark in [*spans, *annotation.times]:
        assert mark.span is not None
        assert text[slice(*mark.span)] == mark.text
    for item in annotation.events:
        assert item.date is None or dates.parse(item.date)


WORDS = (
    "rebels attacked Ana Rojas said that the Russian forces of Kyiv's to by , . “ ” - on Tuesday "
    "30-day in March "
    "2022 agreed halt strikes and will not refused a ceasefire between Jordan who it he 's U.S. "
    "last \n READ ALSO:"
).split(" ")


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
)
def test_any_text_gives_valid_offsets_twice_the_same(text: str) -> None:
    annotation = read(text)
    check(text, annotation)
    assert read(text) == annotation


def test_importing_it_loads_neither_dictionary_nor_date_parser() -> None:
    code = (
        "import sys, baselines.lexicon; "
        "print(sorted({'lemminflect', 'dateparser', 'countryinfo', 'numpy'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
