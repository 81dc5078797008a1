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
from dataclasses import dataclass
from functools import lru_cache

_DATE = re.compile(
    r"(?P<year>[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2})(?:T(?P<clock>\d\d(?::\d\d){0,2}Z?))?)?)?"
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
    for part, highest in zip(rest, (12, 31), strict=False):
        if "X" not in part and not 1 <= int(part) <= highest:
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
