"""Shapes of request and calls at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from baselines.llm.wire import EndpointError
from tests.baselines.llm.server import (
    BOTH,
    GOOD,
    LLAMA,
    Answer,
    found,
    refusal,
)
from tests.conftest import TEXT, document


@pytest.mark.parametrize(
    ("refused", "naps"),
    [
        (refusal(400, "response_format.type json_schema is not supported"), 0),
        (refusal(422, "unknown field"), 0),
        (LLAMA, 0),
    ],
)
def test_a_shape_that_is_refused_is_followed_by_the_next_which_is_remembered(
    serve, session, refused, naps
):
    stub = serve(refused, GOOD)
    one = session(stub)
    assert found(one.annotate(document())) == BOTH
    one.annotate(document("Another article."))
    assert stub.shapes == ["json_schema", "json_object", "json_object"]
    assert stub.bodies[1]["response_format"]["schema"] == one.schema
    assert len(one.naps) == naps


def test_plain_text_is_the_last_resort(serve, session):
    stub = serve(refusal(400, "no"), refusal(400, "no"), GOOD)
    assert found(session(stub).annotate(document())) == BOTH
    assert stub.shapes == ["json_schema", "json_object", "none"]


def test_a_bare_500_is_tried_again_before_the_next_shape(serve, session):
    stub = serve(refusal(500, "oops"), refusal(500, "oops"), GOOD)
    one = session(stub, tries="2")
    assert found(one.annotate(document())) == BOTH
    assert stub.shapes == ["json_schema", "json_schema", "json_object"]


def test_a_question_that_every_shape_is_refused_for_settles_nothing(serve, session):
    long = refusal(400, "maximum context length is 2048 tokens")
    stub = serve(long, long, long, GOOD)
    one = session(stub)
    with pytest.raises(EndpointError, match="HTTP 400: maximum context length"):
        one.annotate(document())
    assert found(one.annotate(document())) == BOTH
    assert stub.shapes[-1] == "json_schema"


def test_a_named_shape_is_the_only_one_asked_for(serve, session):
    stub = serve(refusal(400, "no"))
    with pytest.raises(EndpointError, match="HTTP 400: no"):
        session(stub, shape="json_object").annotate(document())
    assert stub.shapes == ["json_object"]


def test_a_parameter_that_a_model_does_not_take_is_left_out_or_renamed(serve, session):
    stub = serve(
        refusal(400, "use max_completion_tokens instead", param="max_tokens"),
        refusal(400, "only the default is supported", param="temperature"),
        GOOD,
    )
    one = session(stub, max_tokens="99")
    assert found(one.annotate(document())) == BOTH
    last = stub.bodies[-1]
    assert last["max_completion_tokens"] == 99
    assert {"max_tokens", "temperature"}.isdisjoint(last)
    assert stub.shapes == ["json_schema"] * 3


def test_no_more_calls_at_once_than_were_allowed(serve, session):
    stub = serve(GOOD, *[Answer(200, GOOD.body, delay=0.1)])
    one = session(stub, jobs="2")
    one.annotate(document())  # settles the shape
    articles = [document(f"{TEXT} {n}.", f"story/{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        several = list(pool.map(one.annotate, articles))
    assert stub.most_at_once == 2
    assert [found(annotation) for annotation in several] == [BOTH] * 8
    assert one.usage.counts["calls"] == 9


def test_threads_that_start_together_negotiate_once(serve, session):
    stub = serve(LLAMA, Answer(200, GOOD.body, delay=0.05))
    one = session(stub, jobs="4")
    articles = [document(f"{TEXT} {n}.", f"story/{n}") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one.annotate, articles))
    assert stub.shapes == ["json_schema", *["json_object"] * 4]
