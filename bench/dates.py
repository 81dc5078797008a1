"""EDTF values as calendar intervals, and how two of them compare.

The profile is what the guidelines use: years, months, days (with an optional clock time), `~`, `?`
and `%`, intervals closed or open at one end, sets in brackets, seasons and unspecified digits
(`XXXX-XX-XX` dates nothing). Source: ISO 8601-2:2019, levels 0 to 2 in part. Durations are ISO 8601
and date nothing either.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_DATE = re.compile(
    r"(?P<year>[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2})(?:T(?:[01]\d|2[0-3])(?::[0-5]\d){0,2}Z?)?)?)?"
    r"(?P<hedge>[~?%]?)",
    re.ASCII,
)
_DURATION = re.compile(
    r"P(?=[\dXT])(?:(?:\d+(?:\.\d+)?|X+)[YMWD])*(?:T(?:(?:\d+(?:\.\d+)?|X+)[HMS])+)?[~?%]?",
    re.ASCII,
)
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
DAY, MONTH, SEASON, YEAR = "day", "month", "season", "year"


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included; None where an end is open."""

    first: dt.date | None
    last: dt.date | None
    granularity: str


@lru_cache(maxsize=65536)
def parse(value: str) -> tuple[Interval, ...]:
    """The calendar intervals that an EDTF value stands for; none for unspecified dates.

    >>> [(str(i.first), str(i.last)) for i in parse("2024-02")]
    [('2024-02-01', '2024-02-29')]
    >>> parse("XXXX-XX-XX"), len(parse("[2025-03-11,2025-03-18]"))
    ((), 2)

    Raises ValueError for what is no value of the profile.
    """
    if value[:1] + value[-1:] in ("[]", "{}"):
        members = [member.strip() for member in value[1:-1].split(",")]
        return tuple(found for member in members for found in parse(member))
    if "/" in value:
        return _interval(value)
    found = _single(value)
    return () if found is None else (found,)


def _interval(value: str) -> tuple[Interval, ...]:
    ends = value.split("/")
    if len(ends) != 2 or all(end in ("", "..") for end in ends):
        raise ValueError(f"{value!r} is no EDTF interval")
    first, last = (None if end in ("", "..") else _single(end) for end in ends)
    known = first or last
    if known is None:
        return ()
    start, end = first.first if first else None, last.last if last else None
    if start and end and end < start:
        raise ValueError(f"{value!r} ends before it starts")
    return (Interval(start, end, known.granularity),)


def _single(value: str) -> Interval | None:
    match = _DATE.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is no EDTF date")
    parts = [match[name] for name in ("year", "month", "day") if match[name] is not None]
    if any("X" in part for part in parts):
        return _unspecified(parts, value)
    numbers = [int(part) for part in parts]
    if len(numbers) == 3:
        return _day(*numbers, value=value)
    return _month(*numbers, value=value) if len(numbers) == 2 else _years(*numbers, *numbers)


def _unspecified(parts: list[str], value: str) -> Interval | None:
    year, *rest = parts
    months = {*range(1, 13), *(_SEASONS if len(rest) == 1 else ())}
    for part, allowed in zip(rest, (months, range(1, 32)), strict=False):
        if "X" not in part and int(part) not in allowed:
            raise ValueError(f"{value!r} is no day of the calendar")
    if "X" in year.rstrip("X") or year.startswith("X"):
        return None
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if len(rest) == 2 and "X" not in year + rest[0]:
        return _month(int(year), int(rest[0]), value=value)
    return _years(low, high)


def _years(low: int, high: int) -> Interval:
    return Interval(dt.date(max(low, 1), 1, 1), dt.date(max(high, 1), 12, 31), YEAR)


def _month(year: int, month: int, *, value: str) -> Interval:
    if month in _SEASONS:
        start = dt.date(year, _SEASONS[month], 1)
        end_year, end_month = (year + 1, 2) if month == 24 else (year, start.month + 2)
        return Interval(start, _last_day(end_year, end_month), SEASON)
    if not 1 <= month <= 12:
        raise ValueError(f"{value!r} is no month of the calendar")
    return Interval(dt.date(year, month, 1), _last_day(year, month), MONTH)


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int, *, value: str) -> Interval:
    try:
        date = dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{value!r} is no day of the calendar") from error
    return Interval(date, date, DAY)


