"""Stories, tags, canaries and blind checks of the gold; what a growing gold asks of the code."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench import gold
from bench.audit import audit
from bench.canary import CANARY, carries, stamp
from bench.errors import UnknownName
from bench.evaluate import evaluate
from bench.goldstats import agreements, statistics_of
from bench.metrics import parse
from bench.readers import beside
from bench.render.table import readers_note, render_report
from bench.report import Report
from tests.conftest import GOLD, tiny_gold
from tests.growth import grow

WITHOUT = ("VERSION", "LICENSE", "__init__.py")
CALL = "stories/ceasefire-call"


@pytest.fixture
def grown(copy) -> Path:
    grow(copy)
    return copy


def problems() -> list[str]:
    return [str(problem) for problem in audit().problems]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", gold.stories())
def test_every_story_says_what_it_is_about(name):
    story = gold.story(name)
    assert story.title
    assert story.about


def test_an_unknown_story_is_named():
    with pytest.raises(UnknownName, match="did you mean ceasefire-call"):
        gold.story("ceasefire-cal")


def test_a_story_and_an_event_free_article_drop_in(grown):
    assert problems() == []
    assert gold.load().splits[-2:] == ("more", "none")
    found = statistics_of(gold.load())
    assert found.splits["none"].events == 0
    assert (found.tags["event-free"]["none"], found.tags["event-free"]["more"]) == (1, 0)


BREAKS = {
    "unknown tag": (
        lambda f: change(f / "manifest.jsonl", '"passive"', '"passiv"'),
        "'passiv', wanted a tag of tags.yaml",
    ),
    "zones without their tag": (
        lambda f: change(f / "manifest.jsonl", '"tags": ["boilerplate"]', '"tags": []'),
        "zones without the tag boilerplate",
    ),
    "a tag without zones": (
        lambda f: change(f / "manifest.jsonl", '["event-free"]', '["boilerplate", "event-free"]'),
        "found the tag boilerplate, wanted zones",
    ),
    "an article with events called event-free": (
        lambda f: change(f / "manifest.jsonl", '"passive"', '"event-free"'),
        "found the tag event-free, wanted no events",
    ),
    "an article without events not called so": (
        lambda f: change(f / "manifest.jsonl", '["event-free"]', '["generic"]'),
        "no events without the tag event-free",
    ),
    "no story file": (
        lambda f: (f / "stories/quiet/story.yaml").unlink(),
        "quiet/story.yaml:0: found nothing",
    ),
    "a misspelt field": (
        lambda f: change(f / "stories/quiet/story.yaml", "title:", "titel:"),
        "quiet/story.yaml:1: titel",
    ),
    "no source of facts": (
        lambda f: change(f / CALL / "story.yaml", "sources:", "contradictions:\n  - x\nnone:"),
        "none",
    ),
    "happenings without a source of facts": (
        lambda f: (f / "stories/echo/story.yaml").write_text(f"# {CANARY}\ntitle: t\nabout: a\n"),
        "echo/story.yaml:0: sources: found nothing",
    ),
    "a page that is no address": (
        lambda f: change(f / CALL / "story.yaml", "checked: []", "checked: [a book]"),
        "checked[0]",
    ),
    "a missing full reading": (
        lambda f: (f / "stories/echo/passes/b.jsonl").unlink(),
        "echo/passes:0: found no pass of reader b",
    ),
    "an article that a full reading left out": (
        lambda f: (f / "stories/quiet/passes/a.jsonl").write_text(""),
        "no annotation of quiet/garden",
    ),
    "a file of checks that nobody knows": (
        lambda f: check(f, "compleat.yaml", ""),
        "an unknown file",
    ),
    "more put back than removed": (
        lambda f: check(f, "completion.yaml", "documents: [], seed: 1, share: 0.1, removed: 2, returned: 3"),
        "more marks put back than were removed",
    ),
    "a check of no document of ours": (
        lambda f: check(f, "rereading.yaml", "documents: [a/b], marks: 9, wrong: 0, missing: 0, doubtful: 0"),
        "'a/b', wanted a document of the gold",
    ),
    "articles without a canary beside them": (
        lambda f: (f / "stories/quiet/texts/CANARY").unlink(),
        "stories/quiet/texts/CANARY:0: found nothing",
    ),
}  # fmt: skip


def check(folder: Path, name: str, fields: str) -> None:
    (folder / "checks").mkdir()
    (folder / "checks" / name).write_text(f"# {CANARY}\n{{{fields}}}\n", encoding="utf-8")


@pytest.mark.parametrize("name", BREAKS)
def test_the_audit_notices(grown, name):
    breaks, wanted = BREAKS[name]
    breaks(grown)
    assert any(wanted in problem for problem in problems()), problems()


def test_results_of_blind_checks_are_sound_data(grown):
    check(
        grown,
        "rereading.yaml",
        "documents: [quiet/garden], marks: 9, wrong: 0, missing: 1, doubtful: 2",
    )
    assert problems() == []


def files() -> list[str]:
    found = [path for path in GOLD.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    plain = [path for path in found if path.suffix != ".txt"]
    names = (path.relative_to(GOLD).as_posix() for path in plain)
    return sorted(name for name in names if name not in WITHOUT and is_copied(name))


def is_copied(name: str) -> bool:
    """Whether a file of the gold is in the fixture `copy`."""
    top, story = name.partition("/")[0], name.split("/")[1:2]
    return top != "checks" and (top != "stories" or story == ["ceasefire-call"])


@pytest.mark.parametrize("name", files())
def test_the_audit_wants_the_canary_in_every_file_and_stamp_puts_it_back(copy, name):
    path = copy / name
    stamped = path.read_text(encoding="utf-8")
    path.write_text(stamped.replace(CANARY, "tweet"), encoding="utf-8")
    lost = [problem for problem in problems() if "the canary" in problem]
    assert [problem.split(":")[0] for problem in lost] == [name]
    assert carries(name, stamp(name, path.read_text(encoding="utf-8")))


def test_a_line_without_the_canary_is_stamped_and_the_others_stay():
    text = '{"id": 1, "x": {}}\n{"id": "a\u2028b"}\n'
    once = stamp("a.jsonl", text)
    assert [json.loads(line)["id"] for line in once.split("\n") if line] == [1, "a\u2028b"]
    assert stamp("a.jsonl", once + '{"id": 3}\n').startswith(once)


def test_no_article_holds_the_canary_and_no_loaded_record_does():
    everything = gold.load()
    assert not any(CANARY in (document.text or "") for document in everything.documents)
    assert CANARY not in "".join(map(repr, everything.annotations.values()))


def test_a_published_file_is_read_as_a_run_without_a_warning(run_dateline):
    code, _, err = run_dateline("validate", GOLD / CALL / "gold.jsonl")
    assert (code, err) == (0, "")


def test_stamp_writes_what_is_missing_and_then_nothing(grown, run_dateline):
    change(grown / "actors.yaml", CANARY, "tweet")
    _, out, _ = run_dateline("gold", "stamp")
    assert out.splitlines() == ["actors.yaml", "README.md"]
    assert "path: data/more.parquet" in (grown / "README.md").read_text(encoding="utf-8")
    assert problems() == []
    assert run_dateline("gold", "stamp")[1] == ""


def test_readings_are_compared_where_both_have_read(grown):
    first, *others = agreements()
    assert first.documents == len(gold.manifest())
    assert {one.first: one.documents for one in others}["outsider"] == len(
        gold.first_pass("outsider")
    )
    more = agreements("more")
    assert [(one.first, one.second, one.documents) for one in more] == [
        ("a", "b", 1), ("a", "settled", 1), ("b", "settled", 1),
    ]  # fmt: skip
    (test, *_) = agreements("none")
    assert (test.documents, test.total.events, test.total.trigger) == (1, (0, 0), None)


def test_agreement_can_be_printed_for_a_split(grown, run_dateline):
    code, out, _ = run_dateline("gold", "agreement", "--split", "more")
    assert code == 0
    assert "a against b by article, 1 article" in out
    assert "outsider" not in out
    code, out, _ = run_dateline("gold", "agreement")
    assert [line.split()[0] for line in out.splitlines() if line.startswith(" more ")] != []


def test_types_are_counted_by_split_and_realis(grown, run_dateline):
    found = json.loads(run_dateline("gold", "stats", "--json")[1])
    (echo,) = gold.load("more").annotations.values()
    ours = [e for e in echo.events if (e.type, e.realis) == ("CONSULT", "actual")]
    assert found["mentions"]["CONSULT"]["more"]["actual"] == len(ours) > 0
    assert found["types"]["CONSULT"]["more"] == sum(found["mentions"]["CONSULT"]["more"].values())
    assert "THREATEN" in found["few"]["more"]
    assert "AGREE" not in found["few"]["all"]
    _, out, _ = run_dateline("gold", "stats")
    assert "Event mentions in more" in out
    assert "fewer than 30 mentions in the whole gold:" in out


def report_of(part, **options):
    measures = parse(["trigger", "coref-conll", "argument:actor"])
    report = evaluate(part, part.annotations, measures=measures, samples=20, **options)
    return beside(report, part)


@pytest.mark.parametrize("split", gold.load().splits)
def test_readers_beside_a_score_are_the_agreement_of_that_split(split):
    agreed = agreements(split)[0]
    trigger, conll, argument = report_of(gold.load(split)).scores
    assert trigger.readers.f1 == agreed.total.trigger
    assert argument.readers.f1 == agreed.total.argument
    assert trigger.readers.documents == agreed.documents
    assert {t.name: t.trigger for t in agreed.types} == trigger.readers.types
    assert (conll.readers.types, conll.readers.f1) == ({}, pytest.approx(agreed.total.coreference))


def test_anybody_elses_gold_has_no_readers():
    changed = replace(gold.load("dev"), release="mine")
    assert all(score.readers is None for score in report_of(changed).scores)
    report = report_of(tiny_gold())
    assert all(score.readers is None for score in report.scores)
    assert "readers" not in report.model_dump_json()
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_readers_of_some_documents_only_are_said_to_be_so(grown):
    for name in ("a", "b"):
        (grown / "stories" / "echo" / "passes" / f"{name}.jsonl").unlink()
    report = report_of(gold.load())
    assert report.scores[0].readers.documents == report.documents - 1
    (note,) = readers_note([score.readers for score in report.scores], report.documents)
    assert f"on {report.documents - 1} of these documents, not a human ceiling" in note
    assert all(score.readers is None for score in report_of(gold.load("more")).scores)


@pytest.mark.parametrize(("room", "gone"), [(120, ""), (80, "detectable")])
def test_a_narrow_terminal_is_spared_columns_and_told_so(room, gone):
    from rich.console import Console

    console = Console(width=200, record=True, file=io.StringIO())
    console.print(render_report(report_of(gold.load("dev")), per_type=["trigger"], room=room))
    text = console.export_text()
    tables = [line for line in text.splitlines() if line.startswith((" trigger ", " AGREE"))]
    assert max(map(len, tables)) <= room
    assert ("no room for" in text) == bool(gone)
    heads = [line for line in text.splitlines() if " P " in line and " F1 " in line]
    assert [line.count("readers") for line in heads] == [1, 1]
