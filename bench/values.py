"""Which values records may hold, for `schema` and for the reader that does without pydantic."""

from __future__ import annotations

from typing import Literal

REALIS = ("actual", "negated", "future", "hypothetical", "generic")
Realis = Literal["actual", "negated", "future", "hypothetical", "generic"]

MAX_OFFSET = 2**40
"""More characters than any text has; what is larger is an error of the file, and would not fit the
64-bit numbers that documents are counted in."""
