"""What a format is: a name, a reader, perhaps a writer, what it can hold, how it is recognised."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from bench.errors import DatelineError, UnknownFormat
from bench.formats.reading import Reading
from bench.registry import Registry
from bench.schema import Annotation, Event, Mark

HEAD = 2**20
MAX_FILE = 64 * 2**20
MOST_FILES = 100_000
HOLDS = {
    "text": "the article's text",
    "triggers": "triggers of events",
    "arguments": "arguments of events",
    "untriggered": "events without a trigger",
    "words": "triggers and arguments given as words alone",
    "overlap": "marks that overlap",
    "ids": "ids of events",
    "realis": "whether it happened",
    "dates": "dates of events",
    "sources": "who says so",
    "clusters": "mentions of one happening in a document",
    "happenings": "one happening across documents",
    "actor ids": "which actor an argument stands for",
    "mentions": "actors with their mentions",
    "times": "time expressions with their values",
}
EVERYTHING = frozenset(HOLDS) - {"text"}


@dataclass(frozen=True)
class Page:
    """An annotation with the text it is about, where that is known."""

    annotation: Annotation
    text: str | None = None

    def require_text(self, format_name: str) -> str:
        """The text; raises DatelineError where a format cannot be written without it."""
        if self.text is None:
            doc_id = self.annotation.doc_id
            raise DatelineError(f"{format_name} holds the text, and that of {doc_id} is not here")
        return self.text


Files = Mapping[str, str | bytes]
"""Contents of the files of a folder by name, or of the one file under the empty name."""


@dataclass(frozen=True)
class Format:
    """A file format: how it is read, written and recognised, and what it can hold."""

    name: str
    summary: str
    read: Callable[[Path], Reading]
    sniff: Callable[[Sample], bool]
    """Whether the content is certainly of this format; must be safe on anything."""
    holds: frozenset[str] = frozenset()
    """Names of `HOLDS`."""
    partly: frozenset[str] = frozenset()
    """Names of `HOLDS` of which some values are held; the writer counts the others."""
    write: Callable[[Iterable[Page], Counter[str]], Files] | None = None
    """Files of some pages; what they could not hold is added to the counter."""
    suffixes: tuple[str, ...] = ()
    """Endings of file names that stand for this format and no other; `/` is a folder."""
    traps: str = ""
    """What an importer gets wrong."""

    def __post_init__(self) -> None:
        unknown = (self.holds | self.partly) - set(HOLDS)
        if unknown:
            raise ValueError(f"{self.name} holds unknown things: {sorted(unknown)}")


FORMATS: Registry[Format] = Registry("format")


@dataclass(frozen=True)
class Sample:
    """The beginning of a file, or the names in a folder, for a sniffer to look at."""

    path: Path
    head: str
    names: tuple[str, ...] = ()

    @cached_property
    def first(self) -> dict[str, Any]:
        """The first JSON object of the file or of the list it holds; empty where there is none."""
        text = self.head.lstrip("\ufeff \t\r\n")
        text = text[1:].lstrip() if text.startswith("[") else text
        try:
            found, _ = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def has(self, *fields: str) -> bool:
        """Whether the first JSON object has all these fields."""
        return all(field in self.first for field in fields)

    @property
    def is_list(self) -> bool:
        """Whether the file holds one JSON list."""
        return self.head.lstrip("\ufeff \t\r\n").startswith("[")

    @property
    def lines(self) -> list[str]:
        """Whole lines of the beginning."""
        return self.head.splitlines()[:2000]


def sample(path: Path) -> Sample:
    """What a sniffer may look at; raises DatelineError where the path cannot be opened."""
    try:
        if path.is_dir():
            return Sample(path, "", tuple(sorted(_names(path))))
        with path.open("rb") as file:
            return Sample(path, file.read(HEAD).decode("utf-8", errors="replace"))
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error


def _names(folder: Path, most: int = 1000) -> Iterator[str]:
    for n, path in enumerate(folder.rglob("*")):
        if n == most:
            return
        yield path.name


def recognise(path: Path) -> Format:
    """The format of a file, told by its content; raises UnknownFormat with the candidates."""
    seen = sample(path)
    found = [one for one in FORMATS.values() if one.sniff(seen)]
    if not found and (path.suffix == ".jsonl" or (not path.is_dir() and not seen.head.strip())):
        return FORMATS["jsonl"]
    if len(found) != 1:
        raise UnknownFormat(path, [one.name for one in found] or list(FORMATS))
    return found[0]


def chosen(path: Path, name: str | None) -> Format:
    """The named format, else the one recognised; raises UnknownName or UnknownFormat."""
    return FORMATS[name] if name else recognise(path)


def target(path: Path, name: str | None) -> Format:
    """The format to write: named, else told by the ending; raises UnknownName or UnknownFormat."""
    ending = path.suffix.lower() if path.suffix else "/"
    writers = {one.name: one for one in FORMATS.values() if one.write is not None}
    if name is not None:
        if FORMATS[name].write is None:
            raise DatelineError(f"{name} is read and not written. Written: {', '.join(writers)}")
        return FORMATS[name]
    found = [one for one in writers.values() if ending in one.suffixes]
    if len(found) != 1:
        raise UnknownFormat(path, [one.name for one in found] or list(writers), option="--to")
    return found[0]


def content(path: Path) -> bytes:
    """The bytes of a file; raises DatelineError where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            found = file.read(MAX_FILE + 1)
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error
    if len(found) > MAX_FILE:
        raise DatelineError(f"{path}: more than {MAX_FILE:,} bytes; split the file")
    return found


