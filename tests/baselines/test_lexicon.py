"""The lexicon baseline, rule by rule, on sentences made up for these tests."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselines.lexicon import Lexicon, boilerplate, data, lexicon, times
from bench import dates
from bench.extractors import Extractor
from bench.schema import Annotation, Document, Event

PUBLISHED = "2024-05-08"  # a Wednesday


def document(text: str, published: str = PUBLISHED) -> Document:
    return Document(
        id="made-up/0001", story="made-up", outlet="none", published=published, split="test",
        licence="CC0-1.0", sha256="0" * 64, length=max(1, len(text)), text=text,
    )  # fmt: skip


def read(text: str, published: str = PUBLISHED) -> Annotation:
    return Lexicon().extract(document(text, published))


def found(text: str) -> set[tuple[str, str]]:
    return {(event.type, str(event.trigger and event.trigger.text)) for event in read(text).events}


def event(text: str, trigger: str, kind: str | None = None) -> Event:
    hits = [
        item
        for item in read(text).events
        if item.trigger and item.trigger.text == trigger and kind in (None, item.type)
    ]
    assert hits, f"no {trigger} in {found(text)}"
    return hits[0]


def roles(text: str, trigger: str, kind: str | None = None) -> set[tuple[str, str]]:
    return {(item.role, str(item.text)) for item in event(text, trigger, kind).arguments}


def names(text: str, trigger: str) -> set[tuple[str, str]]:
    return {(item.role, str(item.actor)) for item in event(text, trigger).arguments}


@pytest.mark.parametrize(
    ("kind", "trigger", "text"),
    [
        ("AGREE", "accepted", "Norway accepted the plan."),
        ("AGREE", "treaty", "Peru and Chile concluded a border treaty."),
        ("CONSULT", "met", "The Turkish foreign minister met his Greek counterpart in Ankara."),
        ("CONSULT", "summit", "Leaders arrived for a summit in Lima."),
        ("SUPPORT", "endorsed", "The union endorsed the bill."),
        ("SUPPORT", "ratified", "Kenya ratified the pact."),
        ("CONCEDE", "apologised", "The minister apologised to the families."),
        ("CONCEDE", "backed down", "Bolivia backed down."),
        ("COOPERATE", "share", "India and Nepal will share intelligence."),
        ("COOPERATE", "exercise", "Japan and Australia held a joint exercise."),
        ("AID", "aid", "Canada sent humanitarian aid to Haiti."),
        ("AID", "supplies", "Convoys carried food supplies to the villages."),
        ("RETREAT", "withdrew", "Ethiopia withdrew its troops from Somalia."),
        ("RETREAT", "truce", "The rebels declared a truce."),
        ("REQUEST", "urged", "Spain urged Morocco to reopen the border."),
        ("REQUEST", "called for", "The bishops called for calm."),
        ("ACCUSE", "condemned", "Brazil condemned the coup."),
        ("ACCUSE", "investigating", "Prosecutors are investigating the minister."),
        ("REJECT", "vetoed", "The president vetoed the law."),
        ("REJECT", "ruled out", "Denmark ruled out a referendum."),
        ("THREATEN", "threatened", "The militia threatened to attack the port."),
        ("THREATEN", "ultimatum", "The generals issued an ultimatum."),
        ("PROTEST", "marched", "Thousands of students marched through Dhaka."),
        ("PROTEST", "strike", "Nurses ended a strike over pay."),
        ("PROTEST", "boycott", "Farmers called off the boycott."),
        ("SANCTION", "expelled", "Poland expelled three diplomats."),
        ("SANCTION", "sanctions", "The council imposed sanctions on the junta."),
        ("MOBILIZE", "deployed", "Colombia deployed soldiers along the river."),
        ("MOBILIZE", "alert", "The army was put on high alert."),
        ("COERCE", "arrested", "Police arrested the mayor."),
        ("COERCE", "curfew", "The governor imposed a curfew."),
        ("ASSAULT", "bombed", "Jets bombed the harbour."),
        ("ASSAULT", "killed", "Gunmen killed two guards."),
        ("ASSAULT", "Explosions", "Explosions were reported in Aden."),
    ],
)
def test_every_type_is_found_by_verbs_and_nouns(kind: str, trigger: str, text: str) -> None:
    assert (kind, trigger) in found(text)


@pytest.mark.parametrize(
    ("text", "marked", "unmarked"),
    [
        ("Israel launched attacks on the port.", "attacks", "launched"),
        ("The two sides held talks in Doha.", "talks", "held"),
        ("The miners began a strike.", "strike", "began"),
        ("Kenya and Uganda reached a deal.", "deal", "reached"),
        ("The army carried out a raid.", "raid", "carried out"),
    ],
)
def test_a_light_verb_leaves_the_mark_to_its_noun(text: str, marked: str, unmarked: str) -> None:
    triggers_found = {trigger for _, trigger in found(text)}
    assert marked in triggers_found
    assert unmarked not in triggers_found


def test_the_subject_of_a_light_verb_is_the_actor_of_its_noun() -> None:
    assert ("actor", "Israel") in roles("Israel launched attacks on the port.", "attacks")
    assert ("recipient", "port") in roles("Israel launched attacks on the port.", "attacks")


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that the weather was good.",
        "The two firms struck a balance.",
        "The candidate did not meet the deadline.",
        "Oil supply grew in the north.",
        "She released a statement.",
        "The ambassador spoke at a press conference.",
        "He called his dog.",
        "The band released an album.",
        "Attack drones are cheap.",
    ],
)
def test_words_that_only_look_like_events_are_left_alone(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Drivers downed tools and the rail strike spread.", ("PROTEST", "strike")),
        ("A missile strike hit the depot.", ("ASSAULT", "strike")),
        ("Oslo halted aid to the regime.", ("SANCTION", "halted")),
        ("The rebels halted their attacks.", ("RETREAT", "halted")),
        ("Germany offered military support to Moldova.", ("AID", "support")),
        ("The senator repeated her support for the bill.", ("SUPPORT", "support")),
        ("Sudan cut off the water of the camp.", ("COERCE", "cut off")),
        ("The president spoke by phone with the king.", ("CONSULT", "spoke")),
        ("The two armies agreed a prisoner exchange.", ("COOPERATE", "exchange")),
        ("The two armies agreed a prisoner exchange.", ("RETREAT", "exchange")),
        ("The cabinet lifted the curfew.", ("CONCEDE", "lifted")),
        ("Police raided the newspaper's office.", ("COERCE", "raided")),
        ("Chad sent troops to the border.", ("MOBILIZE", "sent")),
        ("The captured town was quiet.", ("ASSAULT", "captured")),
    ],
)
def test_context_decides_between_types(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


def test_conjoined_triggers_are_two_mentions_and_one_head_is_one() -> None:
    assert found("Soldiers attacked and looted the village.") == {("ASSAULT", "attacked")}
    assert {("ASSAULT", "shelled"), ("ASSAULT", "bombed")} <= found(
        "Troops shelled and bombed Goma."
    )
    both = read("Drone and missile strikes shook the city.").events
    assert [str(item.trigger and item.trigger.text) for item in both] == ["strikes"]


def test_an_attack_word_swallows_its_result() -> None:
    assert found("A drone attack killed three people.") == {("ASSAULT", "attack")}
    assert found("Three people were killed.") == {("ASSAULT", "killed")}


@pytest.mark.parametrize(
    ("realis", "trigger", "text"),
    [
        ("actual", "attacked", "Rebels attacked the town."),
        ("negated", "attacked", "Rebels have not attacked the town."),
        ("negated", "sign", "Cyprus did not sign the text."),
        ("negated", "shared", "Data will no longer be shared with Oslo."),
        ("actual", "raids", "Kenya answered with raids on two camps."),
        ("negated", "agreement", "No agreement was reached."),
        ("future", "meet", "The ministers will meet in Rome."),
        ("future", "meet", "The ministers are to meet in Rome."),
        ("future", "talks", "The talks will resume in Cairo."),
        ("future", "release", "The junta agreed to release the prisoners."),
        ("future", "withdraw", "Rwanda pledged to withdraw its forces."),
        ("hypothetical", "withdraw", "Rwanda refused to withdraw its forces."),
        ("hypothetical", "release", "Italy urged Libya to release the crew."),
        ("hypothetical", "ceasefire", "Qatar demanded a ceasefire."),
        ("hypothetical", "invade", "The army could invade the island."),
        ("hypothetical", "attack", "If rebels attack the town, the bridge will fall."),
        ("hypothetical", "truce", "The generals rejected a truce."),
        ("actual", "refused", "Rwanda refused to withdraw its forces."),
        ("actual", "proposal", "The generals rejected the proposal."),
        ("future", "visit", "The king planned a visit to Tunis."),
        ("hypothetical", "ceasefire", "The envoys read the proposed ceasefire."),
        ("generic", "attacks", "Rebels agreed to halt attacks on ships."),
        ("actual", "invasion", "Prices rose after the invasion of Kuwait."),
        ("actual", "jailing", "The court was accused of jailing critics."),
        ("negated", "attacking", "The column passed without attacking the village."),
    ],
)  # fmt: skip
def test_realis_follows_its_cues(realis: str, trigger: str, text: str) -> None:
    assert event(text, trigger).realis == realis


def test_active_and_passive_turn_subject_and_object_around() -> None:
    expected = {("actor", "Police"), ("recipient", "striking miners")}
    assert roles("Police arrested the striking miners.", "arrested") == expected
    passive = "The opposition leader was arrested by police."
    assert roles(passive, "arrested") == {("recipient", "opposition leader"), ("actor", "police")}


def test_a_second_participle_shares_the_passive() -> None:
    assert roles("Ana Rojas was arrested and jailed.", "jailed") == {("recipient", "Ana Rojas")}


def test_of_belongs_to_the_noun_before_it_and_not_to_the_verb() -> None:
    text = "Students demanded the resignation of Ana Rojas."
    assert roles(text, "demanded") == {("actor", "Students")}
    assert roles(text, "resignation") == {("actor", "Ana Rojas")}
    text = "Students took to the streets of Nairobi."
    assert roles(text, "took to the streets") == {("actor", "Students")}


def test_both_sides_of_a_meeting_are_actors() -> None:
    sides = {("actor", "Jana Novak"), ("actor", "Ali Demir")}
    assert sides <= roles("Jana Novak met Ali Demir on Monday.", "met")
    assert sides <= roles("Jana Novak and Ali Demir met on Monday.", "met")
    assert sides <= roles("Talks between Jana Novak and Ali Demir failed.", "Talks")
    hyphen = "Jana Novak rang Ali Demir. The Novak-Demir call was short."
    assert {("actor", "Novak"), ("actor", "Demir")} <= roles(hyphen, "call")


def test_possessors_and_demonyms_before_a_noun_are_actors() -> None:
    assert ("actor", "Russia") in roles("Russia's attack on the bridge failed.", "attack")
    assert ("actor", "Serbian") in roles("Serbian shelling hit the hill.", "shelling")
    assert ("actor", "Serbia") in names("Serbian shelling hit the hill.", "shelling")


def test_who_owns_the_weapon_acts_and_the_weapon_takes_no_part() -> None:
    text = "Russian drones hit a hospital in Sumy."
    assert roles(text, "hit") == {
        ("actor", "Russian"),
        ("recipient", "hospital"),
        ("place", "Sumy"),
    }
    text = "North Korea fired two missiles into the sea."
    assert {role for role, _ in roles(text, "fired")} == {"actor", "place"}


def test_a_name_after_of_belongs_to_its_noun() -> None:
    text = "Rebels captured the town of Bukavu."
    assert ("recipient", "town of Bukavu") in roles(text, "captured")
    assert ("recipient", "Bukavu") in names(text, "captured")


def test_what_belongs_to_a_thing_that_is_rejected_is_its_owner() -> None:
    assert ("recipient", "Kosovo") in roles("Serbia rejected Kosovo's demand.", "rejected")
    assert ("actor", "Kosovo") in roles("Serbia rejected Kosovo's demand.", "demand")


def test_we_is_the_one_who_speaks() -> None:
    text = "“We will not negotiate,” Foreign Minister Ana Rojas said."
    assert ("actor", "Ana Rojas") in names(text, "negotiate")


def test_spans_have_titles_but_no_article_and_no_possessive() -> None:
    text = "The Chilean President Ana Rojas rejected the UN's demand."
    assert roles(text, "rejected") >= {
        ("actor", "Chilean President Ana Rojas"),
        ("recipient", "UN"),
    }


def test_implicit_subjects_reach_participles_infinitives_and_second_verbs() -> None:
    assert ("actor", "Ana Rojas") in roles(
        "Ana Rojas left after criticising the court.", "criticising"
    )
    assert ("actor", "rebels") in roles("The rebels agreed to release the crew.", "release")
    assert ("actor", "Libya") in roles("Italy urged Libya to release the crew.", "release")
    assert ("actor", "Niger") in roles("Mali accused Niger of arming the rebels.", "arming")
    assert ("actor", "Ana Rojas") in roles(
        "Ana Rojas met the king and condemned the raid.", "condemned"
    )
    assert ("actor", "Ana Rojas") in roles(
        "Ana Rojas, who was in Quito, condemned the raid.", "condemned"
    )


def test_places_stand_after_in_at_and_near() -> None:
    assert ("place", "Aleppo") in roles("Troops killed a driver in Aleppo.", "killed")
    assert ("place", "Geneva") in roles("In Geneva, the ministers met on Friday.", "met")
    assert ("place", "Jordan") in roles("The ministers met in Jordan.", "met")
    assert ("actor", "Jordan") in roles("Jordan condemned the raid.", "condemned")


def test_capitals_are_governments_unless_something_happens_there() -> None:
    assert ("actor", "Norway") in names("Oslo rejected the claim.", "rejected")
    assert ("place", "Oslo") in names("The ministers met in Oslo.", "met")


def test_short_names_and_pronouns_resolve_to_the_longest_form() -> None:
    text = "President Ana Rojas landed in Lima. Rojas met the king. She condemned the raid."
    assert ("actor", "Ana Rojas") in names(text, "met")
    assert ("actor", "Ana Rojas") in names(text, "condemned")
    actor = next(item for item in read(text).actors if item.id == "Ana Rojas")
    assert {mention.text for mention in actor.mentions} >= {"President Ana Rojas", "Rojas", "She"}


def test_offices_resolve_to_the_holder_whom_the_article_named() -> None:
    text = "Chilean President Ana Rojas arrived. The Chilean president condemned the raid."
    assert ("actor", "Ana Rojas") in names(text, "condemned")


def test_an_object_pronoun_is_not_the_subject_of_its_own_verb() -> None:
    text = "Ana Rojas met Ali Demir. Rojas accused him of arming rebels."
    assert {("actor", "Ana Rojas"), ("recipient", "Ali Demir")} == names(text, "accused")


def test_sources_are_subjects_of_saying_verbs() -> None:
    assert event("Ana Rojas said that rebels attacked the port.", "attacked").source == "Ana Rojas"
    assert event("Rebels attacked the port, Ana Rojas said.", "attacked").source == "Ana Rojas"
    assert (
        event("According to Ana Rojas, rebels attacked the port.", "attacked").source == "Ana Rojas"
    )
    assert event("Rebels attacked the port.", "attacked").source is None
    assert event("Ana Rojas accused Mali of arming rebels.", "arming").source == "Ana Rojas"
    assert event("Ana Rojas accused Mali of arming rebels.", "accused").source is None


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("on Tuesday", "2024-05-07"),
        ("last Friday", "2024-05-03"),
        ("last Monday", "2024-04-29"),
        ("next Monday", "2024-05-13"),
        ("yesterday", "2024-05-07"),
        ("overnight", "2024-05-07/2024-05-08"),
        ("at the weekend", "2024-05-04/2024-05-05"),
        ("last week", "2024-04-29/2024-05-05"),
        ("this month", "2024-05"),
        ("earlier this month", "2024-05-01/2024-05-08"),
        ("last September", "2023-09"),
        ("in February", "2024-02"),
        ("a week ago", "2024-05-01"),
        ("three years ago", "2021"),
        ("about three years ago", "2021~"),
        ("in 2019", "2019"),
        ("on 3 April", "2024-04-03"),
        ("on April 3, 2022", "2022-04-03"),
        ("in March 2021", "2021-03"),
        ("last year", "2023"),
    ],
)
def test_a_dated_clause_dates_its_event(phrase: str, value: str) -> None:
    assert event(f"Rebels attacked the port {phrase}.", "attacked").date == value


@pytest.mark.parametrize(
    ("phrase", "value"),
    [("a 30-day truce", "P30D"), ("for 90 minutes", "PT90M"), ("within hours of it", "PTXH"),
     ("an hour and a half", "PT90M"), ("a three-year-long war", "P3Y"), ("a few weeks", "PXW")],
)  # fmt: skip
def test_durations_are_marked_and_date_nothing(phrase: str, value: str) -> None:
    text = f"Rebels attacked the port {phrase}."
    assert [time.value for time in read(text).times] == [value]
    assert event(text, "attacked").date is None


def test_a_future_clause_looks_forward() -> None:
    assert event("The ministers will meet on Friday.", "meet").date == "2024-05-10"
    assert event("The ministers met on Friday.", "met").date == "2024-05-03"


def test_the_date_of_a_saying_verb_is_not_that_of_what_was_said() -> None:
    text = "Ana Rojas said on Monday that rebels attacked the port."
    assert event(text, "attacked").date is None


def test_hypothetical_events_take_only_a_date_of_their_own() -> None:
    assert event("On Monday Qatar demanded a ceasefire.", "ceasefire").date is None
    assert event("On Monday Qatar demanded a ceasefire.", "demanded").date == "2024-05-06"
    assert event("Italy urged Mali on Monday to release the crew.", "release").date is None


PAGE = """Home | World | Sport | Weather
Wednesday, 8 May 2024, 10:41
Lima 19 °C, clear
Advertisement
Rebels seize radio station

