"""Scores that are counted over stories: what a report says of them, and what follows from it."""

from __future__ import annotations

import io
import json

import pytest

from bench import gold as published
from bench.compare import compare
from bench.comparison import Comparison
from bench.counts import add_tables, total
from bench.errors import Incomparable
from bench.evaluate import evaluate
from bench.metrics import parse
from bench.readers import beside
from bench.render.comparison import render_comparison
from bench.render.table import render_report
from bench.report import Report
from bench.schema import Annotation
from tests.conftest import event, forget, tiny_gold
from tests.growth import grow

WORDS = ("phoned", "refused", "truce")
OVER = ["coref-story-muc", "coref-story-conll"]


def told(doc_id: str, *happenings: str | None) -> Annotation:
    """An article whose events tell of these happenings, in order."""
    words = zip(WORDS, happenings, strict=False)
    events = [event("REJECT", word, **({"happening": h} if h else {})) for word, h in words]
    return Annotation(doc_id=doc_id, events=tuple(events))


def corpus(stories: int = 6) -> dict[str, Annotation]:
    """Two articles a story: the first two events of both are one happening."""
    made = [told(f"s{n}/{name}", "x", "x", None) for n in range(stories) for name in "ab"]
    return {one.doc_id: one for one in made}


def split(annotations: dict[str, Annotation], stories: int) -> dict[str, Annotation]:
    """A run that does not join the articles of the first so many stories."""
    return {
        doc_id: told(doc_id, doc_id, doc_id) if int(doc_id[1]) < stories else one
        for doc_id, one in annotations.items()
    }


GOLD = tiny_gold(*corpus().values())


def scored(predicted: dict[str, Annotation], *names: str, gold=GOLD, **options) -> Report:
    options.setdefault("samples", 200)
    return evaluate(gold, predicted, measures=parse(names or OVER), **options)


def test_a_count_is_made_over_a_story_and_the_score_says_so():
    # muc: 3 links a story in the gold; 2 of them said where the articles are not joined
    muc, conll = scored(split(corpus(), 2)).scores
    assert (muc.over, conll.over) == ("story", "story")
    assert (dict(muc.documents), list(muc.stories)) == ({}, [f"s{n}" for n in range(6)])
    assert [table[""].matched_gold for table in muc.stories.values()] == [2, 2, 3, 3, 3, 3]
    assert (muc.micro.recall, muc.micro.precision) == (16 / 18, 1)
    for score in (muc, conll):
        summed = total(add_tables(score.tables.values()).values())
        assert summed.matched_gold == pytest.approx(score.micro.counts.matched_gold)
        assert summed.gold == score.micro.counts.gold
    (plain,) = scored(corpus(), "coref-muc").scores
    assert (plain.over, dict(plain.stories)) == ("document", {})


def test_stories_are_drawn_where_documents_are_for_other_scores():
    # two stories, one right and one with nothing said: F1 of a draw is 1, 2/3 or 0
    gold = tiny_gold(*corpus(2).values())
    predicted = {name: one for name, one in corpus(2).items() if name.startswith("s0")}
    report = scored(predicted, "coref-story-muc", "trigger", gold=gold)
    assert (report.signature.unit, report.signature.units) == ("document", 4)
    assert report.scores[0].micro.interval == (0, 1)
    alone = scored(predicted, "trigger", gold=gold)
    assert report.scores[1] == alone.scores[0]  # and nothing of the others moves
    assert (alone.story_of, "story_of" in alone.model_dump_json()) == ({}, False)
    one_story = tiny_gold(*corpus(1).values())
    assert scored(corpus(1), gold=one_story).scores[0].micro.interval is None


def test_a_document_that_is_not_answered_costs_its_links_and_the_ones_to_it():
    predicted = {name: one for name, one in corpus().items() if name != "s0/b"}
    muc = scored(predicted).scores[0].micro
    assert (muc.counts.matched_gold, muc.counts.gold, muc.precision) == (16, 18, 1)


def test_the_order_of_documents_never_matters():
    backwards = tiny_gold(*reversed(corpus().values()))
    one = scored(split(corpus(), 2)).scores
    other = scored(split(corpus(), 2), gold=backwards).scores
    assert [s.micro for s in one] == [s.micro for s in other]


def test_a_report_and_a_comparison_survive_their_own_json():
    report = scored(split(corpus(), 2), *OVER, "trigger")
    assert Report.model_validate_json(report.model_dump_json()) == report
    comparison = compare(report, report, samples=50)
    assert Comparison.model_validate_json(comparison.model_dump_json()) == comparison


def test_files_written_before_stories_were_counted_can_still_be_read():
    report = scored(corpus(), "coref-muc")
    raw = json.loads(report.model_dump_json())
    del raw["scores"][0]["over"]
    assert Report.model_validate(raw) == report
    old = compare(report, report, samples=50)
    raw = json.loads(old.model_dump_json())
    del raw["scores"][0]["over"], raw["scores"][0]["units"]
    assert Comparison.model_validate(raw).scores[0].over == "document"


