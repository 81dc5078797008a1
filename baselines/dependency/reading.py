"""Reads an article: sentences, tokens, parse, then events one by one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from baselines.dependency import (
    arguments,
    clusters,
    dating,
    naming,
    pipeline,
    realis,
    sources,
    tagged,
    triggers,
    when,
)
from baselines.lexicon import boilerplate, names
from baselines.lexicon import sentences as plain
from baselines.lexicon.clusters import POINTING, happening
from baselines.lexicon.parties import Parties
from baselines.lexicon.pronouns import Memory
from baselines.lexicon.tokens import Token, lemmas
from baselines.lexicon.triggers import Trigger
from baselines.lexicon.writing import Findings, Found
from bench.schema import Annotation, Document
from bench.text import sentences

_DATELINE = re.compile(
    r"(?:(?P<city>[A-Z][A-Z.'’ -]{2,})(?:,[^—–!?]{0,40})?\s+[—–-]+"
    r"|\d{1,2}[.:]\d\d(?:\s*[ap]\.?m\.?)?,?(?:\s+[—–-]+)?)\s+"
)
_FEW, _SHARE = 5, 0.3
_LONGEST = 2000  # characters that go to the parser as one sentence


@dataclass(slots=True)
class _State(Findings):
    """What has been found so far, the days and the town that the article goes by."""

    published: dt.date | None = None
    city: str = ""
    reported: dt.date | None = None
    peopled: int = 0
    """Events with a participant that can act."""


@dataclass(slots=True)
class _Read:
    """One sentence: its tokens, and its tree once the parser has seen it."""

    tokens: list[Token]
    doc: Any = None


def annotate(document: Document, model: str) -> Annotation:
    """The events, actors and time expressions of an article, from its text and date only."""
    nlp = pipeline.load(model)
    state = _State(document.text or "", published=plain.date(document.published))
    read = [_Read(tokens) for tokens in _tokenised(nlp, state)]
    state.times = when.in_order(state.text, state.times)
    known = names.learn([sentence.tokens for sentence in read])
    _parse(nlp, read, known)
    naming.settle(known, [(sentence.doc, sentence.tokens) for sentence in read])
    memory, article = Memory(), frozenset(_lemmas(read))
    for sentence in read:
        _find(state, sentence, known, memory, article)
    if _tells_of_nobody(state):
        state.events.clear()
    return state.annotation(document.id, clusters.group)


def _lemmas(read: Iterable[_Read]) -> Iterator[str]:
    """The words of the article, to tell a strike of workers from one by missiles."""
    for sentence in read:
        for word, token in zip(sentence.doc, sentence.tokens, strict=True):
            yield token.lemmas.get(word.pos_, token.lower)


def _tells_of_nobody(state: _State) -> bool:
    """An article whose triggers have no participants is about gales or slugs, not about sides."""
    return len(state.events) > _FEW and state.peopled < _SHARE * len(state.events)


def _tokenised(nlp: Any, state: _State) -> Iterator[list[Token]]:
    """Tokens of the sentences of the body, time expressions marked."""
    for first, last in boilerplate.body(state.text):
        for start, end in sentences(state.text[first:last]):
            start += _dateline(state, first + start, first + end)
            for a, b in _pieces(state.text, first + start, first + end):
                spans = pipeline.tokenise(nlp, state.text[a:b])
                tokens = [_token(state.text, a + s, a + e) for s, e in spans]
                _mark_times(state, tokens)
                if tokens:
                    yield tokens


def _dateline(state: _State, start: int, end: int) -> int:
    """Length of `CITY, May 3 — ` or of the clock of a live blog, which belong to no clause."""
    found = _DATELINE.match(state.text, start, end)
    if found is None:
        return 0
    if found["city"] and state.published is not None:
        state.city = state.city or found["city"].title()
        state.times += when.find(state.text, start, found.end(), state.published)
        day = when.reported(state.text, start, found.end(), state.published)
        state.reported = state.reported or day
    return found.end() - start


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that is too long for the parser is cut at a space, or where there is none."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    lower = word.lower().replace("’", "'")
    return Token(start, end, word, lower, lemmas=dict(lemmas(lower)))


def _mark_times(state: _State, tokens: Sequence[Token]) -> None:
    if state.published is None or not tokens:
        return
    start, end = tokens[0].start, tokens[-1].end
    found = when.find(state.text, start, end, state.published, state.reported)
    state.times += found
    plain.mark(tokens, found)


def _parse(nlp: Any, read: Sequence[_Read], known: names.Names) -> None:
    inputs = [(_words(sentence.tokens, known), _spaces(sentence.tokens)) for sentence in read]
    for sentence, doc in zip(read, pipeline.parse(nlp, inputs), strict=True):
        sentence.doc = doc


def _words(tokens: Sequence[Token], known: names.Names) -> list[str]:
    """The words as the parser gets them: of a headline in capitals only names keep theirs."""
    if not names.is_headline(tokens):
        return [token.text.replace("’", "'") for token in tokens]
    return [token.text if known.knows(token) else token.lower for token in tokens]


def _spaces(tokens: Sequence[Token]) -> list[bool]:
    following = [token.start for token in tokens[1:]]
    return [a.end < b for a, b in zip(tokens, following, strict=False)] + [False]


def _find(
    state: _State, read: _Read, known: names.Names, memory: Memory, article: frozenset[str]
) -> None:
    parties = Parties(tagged.sentence(read.doc, read.tokens), known, memory)
    for trigger in triggers.find(read.doc, parties, article):
        state.events.append(_event(state, read, parties, trigger))
    for mention in parties.named():
        state.note(parties.sentence, mention)
    memory.note(parties.antecedents())


def _event(state: _State, read: _Read, parties: Parties, trigger: Trigger) -> Found:
    how = realis.realis(read.doc, parties, trigger)
    words = read.tokens
    within = [t for t in state.times if words[0].start <= t.start < words[-1].end]
    filled = arguments.fillers(read.doc, parties, trigger, state.city)
    state.peopled += any(filler.mention.side for filler in filled)
    day = dating.date(read.doc, parties, trigger, how, within)
    return Found(
        happening(trigger, how, day, filled, definite=_definite(read.doc, trigger)),
        parties.sentence.span(trigger.first, trigger.last),
        sources.source(read.doc, parties, trigger),
        [state.argument(parties.sentence, filler) for filler in filled],
    )


def _definite(doc: Any, trigger: Trigger) -> bool:
    """`the call`, `this deal`, `their meeting`: a noun that points back."""
    return trigger.part == "noun" and any(
        child.lower_ in POINTING or child.dep_ == "poss" for child in doc[trigger.last].children
    )
