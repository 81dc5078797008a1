"""One document given to an extractor, and what came of it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bench.checks import misplaced
from bench.errors import CannotRun, DatelineError
from bench.extractors import Extractor, blind
from bench.formats.jsonl import to_json
from bench.formats.reading import spell
from bench.schema import Annotation, Document

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document: a line of a run, or the reason why there is none."""

    doc_id: str
    line: str = ""
    """The annotation as JSON without its line end; empty where there is none."""
    reason: str = ""
    """One line; empty where there is an annotation."""


class Garbage(DatelineError):
    """An answer that is no annotation of the document asked for."""


def attempt(extractor: Extractor, document: Document, *, fail_fast: bool = False) -> Outcome:
    """Whatever the extractor does to one document, as an outcome.

    Raises CannotRun if the extractor does, and everything that it raises where it is to fail fast.
    """
    try:
        answer = extractor.extract(blind(document))
        return Outcome(document.id, line=accepted(answer, document))
    except CannotRun:
        raise
    except (Exception, SystemExit) as error:
        if fail_fast:
            raise
        return Outcome(document.id, reason=reason_of(error))


def accepted(answer: object, document: Document) -> str:
    """An answer as a line of a run; raises Garbage.

    Types and roles that no ontology knows are accepted: the scorer counts them.
    """
    if not isinstance(answer, Annotation):
        raise Garbage(f"answered {type(answer).__name__}, wanted Annotation")
    annotation = _valid(answer)
    if annotation.doc_id != document.id:
        raise Garbage(f"asked for {document.id}, answered {annotation.doc_id}")
    for path, found, wanted, hint in misplaced(annotation, document):
        raise Garbage(
            f"{spell(path)}: found {found}, wanted {wanted}" + (f" ({hint})" * bool(hint))
        )
    return to_json(annotation)


def _valid(answer: Annotation) -> Annotation:
    """The answer read again: an annotation can be made without being looked at."""
    try:
        return Annotation.model_validate(answer.model_dump(warnings=False))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise Garbage(f"{spell(tuple(first['loc']))}: {first['msg']}") from error


def reason_of(error: BaseException) -> str:
    """An exception in one line, with the last place in the extractor's own code."""
    if isinstance(error, DatelineError):
        text = str(error)
    else:
        text = traceback.format_exception_only(error)[-1]
    lines = text.strip().splitlines() or [type(error).__name__]
    return _shortened(lines[0]) + _place(error)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else text[: LONGEST_REASON - 1] + "…"


def _place(error: BaseException) -> str:
    """Where it was raised; of what lies in libraries, the line that called them."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    if not frames or isinstance(error, DatelineError):
        return ""
    home = Path(frames[0].filename).parent
    last = [frame for frame in frames if Path(frame.filename).is_relative_to(home)][-1]
    return f" ({Path(last.filename).name}:{last.lineno})"
