"""Coreference over stories equals an oracle written apart from it, on 200 seeded random stories."""

from __future__ import annotations

import random

import pytest

from bench.metrics import METRICS, measure, pair
from bench.metrics.merge import merge
from bench.protocols import Paired
from bench.registers import ActorRegister
from bench.schema import Annotation
from tests.agreement.corpora import SEED, corpora
from tests.agreement.oracles import story as oracle
from tests.agreement.oracles.shared import offsets

NAMES = [name for name, metric in METRICS.items() if metric.over == "story"]


def told(rng: random.Random, said: Annotation, ids: dict[str, str]) -> Annotation:
    """The annotation with happenings of some events, mostly by type; each place said once."""
    events, places = [], set()
    for event in said.events:
        place = (event.type, offsets(event.trigger))
        if place[1] is not None and place in places:
            continue
        places.add(place)
        names = (ids[event.type], ids[event.type], rng.choice(list(ids.values())), None, None)
        events.append(event.model_copy(update={"happening": rng.choice(names)}))
    return said.model_copy(update={"events": tuple(events)})


def stories() -> list[list[Paired]]:
    rng = random.Random(SEED)
    found = []
    for corpus in corpora():
        types = {event.type for d in corpus for event in (*d.gold.events, *d.predicted.events)}
        ids = {kind: rng.choice(("h1", "h2", "h3")) for kind in sorted(types)}
        own = {kind: name.replace("h", "said ") for kind, name in ids.items()}
        found.append(
            [
                Paired(d.doc_id, d.text, told(rng, d.gold, ids), told(rng, d.predicted, own))
                for d in corpus
            ]
        )
    return found


STORIES = stories()


@pytest.mark.parametrize("name", NAMES)
def test_a_score_over_a_story_equals_its_oracle(name):
    seen = set()
    for n, documents in enumerate(STORIES):
        pairs = {
            d.doc_id: pair(
                gold=d.gold, predicted=d.predicted, text=d.text, register=ActorRegister.empty()
            )
            for d in documents
        }
        table = measure(name).count(merge("s", pairs))
        wanted = oracle.counts([d.gold for d in documents], [d.predicted for d in documents])
        rows = wanted[name.removeprefix("coref-story-")]
        assert table.keys() == rows.keys()
        for row, c in table.items():
            found = (c.matched_predicted, c.predicted, c.matched_gold, c.gold)
            assert found == pytest.approx(rows[row]), (n, row)
            seen.add(found)
    assert len(seen) > 40


def test_many_stories_join_articles_on_both_sides():
    def joins(annotations: list[Annotation]) -> bool:
        return any(len({d for d, _ in chain}) > 1 for chain in oracle.chains(annotations, "x"))

    both = [s for s in STORIES if joins([d.gold for d in s]) and joins([d.predicted for d in s])]
    assert len(both) > 30
