"""`dateline check`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.compare import canonical
from bench.cli.loading import Source, reports
from bench.cli.options import (
    SEED,
    ByType,
    GoldFormat,
    GoldOffsets,
    GoldPath,
    Json,
    Metrics,
    Offsets,
    Samples,
    Seed,
    SkipInvalid,
    Splits,
    note,
    split_names,
)
from bench.cli.score import write_text

if TYPE_CHECKING:
    from bench.verdict import Verdict

RunFile = Annotated[Path, typer.Argument(help="The run to check, or a report of it.")]
Against = Annotated[
    Path, typer.Option("--against", "-a", help="A stored baseline, a report, or a run.")
]
Margin = Annotated[
    float, typer.Option(min=0, max=100, help="A drop of so many points is nobody's problem.")
]
Alpha = Annotated[
    float, typer.Option(min=0.0001, max=0.5, help="Largest chance of a false alarm, anywhere.")
]
Floors = Annotated[
    list[str] | None,
    typer.Option("--min", help="METRIC=POINTS: regressed below that F1, whatever the baseline."),
]
TypeFloors = Annotated[
    list[str] | None, typer.Option("--min-type", help="METRIC:TYPE=POINTS: the same for a type.")
]
Allow = Annotated[list[str] | None, typer.Option(help="An event type that may drop.")]
Lenient = Annotated[bool, typer.Option("--lenient", help="Exit with 0 where nothing can be told.")]
Junit = Annotated[Path | None, typer.Option(help="Write JUnit XML to that file.")]
Markdown = Annotated[Path | None, typer.Option(help="Write Markdown to that file; - is stdout.")]
Github = Annotated[
    bool, typer.Option("--github", help="Print annotations, and add to the job's summary.")
]
ReportUrl = Annotated[
    str | None, typer.Option(help="Where the HTML report lies; worst documents link to it.")
]
SAMPLES, MARGIN, ALPHA = 10_000, 2.0, 0.05
SUMMARY = "GITHUB_STEP_SUMMARY"


def command(
    run: RunFile,
    against: Against,
    metric: Metrics = None,
    by_type: ByType = None,
    split: Splits = None,
    margin: Margin = MARGIN,
    alpha: Alpha = ALPHA,
    min_: Floors = None,
    min_type: TypeFloors = None,
    allow: Allow = None,
    lenient: Lenient = False,
    json: Json = False,
    junit: Junit = None,
    markdown: Markdown = None,
    github: Github = False,
    report_url: ReportUrl = None,
    skip_invalid: SkipInvalid = False,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
) -> None:
    """Check a run against a baseline: regressed, fine, or cannot tell?

    Exit code 1 regressed, 0 fine, 3 cannot tell (0 with --lenient), 2 a problem. A run is scored on
    the splits and by the metrics of the baseline.
    """
    from bench.errors import DatelineError
    from bench.gate import check
    from bench.verdict import exit_code

    if json and (github or markdown == Path("-")):
        raise DatelineError("--json has stdout to itself: leave out --github and --markdown -")
    shown = canonical(split_names(by_type))
    names = canonical([*split_names(metric), *shown]) if metric else None
    found = reports(
        [against, run],
        metrics=names,
        splits=split_names(split),
        skip_invalid=skip_invalid,
        gold=Source(gold, gold_format, gold_offsets),
    )
    gated = names or list(found[0].signature.metrics)
    verdict = check(
        found[1],
        found[0],
        metrics=gated,
        margin=margin / 100,
        alpha=alpha,
        floors=floors_of(min_ or []),
        type_floors=type_floors_of(min_type or [], gated),
        allow=split_names(allow),
        samples=samples,
        seed=seed,
    )
    _write(verdict, junit=junit, markdown=markdown, report_url=report_url, per_type=shown)
    _print(verdict, per_type=shown, json=json, quiet=markdown == Path("-"))
    if github:
        _to_github(verdict, per_type=shown, report_url=report_url)
    raise typer.Exit(exit_code(verdict.word, lenient=lenient))


def floors_of(options: Iterable[str]) -> dict[str, float]:
    """Floors by measure; raises DatelineError, UnknownName.

    >>> floors_of(["trigger:exact=60"])
    {'trigger': 0.6}
    """
    pairs = (_assigned(option, "--min", "METRIC=POINTS") for option in options)
    return {canonical([name])[0]: floor for name, floor in pairs}


def type_floors_of(options: Iterable[str], metrics: Sequence[str]) -> dict[tuple[str, str], float]:
    """Floors by measure and type. Both may hold colons: the longest measure that fits is meant.

    >>> type_floors_of(["argument:actor:Life:Die=40"], ["argument", "argument:actor"])
    {('argument:actor', 'Life:Die'): 0.4}
    """
    floors = {}
    for option in options:
        name, floor = _assigned(option, "--min-type", "METRIC:TYPE=POINTS")
        floors[_measure_and_type(name, metrics)] = floor
    return floors


def _measure_and_type(name: str, metrics: Sequence[str]) -> tuple[str, str]:
    from bench.errors import UnknownName

    fitting = [metric for metric in metrics if name.startswith(f"{metric}:")]
    if not fitting:
        raise UnknownName("measure of --min-type", [name.partition(":")[0]], metrics)
    metric = max(fitting, key=len)
    return metric, name[len(metric) + 1 :]


def _assigned(option: str, name: str, shape: str) -> tuple[str, float]:
    from bench.errors import DatelineError

    left, _, right = option.rpartition("=")
    try:
        points = float(right)
    except ValueError:
        points = -1
    if not left or not 0 <= points <= 100:
        raise DatelineError(f"{name}: found {option!r}, wanted {shape}, with points from 0 to 100")
    return left, points / 100


def _write(
    verdict: Verdict,
    *,
    junit: Path | None,
    markdown: Path | None,
    report_url: str | None,
    per_type: Sequence[str],
) -> None:
    if junit is not None:
        from bench.render.junit import junit as as_junit

        write_text(junit, as_junit(verdict))
    if markdown is not None:
        text = _markdown(verdict, per_type=per_type, report_url=report_url)
        if markdown == Path("-"):
            typer.echo(text, nl=False)
        else:
            write_text(markdown, text)


def _markdown(verdict: Verdict, *, per_type: Sequence[str], report_url: str | None) -> str:
    from bench.render.markdown import markdown

    return markdown(verdict, per_type=per_type, report_url=report_url)


def _print(verdict: Verdict, *, per_type: Sequence[str], json: bool, quiet: bool) -> None:
    if json:
        typer.echo(verdict.model_dump_json(indent=1))
    elif not quiet:
        from bench.render.table import printer
        from bench.render.verdict import render_verdict

        console = printer()
        console.print(render_verdict(verdict, per_type=per_type, room=console.width))


def _to_github(
    verdict: Verdict,
    *,
    per_type: Sequence[str],
    report_url: str | None,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Annotations to stdout, the page to the end of the job's summary."""
    from bench.errors import DatelineError
    from bench.render.github import github

    typer.echo(github(verdict), nl=False)
    path = environment.get(SUMMARY)
    if not path:
        note(f"{SUMMARY} is not set: no job summary")
        return
    try:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(_markdown(verdict, per_type=per_type, report_url=report_url) + "\n")
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error
