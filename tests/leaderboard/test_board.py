"""Ranks follow from what the paired test can show, not from the second decimal."""

from __future__ import annotations

import pytest

from bench.comparison import Contrast
from bench.evaluate import evaluate
from bench.metrics import parse
from bench.schema import Annotation
from leaderboard.board import board_of, shown, tables_of
from leaderboard.submissions import Submission
from leaderboard.systems import System
from tests.conftest import GOLD_EVENTS, tiny_gold

DOCUMENTS = [f"story/{n}" for n in range(12)]
GOLD = tiny_gold(*(Annotation(doc_id=name, events=GOLD_EVENTS) for name in DOCUMENTS))


def system(name: str, kind: str = "rules") -> System:
    return System(
        name=name,
        authors=("A",),
        submitted="2026-11-22",
        kind=kind,
        description="d",
        training_data="none",
        use_of_test="none",
    )


def submission(name: str, kept: list[int], kind: str = "rules") -> Submission:
    """A system that finds so many of the three events of each document."""
    predicted = {
        doc_id: Annotation(doc_id=doc_id, events=GOLD_EVENTS[:n])
        for doc_id, n in zip(DOCUMENTS, kept, strict=True)
    }
    report = evaluate(GOLD, predicted, measures=parse(["trigger", "coref-conll"]), samples=50)
    return Submission(name, system(name, kind), predicted, {"dev": report})


ALL, TWO, ONE, NONE = [3] * 12, [2] * 12, [1] * 12, [0] * 12
ALMOST = [2] + [3] * 11


def ranks(*submissions: Submission, metric: str = "trigger") -> list[tuple[str, int | None]]:
    board = board_of(submissions, "r", samples=2000)
    return [(place.slug, place.rank) for place in board.table("dev", metric).places]


def test_systems_that_the_test_separates_have_ranks_of_their_own():
    found = ranks(submission("one", ONE), submission("two", TWO), submission("all", ALL))
    assert found == [("all", 1), ("two", 2), ("one", 3)]


def test_systems_that_it_cannot_separate_share_one():
    found = ranks(submission("a", ALMOST), submission("b", ALL), submission("c", ONE))
    assert found == [("b", 1), ("a", 1), ("c", 3)]


def test_a_system_without_a_score_comes_last_without_a_rank():
    # CoNLL of events in no cluster but their own: MUC has no links, the mean is of the others;
    # with nothing said and nothing found, F1 of `trigger` is 0 and is ranked.
    found = ranks(submission("none", NONE), submission("all", ALL))
    assert found == [("all", 1), ("none", 2)]


def test_a_missing_score_ranks_last():
    one, two = submission("aa", ALL), submission("bb", ONE)
    report = one.reports["dev"]
    (score, *others) = report.scores
    lost = score.model_copy(
        update={"micro": score.micro.model_copy(update={"counts": type(score.micro.counts)()})}
    )
    reports = {
        "aa": report.model_copy(update={"scores": (lost, *others)}),
        "bb": two.reports["dev"],
    }
    systems = {"aa": one.system, "bb": two.system}
    table = next(tables_of("dev", reports, systems, 100))
    assert [(p.slug, p.rank) for p in table.places] == [("bb", 1), ("aa", None)]


def test_a_bound_stands_where_its_score_puts_it_and_takes_no_rank():
    found = ranks(submission("all", ALL, "bound"), submission("two", TWO), submission("one", ONE))
    assert found == [("all", None), ("two", 1), ("one", 2)]


def test_means_of_scores_are_ranked_by_the_number_and_say_so():
    board = board_of([submission("all", ALL), submission("almost", ALMOST)], "r", samples=100)
    table = board.table("dev", "coref-conll")
    assert (table.tested, [p.rank for p in table.places]) == (False, [1, 2])
    assert board.table("dev", "trigger").tested


def test_the_order_of_submissions_does_not_matter():
    some = [submission("a", ALL), submission("b", ONE), submission("c", TWO)]
    assert board_of(some, "r", samples=500) == board_of(some[::-1], "r", samples=500)


def contrast(difference: float, p: float) -> Contrast:
    return Contrast(gold=1, a=0, b=0, difference=difference, interval=None, p=p, verdict="better")


def test_p_is_corrected_over_the_pairs_of_a_table():
    # 0.03 of two pairs: Holm asks the smaller for 0.025
    pairs = {("a", "b"): contrast(0.1, 0.03), ("a", "c"): contrast(-0.1, 0.04)}
    assert shown(pairs) == set()
    pairs = {("a", "b"): contrast(0.1, 0.02), ("a", "c"): contrast(-0.1, 0.04)}
    assert shown(pairs) == {("b", "a"), ("a", "c")}


def test_an_unknown_table_is_a_lookup_error():
    with pytest.raises(LookupError):
        board_of([submission("a", ALL)], "r", samples=100).table("dev", "date")
