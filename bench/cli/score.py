"""`dateline score`."""

from __future__ import annotations

import json as json_module
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cli.options import (
    SAMPLES,
    SEED,
    As,
    ByType,
    Count,
    File,
    FormatName,
    GoldFormat,
    GoldOffsets,
    GoldPath,
    Grounding,
    Json,
    Metrics,
    Offsets,
    Out,
    Samples,
    Seed,
    SkipInvalid,
    Splits,
    load_gold,
    note,
    print_report,
    read_run,
    split_names,
)
from bench.cli.protocols import parse, print_protocols, side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.gold import Gold
    from bench.report import Report
    from bench.schema import Annotation


def command(
    file: File,
    split: Splits = None,
    metric: Metrics = None,
    by_type: ByType = None,
    json: Json = False,
    output: Out = None,
    skip_invalid: SkipInvalid = False,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
    as_: As = None,
    format: FormatName = None,  # noqa: A002 - the option's name
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
    offsets: Count = Offsets.codepoint,
    ground: Grounding = True,
) -> None:
    """Score a run against the gold, overall and per event type.

    Without --split the splits are scored to which the answered documents belong. With --as the
    scores are those of other scorers, by their definitions, side by side.
    """
    protocols = protocols_of(as_, metric)
    everything = load_gold(gold, gold_format, gold_offsets)
    answers = read_run(
        file,
        everything,
        skip_invalid=skip_invalid,
        format_name=format,
        offsets=offsets,
        grounding=ground,
    )
    chosen = choose(everything, split, answers.annotations)
    if protocols:
        found = side_by_side(
            chosen, answers.annotations, protocols, system=file.stem, by_type=by_type
        )
        if output is not None:
            write_text(output, json_module.dumps(found, indent=1, ensure_ascii=False) + "\n")
        print_protocols(found, by_type=by_type, as_json=json)
        return
    report = score(
        chosen,
        answers.annotations,
        metrics=metric,
        system=file.stem,
        samples=samples,
        seed=seed,
        dropped=answers.dropped,
        by_type=by_type,
    )
    if json or output is not None:  # tables show no fingerprints, which take long in a large corpus
        report = _stamped(report, chosen)
    save(report, output)
    print_report(report, by_type=by_type, as_json=json)


def protocols_of(names: str | None, metrics: Sequence[str] | None) -> list[str]:
    """The protocols asked for; raises DatelineError where metrics are asked for beside them."""
    from bench.errors import DatelineError

    if names is not None and metrics:
        raise DatelineError("--as and --metric exclude each other: protocols are no metrics")
    return parse(names) if names is not None else []


def choose(everything: Gold, splits: Sequence[str] | None, answered: Mapping[str, object]) -> Gold:
    """The documents to score: named splits, else those answered, else `dev`."""
    from bench import gold

    if splits:
        chosen = everything.select(splits)
        inside = {document.id for document in chosen.documents}
        outside = [doc_id for doc_id in answered if doc_id not in inside]
        if outside:
            note(f"{len(outside)} annotations of other splits are not scored")
        return chosen
    if len(everything.splits) == 1:
        return everything
    return everything.select(everything.split_of(answered) or gold.default_splits())


def score(
    gold: Gold,
    predicted: Mapping[str, Annotation],
    *,
    metrics: list[str] | None,
    system: str,
    samples: int,
    seed: int,
    dropped: Sequence[str] = (),
    by_type: list[str] | None = None,
) -> Report:
    """A report of the named metrics, or of the default ones and those to be shown by type."""
    from bench.evaluate import DEFAULT_METRICS, evaluate
    from bench.metrics import parse
    from bench.readers import beside

    names = [*(split_names(metrics) or DEFAULT_METRICS), *split_names(by_type)]
    inside = {document.id for document in gold.documents}
    if not set(predicted) <= inside:
        predicted = {doc_id: predicted[doc_id] for doc_id in predicted if doc_id in inside}
    report = evaluate(
        gold,
        predicted,
        measures=parse(names),
        system=system,
        samples=samples,
        seed=seed,
        dropped=dropped,
    )
    return beside(report, gold)


def _stamped(report: Report, gold: Gold) -> Report:
    from bench.fingerprints import stamped

    return stamped(report, gold)


def save(report: Report, path: Path | None) -> None:
    """Write the report as JSON, counts per document included."""
    if path is not None:
        write_text(path, report.model_dump_json(indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a file; raises DatelineError where that cannot be done."""
    from bench.errors import DatelineError

    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error
