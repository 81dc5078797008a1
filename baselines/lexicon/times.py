"""Time expressions of a text and their values against the publication date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from baselines.lexicon import calendar

_SOURCES = (
    ("date", r"DAY,?\s+NTH\s+SHORT(?:,?\s+\d{4})?\b"),
    ("date", r"DAY,?\s+SHORT\s+NTH(?:,?\s+\d{4})?\b"),
    ("date", r"NTH(?:\s+of)?\s+SHORT(?:,?\s+\d{4})?(?![\w-])"),
    ("date", r"(?<![\w-])SHORT\s+NTH(?:,\s*\d{4})?\b(?!,?\d)"),
    ("iso", r"\b\d{4}-\d\d-\d\d\b"),
    ("month", r"\b(?i:(?:PHASE(?:\s+in)?[\s-]+)?(?:last|this|next)\s+)MONTH(?![\w-])"),
    ("month", r"\b(?i:early|late|mid)[\s-]+MONTH(?:,?\s+\d{4})?\b"),
    ("month", r"(?<![\w-])MONTH,?\s+(?:of\s+)?\d{4}\b"),
    ("month", r"(?<![\w-])MONTH(?=['’]s\s)"),
    ("month", r"(?:AFTER:in|AFTER:by|AFTER:since|AFTER:until)MONTH(?![\w-])"),
    ("weekday", r"\b(?:(?i:last|next|this|on)\s+)?DAY(?:\s+PART)?\b"),
    ("ago", r"\b(?i:(?:HEDGE)\s+)?(?i:NUMBER)[\s-]+UNITs?\s+(?:ago|earlier|before|prior)\b"),
    ("ago", r"\b(?i:UNITs)\s+ago\b"),
    ("hence", r"\b(?:(?i:in|within)\s+)?(?i:NUMBER)\s+UNITs?\s+(?:from now|hence)\b"),
    ("span", r"\b(?i:(?:PHASE)\s+)?(?i:last|past|this|next|coming|previous)\s+(?:PERIOD)\b"),
    ("span", r"\b(?i:the\s+)?(?i:weekend)\b"),
    ("span", r"\b(?i:today|yesterday|tomorrow|tonight|overnight)(?:\s+PART)?\b"),
    ("span", r"\b(?i:the\s+)(?:following|next|previous|same)\s+(?:day|week|month|year)\b"),
    ("span", r"\b(?i:(?:in|since|until|by|during)\s+the\s+)PART\b"),
    ("span", r"\b(?i:at\s+)(?:dawn|dusk|night|nightfall)\b"),
    ("duration", r"\b(?i:an?)\s+(?:hour|day|week|month|year)\s+and\s+a\s+half\b"),
    (
        "duration",
        r"(?<!-)\b(?i:NUMBER)(?:-|\s+)(?:FULL\s+)?UNITs?(?:-long|-old(?=\s+AGED))?\b(?!-)",
    ),
    ("duration", r"\b(?i:within|for|in|over|after|the last|the past)\s+UNITS\b"),
    ("duration", r"\b(?i:UNITS)(?=\s+(?:after|before|of|later|earlier|into)\b)"),
    ("clock", r"\b(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s*[ap]\.?m\b\.?)?(?![\d:])"),
    ("clock", r"\b(?:1[0-2]|[1-9])\s*[ap]\.?m\b\.?"),
    ("noon", r"\b(?i:midnight|noon|midday)\b"),
    ("season", r"\bSEASON\s+(?:of\s+)?\d{4}\b"),
    ("decade", r"\b(?:19|20)\d0s\b"),
    ("year", r"(?:AFTER:in|AFTER:since|AFTER:by|AFTER:from|AFTER:until)YEAR\b(?![-:,.]?\d)"),
    ("year", r"(?:AFTER:of|AFTER:early|AFTER:late)YEAR\b(?!\s+[a-z]+s\b)"),
    ("year", r"AFTER:theYEAR\b(?=\s+[a-z])"),
)
_PARTS = {
    "MONTH": (
        r"(?:January|February|March|April|May|June|July|August|September|October|November"
        r"|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)"
    ),
    "SHORT": r"(?:MONTH|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)",
    "DAY": r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)",
    "NTH": r"\b\d{1,2}(?:st|nd|rd|th)?",
    "YEAR": r"(?:19|20)\d\d",
    "PERIOD": r"week|month|year|weekend|decade|night|SEASON|PART",
    "PART": r"(?:morning|afternoon|evening|night)",
    "SEASON": r"(?:spring|summer|autumn|winter)",
    "PHASE": r"(?:early|late|mid|earlier|later)",
    "HEDGE": r"about|around|almost|nearly|more than|over",
    "FULL": r"(?:consecutive|whole|full|straight)",
    "AGED": r"(?:war|conflict|truce|ceasefire|siege|blockade|occupation|dispute)",
    "NUMBER": (
        r"(?:\d+(?:[.,]\d+)?|a few|a couple of|several|many|some|a|an|one|two|three|four|five|six"
        r"|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
        r"|half an|dozens of|hundreds of)"
    ),
    "UNITS": r"(?:minutes|hours|days|weeks|months|years|decades)",
    "UNIT": r"(?:second|minute|hour|day|night|week|month|year|decade)",
}


def _spelled_out(source: str) -> str:
    """A pattern with its parts put in; `AFTER:in` is a look-behind for that word."""
    source = re.sub(
        r"AFTER:([a-z]+)", lambda m: rf"(?<=\b[{m[1][0].upper()}{m[1][0]}]{m[1][1:]}\s)", source
    )
    source = source.replace("SHORT", _PARTS["SHORT"])
    for name in sorted(_PARTS, key=lambda part: (part == "PART", -len(part))):
        source = source.replace(name, _PARTS[name])
    return source.replace("PART", _PARTS["PART"])


_PATTERNS = tuple((kind, re.compile(_spelled_out(source))) for kind, source in _SOURCES)
# Words that belong to the context of an expression and not to its span.
_OUTSIDE = re.compile(
    r"^(?:on|in|since|until|by|during|for|within|over|after)?\s*(?:the\s+(?:(?:last|past)\s+(?=[a-z]+s$))?)?"
    r"(?!night$|dawn$|dusk$|nightfall$)",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|due|scheduled|set|planned?|plans|expected|going to|agreed to|"
    r"to begin|next|upcoming|would)\b|\b(?:until|by|before|from)\s+(?:on\s+)?$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|has|have|met|held|spoke|told|took|came|went|began|struck|hit|[a-z]{3,}ed)\b"
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: span, value, and what sort of expression it is."""

    start: int
    end: int
    value: str
    kind: str

    @property
    def dates(self) -> bool:
        """Whether the value names a stretch of the calendar."""
        return self.value[:1].isdigit() or self.value[:1] == "["


