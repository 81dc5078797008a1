"""What a format says it holds comes back as it was; what it loses is said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cli.convert import save
from bench.foreign import gold_of
from bench.formats import FORMATS, Page, fit
from bench.formats.base import recognise
from bench.formats.reading import Line, Reading
from bench.runs import check_against, settle
from bench.schema import Annotation
from tests.formats.pages import ANYTHING, canonical, pages

# Many formats times many capabilities: a few examples of each here, sixty times as many in fuzz.
FEW = settings(max_examples=settings.default.max_examples // 5)
SOME = settings(max_examples=settings.default.max_examples // 2)
WRITTEN = [one for one in FORMATS.values() if one.write is not None]
CAPABILITIES = [(one.name, what) for one in WRITTEN for what in sorted(one.holds - {"text"})]


def written(name: str, page: Page, folder: Path) -> tuple[Path, Counter[str]]:
    lost: Counter[str] = Counter()
    form = FORMATS[name]
    assert form.write is not None
    suffix = form.suffixes[0] if form.suffixes else ".data"
    path = folder / f"out{suffix.rstrip('/')}"
    save(path, form.write([page], lost))
    return path, +lost


def read_back(name: str, page: Page, path: Path) -> Annotation:
    """What a file says about the page's own text, without a problem on the way."""
    reading = FORMATS[name].read(path)
    assert not reading.problems
    original = Reading("original", [Line(1, page.annotation, {})])
    gold = gold_of(original, {page.annotation.doc_id: page.text or ""})
    check_against(reading, gold)
    assert not reading.problems
    settle(reading, gold, grounding=False)
    nothing = Annotation(doc_id=page.annotation.doc_id, events=())
    return reading.annotations.get(page.annotation.doc_id, nothing)


@pytest.mark.parametrize(("name", "what"), CAPABILITIES)
@FEW
@given(data=st.data())
def test_what_a_format_holds_comes_back_as_it_was(name, what, data, tmp_path_factory):
    holds = FORMATS[name].holds
    always = {"arguments", "triggers" if "triggers" in holds else "untriggered"}
    uses = frozenset({what, *always} & holds)
    page = data.draw(pages(uses).filter(lambda page: page.annotation.events))
    assert fit(page, FORMATS[name]) == (page, {})
    path, lost = written(name, page, tmp_path_factory.mktemp("held"))
    assert not lost
    assert canonical(read_back(name, page, path)) == canonical(page.annotation)


@pytest.mark.parametrize("name", [one.name for one in WRITTEN])
@SOME
@given(page=ANYTHING)
def test_what_does_not_come_back_was_counted(name, page, tmp_path_factory):
    fitted, missing = fit(page, FORMATS[name])
    path, lost = written(name, fitted, tmp_path_factory.mktemp("any"))
    found = canonical(read_back(name, fitted, path))
    if not lost:
        assert found == canonical(fitted.annotation)
    if not lost and not missing:
        assert found == canonical(page.annotation)
    kinds = Counter(event.type for event in fitted.annotation.events)
    assert Counter(event["type"] for event in found["events"]) <= kinds


@pytest.mark.parametrize("name", [one.name for one in WRITTEN])
@FEW
@given(page=pages(frozenset({"arguments", "triggers"})).filter(lambda page: page.annotation.events))
def test_what_is_written_is_recognised(name, page, tmp_path_factory):
    fitted, _ = fit(page, FORMATS[name])
    path, _ = written(name, fitted, tmp_path_factory.mktemp("seen"))
    assert recognise(path).name == name
