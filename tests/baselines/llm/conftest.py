"""Stubs of an endpoint and sessions that ask them."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from baselines.llm import options
from baselines.llm.session import Session
from baselines.llm.shots import SPLIT
from bench import gold
from tests.baselines.llm.server import in_turn, serving

ASKED = ("DATELINE_LLM_URL", "DATELINE_LLM_MODEL", "DATELINE_LLM_KEY", "OPENAI_API_KEY")


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """No setting, proxy or cache of this user's, and no certificates."""
    for name in (*ASKED, "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    # Nothing here speaks TLS, and reading certificates takes longer than a test.
    monkeypatch.setattr("ssl.SSLContext.load_verify_locations", lambda *_, **__: None)


@pytest.fixture
def one_story(monkeypatch):
    """As elsewhere the gold as if it held the ceasefire call alone, but for what examples are of."""
    documents = [d for d in gold.manifest() if d.story == "ceasefire-call" or d.split == SPLIT]
    monkeypatch.setattr(gold, "manifest", lambda: documents)


@pytest.fixture
def serve():
    """Start stubs that stop with the test."""
    with ExitStack() as stack:
        yield lambda *answers: stack.enter_context(serving(in_turn(*answers)))


@pytest.fixture
def session():
    """Make sessions that note what they would have slept, and are closed with the test."""
    made = []

    def make(stub, **given: str) -> Session:
        url = stub if isinstance(stub, str) else stub.url
        naps: list[float] = []
        said = {"url": url, "model": "tiny", "guidelines": "none", **given}
        made.append(Session(options.read(said), sleep=naps.append))
        made[-1].naps = naps
        return made[-1]

    yield make
    for one in made:
        one.close()
