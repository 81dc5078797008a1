"""Countries, capitals and demonyms from countryinfo, as names of governments."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from baselines.lexicon import data

_PLAIN = re.compile(r"[A-Z][\w'’. -]+$")


@cache
def table() -> dict[str, tuple[str, str]]:
    """Every known spelling with its country and kind: country, demonym or capital.

    >>> table()["Norwegian"], table()["Oslo"]
    (('Norway', 'demonym'), ('Norway', 'capital'))
    """
    from countryinfo import all_countries

    found: dict[str, tuple[str, str]] = {}
    for country in sorted(all_countries(), key=lambda item: item.name()):
        _add_country(found, dict(country.info()))
    _add_known_names(found)
    for seat, name in data.load("words.yaml")["seats"].items():
        found[seat] = (name, "seat")
    return found


def _add_country(found: dict[str, tuple[str, str]], info: dict[str, object]) -> None:
    name = _short(str(info["name"]))
    found[name] = (name, "country")
    spellings = info.get("altSpellings")
    for spelling in spellings if isinstance(spellings, list) else []:
        if _PLAIN.match(spelling) and len(spelling) > 3 and not spelling.isupper():
            found.setdefault(spelling, (name, "country"))
    for kind in ("demonym", "capital"):
        word = info.get(kind)
        if isinstance(word, str) and len(word) > 2:
            found.setdefault(word, (name, kind))
            if kind == "demonym" and not word.endswith(("ese", "sh", "ch", "ss")):
                found.setdefault(word + "s", (name, kind))


def _short(name: str) -> str:
    """The usual name: `United States of America` is `United States` in the news."""
    return {"United States of America": "United States"}.get(name, name)


def _add_known_names(found: dict[str, tuple[str, str]]) -> None:
    """Spellings that countryinfo lacks win over what it has."""
    for kind, names in data.load("words.yaml")["spellings"].items():
        for country, spellings in names.items():
            found.update(dict.fromkeys(spellings, (country, kind)))


@cache
def longest() -> int:
    """Words in the longest spelling."""
    return max(len(spelling.split()) for spelling in table())


def find(phrase: str) -> tuple[str, str] | None:
    """Country and kind of a spelling, also in the capitals of a dateline.

    >>> find("U.S."), find("Atlantis")
    (('United States', 'country'), None)
    """
    key = unicodedata.normalize("NFC", phrase.strip())
    shouted = key.title() if key.isupper() and len(key) > 3 else key
    return table().get(key) or table().get(shouted)
