"""The kit passes a sound scorer, catches each way of being fooled, and runs foreign commands."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bench.conformance import CHECKS, Corpus, Reading, run
from bench.conformance.adapters import ADAPTERS, dateline
from bench.conformance.command import command_scorer, read_folder, write_folder
from bench.conformance.corpus import KIT
from bench.errors import DatelineError
from bench.schema import Annotation

DOCS = Path(__file__).parents[2] / "docs" / "conformance.md"


def broken(scorer) -> set[str]:
    return {outcome.name for outcome in run(scorer) if outcome.verdict == "broken"}


def test_dateline_keeps_every_promise():
    assert {outcome.verdict for outcome in run(dateline)} == {"kept"}


def items(annotations, *, typed: bool = True) -> list[tuple]:
    return [
        (a.doc_id, e.trigger.span, e.type if typed else "")
        for a in annotations
        for e in a.events
        if e.trigger and e.trigger.span
    ]


def reading(matched: float, predicted: float, gold: float) -> dict[str, Reading]:
    precision = matched / predicted if predicted else 0.0
    recall = matched / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if matched else 0.0
    return {"trigger": Reading(precision, recall, f1)}


def by_sets(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Sets of items over the corpus: repeated and invented answers vanish."""
    gold, said = set(items(corpus.gold)), set(items(predicted))
    return reading(len(gold & said), len(said), len(gold))


