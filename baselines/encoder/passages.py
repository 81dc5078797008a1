"""An article in passages, one a sentence: its words, whom its phrases stand for, its times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baselines.lexicon import mentions, names, phrases, sentences, tagging, times, tokens
from baselines.lexicon.mentions import Mention
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Phrase, Sentence
from baselines.lexicon.pronouns import Memory
from baselines.lexicon.triggers import Trigger
from bench.schema import Document

KINDS = ("", "person", "government", "organisation", "armed_force", "population", "place",
         "facility")  # fmt: skip
_ARTICLES = frozenset({"the", "a", "an"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: spans of its words, mentions that may fill a role, time expressions, and what
    the rules of the lexicon work on.
    """

    words: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    times: tuple[times.Time, ...]
    parties: Parties

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of a run of words in the article."""
        return self.words[first][0], self.words[last][1]

    def trigger(self, kind: str, first: int, last: int) -> Trigger:
        """Some words as a trigger of an event type, as the rules of the lexicon know one."""
        sentence = self.parties.sentence
        noun = sentence.group_at(first) is None and sentence.phrase_at(first) is not None
        token = sentence.tokens[first]
        return Trigger(kind, first, last, "noun" if noun else "verb", token.lemma or token.lower)


@dataclass(frozen=True, slots=True)
class Article:
    """The passages of an article's body and all of its time expressions."""

    text: str
    passages: tuple[Passage, ...]
    times: tuple[times.Time, ...]


def read(document: Document) -> Article:
    """The article as the rules of the lexicon see it, from its text and publication date."""
    text = document.text or ""
    found = list(sentences.read(text, document.published))
    known, memory = names.learn([words for words, _ in found]), Memory()
    passages = tuple(_passage(words, near, known, memory) for words, near in found)
    return Article(text, passages, tuple(time for _, near in found for time in near))


def _passage(
    sentence: Sequence[tokens.Token],
    found: Sequence[times.Time],
    known: names.Names,
    memory: Memory,
) -> Passage:
    tagging.tag(sentence, known.knows, headline=names.is_headline(sentence))
    parties = Parties(phrases.parse(sentence), known, Memory(list(memory.named)))
    memory.note(parties.antecedents())
    return Passage(
        tuple((token.start, token.end) for token in sentence),
        tuple(_mentions(parties)),
        tuple(found),
        parties,
    )


def _mentions(parties: Parties) -> list[Mention]:
    """Everything that may fill a role: all noun phrases, owners, names inside, relatives."""
    found: dict[tuple[int, int], Mention] = {}
    for phrase in parties.sentence.phrases:
        for part in (phrase.owner, phrase):
            if part is not None:
                mention = parties.of(part) or _unnamed(parties.sentence, part)
                found.setdefault((mention.first, mention.last), mention)
        for mention in mentions.inside(parties.sentence, phrase.first, phrase.last, parties.names):
            found.setdefault((mention.first, mention.last), mention)
    for mention in _relatives(parties):
        found.setdefault((mention.first, mention.last), mention)
    return sorted(found.values(), key=lambda mention: (mention.first, mention.last))


def _unnamed(sentence: Sentence, phrase: Phrase) -> Mention:
    """A phrase that the lexicon's rules take for a thing: the network may know better."""
    first = phrase.first
    if first < phrase.last and sentence.tokens[first].lower in _ARTICLES:
        first += 1
    words = sentence.tokens[first : phrase.last + 1]
    return Mention(first, phrase.last, "", " ".join(word.text for word in words))


def _relatives(parties: Parties) -> Iterator[Mention]:
    """`the army, which left`: the relative stands for the phrase before it."""
    words = parties.sentence.tokens
    for index, word in enumerate(words):
        if word.lower not in _RELATIVES or parties.sentence.phrase_at(index) is not None:
            continue
        before = [p for p in parties.sentence.phrases if p.last < index]
        near = before and index - before[-1].last <= 2
        mention = parties.of(before[-1]) if near else None
        if mention is not None:
            yield Mention(index, index, mention.kind, mention.name)
