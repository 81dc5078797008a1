"""Runs an extractor for `extract` and `evaluate`: options, progress, what is kept or has failed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import note, progress

if TYPE_CHECKING:
    from bench.cli.partial import Partial
    from bench.extraction import Outcome, Plan
    from bench.extractors import Extractor
    from bench.gold import Gold
    from bench.schema import Annotation, Document

INTERRUPTED = 130

Name = Annotated[str, typer.Argument(help="Name of an extractor. See 'list extractors'.")]
With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="KEY=VALUE", help="An option of the extractor; repeatable."),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=1024, help="Documents at once.")]
Timeout = Annotated[
    float | None,
    typer.Option(min=0.001, metavar="SECONDS", help="Give up a document that takes longer."),
]
FailFast = Annotated[
    bool,
    typer.Option("--fail-fast", help="End with the traceback of the first document that fails."),
]
Resume = Annotated[
    bool, typer.Option("--resume/--no-resume", help="Go on where an interrupted run stopped.")
]


@dataclass
class Found:
    """What a run found and what it lost."""

    lines: dict[str, str] = field(default_factory=dict)
    """Annotations as lines of a run, by document."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why documents were lost, by document."""

    def annotations(self) -> dict[str, Annotation]:
        """The lines read, by document."""
        from bench.schema import Annotation

        return {name: Annotation.model_validate_json(line) for name, line in self.lines.items()}


def options(given: Sequence[str] | None) -> dict[str, str]:
    """Options given as key=value; raises DatelineError for another shape and for repeats.

    >>> options(["shots=3", "model=a=b"])
    {'shots': '3', 'model': 'a=b'}
    """
    from bench.errors import DatelineError

    found: dict[str, str] = {}
    for text in given or ():
        key, sign, value = text.partition("=")
        if not (key.strip() and sign):
            raise DatelineError(f"--with: found {text!r}, wanted KEY=VALUE")
        if key.strip() in found:
            raise DatelineError(f"--with: found {key.strip()} a second time, wanted it once")
        found[key.strip()] = value
    return found


def documents_of(splits: Sequence[str] | None) -> Gold:
    """The gold of some splits, by default `dev`; raises MissingText."""
    from bench import gold

    chosen = gold.load().select(splits or gold.default_splits())
    gold.require_texts(chosen.documents)
    return chosen


def run(plan: Plan, gold: Gold, *, output: Path | None, resume: bool) -> Found:
    """What an extractor finds in the documents of the gold, with a progress bar; with an output it
    is written there, and an interrupted run goes on. Ctrl-C ends the command.

    Raises DatelineError where no document was answered.
    """
    from bench import extractors

    extractor = extractors.load(plan.name, plan.options)
    if output is None or _is_device(output):
        found = _extract(extractor, plan, gold, Found(), lambda *_: None, "nothing is kept")
        if output is not None:
            _write(output, found)
        return found
    from bench.cli.partial import Partial

    with closing(Partial(output, key(extractor, plan, gold), resume=resume)) as partial:
        return _kept(extractor, plan, gold, partial)


def _kept(extractor: Extractor, plan: Plan, gold: Gold, partial: Partial) -> Found:
    names = [document.id for document in gold.documents]
    found = Found({name: partial.lines[name] for name in names if name in partial.lines})
    if found.lines:
        note(f"{partial.path}: {len(found.lines)} of {len(names)} documents are done")
    ending = f"what is finished is in {partial.path}; the same command goes on from there"
    found = _extract(extractor, plan, gold, found, partial.add, ending)
    partial.finish(names, keep=bool(found.failed))
    if found.failed:
        note(f"{partial.path} is kept: the same command tries those documents again")
    return found


def _extract(
    extractor: Extractor,
    plan: Plan,
    gold: Gold,
    found: Found,
    keep: Callable[[str, str], None],
    ending: str,
) -> Found:
    """Adds to what was found before; lines come out in the gold's order."""
    todo = [document for document in gold.documents if document.id not in found.lines]
    try:
        with closing(_outcomes(extractor, plan, todo, done=len(found.lines))) as outcomes:
            for outcome in outcomes:
                _note_down(outcome, found, keep)
    except KeyboardInterrupt:
        note(f"stopped: {ending}")
        raise typer.Exit(INTERRUPTED) from None
    _say_failures(found, len(gold.documents))
    return Found(
        *(
            {d.id: part[d.id] for d in gold.documents if d.id in part}
            for part in (found.lines, found.failed)
        )
    )


def _outcomes(
    extractor: Extractor, plan: Plan, documents: Sequence[Document], *, done: int
) -> Generator[Outcome]:
    from bench.extraction import outcomes

    with closing(outcomes(extractor, plan, documents)) as running:
        yield from progress(running, total=done + len(documents), label=plan.name, done=done)


def _note_down(outcome: Outcome, found: Found, keep: Callable[[str, str], None]) -> None:
    if outcome.line:
        found.lines[outcome.doc_id] = outcome.line
        keep(outcome.doc_id, outcome.line)
    else:
        found.failed[outcome.doc_id] = outcome.reason
        note(f"{outcome.doc_id} failed: {outcome.reason}")


def _say_failures(found: Found, documents: int) -> None:
    from bench.errors import DatelineError

    if not found.failed:
        return
    if not found.lines:
        reason = next(iter(found.failed.values()))
        raise DatelineError(f"none of {documents} documents was answered; the first: {reason}")
    note(f"warning: {len(found.failed)} of {documents} documents failed and are not in the run")


def _is_device(output: Path) -> bool:
    """Whether it is something that can be written to but not replaced: /dev/stdout, a pipe."""
    return output.exists() and not output.is_file() and not output.is_dir()


def _write(output: Path, found: Found) -> None:
    from bench.cli.score import write_text

    write_text(output, text_of(found))


def text_of(found: Found) -> str:
    """A run as text."""
    return "".join(f"{line}\n" for line in found.lines.values())


def key(extractor: Extractor, plan: Plan, gold: Gold) -> Mapping[str, object]:
    """Everything that a run's lines depend on: an interrupted one goes on where it is the same."""
    import bench
    from bench.extractors import discover, fingerprint, identity

    point = discover()[plan.name]
    return {
        "extractor": plan.name,
        "entry point": point.value,
        "package": f"{point.dist.name} {point.dist.version}" if point.dist else "",
        "code": fingerprint(point),
        "options": dict(plan.options),
        "identity": identity(extractor),
        "dateline": bench.__version__,
        "gold": gold.release,
        "splits": list(gold.splits),
    }
