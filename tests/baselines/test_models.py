"""A trained model is built once, appears whole, and is found again."""

from __future__ import annotations

import pytest

from baselines import models


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))


def write(text: str):
    return lambda folder: (folder / "weights").write_text(text)


def test_a_model_is_built_once_and_found_again():
    first = models.cached("crf", "k", write("one"))
    again = models.cached("crf", "k", write("two"))
    assert first == again
    assert (again / "weights").read_text() == "one"


def test_afresh_builds_again():
    models.cached("crf", "k", write("one"))
    assert (models.cached("crf", "k", write("two"), afresh=True) / "weights").read_text() == "two"


def test_an_interrupted_build_leaves_nothing(tmp_path):
    def broken(folder):
        write("half")(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        models.cached("crf", "k", broken)
    assert list((tmp_path / "models").iterdir()) == []
    assert (models.cached("crf", "k", write("whole")) / "weights").read_text() == "whole"


def test_of_two_builders_at_once_the_first_stays():
    def second(folder):
        models.cached("crf", "k", write("first"))
        write("second")(folder)

    assert (models.cached("crf", "k", second) / "weights").read_text() == "first"


def test_keys_differ_with_any_part():
    keys = {models.key_of(parts) for parts in (["a", "b"], ["ab"], ["b", "a"], ["a", "b", ""])}
    assert len(keys) == 4
