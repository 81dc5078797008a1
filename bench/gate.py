"""Holds a run against a baseline: regressed, fine, or cannot tell.

What raises an alarm is a one-sided permutation test a line, corrected for all lines of the check,
so that a run that is no worse raises any alarm in at most alpha of all checks. What rules a drop
out is the interval of the difference. docs/gate.md says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import bench
from bench import statistics
from bench.comparable import Comparable, comparable
from bench.compare import SAMPLES, compare
from bench.comparison import Comparison
from bench.errors import DatelineError, UnknownName
from bench.report import Report, in_words
from bench.trials import Family, Key, Trial, least_p, trials
from bench.verdict import Line, Verdict, VerdictSignature, Word

MARGIN = 0.02
_CLOSE = 1e-9
"""Shares closer than this are one number, reached by other roundings."""


def check(
    report: Report,
    baseline: Report,
    *,
    metrics: Sequence[str] | None = None,
    margin: float = MARGIN,
    alpha: float = statistics.ALPHA,
    floors: Mapping[str, float] | None = None,
    type_floors: Mapping[tuple[str, str], float] | None = None,
    allow: AbstractSet[str] | Sequence[str] = (),
    samples: int = SAMPLES,
    seed: int = statistics.SEED,
) -> Verdict:
    """Whether the run of `report` is worse than that of `baseline`, by the named measures or by all
    of the baseline. Margin and floors are shares, not points; `floors` go by measure, `type_floors`
    by measure and type; types in `allow` may drop.

    Raises Incomparable that says why the two cannot be compared; UnknownName for a floor under a
    measure or type that is not there; DatelineError for wishes that make no sense.
    """
    named = list(dict.fromkeys(metrics or baseline.signature.metrics))
    floored: dict[Key, float] = {(name, None): floor for name, floor in (floors or {}).items()}
    floored.update((type_floors or {}).items())
    wishes = _Wishes(margin, alpha, floored, frozenset(allow), samples)
    pair = comparable(report, baseline, metrics=named)
    found = compare(
        pair.baseline, pair.run, metrics=named, samples=samples, seed=seed, level=1 - alpha
    )
    tried = [trial for name in named for trial in _trials(found, pair, name)]
    wishes.require({trial.key for trial in tried})
    family = Family(tried, alpha=alpha, allowed=wishes.allowed, samples=samples)
    lines = tuple(_line(trial, family, wishes) for trial in tried)
    return Verdict(
        word=_whole(lines),
        run=report.system,
        baseline=baseline.system,
        signature=_signature(found, family, margin),
        documents=found.documents,
        notes=(*pair.notes, *_notes(pair.run, tried, family, wishes)),
        lines=lines,
    )


def _trials(found: Comparison, pair: Comparable, name: str) -> Iterator[Trial]:
    run, baseline = pair.run.score(name), pair.baseline.score(name)
    return trials(found.score(name), run=run, baseline=baseline, report=pair.run)


def _signature(found: Comparison, family: Family, margin: float) -> VerdictSignature:
    return VerdictSignature(
        version=bench.__version__,
        gold=found.signature.gold,
        splits=found.signature.splits,
        unit=found.signature.unit,
        units=found.signature.units,
        samples=found.signature.samples,
        seed=found.signature.seed,
        alpha=family.alpha,
        margin=margin,
        tests=(len(family.wholes), len(family.types)),
    )


@dataclass(frozen=True)
class _Wishes:
    """What the caller wants of a check."""

    margin: float
    alpha: float
    floors: Mapping[Key, float]
    allowed: frozenset[str]
    samples: int

    def __post_init__(self) -> None:
        if not 0 <= self.margin <= 1:
            raise DatelineError(f"margin: found {self.margin:g}, wanted a share of 0 to 1")
        if not 0 < self.alpha <= 0.5:
            raise DatelineError(f"alpha: found {self.alpha:g}, wanted more than 0, at most 0.5")
        wrong = [floor for floor in self.floors.values() if not 0 <= floor <= 1]
        if wrong:
            raise DatelineError(f"floor: found {wrong[0]:g}, wanted a share of 0 to 1")
        both = sorted({kind for _, kind in self.floors if kind is not None} & self.allowed)
        if both:
            raise DatelineError(f"{both[0]}: allowed to drop, and yet with a floor: choose one")

    def require(self, known: AbstractSet[Key]) -> None:
        """Raise UnknownName where a floor lies under nothing."""
        unknown = [_spell(key) for key in self.floors if key not in known]
        if unknown:
            raise UnknownName("line to put a floor under", unknown, map(_spell, known))


def _spell(key: Key) -> str:
    """A line as a wish for a floor names it."""
    return ":".join(part for part in key if part is not None)


def _line(trial: Trial, family: Family, wishes: _Wishes) -> Line:
    metric, kind = trial.key
    row = trial.contrast
    floor, adjusted = wishes.floors.get(trial.key), family.adjusted.get(trial.key)
    word, reason = _judge(trial, adjusted, floor, wishes)
    allowed = kind in wishes.allowed
    if allowed and word != "fine":
        reason = "allowed to drop, and so not tested"
    return Line(
        metric=metric,
        type=kind,
        gold=row.gold,
        baseline=row.a,
        run=row.b,
        difference=row.difference,
        interval=row.interval,
        p=trial.p,
        adjusted=adjusted,
        detectable=None if allowed else family.detectable(trial, margin=wishes.margin),
        floor=floor,
        allowed=allowed,
        word=word,
        reason=reason,
        worst=trial.worst,
    )


def _judge(
    trial: Trial, adjusted: float | None, floor: float | None, wishes: _Wishes
) -> tuple[Word, str]:
    """The word on a line, and why."""
    f1, drop = trial.contrast.b, -(trial.contrast.difference or 0.0)
    if floor is not None and f1 is None:
        return "cannot tell", f"F1 is undefined, so that no floor of {_points(floor)} is held"
    if floor is not None and f1 is not None and f1 < floor - _CLOSE:
        return "regressed", f"F1 {_points(f1)} is below the floor of {_points(floor)}"
    if trial.same:
        return "fine", "every count is as it was"
    if not trial.tested:
        return "cannot tell", "a mean of several scores is not tested: check its parts"
    shown = adjusted is not None and adjusted <= wishes.alpha
    if shown and drop > wishes.margin + _CLOSE:
        lost = f"more than {_points(wishes.margin)} points were" if wishes.margin else "points were"
        return "regressed", f"a drop is shown; {lost} lost"
    return _ruled_out(trial, wishes, shown=shown)


def _ruled_out(trial: Trial, wishes: _Wishes, *, shown: bool) -> tuple[Word, str]:
    """Fine where the interval leaves no room for a drop beyond the margin. With so few units that
    no drop could be shown it is too narrow to say that, unless no sample of it holds any drop.
    """
    interval, margin = trial.contrast.interval, _points(wishes.margin)
    if interval is None or trial.contrast.difference is None:
        return "cannot tell", "too little to compare"
    enough = least_p(trial.units, wishes.samples) <= wishes.alpha / 2
    if interval[0] >= -_CLOSE:
        return "fine", "any drop is ruled out"
    if enough and interval[0] >= -wishes.margin - _CLOSE:
        return "fine", f"a drop of more than {margin} points is ruled out"
    if not enough:
        return "cannot tell", f"items in {trial.units} units are too few to show anything"
    if shown:
        return "cannot tell", f"a drop is shown; that it is more than {margin} points is not"
    return "cannot tell", f"a drop of more than {margin} points is neither shown nor ruled out"


def _points(share: float) -> str:
    """A share in points, with a decimal where it has any.

    >>> _points(0.02), _points(0.5833)
    ('2', '58.3')
    """
    return f"{100 * share:.1f}".removesuffix(".0")


def _whole(lines: Sequence[Line]) -> Word:
    """One word for all lines: types can raise an alarm, and only the lines of all types together
    are asked to rule a drop out, which no split is large enough to do for every type.
    """
    if any(line.word == "regressed" for line in lines):
        return "regressed"
    fine = all(line.word == "fine" for line in lines if line.type is None)
    return "fine" if fine else "cannot tell"


def _notes(run: Report, tried: Sequence[Trial], family: Family, wishes: _Wishes) -> Iterator[str]:
    strangers = wishes.allowed - {trial.key[1] for trial in tried}
    if strangers:
        yield f"allowed to drop, but nowhere to be seen: {', '.join(sorted(strangers))}"
    blind = [one for one in tried if one.key[1] is None and one.tested and family.is_blind(one)]
    if blind:
        names = ", ".join(one.key[0] for one in blind)
        over = run.score(blind[0].key[0]).over
        unit = run.signature.unit if over == "document" else over
        yield (
            f"{in_words(blind[0].units, unit)} with {wishes.samples} samples cannot show any drop"
            f" of {names}, however large, at the level of this check"
        )
