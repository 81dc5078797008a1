"""The reports that `check` and `baseline` work on, read from files or scored from runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.cli.compare import report_in, require_splits, score_runs
from bench.cli.options import SEED, Offsets, load_gold
from bench.errors import DatelineError, UnknownFormat

if TYPE_CHECKING:
    from bench.gold import Gold
    from bench.report import Report


class Source(NamedTuple):
    """The gold that runs are scored against, loaded only where a run has to be scored."""

    path: Path | None
    format_name: str | None
    offsets: Offsets

    @property
    def is_foreign(self) -> bool:
        """Whether it is somebody's own: it then is one split, named after its file."""
        return self.path is not None

    def load(self) -> Gold:
        """The gold; raises InvalidFile where it contradicts itself."""
        return load_gold(*self)


def reports(
    paths: Sequence[Path],
    *,
    metrics: Sequence[str] | None,
    splits: Sequence[str],
    skip_invalid: bool,
    gold: Source,
) -> list[Report]:
    """The reports in the files. Runs are scored by the named metrics and on the named splits, else
    as the first report among the files was. No intervals are drawn: nobody here reads them.

    Raises DatelineError, InvalidFile.
    """
    for path in paths[:1]:
        require_content(path)
    known = {path: report_in(path) for path in paths}
    stored = {path: report for path, report in known.items() if report is not None}
    if splits and not gold.is_foreign:
        require_splits(stored, splits)
    first = next(iter(stored.values()), None)
    if first is not None:
        metrics = metrics or first.signature.metrics
        splits = splits or ([] if gold.is_foreign else first.signature.splits)
    runs = [path for path, report in known.items() if report is None]
    try:
        scored = score_runs(
            runs,
            splits=splits,
            skip_invalid=skip_invalid,
            options={"metrics": metrics, "samples": 1, "seed": SEED},
            everything=gold.load() if runs else None,
        )
    except UnknownFormat as error:
        raise DatelineError(
            f"{error}\n(an option of 'dateline convert'; wanted here: a run, a report or a stored"
            " baseline)"
        ) from error
    return [known[path] or scored[path] for path in paths]


def require_content(path: Path) -> None:
    """Raise DatelineError where a baseline is an empty file, which as a run would be the worst of
    all, so that everything held against it is fine; or one that a merge left in pieces.
    """
    from bench.formats.base import content

    if path.is_dir():
        return
    found = content(path)
    wanted = "wanted a stored baseline, a report or a run"
    if not found.strip():
        raise DatelineError(f"{path}: found an empty file, {wanted}")
    for number, line in enumerate(found.splitlines(), start=1):
        if line.startswith((b"<<<<<<< ", b">>>>>>> ")):
            raise DatelineError(f"{path}:{number}: found marks of an unfinished merge, {wanted}")
