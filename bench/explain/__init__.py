"""Why is my number different? What separates two scorers on one run, convention by convention."""

from bench.explain.paths import Explanation, Step, explain
from bench.explain.profiles import PROFILES, UNREACHED, Profile, default_pairs, pairs

__all__ = [
    "PROFILES",
    "UNREACHED",
    "Explanation",
    "Profile",
    "Step",
    "default_pairs",
    "explain",
    "pairs",
]
