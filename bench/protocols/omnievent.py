"""OmniEvent's unified score: every output projected onto the candidates of a word classifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bench.counts import Counts
from bench.protocols.base import PROTOCOLS, Corpus, Paired, Protocol, Reading, Readings, reading
from bench.protocols.seqeval import words_of_document
from bench.protocols.tagging import Span, Words
from bench.schema import Event, Mark

NA = "NA"
MODES = ("gold", "loose", "default", "strict")
STOPS = "ZeroDivisionError"


class Candidate(NamedTuple):
    """A place that is classified: its gold label and the label that the output gives it."""

    words: Span
    gold: str
    predicted: str


class Trigger(NamedTuple):
    """A trigger candidate with the gold event that it is, if any."""

    candidate: Candidate
    event: Event | None


def projected(span: Span, tags: list[str]) -> str:
    """The label that tags give a candidate: B- on its first word, I- on the rest, and a next word
    whose tag differs from that of its last. A lone first word of a longer chunk passes.

    >>> projected((0, 1), ["B-X", "I-X"]), projected((1, 2), ["B-X", "I-X"])
    ('X', 'NA')
    """
    start, end = span
    if not tags[start].startswith("B-"):
        return NA
    label = tags[start][2:]
    inside = all(tag == f"I-{label}" for tag in tags[start + 1 : end])
    goes_on = end < len(tags) and tags[end] == tags[end - 1]
    return label if inside and not goes_on else NA


@dataclass(frozen=True)
class Projection:
    """One document with the output projected onto its candidates."""

    document: Paired
    words: Words

    def touched(self, mark: Mark | None) -> Span | None:
        """The words of a mark, None where it has no offsets or touches no word."""
        return self.words.touched(mark.span) if mark is not None and mark.span else None

    def tags(self, marks: Iterable[tuple[Mark | None, str]]) -> list[str]:
        """Tags of the marks that have offsets."""
        return self.words.tags((mark.span, label) for mark, label in marks if mark and mark.span)

    def triggers(self) -> Iterator[Trigger]:
        """Every gold trigger, then every other word."""
        tags = self.tags((e.trigger, e.type) for e in self.document.predicted.events)
        taken: set[int] = set()
        for event in self.document.gold.events:
            span = self.touched(event.trigger)
            if span is not None:
                taken |= set(range(*span))
                yield Trigger(Candidate(span, event.type, projected(span, tags)), event)
        for n in range(len(self.words)):
            if n not in taken:
                place = (n, n + 1)
                yield Trigger(Candidate(place, NA, projected(place, tags)), None)

    def arguments(self, trigger: Trigger) -> Iterator[Candidate]:
        """The gold arguments of the event, then the mentions of entities without a mention that
        overlaps one of them.
        """
        gold = trigger.event.arguments if trigger.event is not None else ()
        tags = self.tags((a, a.role) for e in self._output(trigger) for a in e.arguments)
        positive = [(self.touched(a), a.role) for a in sorted(gold, key=lambda a: a.role)]
        places = [span for span, _ in positive if span is not None]
        for span, role in positive:
            if span is not None:
                yield Candidate(span, role, projected(span, tags))
        for entity in self._entities:
            if not any(a[0] < b[1] and b[0] < a[1] for a in entity for b in places):
                yield from (Candidate(span, NA, projected(span, tags)) for span in entity)

    def _output(self, trigger: Trigger) -> list[Event]:
        """Predicted events whose trigger begins where the candidate does."""
        at = trigger.candidate.words[0]
        spans = ((e, self.touched(e.trigger)) for e in self.document.predicted.events)
        return [event for event, span in spans if span is not None and span[0] == at]

    @cached_property
    def _entities(self) -> list[list[Span]]:
        """Mentions of every gold entity: an actor, or an argument that no actor's mention is."""
        found: dict[object, dict[Span, None]] = {}
        for mark, entity in self._marks():
            span = self.touched(mark)
            if span is not None:
                found.setdefault(entity, {})[span] = None
        return [list(spans) for spans in found.values()]

    def _marks(self) -> Iterator[tuple[Mark, object]]:
        gold = self.document.gold
        actors = {m.span: actor.id for actor in gold.actors for m in actor.mentions}
        for actor in gold.actors:
            yield from ((mention, actor.id) for mention in actor.mentions)
        for event in gold.events:
            for one in event.arguments:
                yield one, one.actor or actors.get(one.span or (-1, -1)) or one.span


