"""seqeval: triggers as IOB2 chunks over words, scored by the library itself."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence

from bench.counts import Counts
from bench.errors import MissingText
from bench.protocols.base import PROTOCOLS, Corpus, Paired, Protocol, Reading, Readings
from bench.protocols.tagging import Words
from bench.schema import Annotation

Tags = Sequence[Sequence[str]]
AVERAGES = ("micro", "macro", "weighted")


def score(corpus: Corpus) -> Readings:
    """Default and strict mode, each in three averages."""
    texts = [words_of_document(document) for document in corpus]
    gold = [list(_tags(w, d.gold)) for w, d in zip(texts, corpus, strict=True)]
    predicted = [list(_tags(w, d.predicted)) for w, d in zip(texts, corpus, strict=True)]
    return score_tags(gold=gold, predicted=predicted)


def words_of_document(document: Paired) -> Words:
    """The words of a document; raises MissingText where the text is not on this machine."""
    if document.text is None:
        raise MissingText(f"{document.doc_id}: tags over words need the text of the article")
    return Words(document.text)


def _tags(text: Words, annotation: Annotation) -> Iterator[str]:
    spans = ((e.trigger.span, e.type) for e in annotation.events if e.trigger is not None)
    yield from text.tags((span, label) for span, label in spans if span is not None)


def score_tags(*, gold: Tags, predicted: Tags) -> Readings:
    """The same from tags.

    >>> scores = score_tags(gold=[["B-Attack"]], predicted=[["I-Attack"]])
    >>> scores["default micro"].f1, scores["strict micro"].f1
    (1.0, 0.0)
    """
    scores: Readings = {}
    for mode in ("default", "strict"):
        for average in AVERAGES:
            scores[f"{mode} {average}"] = _library(gold, predicted, mode, average)
    return scores


def _library(gold: Tags, predicted: Tags, mode: str, average: str) -> Reading:
    from seqeval.metrics import sequence_labeling, v1
    from seqeval.scheme import IOB2

    if all(tag == "O" for side in (gold, predicted) for row in side for tag in row):
        # seqeval divides by the number of types, which is 0; with zero_division=0 it means 0.
        return Reading(0.0, 0.0, 0.0, Counts() if average == "micro" else None)
    score_them = v1 if mode == "strict" else sequence_labeling
    scheme = {"scheme": IOB2} if mode == "strict" else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        precision, recall, f1, _ = score_them.precision_recall_fscore_support(
            gold, predicted, average=average, zero_division=0, **scheme
        )
    return Reading(float(precision), float(recall), float(f1))


PROTOCOLS.add(
    "seqeval",
    Protocol(
        name="seqeval",
        summary="trigger chunks of IOB2 tags over words, by the library itself; 0/0 is 0",
        source="seqeval 1.2.2",
        score=score,
        headline="strict micro",
        adapted=(
            "spans grow to the words that they touch",
            "where two triggers want a word, the earlier, then the longer, then the first type in"
            " the alphabet is written and the other is lost, in gold and in predictions alike",
            "tags made from annotations are well formed, so default and strict agree on them",
        ),
        defects=(
            "nested, overlapping, doubly typed and repeated triggers cannot be written, so neither"
            " missing nor inventing them costs anything",
            "default mode takes I-X after O for a chunk",
            "macro gives a type that was only predicted the weight of a gold type",
        ),
        needs_text=True,
    ),
)
