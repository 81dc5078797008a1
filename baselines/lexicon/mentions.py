"""Whom a noun phrase stands for: name, kind and the span that is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baselines.lexicon import countries, data
from baselines.lexicon.names import Names
from baselines.lexicon.phrases import Phrase, Sentence
from baselines.lexicon.tokens import Token

_GOVERNMENT = frozenset(
    "government administration authority regime cabinet kremlin leadership".split()
)
_KINDS = ("forces", "persons", "organisations", "populations", "facilities", "places")
_KIND_NAMES = {
    "forces": "armed_force", "persons": "person", "organisations": "organisation",
    "populations": "population", "facilities": "facility", "places": "place",
}  # fmt: skip
_SIDES = frozenset({"person", "government", "organisation", "armed_force", "population"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that can fill a role: its tokens, kind and the readable name of its actor."""

    first: int
    last: int
    kind: str
    name: str
    proper: bool = False
    spot: str = ""

    @property
    def side(self) -> bool:
        """Whether it can act: no place and no facility."""
        return self.kind in _SIDES


def identify(sentence: Sentence, phrase: Phrase, names: Names) -> Mention | None:
    """Whom the whole phrase stands for; None for things that fill no role."""
    first = _without_article(sentence, phrase)
    start = _core(phrase)
    tokens = sentence.tokens[start : phrase.last + 1]
    if not tokens or tokens[-1].tag == "PRON":
        return None
    found = _proper(tokens, phrase.preposition, names) or _nominal(sentence, phrase, start, names)
    if found is None:
        return None
    name, kind, proper = found
    return Mention(first, phrase.last, kind, name, proper, _spot(tokens))


def _spot(tokens: Sequence[Token]) -> str:
    """The place that a country's or capital's name is as well."""
    for start in range(len(tokens)):
        text = " ".join(token.text for token in tokens[start:])
        found = countries.find(text)
        if found and found[1] != "demonym":
            return text
    return ""


def _without_article(sentence: Sentence, phrase: Phrase) -> int:
    first = phrase.first
    articles = ("the", "a", "an", "this", "that", "these", "those", "some", "any", "no", "both")
    while first < phrase.last and sentence.tokens[first].lower in articles:
        first += 1
    return first


def _core(phrase: Phrase) -> int:
    """Where the phrase goes on after its owner."""
    if phrase.owner is None:
        return phrase.first
    return phrase.owner.last + 1


def _proper(
    tokens: Sequence[Token], preposition: str, names: Names
) -> tuple[str, str, bool] | None:
    """A name at the end of the phrase: learned, or of a country."""
    for start in range(len(tokens)):
        if not tokens[start].capital:
            continue
        country = countries.find(" ".join(token.text for token in tokens[start:]))
        if country:
            return _country(country, tokens[start:], preposition)
        found = names.find(tokens[start:])
        if found:
            return found[0], found[1], True
    return None


def _country(
    found: tuple[str, str], tokens: Sequence[Token], preposition: str
) -> tuple[str, str, bool] | None:
    """A government, or the place itself after in, at, near; a plural demonym is its people."""
    name, kind = found
    text = " ".join(token.text for token in tokens)
    if kind == "demonym":
        plural = text.endswith(("s", "ese", "ish", "ch"))
        return (text, "population", True) if plural else (name, "government", True)
    if preposition in data.words("place_prepositions"):
        return (text.title() if text.isupper() and len(text) > 3 else text), "place", True
    return name, "government", True


def _nominal(
    sentence: Sentence, phrase: Phrase, start: int, names: Names
) -> tuple[str, str, bool] | None:
    """A common noun of a kind that can fill a role, with the country that qualifies it."""
    head = sentence.tokens[phrase.head]
    kind = kind_of(head)
    if kind is None:
        return None
    if phrase.preposition in data.words("place_prepositions") and head.lemma in data.words(
        "places"
    ):
        kind = "place"
    text = _words(sentence, _without_article(sentence, phrase), phrase.last)
    country = country_of(sentence, phrase)
    if kind == "place":
        place = _named_place(sentence.tokens[start : phrase.last], names)
        return (place, "place", True) if place else (text, "place", False)
    if kind == "person":
        return _person(head, text, country, names)
    if country and head.lemma in _GOVERNMENT:
        return country, "government", False
    if country and kind == "armed_force":
        return f"{demonym(country)} forces", kind, False
    return text, kind, False


def _words(sentence: Sentence, first: int, last: int) -> str:
    """The phrase as a readable name."""
    text = " ".join(token.text for token in sentence.tokens[first : last + 1])
    return text.replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "'s")


def kind_of(head: Token) -> str | None:
    """The kind of actor that a noun names; None for things."""
    if head.tag not in ("NOUN", "NUM", "PART", "NAME", "DET"):
        return None
    for words in _KINDS:
        if data.is_kind(words, head.lemma, head.lower):
            return _KIND_NAMES[words]
    return None


def country_of(sentence: Sentence, phrase: Phrase) -> str:
    """The country in the phrase: `Russian troops`, `Ukraine's army`; else nothing."""
    window = sentence.tokens[phrase.first : phrase.last]
    for index, token in enumerate(window):
        for length in (3, 2, 1):
            found = countries.find(" ".join(word.text for word in window[index : index + length]))
            if token.capital and found:
                return found[0]
    return ""


def _named_place(tokens: Sequence[Token], names: Names) -> str | None:
    """`Krasnodar region` is Krasnodar."""
    for start in range(len(tokens)):
        found = names.find(tokens[start:])
        country = countries.find(" ".join(token.text for token in tokens[start:]))
        if country and country[1] == "demonym":
            return None
        if tokens[start].capital and (found or country):
            return found[0] if found else " ".join(token.text for token in tokens[start:])
    return None


def _person(head: Token, text: str, country: str, names: Names) -> tuple[str, str, bool]:
    """An office alone stands for its holder when the article has named one."""
    singular = head.lower == head.lemma
    holder = names.offices.get((country, head.lemma)) if singular else None
    if holder is None and singular and country and head.lemma == "leader":
        holders = [name for (land, _), name in names.offices.items() if land == country]
        holder = holders[0] if holders else None
    if holder is None:
        return text, "person", False
    full = names.longest.get(tuple(holder.split()))
    return (" ".join(full) if full else holder), "person", False


def demonym(country: str) -> str:
    """The adjective of a country, its name where none is known."""
    found = [
        word
        for word, (name, kind) in countries.table().items()
        if name == country and kind == "demonym" and not word.endswith("s")
    ]
    return found[0] if found else country


def inside(sentence: Sentence, first: int, last: int, names: Names) -> list[Mention]:
    """Names among the words before an event noun: `Trump-Putin call`, `Russian strikes`."""
    found: list[Mention] = []
    index = first
    while index <= last:
        mention = _name_at(sentence, index, last, names)
        if mention is None:
            index += 1
            continue
        found.append(mention)
        index = mention.last + 1
    return found


def _name_at(sentence: Sentence, index: int, last: int, names: Names) -> Mention | None:
    if not sentence.tokens[index].capital:
        return None
    for stop in range(last, index - 1, -1):
        tokens = sentence.tokens[index : stop + 1]
        country = countries.find(" ".join(token.text for token in tokens))
        if country:
            return Mention(index, stop, "government", country[0], True)
        found = names.find(tokens)
        if found:
            return Mention(index, stop, found[1], found[0], True)
    return None
