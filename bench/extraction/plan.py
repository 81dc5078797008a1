"""`Plan`: which extractor is run, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plan:
    """An extractor by name, its options, and how to run it."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    jobs: int = 1
    """Documents at once."""
    timeout: float | None = None
    """Seconds that one document may take; None for no limit."""
    fail_fast: bool = False
    """Whether the first failure ends the run, with its traceback."""

    def needs_processes(self, *, threads: bool) -> bool:
        """Whether documents go to worker processes: only these can be stopped when they hang.

        >>> Plan("llm", jobs=4).needs_processes(threads=True)
        False
        >>> Plan("llm", timeout=5).needs_processes(threads=True)
        True
        """
        return self.timeout is not None or (self.jobs > 1 and not threads)
