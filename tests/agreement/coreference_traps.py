"""The traps of coreference; see `traps`."""

from __future__ import annotations

from tests.agreement.drawing import RIGHT, WRONG, Cases, clusters, trap

COREFERENCE: Cases = {
    "coreference_singletons": (
        [clusters("a0 b1 c2 d3", "0 0 1 2", "0 0 1 1")],
        {
            "conll muc": (None, None, 66.7),
            "conll b3": (None, None, 85.7),
            "conll ceafe": (None, None, 66.7),
            "conll blanc": (None, None, 77.8),
        },
    ),
    "coreference_all_singletons": (
        [clusters("a0 b1", "0 1", "0 1")],
        {"conll muc": WRONG, "conll b3": RIGHT, "conll ceafe": RIGHT, "conll blanc": RIGHT},
    ),
    "coreference_micro_or_macro": (
        [
            clusters("a0 b1", "0 0", "0 0"),
            clusters("a0 b1 c2 d3 e4 f5", "0 0 0 0 0 0", "0 0 0 1 1 1"),
        ],
        {
            "conll muc": (None, None, 90.9),
            "conll b3": (None, None, 76.9),
            "conll ceafe": (None, None, 66.7),
        },
    ),
    "ceafe_without_predicted_singletons": (
        [clusters("a0 b1 c2", "0 1 1", "0 1 1")],
        {"conll ceafe": RIGHT},
    ),
    "coreference_needs_the_mention_first": (
        [
            trap(
                "war and civil war",
                [("Attack war", {"cluster": "c"}), ("Attack war#1", {"cluster": "c"})],
                [("Attack war", {"cluster": "c"}), ("Attack civil war", {"cluster": "c"})],
            )
        ],
        {
            "kbp mention_type micro": (75, 75, 75),
            "conll muc": WRONG,
            "conll b3": (None, None, 25),
        },
    ),
    "truncated_or_rounded": (
        [clusters("a0 b1 c2", "0 0 0", "0 0 1")],
        {"conll b3": (100, 55.5556, 71.4286), "conll-truncated b3": (100, 55.55, 71.42)},
    ),
}
