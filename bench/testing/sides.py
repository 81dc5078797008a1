"""Whatever can be scored, as answers or as the report that was given: a file, annotations, an
extractor, a report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from bench import gold as published
from bench.checks import require_valid
from bench.cli import loading
from bench.cli.compare import report_in
from bench.cli.options import SAMPLES, SEED, Offsets, load_gold, read_run
from bench.cli.score import choose
from bench.cli.score import score as score_answers
from bench.errors import DatelineError, nearest
from bench.extraction import Plan, outcomes
from bench.extractors import Extractor, discover, load
from bench.fingerprints import stamped
from bench.formats.jsonl import to_json
from bench.formats.reading import Reading, accept
from bench.gold import Gold
from bench.grounding import ground
from bench.report import Report
from bench.runs import check_against, settle
from bench.schema import Annotation

if TYPE_CHECKING:
    from bench.schema import Document

Run: TypeAlias = "str | Path | Report | Extractor | Mapping[str, Annotation] | Iterable[Annotation]"
"""A run or a report in a file, a report, an extractor or the name of one, or annotations. A `str`
is a name where an extractor of that name is installed, else a path."""


@dataclass(frozen=True)
class Side:
    """One of the things that are compared."""

    system: str
    report: Report | None = None
    """The report that was given in the place of a run."""
    answers: Mapping[str, Annotation] = field(default_factory=dict)
    """Annotations by document, checked and grounded; empty where a report was given."""
    dropped: tuple[str, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    """Why the extractor gave no answer, by document."""


def score(
    run: Run,
    *,
    split: str | Sequence[str] | None = None,
    metrics: Sequence[str] | None = None,
    gold: Gold | Path | str | None = None,
    options: Mapping[str, str] | None = None,
    fail_fast: bool = False,
) -> Report:
    """The report of a run: of a file, of annotations, or of what an extractor finds.

    Without `split` an extractor reads `dev`, and of a run the splits are scored that it answers.
    `gold` is anybody's, or a file of it; `options` are those of an extractor given by name. A
    document on which an extractor fails counts as empty, unless it is to `fail_fast`.

    Raises DatelineError, InvalidFile, UnknownName.
    """
    everything, splits = gold_of(gold), splits_of(split)
    side = side_of(run, everything, splits=splits, options=options, fail_fast=fail_fast)
    if side.report is not None:
        raise DatelineError(f"{side.system}: found a report, wanted a run: it is scored already")
    chosen = choose(everything, splits, side.answers)
    return scored(side, chosen, metrics=metrics, samples=SAMPLES)


def scored(side: Side, gold: Gold, *, metrics: Sequence[str] | None, samples: int = 1) -> Report:
    """The report of a side on all documents of the gold, or the one that was given. One sample:
    whoever compares draws intervals anew.
    """
    if side.report is not None:
        return side.report
    report = score_answers(
        gold,
        side.answers,
        metrics=list(metrics) if metrics else None,
        system=side.system,
        samples=samples,
        seed=SEED,
        dropped=side.dropped,
    )
    return stamped(report, gold).model_copy(update={"failed": side.failed})


def gold_of(gold: Gold | Path | str | None) -> Gold:
    """The published gold, the one given, or the one in a file; raises InvalidFile."""
    if isinstance(gold, Gold):
        return gold
    return load_gold(None if gold is None else Path(gold), None, Offsets.codepoint)


def splits_of(split: str | Sequence[str] | None) -> list[str]:
    """Names of splits, of which there may be one or several.

    >>> splits_of(None), splits_of("dev"), splits_of(["dev", "test"])
    ([], ['dev'], ['dev', 'test'])
    """
    return [split] if isinstance(split, str) else list(split or ())


def as_path(run: Run) -> Path | None:
    """The path that was given, if it is one."""
    is_path = isinstance(run, Path) or (isinstance(run, str) and run not in discover())
    return Path(run) if is_path else None  # type: ignore[arg-type]


def side_of(
    run: Run,
    gold: Gold,
    *,
    splits: Sequence[str],
    options: Mapping[str, str] | None = None,
    fail_fast: bool = False,
) -> Side:
    """What was given, with its answers; raises DatelineError, InvalidFile."""
    if isinstance(run, Report):
        return Side(run.system, report=run)
    if isinstance(run, str) and run in discover():
        extractor = load(run, options)
        return _extracted(extractor, Plan(run, options or {}, fail_fast=fail_fast), gold, splits)
    if options:
        raise DatelineError("options are for extractors that are given by name")
    if (path := as_path(run)) is not None:
        return _read(path, gold)
    if isinstance(run, Extractor):
        plan = Plan(type(run).__name__, fail_fast=fail_fast)
        return _extracted(run, plan, gold, splits)
    found: Iterable[Annotation] = run.values() if isinstance(run, Mapping) else run  # type: ignore[assignment]
    return _given(found, gold)


def _read(path: Path, gold: Gold) -> Side:
    if not path.exists():
        near = nearest(str(path), discover())
        hint = f"; did you mean the extractor {near}?" if near else ""
        raise DatelineError(
            f"{path}: found nothing, wanted a file or the name of an extractor{hint}"
        )
    loading.require_content(path)
    report = report_in(path)
    if report is not None:
        return Side(report.system, report=report)
    found = read_run(path, gold, skip_invalid=False)
    return Side(path.stem, answers=found.annotations, dropped=found.dropped)


def _given(annotations: Iterable[Annotation], gold: Gold) -> Side:
    """Annotations, held to what a file of them is held to; its lines are their numbers."""
    reading = Reading("annotations")
    for number, annotation in enumerate(annotations, start=1):
        accept(json.loads(to_json(annotation)), reading, number)
    require_valid(check_against(reading, gold))
    settle(reading, gold)
    return Side("run", answers=reading.annotations)


def _extracted(extractor: Extractor, plan: Plan, gold: Gold, splits: Sequence[str]) -> Side:
    found: dict[str, Annotation] = {}
    failed: dict[str, str] = {}
    documents = {document.id: document for document in _to_read(gold, splits)}
    for outcome in outcomes(extractor, plan, list(documents.values())):
        if outcome.line:
            answer = Annotation.model_validate_json(outcome.line)
            found[outcome.doc_id] = ground(answer, documents[outcome.doc_id].text or "")
        else:
            failed[outcome.doc_id] = outcome.reason
    if failed and not found:
        reason = next(iter(failed.values()))
        raise DatelineError(f"none of {len(failed)} documents was answered; the first: {reason}")
    return Side(_system(plan), answers=found, failed=failed)


def _system(plan: Plan) -> str:
    from bench.extractors import system_name

    return system_name(plan.name, plan.options)


def _to_read(gold: Gold, splits: Sequence[str]) -> Sequence[Document]:
    names: Any = splits
    if not names:
        names = gold.splits if len(gold.splits) == 1 else published.default_splits()
    chosen = gold.select(names)
    published.require_texts(chosen.documents)
    return chosen.documents
