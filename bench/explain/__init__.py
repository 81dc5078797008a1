"""Why is my number different? What separates two scorers on one run, convention by convention."""

from bench.explain.paths import Aside, Explanation, Step, explain, set_beside
from bench.explain.profiles import (
    PROFILES,
    UNREACHED,
    Profile,
    Unreached,
    default_pairs,
    pairs,
    unreached,
)

__all__ = [
    "PROFILES",
    "UNREACHED",
    "Aside",
    "Explanation",
    "Profile",
    "Step",
    "Unreached",
    "default_pairs",
    "explain",
    "pairs",
    "set_beside",
    "unreached",
]
