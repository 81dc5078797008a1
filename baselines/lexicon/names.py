"""Names learned from the article itself: people, organisations and places, short forms included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from baselines.lexicon import countries, data
from baselines.lexicon.tokens import Token, known

_PARTICLES = frozenset("al bin de del der di da la le van von ibn el ben dos du".split())
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December".split()
)
_BEFORE_PLACES = frozenset({"in", "at", "near", "across", "around", "throughout"})
_BEFORE_SINGLE_PLACES = frozenset({"from", "to", "into", "of", "outside", "towards"})
Key = tuple[str, ...]


@dataclass(slots=True)
class Names:
    """What the article calls people, organisations and places."""

    kinds: dict[Key, str] = field(default_factory=dict)
    longest: dict[Key, Key] = field(default_factory=dict)
    offices: dict[tuple[str, str], str] = field(default_factory=dict)

    def find(self, tokens: Sequence[Token]) -> tuple[str, str] | None:
        """Full name and kind of a run of words, or None for a stranger."""
        key = tuple(token.text for token in tokens)
        full = self.longest.get(key)
        return None if full is None else (" ".join(full), self.kinds[full])

    def knows(self, token: Token) -> bool:
        """Whether the word is part of a learned name, or of a country's."""
        return (token.text,) in self.longest or token.text in _country_words()


@cache
def _country_words() -> frozenset[str]:
    """Countries, demonyms and capitals of one word, which need no learning."""
    return frozenset(spelling for spelling in countries.table() if " " not in spelling)


def learn(sentences: Iterable[Sequence[Token]]) -> Names:
    """The names of an article's sentences; title-case headlines teach nothing."""
    seen: Counter[Key] = Counter()
    votes: dict[Key, Counter[str]] = {}
    names = Names()
    read = [sentence for sentence in sentences if not is_headline(sentence)]
    openers = _openers(read)
    for sentence in read:
        for first, last in runs(sentence, openers):
            _learn_run(names, sentence, first, last, seen, votes)
    _settle(names, seen, votes)
    return names


def _openers(read: Sequence[Sequence[Token]]) -> frozenset[str]:
    """Ordinary words that open several sentences and are never written small: `Trump`."""
    small = {token.text for sentence in read for token in sentence if token.text.islower()}
    starts = Counter(
        token.text
        for sentence in read
        for index, token in enumerate(sentence)
        if token.capital and _starts(sentence, index) and "NOUN" in token.lemmas
    )
    return frozenset(
        word
        for word, count in starts.items()
        if count > 1 and word.lower() not in small and not _in_lexicon(word.lower())
    )


def _in_lexicon(lower: str) -> bool:
    """Whether a list of this package knows the word as a common noun."""
    singular = lower.removesuffix("s")
    lists = ("persons", "organisations", "forces", "populations", "facilities", "places", "titles")
    common = any({lower, singular} & data.words(kind) for kind in lists)
    return common or bool({lower, singular} & known("nouns"))


def is_headline(sentence: Sequence[Token]) -> bool:
    """Most longer words capitalised and no full stop: capitals mean nothing there."""
    longer = [token for token in sentence if len(token.text) > 3 and token.text.isalpha()]
    ends = bool(sentence) and sentence[-1].text in ".!?…”\"'’"
    capitals = sum(token.capital for token in longer)
    return not ends and len(longer) > 3 and capitals > 0.75 * len(longer)


