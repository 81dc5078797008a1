"""`bench.testing`: what an extractor's own tests call."""

from __future__ import annotations

import random

import pytest

from bench import gold
from bench.errors import DatelineError, InvalidFile
from bench.formats import jsonl
from bench.schema import Annotation, Event, Mark
from bench.testing import MissingBaseline, Regressed, assert_no_regression, hold, score

EVERYTHING = gold.load()
LESS = {"samples": 500, "metrics": ["trigger"], "gold": EVERYTHING}  # loaded once
SCORE = {"metrics": ["trigger"], "gold": EVERYTHING}
GOLD = EVERYTHING.select(["dev"]).annotations
BROKEN = min(GOLD)


def thinned(share: float, seed: int = 1) -> dict[str, Annotation]:
    """The gold of `dev` with a share of the events left out."""
    rng = random.Random(seed)
    return {
        name: a.model_copy(update={"events": tuple(e for e in a.events if rng.random() > share)})
        for name, a in GOLD.items()
    }


def count(run: dict[str, Annotation]) -> int:
    return sum(len(a.events) for a in run.values())


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """The gold itself as a stored baseline."""
    path = tmp_path_factory.mktemp("stored") / "baseline.json"
    assert hold(GOLD, path, update=True, **LESS).written
    return path


class Perfect:
    """Knows the gold by heart."""

    def extract(self, document):
        return GOLD[document.id]


class Halting(Perfect):
    """Fails on one article."""

    def extract(self, document):
        if document.id == BROKEN:
            raise ValueError("out of order")
        return super().extract(document)


def test_a_run_is_scored_however_it_is_given(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(jsonl.write(GOLD.values())), encoding="utf-8")
    given = {"mine": path, "run": GOLD, "Perfect": Perfect()}
    for name, run in {**given, "mine ": str(path), "run ": iter(GOLD.values())}.items():
        report = score(run, split="dev", **SCORE)
        assert (report.system, report.score("trigger").micro.f1) == (name.strip(), 1)
        assert report.score("trigger").micro.interval is not None
    assert score("null", **SCORE).score("trigger").micro.counts.predicted == 0


def test_an_extractor_reads_dev_unless_told_otherwise():
    assert score(Perfect(), **SCORE).signature.splits == ("dev",)
    assert score("null", split=["train"], **SCORE).signature.splits == ("train",)


def test_documents_that_fail_count_as_empty_and_are_named_unless_to_fail_fast():
    report = score(Halting(), **SCORE)
    assert set(report.failed) == set(report.unanswered) == {BROKEN}
    assert report.failed[BROKEN].startswith("ValueError: out of order (test_testing.py:")
    with pytest.raises(ValueError, match="out of order"):
        score(Halting(), **SCORE, fail_fast=True)


def test_what_cannot_be_scored_is_said(tmp_path, stored):
    with pytest.raises(DatelineError, match="did you mean the extractor lexicon"):
        score("lexicn", gold=EVERYTHING)
    with pytest.raises(DatelineError, match="it is scored already"):
        score(stored)
    with pytest.raises(DatelineError, match="options are for extractors"):
        score(GOLD, options={"a": "b"})
    wrong = Annotation(doc_id="no/such", events=(Event(type="AID", trigger=Mark(start=0, end=1)),))
    with pytest.raises(InvalidFile, match="annotations:2: doc_id"):
        score([*list(GOLD.values())[:1], wrong])


def test_what_is_no_worse_passes(stored):
    for baseline in (stored, str(stored), GOLD, Perfect(), score(GOLD, **SCORE)):
        assert assert_no_regression(GOLD, baseline, **LESS).word == "fine"
    assert assert_no_regression(Perfect(), stored, samples=500, gold=EVERYTHING).word == "fine"


def test_against_a_run_exactly_what_was_found_and_is_missed_now_is_listed():
    before, after = thinned(0.2), thinned(0.2)
    first = {name for name, a in before.items() if a.events}
    after = {name: a.model_copy(update={"events": a.events[::2]}) for name, a in after.items()}
    gone = count(before) - count(after)
    with pytest.raises(Regressed) as error:
        assert_no_regression(after, before, **LESS)
    text = str(error.value)
    assert text.startswith("regressed: run against run on dev, 13 documents\n")
    assert error.value.verdict.word == "regressed"
    assert f"newly missed events, which the baseline found: {gone}" in text.splitlines()
    listed = [line for line in text.splitlines() if line.startswith("  “")]
    assert len(listed) == 20
    assert all(any(f"({name}:" in line for name in first) for line in listed)
    name = min(name for name in first if len(before[name].events) > 1)
    lost = before[name].events[1]
    assert any(f"“{lost.trigger.text}” {lost.type} ({name}:" in line for line in listed)
    assert f"  … and {gone - 20} more" in text.splitlines()


