"""Checks what lies beside the annotations: story files, tags, canaries, results of blind checks."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bench import gold
from bench.blindchecks import Completion, Rereading
from bench.canary import CANARY, FILE, carries, stamp
from bench.errors import Problem
from bench.formats.reading import spell
from bench.registers import StoryEntry, read_yaml
from bench.schema import Annotation, Document

T = TypeVar("T", bound=BaseModel)
CHECKS: Mapping[str, type[Completion] | type[Rereading]] = {
    "completion.yaml": Completion,
    "rereading.yaml": Rereading,
}
WITHOUT = ("VERSION", "LICENSE")
"""Files that have no place for a canary."""


def inventory(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Every problem of the files beside the annotations."""
    for n, document in enumerate(documents.values(), 1):
        for tag in document.tags:
            if tag not in gold.tags():
                yield Problem("manifest.jsonl", n, "tags", repr(tag), "a tag of tags.yaml")
    for story in dict.fromkeys(document.story for document in documents.values()):
        yield from _story(story)
    yield from _checks(documents)
    yield from _canaries()


def tagged(document: Document, annotation: Annotation) -> Iterator[tuple[str, str]]:
    """Tags that say something else than zones and settled events do: found, wanted."""
    for tag, holds, what in (
        ("boilerplate", bool(document.zones), "zones"),
        ("event-free", not annotation.events, "no events"),
    ):
        if holds and tag not in document.tags:
            yield f"{what} without the tag {tag}", f"the tag {tag}"
        if not holds and tag in document.tags:
            yield f"the tag {tag}", what


def _story(story: str) -> Iterator[Problem]:
    name = f"{story}/story.yaml"
    file = gold.root() / "stories" / story / "story.yaml"
    if not file.is_file():
        yield Problem(name, 0, "", "nothing", "title, about, sources, checked, contradictions")
        return
    entry = yield from _read(name, file, StoryEntry)
    if entry and not entry.sources and gold.happenings(story):
        yield Problem(name, 0, "sources", "nothing", "works in which the facts can be checked")


def _checks(documents: Mapping[str, Document]) -> Iterator[Problem]:
    folder = gold.root() / "checks"
    for path in sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else ():
        name = f"checks/{path.name}"
        if path.name not in CHECKS:
            yield Problem(name, 0, "", "an unknown file", f"one of {', '.join(CHECKS)}")
            continue
        found = yield from _read(name, path, CHECKS[path.name])
        for stranger in _strangers(found.documents if found else (), documents):
            yield Problem(name, 0, "documents", repr(stranger), "a document of the gold")


def _strangers(names: Iterable[str], documents: Mapping[str, Document]) -> list[str]:
    return [name for name in names if name not in documents]


def _read(name: str, file: Traversable, kind: type[T]) -> Generator[Problem, None, T | None]:
    """The record in a YAML file, or None after its problems."""
    try:
        return kind.model_validate(read_yaml(file.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        yield Problem(name, 1, "", str(error).replace("\n", " "), "YAML")
    except ValidationError as error:
        for item in error.errors(include_url=False):
            yield Problem(name, 1, spell(tuple(item["loc"])), repr(item["input"]), item["msg"])
    return None


def _canaries() -> Iterator[Problem]:
    """Files of the gold that lack the canary."""
    for name, content in _without_canary(gold.root(), ""):
        found = "nothing" if content is None else "no canary"
        yield Problem(name, 0, "", found, "the canary ('dateline gold stamp' puts it there)")


def stamped(folder: Traversable) -> dict[str, str]:
    """The files of a folder that lack the canary, with it, by their path."""
    found = dict(_without_canary(folder, ""))
    return {
        name: f"{CANARY}\n" if content is None else stamp(name, content)
        for name, content in found.items()
    }


def _without_canary(folder: Traversable, path: str) -> Iterator[tuple[str, str | None]]:
    """Files without the canary and their contents, None where the file itself is wanting. Articles
    are left out: theirs lies beside them.
    """
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    texts = [entry.name for entry in entries if entry.name.endswith(".txt")]
    if texts and not (folder / FILE).is_file():
        yield f"{path}{FILE}", None
    for entry in entries:
        if entry.name.startswith((".", "__")) or entry.name in (*WITHOUT, *texts):
            continue
        if entry.is_dir():
            yield from _without_canary(entry, f"{path}{entry.name}/")
        elif not carries(entry.name, content := entry.read_text(encoding="utf-8")):
            yield f"{path}{entry.name}", content
