"""A site is built into a folder, keeps the boards of earlier releases, and is served locally."""

from __future__ import annotations

import json
import threading
import urllib.request

import pytest

from bench.errors import DatelineError, InvalidFile
from leaderboard import building


@pytest.fixture
def home(submitted):
    return submitted.parent


def test_the_site_is_built_twice_the_same(home, tmp_path):
    out = tmp_path / "site"
    written = building.build(out, home)
    first = {name: (out / name).read_bytes() for name in written}
    assert {"index.html", "systems/half-of-it.html", "board.json", "feed.xml"} <= set(first)
    assert building.build(out, home) == written
    assert {name: (out / name).read_bytes() for name in written} == first


def test_pages_of_systems_that_went_are_not_left_behind(home, tmp_path):
    out = tmp_path / "site"
    building.build(out, home)
    (out / "systems" / "gone.html").write_text("x", encoding="utf-8")
    building.build(out, home)
    assert not (out / "systems" / "gone.html").exists()


def test_the_board_of_an_earlier_release_stays_reachable(home, tmp_path):
    out = tmp_path / "site"
    building.build(out, home)
    raw = json.loads((out / "board.json").read_text(encoding="utf-8"))
    raw["release"] = "0.9.0:abc"
    (out / "board.json").write_text(json.dumps(raw), encoding="utf-8")
    building.build(out, home)
    assert (out / "releases" / "0.9.0-abc" / "index.html").is_file()
    assert 'href="releases/0.9.0-abc/index.html"' in (out / "releases.html").read_text("utf-8")
    building.build(out, home)
    assert (out / "releases" / "0.9.0-abc" / "board.json").is_file()


def test_a_release_named_to_lead_outside_leads_nowhere(home, tmp_path):
    out = tmp_path / "site"
    building.build(out, home)
    raw = json.loads((out / "board.json").read_text(encoding="utf-8"))
    (out / "board.json").write_text(json.dumps({**raw, "release": "../../x"}), encoding="utf-8")
    with pytest.raises(DatelineError, match="wanted an empty one or a site"):
        building.build(out, home)


def test_a_folder_with_other_things_is_left_alone(home, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("x", encoding="utf-8")
    with pytest.raises(DatelineError, match="wanted an empty one or a site"):
        building.build(tmp_path / "mine", home)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.tex"]


def test_nothing_is_written_where_a_submission_is_not_what_it_says(home, submitted, tmp_path):
    (submitted / "report-dev.json").unlink()
    with pytest.raises(InvalidFile):
        building.build(tmp_path / "site", home)
    assert not (tmp_path / "site").exists()


def test_no_submissions_make_a_site_that_says_so(one_story, tmp_path):
    (tmp_path / "none").mkdir()
    building.build(tmp_path / "site", tmp_path / "none")
    assert "No systems yet" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_it_is_served_on_loopback(home, tmp_path):
    building.build(tmp_path / "site", home)
    addresses, said = [], threading.Event()

    def say(address: str) -> None:
        addresses.append(address)
        said.set()

    threading.Thread(target=building.serve, args=(tmp_path / "site", 0, say), daemon=True).start()
    assert said.wait(30)
    assert addresses[0].startswith("http://127.0.0.1:")
    with urllib.request.urlopen(addresses[0], timeout=30) as answer:
        assert b"half-of-it" in answer.read()


def test_what_is_no_site_is_not_served(tmp_path):
    with pytest.raises(DatelineError, match="wanted a folder that 'build' wrote"):
        building.serve(tmp_path, 0, print)