def test_comparisons_exchange_stories():
    # all six stories differ: 2 of 2⁶ exchanges are as far apart, though there are 12 documents
    whole, none = scored(corpus(), "coref-story-muc"), scored(split(corpus(), 6), "coref-story-muc")
    found = compare(whole, none, samples=1000)
    (row,) = found.scores
    assert (row.over, row.units, row.micro.p, row.micro.verdict) == ("story", 6, 2 / 64, "worse")
    assert row.micro.difference == pytest.approx(2 * 2 / (3 + 2) - 1)
    assert (found.signature.unit, found.signature.units, found.documents) == ("story", 6, 12)


def test_a_detectable_difference_rests_on_stories():
    gold, name = tiny_gold(*corpus(8).values()), "coref-story-muc"
    a, b = (scored(split(corpus(8), n), name, gold=gold) for n in (0, 7))
    assert a.signature.unit == b.signature.unit == "story"
    assert 0 < compare(a, b, samples=50).scores[0].micro.detectable < 1
    assert 0 < b.scores[0].micro.detectable < 1


def test_documents_and_stories_are_exchanged_each_for_their_scores():
    names = ("coref-story-muc", "coref-muc", "coref-story-conll")
    a, b = scored(corpus(), *names), scored(split(corpus(), 3), *names)
    found = compare(a, b, samples=5000)
    assert [score.units for score in found.scores] == [6, 12, 6]
    assert (found.signature.unit, found.documents) == ("document", 12)
    alone = compare(a, b, metrics=["coref-story-muc"], samples=5000)
    assert alone.scores[0] == found.scores[0]


def test_few_stories_cannot_show_a_difference_and_that_is_said():
    gold = tiny_gold(*corpus(1).values())
    report = scored(corpus(1), "coref-story-muc", "trigger", gold=gold)
    assert compare(report, report, samples=50).notes == (
        "2 documents cannot show any difference, however large: p is never below 0.5",
        "1 story cannot show any difference, however large: p is never below 1",
    )


def test_reports_of_other_documents_of_the_same_stories_are_refused():
    less = {name: one for name, one in corpus().items() if name != "s0/b"}
    a, b = scored(corpus()), scored(less, gold=tiny_gold(*less.values()))
    with pytest.raises(Incomparable, match="documents of stories: not in B: s0/b"):
        compare(a, b)
    with pytest.raises(Incomparable, match="stories of coref-story-muc: not in B: s5"):
        compare(a, scored(corpus(5), gold=tiny_gold(*corpus(5).values())))


def shown(what) -> str:
    from rich.console import Console

    console = Console(width=200, record=True, file=io.StringIO())
    console.print(what)
    return console.export_text()


def test_the_notes_say_what_is_drawn_for_which_scores():
    report = scored(split(corpus(), 2), "trigger", *OVER)
    wanted = "intervals of coref-story-muc, coref-story-conll rest on 6 stories and are rough"
    both = ("intervals rest on 12 documents and are rough", wanted)
    for text in (
        shown(render_report(report, per_type=[])),
        shown(render_comparison(compare(report, report, samples=50), per_type=[])),
    ):
        assert [line.strip() for line in text.splitlines() if "rough" in line] == list(both)
    alone = scored(split(corpus(), 2))
    for text in (
        shown(render_report(alone, per_type=[])),
        shown(render_comparison(compare(alone, alone, samples=50), per_type=[])),
    ):
        assert "intervals rest on 6 stories and are rough" in text


def write(path, *annotations: Annotation) -> str:
    lines = [one.model_dump_json(exclude_defaults=True) for one in annotations]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("names", [("a1", "a2"), ("s/a1", "s/a2")])
def test_in_a_gold_without_stories_each_document_is_its_own(tmp_path, run_dateline, names):
    # muc: a happening of four mentions has three links; cut at the articles, two
    run = write(tmp_path / "run.jsonl", *(told(name, "x", "x") for name in names))
    options = ("--gold", run, "-m", "coref-story-muc", "--json", "--samples", "20")
    code, out, err = run_dateline("score", run, *options)
    (score,) = json.loads(out)["scores"]
    assert (code, err) == (0, "")
    assert score["micro"]["counts"]["gold"] == (3 if "/" in names[0] else 2)
    assert list(score["stories"]) == (["s"] if "/" in names[0] else list(names))


def test_documents_that_are_their_own_stories_are_called_documents(tmp_path, run_dateline):
    run = write(tmp_path / "run.jsonl", *(told(f"a{n}", "x") for n in range(9)))
    _, out, _ = run_dateline("score", run, "--gold", run, "-m", "trigger", "--json")
    signature = json.loads(out)["signature"]
    assert (signature["unit"], signature["units"]) == ("document", 9)


@pytest.mark.parametrize("joined", [("a", "b"), ("a",)])
def test_readers_that_join_articles_stand_beside_a_score(copy, joined):
    """The copied gold, whose first readings are replaced by what is settled."""
    grow(copy)
    for reader in joined:
        for name in ("ceasefire-call", "echo"):
            source = copy / "stories" / name / "gold.jsonl"
            (copy / "stories" / name / "passes" / f"{reader}.jsonl").write_bytes(
                source.read_bytes()
            )
    forget()
    part = published.load()
    report = beside(scored(part.annotations, *OVER, "trigger", gold=part), part)
    muc, conll, trigger = (score.readers for score in report.scores)
    assert trigger is not None
    if len(joined) == 1:
        assert (muc, conll) == (None, None)
    else:
        assert (muc.f1, muc.documents, conll.f1) == (1, report.documents, 1)
