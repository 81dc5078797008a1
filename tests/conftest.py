"""Fixtures and small builders that several tests share."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from bench import gold, readers
from bench.gold import Gold
from bench.registers import ActorEntry, ActorRegister, Ontology
from bench.schema import Annotation, Argument, Document, Event, Mark

# No deadline: the machines that run this are noisy. Derandomised: a red run can be repeated.
# `make fuzz` looks further, with fresh seeds.
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "ci", deadline=None, derandomize=True, max_examples=50, suppress_health_check=QUIET
)
settings.register_profile(
    "fuzz", deadline=None, max_examples=3000, suppress_health_check=QUIET, print_blob=True
)
settings.register_profile(  # for `make mutate`: what is killed is not asked for its smallest case
    "mutation",
    parent=settings.get_profile("ci"),
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("DATELINE_HYPOTHESIS", "ci"))

GOLD = Path(__file__).parents[1] / "gold"
TEXT = "Putin phoned Trump on Tuesday. 📞 He refused the truce that Kyiv wanted."
ONTOLOGY = Ontology.model_validate(
    {
        "name": "tiny",
        "version": "1",
        "types": {
            name: {"quad": "q", "definition": "d"} for name in ("CONSULT", "REJECT", "RETREAT")
        },
        "roles": {"actor": "who", "recipient": "whom"},
    }
)
REGISTER = ActorRegister(
    {
        "putin": ActorEntry(name="Vladimir Putin", kind="person", aliases=("Putin",)),
        "trump": ActorEntry(name="Donald Trump", kind="person", aliases=("Trump",)),
        "kyiv": ActorEntry(name="Government of Ukraine", kind="government", aliases=("Kyiv",)),
    }
)


def mark(words: str, text: str = TEXT) -> Mark:
    """The first occurrence of some words."""
    start = text.index(words)
    return Mark(start=start, end=start + len(words), text=words)


def argument(role: str, words: str, actor: str | None = None) -> Argument:
    """An argument at the first occurrence of its words."""
    return Argument(**mark(words).model_dump(), role=role, actor=actor)


def event(kind: str, trigger: str, *arguments: Argument, **fields: str) -> Event:
    """An event at the first occurrence of its trigger."""
    return Event(type=kind, trigger=mark(trigger), arguments=arguments, **fields)


def document(text: str = TEXT, name: str = "story/one", split: str = "dev") -> Document:
    """A document with that text."""
    return Document(
        id=name,
        story=name.partition("/")[0],
        outlet="a test",
        published="2025-03-19",
        split=split,
        licence="CC0-1.0",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        length=len(text),
        text=text,
    )


GOLD_EVENTS = (
    event(
        "CONSULT",
        "phoned",
        argument("actor", "Putin", "putin"),
        argument("actor", "Trump", "trump"),
        id="e1",
        realis="actual",
        date="2025-03-18",
        cluster="call",
    ),
    event("REJECT", "refused", argument("actor", "He", "putin"), id="e2", realis="actual"),
    event("RETREAT", "truce", argument("actor", "He", "putin"), id="e3", realis="hypothetical"),
)


def tiny_gold(*annotations: Annotation) -> Gold:
    """Gold of documents that all hold TEXT; by default one document with three events."""
    found = annotations or (Annotation(doc_id="story/one", events=GOLD_EVENTS),)
    return Gold(
        documents=tuple(document(name=a.doc_id) for a in found),
        annotations={a.doc_id: a for a in found},
        ontology=ONTOLOGY,
        actors=REGISTER,
        release="test",
    )


@pytest.fixture(autouse=True)
def _no_texts_of_this_user(monkeypatch, tmp_path_factory):
    """Nothing that this user has attached is seen, and nothing is remembered for them."""
    monkeypatch.delenv("DATELINE_ARTICLES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Iterator[Path]:
    """A copy of the gold's first story that a test may break or let grow: to audit all of it takes
    seconds.
    """
    folder = tmp_path / "gold"
    others = {path.name for path in (GOLD / "stories").iterdir()} - {"ceasefire-call"}
    shutil.copytree(GOLD, folder, ignore=shutil.ignore_patterns("__pycache__", "checks", *others))
    manifest = (GOLD / "manifest.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in manifest if json.loads(line)["story"] == "ceasefire-call")
    (folder / "manifest.jsonl").write_text("".join(kept), encoding="utf-8")
    monkeypatch.setattr(gold, "root", lambda: folder)
    forget()
    yield folder
    forget()


def forget() -> None:
    """Empty what is kept of the gold in this process."""
    for cached in (gold.ontology, gold.actors, gold.tags, readers._reading):
        cached.cache_clear()
    readers._known.clear()


@pytest.fixture
def one_story(monkeypatch) -> None:
    """The gold as if it held the ceasefire call alone, for tests that count its documents."""
    documents = [d for d in gold.manifest() if d.story == "ceasefire-call"]
    monkeypatch.setattr(gold, "manifest", lambda: documents)


@pytest.fixture
def run_dateline(capsys, monkeypatch) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in this process: exit code, stdout, stderr."""
    from bench.cli import main

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["dateline", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
