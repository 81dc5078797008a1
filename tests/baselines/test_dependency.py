"""The dependency baseline, rule by rule, on sentences made up for these tests."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselines.dependency import Dependency, pipeline, sides, when, words
from bench import gold
from bench.errors import DatelineError
from bench.extractors import Extractor, load
from bench.schema import Annotation
from tests.baselines.made_up import Reader, document

pytest.importorskip("spacy")
READER = Reader(Dependency())
read, found, event = READER.read, READER.found, READER.event
roles, names = READER.roles, READER.names


def test_it_is_found_by_its_entry_point() -> None:
    assert isinstance(load("dependency"), Extractor)
    assert load("dependency", {"model": pipeline.DEFAULT}).model == pipeline.DEFAULT


@pytest.mark.parametrize(
    ("kind", "trigger", "text"),
    [
        ("AGREE", "accepted", "Norway accepted the plan."),
        ("CONSULT", "met", "The Turkish foreign minister met his Greek counterpart in Ankara."),
        ("SUPPORT", "elected", "The assembly elected Ana Rojas president."),
        ("CONCEDE", "backed down", "The governor of Bolivia backed down."),
        ("COOPERATE", "pool", "India and Nepal will pool their fuel."),
        ("AID", "loan", "Canada gave Haiti a loan."),
        ("RETREAT", "withdrew", "Ethiopia withdrew its troops from Somalia."),
        ("REQUEST", "called for", "The bishops called for calm."),
        ("ACCUSE", "booed", "Farmers booed the minister."),
        ("REJECT", "vetoed", "France vetoed the resolution."),
        ("THREATEN", "threatened", "The admiral threatened Chile with war."),
        ("PROTEST", "walked out", "Miners walked out over pay."),
        ("SANCTION", "expelled", "Peru expelled two diplomats."),
        ("MOBILIZE", "deployed", "Kenya deployed troops along the river."),
        ("COERCE", "sealed off", "Soldiers sealed off the square."),
        ("ASSAULT", "shelled", "Rebels shelled the harbour."),
    ],
)
def test_every_type_is_found(kind: str, trigger: str, text: str) -> None:
    assert (kind, trigger) in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union called a strike over wages.", ("PROTEST", "strike")),
        ("The air strike destroyed a bridge.", ("ASSAULT", "strike")),
        ("Denmark broke off relations with Chad.", ("SANCTION", "broke off")),
        ("Denmark broke off the negotiations.", ("REJECT", "broke off")),
        ("Spain lifted the curfew.", ("CONCEDE", "lifted")),
        ("Spain lifted the embargo.", ("RETREAT", "lifted")),
        ("Police broke up a rally in Lima.", ("COERCE", "broke up")),
        ("Troops opened fire on the crowd.", ("ASSAULT", "fire")),
    ],
)
def test_objects_and_subjects_choose_the_type(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The two firms struck a balance.",
        "The minister met the deadline.",
        "The editor released a statement.",
        "Ana Rojas insisted that it was late.",
        "We apologise to our readers.",
    ],
)
def test_lookalikes_are_left_alone(text: str) -> None:
    assert found(text) == set()


def test_a_strike_of_workers_is_told_by_the_article() -> None:
    text = "The strikers had manned a picket. The government feared the strike."
    assert ("PROTEST", "strike") in found(text)


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Rebels attacked Kenya.", "attacked", {("actor", "Rebels"), ("recipient", "Kenya")}),
        ("Kenya was attacked by rebels.", "attacked", {("actor", "rebels"), ("recipient", "Kenya")}),
        ("The mayor was arrested and jailed.", "jailed", {("recipient", "mayor")}),
        ("The mayor was fined ten dollars.", "fined", {("recipient", "mayor")}),
        ("Norway and Chad met Peru.", "met", {("actor", n) for n in ("Norway", "Chad", "Peru")}),
        ("Norway condemned Chad and praised Peru.", "praised", {("actor", "Norway"), ("recipient", "Peru")}),
        ("Norway refused to attack Peru.", "attack", {("actor", "Norway"), ("recipient", "Peru")}),
        ("Norway urged Peru to attack Chad.", "attack", {("actor", "Peru"), ("recipient", "Chad")}),
        ("Norway accused Peru of attacking Chad.", "attacking", {("actor", "Peru"), ("recipient", "Chad")}),
        ("Peru's attack on Chad failed.", "attack", {("actor", "Peru"), ("recipient", "Chad")}),
        ("The mayor's arrest angered many.", "arrest", {("recipient", "mayor")}),
        ("An attack by Peru against Chad failed.", "attack", {("actor", "Peru"), ("recipient", "Chad")}),
        ("Talks between Peru and Chad failed.", "Talks", {("actor", "Peru"), ("actor", "Chad")}),
        ("Peru held talks with Chad.", "talks", {("actor", "Peru"), ("actor", "Chad")}),
        ("Rebels who attacked Chad fled.", "attacked", {("actor", "Rebels"), ("recipient", "Chad")}),
        ("The rebels whom Chad attacked fled.", "attacked", {("actor", "Chad"), ("recipient", "rebels")}),
        ("Troops captured by rebels were freed.", "captured", {("actor", "rebels"), ("recipient", "Troops")}),
        ("Peru gave the rebels a loan.", "loan", {("actor", "Peru"), ("recipient", "rebels")}),
        ("Chad rejected Peru's demand.", "demand", {("actor", "Peru"), ("recipient", "Chad")}),
        ("Reservists were called up.", "called up", {("actor", "Reservists")}),
        ("Peru threatened to bomb Chad.", "threatened", {("actor", "Peru"), ("recipient", "Chad")}),
        ("The French and Irish governments protested.", "protested", {("actor", "French"), ("actor", "Irish governments")}),
        ("The shipbuilders rejected the offer.", "rejected", {("actor", "shipbuilders")}),
    ],
)  # fmt: skip
def test_roles_follow_the_tree(text: str, trigger: str, expected: set[tuple[str, str]]) -> None:
    assert roles(text, trigger) == expected


def test_places_stand_in_the_clause_or_the_one_above() -> None:
    assert ("place", "Lima") in roles("The ministers met in Lima.", "met")
    text = "In Lima, the ministers condemned Chad and urged calm."
    assert ("place", "Lima") in roles(text, "urged")


def test_here_is_the_city_of_the_dateline() -> None:
    text = "LIMA, May 7 — Police arrested the mayor here."
    assert ("place", "Lima") in names(text, "arrested")
    assert "LIMA" not in {a.text for a in event(text, "arrested").arguments}


def test_a_phrase_is_whole_without_its_article_and_clause() -> None:
    text = "The residents of the old town who had fled accused Peru."
    assert ("actor", "residents of the old town") in roles(text, "accused")


def test_pronouns_are_arguments_even_where_it_is_unclear_for_whom_they_stand() -> None:
    unclear = event("They attacked Chad.", "attacked").arguments[0]
    assert (unclear.role, unclear.text, unclear.actor) == ("actor", "They", None)
    assert ("actor", "Ana Rojas") in names("Ana Rojas met Peru. She accused Chad.", "accused")


def test_headlines_in_capitals_are_read_as_small_words() -> None:
    text = "Rebels Attack Northern Harbour Before Talks\nRebels attacked the harbour."
    assert ("ASSAULT", "Attack") in found(text)


@pytest.mark.parametrize(
    ("text", "trigger", "realis"),
    [
        ("Peru attacked Chad.", "attacked", "actual"),
        ("Peru has not attacked Chad.", "attacked", "negated"),
        ("No side attacked the town.", "attacked", "negated"),
        ("Peru denied that it attacked Chad.", "attacked", "negated"),
        ("Peru will attack Chad.", "attack", "future"),
        ("Peru said it would release the crew.", "release", "future"),
        ("Peru is going to attack Chad.", "attack", "future"),
        ("Peru agreed to release the crew.", "release", "future"),
        ("Peru might attack Chad.", "attack", "hypothetical"),
        ("Peru refused to release the crew.", "release", "hypothetical"),
        ("If Peru attacks Chad, all is lost.", "attacks", "hypothetical"),
        ("Norway urged a ceasefire.", "ceasefire", "hypothetical"),
        ("The proposed ceasefire pleased Norway.", "ceasefire", "hypothetical"),
        ("After the attack, Norway left.", "attack", "actual"),
        ("Students marched to denounce the junta.", "denounce", "actual"),
        ("Peru will stop and release the crew.", "release", "future"),
        ("The nurses ended the strike.", "strike", "actual"),
        ("Peru agreed to halt attacks on Chad.", "attacks", "generic"),
    ],
)
def test_realis_is_read_off_the_parse(text: str, trigger: str, realis: str) -> None:
    assert event(text, trigger).realis == realis


@pytest.mark.parametrize(
    ("text", "trigger", "source"),
    [
        ("Norway said that Peru attacked Chad.", "attacked", "Norway"),
        ("Peru attacked Chad, Norway said.", "attacked", "Norway"),
        ("According to Norway, Peru attacked Chad.", "attacked", "Norway"),
        ("Peru attacked Chad.", "attacked", None),
        ("Norway said it would meet Peru after the attack.", "attack", None),
    ],
)
def test_sources_are_subjects_of_reporting_verbs(
    text: str, trigger: str, source: str | None
) -> None:
    assert event(text, trigger).source == source


@pytest.mark.parametrize(
    ("text", "trigger", "value"),
    [
        ("On Tuesday Peru attacked Chad.", "attacked", "2024-05-07"),
        ("On Tuesday Peru attacked Chad and seized a ship.", "seized", "2024-05-07"),
        ("Peru held talks with Chad on Tuesday.", "talks", "2024-05-07"),
        ("Peru attacked Chad.", "attacked", None),
        ("Norway said on Tuesday that Peru attacked Chad.", "attacked", None),
        ("LIMA, May 7 — Peru attacked Chad today.", "attacked", "2024-05-07"),
        ("Peru attacked Chad on 3 June.", "attacked", "2024-06-03"),
        ("Peru attacked on May 1. The next day Chad bombed Lima.", "bombed", "2024-05-02"),
    ],
)
def test_dates_hang_on_the_event_or_its_scene(text: str, trigger: str, value: str | None) -> None:
    assert event(text, trigger).date == value


def test_a_day_without_year_is_the_nearest_one() -> None:
    text = "They left on 30 December."
    times = when.find(text, 0, len(text), date(2024, 1, 4))
    assert [time.value for time in times] == ["2023-12-30"]


def test_mentions_of_one_happening_share_a_cluster_and_its_day() -> None:
    events = read("On Tuesday Peru attacked Chad. The attack by Peru was short.").events
    assert len({e.cluster for e in events}) == 1
    assert {e.date for e in events} == {"2024-05-07"}
    others = read("Peru attacked Chad. Norway attacked Kenya.").events
    assert len({e.cluster for e in others}) == 2


def test_an_article_whose_triggers_have_no_parties_tells_nothing() -> None:
    gale = "The gale struck at noon. The frost attacked the leaves. The wind hit the shed. "
    assert read(gale * 3).events == ()
    assert read(gale * 3 + "Peru attacked Chad. Norway bombed Kenya. " * 6).events != ()


def test_what_the_page_adds_is_not_read() -> None:
    page = "READ ALSO: Peru attacked Chad\nNorway condemned the raid."
    assert {str(e.trigger and e.trigger.text) for e in read(page).events} == {"condemned", "raid"}


@pytest.mark.parametrize(
    "text", ["", " ", "Attack", "🏒", "\u200b", "a" * 3000, "attack " * 500, "((((", "'s", "\ud800"]
)
def test_odd_texts_are_read(text: str) -> None:
    assert_sound(text, read(text))


@pytest.mark.parametrize("published", ["", "9999-12-31", "0001-01-01", "2024-02-29"])
def test_odd_days_are_read(published: str) -> None:
    text = "LIMA, May 7 — Peru attacked Chad on 29 February. The next day talks began today."
    assert_sound(text, read(text, published))


PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            "Peru Chad attacked talks with the of by agreed to stop will not Tuesday , . “ ” — \n "
            "who said called off up LIMA, 19:30 🔴 next day U.S. Kyiv's".split(" ")
        ),
    ),
    max_size=40,
)


@settings(max_examples=25, deadline=None)
@given(PIECES)
def test_any_text_is_read_without_a_fault(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert_sound(text, read(text))


def assert_sound(text: str, annotation: Annotation) -> None:
    types = gold.ontology().types
    for item in annotation.events:
        assert item.type in types
        marks = [item.trigger, *item.arguments]
        assert all(m and m.span and text[slice(*m.span)] == m.text for m in marks)
    spans = [m for actor in annotation.actors for m in actor.mentions] + list(annotation.times)
    assert all(text[m.start : m.end] == m.text for m in spans)


def test_two_readings_are_equal() -> None:
    text = "Norway said Peru attacked Chad on Tuesday. The attack ended talks in Oslo."
    assert read(text).model_dump() == read(text).model_dump()


def test_a_missing_model_is_told_with_what_to_install() -> None:
    with pytest.raises(DatelineError, match=r"no_such_model.*pip install 'dateline\[spacy\]'"):
        Dependency("no_such_model").extract(document("Peru attacked Chad."))


def test_a_pipeline_without_parser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(DatelineError, match="does not fit"):
        pipeline.load(str(tmp_path / "blank"))


def test_other_weights_are_told(tmp_path: Path) -> None:
    weights = tmp_path / "model"
    weights.write_bytes(b"others")
    with pytest.warns(UserWarning, match="SHA-256"):
        pipeline._check(weights)


def test_the_default_weights_are_those_of_the_card() -> None:
    pipeline._check(Path(pipeline.load(pipeline.DEFAULT).path) / "ner" / "model")


def test_spacy_loads_with_the_first_article_only() -> None:
    code = "import sys, baselines.dependency; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_additions_name_types_and_roles_of_the_ontology() -> None:
    ontology, added = gold.ontology(), words.added()
    kinds = {
        kind
        for rules in added["contexts"].values()
        for rule in rules
        for kind in ([rule["type"]] if isinstance(rule["type"], str) else rule["type"])
    }
    assert kinds | set(added["types"]) | set(added["roles"]) <= {*ontology.types, "none"}
    tables = [*added["roles"].values(), *added["word_roles"].values()]
    assert {role for table in tables for role in table.values()} <= {*ontology.roles, "none"}


def test_every_rule_asks_only_cues_that_there_are() -> None:
    from baselines.dependency.cues import Cues

    for rules in words.contexts().values():
        for rule in rules:
            for cue, wanted in rule.items():
                name = cue if isinstance(wanted, list) else f"is_{cue}"
                name = name.removeprefix("not_").rstrip("_")
                assert cue in ("type", "span") or hasattr(Cues, f"_{name}"), (cue, rule)


def test_endings_tell_people() -> None:
    assert sides.is_people("shipbuilder")
    assert not sides.is_people("river")
