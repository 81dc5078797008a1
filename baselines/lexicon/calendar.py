"""From the words of a time expression to an EDTF date or an ISO 8601 duration."""

from __future__ import annotations

import calendar as months
import datetime as dt
import re
import warnings
from functools import lru_cache

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_UNITS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W",
          "month": "M", "year": "Y", "decade": "Y"}  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_UNKNOWN = "XXXX-XX-XX"


@lru_cache(maxsize=4096)
def value(kind: str, phrase: str, published: dt.date, forward: bool) -> str | None:
    """EDTF or ISO value of a phrase of that kind; None where it names no date after all."""
    words = re.sub(r"\s+", " ", phrase.lower().replace("’", "'")).strip()
    try:
        return _READERS[kind](words, published, forward)
    except (ValueError, OverflowError):
        return None


def _date(words: str, published: dt.date, forward: bool) -> str | None:
    """A calendar date in words; dateparser reads it, and its period keeps the granularity."""
    clean = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b|,", " ", words)
    clean = re.sub(rf"^(?:{'|'.join(_WEEKDAYS)})\s+", "", clean.strip())
    direction = "future" if forward and not re.search(r"\d{4}", clean) else "past"
    return _parsed(" ".join(clean.split()), published, direction)


def _parsed(words: str, published: dt.date, direction: str) -> str | None:
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": dt.datetime.combine(published, dt.time()),
        "PREFER_DATES_FROM": direction,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateparser warns of Python's own strptime without a year
        found = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    if found is None or found.date_obj is None:
        return None
    day: dt.date = found.date_obj.date()
    return {"month": day.isoformat()[:7], "year": day.isoformat()[:4]}.get(
        str(found.period), day.isoformat()
    )


def _iso(words: str, published: dt.date, forward: bool) -> str | None:
    del published, forward
    return dt.date.fromisoformat(words).isoformat()


def _month(words: str, published: dt.date, forward: bool) -> str | None:
    """A month with or without its year: *last* is before, *next* after, *this* this year's."""
    bare = re.sub(r"\b(?:early|late|mid|earlier|later|in|of|last|this|next)\b|[-,]", " ", words)
    bare = " ".join(bare.replace(".", "").split())
    if "this" in words.split():
        return f"{published.year:04d}{(_parsed(bare, published, 'past') or '')[4:7]}"
    if bare == f"{_MONTHS[published.month - 1]}" and not {"next", "last"} & set(words.split()):
        return f"{published.year:04d}-{published.month:02d}"
    direction = "future" if "next" in words.split() or (forward and "last" not in words) else "past"
    found = _parsed(bare, published, direction)
    same = found is not None and found[:7] == published.isoformat()[:7]
    if same and "last" in words.split():
        return f"{published.year - 1:04d}{published:-%m}"
    return found[:7] if found else None


def _weekday(words: str, published: dt.date, forward: bool) -> str | None:
    """*Tuesday* is the latest Tuesday up to today, or the coming one of a future; *last Tuesday* is
    that of the week before, *next Tuesday* the first one after today.
    """
    wanted = next(i for i, name in enumerate(_WEEKDAYS) if name in words)
    ahead = (wanted - published.weekday()) % 7
    if "next" in words or (forward and "last" not in words):
        return (published + dt.timedelta(ahead or (7 if "next" in words else 0))).isoformat()
    if "last" in words:
        return (published - dt.timedelta(published.weekday() + 7 - wanted)).isoformat()
    return (published - dt.timedelta(-ahead % 7)).isoformat()


def _ago(words: str, published: dt.date, forward: bool) -> str | None:
    """Counted back from the publication date in the granularity of the unit; the anchor of
    *earlier* and *before* may be another happening, so those date nothing.
    """
    del forward
    hedge = "~" if re.match(r"(?:about|around|almost|nearly)\b", words) else ""
    bare = re.sub(r"^(?:about|around|almost|nearly|more than|over) ", "", words)
    if not bare.endswith("ago"):
        return _UNKNOWN
    amount, unit = _amount(bare.removesuffix(" ago"))
    day = None if amount is None else _shifted(published, -amount, unit)
    return _UNKNOWN if day is None else day + hedge


def _shifted(day: dt.date, amount: float, unit: str) -> str | None:
    whole = int(amount)
    if unit in ("year", "decade"):
        return f"{day.year + whole * (10 if unit == 'decade' else 1):04d}"
    if unit == "month":
        return _shift_month(day, whole)
    days = {"day": whole, "night": whole, "week": 7 * whole}.get(unit, 0)
    return (day + dt.timedelta(days)).isoformat()


def _shift_month(day: dt.date, amount: int) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return f"{year:04d}-{month + 1:02d}"


def _amount(words: str) -> tuple[float | None, str]:
    """Number and unit of `three years`, `90-minute`, `a few hours`; None for an unknown number."""
    parts = words.replace("-", " ").replace(",", "").split()
    unit = next(part.rstrip("s") for part in parts if part.rstrip("s") in _UNITS)
    first = parts[0]
    if re.fullmatch(r"\d+(?:\.\d+)?", first):
        return float(first), unit
    vague = first == "half" or "few" in parts or "couple" in parts or first not in _NUMBERS
    return (None if vague else float(_NUMBERS[first])), unit


