"""`dateline compare`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bench.cli.options import (
    SEED,
    ByType,
    Json,
    Metrics,
    Out,
    Samples,
    Seed,
    SkipInvalid,
    Splits,
    read_run,
    split_names,
)
from bench.cli.score import write_text

if TYPE_CHECKING:
    from bench.gold import Gold
    from bench.report import Report

_KINDS = "a report (JSON) or a run (JSON Lines), told apart by content."
First = Annotated[Path, typer.Argument(help=f"The system to start from: {_KINDS}")]
Second = Annotated[Path, typer.Argument(help=f"The one the verdicts are on: {_KINDS}")]
SAMPLES = 10_000


def command(
    a: First,
    b: Second,
    metric: Metrics = None,
    by_type: ByType = None,
    split: Splits = None,
    json: Json = False,
    output: Out = None,
    skip_invalid: SkipInvalid = False,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
) -> None:
    """Compare two systems on the same documents: is B better or worse than A, or is none shown?

    Runs are scored first: on the splits and by the metrics of the report beside them, else on those
    of --split, else on the splits that either answers. Exit code 0 whatever the verdict.
    """
    from bench.compare import compare

    shown = canonical(split_names(by_type))
    names = canonical([*split_names(metric), *shown]) if metric else None
    one, other = reports(
        [a, b],
        metrics=names,
        by_type=shown,
        splits=split_names(split),
        skip_invalid=skip_invalid,
        samples=samples,
        seed=seed,
    )
    result = compare(one, other, metrics=names, samples=samples, seed=seed)
    for name in shown:
        result.score(name)
    if output is not None:
        write_text(output, result.model_dump_json(indent=1) + "\n")
    if json:
        typer.echo(result.model_dump_json(indent=1))
        return
    from bench.render.comparison import render_comparison
    from bench.render.table import printer

    shown = shown or [score.metric for score in result.scores if score.types][:1]
    printer().print(render_comparison(result, per_type=shown))


def canonical(names: Sequence[str]) -> list[str]:
    """Measures as reports name them; raises UnknownName."""
    from bench.metrics import parse

    return [str(measure) for measure in parse(names)]


def reports(
    paths: Sequence[Path],
    *,
    metrics: Sequence[str] | None,
    by_type: Sequence[str],
    splits: Sequence[str],
    skip_invalid: bool,
    samples: int,
    seed: int,
) -> list[Report]:
    """The reports in the files; those that are runs are scored, as far as possible alike. Raises
    DatelineError where a report is not of the splits asked for.
    """
    found = {path: report_in(path) for path in paths}
    runs = [path for path, report in found.items() if report is None]
    known = next((report for report in found.values() if report is not None), None)
    if known is not None and metrics is None:
        metrics = known.signature.metrics
    if splits:
        require_splits({path: one for path, one in found.items() if one is not None}, splits)
    scored = score_runs(
        runs,
        splits=known.signature.splits if known is not None else splits,
        skip_invalid=skip_invalid,
        options={"metrics": metrics, "by_type": by_type, "samples": samples, "seed": seed},
    )
    return [found[path] or scored[path] for path in paths]


def require_splits(reports: Mapping[Path, Report], splits: Sequence[str]) -> None:
    """Raise DatelineError where a report is of other splits than the named ones."""
    from bench.errors import DatelineError

    for path, report in reports.items():
        if set(report.signature.splits) != set(splits):
            raise DatelineError(
                f"{path}: found a report of {' + '.join(report.signature.splits)}, wanted one of"
                f" {' + '.join(splits)}: --split scores runs, and no report again"
            )


def report_in(path: Path) -> Report | None:
    """The report in a file, None where it holds a run; raises DatelineError, InvalidFile."""
    from bench.formats.base import content
    from bench.results import is_report, read_report

    found = content(path)
    return read_report(path.name, found) if is_report(found) else None


def score_runs(
    paths: Sequence[Path],
    *,
    splits: Sequence[str] | None,
    skip_invalid: bool,
    options: Mapping[str, Any],
    everything: Gold | None = None,
) -> dict[Path, Report]:
    """Reports of runs, all on the same documents: those of the splits, else of those answered."""
    from bench import gold
    from bench.cli.score import choose, score
    from bench.fingerprints import stamped

    if not paths:
        return {}
    everything = everything or gold.load()
    answers = {path: read_run(path, everything, skip_invalid=skip_invalid) for path in paths}
    answered = {doc_id: None for found in answers.values() for doc_id in found.annotations}
    chosen = choose(everything, splits, answered)
    scored = {
        path: score(chosen, found.annotations, system=path.stem, dropped=found.dropped, **options)
        for path, found in answers.items()
    }
    return {path: stamped(report, chosen) for path, report in scored.items()}
