"""Time expressions with the values that an article's own days give them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from baselines.lexicon import times
from baselines.lexicon.times import Time

_RELATIVE = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|overnight|last night"
    r"|this (?:morning|afternoon|evening))",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"(?:the )?(next|following|same) (?:day|night|evening|morning)", re.IGNORECASE
)
_PART_OF_MONTH = re.compile(r"(?:early|late|earlier|later) (?:this|last) month", re.IGNORECASE)
_FULL = re.compile(r"\d{4}-\d\d-\d\d$")
_YEAR = re.compile(r"\d{4}")


def find(
    text: str, start: int, end: int, published: dt.date, reported: dt.date | None = None
) -> list[Time]:
    """Time expressions of a stretch of text; *today* and its like count from the dateline."""
    found = times.find(text, start, end, published)
    if reported is not None and reported != published:
        there = {t.start: t for t in times.find(text, start, end, reported)}
        found = [there.get(t.start, t) if _relative(text, t) else t for t in found]
    return [_settled(text, time, published) for time in found if not _feast(text, time)]


def _relative(text: str, time: Time) -> bool:
    return bool(_RELATIVE.search(text[time.start : time.end]))


def _feast(text: str, time: Time) -> bool:
    """The Friday of *Good Friday* is no weekday of this week."""
    return text[max(0, time.start - 5) : time.start] == "Good "


def _settled(text: str, time: Time, published: dt.date) -> Time:
    words = text[time.start : time.end]
    if _PART_OF_MONTH.fullmatch(words) and time.value[:1].isdigit():
        return replace(time, value=time.value[:7])
    if time.kind == "date" and not _YEAR.search(words) and _FULL.match(time.value):
        return replace(time, value=_nearest(time.value, published))
    return time


def _nearest(value: str, published: dt.date) -> str:
    """A day without a year is the one nearest to the day of publication."""
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(dt.date.fromisoformat(f"{year:04d}{value[4:]}"))
        except ValueError:
            continue
    nearest = min(days, key=lambda day: abs(day - published), default=None)
    return nearest.isoformat() if nearest is not None else value


def reported(text: str, start: int, end: int, published: dt.date) -> dt.date | None:
    """The day of a dateline, where it names one of the last ten days."""
    for time in times.find(text, start, end, published):
        value = _settled(text, time, published).value
        if _FULL.match(value):
            day = dt.date.fromisoformat(value)
            if dt.timedelta(0) <= published - day <= dt.timedelta(days=10):
                return day
    return None


def in_order(text: str, found: Iterable[Time]) -> list[Time]:
    """`the next day`, `the same evening` count from the day named before them."""
    settled: list[Time] = []
    last: dt.date | None = None
    for time in sorted(found, key=lambda t: t.start):
        match = _FOLLOWS.fullmatch(text[time.start : time.end])
        if match is not None:
            time = replace(time, value=_after(match[1], last))
        if _FULL.match(time.value):
            last = dt.date.fromisoformat(time.value)
        settled.append(time)
    return settled


def _after(word: str, last: dt.date | None) -> str:
    if last is None or last.year >= dt.MAXYEAR:
        return "XXXX-XX-XX"
    return (last if word.lower() == "same" else last + dt.timedelta(days=1)).isoformat()
