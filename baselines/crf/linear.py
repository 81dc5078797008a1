"""A linear classifier over named features: fitted by scikit-learn, kept as plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.extractors import require

_DIGITS = 5
Features = Sequence[str]


@dataclass(frozen=True)
class Linear:
    """Weights by feature, a column for each label; the last row is the bias."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]

    def probabilities(self, features: Features) -> dict[str, float]:
        """The probability of each label; features never seen count nothing."""
        known = [self.rows[name] for name in dict.fromkeys(features) if name in self.rows]
        scores = self.weights[known].sum(axis=0) + self.weights[-1]
        raised = np.exp(scores - scores.max())
        return dict(zip(self.labels, (raised / raised.sum()).tolist(), strict=True))

    def best(self, features: Features) -> str:
        """The likeliest label; of equals the first."""
        found = self.probabilities(features)
        return max(self.labels, key=lambda label: found[label])

    def save(self, path: Path) -> None:
        """Writes the same bytes for the same weights."""
        table = {feature: self.weights[row].tolist() for feature, row in self.rows.items()}
        content = {"labels": self.labels, "bias": self.weights[-1].tolist(), "weights": table}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8")


def read(path: Path) -> Linear:
    """A classifier that `Linear.save` wrote."""
    content = json.loads(path.read_text(encoding="utf-8"))
    rows = {feature: row for row, feature in enumerate(content["weights"])}
    weights = np.array([*content["weights"].values(), content["bias"]], dtype=np.float64)
    return Linear(tuple(content["labels"]), rows, weights)


def fit(examples: Sequence[Features], labels: Sequence[str], *, c: float) -> Linear:
    """Multinomial logistic regression with an L2 penalty; `c` is the inverse of its strength.

    One label alone needs no weights. Weights are rounded, so that the last bits of a linear algebra
    library do not show. Raises DatelineError where scikit-learn is missing.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        return Linear(names, {}, np.zeros((1, len(names))))
    vectorizer = require("sklearn.feature_extraction", extra="crf").DictVectorizer()
    table = vectorizer.fit_transform(_counted(examples))
    with require("threadpoolctl", extra="crf").threadpool_limits(1):
        linear_model = require("sklearn.linear_model", extra="crf")
        model = linear_model.LogisticRegression(C=c, max_iter=2000, tol=1e-6).fit(
            table, list(labels)
        )
    return Linear(
        tuple(model.classes_.tolist()),
        {name: row for row, name in enumerate(vectorizer.get_feature_names_out().tolist())},
        _columns(model.coef_, model.intercept_),
    )


def _counted(examples: Iterable[Features]) -> list[dict[str, int]]:
    return [dict.fromkeys(features, 1) for features in examples]


def _columns(
    weights: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    bias: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Features down, labels across, the bias below; of two labels scikit-learn keeps one row."""
    if len(weights) == 1:
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    table = np.vstack([weights.T, bias])
    return np.asarray(np.round(table, _DIGITS) + 0.0)
