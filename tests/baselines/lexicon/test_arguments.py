"""Who did it, to whom and where."""

from __future__ import annotations

from tests.baselines.lexicon.reader import names, roles


def test_the_subject_of_a_light_verb_is_the_actor_of_its_noun() -> None:
    assert ("actor", "Israel") in roles("Israel launched attacks on the port.", "attacks")
    assert ("recipient", "port") in roles("Israel launched attacks on the port.", "attacks")


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


def test_what_belongs_to_a_thing_that_is_rejected_is_its_owner() -> None:
    assert ("recipient", "Kosovo") in roles("Serbia rejected Kosovo's demand.", "rejected")
    assert ("actor", "Kosovo") in roles("Serbia rejected Kosovo's demand.", "demand")


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