def _hence(words: str, published: dt.date, forward: bool) -> str | None:
    del forward
    amount, unit = _amount(words)
    return None if amount is None else _shifted(published, amount, unit)


def _duration(words: str, published: dt.date, forward: bool) -> str | None:
    """P30D, PT90M, PTXH; half an hour is PT30M, an hour and a half PT90M."""
    del published, forward
    amount, unit = _amount(words)
    if words in ("a second", "one second", "a minute"):  # `a second time`, `a minute ago`
        return None
    if words.startswith("half an hour"):
        amount, unit = 30, "minute"
    if words.endswith("and a half"):
        return {"hour": "PT90M", "day": "PT36H", "week": "P1.5W", "month": "P1.5M"}.get(
            unit, "P18M"
        )
    sign = _UNITS[unit]
    ten = 10 if unit == "decade" else 1
    number = "X" if amount is None else f"{amount * ten:g}"
    return f"P{sign[:-1]}{number}{sign[-1]}"


def _clock(words: str, published: dt.date, forward: bool) -> str | None:
    del forward
    match = re.match(r"(\d+)(?:[:.](\d\d))?\s*([ap])?", words)
    assert match is not None
    hour = int(match[1]) % 12 if match[3] else int(match[1])
    hour += 12 if match[3] == "p" else 0
    return f"{published}T{hour:02d}:{match[2] or '00'}"


def _noon(words: str, published: dt.date, forward: bool) -> str | None:
    del forward
    return f"{published}T{'00' if words == 'midnight' else '12'}:00"


def _season(words: str, published: dt.date, forward: bool) -> str | None:
    del published, forward
    return f"{words[-4:]}-{_SEASONS[words.split()[0]]}"


def _decade(words: str, published: dt.date, forward: bool) -> str | None:
    del published, forward
    return f"{words[:4]}/{int(words[:4]) + 9}"


def _year(words: str, published: dt.date, forward: bool) -> str | None:
    del published, forward
    return words


def _span(words: str, published: dt.date, forward: bool) -> str | None:
    """*last week*, *this month*, *overnight*, *the weekend*: whole calendar units."""
    step = -1 if re.search(r"\b(?:last|past|previous)\b", words) else 0
    step = 1 if re.search(r"\b(?:next|coming|following)\b", words) else step
    unit = words.split()[-1]
    if unit in ("today", "tonight", "yesterday", "tomorrow", "overnight") or words.split()[0] in (
        "today", "yesterday", "tomorrow", "tonight", "overnight",
    ):  # fmt: skip
        return _day_word(words.split()[0], published)
    if unit in _SEASONS:
        return f"{published.year + step:04d}-{_SEASONS[unit]}"
    if unit in ("morning", "afternoon", "evening", "night", "dawn", "dusk", "nightfall"):
        return (published + dt.timedelta(step)).isoformat()
    if words.startswith(("same", "previous day", "following", "next day")):
        return _UNKNOWN
    if unit in ("week", "weekend"):
        return _week(published, step, forward, weekend=unit == "weekend")
    return _long_span(words, unit, published, step)


def _day_word(word: str, published: dt.date) -> str:
    if word == "overnight":
        return f"{published - dt.timedelta(1)}/{published}"
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return (published + dt.timedelta(shift)).isoformat()


def _week(published: dt.date, step: int, forward: bool, *, weekend: bool) -> str:
    monday = published - dt.timedelta(published.weekday()) + dt.timedelta(7 * step)
    if not weekend:
        return f"{monday}/{monday + dt.timedelta(6)}"
    saturday = monday + dt.timedelta(5)
    if step == 0 and not forward and saturday > published:
        saturday -= dt.timedelta(7)
    return f"{saturday}/{saturday + dt.timedelta(1)}"


def _long_span(words: str, unit: str, published: dt.date, step: int) -> str | None:
    """Months and years; *earlier this month* runs from its first day to the publication date."""
    if unit == "decade":
        return _UNKNOWN
    if unit == "year":
        if words.startswith(("earlier", "early")) and step == 0:
            return f"{published.year:04d}-01/{published.isoformat()[:7]}"
        return f"{published.year + step:04d}"
    if unit == "month" and words.startswith(("earlier", "early")) and step == 0:
        return f"{published.isoformat()[:7]}-01/{published}"
    if unit == "month" and words.startswith(("later", "late")) and step == 0:
        last = months.monthrange(published.year, published.month)[1]
        return f"{published}/{published.isoformat()[:7]}-{last}"
    return _shift_month(published, step) if unit == "month" else None


_READERS = {
    "date": _date, "iso": _iso, "month": _month, "weekday": _weekday, "ago": _ago, "hence": _hence,
    "span": _span, "duration": _duration, "clock": _clock, "noon": _noon, "season": _season,
    "decade": _decade, "year": _year,
}  # fmt: skip
