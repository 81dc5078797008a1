"""Which words are events and of which type, on sentences made up for these tests."""

from __future__ import annotations

import pytest

from baselines.lexicon import data, lexicon
from tests.baselines.lexicon.reader import found, read


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
