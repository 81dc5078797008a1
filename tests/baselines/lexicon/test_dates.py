"""What time expressions are worth, and which event they date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselines.lexicon import times
from bench import dates
from tests.baselines.lexicon.reader import event, read


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("on Tuesday", "2024-05-07"),
        ("last Friday", "2024-05-03"),
        ("last Monday", "2024-04-29"),
        ("next Monday", "2024-05-13"),
        ("yesterday", "2024-05-07"),
        ("overnight", "2024-05-07/2024-05-08"),
        ("at the weekend", "2024-05-04/2024-05-05"),
        ("last week", "2024-04-29/2024-05-05"),
        ("this month", "2024-05"),
        ("earlier this month", "2024-05-01/2024-05-08"),
        ("last September", "2023-09"),
        ("in February", "2024-02"),
        ("a week ago", "2024-05-01"),
        ("three years ago", "2021"),
        ("about three years ago", "2021~"),
        ("in 2019", "2019"),
        ("on 3 April", "2024-04-03"),
        ("on April 3, 2022", "2022-04-03"),
        ("in March 2021", "2021-03"),
        ("last year", "2023"),
    ],
)
def test_a_dated_clause_dates_its_event(phrase: str, value: str) -> None:
    assert event(f"Rebels attacked the port {phrase}.", "attacked").date == value


@pytest.mark.parametrize(
    ("phrase", "value"),
    [("a 30-day truce", "P30D"), ("for 90 minutes", "PT90M"), ("within hours of it", "PTXH"),
     ("an hour and a half", "PT90M"), ("a three-year-long war", "P3Y"), ("a few weeks", "PXW")],
)  # fmt: skip
def test_durations_are_marked_and_date_nothing(phrase: str, value: str) -> None:
    text = f"Rebels attacked the port {phrase}."
    assert [time.value for time in read(text).times] == [value]
    assert event(text, "attacked").date is None


def test_a_future_clause_looks_forward() -> None:
    assert event("The ministers will meet on Friday.", "meet").date == "2024-05-10"
    assert event("The ministers met on Friday.", "met").date == "2024-05-03"


def test_the_date_of_a_saying_verb_is_not_that_of_what_was_said() -> None:
    text = "Ana Rojas said on Monday that rebels attacked the port."
    assert event(text, "attacked").date is None


def test_hypothetical_events_take_only_a_date_of_their_own() -> None:
    assert event("On Monday Qatar demanded a ceasefire.", "ceasefire").date is None
    assert event("On Monday Qatar demanded a ceasefire.", "demanded").date == "2024-05-06"
    assert event("Italy urged Mali on Monday to release the crew.", "release").date is None


@settings(max_examples=30, deadline=None)
@given(
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.sampled_from(
        [
            "last week",
            "ten years ago",
            "two months ago",
            "next Friday",
            "overnight",
            "30 February",
            "next year",
            "in May",
        ]
    ),
)
def test_values_hold_at_both_ends_of_the_calendar(day: date, phrase: str) -> None:
    for time in times.find(phrase, 0, len(phrase), day):
        assert time.value.startswith("P") or dates.parse(time.value) is not None


def test_an_impossible_publication_date_only_costs_the_times() -> None:
    annotation = read("Rebels attacked the port on Tuesday.", published="2024-13-45")
    assert [item.date for item in annotation.events] == [None]
    assert annotation.times == ()