def untyped(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Sets of spans: the type is nobody's business."""
    gold, said = (set(items(side, typed=False)) for side in (corpus.gold, predicted))
    return reading(len(gold & said), len(said), len(gold))


def many_to_one(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Every right prediction counts as a found gold item."""
    gold, said = items(corpus.gold), items(predicted)
    return reading(sum(item in gold for item in said), len(said), len(gold))


def generous(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Touching is enough, and one gold item may be answered many times."""
    gold, said = items(corpus.gold), items(predicted)
    hits = [g for g in gold for s in said if g[0] == s[0] and g[2] == s[2] and touch(g[1], s[1])]
    return reading(len(hits), len(said), len(gold))


def touch(one, other) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def mean_of_documents(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Mean F1 of documents, an empty one answered with nothing being perfect."""
    said = {a.doc_id: a for a in predicted}
    scores = []
    for a in corpus.gold:
        answer = [said[a.doc_id]] if a.doc_id in said else []
        one = reading(len(set(items([a])) & set(items(answer))), len(items(answer)), len(a.events))
        scores.append(1.0 if not a.events and not items(answer) else one["trigger"].f1)
    mean = sum(scores) / len(scores)
    return {"trigger": Reading(mean, mean, mean)}


def answered_only(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Only documents that the system answered, and that have events, count."""
    doc_ids = {a.doc_id for a in predicted} & {a.doc_id for a in corpus.gold if a.events}
    gold = [a for a in corpus.gold if a.doc_id in doc_ids]
    return by_sets(corpus.with_gold(gold), [a for a in predicted if a.doc_id in doc_ids])


def first_document_wins(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Aligns documents by position."""
    said = [
        a.model_copy(update={"doc_id": g.doc_id})
        for a, g in zip(predicted, corpus.gold, strict=False)
    ]
    return by_sets(corpus, said)


def near_enough(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Offsets may be off by two."""
    gold, said = items(corpus.gold), items(predicted)
    hits = {
        g
        for g in gold
        for s in said
        if g[0] == s[0] and g[2] == s[2] and abs(g[1][0] - s[1][0]) < 3
    }
    return reading(len(hits), len(said), len(gold))


class Forgetless:
    """Keeps the documents of its first call, like a mutable default argument."""

    def __init__(self) -> None:
        self.first: Corpus | None = None

    def __call__(self, corpus: Corpus, predicted) -> dict[str, Reading]:
        keep, self.first = self.first, corpus
        return by_sets(keep or corpus, predicted)


def pooled(corpus: Corpus, predicted) -> dict[str, Reading]:
    """Calls pooled arguments attached."""
    readings = dict(dateline(corpus, predicted))
    return readings | {"argument-attached": readings["argument"]}


FOOLED = [
    (by_sets, {"duplicates", "invented-strings"}),
    (untyped, {"sprayed-types", "empty-documents", "two-types"}),
    (many_to_one, {"recall-cap", "duplicates"}),
    (generous, {"near-duplicates", "recall-cap", "shifted-offset"}),
    (mean_of_documents, {"empty-documents", "missing-document"}),
    (answered_only, {"missing-document", "false-alarms"}),
    (first_document_wins, {"order"}),
    (near_enough, {"shifted-offset"}),
    (pooled, {"swapped-arguments"}),
]


@pytest.mark.parametrize(
    ("scorer", "caught"), FOOLED, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_scorer_that_can_be_fooled_is_caught(scorer, caught):
    assert caught <= broken(scorer)


def test_a_scorer_that_remembers_is_caught():
    assert "second-call" in broken(Forgetless())


def test_a_scorer_that_gives_100_to_nothing_is_caught():
    def vacuous(corpus: Corpus, predicted) -> dict[str, Reading]:
        return {"trigger": Reading(1.0, 1.0, 1.0)} if not predicted else by_sets(corpus, predicted)

    assert "nothing-predicted" in broken(vacuous)


def test_a_scorer_that_is_always_wrong_breaks_the_first_promise():
    assert "itself" in broken(lambda corpus, predicted: {"trigger": Reading(0.5, 0.5, 0.5)})


def test_every_check_is_broken_by_some_scorer():
    caught = set().union(*(names for _, names in FOOLED))
    assert caught | {"second-call", "nothing-predicted", "itself"} == set(CHECKS)


def test_a_scorer_that_stops_has_broken_the_promise():
    def stops(corpus: Corpus, predicted) -> dict[str, Reading]:
        raise ZeroDivisionError("float division by zero")

    outcomes = run(stops)
    assert {outcome.verdict for outcome in outcomes} == {"broken"}
    assert outcomes[0].why == "it stopped with ZeroDivisionError: float division by zero"


def test_a_folder_is_read_as_it_was_written(tmp_path):
    predicted = [Annotation(doc_id="kit/one", events=KIT.gold[0].events)]
    write_folder(tmp_path, KIT, predicted)
    assert read_folder(tmp_path) == (KIT, predicted)


def test_a_command_is_run_through_the_kit():
    command = f"{sys.executable} -m bench.conformance.adapters dateline"
    scorer = command_scorer(command)
    assert scorer(KIT, KIT.gold) == dateline(KIT, KIT.gold)


def test_a_command_that_fails_says_why():
    fails = command_scorer(f"{sys.executable} -c 'raise SystemExit(\"no such luck\")'")
    assert run(fails)[0].why == "it stopped with RuntimeError: exit code 1, no such luck"
    with pytest.raises(DatelineError, match="no such program: /no/such/program"):
        command_scorer("/no/such/program --x")(KIT, KIT.gold)


def test_the_command_line_prints_a_table_and_fails_for_a_broken_promise(run_dateline, monkeypatch):
    code, out, _ = run_dateline("conformance")
    assert code == 0
    assert f"kept: dateline {len(CHECKS)} of {len(CHECKS)}" in out
    monkeypatch.setitem(ADAPTERS._entries, "dateline", by_sets)
    code, out, _ = run_dateline("conformance", "--json")
    assert code == 1
    assert {o["name"] for o in json.loads(out)["dateline"] if o["verdict"] == "broken"} >= {
        "duplicates"
    }


def test_the_published_table_is_what_the_command_prints(run_dateline):
    pytest.importorskip("nervaluate")
    pytest.importorskip("metametric")
    _, out, _ = run_dateline("conformance", "--peers")
    kept = next(line for line in out.splitlines() if line.startswith("kept: "))
    assert kept in DOCS.read_text(encoding="utf-8")
