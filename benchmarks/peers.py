"""The peers on the same triggers: their input made ready beforehand, then only the scoring."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Raw = Mapping[str, Any]
Ready = Callable[[], float]
"""Scores what was made ready, and returns F1."""
WORDS_AN_EVENT = 10


def nervaluate(gold: Sequence[Raw], predicted: Sequence[Raw]) -> Ready:
    """Strict scheme: span and type."""
    from nervaluate import Evaluator

    sides = [
        [list(map(_span, document["events"])) for document in side] for side in (gold, predicted)
    ]
    types = sorted({str(span["label"]) for side in sides for spans in side for span in spans})

    def score() -> float:
        found = Evaluator(*sides, tags=types, loader="dict").evaluate()
        return float(found["overall"]["strict"].f1)

    return score


def _span(event: Raw) -> dict[str, object]:
    trigger = event["trigger"]
    return {"label": event["type"], "start": trigger["start"], "end": trigger["end"] - 1}


def seqeval(gold: Sequence[Raw], predicted: Sequence[Raw]) -> Ready:
    """Strict mode, IOB2: a tag a word, in texts of MAVEN's length."""
    from seqeval.metrics.v1 import precision_recall_fscore_support
    from seqeval.scheme import IOB2

    pairs = [_tags(*pair) for pair in zip(gold, predicted, strict=True)]
    ours, theirs = map(list, zip(*pairs, strict=True))

    def score() -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = precision_recall_fscore_support(ours, theirs, average="micro", scheme=IOB2)
        return float(found[2])

    return score


def _tags(gold: Raw, predicted: Raw) -> tuple[list[str], list[str]]:
    """Tags of both sides over words of which some are triggers; no trigger has two words."""
    sides = [
        {_place(event): f"B-{event['type']}" for event in d["events"]} for d in (gold, predicted)
    ]
    words = sorted(set().union(*sides))
    between = ["O"] * (WORDS_AN_EVENT * len(gold["events"]) // max(1, len(words)))
    return tuple(  # type: ignore[return-value]
        [tag for word in words for tag in (side.get(word, "O"), *between)] for side in sides
    )


def _place(event: Raw) -> tuple[int, int]:
    return event["trigger"]["start"], event["trigger"]["end"]


def metametric(gold: Sequence[Raw], predicted: Sequence[Raw]) -> Ready:
    """The suite of event extraction, which counts triggers and attached arguments together."""
    from metametric.metrics.event_extraction import event_extraction_suite

    sides = [list(_event_sets(side)) for side in (gold, predicted)]

    def score() -> float:
        suite = event_extraction_suite.new()
        suite.update_batch(sides[1], sides[0])
        return float(suite.compute()["trigger_classification-f1"])

    return score


def _event_sets(documents: Iterable[Raw]) -> Iterable[object]:
    from metametric.structures import ie

    def mention(mark: Raw) -> object:
        return ie.Mention(left=mark["start"], right=mark["end"])

    for document in documents:
        events = [
            ie.Event(
                trigger=ie.Trigger(mention=mention(event["trigger"]), type=event["type"]),
                args=[
                    ie.Argument(mention=mention(one), role=one["role"])
                    for one in event.get("arguments", ())
                ],
            )
            for event in document["events"]
        ]
        yield ie.EventSet(events=events)