Rebels attacked a radio station in Kampala on Tuesday. Share prices fell.
READ ALSO: Pilots end strike
Share this article: Mail
Most read
1. Minister resigns over loan
2. Army kills nine in raid

Latest
Police arrest singer
(Reporting by Jo Bloggs; editing by Sam Poe)
12 comments. Sign in to join the conversation.
"""


def test_nothing_is_found_in_what_a_page_adds() -> None:
    lines = [PAGE[start:end] for start, end in boilerplate.body(PAGE)]
    assert lines == [
        "Rebels seize radio station",
        "Rebels attacked a radio station in Kampala on Tuesday. Share prices fell.",
    ]
    found_here = {str(item.trigger and item.trigger.text) for item in read(PAGE).events}
    assert found_here <= {"seize", "attacked"}
    assert "attacked" in found_here
    assert [time.text for time in read(PAGE).times] == ["Tuesday"]


def test_mentions_of_one_happening_share_a_cluster() -> None:
    text = "Ana Rojas met the Peruvian president. The meeting was short. Kenya met Uganda."
    first, second, third = (item.cluster for item in read(text).events)
    assert first == second != third


def test_a_passive_without_a_doer_joins_no_other_happening() -> None:
    first, second = read("Rebels attacked. Goma was attacked.").events
    assert first.cluster != second.cluster


def test_mentions_of_one_happening_share_its_date() -> None:
    text = "Kenya met Uganda on Monday. The meeting was short."
    assert [item.date for item in read(text).events] == ["2024-05-06", "2024-05-06"]


def test_it_is_an_extractor_that_names_its_document() -> None:
    assert isinstance(Lexicon(), Extractor)
    assert read("Nothing happened.").doc_id == "made-up/0001"


def test_every_type_of_the_lexicon_has_words_and_roles() -> None:
    lexicon = data.load("triggers.yaml")
    assert len(lexicon["types"]) == 16
    assert set(lexicon["roles"]) == set(lexicon["types"])
    assert all(entry["verbs"] and entry["nouns"] for entry in lexicon["types"].values())


def test_rules_name_types_that_exist() -> None:
    types = set(data.load("triggers.yaml")["types"]) | {"none"}
    for rules in lexicon.contexts().values():
        for rule in rules:
            named = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
            assert set(named) <= types


def check(text: str, annotation: Annotation) -> None:
    """Every span lies in the text and carries its words; every value is one that scoring reads."""
    spans = [item.trigger for item in annotation.events if item.trigger]
    spans += [argument for item in annotation.events for argument in item.arguments]
    spans += [mention for actor in annotation.actors for mention in actor.mentions]
    for mark in [*spans, *annotation.times]:
        assert mark.span is not None
        assert text[slice(*mark.span)] == mark.text
    for item in annotation.events:
        assert item.date is None or dates.parse(item.date)


WORDS = (
    "rebels attacked Ana Rojas said that the Russian forces of Kyiv's to by , . “ ” - on Tuesday "
    "30-day in March "
    "2022 agreed halt strikes and will not refused a ceasefire between Jordan who it he 's U.S. "
    "last \n READ ALSO:"
).split(" ")


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
)
def test_any_text_gives_valid_offsets_twice_the_same(text: str) -> None:
    annotation = read(text)
    check(text, annotation)
    assert read(text) == annotation


@settings(max_examples=30, deadline=None)
@given(
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.sampled_from(
        [
            "last week",
            "ten years ago",
            "two months ago",
            "next Friday",
            "overnight",
            "30 February",
            "next year",
            "in May",
        ]
    ),
)
def test_values_hold_at_both_ends_of_the_calendar(day: date, phrase: str) -> None:
    for time in times.find(phrase, 0, len(phrase), day):
        assert time.value.startswith("P") or dates.parse(time.value) is not None


def test_an_impossible_publication_date_only_costs_the_times() -> None:
    annotation = read("Rebels attacked the port on Tuesday.", published="2024-13-45")
    assert [item.date for item in annotation.events] == [None]
    assert annotation.times == ()


def test_importing_it_loads_neither_dictionary_nor_date_parser() -> None:
    code = (
        "import sys, baselines.lexicon; "
        "print(sorted({'lemminflect', 'dateparser', 'countryinfo', 'numpy'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