def score(corpus: Corpus) -> Readings:
    """Unified triggers, then unified arguments in the four modes."""
    documents = [Projection(document, words_of_document(document)) for document in corpus]
    triggers = [(one, trigger) for one in documents for trigger in one.triggers()]
    scores = {"triggers": _triggers([trigger.candidate for _, trigger in triggers])}
    for mode in MODES:
        scores[f"arguments {mode}"] = _arguments(triggers, mode)
    return scores


def _triggers(candidates: list[Candidate]) -> Reading:
    """Micro average over the labels of the gold but NA; the scorer stops where none is NA."""
    labels = {candidate.gold for candidate in candidates}
    if NA not in labels:
        return Reading(None, None, None, note="ValueError: no candidate is NA")
    labels.remove(NA)
    matched = sum(c.gold == c.predicted and c.gold in labels for c in candidates)
    predicted = sum(c.predicted in labels for c in candidates)
    gold = sum(c.gold in labels for c in candidates)
    return reading(Counts.of(matched=matched, predicted=predicted, gold=gold))


def _arguments(triggers: list[tuple[Projection, Trigger]], mode: str) -> Reading:
    """Pairs of type and role, compared candidate by candidate."""
    matched = predicted = gold = 0
    for document, trigger in triggers:
        kinds = _types(trigger, mode)
        if kinds is not None:
            for one in document.arguments(trigger):
                ours, theirs = (kinds[0], one.gold), (kinds[1], one.predicted)
                gold += NA not in ours
                predicted += NA not in theirs
                matched += ours == theirs and NA not in ours
    counts = Counts.of(matched=matched, predicted=predicted, gold=gold)
    if not predicted or not gold:
        return Reading(None, None, None, counts, STOPS)
    return reading(counts)


def _types(trigger: Trigger, mode: str) -> tuple[str, str] | None:
    """Gold and predicted type of a trigger's arguments; None where the mode leaves it out."""
    gold, predicted = trigger.candidate.gold, trigger.candidate.predicted
    if mode == "gold":
        return None if gold == NA else (gold, gold)
    if gold == NA:
        wanted = mode in ("default", "strict") and predicted != NA
        return (NA, predicted) if wanted else None
    return (gold, predicted) if predicted != NA or mode == "strict" else None


PROTOCOLS.add(
    "omnievent",
    Protocol(
        name="omnievent",
        summary="unified score: one label a candidate, position by position; arguments in the modes"
        " gold, loose, default, strict; micro without NA",
        source="OmniEvent ec72e72 (2024-12), evaluation",
        score=score,
        headline="arguments strict",
        adapted=(
            "output is projected as from sequence labels over words; see seqeval for what those"
            " cannot hold",
            "trigger candidates are the gold triggers and every other word",
            "argument candidates are the event's gold arguments and the mentions of gold actors",
            "arguments belong to the predicted events whose trigger begins where the candidate"
            " does",
            "span F1, seq2seq, MRC and token classification scores need a model's own output",
        ),
        defects=(
            "a prediction that is no candidate is neither right nor wrong; beside a gold argument"
            " it costs recall alone",
            "a one-word candidate at the head of a longer prediction passes",
            "of two neighbouring one-word mentions with one label the first is lost",
            "loose and default leave arguments of undetected events out of recall",
            "gold and loose leave arguments of spurious events out of precision",
            "a predicted type that the gold never uses is no false alarm of the trigger score",
            "two labels on one span are two candidates with one prediction: one must be wrong",
            "no argument predicted, or none in the gold, divides by zero and stops the scorer",
        ),
        needs_text=True,
    ),
)
