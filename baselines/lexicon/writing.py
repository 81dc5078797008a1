"""What was found in an article, and how four baselines write it down as an annotation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from baselines.lexicon import clusters
from baselines.lexicon.clusters import Happening
from baselines.lexicon.mentions import Mention
from baselines.lexicon.phrases import Sentence
from baselines.lexicon.roles import Filler
from baselines.lexicon.times import Time
from bench.schema import Actor, Annotation, Argument, Event, Mark, Span, TimeExpression


@dataclass(frozen=True, slots=True)
class Found:
    """An event mention before it is written down: what it tells, and where."""

    happening: Happening
    span: tuple[int, int]
    source: str | None
    arguments: Sequence[Argument]


@dataclass(slots=True)
class Findings:
    """What has been found so far in an article."""

    text: str
    events: list[Found] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    mentions: dict[str, set[tuple[int, int]]] = field(default_factory=dict)

    def note(self, sentence: Sentence, mention: Mention) -> None:
        """Keeps a mention for the list of actors, where it has a name."""
        if mention.name:
            span = sentence.span(mention.first, mention.last)
            self.mentions.setdefault(mention.name, set()).add(span)

    def argument(self, sentence: Sentence, filler: Filler) -> Argument:
        """A filler as it is written down; its mention is noted."""
        self.note(sentence, filler.mention)
        start, end = sentence.span(filler.mention.first, filler.mention.last)
        actor = filler.mention.name or None
        return Argument(
            role=filler.role, start=start, end=end, text=self.text[start:end], actor=actor
        )

    def annotation(
        self,
        doc_id: str,
        group: Callable[[Sequence[Happening]], list[str | None]] = clusters.group,
    ) -> Annotation:
        """The annotation, with clusters by `group` and the dates that their members share."""
        told = [found.happening for found in self.events]
        names = group(told)
        rows = zip(self.events, names, clusters.shared_dates(names, told), strict=True)
        return Annotation(
            doc_id=doc_id,
            events=tuple(self._event(f"e{number}", *row) for number, row in enumerate(rows, 1)),
            actors=tuple(self._actor(name) for name in sorted(self.mentions)),
            times=tuple(self._time(time) for time in self.times),
        )

    def _event(self, event_id: str, found: Found, cluster: str | None, day: str | None) -> Event:
        start, end = found.span
        return Event.model_validate(
            {
                "id": event_id,
                "type": found.happening.type,
                "trigger": Mark(start=start, end=end, text=self.text[start:end]),
                "realis": found.happening.realis,
                "date": day,
                "source": found.source,
                "cluster": cluster,
                "arguments": tuple(found.arguments),
            }
        )

    def _actor(self, name: str) -> Actor:
        spans = sorted(self.mentions[name])
        return Actor(
            id=name, mentions=tuple(Span(start=a, end=b, text=self.text[a:b]) for a, b in spans)
        )

    def _time(self, time: Time) -> TimeExpression:
        words = self.text[time.start : time.end]
        return TimeExpression(start=time.start, end=time.end, text=words, value=time.value)
