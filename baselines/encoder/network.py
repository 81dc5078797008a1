"""The network: one pre-trained encoder, and heads for triggers, realis and roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import nn

from baselines.encoder.passages import KINDS
from bench.schema import REALIS

DISTANCES = (-16, -8, -4, -2, 0, 2, 4, 8, 16)
"""Words between mention and trigger, up to which a class of distances goes."""
_SMALL = 32


class Around(NamedTuple):
    """A mention near a trigger: first pieces of its first and last word, classes of its kind, of
    its distance and of the role that the lexicon's rules would give it.
    """

    first: int
    last: int
    kind: int
    distance: int
    hint: int


@dataclass(frozen=True, slots=True)
class Query:
    """A trigger in a window: its first piece, its event type, the realis that the lexicon's rules
    would give it, and the mentions that may belong to it.
    """

    trigger: int
    type: int
    hint: int
    mentions: tuple[Around, ...]


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
        self.type_hints = nn.Embedding(1 + types, _SMALL)
        self.realis_hints = nn.Embedding(1 + len(REALIS), _SMALL)
        self.role_hints = nn.Embedding(1 + roles, _SMALL)
        self.types = nn.Embedding(types, _SMALL)
        self.kinds = nn.Embedding(len(KINDS), _SMALL)
        self.distances = nn.Embedding(1 + len(DISTANCES), _SMALL)
        self.triggers = nn.Linear(size + _SMALL, 2 + types)
        self.realis = nn.Linear(2 * size + _SMALL, len(REALIS))
        self.roles = nn.Sequential(
            nn.Linear(4 * size + 4 * _SMALL, size),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(size, 1 + roles),
        )

    @property
    def device(self) -> Any:
        """Where the network computes."""
        return self.types.weight.device

    def read(self, windows: Sequence[Sequence[int]]) -> Any:
        """Vectors of all pieces of several windows, as many for each as the longest has."""
        longest = max(map(len, windows))
        rows = [[*window, *[0] * (longest - len(window))] for window in windows]
        mask = [[1] * len(window) + [0] * (longest - len(window)) for window in windows]
        found = self.body(
            input_ids=torch.tensor(rows, device=self.device),
            attention_mask=torch.tensor(mask, device=self.device),
        )
        return self.dropout(found.last_hidden_state)

    def tag(self, hidden: Any, words: Sequence[Sequence[tuple[int, int]]]) -> Any:
        """Scores of tags for the words of all windows, given their first pieces and the types that
        the lexicon's rules would give them; one row a word.
        """
        found = [(row, *word) for row, line in enumerate(words) for word in line]
        rows, pieces, hints = _columns(found, 3, self.device)
        return self.triggers(torch.cat([hidden[rows, pieces], self.type_hints(hints)], -1))

    def judge(self, hidden: Any, queries: Sequence[tuple[int, Query]]) -> tuple[Any, Any]:
        """Scores of realis for each query and of roles for all mentions; a query comes with the
        number of its window.
        """
        found = [(row, query.trigger, query.hint) for row, query in queries]
        rows, heads, hints = _columns(found, 3, self.device)
        triggers = hidden[rows, heads]
        before = _mean(hidden, rows, (heads - 4).clamp(min=0), heads)
        realis = self.realis(torch.cat([triggers, before, self.realis_hints(hints)], -1))
        return realis, self._roles(hidden, triggers, queries)

    def _roles(self, hidden: Any, triggers: Any, queries: Sequence[tuple[int, Query]]) -> Any:
        found = [
            (row, number, query.type, query.trigger, *mention)
            for number, (row, query) in enumerate(queries)
            for mention in query.mentions
        ]
        columns = _columns(found, 9, self.device)
        rows, numbers, types, heads, firsts, lasts, kinds, distances, hints = columns
        known = [
            self.types(types),
            self.kinds(kinds),
            self.distances(distances),
            self.role_hints(hints),
        ]
        between = _between(hidden, rows, heads, firsts, lasts)
        read = [hidden[rows, firsts], hidden[rows, lasts], triggers[numbers], between]
        return self.roles(torch.cat([*read, *known], -1))


def _columns(rows: Sequence[tuple[int, ...]], width: int, device: Any) -> Any:
    """Rows of numbers as one tensor a column; no rows make empty columns."""
    return torch.tensor(rows, dtype=torch.long, device=device).reshape(-1, width).T


def _between(hidden: Any, rows: Any, heads: Any, firsts: Any, lasts: Any) -> Any:
    """The mean of the pieces between a trigger and a phrase before or behind it."""
    before = lasts < heads
    start = torch.where(before, lasts, heads) + 1
    return _mean(hidden, rows, start, torch.where(before, heads, firsts))


def _mean(hidden: Any, rows: Any, start: Any, stop: Any) -> Any:
    """The mean of the pieces from `start` to before `stop` of some windows; of none, zero."""
    sums = torch.nn.functional.pad(hidden.cumsum(1), (0, 0, 1, 0))
    stop = torch.maximum(start, stop)
    size = (stop - start).clamp(min=1).unsqueeze(-1)
    return (sums[rows, stop] - sums[rows, start]) / size
