"""The submissions that come with the package are what they say."""

from __future__ import annotations

import pytest

from bench import extractors
from bench import gold as published
from leaderboard.submissions import home
from leaderboard.verifying import verify

SLUGS = sorted(path.name for path in home().iterdir())


def test_every_shipped_baseline_but_the_llm_has_handed_in_its_run():
    assert set(SLUGS) == set(extractors.discover()) - {"llm"}


@pytest.fixture(scope="module")
def proved():
    """All of them, scored again."""
    return {one.slug: one for one in verify(home())}


def test_they_are_proved_by_scoring_them_again(proved):
    assert list(proved) == SLUGS
    for one in proved.values():
        assert set(one.reports) >= {"dev", "test"}
        assert {r.signature.gold for r in one.reports.values()} == {published.release()}


def test_runs_that_take_no_time_are_made_anew_the_same(proved):
    everything = published.load()
    for name in ("null", "lexicon"):
        extractor = extractors.load(name)
        some = [d for d in everything.documents if d.split == "dev"][:3]
        for found in extractors.extract(extractor, some):
            given = proved[name].predicted[found.doc_id]
            assert [(e.type, e.trigger.span) for e in given.events] == [
                (e.type, e.trigger.span) for e in found.events
            ]
