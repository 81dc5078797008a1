"""An article as the lexicon's parser sees it: sentences, whom their phrases stand for, times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from baselines.lexicon import mentions, names, phrases, sentences, tagging
from baselines.lexicon import triggers as lexicon_triggers
from baselines.lexicon.mentions import Mention
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Phrase, Sentence
from baselines.lexicon.pronouns import Memory
from baselines.lexicon.times import Time
from baselines.lexicon.tokens import Token
from baselines.lexicon.triggers import Trigger

THING = "thing"
"""Kind of a phrase that the lexicon's lists do not know."""

_TITLES = frozenset("Mr Mrs Ms Messrs Dr Rev Gen Col Lt Maj Capt Adm Sen Gov Prof M".split())
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
_RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})


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


def analyse(text: str, published: str) -> list[Passage]:
    """The sentences of an article's body in text order; a bad date of publication is no date.

    >>> [p.suggested[0].type for p in analyse("Peru rejected the plan.", "1990-01-01")]
    ['REJECT']
    """
    read = list(sentences.read(text, published))
    known = names.learn([sentence for sentence, _ in read])
    memory = Memory()
    return [_passage(sentence, near, known, memory) for sentence, near in read]


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
    for mention in (*_of_phrases(parties), *_of_relatives(parties), *_of_adverbs(parties)):
        widened = _with_titles(parties.sentence, mention)
        found.setdefault((widened.first, widened.last), widened)
    return [found[span] for span in sorted(found)]


def _of_phrase(parties: Parties, phrase: Phrase) -> Iterator[Mention]:
    """The phrase itself, its owners, and the names inside it."""
    yield _with_quantity(parties, phrase) or _thing(parties.sentence, phrase)
    owner = phrase.owner
    while owner is not None:
        mention = parties.of(owner)
        if mention is not None:
            yield mention
        owner = owner.owner
    yield from mentions.inside(parties.sentence, phrase.first, phrase.last, parties.names)


def _of_phrases(parties: Parties) -> Iterator[Mention]:
    for phrase in parties.sentence.phrases:
        yield from _of_phrase(parties, phrase)


def _of_relatives(parties: Parties) -> Iterator[Mention]:
    """`the crowd that marched`: a relative pronoun stands for the phrase before it."""
    tokens = parties.sentence.tokens
    for index, token in enumerate(tokens):
        if token.lower not in _RELATIVES:
            continue
        before = (
            index - 2 if index > 1 and tokens[index - 1].tag in ("PREP", "PUNCT") else index - 1
        )
        phrase = parties.sentence.phrase_to(before)
        mention = parties.of(phrase) if phrase is not None else None
        if mention is not None:
            yield replace(mention, first=index, last=index, proper=False)


def _of_adverbs(parties: Parties) -> Iterator[Mention]:
    """`here` and `there` say where."""
    for index, token in enumerate(parties.sentence.tokens):
        if token.lower in ("here", "there"):
            yield Mention(index, index, "place", token.lower)


def _with_quantity(parties: Parties, phrase: Phrase) -> Mention | None:
    """Only articles stay out of a mention: `both armies`, `some 300 motorists`."""
    mention = parties.of(phrase)
    if mention is None or phrase.owner is not None or mention.first == phrase.first:
        return mention
    opens = parties.sentence.tokens[phrase.first].lower
    return mention if opens in _ARTICLES else replace(mention, first=phrase.first)


def _with_titles(sentence: Sentence, mention: Mention) -> Mention:
    """`Mr.` and other short titles belong to the name behind them."""
    words = [token.text for token in sentence.tokens[: mention.first]]
    stop = len(words) - 1 if words[-1:] == ["."] else len(words)
    titled = mention.proper and stop > 0 and words[stop - 1] in _TITLES
    return replace(mention, first=stop - 1) if titled else mention


def _thing(sentence: Sentence, phrase: Phrase) -> Mention:
    """A phrase of which nothing is known, without its article."""
    first = phrase.first
    while first < phrase.last and sentence.tokens[first].lower in _ARTICLES:
        first += 1
    text = " ".join(token.text for token in sentence.tokens[first : phrase.last + 1])
    return Mention(first, phrase.last, THING, text)
