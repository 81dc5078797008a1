"""One output, different numbers: traps with what the published scorers print for them.

Each has the name under which it was run through the scorers themselves (versions in each protocol's
`source`); the numbers are theirs: precision, recall, F1 in percent, None for NaN or a crash, and for
`conll` None where the trap gives F1 alone. Left out, because annotations cannot express them:
empty_entity (an entity always has a mention), threshold_fitted_on_the_test_gold (no confidences) and
greedy_or_optimal (its corpus is not published; a drawing of ours stands in its place).
"""

from __future__ import annotations

from tests.agreement.coreference_traps import COREFERENCE
from tests.agreement.drawing import RIGHT, WRONG, Cases, trap

SWAP = "Ana met in Rome and Bo met in Oslo"
SENTENCE = "Ana and Bo bombed Cy and Di shelled Ed and Flo and Gus burned while rain fell"
NINE = "w0 w1 w2 w3 w4 w5 w6 w7 w8 x"

CASES: Cases = {
    **COREFERENCE,
    "duplicates": (
        [trap("they bombed it", [("Attack bombed",)], [("Attack bombed",)] * 3)],
        {
            "textee TC": RIGHT,
            "kbp mention_type micro": (33.3, 100, 50),
            "nervaluate strict": (33.3, 100, 50),
            "seqeval strict micro": RIGHT,
        },
    ),
    "multi_label_trigger": (
        [trap("they bombed it", [("Attack bombed",), ("Die bombed",)], [("Attack bombed",)])],
        {
            "textee TI": RIGHT,
            "textee TC": (100, 50, 66.7),
            "kbp plain micro": (100, 50, 66.7),
            "seqeval strict micro": RIGHT,
        },
    ),
    "arguments_on_the_wrong_event": (
        [
            trap(
                SWAP,
                [("Meet met", "Who Ana"), ("Meet met#1", "Who Bo")],
                [("Meet met", "Who Bo"), ("Meet met#1", "Who Ana")],
            )
        ],
        {"textee AC": RIGHT, "textee AC+": WRONG, "ceaf-ree strict": RIGHT},
    ),
    "one_argument_of_two_events": (
        [
            trap(
                "Ana bombed and shelled",
                [("Attack bombed", "Who Ana"), ("Attack shelled", "Who Ana")],
                [("Attack bombed", "Who Ana"), ("Attack shelled",)],
            )
        ],
        {
            "textee AC": RIGHT,
            "textee AC+": (100, 50, 66.7),
            "ceaf-rme phi-3 mentions": (100, 50, 66.7),
        },
    ),
    "boundary_wider_than_gold": (
        [trap("the civil war", [("Attack war",)], [("Attack civil war",)])],
        {
            "textee TC": WRONG,
            "kbp mention_type micro": (50, 50, 50),
            "nervaluate strict": WRONG,
            "nervaluate exact": WRONG,
            "nervaluate partial": (50, 50, 50),
            "nervaluate ent_type": RIGHT,
            "omnievent triggers": WRONG,
        },
    ),
    "boundary_longer_prefix": (
        [trap("they held talks", [("Meet held",)], [("Meet held talks",)])],
        {"textee TC": WRONG, "omnievent triggers": RIGHT, "seqeval strict micro": WRONG},
    ),
    "prediction_outside_the_candidates": (
        [
            trap(
                "Ana bombed Bo last week",
                [("Attack bombed", "Who Ana", "Whom Bo")],
                [("Attack bombed", "Who Ana", "Whom Bo", "When last week")],
            )
        ],
        {"textee AC+": (66.7, 100, 80), "omnievent arguments gold": RIGHT},
    ),
    "which_triggers_count_for_arguments": (
        [
            trap(
                SENTENCE,
                [
                    ("Attack bombed", "Who Ana", "Who Bo"),
                    ("Attack shelled", "Who Cy", "Who Di"),
                    ("Attack burned", "Who Ed", "Who Flo", "Who Gus"),
                ],
                [
                    ("Attack bombed", "Who Ana", "Who Bo"),
                    ("Attack shelled", "Who Cy", "Who Di"),
                    ("Attack fell", "Who Ed", "Who Flo"),
                ],
            )
        ],
        {
            "omnievent arguments gold": (100, 57.1, 72.7),
            "omnievent arguments loose": RIGHT,
            "omnievent arguments default": (66.7, 100, 80),
            "omnievent arguments strict": (66.7, 57.1, 61.5),
            "textee AC+": (66.7, 57.1, 61.5),
            "wikievents Arg-C": (100, 57.1, 72.7),
        },
    ),
    "sentence_or_document_window": (
        [
            trap(
                "Ana bombed it. Bo helped.",
                [("Attack bombed", "Who Ana", "Who Bo")],
                [("Attack bombed", "Who Ana")],
            )
        ],
        {"textee AC+": (100, 50, 66.7), "wikievents Arg-C": (100, 50, 66.7)},
    ),
    "empty_documents": (
        [
            *[trap("nothing", [], []) for _ in range(9)],
            trap("a b", [("Attack a",)], [("Attack b",)]),
        ],
        {"textee TC": WRONG},
    ),
    "false_alarms_in_empty_documents": (
        [
            trap("they bombed", [("Attack bombed",)], [("Attack bombed",)]),
            trap("a b c", [], [("Attack a",), ("Attack b",), ("Attack c",)]),
        ],
        {"textee TC": (25, 100, 40), "kbp mention_type micro": RIGHT},
    ),
    "macro_or_micro": (
        [
            trap("they bombed", [("Attack bombed",)], [("Attack bombed",)]),
            trap(NINE, [(f"Attack w{n}",) for n in range(9)], [("Attack x",)]),
        ],
        {
            "textee TC": (50, 10, 16.7),
            "kbp mention_type micro": (50, 10, 16.7),
            "kbp mention_type macro": (50, 50, 50),
        },
    ),
    "events_without_arguments": (
        [trap("they bombed", [("Attack bombed",)], [("Attack bombed",)])],
        {"textee AC": WRONG},
    ),
    "articles: the suspect": (
        [
            trap(
                "the suspect fled",
                [("Flee fled", "Who the suspect")],
                [("Flee fled", "Who the suspect")],
            )
        ],
        {"textee AC": RIGHT, "wikievents Arg-C": WRONG},
    ),
    "articles: suspect": (
        [
            trap(
                "the suspect fled",
                [("Flee fled", "Who the suspect")],
                [("Flee fled", "Who suspect")],
            )
        ],
        {"textee AC": WRONG, "wikievents Arg-C": RIGHT, "ceaf-ree strict": RIGHT},
    ),
    "invented_strings": (
        [trap("Ana fled", [("Flee fled", "Who Ana")], [("Flee fled", "Who ?Ana", "Who ?Zoe")])],
        {"wikievents Arg-C": RIGHT, "ceaf-ree strict": (50, 100, 66.7)},
    ),
    "nearest_occurrence: offsets": (
        [
            trap(
                "police said that police fled",
                [("Flee fled", "Who police#1")],
                [("Flee fled", "Who police")],
            )
        ],
        {"textee AC": WRONG, "ceaf-ree strict": RIGHT},
    ),
    "nearest_occurrence: words": (
        [
            trap(
                "police said that police fled",
                [("Flee fled", "Who police#1")],
                [("Flee fled", "Who ?police")],
            )
        ],
        {"wikievents Arg-C": RIGHT, "ceaf-ree strict": RIGHT},
    ),
    "coreferent_argument": (
        [
            trap(
                "Obama said he fled",
                [("Flee fled", "Who Obama")],
                [("Flee fled", "Who he")],
                o=["Obama", "he"],
            )
        ],
        {"textee AC": WRONG, "wikievents Arg-C": WRONG, "wikievents Arg-C coref": RIGHT},
    ),
    "coreferent_twice": (
        [
            trap(
                "Obama our leader said he fled",
                [("Flee fled", "Who Obama")],
                [("Flee fled", "Who he", "Who leader")],
                o=["Obama", "he", "leader"],
            )
        ],
        {"textee AC": WRONG, "wikievents Arg-C coref": (100, 200, 133.3)},
    ),
    "one_span_two_roles": (
        [
            trap(
                "Smith fled",
                [("Flee fled", "Person Smith")],
                [("Flee fled", "Person Smith", "Agent Smith")],
            )
        ],
        {"textee AI": RIGHT, "wikievents Arg-I": (100, 200, 133.3)},
    ),
    "argument_boundary": (
        [
            trap(
                "Ana bombed the old bridge",
                [("Attack bombed", "Who Ana", "What bridge")],
                [("Attack bombed", "Who Ana", "What old bridge")],
            )
        ],
        {
            "textee AC+": (50, 50, 50),
            "omnievent arguments gold": (100, 50, 66.7),
            "wikievents Arg-C": (50, 50, 50),
            "wikievents Arg-C head": RIGHT,
            "ceaf-ree strict": (50, 50, 50),
        },
    ),
    "wrong_event_type": (
        [trap("Ana bombed", [("Attack bombed", "Who Ana")], [("Meet bombed", "Who Ana")])],
        {
            "textee TI": RIGHT,
            "textee AI": WRONG,
            "omnievent arguments gold": RIGHT,
            "omnievent arguments default": WRONG,
            "ceaf-ree strict": RIGHT,
        },
    ),
    "trigger_at_the_end": (
        [trap("Ana bombed", [("Attack bombed",)], [("Attack bombed",)])],
        {"textee TC": RIGHT},
    ),
    "nugget_leaks_into_the_next_document": (
        [
            trap("Ana bombed", [("Attack bombed",)], []),
            trap("bombed it was", [], [("Attack bombed",)]),
        ],
        {"textee TC": WRONG},
    ),
    "one_entity_split_in_three": (
        [
            trap(
                "Ana Bo Cy died",
                [("Die died", "Victim=x Ana", "Victim=x Bo", "Victim=x Cy")],
                [("Die died", "Victim Ana", "Victim Bo", "Victim Cy")],
            )
        ],
        {
            "ceaf-ree strict": (33.3, 100, 50),
            "ceaf-ree prop": (33.3, 100, 50),
            "ceaf-rme phi-3 mentions": (33.3, 33.3, 33.3),
            "ceaf-rme phi-subset": RIGHT,
            "textee AC": RIGHT,
        },
    ),
    "two_entities_merged": (
        [
            trap(
                "Ana Bo Cy died",
                [("Die died", "Victim=x Ana", "Victim=x Bo", "Victim=y Cy")],
                [("Die died", "Victim=z Ana", "Victim=z Bo", "Victim=z Cy")],
            )
        ],
        {
            "ceaf-ree strict": WRONG,
            "ceaf-ree prop": (66.7, 33.3, 44.4),
            "ceaf-rme phi-3 mentions": (66.7, 66.7, 66.7),
            "ceaf-rme phi-subset": (100, 50, 66.7),
        },
    ),
    "event_type_by_substring: bombing": (
        [
            trap(
                "Ana bombed",
                [("attack_or_bombing bombed", "Who Ana")],
                [("bombing bombed", "Who Ana")],
            )
        ],
        {"ceaf-rme phi-3 mentions": (100, 50, 66.7), "ceaf-rme phi-subset": RIGHT},
    ),
    "event_type_by_substring: a": (
        [trap("Ana bombed", [("attack_or_bombing bombed", "Who Ana")], [("a bombed", "Who Ana")])],
        {"ceaf-rme phi-3 mentions": WRONG, "ceaf-rme phi-subset": WRONG},
    ),
    "nervaluate_versions": (
        [trap("the civil war", [("Attack war",)], [("Attack civil war",)])] * 2,
        {"nervaluate partial": (50, 50, 50)},
    ),
    "nervaluate_order": (
        [
            trap(
                "civil war crimes",
                [("Attack civil war",), ("Attack war crimes",)],
                [("Attack war crimes",)],
            )
        ],
        {"nervaluate strict": (100, 50, 66.7)},
    ),
    "same_word_elsewhere": (
        [trap("breach after breach", [("Attack breach",)], [("Attack breach#1",)])],
        {"textee TC": WRONG},
    ),
    "spelling_of_types": (
        [trap("they bombed", [("Conflict:Attack bombed",)], [("conflict_attack bombed",)])],
        {"kbp mention_type micro": RIGHT, "textee TC": WRONG},
    ),
    "realis: generic": (
        [
            trap(
                "they bombed",
                [("Attack bombed", {"realis": "generic"})],
                [("Attack bombed", {"realis": "actual"})],
            )
        ],
        {"kbp realis_status micro": (0, 0, None), "textee TC": RIGHT},
    ),
    "realis: not annotated": (
        [trap("they bombed", [("Attack bombed",)], [("Attack bombed", {"realis": "actual"})])],
        {"kbp realis_status micro": RIGHT, "textee TC": RIGHT},
    ),
    "gold_label_helps_the_system": (
        [
            trap(
                "they bombed",
                [("Attack bombed",)],
                [("Attack bombed",), ("Die bombed",), ("Meet bombed",)],
            )
        ],
        {"textee TC": (33.3, 100, 50)},
    ),
    "nothing_predicted": (
        [trap("Ana bombed it", [("Attack bombed", "Who Ana")], [])],
        {
            "textee TC": WRONG,
            "kbp plain micro": (None, 0, None),
            "omnievent triggers": WRONG,
            "omnievent arguments gold": (None, None, None),
            "omnievent arguments default": (None, None, None),
            "omnievent arguments strict": (None, None, None),
        },
    ),
}
