"""The published gold: documents, annotations, registers, splits, checksums.

The gold lies in the package `gold`. Articles whose text may not be shipped are found by checksum in
a folder of the user's: `attach` remembers them, the variable DATELINE_ARTICLES overrides.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from bench.errors import GoldError, MissingText, UnknownName
from bench.registers import (
    ActorEntry,
    ActorRegister,
    Happening,
    Ontology,
    StoryEntry,
    read_yaml,
)
from bench.schema import Annotation, Document

if TYPE_CHECKING:
    from datasets import Dataset

ARTICLES = "DATELINE_ARTICLES"
FULL_READERS = ("a", "b")
"""The two who read every article, with all layers."""
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Gold:
    """Documents with their gold annotations and the registers that these refer to."""

    documents: tuple[Document, ...]
    annotations: Mapping[str, Annotation]
    ontology: Ontology
    actors: ActorRegister
    release: str

    @property
    def splits(self) -> tuple[str, ...]:
        """Splits that the documents belong to, in order."""
        return tuple(dict.fromkeys(document.split for document in self.documents))

    def select(self, splits: Iterable[str]) -> Gold:
        """The documents of some splits; raises UnknownName."""
        wanted = list(splits)
        unknown = [name for name in wanted if name not in self.splits]
        if unknown:
            raise UnknownName("split", unknown, self.splits)
        chosen = tuple(d for d in self.documents if d.split in wanted)
        return self.keep(d.id for d in chosen)

    def keep(self, doc_ids: Iterable[str]) -> Gold:
        """The named documents, in the gold's order."""
        wanted = set(doc_ids)
        chosen = tuple(d for d in self.documents if d.id in wanted)
        return replace(
            self, documents=chosen, annotations={d.id: self.annotations[d.id] for d in chosen}
        )

    def split_of(self, doc_ids: Iterable[str]) -> tuple[str, ...]:
        """Splits to which the named documents belong, in the gold's order."""
        wanted = set(doc_ids)
        return tuple(dict.fromkeys(d.split for d in self.documents if d.id in wanted))


def root() -> Traversable:
    """Where the gold lies."""
    return files("gold")


def load(split: str | None = None) -> Gold:
    """The published gold, or one split of it, with the texts that are on this machine."""
    everything = _load()
    return everything if split is None else everything.select([split])


def as_dataset(split: str | None = None) -> Dataset:
    """The published gold, or one split of it, as a `datasets.Dataset` with typed features.

    Raises UnknownName for an unknown split.
    """
    from bench.dataset import as_rows

    chosen = load(split)
    return as_rows((document, chosen.annotations[document.id]) for document in chosen.documents)


def _load() -> Gold:
    documents = tuple(with_texts(manifest()))
    return Gold(
        documents=documents,
        annotations=_annotations(documents),
        ontology=ontology(),
        actors=ActorRegister(actors()),
        release=release(),
    )


