"""The `Extractor` protocol and discovery through entry points.

An extractor is found under the entry-point group `dateline.extractors`; the shipped baselines come
in through the same door as a stranger's:

    [project.entry-points."dateline.extractors"]
    mine = "my_package.extractor:Mine"

`extract(document)` is all that an extractor must have. It may have more:

- keyword arguments of its constructor: options, which `--with name=value` gives as text. What it
  cannot take is a ValueError. A constructor is quick; what takes long belongs into `prepare`.
- `prepare()`, called once before the first document, in each process that extracts: loads a model,
  or trains it where there is none yet. No time limit holds for it.
- `train() -> Path`, called by `dateline train`: trains afresh and says where the model lies.
- `concurrency = "threads"`: one extractor whose `extract` may run in several threads at once, as
  those can that wait for a server. Without it `--jobs` makes processes, an extractor in each.
- `identity() -> str`: what its answers depend on beside its options and its code, such as a model
  that a variable names. An interrupted run goes on only where this is the same.

An exception in `extract` loses that document; `bench.errors.CannotRun` ends the run.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from bench.errors import CannotRun, DatelineError, UnknownName
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
    """A module that only an extra of a package installs; raises CannotRun that says which.

    >>> require("json", extra="none").__name__
    'json'
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing = error.name or module
        raise CannotRun(f"{missing} is not installed: pip install '{package}[{extra}]'") from error


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


def options_of(point: EntryPoint) -> list[str]:
    """Names of the options that an extractor takes; none where it cannot be loaded."""
    try:
        parameters = inspect.signature(point.load()).parameters.values()
    except (ImportError, ValueError):
        return []
    return [
        one.name for one in parameters if one.kind in (one.KEYWORD_ONLY, one.POSITIONAL_OR_KEYWORD)
    ]


def system_name(name: str, options: Mapping[str, str]) -> str:
    """How a report names an extractor and its options.

    >>> system_name("crf", {"seed": "7", "leave_out": "suez"}), system_name("null", {})
    ('crf[leave_out=suez,seed=7]', 'null')
    """
    given = ",".join(f"{option}={value}" for option, value in sorted(options.items()))
    return f"{name}[{given}]" if given else name


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


def prepare(extractor: Extractor) -> None:
    """Let an extractor load or train what it needs, if it has a `prepare`."""
    make = getattr(extractor, "prepare", None)
    if callable(make):
        make()


def train(name: str, extractor: Extractor) -> Path:
    """Where the model lies that an extractor trains afresh; raises DatelineError if it has none."""
    make = getattr(extractor, "train", None)
    if not callable(make):
        raise DatelineError(f"extractor {name} has nothing to train: it has no method train()")
    return Path(make())


def identity(extractor: Extractor) -> str:
    """What an extractor says that its answers depend on, beside options and code."""
    say = getattr(extractor, "identity", None)
    return str(say()) if callable(say) else ""


def fingerprint(point: EntryPoint) -> str:
    """A short hash of the source of the package or module that an entry point leads to."""
    spec = importlib.util.find_spec(point.module.partition(".")[0])
    homes = [] if spec is None else list(spec.submodule_search_locations or [spec.origin or ""])
    files = [file for home in homes for file in _sources(Path(home))]
    parts = (hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


def _sources(home: Path) -> list[Path]:
    """Files that may decide what an extractor does; what it downloads or trains lies elsewhere."""
    if home.is_file():
        return [home]
    return sorted(path for path in home.rglob("*") if path.suffix in (".py", ".yaml", ".json"))


def runs_in_threads(extractor: Extractor) -> bool:
    """Whether several threads may share it."""
    return getattr(extractor, "concurrency", "processes") == "threads"


def extract(extractor: Extractor, documents: Iterable[Document]) -> Iterator[Annotation]:
    """Annotations of documents, one by one; raises DatelineError where an answer names another
    document. `bench.extraction` is for runs that must survive what an extractor does.
    """
    for document in documents:
        annotation = extractor.extract(blind(document))
        if annotation.doc_id != document.id:
            raise DatelineError(f"asked for {document.id}, answered {annotation.doc_id}")
        yield annotation
