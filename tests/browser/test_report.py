"""The report of a run in a browser: marks, filters, keys, links, paper, phones, hostility."""

from __future__ import annotations

import pytest

from bench.compare import compare
from bench.diagnosis import diagnose, pages
from bench.evaluate import DEFAULT_METRICS, evaluate
from bench.gold import Gold
from bench.metrics import parse
from bench.pages.reporting import report_page
from bench.schema import Annotation, Argument, Event, Mark
from tests.browser.conftest import HOSTILE
from tests.conftest import GOLD_EVENTS, TEXT, event, tiny_gold

expect = pytest.importorskip("playwright.sync_api").expect

DOCUMENTS = [f"story/{n}" for n in range(10)]
WRONG = (
    event("REJECT", "phoned", realis="actual"),  # a wrong type
    GOLD_EVENTS[1],
    event("CONSULT", "wanted"),  # a spurious one; RETREAT at "truce" is missed
    Event(  # without a place in the text, and made to harm
        type="CONSULT",
        trigger=Mark(text=HOSTILE[0]),
        id=HOSTILE[1],
        source=HOSTILE[2],
        arguments=(Argument(role=HOSTILE[3], text=HOSTILE[4], actor=HOSTILE[5]),),
    ),
)


def run(events) -> dict[str, Annotation]:
    return {name: Annotation(doc_id=name, events=events) for name in DOCUMENTS}


def gold() -> Gold:
    found = tiny_gold(*(Annotation(doc_id=name, events=GOLD_EVENTS) for name in DOCUMENTS))
    hidden = found.documents[-1].model_copy(update={"text": None})
    hostile = found.documents[0].model_copy(update={"outlet": HOSTILE[0], "tags": (HOSTILE[1],)})
    documents = (hostile, *found.documents[1:-1], hidden)
    return Gold(documents, found.annotations, found.ontology, found.actors, release=HOSTILE[4])


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """A report of a run that goes wrong in each document, compared with one that does not."""
    measures = [one for one in parse(DEFAULT_METRICS) if not one.metric.needs_text]
    options = {"measures": measures, "samples": 100}
    made = evaluate(gold(), run(WRONG), system=HOSTILE[0], **options)
    rival = evaluate(gold(), run(GOLD_EVENTS), system=HOSTILE[1], **options)
    found = diagnose(gold=gold(), predicted=run(WRONG), train=(), system=HOSTILE[0])
    text = report_page(
        made, found, pages(gold=gold(), predicted=run(WRONG)), compare(rival, made, samples=500)
    )
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(text, encoding="utf-8")
    return path


def articles(page):
    return page.locator("article:visible")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(look, axe, report, scheme):
    assert axe(look(report, color_scheme=scheme)) == []


def test_both_sides_stand_beside_each_other_with_the_fate_of_every_mark(look, report):
    page = look(report)
    first = page.locator("article").nth(1)
    gold, predicted = first.locator(".side").all()
    for side in (gold, predicted):
        assert side.locator(".text").inner_text() == TEXT
    assert gold.locator(".em").all_inner_texts() == ["refused"]
    assert gold.locator(".ex").all_inner_texts() == ["phoned", "truce"]
    assert predicted.locator(".text .es").all_inner_texts() == ["phoned", "wanted"]
    assert "wrong-type" in predicted.locator(".es").first.get_attribute("title")


def test_an_article_without_text_shows_its_marks_and_says_why(look, report):
    last = look(report).locator("article").last
    assert "its publisher owns it" in last.inner_text()
    assert last.locator(".text").count() == 0
    assert "phoned" in last.locator("ul.bare").first.inner_text()


def test_hostile_names_are_text(look, report):
    page = look(report)
    assert page.locator("h1").inner_text().startswith(HOSTILE[0])
    assert HOSTILE[1] in page.locator("article").first.inner_text()
    assert HOSTILE[0] in page.locator("article ul.bare").first.inner_text()
    assert page.locator("script:not([type])").count() == 1
    assert page.locator("img").count() == 0


def test_filters_by_type_cause_and_article(look, report):
    page = look(report)
    assert articles(page).count() == 10
    page.locator("[data-filter=doc]").select_option("story/3")
    assert articles(page).count() == 1
    page.get_by_role("button", name="Show all").click()
    expect(articles(page)).to_have_count(10)
    page.locator("[data-filter=type]").select_option(label="RETREAT")
    hits = set(page.locator("article .hit").all_inner_texts())
    assert "truce" in hits
    assert "wanted" not in hits
    assert "marks" in page.locator("form.filters output").inner_text()


def test_a_cause_leads_to_its_marks(look, report):
    page = look(report)
    page.locator("#causes").get_by_role("link", name="wrong-type").click()
    assert set(page.locator("article .hit.ex, article .hit.es").all_inner_texts()) == {"phoned"}
    page.keyboard.press("Escape")
    expect(page.locator(".hit")).to_have_count(0)


def test_keys_go_from_mark_to_mark_and_across(look, report):
    page = look(report)
    page.keyboard.press("j")
    assert "phoned" in page.locator(".said").inner_text()
    assert page.locator(".at").count() == 1
    page.keyboard.press("o")
    assert page.locator(".side").nth(1).locator(".at").inner_text() == "phoned"
    page.keyboard.press("k")
    assert page.locator(".at").count() == 1
    page.locator("select").first.focus()
    page.keyboard.press("j")  # a letter typed into a field is no command
    assert page.locator(".at").count() == 1


def test_a_deep_link_leads_to_a_document_and_to_an_event(look, report):
    page = look(report, "#story/7")
    assert page.evaluate("document.querySelector(':target').id") == "story/7"
    page = look(report, "#story/5:g2")
    target = page.locator(":target")
    assert target.inner_text() == "truce"
    box = target.bounding_box()
    assert 0 <= box["y"] <= 900


def test_the_comparison_says_what_moved(look, report):
    rows = look(report).locator("#comparison tbody tr").all_inner_texts()
    assert any(row.startswith("trigger\tall") and row.endswith("worse") for row in rows)


def test_it_reads_without_script_on_a_phone_and_on_paper(look, report):
    page = look(report, java_script_enabled=False)
    assert page.locator("article").count() == 10
    assert not page.locator("form.filters").is_visible()
    small = look(report, viewport={"width": 360, "height": 740})
    assert small.evaluate("document.documentElement.scrollWidth") <= 360
    assert small.pdf(format="A4").startswith(b"%PDF")
    small.emulate_media(media="print")
    assert not small.locator("form.filters").is_visible()
