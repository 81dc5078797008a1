"""What of a page is not article: menus, clocks, adverts, lists of other headlines, widgets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from baselines.lexicon import data

_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]|[•*▶►»›-])\s+\S")
_COMMENTS = re.compile(r"\d+\s+(?:comments?|shares?|likes?|views?|replies)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]+|[a-z]+\s+\d{1,2}),?"
    r"(?:\s+\d{4})?(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]m)?(?:\s+[a-z]{2,4})?)?$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s{2,}|\s*[|›»·]\s*")
_STOP = re.compile(r"[.!?…][\"”’)]*$")
_SIGN_OFF = re.compile(r"\((?:reporting|editing|writing|additional)\b.*\)$", re.IGNORECASE)


def body(text: str) -> list[tuple[int, int]]:
    r"""Spans of the lines that are article, in order.

    >>> page = "Home | World | Sport\nTroops left the town.\nREAD ALSO: Mayor resigns"
    >>> [page[a:b] for a, b in body(page)]
    ['Troops left the town.']
    """
    kept, listing = [], False
    for start, end in lines(text):
        line = text[start:end].strip()
        listing = _opens_list(line) or (listing and _listed(line))
        if not listing and not is_boilerplate(line):
            kept.append((start, end))
    return kept


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines that are not empty."""
    for match in re.finditer(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", text):
        if match.group().strip():
            yield match.span()


def is_boilerplate(line: str) -> bool:
    """Whether a line alone shows that it is not article."""
    lower = line.lower().strip()
    return (
        _starts(lower)
        or bool(_COMMENTS.match(lower) or _CLOCK.match(lower) or _SIGN_OFF.search(lower))
        or (len(lower) < 200 and any(cue in lower for cue in _cues("anywhere")))
        or _is_menu(line)
    )


def _cues(kind: str) -> tuple[str, ...]:
    return tuple(data.load("words.yaml")["boilerplate"][kind])


def _starts(lower: str) -> bool:
    """A cue at the start of the line; everyday words count only in short notices."""
    for cue in _cues("starts"):
        rest = lower[len(cue) :]
        if lower.startswith(cue) and not rest[:1].isalnum():
            return True
    return any(_short_notice(lower, cue) for cue in _cues("starts_short"))


def _short_notice(lower: str, cue: str) -> bool:
    """An everyday word counts before a colon, or in a short line without a full stop."""
    rest = lower.removeprefix(cue)
    if rest == lower or rest[:1].isalnum():
        return False
    return rest[:2].strip() in ("", ":", "|", "»") or (len(lower) < 40 and not _STOP.search(lower))


def _opens_list(line: str) -> bool:
    """A heading such as `Most read`, with nothing but a colon or arrow behind it."""
    return line.lower().rstrip(" :›»>").strip() in _cues("headings")


def _listed(line: str) -> bool:
    """Another headline under such a heading: numbered, or short and without a full stop."""
    return bool(_NUMBERED.match(line)) or (len(line) < 110 and not _STOP.search(line))


def _is_menu(line: str) -> bool:
    """Three or more short capitalised entries set apart by bars, dots or wide gaps."""
    parts = [part for part in _PARTS.split(line.strip()) if part]
    short = [part for part in parts if len(part.split()) <= 3 and not _STOP.search(part)]
    return len(parts) >= 3 and len(short) == len(parts)
