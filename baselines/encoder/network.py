"""The network: one pre-trained encoder, and heads for triggers, roles, realis and dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from baselines.encoder.passages import KINDS
from bench.schema import REALIS

DISTANCES = (-16, -8, -4, -2, 0, 2, 4, 8, 16)
"""Words between mention and trigger, up to which a class of distances goes."""
_SMALL = 32


@dataclass(frozen=True, slots=True)
class Query:
    """A trigger in a window, and the mentions and time expressions that may belong to it.

    `trigger` holds the first pieces of the trigger's first and last word, `type` its event type;
    of each mention the first pieces of its first and last word, its kind and its distance; of
    each time expression the pieces alone.
    """

    trigger: tuple[int, int]
    type: int
    mentions: tuple[tuple[int, int, int, int], ...]
    times: tuple[tuple[int, int], ...]


def distance(words: int) -> int:
    """The class of a distance in words.

    >>> distance(-40), distance(1), distance(40)
    (0, 5, 9)
    """
    return sum(words > edge for edge in DISTANCES)


class Network(nn.Module):  # type: ignore[misc]  # torch is not followed by the type checker
    """Reads windows once, tags their words, and judges what stands around each trigger."""

    def __init__(self, body: Any, *, types: int, roles: int, dropout: float) -> None:
        super().__init__()
        size = int(body.config.hidden_size)
        self.body = body
        self.dropout = nn.Dropout(dropout)
        self.triggers = nn.Linear(size, 2 + types)
        self.types = nn.Embedding(types, _SMALL)
        self.kinds = nn.Embedding(len(KINDS), _SMALL)
        self.distances = nn.Embedding(1 + len(DISTANCES), _SMALL)
        self.realis = nn.Linear(2 * size, len(REALIS))
        self.roles = _judge(4 * size + 3 * _SMALL, size, 1 + roles, dropout)
        self.dates = _judge(4 * size, size, 2, dropout)

    def read(self, windows: Sequence[Sequence[int]]) -> Any:
        """Vectors of all pieces of several windows, as many for each as the longest has."""
        device = self.types.weight.device
        longest = max(map(len, windows))
        rows = [[*window, *[0] * (longest - len(window))] for window in windows]
        mask = [[1] * len(window) + [0] * (longest - len(window)) for window in windows]
        ids = torch.tensor(rows, device=device)
        found = self.body(input_ids=ids, attention_mask=torch.tensor(mask, device=device))
        return self.dropout(found.last_hidden_state)

    def tag(self, hidden: Any, words: Sequence[Sequence[int]]) -> Any:
        """Scores of tags for the words of all windows, given their pieces; one row a word."""
        rows = [row for row, pieces in enumerate(words) for _ in pieces]
        return self.triggers(hidden[rows, [piece for pieces in words for piece in pieces]])

    def judge(self, hidden: Any, queries: Sequence[tuple[int, Query]]) -> tuple[Any, Any, Any]:
        """Scores of realis for each query, of roles for all mentions, of dating for all times;
        a query comes with the number of its window.
        """
        heads = [(row, *query.trigger, query.type) for row, query in queries]
        rows, firsts, _, _ = _columns(heads, 4, hidden.device)
        triggers = hidden[rows, firsts]
        around = _mean(hidden, rows, (firsts - 4).clamp(min=0), firsts)
        realis = self.realis(torch.cat([triggers, around], -1))
        return (
            realis,
            self._roles(hidden, triggers, queries),
            self._dates(hidden, triggers, queries),
        )

    def _roles(self, hidden: Any, triggers: Any, queries: Sequence[tuple[int, Query]]) -> Any:
        found = [
            (row, number, query.type, query.trigger[0], *mention)
            for number, (row, query) in enumerate(queries)
            for mention in query.mentions
        ]
        rows, numbers, types, heads, firsts, lasts, kinds, distances = _columns(
            found, 8, hidden.device
        )
        between = _between(hidden, rows, heads, firsts, lasts)
        known = [self.types(types), self.kinds(kinds), self.distances(distances)]
        ends = [hidden[rows, firsts], hidden[rows, lasts]]
        return self.roles(torch.cat([*ends, triggers[numbers], between, *known], -1))

    def _dates(self, hidden: Any, triggers: Any, queries: Sequence[tuple[int, Query]]) -> Any:
        found = [
            (row, number, query.trigger[0], *time)
            for number, (row, query) in enumerate(queries)
            for time in query.times
        ]
        rows, numbers, heads, firsts, lasts = _columns(found, 5, hidden.device)
        between = _between(hidden, rows, heads, firsts, lasts)
        ends = [hidden[rows, firsts], hidden[rows, lasts]]
        return self.dates(torch.cat([*ends, triggers[numbers], between], -1))


def _judge(inputs: int, size: int, classes: int, dropout: float) -> Any:
    return nn.Sequential(
        nn.Linear(inputs, size), nn.GELU(), nn.Dropout(dropout), nn.Linear(size, classes)
    )


def _columns(rows: Sequence[tuple[int, ...]], width: int, device: Any) -> Any:
    """Rows of numbers as one tensor a column; no rows make empty columns."""
    return torch.tensor(rows, dtype=torch.long, device=device).reshape(-1, width).T


def _between(hidden: Any, rows: Any, heads: Any, firsts: Any, lasts: Any) -> Any:
    """The mean of the pieces between a trigger and a phrase before or behind it."""
    before = lasts < heads
    start = torch.where(before, lasts, heads) + 1
    stop = torch.where(before, heads, firsts)
    return _mean(hidden, rows, start, stop)


def _mean(hidden: Any, rows: Any, start: Any, stop: Any) -> Any:
    """The mean of the pieces from `start` to before `stop` of some windows; of none, zero."""
    sums = torch.nn.functional.pad(hidden.cumsum(1), (0, 0, 1, 0))
    stop = torch.maximum(start, stop)
    size = (stop - start).clamp(min=1).unsqueeze(-1)
    return (sums[rows, stop] - sums[rows, start]) / size
