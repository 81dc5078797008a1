"""Pairs documents, counts, sums, attaches intervals; opens no file and prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import bench
from bench import statistics
from bench.columns import Both, Columns, columns_of, side_by_side
from bench.counts import Over
from bench.fingerprints import fingerprints, ontology_name
from bench.gold import Gold, require_texts
from bench.metrics import Measure, Pair, pair
from bench.metrics.exact import TALLIES
from bench.metrics.merge import by_story
from bench.noise import find_noise
from bench.optimistic import Kept
from bench.report import Report, Score, Signature, Story
from bench.schema import Annotation, Document
from bench.scoring import Scorer
from bench.stories import read_stories
from bench.tallies import Tally

MIN_STORIES = 8
_THREADS = 2
DEFAULT_METRICS = (
    "trigger",
    "trigger-id",
    "argument:actor",
    "argument",
    "argument-id",
    "argument-attached",
    "argument-attached-id",
    "date",
    "realis",
    "record",
)


def evaluate(
    gold: Gold,
    predicted: Mapping[str, Annotation],
    *,
    measures: Sequence[Measure],
    system: str = "run",
    samples: int = statistics.SAMPLES,
    seed: int = statistics.SEED,
    level: float = statistics.LEVEL,
    dropped: Sequence[str] = (),
) -> Report:
    """Score one run against the documents of `gold`, which are the domain of every measure.

    A document that the run did not answer counts as empty. Predictions for other documents raise
    ValueError: the caller has checked them. A measure that needs texts raises MissingText.
    """
    strangers = set(predicted) - {document.id for document in gold.documents}
    if strangers:
        raise ValueError(f"predictions for documents outside the gold: {sorted(strangers)}")
    if any(measure.metric.needs_text for measure in measures):
        require_texts(gold.documents)
    run = _Run(gold, predicted)
    unit, cluster_of = resampling_unit(gold.documents)

    def scorer(over: Over) -> Scorer:
        drawn = cluster_of if over == "document" else {s: s for s in run.story_of.values()}
        units = len(set(drawn.values()))
        weights = statistics.resample(units, samples=samples, seed=seed) if units else None
        return Scorer(drawn, weights, level, tuple(gold.ontology.types))

    scores = run.scores(measures, scorer)
    signature = Signature(
        version=bench.__version__,
        gold=gold.release,
        splits=gold.splits,
        metrics=tuple(map(str, measures)),
        unit=unit,
        units=len(set(cluster_of.values())),
        samples=samples,
        level=level,
        seed=seed,
    )
    return Report(
        system=system,
        signature=signature,
        documents=len(gold.documents),
        unit_of={} if unit == "document" else cluster_of,
        story_of=run.story_of if any(score.over == "story" for score in scores) else {},
        ontology=ontology_name(gold),
        fingerprints={} if isinstance(gold.annotations, Kept) else fingerprints(gold),
        unanswered=tuple(d.id for d in gold.documents if d.id not in predicted),
        ungrounded=run.said.ungrounded,
        dropped=tuple(dropped),
        noise=find_noise(gold.documents, run.both, predicted),
        stories=run.stories(),
        scores=scores,
    )


@dataclass(frozen=True)
class _Run:
    """Both sides as what measures take: columns of all documents, or pairs of annotations, which
    are made only where something needs them.
    """

    gold: Gold
    predicted: Mapping[str, Annotation]

    @cached_property
    def said(self) -> Columns:
        return columns_of(self.predicted, self.doc_ids)

    @cached_property
    def both(self) -> Both:
        return side_by_side(
            columns_of(self.gold.annotations, self.doc_ids), self.said, self.doc_ids
        )

    @cached_property
    def pairs(self) -> dict[str, Pair]:
        return {document.id: self._pair(document) for document in self.gold.documents}

    @cached_property
    def merged(self) -> dict[str, Pair]:
        return by_story(self.pairs, self.story_of)

    @property
    def story_of(self) -> dict[str, str]:
        return {document.id: document.story for document in self.gold.documents}

    @property
    def doc_ids(self) -> tuple[str, ...]:
        return tuple(document.id for document in self.gold.documents)

    def _pair(self, document: Document) -> Pair:
        return pair(
            gold=self.gold.annotations[document.id],
            predicted=self.predicted.get(document.id, Annotation(doc_id=document.id, events=())),
            text=document.text,
            register=self.gold.actors,
        )

    def scores(
        self, measures: Sequence[Measure], scorer: Callable[[Over], Scorer]
    ) -> tuple[Score, ...]:
        """One a measure. What is counted from columns is counted some at a time, while the scorers
        draw: numpy lets other threads work.
        """
        with ThreadPoolExecutor(_THREADS) as pool:
            overs = {measure.metric.over for measure in measures}
            scorers = {over: pool.submit(scorer, over) for over in overs}
            names = [name for name in map(str, measures) if name in TALLIES]
            tallies = dict(zip(names, pool.map(self._tally, names), strict=True))
        return tuple(
            self._score(scorers[measure.metric.over].result(), measure, tallies)
            for measure in measures
        )

    def _tally(self, name: str) -> Tally:
        return TALLIES[name](self.both)

    def _score(self, scorer: Scorer, measure: Measure, tallies: Mapping[str, Tally]) -> Score:
        if str(measure) in tallies:
            return scorer.score_tally(measure, tallies[str(measure)])
        pairs = self.merged if measure.metric.over == "story" else self.pairs
        return scorer.score(measure, pairs)

    def stories(self) -> tuple[Story, ...]:
        if not self.both.happenings:
            return ()
        return tuple(read_stories(self.story_of, self.pairs))


def resampling_unit(documents: Iterable[Document]) -> tuple[str, dict[str, str]]:
    """What the bootstrap draws, and the unit of each document: stories where there are at least
    eight and not every document is a story of its own, else documents. What is counted over stories
    is drawn by stories in any case.
    """
    story_of = {document.id: document.story for document in documents}
    if MIN_STORIES <= len(set(story_of.values())) < len(story_of):
        return "story", story_of
    return "document", {doc_id: doc_id for doc_id in story_of}
