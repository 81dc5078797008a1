"""What the report page is made of."""

from __future__ import annotations

import re

import pytest

from bench import gold as published
from bench.counts import Counts
from bench.diagnosis import diagnose, pages
from bench.evaluate import evaluate
from bench.metrics import parse
from bench.pages import articles, intervals
from bench.pages.reporting import report_page
from bench.schema import Annotation
from tests.conftest import GOLD_EVENTS, tiny_gold

DOCUMENTS = [f"story/{n}" for n in range(8)]
GOLD = tiny_gold(*(Annotation(doc_id=name, events=GOLD_EVENTS) for name in DOCUMENTS))
HALF = {
    name: Annotation(doc_id=name, events=GOLD_EVENTS if n % 2 else GOLD_EVENTS[1:])
    for n, name in enumerate(DOCUMENTS)
}


def test_intervals_of_precision_and_recall_hold_the_points():
    report = evaluate(GOLD, HALF, measures=parse(["trigger"]), samples=200)
    found = intervals.of_types(report, report.score("trigger"))
    # CONSULT is found in four of eight documents and never made up
    assert found["CONSULT"].precision == (1.0, 1.0)
    low, high = found["CONSULT"].recall
    assert low < 0.5 < high
    assert found["REJECT"] == ((1.0, 1.0), (1.0, 1.0))


def test_an_interval_of_a_share_is_that_of_f1_where_both_sides_are_the_same():
    # matched 1 of 2 predicted, 1 of 4 gold: precision is the F1 of (1, 2, 1, 2)
    row = intervals._row(Counts(matched_predicted=1, predicted=2, matched_gold=1, gold=4))
    assert row == [1, 2, 1, 4]


def test_a_report_of_sixty_articles_stays_under_two_megabytes(tmp_path):
    some = published.load("test")
    predicted = some.annotations
    report = evaluate(some, predicted, measures=parse(["trigger"]), samples=50)
    found = diagnose(gold=some, predicted=predicted, train=(), system="gold")
    text = report_page(report, found, pages(gold=some, predicted=predicted))
    assert len(text.encode()) / len(some.documents) * 60 < 2_000_000
    assert len(re.findall("<article ", text)) == len(some.documents)


def test_the_text_is_whole_whatever_marks_cover_it():
    (one,) = pages(
        gold=tiny_gold(Annotation(doc_id="story/one", events=GOLD_EVENTS)),
        predicted={"story/one": Annotation(doc_id="story/one", events=GOLD_EVENTS[:1])},
    )
    made = articles.article(one, articles.Codes(["CONSULT", "REJECT", "RETREAT"], []))
    for side in made.sides:
        assert "".join(stretch.text for stretch in side.stretches) == one.text
    assert (made.missed, made.spurious) == (2, 0)


def test_the_page_is_made_the_same_every_time():
    report = evaluate(GOLD, HALF, measures=parse(["trigger"]), samples=50)
    found = diagnose(gold=GOLD, predicted=HALF, train=(), system="half")
    texts = {report_page(report, found, pages(gold=GOLD, predicted=HALF)) for _ in range(2)}
    assert len(texts) == 1


@pytest.mark.usefixtures("one_story")
def test_from_the_command_line(run_dateline, tmp_path):
    run, out = tmp_path / "run.jsonl", tmp_path / "page.html"
    assert run_dateline("extract", "null", "-o", run)[0] == 0
    code, _, err = run_dateline(
        "report", run, "--compare", run, "-o", out, "-m", "trigger", "--samples", "50"
    )
    assert code == 0
    assert "page.html: " in err
    text = out.read_text(encoding="utf-8")
    assert 'id="ceasefire-call/wire-report"' in text
    assert "run beside run" in text
