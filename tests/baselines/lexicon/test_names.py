"""Whom a phrase stands for: names, titles, offices, pronouns."""

from __future__ import annotations

from tests.baselines.lexicon.reader import names, read, roles


def test_a_name_after_of_belongs_to_its_noun() -> None:
    text = "Rebels captured the town of Bukavu."
    assert ("recipient", "town of Bukavu") in roles(text, "captured")
    assert ("recipient", "Bukavu") in names(text, "captured")


def test_we_is_the_one_who_speaks() -> None:
    text = "“We will not negotiate,” Foreign Minister Ana Rojas said."
    assert ("actor", "Ana Rojas") in names(text, "negotiate")


def test_spans_have_titles_but_no_article_and_no_possessive() -> None:
    text = "The Chilean President Ana Rojas rejected the UN's demand."
    assert roles(text, "rejected") >= {
        ("actor", "Chilean President Ana Rojas"),
        ("recipient", "UN"),
    }


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
