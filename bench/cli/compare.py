"""`dateline compare`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bench.cli.options import SEED, ByType, Json, Metrics, Samples, Seed, read_run, split_names

if TYPE_CHECKING:
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
    json: Json = False,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
) -> None:
    """Compare two systems on the same documents: is B better or worse than A, or is none shown?

    Runs are scored first: on the splits and by the metrics of the report beside them, else on the
    splits that either answers. Exit code 0 whatever the verdict.
    """
    from bench.compare import compare

    shown = canonical(split_names(by_type))
    names = canonical([*split_names(metric), *shown]) if metric else None
    one, other = reports([a, b], metrics=names, by_type=shown, samples=samples, seed=seed)
    result = compare(one, other, metrics=names, samples=samples, seed=seed)
    for name in shown:
        result.score(name)
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
    samples: int,
    seed: int,
) -> list[Report]:
    """The reports in the files; those that are runs are scored, as far as possible alike."""
    found = {path: report_in(path) for path in paths}
    runs = [path for path, report in found.items() if report is None]
    known = next((report for report in found.values() if report is not None), None)
    if known is not None and metrics is None:
        metrics = known.signature.metrics
    scored = score_runs(
        runs,
        splits=known.signature.splits if known is not None else None,
        options={"metrics": metrics, "by_type": by_type, "samples": samples, "seed": seed},
    )
    return [found[path] or scored[path] for path in paths]


def report_in(path: Path) -> Report | None:
    """The report in a file, None where it holds a run; raises DatelineError, InvalidFile."""
    from bench.formats.base import content
    from bench.results import is_report, read_report

    found = content(path)
    return read_report(path.name, found) if is_report(found) else None


def score_runs(
    paths: Sequence[Path], *, splits: Sequence[str] | None, options: Mapping[str, Any]
) -> dict[Path, Report]:
    """Reports of runs, all on the same documents: those of the splits, else of those answered."""
    from bench import gold
    from bench.cli.score import choose, score

    if not paths:
        return {}
    everything = gold.load()
    answers = {path: read_run(path, everything, skip_invalid=False).annotations for path in paths}
    answered = {doc_id: None for found in answers.values() for doc_id in found}
    chosen = choose(everything, splits, answered)
    return {
        path: score(chosen, found, system=path.stem, **options) for path, found in answers.items()
    }