def manifest() -> list[Document]:
    """Every document of the gold, without its text."""
    lines = (root() / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [Document.model_validate_json(line) for line in lines if line]


@cache
def ontology() -> Ontology:
    """Event types and roles."""
    return Ontology.model_validate(_yaml("ontology.yaml"))


@cache
def actors() -> dict[str, ActorEntry]:
    """The register of actors."""
    return {name: ActorEntry.model_validate(e) for name, e in _yaml("actors.yaml").items()}


@cache
def tags() -> dict[str, str]:
    """The planned difficulties that documents may be tagged with, and what each means."""
    return {name: str(meaning) for name, meaning in _yaml("tags.yaml").items()}


def stories() -> list[str]:
    """Names of the stories, in the order of the manifest."""
    return list(dict.fromkeys(document.story for document in manifest()))


def story(name: str) -> StoryEntry:
    """What a story is about and in what it can be checked; raises UnknownName."""
    if name not in stories():
        raise UnknownName("story", [name], stories())
    return StoryEntry.model_validate(_yaml("stories", name, "story.yaml"))


def happenings(story: str) -> dict[str, Happening]:
    """The register of what happened in a story, by happening id; event-free articles need none."""
    entries = _yaml("stories", story, "happenings.yaml")
    return {f"{story}/{name}": Happening.model_validate(e) for name, e in entries.items()}


def _yaml(*path: str) -> dict[str, object]:
    """A mapping of the gold; empty where the file is missing or holds something else."""
    file = root().joinpath(*path)
    content = read_yaml(file.read_text(encoding="utf-8")) if file.is_file() else None
    return content if isinstance(content, dict) else {}


def read_annotations(*path: str) -> dict[str, Annotation]:
    """Annotations of one JSON Lines file of the gold, by document."""
    text = root().joinpath(*path).read_text(encoding="utf-8")
    found = [Annotation.model_validate_json(line) for line in text.splitlines() if line]
    return {annotation.doc_id: annotation for annotation in found}


def _annotations(documents: Iterable[Document]) -> dict[str, Annotation]:
    found: dict[str, Annotation] = {}
    for story in dict.fromkeys(document.story for document in documents):
        found |= read_annotations("stories", story, "gold.jsonl")
    missing = [document.id for document in documents if document.id not in found]
    if missing:
        raise GoldError(f"documents of the manifest without annotation: {', '.join(missing)}")
    return found


def passes(story: str) -> dict[str, Traversable]:
    """Files of the first passes over a story, by reader."""
    folder = root() / "stories" / story / "passes"
    files = list(folder.iterdir()) if folder.is_dir() else []
    found = {path.name.removesuffix(".jsonl"): path for path in files if path.name[-6:] == ".jsonl"}
    return dict(sorted(found.items()))


def readers() -> list[str]:
    """Those who read articles before anything was settled: `FULL_READERS` all of them with all
    layers, others perhaps some, with triggers alone.
    """
    return sorted({name for story in stories() for name in passes(story)})


def first_pass(reader: str) -> dict[str, Annotation]:
    """What one reader marked before anything was settled, in the articles that they read."""
    found: dict[str, Annotation] = {}
    for story in stories():
        if reader in passes(story):
            found |= read_annotations("stories", story, "passes", f"{reader}.jsonl")
    return found


def release() -> str:
    """Version of the gold and the first twelve hex digits of the hash of what scores depend on."""
    version = (root() / "VERSION").read_text(encoding="utf-8").strip()
    return f"{version}:{_hash()[:12]}"


def _hash() -> str:
    digest = hashlib.sha256()
    for path in _scored_files():
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _scored_files() -> Iterator[Traversable]:
    for name in ("manifest.jsonl", "ontology.yaml", "actors.yaml"):
        yield root() / name
    for story in sorted((root() / "stories").iterdir(), key=lambda path: path.name):
        if story.is_dir():
            yield story / "gold.jsonl"


def shipped_splits() -> tuple[str, ...]:
    """Splits whose articles all ship with their text, in the gold's order."""
    with_text: dict[str, bool] = {}
    for document in manifest():
        ships = shipped_text(document) is not None
        with_text[document.split] = with_text.get(document.split, True) and ships
    return tuple(split for split, ships in with_text.items() if ships)


def default_splits() -> tuple[str, ...]:
    """What is extracted from where nobody names a split: `dev`, so that `test` stays unseen until
    somebody asks for it; else whatever ships with its text.
    """
    shipped = shipped_splits()
    return ("dev",) if "dev" in shipped else shipped


def checksum(text: bytes) -> str:
    """SHA-256 of a text's bytes."""
    return hashlib.sha256(text).hexdigest()


def shipped_text(document: Document) -> str | None:
    """Text of an article that is part of the gold, or None."""
    name = document.id.rpartition("/")[2]
    path = root().joinpath("stories", document.story, "texts", f"{name}.txt")
    return path.read_bytes().decode("utf-8") if path.is_file() else None


def with_texts(documents: Iterable[Document]) -> Iterator[Document]:
    """Documents with their texts, as far as these are shipped or attached."""
    attached = attached_articles()
    for document in documents:
        text = shipped_text(document)
        if text is None and document.sha256 in attached:
            text = _attached_text(attached[document.sha256], document.sha256)
        yield document.model_copy(update={"text": text})


def _attached_text(path: Path, sha256: str) -> str | None:
    """The text of an attached file, unless it has moved or changed since."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError:
        return None
    return content.decode("utf-8") if checksum(content) == sha256 else None


def memory() -> Path:
    """The file that remembers where the articles of this user lie."""
    from platformdirs import user_data_path

    return user_data_path("dateline", appauthor=False) / "articles.json"


def attached_articles() -> dict[str, Path]:
    """Paths of attached articles by checksum."""
    folder = os.environ.get(ARTICLES)
    if folder and not Path(folder).is_dir():
        raise MissingText(f"{ARTICLES}={folder} is no folder")
    if folder:
        return find_articles(Path(folder))
    try:
        remembered = json.loads(memory().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {sha256: Path(path) for sha256, path in remembered.items()}


def find_articles(folder: Path) -> dict[str, Path]:
    """Files of a folder whose checksums the manifest knows; links are not followed."""
    if not folder.is_dir():
        raise MissingText(f"{folder} is no folder")
    known = {document.sha256 for document in manifest()}
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= _LARGEST:
            sha256 = checksum(path.read_bytes())
            if sha256 in known:
                found.setdefault(sha256, path.resolve())
    return found


def attach(folder: Path) -> dict[str, Path]:
    """Find articles by checksum and remember where they lie; returns document ids and paths."""
    found = find_articles(folder)
    documents = {d.id: found[d.sha256] for d in manifest() if d.sha256 in found}
    if documents:
        places = {sha256: str(path) for sha256, path in {**_remembered(), **found}.items()}
        memory().parent.mkdir(parents=True, exist_ok=True)
        memory().write_text(json.dumps(places, indent=1, sort_keys=True), encoding="utf-8")
    return documents


def _remembered() -> dict[str, Path]:
    return {} if os.environ.get(ARTICLES) else attached_articles()


def require_texts(documents: Iterable[Document]) -> None:
    """Raise MissingText that names every document whose text is not on this machine."""
    missing = [document.id for document in documents if document.text is None]
    if missing:
        raise MissingText(
            f"{len(missing)} articles have no text on this machine: {', '.join(missing)}. Their"
            " publishers own them, so Dateline does not ship them. If you have the files, run"
            f" 'dateline gold attach FOLDER' or set {ARTICLES}=FOLDER; they are found by checksum"
        )
