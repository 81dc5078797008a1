"""EDTF values as intervals, checked by hand and against the `edtf` package."""

from __future__ import annotations

import datetime as dt
import warnings
from time import struct_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.dates import (
    count_days,
    day_share,
    days,
    is_duration,
    is_edtf,
    nesting,
    normalise,
    parse,
    within_a_day,
)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2025-03-18", ("2025-03-18", "2025-03-18")),
        ("2025-03-18T22:30", ("2025-03-18", "2025-03-18")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2022~", ("2022-01-01", "2022-12-31")),
        ("202X", ("2020-01-01", "2029-12-31")),
        ("2025-03-XX", ("2025-03-01", "2025-03-31")),
        ("2025-24", ("2025-12-01", "2026-02-28")),
        ("2025-03-18/2025-04-17", ("2025-03-18", "2025-04-17")),
        ("../2025-03", (None, "2025-03-31")),
        ("2025-03-18/", ("2025-03-18", None)),
    ],
)
def test_a_value_covers_its_days(value, bounds):
    (found,) = parse(value)
    assert tuple(day and day.isoformat() for day in (found.first, found.last)) == bounds


@pytest.mark.parametrize(
    "value", ["XXXX-XX-XX", "XXXX-03-18", "XXXX", "XXXX-21", "XXXX-XX-XXT22:00"]
)
def test_an_unspecified_year_dates_nothing(value):
    assert parse(value) == ()


@pytest.mark.parametrize(
    "value",
    ["18 March", "2025-13", "2025-02-30", "2025-3-1", "2025-04-17/2025-03-18", "/", "..", "",
     "2025-03-18/2025-03-19/2025-03-20", "25-03-18", "XXXX-13-01", "XXXX-13", "XXXX-21-01",
     "2025-03-18T24:00", "2025-03-18T22:60", "P30D", "٢٠٢٥"],
)  # fmt: skip
def test_what_is_no_value_of_the_profile_is_refused(value):
    assert not is_edtf(value)
    with pytest.raises(ValueError):
        parse(value)


@pytest.mark.parametrize(
    ("value", "yes"),
    [("P30D", True), ("PT90M", True), ("PTXH", True), ("P1Y6M", True), ("PT1.5H", True),
     ("P3Y~", True), ("P", False), ("PT", False), ("30D", False), ("P30", False), ("P1DT", False)],
)  # fmt: skip
def test_durations_are_told_from_dates(value, yes):
    assert is_duration(value) is yes


def test_one_value_has_one_spelling():
    assert normalise("{2025-01,  2025-02}") == normalise("{2025-01,2025-02}")
    assert normalise("/2025") == normalise("../2025")


any_day = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
values = st.one_of(
    any_day.map(str),
    any_day.map(lambda day: str(day)[:7]),
    any_day.map(lambda day: str(day)[:4]),
    any_day.map(lambda day: str(day)[:4] + "~"),
    st.tuples(any_day, any_day).map(lambda two: "/".join(map(str, sorted(two)))),
)


@given(values)
def test_bounds_agree_with_the_edtf_package(value):
    """edtf 5.0.2, `lower_strict` and `upper_strict`, run by this test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf import parse_edtf
    theirs = parse_edtf(value)
    (ours,) = parse(value)
    assert ours.first == as_date(theirs.lower_strict())
    assert ours.last == as_date(theirs.upper_strict())


def as_date(moment: struct_time) -> dt.date:
    return dt.date(*moment[:3])


near = st.dates(dt.date(2025, 3, 1), dt.date(2025, 3, 12))
short = st.one_of(
    near.map(str),
    st.tuples(near, near).map(lambda two: "/".join(map(str, sorted(two)))),
    st.lists(near, min_size=1, max_size=4).map(lambda some: f"{{{','.join(map(str, some))}}}"),
)


def listed(value: str) -> set[int]:
    """The days of a value, one by one, as a set."""
    return {
        day
        for one in parse(value)
        if one.first and one.last
        for day in range(one.first.toordinal(), one.last.toordinal() + 1)
    }


@given(short, short)
def test_days_compare_as_the_sets_that_they_are(one, other):
    a, b = listed(one), listed(other)
    assert count_days(days(one)) == len(a)
    assert day_share(one, other) == pytest.approx(2 * len(a & b) / (len(a) + len(b)))
    apart = [min(abs(x - y) for y in b) for x in a] + [min(abs(x - y) for x in a) for y in b]
    assert within_a_day(one, other) == float(max(apart) <= 1)
    assert (nesting(one, other) > 0) == (a <= b or b <= a)
    assert (nesting(one, other) == 1) == (a == b)


@pytest.mark.parametrize(
    ("value", "size"),
    [("2025-03-18", 1), ("2025-21", 92), ("202X", 3653), ("19XX", 36524), ("P30D", 0), ("soon", 0)],
)
def test_values_cover_days_and_other_things_none(value, size):
    assert count_days(days(value)) == size
