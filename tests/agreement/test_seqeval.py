"""Trigger scores equal seqeval's strict mode wherever IOB2 tags can hold the output.

seqeval 1.2.2, `mode="strict", scheme=IOB2`, run by this test on 200 seeded documents. Tags cannot
hold two types on one word, overlap, or a repeated answer, so the documents have none of these.
"""

from __future__ import annotations

import random
import warnings

import pytest

from bench.counts import Counts, add_tables, total
from bench.metrics import measure, pair
from bench.registers import ActorRegister
from bench.schema import Annotation, Event, Mark

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

TYPES = ("ACCUSE", "AGREE", "ASSAULT")
Chunk = tuple[int, int, str]


def chunks(rng: random.Random, words: int) -> list[Chunk]:
    """Chunks of one to three words that do not overlap; some lie side by side."""
    found, at = [], 0
    while at < words:
        length = min(rng.randint(1, 3), words - at)
        if rng.random() < 0.4:
            found.append((at, at + length, rng.choice(TYPES)))
        at += length
    return found


def disturbed(rng: random.Random, gold: list[Chunk], words: int) -> list[Chunk]:
    """The chunks with some dropped, retyped, shortened, and strangers between them."""
    kept: list[Chunk] = []
    for start, end, kind in gold:
        roll = rng.random()
        if roll < 0.2:
            continue
        kind = rng.choice(TYPES) if roll < 0.4 else kind
        end = max(start + 1, end - 1) if roll > 0.8 else end
        kept.append((start, end, kind))
    taken = {n for start, end, _ in kept for n in range(start, end)}
    free = [n for n in range(words) if n not in taken and rng.random() < 0.1]
    return sorted([*kept, *((n, n + 1, rng.choice(TYPES)) for n in free)])


def tags(found: list[Chunk], words: int) -> list[str]:
    row = ["O"] * words
    for start, end, kind in found:
        row[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return row


def annotation(found: list[Chunk]) -> Annotation:
    """Words of four characters with a space after each, so that offsets are easy."""
    events = tuple(
        Event(type=kind, trigger=Mark(start=5 * start, end=5 * end - 1))
        for start, end, kind in found
    )
    return Annotation(doc_id="d", events=events)


def test_trigger_scores_equal_seqeval_strict_overall_and_by_type():
    rng = random.Random(20250318)
    gold_tags, predicted_tags, tables = [], [], []
    for _ in range(200):
        words = rng.randint(1, 40)
        gold = chunks(rng, words)
        predicted = disturbed(rng, gold, words)
        gold_tags.append(tags(gold, words))
        predicted_tags.append(tags(predicted, words))
        sides = pair(
            gold=annotation(gold),
            predicted=annotation(predicted),
            text=None,
            register=ActorRegister.empty(),
        )
        tables.append(measure("trigger").count(sides))
    theirs = classification_report(
        gold_tags, predicted_tags, mode="strict", scheme=IOB2, output_dict=True
    )
    ours = add_tables(tables)
    assert total(ours.values()).gold > 800
    check(theirs["micro avg"], total(ours.values()))
    for kind in TYPES:
        check(theirs[kind], ours[kind])


def check(theirs: dict[str, float], ours: Counts) -> None:
    found = (ours.precision, ours.recall, ours.f1, ours.gold)
    wanted = tuple(float(theirs[k]) for k in ("precision", "recall", "f1-score", "support"))
    assert found == pytest.approx(wanted, abs=1e-12)