def find(text: str, start: int, end: int, published: dt.date) -> list[Time]:
    """Time expressions of a stretch of text in text order; the longer of two wins.

    >>> text = "They met last Tuesday for two hours."
    >>> [(text[t.start:t.end], t.value) for t in find(text, 0, len(text), dt.date(2024, 5, 8))]
    [('last Tuesday', '2024-04-30'), ('two hours', 'PT2H')]
    """
    taken: list[Time] = []
    for time in _candidates(text, start, end, published):
        if all(time.end <= other.start or other.end <= time.start for other in taken):
            taken.append(time)
    return sorted(taken, key=lambda time: time.start)


def _candidates(text: str, start: int, end: int, published: dt.date) -> Iterator[Time]:
    """Readings of all patterns, patterns of dates before vaguer ones."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            first, last = _trimmed(match, kind)
            forward = _forward(text[start:first])
            value = calendar.value(kind, text[first:last], published, forward)
            if value is not None:
                yield Time(first, last, value, kind)


def _trimmed(match: re.Match[str], kind: str) -> tuple[int, int]:
    """The span without a preposition or *the* in front."""
    phrase = match.group()
    outside = _OUTSIDE.match(phrase)
    first = match.start() + (outside.end() if outside and kind not in ("date", "iso") else 0)
    return first, match.end()


def _forward(before: str) -> bool:
    """Whether the words before speak of the future: the last cue decides."""
    future = [match.start() for match in _FUTURE.finditer(before)]
    past = [match.start() for match in _PAST.finditer(before)]
    return bool(future) and (not past or future[-1] >= past[-1])