def files_in(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """Files of a folder by the ends of their names, in order, without what links lead to; raises
    DatelineError for too many.
    """
    found = [
        Path(here, name)
        for here, _, names in os.walk(folder, followlinks=False)
        for name in names
        if name.endswith(suffixes) and not Path(here, name).is_symlink()
    ]
    if len(found) > MOST_FILES:
        raise DatelineError(f"{folder}: more than {MOST_FILES:,} {' or '.join(suffixes)} files")
    return sorted(found)


def named_files(path: Path, suffix: str) -> Iterator[tuple[str, Path]]:
    """A file, or those of a folder, with the names that hold their document ids."""
    if not path.is_dir():
        yield path.stem, path
        return
    for file in files_in(path, (suffix,)):
        yield file.relative_to(path).with_suffix("").as_posix(), file


def fit(page: Page, form: Format) -> tuple[Page, Counter[str]]:
    """What of a page a format can hold, and how much of what it cannot."""
    holds = form.holds | form.partly
    lost: Counter[str] = Counter()
    annotation = page.annotation
    events = [_fit_event(event, holds, lost) for event in annotation.events]
    kept: dict[str, Any] = {"events": tuple(event for event in events if event is not None)}
    if "mentions" not in holds:
        lost["actor mention"] += sum(len(actor.mentions) for actor in annotation.actors)
        kept["actors"] = ()
    if "times" not in holds:
        lost["time expression"] += len(annotation.times)
        kept["times"] = ()
    return replace(page, annotation=annotation.model_copy(update=kept)), +lost


_FIELDS = {
    "ids": ("id", "id of an event"),
    "realis": ("realis", "realis of an event"),
    "dates": ("date", "date of an event"),
    "sources": ("source", "source of an event"),
    "clusters": ("cluster", "cluster of an event"),
    "happenings": ("happening", "happening of an event"),
}


def _fit_event(event: Event, holds: frozenset[str], lost: Counter[str]) -> Event | None:
    trigger = event.trigger
    if trigger is not None and trigger.span is None and "words" not in holds:
        lost["trigger without a place"] += 1
        trigger = None
    if trigger is not None and "triggers" not in holds:
        lost["trigger"] += 1
        trigger = None
    if trigger is None and "untriggered" not in holds:
        lost["event without a trigger"] += 1
        return None
    kept: dict[str, Any] = {"trigger": trigger}
    for name, (field, words) in _FIELDS.items():
        if name not in holds and getattr(event, field) is not None:
            lost[words] += 1
            kept[field] = None
    kept["arguments"] = tuple(_fit_arguments(event, holds, lost))
    return event.model_copy(update=kept)


def _fit_arguments(event: Event, holds: frozenset[str], lost: Counter[str]) -> Iterator[Any]:
    for argument in event.arguments:
        if "arguments" not in holds:
            lost["argument"] += 1
        elif not _is_held(argument, holds):
            lost["argument without a place"] += 1
        elif argument.actor is not None and "actor ids" not in holds:
            lost["actor of an argument"] += 1
            yield argument.model_copy(update={"actor": None})
        else:
            yield argument


def _is_held(mark: Mark, holds: frozenset[str]) -> bool:
    if mark.span is not None:
        return True
    return "words" in holds and (mark.text is not None or "actor ids" in holds)


def has_text(text: object, doc_id: str, reading: Reading, number: int = 1) -> bool:
    """Keep the text that a file carries of a document; a text that no UTF-8 can hold is a problem.

    Returns whether there is a text to refer to.
    """
    if not isinstance(text, str):
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        reading.problem(number, ("text",), "a lone surrogate", "Unicode text")
        return False
    reading.texts[doc_id] = text
    return True


_SAFE = "!#$&'()+,;=@[]{}~"


def file_name(doc_id: str) -> str:
    """A relative path that holds a document id and leads nowhere else.

    >>> file_name("story/one"), file_name("../a b"), file_name("/x")
    ('story/one', '%2E%2E/a%20b', '%/x')
    """
    return "/".join(_part_name(part) for part in doc_id.split("/"))


def _part_name(part: str) -> str:
    if not part:
        return "%"
    return part.replace(".", "%2E") if part in (".", "..") else quote(part, safe=_SAFE)


def doc_id_of(name: str) -> str:
    """The document id that a relative path holds.

    >>> doc_id_of("%2E%2E/a%20b"), doc_id_of("%/x")
    ('../a b', '/x')
    """
    return "/".join("" if part == "%" else unquote(part) for part in name.split("/"))


def without_space(name: str) -> str:
    """A name without what separates the fields of a line.

    >>> without_space("Life: Die%")
    'Life:%20Die%25'
    """
    return re.sub(r"[\s%]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), name)
