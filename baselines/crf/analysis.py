"""An article as the lexicon's parser sees it: sentences, whom their phrases stand for, times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from baselines.lexicon import boilerplate, mentions, names, phrases, tagging, times, tokens
from baselines.lexicon import triggers as lexicon_triggers
from baselines.lexicon.mentions import Mention
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Phrase, Sentence
from baselines.lexicon.pronouns import Memory
from baselines.lexicon.times import Time
from baselines.lexicon.tokens import Token
from baselines.lexicon.triggers import Trigger
from bench.text import sentences

THING = "thing"
"""Kind of a phrase that the lexicon's lists do not know."""


@dataclass(slots=True)
class Passage:
    """A sentence, parsed: who is named, what the lexicon would mark, which dates are near."""

    parties: Parties
    times: list[Time]
    headline: bool
    suggested: list[Trigger] = field(default_factory=list)
    candidates: list[Mention] = field(default_factory=list)

    @property
    def sentence(self) -> Sentence:
        """Tokens, noun phrases and verb groups."""
        return self.parties.sentence

    @property
    def tokens(self) -> Sequence[Token]:
        """The words and signs."""
        return self.parties.sentence.tokens

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from one token to another, both included."""
        return self.tokens[first].start, self.tokens[last].end


def analyse(text: str, published: str) -> list[Passage]:
    """The sentences of an article's body in text order; a bad date of publication is no date.

    >>> [p.suggested[0].type for p in analyse("Peru rejected the plan.", "1990-01-01")]
    ['REJECT']
    """
    read = list(_tokenised(text, _day(published)))
    known = names.learn([sentence for sentence, _ in read])
    memory = Memory()
    return [_passage(sentence, near, known, memory) for sentence, near in read]


def _day(published: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published)
    except ValueError:
        return None


def _tokenised(text: str, published: dt.date | None) -> Iterator[tuple[list[Token], list[Time]]]:
    """Tokens of the body's sentences, those inside a time expression marked, and these."""
    for first, last in boilerplate.body(text):
        for start, end in sentences(text[first:last]):
            found = tokens.tokens(text, first + start, first + end)
            if found:
                near = (
                    times.find(text, found[0].start, found[-1].end, published) if published else []
                )
                for token in found:
                    token.time = any(t.start <= token.start < t.end for t in near)
                yield found, near


def _passage(
    sentence: list[Token], near: list[Time], known: names.Names, memory: Memory
) -> Passage:
    headline = names.is_headline(sentence)
    tagging.tag(sentence, known.knows, headline=headline)
    # A pronoun is looked up when somebody asks, so each sentence keeps what was known before it.
    parties = Parties(phrases.parse(sentence), known, Memory(list(memory.named)))
    passage = Passage(parties, near, headline)
    passage.suggested = lexicon_triggers.find(parties.sentence, parties.is_actor)
    passage.candidates = _candidates(parties)
    memory.note(parties.antecedents())
    return passage


def _candidates(parties: Parties) -> list[Mention]:
    """Everything that could fill a role, each span once, in text order."""
    found: dict[tuple[int, int], Mention] = {}
    for phrase in parties.sentence.phrases:
        for mention in _of_phrase(parties, phrase):
            found.setdefault((mention.first, mention.last), mention)
    return [found[span] for span in sorted(found)]


def _of_phrase(parties: Parties, phrase: Phrase) -> Iterator[Mention]:
    """The phrase itself, its owners, and the names inside it."""
    yield parties.of(phrase) or _thing(parties.sentence, phrase)
    owner = phrase.owner
    while owner is not None:
        mention = parties.of(owner)
        if mention is not None:
            yield mention
        owner = owner.owner
    yield from mentions.inside(parties.sentence, phrase.first, phrase.last, parties.names)


def _thing(sentence: Sentence, phrase: Phrase) -> Mention:
    """A phrase of which nothing is known, without its article."""
    first = phrase.first
    while first < phrase.last and sentence.tokens[first].tag == "DET":
        first += 1
    text = " ".join(token.text for token in sentence.tokens[first : phrase.last + 1])
    return Mention(first, phrase.last, THING, text)
