"""Every protocol equals an oracle written apart from it, on 200 seeded corpora, and the peer itself
where that installs from the package index."""

from __future__ import annotations

import pytest

from bench.protocols import PROTOCOLS, Reading
from tests.agreement.corpora import corpora
from tests.agreement.oracles import (
    conll,
    entities,
    kbp,
    nervaluate,
    omnievent,
    tagged,
    textee,
    wikievents,
)

CORPORA = list(corpora())
ORACLES = {
    "textee": textee.score,
    "kbp": kbp.score,
    "nervaluate": nervaluate.score,
    "seqeval": tagged.score,
    "ceaf-ree": entities.ree,
    "ceaf-rme": entities.rme,
    "wikievents": wikievents.score,
    "conll": conll.score,
    "omnievent": omnievent.score,
}


def shares(reading: Reading) -> tuple[float | None, float | None, float | None]:
    return reading.precision, reading.recall, reading.f1


def equal(one, other) -> bool:
    """The same numbers, and none where there is none; or among the numbers that ties allow."""
    if isinstance(other, list):
        return any(equal(one, allowed) for allowed in other)
    return all(
        a is b is None or (a is not None and b is not None and a == pytest.approx(b, abs=1e-9))
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("name", ORACLES)
def test_a_protocol_equals_its_oracle(name):
    for n, corpus in enumerate(CORPORA):
        found, wanted = PROTOCOLS[name].score(corpus), ORACLES[name](corpus)
        assert found.keys() == wanted.keys()
        for score in wanted:
            assert equal(shares(found[score]), wanted[score]), (n, score)


@pytest.mark.parametrize("name", ORACLES)
def test_the_corpora_tell_right_from_wrong(name):
    """Every reading takes many values, so that agreement means something."""
    found = [PROTOCOLS[name].score(corpus) for corpus in CORPORA]
    for score in found[0]:
        assert len({one[score].f1 for one in found}) > 10, score


def test_kbp_by_type_equals_its_oracle():
    for corpus in CORPORA:
        found = {kbp.plain(k): shares(r) for k, r in PROTOCOLS["kbp"].by_type(corpus).items()}
        wanted = kbp.by_type(corpus)
        assert found.keys() == wanted.keys()
        assert all(equal(found[kind], wanted[kind]) for kind in wanted)


def test_every_protocol_has_an_oracle_and_says_what_it_is():
    for name, protocol in PROTOCOLS.items():
        assert name.removesuffix("-truncated") in ORACLES
        assert protocol.name == name
        assert protocol.defects
        assert protocol.adapted
        assert protocol.headline in protocol.score(CORPORA[0])
        assert protocol.summary in protocol.help


def test_conll_truncated_is_conll_cut_after_two_decimals():
    """Cut by writing the percentage out and dropping the digits; 1e-9 forgives the division."""

    def cut(value):
        whole, decimals = f"{100 * value + 1e-9:.9f}".split(".")
        return float(f"{whole}.{decimals[:2]}") / 100

    for corpus in CORPORA:
        exact, found = (PROTOCOLS[name].score(corpus) for name in ("conll", "conll-truncated"))
        for score in ("muc", "b3", "ceafm", "ceafe", "blanc"):
            assert equal(shares(found[score]), tuple(map(cut, shares(exact[score])))), score
        parts = [found[score].f1 for score in ("muc", "b3", "ceafe")]
        assert found["conll"].f1 == pytest.approx(sum(parts) / 3)


def test_conll_equals_metametric_document_by_document():
    """metametric averages over documents, so each stands alone; it fails where all are alone."""
    pytest.importorskip("metametric")
    from metametric.metrics.coref import coref_suite
    from metametric.structures.ie import Entity, EntitySet, Mention

    from bench.protocols.conll import chains

    compared = 0
    for document in (d for corpus in CORPORA for d in corpus):
        sides = [chains(document.predicted, "p"), chains(document.gold, "g")]
        if not all(any(len(chain) > 1 for chain in side) for side in sides):
            continue
        numbers = {
            m: n for n, m in enumerate(dict.fromkeys(m for s in sides for c in s for m in c))
        }
        metrics = coref_suite.new()
        metrics.update_single(*(
            EntitySet([Entity([Mention(numbers[m], numbers[m]) for m in chain]) for chain in side])
            for side in sides
        ))  # fmt: skip
        theirs, ours = metrics.compute(), PROTOCOLS["conll"].score((document,))
        for name, peer in (("muc", "muc"), ("b3", "b_cubed"), ("ceafe", "ceaf_phi4")):
            wanted = tuple(theirs[f"{peer}-{reading}"] for reading in ("precision", "recall", "f1"))
            assert equal(shares(ours[name]), wanted), name
        compared += 1
    assert compared > 50


def test_nervaluate_equals_the_package():
    peer = pytest.importorskip("nervaluate")
    for corpus in CORPORA:
        kinds = sorted({e.type for d in corpus for e in (*d.gold.events, *d.predicted.events)})
        # The package cannot hold a trigger without offsets, so it does not get any.
        sides = [[_spans(d.gold), _spans(d.predicted)] for d in corpus]
        grounded = tuple(_grounded(document) for document in corpus)
        theirs = peer.Evaluator(
            [gold for gold, _ in sides], [guess for _, guess in sides], tags=kinds, loader="dict"
        ).evaluate()["overall"]
        for scheme, reading in PROTOCOLS["nervaluate"].score(grounded).items():
            one = theirs[scheme]
            assert equal(shares(reading), (one.precision, one.recall, one.f1)), scheme
            assert reading.counts.predicted == one.actual
            assert reading.counts.gold == one.possible


def _spans(annotation):
    triggers = [(e.trigger, e.type) for e in annotation.events if e.trigger and e.trigger.span]
    return [{"label": label, "start": t.start, "end": t.end - 1} for t, label in triggers]


def _grounded(document):
    from dataclasses import replace

    def keep(annotation):
        events = tuple(e for e in annotation.events if e.trigger and e.trigger.span)
        return annotation.model_copy(update={"events": events})

    return replace(document, gold=keep(document.gold), predicted=keep(document.predicted))
