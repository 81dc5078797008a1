"""The head of a WebAnno TSV file: layers, and which columns are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

TYPES = ("type", "label", "category", "class", "value")
"""Endings of the names of features that say what a span is, the surest first."""
ATTRIBUTES = ("id", "realis", "date", "source", "cluster", "happening")
"""Names of features of an event that say what ours of that name do."""
_NO_LABEL = {*ATTRIBUTES, "actor", "identifier", ""}
_GRAMMAR = (".lexmorph.", ".syntax.", ".segmentation.", ".transform.")
_SLOT, _BASE = "ROLE_", "BT_"


@dataclass(frozen=True)
class Layer:
    """A layer: its columns are those from `first` on, one for each feature."""

    kind: str
    """Spans (`T_SP`), relations (`T_RL`) or chains (`T_CH`)."""
    name: str
    features: tuple[str, ...]
    first: int

    @property
    def end(self) -> int:
        """One past the last column."""
        return self.first + len(self.features)

    @cached_property
    def short(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2] or "?"

    @property
    def is_grammar(self) -> bool:
        """Whether its spans are of morphology, syntax or segmentation."""
        return any(part in self.name for part in _GRAMMAR)

    @cached_property
    def slots(self) -> list[int]:
        """Features that hold the roles of fillers; who fills them stands in the next column."""
        return [k for k in range(len(self.features)) if self.is_slot(k)]

    def is_slot(self, k: int) -> bool:
        """Whether a feature holds the roles of fillers."""
        return self.kind == "T_SP" and self.features[k].startswith(_SLOT)

    def is_target(self, k: int) -> bool:
        """Whether a feature refers to fillers."""
        return k > 0 and self.is_slot(k - 1)

    def slot_name(self, k: int) -> str:
        """The name of a slot: `arguments` of `ROLE_custom.Event:arguments_custom.Link`."""
        return self.features[k].partition(":")[2].partition("_")[0] or self.short

    @cached_property
    def base(self) -> str:
        """The layer whose spans a relation joins."""
        return self.features[-1].removeprefix(_BASE)

    @cached_property
    def label(self) -> int:
        """The feature that says what a span or a relation is; -1 where there is none."""
        plain = [k for k, name in enumerate(self.features) if self._is_plain(k, name)]
        ranked = (k for end in TYPES for k in plain if self.features[k].lower().endswith(end))
        return next(ranked, plain[0] if plain else -1)

    def _is_plain(self, k: int, name: str) -> bool:
        refers = self.is_slot(k) or self.is_target(k) or name.startswith(_BASE)
        return not refers and name not in _NO_LABEL


def declared(row: str, first: int) -> Layer:
    """The layer that a line of the head declares, its columns from `first` on.

    >>> declared("#T_SP=custom.Event|kind|ROLE_custom.Event:args_custom.Link|custom.Filler", 0)
    ... # doctest: +ELLIPSIS
    Layer(kind='T_SP', name='custom.Event', features=('kind', 'ROLE_...', 'custom.Filler'), first=0)
    """
    kind, _, rest = row.removeprefix("#").partition("=")
    name, *features = rest.split("|")
    return Layer(kind, name, tuple(features) or ("",), first)
