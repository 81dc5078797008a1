"""Scorers to run through the kit: Dateline's own, and those that install from the package index.

Each peer gets what its own input format can hold, converted without loss where it can be:
`python -m bench.conformance.adapters NAME FOLDER` shows how to write such a command.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from bench.conformance.command import read_folder
from bench.conformance.corpus import Corpus, Reading, Scorer
from bench.counts import Counts, total
from bench.metrics import measure, pair
from bench.registers import ActorRegister
from bench.registry import Registry
from bench.schema import Annotation, Mark
from bench.text import words

ADAPTERS: Registry[Scorer] = Registry("scorer")
NATIVE = ("trigger", "argument", "argument-attached")
Chunk = tuple[int, int, str]


def by_document(annotations: Sequence[Annotation], doc_ids: Sequence[str]) -> list[Annotation]:
    """One annotation a document in the order given, empty where there is none."""
    found = {annotation.doc_id: annotation for annotation in annotations}
    return [found.get(doc_id, Annotation(doc_id=doc_id, events=())) for doc_id in doc_ids]


def dateline(corpus: Corpus, predicted: Sequence[Annotation]) -> Mapping[str, Reading]:
    """Dateline's own metrics."""
    doc_ids = [annotation.doc_id for annotation in corpus.gold]
    pairs = [
        pair(gold=g, predicted=p, text=corpus.texts[g.doc_id], register=ActorRegister.empty())
        for g, p in zip(corpus.gold, by_document(predicted, doc_ids), strict=True)
    ]
    sums = {name: total(total(measure(name).count(p).values()) for p in pairs) for name in NATIVE}
    return {name: _reading(counts) for name, counts in sums.items()}


def _reading(counts: Counts) -> Reading:
    return Reading(counts.precision, counts.recall, counts.f1)


def chunks(annotation: Annotation, tokens: Sequence[tuple[int, int]]) -> list[Chunk]:
    """Typed runs of tokens that begin and end where a trigger does; other triggers have none."""
    starts = {start: n for n, (start, _) in enumerate(tokens)}
    ends = {end: n for n, (_, end) in enumerate(tokens)}
    found = []
    for event in annotation.events:
        span = event.trigger.span if event.trigger else None
        if span and span[0] in starts and span[1] in ends:
            found.append((starts[span[0]], ends[span[1]], event.type))
    return found


def tags(annotation: Annotation, tokens: Sequence[tuple[int, int]]) -> list[str]:
    """IOB2 tags; of triggers that overlap the first stays, for a tag has one type."""
    row = ["O"] * len(tokens)
    for first, last, kind in chunks(annotation, tokens):
        if set(row[first : last + 1]) == {"O"}:
            row[first : last + 1] = [f"B-{kind}", *[f"I-{kind}"] * (last - first)]
    return row


def _rows(corpus: Corpus, predicted: Sequence[Annotation]) -> list[tuple[list[str], list[str]]]:
    doc_ids = [annotation.doc_id for annotation in corpus.gold]
    tokens = [words(corpus.texts[doc_id]) for doc_id in doc_ids]
    both = zip(corpus.gold, by_document(predicted, doc_ids), tokens, strict=True)
    return [(tags(g, t), tags(p, t)) for g, p, t in both]


def seqeval_strict(corpus: Corpus, predicted: Sequence[Annotation]) -> Mapping[str, Reading]:
    """Seqeval in strict mode, IOB2."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from seqeval.metrics.v1 import precision_recall_fscore_support
        from seqeval.scheme import IOB2

        gold, guessed = zip(*_rows(corpus, predicted), strict=True)
        precision, recall, f1, _ = precision_recall_fscore_support(
            list(gold), list(guessed), average="micro", scheme=IOB2
        )
    return {"trigger": Reading(float(precision), float(recall), float(f1))}


def nervaluate_strict(corpus: Corpus, predicted: Sequence[Annotation]) -> Mapping[str, Reading]:
    """Nervaluate in its strict scheme, given spans and not tags, so that they may overlap."""
    from nervaluate import Evaluator

    doc_ids = [annotation.doc_id for annotation in corpus.gold]
    sides = [_spans(side) for side in (corpus.gold, by_document(predicted, doc_ids))]
    labels = sorted({str(span["label"]) for side in sides for spans in side for span in spans})
    found = Evaluator(*sides, tags=labels, loader="dict").evaluate()["overall"]["strict"]
    return {"trigger": Reading(found.precision, found.recall, found.f1)}


def _spans(annotations: Sequence[Annotation]) -> list[list[dict[str, object]]]:
    return [
        [
            {"label": e.type, "start": e.trigger.start, "end": (e.trigger.end or 1) - 1}
            for e in annotation.events
            if e.trigger is not None and e.trigger.span is not None
        ]
        for annotation in annotations
    ]


def metametric_suite(corpus: Corpus, predicted: Sequence[Annotation]) -> Mapping[str, Reading]:
    """Metametric's event extraction suite, which takes the mean over documents."""
    from metametric.metrics.event_extraction import event_extraction_suite

    doc_ids = [annotation.doc_id for annotation in corpus.gold]
    suite = event_extraction_suite.new()
    answers = by_document(predicted, doc_ids)
    suite.update_batch([_events(a) for a in answers], [_events(a) for a in corpus.gold])
    found = suite.compute()
    families = {"trigger": "trigger", "argument-attached": "argument"}
    return {
        name: Reading(*(float(found[f"{family}_classification-{r}"]) for r in _READINGS))
        for name, family in families.items()
    }


_READINGS = ("precision", "recall", "f1")


def _events(annotation: Annotation) -> object:
    from metametric.structures import ie

    def mention(mark: Mark) -> object:
        return ie.Mention(left=mark.start, right=mark.end)

    return ie.EventSet(
        events=[
            ie.Event(
                trigger=ie.Trigger(mention=mention(event.trigger), type=event.type),
                args=[
                    ie.Argument(mention=mention(argument), role=argument.role)
                    for argument in event.arguments
                    if argument.span is not None
                ],
            )
            for event in annotation.events
            if event.trigger is not None and event.trigger.span is not None
        ]
    )


ADAPTERS.add("dateline", dateline)
ADAPTERS.add("seqeval", seqeval_strict)
ADAPTERS.add("nervaluate", nervaluate_strict)
ADAPTERS.add("metametric", metametric_suite)


def installed() -> list[str]:
    """Names of the adapters whose packages are installed."""
    return [name for name in ADAPTERS if name == "dateline" or find_spec(name) is not None]


def main() -> None:
    """Score a folder of the kit with the adapter of that name and print the readings."""
    name, folder = sys.argv[1:]
    readings = ADAPTERS[name](*read_folder(Path(folder)))
    print(json.dumps({metric: vars(found) for metric, found in readings.items()}))  # noqa: T201


if __name__ == "__main__":
    main()
