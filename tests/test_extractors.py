"""An outsider's extractor comes in through the same door as the project's own."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import ClassVar

import pytest

from bench import extractors
from bench.errors import DatelineError, UnknownName
from bench.schema import Annotation, Document, Event, Mark, Zone
from tests.conftest import document


class Mine:
    """Finds the first word of every article.

    More words that no list shows.
    """

    seen: ClassVar[list[Document]] = []

    def extract(self, document: Document) -> Annotation:
        self.seen.append(document)
        event = Event(type="CONSULT", trigger=Mark(start=0, end=5))
        return Annotation(doc_id=document.id, events=(event,))


class Forgetful:
    def extract(self, document: Document) -> Annotation:
        return Annotation(doc_id="another", events=())


class NoExtractor:
    pass


@pytest.fixture
def installed(monkeypatch):
    """Entry points as installed packages would declare them."""

    def install(**values: str) -> None:
        points = [EntryPoint(name, value, extractors.GROUP) for name, value in values.items()]
        monkeypatch.setattr(extractors, "entry_points", lambda group: points)

    return install


HERE = __name__


def test_an_extractor_is_found_described_and_run(installed):
    installed(mine=f"{HERE}:Mine")
    (point,) = extractors.discover().values()
    assert extractors.describe(point) == "Finds the first word of every article."
    found = list(extractors.extract(extractors.load("mine"), [document()]))
    assert found[0].events[0].trigger.span == (0, 5)


def test_an_extractor_sees_text_and_date_and_no_help_from_the_gold(installed):
    helped = document().model_copy(update={"zones": (Zone(start=0, end=3),), "tags": ("trap",)})
    list(extractors.extract(Mine(), [helped]))
    seen = Mine.seen[-1]
    assert (seen.text, seen.published) == (helped.text, helped.published)
    assert (seen.zones, seen.tags, seen.split) == ((), (), "unknown")


def test_an_unknown_name_and_a_broken_package_are_the_users_to_mend(installed):
    installed(mine=f"{HERE}:Mine", gone="no_such_package:X", wrong=f"{HERE}:NoExtractor")
    with pytest.raises(UnknownName, match="unknown extractor 'mime': did you mean mine"):
        extractors.load("mime")
    with pytest.raises(
        DatelineError, match="needs a package that is not installed: no_such_package"
    ):
        extractors.load("gone")
    with pytest.raises(DatelineError, match="has no method extract"):
        extractors.load("wrong")
    assert "no_such_package" in extractors.describe(extractors.discover()["gone"])


def test_two_packages_may_not_share_a_name(monkeypatch):
    points = [
        EntryPoint("mine", value, extractors.GROUP) for value in (f"{HERE}:Mine", "other:Mine")
    ]
    monkeypatch.setattr(extractors, "entry_points", lambda group: points)
    with pytest.raises(
        DatelineError, match=r"several packages install an extractor named mine: .*other:Mine"
    ):
        extractors.discover()


def test_an_answer_for_another_document_is_refused():
    with pytest.raises(DatelineError, match="asked for story/one, answered another"):
        list(extractors.extract(Forgetful(), [document()]))


def test_the_shipped_baselines_are_installed():
    assert {"lexicon", "null"} <= set(extractors.discover())
    assert extractors.load("null").extract(document()).events == ()


class Tunable:
    """Takes an option."""

    def __init__(self, *, shots: str = "0") -> None:
        self.shots = int(shots)

    def extract(self, document: Document) -> Annotation:
        return Annotation(doc_id=document.id, events=())


def test_options_reach_the_extractor_and_wrong_ones_are_refused(installed):
    installed(tunable=f"{HERE}:Tunable")
    assert extractors.load("tunable", {"shots": "3"}).shots == 3
    with pytest.raises(UnknownName, match="option of extractor tunable 'shot': did you mean shots"):
        extractors.load("tunable", {"shot": "3"})
    with pytest.raises(DatelineError, match="cannot be made with shots=many"):
        extractors.load("tunable", {"shots": "many"})


def test_a_missing_extra_says_how_to_install_it():
    with pytest.raises(
        DatelineError, match=r"no_such is not installed: pip install 'dateline\[x\]'"
    ):
        extractors.require("no_such", extra="x")
