"""The benchmark's corpus is what it says, and its yardstick counts what we count. Nothing is timed."""

from __future__ import annotations

import pytest

from bench.counts import total
from bench.evaluate import evaluate
from bench.foreign import gold_of_kept
from bench.metrics import parse
from bench.metrics.exact import TALLIES
from bench.optimistic import read
from benchmarks import peers, plain
from benchmarks.corpus import ARGUMENTS, DOCUMENTS, EVENTS, TYPES, Corpus, Size
from benchmarks.measure import as_annotations, both_of, count_all

SMALL = Size.of(1_500)


def events_of(documents):
    return [event for document in documents for event in document["events"]]


def test_the_size_is_that_of_maven():
    assert Size() == Size(4_480, 118_700, 229_000) == Size(DOCUMENTS, EVENTS, ARGUMENTS)


@pytest.mark.parametrize("size", [SMALL, Size(1, 40, 80), Size(9, 5, 0)])
def test_the_gold_is_of_the_stated_size(size):
    gold, predicted = Corpus(size).sides()
    found = events_of(gold)
    assert (len(gold), len(found)) == (size.documents, size.events)
    assert sum(len(event.get("arguments", ())) for event in found) == size.arguments
    assert [d["doc_id"] for d in gold] == [d["doc_id"] for d in predicted]


def test_the_same_corpus_comes_out_every_time():
    assert list(Corpus(SMALL)) == list(Corpus(SMALL))
    assert list(Corpus(SMALL)) != list(Corpus(SMALL, seed=1))


def test_it_is_neither_too_easy_nor_too_even():
    gold, predicted = (events_of(side) for side in Corpus(Size.of(20_000)).sides())
    kinds = [event["type"] for event in gold]
    assert len(set(kinds)) == TYPES
    assert kinds.count("Type_000") > 20 * kinds.count(f"Type_{TYPES - 1}")
    assert 0.9 < len(predicted) / len(gold) < 1.1


def test_triggers_of_a_flat_corpus_never_share_a_word():
    for side in Corpus(SMALL, flat=True).sides():
        for document in side:
            starts = [event["trigger"]["start"] for event in document["events"]]
            assert len(starts) == len(set(starts))


def test_files_are_read_at_once_and_score_as_the_documents_do(tmp_path):
    gold, run = (read(path) for path in Corpus(SMALL).write(tmp_path))
    assert gold is not None
    assert run is not None
    report = evaluate(gold_of_kept(gold), run, measures=parse(TALLIES), samples=2)
    both = both_of(*map(as_annotations, Corpus(SMALL).sides()))
    assert {score.metric: score.micro.f1 for score in report.scores} == count_all(both)


def distinct(documents):
    """Documents without what sets would count once and we count as often as it is said: one event
    a type and a trigger word, one argument a span."""
    for document in documents:
        kept, seen = [], set()
        for event in document["events"]:
            fillers = {(one["start"], one["end"]): one for one in event.get("arguments", ())}
            if not seen & {event["type"], event["trigger"]["start"]}:
                kept.append(event | {"arguments": list(fillers.values())})
            seen |= {event["type"], event["trigger"]["start"]}
        yield document | {"events": kept}


def test_the_plain_scorer_counts_what_we_count_where_nothing_is_said_twice():
    gold, predicted = ([*distinct(side)] for side in Corpus(SMALL).sides())
    both = both_of(as_annotations(gold), as_annotations(predicted))
    names = dict(zip(("TC", "TI", "AC", "AI", "AC+", "AI+"), TALLIES, strict=True))
    found = plain.score(zip(gold, predicted, strict=True))
    for name, counts in found.items():
        assert counts == total(TALLIES[names[name]](both).sums().values()), name
        assert counts.matched_gold > 0


@pytest.mark.parametrize(
    ("package", "make"), [("nervaluate", peers.nervaluate), ("seqeval", peers.seqeval)]
)
def test_peers_are_given_the_same_triggers(package, make):
    pytest.importorskip(package)
    sides = Corpus(SMALL, flat=True).sides()
    assert make(*sides)() == pytest.approx(
        count_all(both_of(*map(as_annotations, sides)))["trigger"]
    )
