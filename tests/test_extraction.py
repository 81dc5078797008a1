"""One document may be lost to an extractor, the run may not."""

from __future__ import annotations

import re
import stat
import sys
import threading
from contextlib import closing
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from bench import extractors
from bench.cli import running
from bench.cli.partial import Partial
from bench.errors import CannotRun, DatelineError
from bench.extraction import Plan, outcomes
from bench.extraction.attempt import Garbage
from bench.schema import Annotation, Document, Event, Mark
from tests.conftest import document
from tests.plugin.outsider.trouble import Trouble

DOCUMENTS = [document(name=f"story/{name}") for name in ("one", "two", "three")]


def reasons(extractor, **plan) -> dict[str, str]:
    return {one.doc_id: one.reason for one in outcomes(extractor, Plan("x", **plan), DOCUMENTS)}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("raises", r"KeyError: 'two' \(trouble.py:\d+\)"),
        ("exits", "SystemExit: cannot read story/two"),
        ("mistakes", "asked for story/two, answered another/one"),
        ("outside", r"events\[0\].trigger.end: found 72, wanted at most 71"),
        ("babbles", "answered dict, wanted Annotation"),
        ("unlooked", r"events\[0\]: Input should be a valid dictionary"),
    ],
)
def test_what_goes_wrong_with_one_document_is_told_and_the_others_stay(how, reason, jobs):
    extractor = Trouble(on=f"story/two={how}")
    extractor.concurrency = "threads"
    found = reasons(extractor, jobs=jobs)
    assert (found.pop("story/one"), found.pop("story/three")) == ("", "")
    assert re.match(reason, found["story/two"])


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_an_extractor_prints_is_not_among_the_results(capsys, jobs):
    extractor = Trouble(pause="0.01")
    extractor.concurrency = "threads"
    before = sys.stdout
    reasons(extractor, jobs=jobs)
    assert sys.stdout is before
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("reading story/")) == ("", 3)


@pytest.mark.parametrize("jobs", [1, 2])
def test_failing_fast_shows_what_was_raised(jobs):
    extractor = Trouble(on="story/two=raises")
    extractor.concurrency = "threads"
    with pytest.raises(KeyError, match="two"):
        reasons(extractor, fail_fast=True, jobs=jobs)
    extractor.how = {"story/two": "mistakes"}
    with pytest.raises(Garbage, match="answered another/one"):
        reasons(extractor, fail_fast=True, jobs=jobs)


class NoKey:
    def extract(self, document: Document) -> Annotation:
        raise CannotRun("set THE_KEY")


def test_what_holds_for_every_document_ends_the_run_at_once():
    with pytest.raises(CannotRun, match="set THE_KEY"):
        reasons(NoKey())


class Prepared:
    concurrency = "threads"

    def __init__(self) -> None:
        self.prepared = 0
        self.both = threading.Barrier(3, timeout=30)

    def prepare(self) -> None:
        self.prepared += 1

    def extract(self, document: Document) -> Annotation:
        self.both.wait()  # passes only while three documents are under way
        return Annotation(doc_id=document.id, events=())


def test_threads_share_one_extractor_that_is_prepared_once():
    extractor = Prepared()
    assert reasons(extractor, jobs=3) == {one.id: "" for one in DOCUMENTS}
    assert extractor.prepared == 1


def test_words_that_no_file_can_hold_lose_their_document():
    class Surrogate:
        def extract(self, document: Document) -> Annotation:
            event = Event.model_construct(
                type="X", trigger=Mark.model_construct(text="\ud800"), arguments=()
            )
            return Annotation.model_construct(doc_id=document.id, events=(event,))

    assert all(reasons(Surrogate()).values())


class Interrupted:
    """As if the user pressed Ctrl-C during the second document."""

    seen: ClassVar[list[str]] = []

    def extract(self, document: Document) -> Annotation:
        self.seen.append(document.id)
        if len(self.seen) == 2:
            raise KeyboardInterrupt
        return Annotation(doc_id=document.id, events=())


def test_ctrl_c_leaves_what_is_finished_and_says_how_to_go_on(run_dateline, monkeypatch, tmp_path):
    point = EntryPoint("stopped", f"{__name__}:Interrupted", extractors.GROUP)
    monkeypatch.setattr(extractors, "entry_points", lambda group: [point])
    run = tmp_path / "run.jsonl"
    code, out, err = run_dateline("evaluate", "stopped", "--run", run, "-m", "trigger")
    assert (code, out) == (130, "")
    assert "the same command goes on from there" in err
    assert not run.exists()
    code, out, err = run_dateline("evaluate", "stopped", "--run", run, "-m", "trigger")
    assert (code, "1 of 13 documents are done" in err) == (0, True)
    assert Interrupted.seen.count(Interrupted.seen[0]) == 1
    assert len(run.read_text().splitlines()) == 13


