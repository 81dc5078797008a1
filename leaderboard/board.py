"""`Board`: every submission's scores, with ranks that the paired test can stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from bench import statistics
from bench.compare import SAMPLES, compare
from bench.comparison import Contrast
from bench.report import Report
from bench.schema import Record
from leaderboard.scoring import SEED
from leaderboard.submissions import Submission
from leaderboard.systems import System


class Place(Record):
    """Where a system stands in one table."""

    slug: str
    """The system."""
    rank: int | None
    """One more than the systems shown to be better; null for bounds and where there is no score.
    Systems that the test cannot separate may share a rank."""
    better_than: tuple[str, ...] = ()
    """Systems that it is shown to be better than."""
    worse_than: tuple[str, ...] = ()
    """Systems that are shown to be better."""


class Table(Record):
    """One measure on one split: the systems, best score first, without a score last."""

    split: str
    """The documents."""
    metric: str
    """The measure."""
    tested: bool
    """Whether differences by this measure are tested; means of scores are not."""
    places: tuple[Place, ...]
    """The systems in their order."""


class Board(Record):
    """All submissions for one release of the gold."""

    release: str
    """Version and hash of the gold."""
    samples: int
    """Exchanges of each permutation test."""
    alpha: float
    """Largest p, corrected over the pairs of a table, at which a difference counts as shown."""
    systems: Mapping[str, System]
    """What the authors say, by slug."""
    reports: Mapping[str, Mapping[str, Report]]
    """Reports by split and slug."""
    tables: tuple[Table, ...]
    """A table for each split and measure."""

    def table(self, split: str, metric: str) -> Table:
        """The table of a split and a measure; raises LookupError."""
        for table in self.tables:
            if (table.split, table.metric) == (split, metric):
                return table
        raise LookupError(f"{split} {metric}")


def board_of(submissions: Iterable[Submission], release: str, samples: int = SAMPLES) -> Board:
    """The board of proved submissions, all made for one release of the gold."""
    found = {one.slug: one for one in sorted(submissions, key=lambda one: one.slug)}
    reports = {
        split: {slug: one.reports[split] for slug, one in found.items() if split in one.reports}
        for split in _splits(found.values())
    }
    systems = {slug: one.system for slug, one in found.items()}
    return Board(
        release=release,
        samples=samples,
        alpha=statistics.ALPHA,
        systems=systems,
        reports=reports,
        tables=tuple(
            table
            for split, scored in reports.items()
            for table in tables_of(split, scored, systems, samples)
        ),
    )


def _splits(submissions: Iterable[Submission]) -> list[str]:
    known = {split for one in submissions for split in one.reports}
    order = [split for split in ("test", "dev", "sources", "train") if split in known]
    return [*order, *sorted(known - set(order))]


def tables_of(
    split: str, reports: Mapping[str, Report], systems: Mapping[str, System], samples: int
) -> Iterator[Table]:
    """The tables of one split, a measure each."""
    bare = {slug: _without_types(report) for slug, report in reports.items()}
    pairs = {
        pair: compare(bare[pair[0]], bare[pair[1]], samples=samples, seed=SEED)
        for pair in combinations(sorted(bare), 2)
    }
    for metric in _metrics(reports.values()):
        contrasts = {pair: found.score(metric).micro for pair, found in pairs.items()}
        yield _table(split, metric, reports, systems, contrasts)


def _without_types(report: Report) -> Report:
    """Ranks are given for all types together, and testing every type takes twenty times as long."""
    scores = tuple(score.model_copy(update={"types": {}}) for score in report.scores)
    return report.model_copy(update={"scores": scores})


def _metrics(reports: Iterable[Report]) -> list[str]:
    return list(dict.fromkeys(score.metric for report in reports for score in report.scores))


def _table(
    split: str,
    metric: str,
    reports: Mapping[str, Report],
    systems: Mapping[str, System],
    contrasts: Mapping[tuple[str, str], Contrast],
) -> Table:
    beats = shown(contrasts)
    f1 = {slug: report.score(metric).micro.f1 for slug, report in reports.items()}
    order = sorted(f1, key=lambda slug: (f1[slug] is None, -(f1[slug] or 0.0), slug))
    ranked = [slug for slug in order if f1[slug] is not None and systems[slug].kind != "bound"]
    means = any(report.score(metric).micro.parts for report in reports.values())
    return Table(
        split=split,
        metric=metric,
        tested=not means,
        places=tuple(_place(slug, beats, _rank(slug, ranked, beats, f1, means)) for slug in order),
    )


def _rank(
    slug: str,
    ranked: Sequence[str],
    beats: set[tuple[str, str]],
    f1: Mapping[str, float | None],
    means: bool,
) -> int | None:
    """One more than those shown to be better; where nothing is tested, than those higher up."""
    if slug not in ranked:
        return None
    if means:
        return 1 + sum((f1[other] or 0.0) > (f1[slug] or 0.0) for other in ranked)
    return 1 + sum((other, slug) in beats for other in ranked)


def _place(slug: str, beats: set[tuple[str, str]], rank: int | None) -> Place:
    return Place(
        slug=slug,
        rank=rank,
        better_than=tuple(sorted(worse for better, worse in beats if better == slug)),
        worse_than=tuple(sorted(better for better, worse in beats if worse == slug)),
    )


def shown(contrasts: Mapping[tuple[str, str], Contrast]) -> set[tuple[str, str]]:
    """Pairs of which the first is shown to be better than the second, by p corrected with Holm's
    method over all pairs of the table.
    """
    names = {"\0".join(pair): pair for pair in contrasts}
    adjusted = statistics.holm({name: contrasts[pair].p for name, pair in names.items()})
    found = set()
    for name, (a, b) in names.items():
        p, difference = adjusted[name], contrasts[a, b].difference
        if p is not None and p <= statistics.ALPHA and difference:
            found.add((b, a) if difference > 0 else (a, b))
    return found
