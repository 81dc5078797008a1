"""What fuzzing is given and how it is changed; the fuzzing itself is `make fuzz-readers`."""

from __future__ import annotations

import json

import pytest

from bench.formats import FORMATS
from tests.formats.hostile import SEEDS
from tests.fuzz.corpus import write
from tests.fuzz.mutate import mutated
from tests.fuzz.packing import pack, unpack
from tests.fuzz.target import Tally


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_seed_is_read_after_packing(name, tmp_path):
    reading = FORMATS[name].read(unpack(name, pack(name, SEEDS[name]), tmp_path))
    assert not reading.problems
    assert any(annotation.events for annotation in reading.annotations.values())


def test_nothing_is_unpacked_outside_the_folder(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    unpack("brat", b"\n=== ../up.ann\nT1\n=== /tmp.ann\n\n=== d0.sh\n\n=== d0.ann\nT1", inside)
    assert [path.name for path in tmp_path.rglob("*")] == ["inside", "d0.ann"]


@pytest.mark.parametrize("name", ["rams", "labelstudio"])
def test_changed_json_is_json_and_most_changes_change(name):
    content = SEEDS[name][""]
    found = [mutated(content, seed) for seed in range(200)]
    for one in found:
        assert one is not None
        assert all(json.dumps(json.loads(line)) for line in one.splitlines())
    assert len(set(found)) > 100
    assert mutated(b"T1\tMeet", 1) is None


def test_findings_are_kept_once_a_place_with_their_input(tmp_path):
    tally = Tally(tmp_path)
    for data in (b"a", b"b"):
        with tally.kept(data, KeyError):
            int("x")
    with tally.kept(b"c", KeyError):
        raise KeyError
    assert list(Tally(tmp_path).findings) == ["ValueError in the harness"]
    assert {path.read_bytes() for path in tmp_path.glob("finding-*") if not path.suffix} == {b"a"}


def test_seeds_are_written_with_their_words(tmp_path):
    write(tmp_path / "brat", [b"T1 Meet", b"T1 Meet"])
    assert len(list((tmp_path / "brat").iterdir())) == 1
    assert '"\\x4d\\x65\\x65\\x74"\n' in (tmp_path / "brat.dict").read_text(encoding="ascii")
