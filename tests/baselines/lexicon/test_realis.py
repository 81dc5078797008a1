"""Whether it happened, and who says so."""

from __future__ import annotations

import pytest

from tests.baselines.lexicon.reader import event


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


def test_sources_are_subjects_of_saying_verbs() -> None:
    assert event("Ana Rojas said that rebels attacked the port.", "attacked").source == "Ana Rojas"
    assert event("Rebels attacked the port, Ana Rojas said.", "attacked").source == "Ana Rojas"
    assert (
        event("According to Ana Rojas, rebels attacked the port.", "attacked").source == "Ana Rojas"
    )
    assert event("Rebels attacked the port.", "attacked").source is None
    assert event("Ana Rojas accused Mali of arming rebels.", "arming").source == "Ana Rojas"
    assert event("Ana Rojas accused Mali of arming rebels.", "accused").source is None