def test_options_are_read_from_words(run_dateline):
    assert running.options(["a=1", "b="]) == {"a": "1", "b": ""}
    for words, message in (
        (["a"], "found 'a', wanted KEY=VALUE"),
        (["=1"], "found '=1', wanted KEY=VALUE"),
        (["a=1", "a=2"], "found a a second time"),
    ):
        with pytest.raises(DatelineError, match=message):
            running.options(words)
    code, _, err = run_dateline("evaluate", "null", "--with", "shots=3")
    assert (code, err) == (2, "unknown option of extractor null 'shots': Known: none\n")


def found_in(path, *, resume: bool = True) -> dict[str, str]:
    """What a new run would go on from."""
    with closing(Partial(path, KEY, resume=resume)) as partial:
        return partial.lines


KEY = {"extractor": "x", "options": {"a": "1"}}
LINES = {name: f'{{"doc_id": "{name}", "events": []}}' for name in ("one", "two")}


def started(path, **lines: str) -> None:
    partial = Partial(path, KEY, resume=True)
    for name, line in lines.items():
        partial.add(name, line)
    partial.close()


def test_a_part_gives_back_whole_lines_and_drops_one_that_was_cut_off(tmp_path):
    path = tmp_path / "run.jsonl"
    started(path, **LINES)
    part = tmp_path / "run.jsonl.part"
    part.write_bytes(part.read_bytes()[:-5])
    partial = Partial(path, KEY, resume=True)
    assert partial.lines == {"one": LINES["one"]}
    partial.add("two", LINES["two"])
    partial.finish(["two", "one"], keep=False)
    assert path.read_text().splitlines() == [LINES["two"], LINES["one"]]
    assert [file.name for file in tmp_path.iterdir()] == ["run.jsonl"]


@pytest.mark.parametrize("middle", [b"{}\n", b"\0\0\0\n", b"\xff\n"])
def test_what_stands_behind_a_broken_line_is_not_trusted(tmp_path, middle):
    path = tmp_path / "run.jsonl"
    started(path, one=LINES["one"])
    with (tmp_path / "run.jsonl.part").open("ab") as file:
        file.write(middle + LINES["two"].encode() + b"\n")
    assert found_in(path) == {"one": LINES["one"]}


def test_a_part_of_another_making_is_not_used_and_that_is_said(tmp_path, capsys):
    path = tmp_path / "run.jsonl"
    started(path, **LINES)
    partial = Partial(path, KEY | {"options": {"a": "2"}}, resume=True)
    assert partial.lines == {}
    assert 'options was {"a": "1"}, is {"a": "2"}' in capsys.readouterr().err
    partial.close()
    (tmp_path / "run.jsonl.part").write_text("my notes\n")
    Partial(path, KEY, resume=True).close()
    assert "is no part of a run" in capsys.readouterr().err


def test_a_part_that_another_run_is_writing_is_left_alone(tmp_path):
    path = tmp_path / "run.jsonl"
    first = Partial(path, KEY, resume=True)
    first.add("one", LINES["one"])
    with pytest.raises(DatelineError, match="another run is writing it"):
        Partial(path, KEY, resume=False)
    first.close()
    assert found_in(path) == {"one": LINES["one"]}


def test_without_resume_nothing_of_before_is_used(tmp_path, capsys):
    path = tmp_path / "run.jsonl"
    started(path, **LINES)
    assert found_in(path, resume=False) == {}
    assert capsys.readouterr().err == ""


def test_where_nothing_can_be_written_nothing_is_extracted(run_dateline, tmp_path):
    code, _, err = run_dateline("extract", "null", "-o", tmp_path / "gone" / "run.jsonl")
    assert (code, "No such file or directory" in err) == (2, True)
    code, _, err = run_dateline("extract", "null", "-o", tmp_path)
    assert (code, "is a folder" in err) == (2, True)


def test_a_device_is_written_to_and_not_replaced(run_dateline, tmp_path):
    code, _, _ = run_dateline("extract", "null", "-o", "/dev/null")
    assert code == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert not Path("/dev/null.part").exists()


def test_training_prints_where_the_model_lies(run_dateline, monkeypatch, tmp_path):
    code, _, err = run_dateline("train", "null")
    assert (code, "extractor null has nothing to train" in err) == (2, True)
    trained = SimpleNamespace(train=lambda: tmp_path / "model")
    monkeypatch.setattr("bench.extractors.load", lambda name, options: trained)
    assert run_dateline("train", "null") == (0, f"{tmp_path / 'model'}\n", "")


class Tunable:
    """Takes options."""

    def __init__(self, *, shots: str = "0") -> None:
        self.shots = shots


def test_the_list_shows_the_options_of_extractors(run_dateline, monkeypatch):
    point = EntryPoint("tunable", f"{__name__}:Tunable", extractors.GROUP)
    monkeypatch.setattr(extractors, "entry_points", lambda group: [point])
    _, out, _ = run_dateline("list", "extractors", "--json")
    assert '"Takes options. [options: shots]"' in out
