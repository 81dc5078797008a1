"""The leaderboard in a real browser: read, sort, filter, compare, print, without a mouse or script."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from tests.browser.conftest import HOSTILE

PAGES = ("index.html", "systems/s0.html", "types/CONSULT.html", "compare.html", "releases.html")


def names(page) -> list[str]:
    return page.locator("table.systems tbody tr:visible th").all_inner_texts()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(look, axe, site, name, scheme):
    assert axe(look(site / name, color_scheme=scheme)) == []


def test_hostile_names_are_shown_as_they_are_and_run_nowhere(look, site):
    for path in sorted(site.rglob("*.html")):
        page = look(path)
        assert page.locator("img, svg[onload], script:not([type])").count() == 1, path
    assert set(names(look(site / "index.html"))) == set(HOSTILE)


def test_a_column_sorts_both_ways(look, site):
    page = look(site / "index.html")
    before = names(page)
    page.get_by_role("button", name="F1", exact=True).click()
    assert names(page) == before  # the best first, as it was
    page.get_by_role("button", name="F1", exact=True).click()
    assert names(page)[0] == before[-1]
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"


def test_filters_leave_what_was_asked_for(look, site):
    page = look(site / "index.html")
    page.get_by_label("Kind").select_option("rules")
    assert len(names(page)) == 4
    page.get_by_label("only systems").check()
    assert len(names(page)) == 3
    page.get_by_label("Kind").select_option("")
    page.get_by_label("Name").fill("HYPERLINK")
    assert names(page) == ["=HYPERLINK(0)"]
    assert page.get_by_role("status").inner_text() == "1 of 8 shown"


def test_a_system_is_opened_from_the_table_and_leads_back(look, site):
    page = look(site / "index.html")
    page.get_by_role("link", name=HOSTILE[4]).first.click()
    assert page.locator("h1").inner_text() == HOSTILE[4]
    link = page.get_by_role("link", name="https://example.org")
    assert link.get_attribute("href") == "https://example.org/?a=1&b=%3Cscript%3E"
    assert "noopener" in link.get_attribute("rel")
    page.get_by_role("link", name="Dateline leaderboard").click()
    assert page.locator("h1").inner_text() == "trigger on test"


def test_two_systems_are_compared_by_choice_and_by_deep_link(look, site):
    page = look(site / "compare.html", "#dev/s7/s0")
    assert page.locator("table.comparison caption").inner_text() == (
        f"A = {HOSTILE[7]}, B = {HOSTILE[0]}, on dev"
    )
    first = page.locator("table.comparison tbody tr").first.inner_text().split("\t")
    assert (first[0], first[-1]) == ("trigger", "B is better")
    assert page.locator("table.comparison tbody tr").last.inner_text().endswith("not tested")
    page.locator("select[name=a]").select_option("s1")
    assert page.url.endswith("#dev/s1/s0")


def test_a_keyboard_is_enough(look, site):
    page = look(site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.get_by_role("button", name="System", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort]").inner_text().startswith("System")
    page.get_by_role("link", name=HOSTILE[2]).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/systems/s2.html")


def test_it_reads_without_script(look, site):
    page = look(site / "index.html", java_script_enabled=False)
    assert len(names(page)) == 8
    assert not page.locator("form.filters").is_visible()
    assert "needs JavaScript" in look(site / "compare.html", java_script_enabled=False).inner_text(
        "main"
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling_of_the_page(look, site, name):
    page = look(site / name, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_prints(look, site):
    page = look(site / "index.html")
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator("form.filters").is_visible()


def test_releases_stay_reachable(look, site):
    page = look(site / "releases.html")
    link = page.get_by_role("link", name="0.9.0:old")
    assert link.get_attribute("href") == "releases/0.9.0-old/index.html"


def test_the_data_beside_the_pages_say_the_same(site, board):
    raw = json.loads((site / "board.json").read_text(encoding="utf-8"))
    assert raw["release"] == board.release
    assert "documents" not in raw["reports"]["test"]["s0"]["scores"][0]
    lines = list(csv.DictReader(io.StringIO((site / "board.csv").read_text(encoding="utf-8"))))
    best = next(line for line in lines if (line["slug"], line["metric"]) == ("s0", "trigger"))
    assert (best["rank"], best["type"]) == ("1", "")
    assert {line["system"] for line in lines if line["slug"] == "s6"} == {"'=HYPERLINK(0)"}
    titles = [item.findtext("title") for item in ET.parse(site / "feed.xml").iter("item")]
    assert titles == list(reversed(HOSTILE))


def test_a_missing_score_stays_last_whichever_way_it_is_sorted(look, site, tmp_path):
    html = (site / "index.html").read_text(encoding="utf-8")
    first = html.index('data-sort="1.') if 'data-sort="1.' in html else html.index('data-sort="0.')
    end = html.index('"', first + len('data-sort="'))
    broken = tmp_path / "index.html"
    broken.write_text(html[:first] + 'data-sort="' + html[end:], encoding="utf-8")
    page = look(broken)
    lost = names(page)[0]
    for _ in range(2):
        page.get_by_role("button", name="F1", exact=True).click()
        assert names(page)[-1] == lost
