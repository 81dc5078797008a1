"""Holds a run against a baseline in a test: what fails shows the table and the events it lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, TypedDict, Unpack

from rich.console import Console

from bench.cli.compare import canonical
from bench.cli.score import choose, write_text
from bench.errors import DatelineError
from bench.formats.base import content
from bench.gate import check
from bench.gold import Gold
from bench.render.table import WIDE
from bench.render.verdict import headline, render_verdict
from bench.report import Report
from bench.stored import store
from bench.testing.lost import lost, told
from bench.testing.sides import Run, Side, as_path, gold_of, scored, side_of, splits_of
from bench.verdict import Verdict

UPDATE = "pytest --dateline-update"
_MARK = b'"dateline": "baseline'


class Regressed(AssertionError):
    """A run is worse than its baseline, or was to be shown to be no worse and was not."""

    __module__ = "bench.testing"  # what a traceback shows

    def __init__(self, verdict: Verdict, message: str) -> None:
        self.verdict = verdict
        super().__init__(message)


class MissingBaseline(DatelineError):
    """There is no baseline yet."""

    __module__ = "bench.testing"


class Wishes(TypedDict, total=False):
    """What `bench.gate.check` takes: shares, not points."""

    metrics: Sequence[str] | None
    margin: float
    alpha: float
    floors: Mapping[str, float] | None
    type_floors: Mapping[tuple[str, str], float] | None
    allow: Collection[str]
    samples: int
    seed: int


_WISHES = tuple(Wishes.__annotations__)


class Options(Wishes, total=False):
    """And how the run is read or made, as in `score`."""

    split: str | Sequence[str] | None
    gold: Gold | Path | str | None
    options: Mapping[str, str] | None
    fail_fast: bool


@dataclass(frozen=True)
class Held:
    """A run beside its baseline."""

    verdict: Verdict
    stored: Path | None
    """The file of the stored baseline, if it is one."""
    written: bool
    """Whether it was written anew."""
    run: Side
    baseline: Side
    gold: Gold

    @property
    def headline(self) -> str:
        """The verdict on one line."""
        return headline(self.verdict)

    def message(self) -> str:
        """The verdict's table, and below it what was found before and is missed now."""
        file = StringIO()
        table = render_verdict(self.verdict, room=WIDE)
        Console(file=file, width=WIDE, soft_wrap=True, highlight=False, no_color=True).print(table)
        found = lost(gold=self.gold, before=self.baseline, now=self.run, verdict=self.verdict)
        failed = [f"failed: {name}: {why}" for name, why in self.run.failed.items()]
        lines = [line.rstrip() for line in file.getvalue().splitlines()]
        return "\n".join([*lines, *failed, "", *told(found)])

    def require(self, *, lenient: bool) -> None:
        """Raise Regressed where the run regressed or, if not lenient, nothing can be told."""
        __tracebackhide__ = True
        word = self.verdict.word
        if word == "regressed" or (word == "cannot tell" and not lenient):
            raise Regressed(self.verdict, self.message())


def assert_no_regression(
    run: Run, baseline: Run, *, lenient: bool = True, **options: Unpack[Options]
) -> Verdict:
    """The verdict on a run beside a baseline; raises Regressed where it regressed. What cannot be
    told passes unless `lenient` is false: small gold must not make a test fail at random.

    The baseline is a stored one, a report, or any run that `score` takes. Margin and floors are
    shares, not points. Raises DatelineError for all that a user can mend.
    """
    __tracebackhide__ = True
    held = hold(run, baseline, **options)
    held.require(lenient=lenient)
    return held.verdict


def hold(run: Run, baseline: Run, *, update: bool = False, **options: Unpack[Options]) -> Held:
    """A run beside its baseline; to update writes the run's counts first, where the baseline is a
    stored one or not there yet. Raises MissingBaseline, DatelineError, Incomparable.
    """
    everything, named = gold_of(options.get("gold")), splits_of(options.get("split"))
    path = stored_file(baseline)
    renew = path if update else None
    before = _known(renew, everything) if renew else _baseline(baseline, everything, named)
    splits = named or _splits(before, everything)
    now = _run(run, everything, splits, options)
    splits = splits or _splits(now, everything)
    chosen = choose(everything, splits, {**before.answers, **now.answers})
    metrics = canonical(list(options.get("metrics") or ())) or _metrics(before)
    report = scored(now, chosen, metrics=metrics)
    written = renew is not None and _write(renew, _kept(report, metrics))
    if renew:
        before = _baseline(renew, everything, named)
    against = scored(before, chosen, metrics=metrics)
    wishes: dict[str, Any] = {key: options[key] for key in _WISHES if key in options}  # type: ignore[literal-required]
    verdict = check(report, against, **{**wishes, "metrics": metrics})
    return Held(verdict, path, written, now, before, chosen)


def _run(run: Run, gold: Gold, splits: Sequence[str], options: Options) -> Side:
    return side_of(
        run,
        gold,
        splits=splits,
        options=options.get("options"),
        fail_fast=options.get("fail_fast", False),
    )


def _baseline(baseline: Run, gold: Gold, splits: Sequence[str]) -> Side:
    if (path := as_path(baseline)) is not None and not path.exists():
        raise MissingBaseline(f"{path}: there is no baseline yet; '{UPDATE}' writes it")
    return side_of(baseline, gold, splits=splits)


def stored_file(baseline: Run) -> Path | None:
    """The file that may be renewed: none yet, empty, or a stored baseline, be it broken."""
    path = as_path(baseline)
    if path is None or not path.exists():
        return path
    if not path.is_file():
        return None
    found = content(path)
    return path if not found.strip() or _MARK in found else None


def _known(path: Path, gold: Gold) -> Side:
    """What can be read of a baseline that is to be renewed, for its metrics and splits."""
    try:
        return _baseline(path, gold, ())
    except DatelineError:
        return Side("")


def _splits(side: Side, gold: Gold) -> list[str]:
    """Splits of a report; anybody's gold has but one, which bears the name of its file."""
    if side.report is None or len(gold.splits) == 1:
        return []
    return list(side.report.signature.splits)


def _metrics(side: Side) -> list[str] | None:
    return list(side.report.signature.metrics) if side.report is not None else None


def _kept(report: Report, metrics: Sequence[str] | None) -> Report:
    """The report cut down to some metrics."""
    if metrics is None:
        return report
    scores = tuple(map(report.score, metrics))
    signature = report.signature.model_copy(update={"metrics": tuple(metrics)})
    return report.model_copy(update={"scores": scores, "signature": signature})


def _write(path: Path, report: Report) -> bool:
    """Write a stored baseline, unless it is there as it is; whether it was written."""
    text = store(report)
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)
    return True
