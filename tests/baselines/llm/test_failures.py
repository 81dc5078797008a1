"""What is tried again, and what is said of what is not."""

from __future__ import annotations

import socket
import time
from threading import Thread

import pytest

from baselines.llm.wire import EndpointError
from bench.errors import DatelineError
from tests.baselines.llm.server import (
    BOTH,
    GOOD,
    Answer,
    found,
    refusal,
)
from tests.conftest import TEXT, document

DATED = {"date": "Wed, 19 Mar 2025 08:00:00 GMT", "retry_after": "Wed, 19 Mar 2025 08:00:42 GMT"}


@pytest.mark.parametrize(
    ("failure", "slept"),
    [
        (refusal(429, "slow down", retry_after="7"), 7),
        (refusal(503, "soon", retry_after="0"), 0),
        (refusal(429, "slow down", **DATED), 42),
    ],
)
def test_retry_after_is_obeyed(serve, session, failure, slept):
    one = session(serve(failure, GOOD))
    assert found(one.annotate(document())) == BOTH
    assert one.naps == [slept]
    assert one.usage.counts["retries"] == 1


@pytest.mark.parametrize(
    "failure",
    [
        refusal(500, "oops"),
        refusal(502, "bad gateway"),
        refusal(429, "slow down", retry_after="soon"),
        Answer(529, "overloaded", {"Content-Type": "text/plain"}),
        Answer(200, "{"),
        Answer(200, '{"error": {"message": "upstream"}}'),
        Answer(200, '{"choices": []}'),
        Answer(drop=True),
    ],
    ids=lambda failure: f"{failure.status} {failure.body[:20]}",
)
def test_what_may_pass_is_tried_again(serve, session, failure):
    one = session(serve(failure, failure, GOOD))
    assert found(one.annotate(document())) == BOTH
    assert len(one.naps) == 2
    assert all(0 <= nap <= 60 for nap in one.naps)


def test_tries_are_counted_and_then_given_up(serve, session):
    stub = serve(refusal(503, "down"))
    one = session(stub, tries="3")
    with pytest.raises(EndpointError, match="HTTP 503: down"):
        one.annotate(document())
    assert (len(stub.bodies), len(one.naps)) == (3, 2)


def test_a_wait_of_hours_is_not_waited_for(serve, session):
    one = session(serve(refusal(429, "quota", retry_after="86400")))
    with pytest.raises(EndpointError, match="asks to wait 86,400 s"):
        one.annotate(document())
    assert one.naps == []


def test_an_endpoint_that_hangs_is_given_up(serve, session):
    stub = serve(Answer(delay=1.0, drop=True))
    one = session(stub, timeout="0.2", tries="2")
    with pytest.raises(EndpointError, match=r"no answer within 0\.2 s"):
        one.annotate(document())
    assert len(one.naps) == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (refusal(401, "wrong key"), r"HTTP 401: wrong key; is DATELINE_LLM_KEY set\?"),
        (refusal(404, "no model tiny"), "HTTP 404: no model tiny; is the model's name right"),
        (Answer(404, "<html>gone</html>"), "HTTP 404: <html>gone</html>"),
        (Answer(308, "", {"Location": "https://else.where/v1"}), "redirects to https://else.where"),
    ],
)
def test_what_will_not_pass_is_said_at_once_and_not_asked_again(serve, session, answer, message):
    stub = serve(answer, GOOD)
    one = session(stub)
    for text in (TEXT, "Another article."):
        with pytest.raises(DatelineError, match=message):
            one.annotate(document(text))
    assert len(stub.bodies) == 1


def test_a_page_instead_of_json_is_named(serve, session):
    stub = serve(Answer(200, "<html>", {"Content-Type": "text/html"}))
    with pytest.raises(EndpointError, match="answered text/html, wanted application/json"):
        session(stub).annotate(document())


def test_nobody_there_is_said_at_once(session):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    one = session(f"http://127.0.0.1:{port}/v1")
    with pytest.raises(EndpointError, match="nobody answers"):
        one.annotate(document())
    assert one.naps == []


def test_a_slow_drip_of_bytes_is_given_up_too(session):
    """A server that sends a byte now and then never lets a read time out."""
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.recv(65536)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
            for _ in range(40):
                try:
                    peer.sendall(b" ")
                except OSError:
                    return
                time.sleep(0.05)

    thread = Thread(target=drip, daemon=True)
    thread.start()
    with listener, pytest.raises(EndpointError, match=r"no answer within 0\.3 s"):
        session(
            f"http://127.0.0.1:{listener.getsockname()[1]}/v1", timeout="0.3", tries="1"
        ).annotate(document())
    thread.join()