def is_duration(value: str) -> bool:
    """Whether a value is an ISO 8601 duration, `X` standing for an unknown number.

    >>> is_duration("P30D"), is_duration("PTXH"), is_duration("2025")
    (True, True, False)
    """
    return _DURATION.fullmatch(value) is not None


def is_edtf(value: str) -> bool:
    """Whether a value belongs to the profile.

    >>> is_edtf("2025-03-18/2025-04-17"), is_edtf("18 March")
    (True, False)
    """
    try:
        parse(value)
    except ValueError:
        return False
    return True


def normalise(value: str) -> str:
    """One spelling for each value: sets without spaces, open ends as `..`.

    >>> normalise("{2025-01, 2025-02}"), normalise("/2025")
    ('{2025-01,2025-02}', '../2025')
    """
    plain = re.sub(r"\s+", "", value)
    if "/" in plain:
        return "/".join(end or ".." for end in plain.split("/"))
    return plain


Days = tuple[tuple[int, int], ...]
# Days of a day, a month, a year, a decade, a century: the steps of `nesting`.
_SIZES = (1, 31, 366, 3653, 36525)


@lru_cache(maxsize=65536)
def days(value: str) -> Days:
    """The days that a value covers, as disjoint runs of ordinals with both ends included.

    Sets cover the union of their members, an open end runs to the end of the calendar, and what
    dates nothing (unspecified years, durations) covers no day.

    >>> days("[2025-03-18,2025-03-20]"), days("P30D")
    (((739328, 739328), (739330, 739330)), ())
    """
    if not is_edtf(value):
        return ()
    return _united(
        ((i.first or dt.date.min).toordinal(), (i.last or dt.date.max).toordinal())
        for i in parse(value)
    )


def _united(runs: Iterable[tuple[int, int]]) -> Days:
    found: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            first, last = found[-1][0], max(found.pop()[1], last)
        found.append((first, last))
    return tuple(found)


def count_days(runs: Days) -> int:
    """How many days some runs hold."""
    return sum(last - first + 1 for first, last in runs)


def shared_days(one: Days, other: Days) -> int:
    """How many days two values have in common.

    >>> shared_days(days("2025-03"), days("2025-03-18/2025-04-17"))
    14
    """
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1) for a in one for b in other)


def day_share(gold: str, predicted: str) -> float:
    """Dice coefficient of the days covered: 2·shared / (gold + predicted); 1 for equal values.

    >>> day_share("2025-03-18/2025-03-20", "2025-03-18")
    0.5
    """
    ours, theirs = days(gold), days(predicted)
    if ours == theirs:
        return float(bool(ours) or gold == predicted)
    return 2 * shared_days(ours, theirs) / (count_days(ours) + count_days(theirs))


def within_a_day(gold: str, predicted: str) -> float:
    """1 where every day of either value lies at most one day from some day of the other.

    The tolerance forgives an evening that is already tomorrow elsewhere. It holds from both sides,
    so that a year is no answer to a day of it, and an endless interval is no answer to everything.

    >>> within_a_day("2025-03-18", "2025-03-19"), within_a_day("2025-03-18", "2025-03")
    (1.0, 0.0)
    """
    ours, theirs = days(gold), days(predicted)
    if ours == theirs:
        return float(bool(ours) or gold == predicted)
    return float(_near(ours, theirs) and _near(theirs, ours))


def _near(one: Days, other: Days) -> bool:
    widened = _united((first - 1, last + 1) for first, last in other)
    return bool(other) and shared_days(one, widened) == count_days(one)


def nesting(gold: str, predicted: str) -> float:
    """1 where both cover the same days; where one lies inside the other, half for each step between
    their sizes (day, month, year, decade, century, more), and half at least; else 0.

    >>> nesting("2025-03-18", "2025-03"), nesting("2025-03-18", "2025"), nesting("2025", "2024-03")
    (0.5, 0.25, 0.0)
    """
    ours, theirs = days(gold), days(predicted)
    if ours == theirs:
        return float(bool(ours) or gold == predicted)
    small, large = sorted((count_days(ours), count_days(theirs)))
    if not small or shared_days(ours, theirs) < small:
        return 0.0
    return 0.5 ** max(1, bisect_left(_SIZES, large) - bisect_left(_SIZES, small))
