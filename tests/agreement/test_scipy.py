"""The permutation test equals scipy's wherever scipy's can express it.

scipy 1.17.1, `scipy.stats.permutation_test(permutation_type="samples")`, run by this test on 40
seeded pairs of systems. scipy doubles the smaller tail, we count both: equal where all exchanges are
tried, as their gaps lie symmetrically around 0; sampled p differ by construction and are left out.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import permutation_test as theirs

from bench.statistics import permutation_test, swap
from tests.simulate import System, draw

SWAPS = swap(9, samples=2**9, seed=1)


@pytest.mark.parametrize("clusters", [2, 5, 9])
def test_exact_p_equals_scipys(clusters):
    rng = np.random.RandomState(7)
    for _ in range(40 if clusters < 9 else 10):
        a, b = draw(rng, clusters, System.of(0.6), System.of(0.5))
        table = np.vstack([a, b])

        def gap(ours, other, table=table):
            """The difference of two F1s in standard errors, from its definition."""
            ratios, moves = [], []
            for rows in (ours, other):
                matched, predicted, _, gold = table[rows].T
                items = predicted + gold
                ratios.append(2 * matched.sum() / items.sum())
                moves.append((2 * matched - ratios[-1] * items) / items.sum())
            return np.diff(ratios)[0] / np.sqrt(((moves[1] - moves[0]) ** 2).sum())

        rows = np.arange(clusters)
        found = theirs(
            (rows, rows + clusters),
            gap,
            permutation_type="samples",
            vectorized=False,
            n_resamples=np.inf,
        )
        assert permutation_test(a, b, SWAPS[:, :clusters]) == pytest.approx(found.pvalue)