def runs(
    sentence: Sequence[Token], openers: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Capitalised stretches, first and last index, name particles included."""
    index = 0
    while index < len(sentence):
        if not _can_name(sentence, index, openers):
            index += 1
            continue
        stop = index + 1
        while stop < len(sentence) and _goes_on(sentence, stop):
            stop += 1
        yield index, stop - 1
        index = stop


def _starts(sentence: Sequence[Token], index: int) -> bool:
    """Whether the token opens a sentence, a quotation or what follows a colon or a clock."""
    before = sentence[max(0, index - 1)]
    first = not any(word.text[0].isalpha() for word in sentence[:index])
    return first or before.text in '.!?:“"‘'


def _can_name(sentence: Sequence[Token], index: int, openers: frozenset[str]) -> bool:
    token = sentence[index]
    if not token.capital or token.text in _CALENDAR or token.time or token.text == "I":
        return False
    ordinary = (bool(token.lemmas) and token.text not in openers) or _closed(token)
    if not (_starts(sentence, index) and ordinary):
        return True
    follows = index + 1 < len(sentence) and sentence[index + 1].capital
    return follows and not _closed(token) and (_is_title(token) or not token.lemmas)


def _closed(token: Token) -> bool:
    kinds = ("determiners", "prepositions", "relatives", "conjunctions", "adverbs", "pronouns",
             "possessives", "auxiliaries", "modals")  # fmt: skip
    return token.lower == "to" or any(token.lower in data.words(kind) for kind in kinds)


def _goes_on(sentence: Sequence[Token], index: int) -> bool:
    token = sentence[index]
    if token.lower in _PARTICLES and token.text not in _CALENDAR:
        return index + 1 < len(sentence) and sentence[index + 1].capital
    if token.lower == "of" and index + 1 < len(sentence):
        return _of_name(sentence[index - 1].text) and sentence[index + 1].capital
    return token.capital and token.text not in _CALENDAR and not token.time


def _of_name(word: str) -> bool:
    """`Sea of Japan`, `Ministry of Defence`: words whose names go on after *of*."""
    kinds = ("place_words", "organisation_words", "of_words")
    return any(word in data.words(kind) for kind in kinds)


def _is_title(token: Token) -> bool:
    return token.lower.rstrip(".") in data.words("titles")


def _learn_run(
    names: Names,
    sentence: Sequence[Token],
    first: int,
    last: int,
    seen: Counter[Key],
    votes: dict[Key, Counter[str]],
) -> None:
    start, country, titles = peel(sentence, first, last)
    key = tuple(token.text for token in sentence[start : last + 1])
    titles = titles or _titles_before(sentence, first)
    if not key or countries.find(" ".join(key)) or _adjective(sentence, start, last):
        return
    seen[key] += 1
    votes.setdefault(key, Counter())[_vote(sentence, start, last, titles)] += 1
    if titles:
        office = titles[-1].lower()
        names.offices.setdefault(
            (country or _country_before(sentence, first), office), " ".join(key)
        )


def peel(sentence: Sequence[Token], first: int, last: int) -> tuple[int, str, list[str]]:
    """Where the bare name starts behind country words and titles; the country and the titles."""
    country, titles = "", []
    index = first
    while index <= last:
        step = _country_at(sentence, index, last)
        if step:
            country = step[1]
            index += step[0]
        elif _is_title(sentence[index]):
            titles.append(sentence[index].text)
            index += 1
        else:
            break
    return index, country, titles


def _country_at(sentence: Sequence[Token], index: int, last: int) -> tuple[int, str] | None:
    """Length and name of the country word at a token."""
    for stop in range(min(last + 1, index + countries.longest()), index, -1):
        found = countries.find(" ".join(token.text for token in sentence[index:stop]))
        if found:
            return stop - index, found[0]
    return None


def _adjective(sentence: Sequence[Token], first: int, last: int) -> bool:
    """`European`, `Western`: an adjective of a region is nobody's name."""
    word = sentence[last]
    return first == last and (
        word.text in data.words("region_adjectives") or set(word.lemmas) == {"ADJ"}
    )


def _titles_before(sentence: Sequence[Token], first: int) -> list[str]:
    """A lower-case title just before the name: `envoy Jane Roe`."""
    before = sentence[first - 1] if first else None
    return [before.text] if before is not None and _is_title(before) else []


def _country_before(sentence: Sequence[Token], first: int) -> str:
    for token in sentence[max(0, first - 3) : first]:
        found = countries.find(token.text)
        if found:
            return found[0]
    return ""


def _vote(sentence: Sequence[Token], first: int, last: int, titles: list[str]) -> str:
    """What one occurrence says about the kind of a name."""
    words = {token.text for token in sentence[first : last + 1]}
    after = sentence[last + 1].lower if last + 1 < len(sentence) else ""
    before = sentence[first - 1].lower if first else ""
    if titles:
        return "person"
    if words & data.words("organisation_words"):
        return "organisation"
    if words & data.words("place_words") or after in data.words("places"):
        return "place"
    if all(len(word) > 1 and word.isupper() for word in words) and before != "":
        return "organisation"
    if before in _BEFORE_PLACES or (first == last and before in _BEFORE_SINGLE_PLACES):
        return "place?"
    return "person?" if last > first else "unsure"


def _settle(names: Names, seen: Counter[Key], votes: dict[Key, Counter[str]]) -> None:
    """Short forms join the longest name that ends in them; then each name gets its kind."""
    for key in sorted(seen, key=lambda item: (-len(item), -seen[item], item)):
        full = next(
            (k for k in names.kinds if _is_short(key, k) and names.kinds[k] != "place"), None
        )
        if full is None:
            names.kinds[key] = _kind(votes[key])
            full = key
        elif votes[key]["person"]:
            names.kinds[full] = "person"
        names.longest.setdefault(key, full)
        if names.kinds[full] == "person":
            names.longest.setdefault(key[-1:], full)


def _is_short(key: Key, full: Key) -> bool:
    """`Putin` of `Vladimir Putin`; a first name alone counts too."""
    return len(key) < len(full) and (full[-len(key) :] == key or full[: len(key)] == key)


def _kind(votes: Counter[str]) -> str:
    for sure in ("person", "organisation", "place"):
        if votes[sure]:
            return sure
    if votes["place?"] and votes["place?"] >= votes["unsure"] + votes["person?"]:
        return "place"
    return "person"
