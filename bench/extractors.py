"""The `Extractor` protocol and discovery through entry points.

An extractor is found under the entry-point group `dateline.extractors`; the shipped baselines come
in through the same door as a stranger's:

    [project.entry-points."dateline.extractors"]
    mine = "my_package.extractor:Mine"
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from bench.errors import DatelineError, UnknownName
from bench.schema import Annotation, Document

GROUP = "dateline.extractors"


@runtime_checkable
class Extractor(Protocol):
    """From a document to an annotation.

    `extract` sees the text and the publication date: its documents carry no gold, no split and no
    zones. The class docstring's first line is its entry in `dateline list extractors`.
    """

    def extract(self, document: Document) -> Annotation:
        """What the extractor finds in an article whose `text` is given."""
        ...


def discover() -> dict[str, EntryPoint]:
    """Entry points of all installed extractors, by name, in alphabetical order."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    names = [point.name for point in found]
    twice = {name for name in names if names.count(name) > 1 and len(_values(found, name)) > 1}
    if twice:
        raise DatelineError(
            f"several packages install an extractor named {', '.join(sorted(twice))}: "
            + "; ".join(sorted(set().union(*(_values(found, name) for name in twice))))
        )
    return {point.name: point for point in found}


def _values(points: Iterable[EntryPoint], name: str) -> set[str]:
    return {point.value for point in points if point.name == name}


def require(module: str, *, extra: str, package: str = "dateline") -> ModuleType:
    """A module that only an extra of a package installs; raises DatelineError that says which.

    >>> require("json", extra="none").__name__
    'json'
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing = error.name or module
        raise DatelineError(
            f"{missing} is not installed: pip install '{package}[{extra}]'"
        ) from error


def load(name: str, options: Mapping[str, str] | None = None) -> Extractor:
    """A new extractor of that name, made with keyword options given as text.

    Raises UnknownName for a name or an option that it does not know, DatelineError where an import
    fails or an option has a value that it cannot take (ValueError of its constructor).
    """
    points = discover()
    if name not in points:
        raise UnknownName("extractor", [name], points)
    try:
        factory = points[name].load()
    except ImportError as error:
        raise DatelineError(
            f"extractor {name} needs a package that is not installed: {error.name or error}"
        ) from error
    extractor = _make(name, factory, options or {})
    if not isinstance(extractor, Extractor):
        raise DatelineError(f"{points[name].value} has no method extract(document)")
    return extractor


def _make(name: str, factory: Callable[..., Any], options: Mapping[str, str]) -> Any:
    known = inspect.signature(factory).parameters if options else {}
    unknown = [option for option in options if option not in known]
    if unknown:
        raise UnknownName(f"option of extractor {name}", unknown, known)
    try:
        return factory(**options)
    except ValueError as error:
        if not options:
            raise
        given = " ".join(f"{option}={value}" for option, value in options.items())
        raise DatelineError(f"extractor {name} cannot be made with {given}: {error}") from error


def describe(point: EntryPoint) -> str:
    """First line of an extractor's docstring, or why it cannot be loaded."""
    try:
        lines = (point.load().__doc__ or "").strip().splitlines()
    except ImportError as error:
        return f"needs a package that is not installed: {error.name or error}"
    return lines[0] if lines else point.value


def blind(document: Document) -> Document:
    """The document as an extractor may see it: text and publication date, no help from the gold."""
    return document.model_copy(update={"zones": (), "tags": (), "split": "unknown"})


def extract(extractor: Extractor, documents: Iterable[Document]) -> Iterator[Annotation]:
    """Annotations of documents, one by one; raises DatelineError where an answer names another
    document.
    """
    for document in documents:
        annotation = extractor.extract(blind(document))
        if annotation.doc_id != document.id:
            raise DatelineError(f"asked for {document.id}, answered {annotation.doc_id}")
        yield annotation