def test_against_counts_it_is_said_that_they_are_counts(stored):
    after = thinned(0.4)
    gone = count(GOLD) - count(after)
    with pytest.raises(Regressed) as error:
        assert_no_regression(after, stored, **LESS)
    title = next(line for line in str(error.value).splitlines() if line.startswith("missed events"))
    assert "which holds counts only, had matched more" in title
    assert title.endswith(f"{gone} of these {gone} it had found")  # it had found all there is
    half = thinned(0.3, seed=5)
    counts_only = score(half, **SCORE)
    worse = {name: a.model_copy(update={"events": a.events[::3]}) for name, a in half.items()}
    with pytest.raises(Regressed) as error:
        assert_no_regression(worse, counts_only, **LESS)
    title = next(line for line in str(error.value).splitlines() if line.startswith("missed events"))
    found, listed = count(half) - count(worse), int(title.split("of these ")[1].split()[0])
    assert f"; {found} of these {listed} it had found" in title
    assert listed > found


def test_of_a_report_no_event_is_known(stored):
    after = score(thinned(0.4), **SCORE)
    with pytest.raises(Regressed, match="not known, as a report was given"):
        assert_no_regression(after, stored, **LESS)


def test_equal_things_stand_for_each_other():
    # Two equal gold events, of which each run finds one: nothing is newly missed.
    from tests.conftest import event, tiny_gold

    twice = (event("CONSULT", "phoned", id="a"), event("CONSULT", "phoned", id="b"))
    small = tiny_gold(Annotation(doc_id="story/one", events=twice))
    one, other = ([Annotation(doc_id="story/one", events=(e,))] for e in twice)
    held = hold(other, one, gold=small, metrics=["trigger"], samples=10)
    assert "newly missed events, which the baseline found: 0" in held.message()
    nothing = [Annotation(doc_id="story/one", events=())]
    held = hold(nothing, one, gold=small, metrics=["trigger"], samples=10)
    assert "newly missed events, which the baseline found: 1" in held.message()
    assert "“phoned” CONSULT (story/one:1), missed" in held.message()


def test_the_layer_that_dropped_is_listed():
    undated = {
        name: a.model_copy(
            update={"events": tuple(e.model_copy(update={"date": None}) for e in a.events)}
        )
        for name, a in GOLD.items()
    }
    with pytest.raises(Regressed, match="newly missed dates, which the baseline found"):
        assert_no_regression(
            undated, GOLD, metrics=["trigger", "date"], samples=500, gold=EVERYTHING
        )


def test_what_cannot_be_told_passes_unless_it_must_not():
    run, baseline = thinned(0.11, seed=3), thinned(0.1, seed=4)
    assert assert_no_regression(run, baseline, **LESS, margin=0).word == "cannot tell"
    with pytest.raises(Regressed, match=r"^cannot tell: "):
        assert_no_regression(run, baseline, **LESS, margin=0, lenient=False)


def test_a_floor_holds_whatever_the_baseline():
    run = thinned(0.4)
    with pytest.raises(Regressed, match="below the floor of 90"):
        assert_no_regression(run, run, **LESS, floors={"trigger": 0.9})


def test_without_a_baseline_the_way_to_make_it_is_said(tmp_path):
    for path in (tmp_path / "none.json", str(tmp_path / "none.json")):
        with pytest.raises(MissingBaseline, match="'pytest --dateline-update' writes it"):
            assert_no_regression(GOLD, path)


def test_a_baseline_is_renewed_by_the_metrics_that_it_has(tmp_path):
    path = tmp_path / "new" / "baseline.json"
    assert hold(
        thinned(0.3), path, update=True, metrics=["trigger", "date"], samples=10, gold=EVERYTHING
    ).written
    first = path.read_bytes()
    assert not hold(thinned(0.3), path, update=True, samples=10, gold=EVERYTHING).written
    held = hold(GOLD, path, update=True, samples=10, gold=EVERYTHING)
    assert (held.written, held.verdict.word) == (True, "fine")
    assert path.read_bytes() != first
    assert [line.metric for line in held.verdict.wholes()] == ["trigger", "date"]


@pytest.mark.parametrize("broken", ["", "<<<<<<< ours\n{}\n", '{"dateline": "baseline 1", "x"'])
def test_a_broken_baseline_is_mended_where_it_is_one(stored, tmp_path, broken):
    path = tmp_path / "baseline.json"
    path.write_text(broken and broken + stored.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DatelineError):
        hold(GOLD, path, **LESS)
    assert hold(GOLD, path, update=True, **LESS).written
    assert path.read_bytes() == stored.read_bytes()


def test_runs_and_reports_are_never_written_over(tmp_path):
    path = tmp_path / "run.jsonl"
    report = tmp_path / "report.json"
    path.write_text("".join(jsonl.write(GOLD.values())), encoding="utf-8")
    report.write_text(score(GOLD, **SCORE).model_dump_json(indent=1), encoding="utf-8")
    for file in (path, report):
        before = file.read_bytes()
        held = hold(thinned(0.01), file, update=True, **LESS)
        assert (held.written, held.stored) == (False, None)
        assert file.read_bytes() == before


def test_an_extractor_s_name_is_never_a_file_to_write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert hold("null", "null", update=True, **LESS).stored is None
    assert list(tmp_path.iterdir()) == []
