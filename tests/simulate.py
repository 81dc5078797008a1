"""Systems whose true F1 is known, to see how often tests and intervals are right.

`make simulate` prints the tables of docs/statistics.md; the suite runs the same at small size.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from bench.statistics import (
    ALPHA,
    Draws,
    bootstrap,
    bootstrap_difference,
    detectable,
    detectable_difference,
    f1,
    permutation_test,
    resample,
    swap,
)

SIZES = (8, 24, 60)
DROPS = (1, 3, 5, 10)
BASE = 0.60
SAMPLES = 1000
Pair = tuple[np.ndarray, np.ndarray]
Rates = tuple[float, float]
Test = Callable[[np.ndarray, np.ndarray, Draws], float | None]


@dataclass(frozen=True)
class System:
    """A system that finds a share of the gold items, and so many spurious ones for each of them."""

    found: float
    spurious: float

    @classmethod
    def of(cls, f1: float, spurious: float = 0.3) -> System:
        """The system whose F1, summed over endless documents, is `f1`: 2q / (q + s + 1)."""
        return cls(f1 * (1 + spurious) / (2 - f1), spurious)


def draw(rng: np.random.RandomState, clusters: int, a: System, b: System) -> Pair:
    """Counts of two systems on the same documents.

    A document has 26 gold items on average, some have three times as many. A document is easy or
    hard for both systems alike; half of the items are found by both or missed by both, as far as
    their shares allow, and the rest independently.
    """
    gold = 1 + rng.negative_binomial(3, 3 / 28, size=clusters)
    ease = rng.uniform(-0.2, 0.2, size=clusters)
    alike = rng.binomial(gold, 0.5)
    low, high = sorted((a.found, b.found))
    both = rng.binomial(alike, low + ease)
    only = rng.binomial(alike - both, (high - low) / (1 - low - ease))

    def counts(system: System) -> np.ndarray:
        matched = both + (only if system.found > low else 0)
        matched = matched + rng.binomial(gold - alike, system.found + ease)
        predicted = matched + rng.poisson(system.spurious * gold)
        return np.stack([matched, predicted, matched, gold], axis=1).astype(float)

    return counts(a), counts(b)


def pairs(seed: int, trials: int, clusters: int, a: System, b: System) -> Iterator[Pair]:
    """Independent draws."""
    rng = np.random.RandomState(seed)
    for _ in range(trials):
        yield draw(rng, clusters, a, b)


def plain_test(a: np.ndarray, b: np.ndarray, swaps: Draws) -> float:
    """The permutation test on the difference itself, not studentised: what ours is better than."""
    exact = 2 ** len(a) <= len(swaps)
    if exact:
        swaps = np.array(list(product([0, 1], repeat=len(a))))
    moved = swaps @ (b - a)
    gaps = np.abs(f1(b.sum(axis=0) - moved) - f1(a.sum(axis=0) + moved))
    extreme = int((gaps >= abs(f1(b.sum(axis=0)) - f1(a.sum(axis=0))) - 1e-8).sum())
    return extreme / len(swaps) if exact else (extreme + 1) / (len(swaps) + 1)


def shown(
    trials: int,
    clusters: int,
    a: System,
    b: System,
    *,
    seed: int = 1,
    test: Test = permutation_test,
) -> float:
    """How often the permutation test calls the two systems different."""
    found = 0
    for n, (one, other) in enumerate(pairs(seed, trials, clusters, a, b)):
        p = test(one, other, swap(clusters, samples=SAMPLES, seed=seed + n))
        found += p is not None and p <= ALPHA
    return found / trials


TESTS: dict[str, Test] = {"plain": plain_test, "studentised": permutation_test}


def covered(trials: int, clusters: int, a: System, b: System, *, seed: int = 2) -> Rates:
    """How often intervals of F1 and of the difference hold the true value."""
    true, other_true = (2 * s.found / (s.found + s.spurious + 1) for s in (a, b))
    alone = together = 0
    for n, (one, other) in enumerate(pairs(seed, trials, clusters, a, b)):
        weights = resample(clusters, samples=SAMPLES, seed=seed + n)
        low, high = bootstrap(one, weights)
        alone += low <= true <= high
        low, high = bootstrap_difference(one, other, weights)
        together += low <= other_true - true <= high
    return alone / trials, together / trials


def smallest(trials: int, clusters: int, a: System, b: System, *, seed: int = 3) -> Rates:
    """Median of the smallest detectable difference: of A alone, and of the two."""
    drawn = list(pairs(seed, trials, clusters, a, b))
    alone = [found for one, _ in drawn if (found := detectable(one)) is not None]
    together = [found for pair in drawn if (found := detectable_difference(*pair)) is not None]
    return float(np.median(alone)), float(np.median(together))


def smallest_of_its_own(trials: int, clusters: int) -> float:
    """The true drop that the pair which has it calls the smallest detectable one."""
    drop = 0.0
    for _ in range(4):  # settles to a tenth of a point
        _, drop = smallest(trials, clusters, System.of(BASE), System.of(BASE - drop))
    return drop


def correlation(trials: int, clusters: int, a: System, b: System, *, seed: int = 4) -> float:
    """Of the F1s of two systems, over splits drawn anew."""
    drawn = pairs(seed, trials, clusters, a, b)
    scores = np.array([[f1(side.sum(axis=0)) for side in pair] for pair in drawn])
    return float(np.corrcoef(scores.T)[0, 1])


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


def main(trials: int) -> None:
    """Print every table of docs/statistics.md."""
    base = System.of(BASE)
    cautious, bold = System.of(BASE, spurious=0.1), System.of(BASE, spurious=0.5)
    say = sys.stdout.write
    cells = [(pair, test) for pair in ((base, base), (cautious, bold)) for test in TESTS.values()]
    alarms = [
        [str(n), *(percent(shown(trials, n, *pair, test=test)) for pair, test in cells)]
        for n in SIZES
    ]
    say(f"False alarms in % ({trials} pairs a cell, wanted: at most 5)\n\n")
    say(table(["documents", *(f"{s}: {t}" for s in ("alike", "unlike") for t in TESTS)], alarms))
    say("True drops that the test shows, in %\n\n")
    say(table(["documents", "test", *(f"{d} points" for d in DROPS)], power(trials)))
    say("The smallest detectable difference (median, points) and how often a true drop of that\n")
    say("size is shown (wanted: 80 %); the correlation of the two F1s (assumed: 0.5)\n\n")
    head = ["documents", "one system", "shown, %", "the pair", "shown, %", "correlation"]
    say(table(head, promise(trials)))
    cover = [[str(n), *map(percent, covered(trials, n, base, System.of(0.57)))] for n in SIZES]
    say("Intervals that hold the true value, in % (wanted: 95)\n\n")
    say(table(["documents", "F1", "difference of two F1s"], cover))


def power(trials: int) -> list[list[str]]:
    """Rows of how often each test shows each true drop."""
    base = System.of(BASE)
    worse = [System.of(BASE - d / 100) for d in DROPS]
    return [
        [str(n), name, *(percent(shown(trials, n, base, one, test=test)) for one in worse)]
        for n in SIZES
        for name, test in TESTS.items()
    ]


def promise(trials: int) -> list[list[str]]:
    base, rows = System.of(BASE), []
    for n in SIZES:
        alone, _ = smallest(trials, n, base, base)
        cells = [str(n)]
        for drop in (alone, smallest_of_its_own(trials, n)):
            cells += [percent(drop), percent(shown(trials, n, base, System.of(BASE - drop)))]
        rows.append([*cells, f"{correlation(trials, n, base, base):.2f}"])
    return rows


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
