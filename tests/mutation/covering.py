"""Which tests answer for which module: those that would be run after a change of it."""

from __future__ import annotations

LAWS, MATCHING, EXACT = (f"tests/properties/test_{n}.py" for n in ("laws", "matching", "exact"))
ARGUMENTS, ATTRIBUTES, COREFERENCE, DATES, RECORDS, TRIGGERS = (
    f"tests/cases/test_{name}.py"
    for name in "arguments attributes coreference dates records triggers".split()
)
REGISTRY = "tests/test_registry.py"
STORY = "tests/cases/test_story_coreference.py"
STATISTICS, PERMUTATION, POWER = (
    f"tests/test_{name}.py" for name in "statistics permutation power".split()
)
TESTS: dict[str, list[str]] = {
    "bench/counts.py": ["tests/test_counts.py", REGISTRY, COREFERENCE, STATISTICS],
    "bench/matching.py": [
        REGISTRY,
        TRIGGERS,
        MATCHING,
        ARGUMENTS,
        DATES,
        EXACT,
        LAWS,
    ],
    "bench/metrics/arguments.py": [REGISTRY, ARGUMENTS, LAWS, EXACT],
    "bench/metrics/attributes.py": [REGISTRY, ATTRIBUTES, LAWS],
    "bench/metrics/base.py": [REGISTRY, ARGUMENTS, ATTRIBUTES, COREFERENCE, LAWS, EXACT],
    "bench/metrics/coreference.py": [REGISTRY, COREFERENCE, STORY, LAWS],
    "bench/metrics/dates.py": [REGISTRY, DATES, ATTRIBUTES, LAWS],
    "bench/metrics/exact.py": [EXACT],
    "bench/metrics/mentions.py": [COREFERENCE, STORY, "tests/properties/test_mentions.py", LAWS],
    "bench/metrics/merge.py": [
        STORY,
        "tests/properties/test_merged.py",
        "tests/test_story_scores.py",
    ],
    "bench/metrics/names.py": [RECORDS, ATTRIBUTES, LAWS],
    "bench/metrics/records.py": [REGISTRY, RECORDS, LAWS],
    "bench/metrics/sequence.py": [
        REGISTRY,
        "tests/agreement/test_sequence.py",
        "tests/agreement/test_seqeval.py",
        LAWS,
    ],
    "bench/metrics/triggers.py": [TRIGGERS, REGISTRY, LAWS, EXACT],
    "bench/statistics/arrays.py": [STATISTICS, PERMUTATION, POWER, EXACT],
    "bench/statistics/bootstrap.py": [STATISTICS, EXACT],
    "bench/statistics/exchanges.py": [PERMUTATION],
    "bench/statistics/permutation.py": [PERMUTATION],
    "bench/statistics/power.py": [POWER],
    "bench/statistics/student.py": ["tests/test_student.py", POWER],
    "bench/tallies.py": ["tests/test_tallies.py", EXACT],
}
