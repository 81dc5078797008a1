"""From a word in a role to an argument: whose phrase it is, how far it goes, whether it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from baselines.dependency import sides, trees, words
from baselines.lexicon import mentions, roles
from baselines.lexicon.mentions import Mention
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Phrase
from baselines.lexicon.roles import Filler
from baselines.lexicon.triggers import Trigger

_PLACES = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "over", "off"})
_GROUND = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "PROTEST"})


class Filling:
    """Turns words in a role into arguments of one trigger."""

    def __init__(self, doc: Any, parties: Parties, trigger: Trigger, city: str) -> None:
        self.city = city
        self.doc = doc
        self.parties = parties
        self.trigger = trigger
        self.table = words.roles_of(trigger)

    def fill(self, role: str, found: Iterable[Any]) -> Iterator[Filler]:
        """The words whose phrases stand for somebody who can play the role."""
        for word in found:
            phrase = self._phrase(word)
            if phrase is None or self._is_idea(word):
                continue
            known = list(self._several(phrase, role)) or list(
                roles.fill(self.parties, role, [phrase])
            )
            mention = self._nominal(word, phrase, role) if not known else None
            for filler in [Filler(role, mention)] if mention is not None else known:
                yield self._placed(replace(filler, mention=self._whole(word, filler.mention)))

    def _placed(self, filler: Filler) -> Filler:
        """A town that is captured, searched or left is where it happens."""
        somewhere = filler.mention.kind == "place" and self.trigger.type in _GROUND
        return replace(filler, role="place") if somewhere else filler

    def _several(self, phrase: Phrase, role: str) -> Iterator[Filler]:
        """`the British and Irish governments` are two."""
        head = self.parties.sentence.tokens[phrase.head]
        if head.lemma in ("government", "delegation", "minister") and head.lower != head.lemma:
            words_before = (self.parties.sentence, phrase.first, phrase.last, self.parties.names)
            found = [m for m in mentions.inside(*words_before) if m.kind == "government"]
            last = found[-1:]
            if len(found) > 1:
                yield from (Filler(role, mention) for mention in found[:-1])
                yield from (Filler(role, replace(m, last=phrase.last)) for m in last)

    def _is_idea(self, word: Any) -> bool:
        """What is agreed or refused is no party: `accept it`, `backed the Belfast Agreement`."""
        if word.ent_type_ in trees.AMOUNTS or word.lower_ in ("nobody", "nothing", "none"):
            return True
        if word.lower_ == "one" and word.i and word.nbor(-1).lower_ == "no":
            return True
        if word.lower_ == "it" and word.dep_ in ("dobj", "pobj"):
            return True
        lemma = self.parties.sentence.tokens[word.i].lemma
        return (
            word.pos_ != "PRON" and words.is_event_noun(lemma) and lemma not in words.group("sides")
        )

    def _nominal(self, word: Any, phrase: Phrase, role: str) -> Mention | None:
        """A common noun that no list knows: people who act; whatever is hit, seized or backed."""
        if role not in ("actor", "recipient") or self.parties.of(phrase) is not None:
            return None
        if word.lower_ in words.group("persons"):  # somebody, although it is not clear who
            return Mention(word.i, word.i, "person", "")
        return sides.nominal(self.parties, word, phrase, self.trigger.type, role)

    def _whole(self, word: Any, mention: Mention) -> Mention:
        """The phrase with what follows its head, unless the trigger stands there."""
        if mention.proper or word.pos_ == "PRON" or mention.last != word.i:
            return mention
        last = sides.end(word)
        inside = word.i < self.trigger.first <= last
        return mention if inside else replace(mention, last=last)

    def _phrase(self, word: Any) -> Phrase | None:
        found = [p for p in self.parties.sentence.phrases if p.head == word.i]
        if found:
            return found[0]
        return next((o for p in self.parties.sentence.phrases if (o := _owner(p, word.i))), None)

    def owned(self, word: Any, role: str) -> Iterator[Filler]:
        """The possessor of a noun and the names before it."""
        phrase = self._phrase(word)
        if phrase is not None:
            yield from roles.owners(self.parties, phrase, phrase.last, role)

    def sides(self, found: Sequence[Any]) -> list[Any]:
        """After `by` only somebody who can act."""
        known = [(word, self._phrase(word)) for word in found]
        mentions_of = [(w, self.parties.of(p)) for w, p in known if p is not None]
        return [word for word, mention in mentions_of if mention is not None and mention.side]

    def places(self, word: Any) -> Iterator[Filler]:
        """Where it happened: phrases after a preposition of place."""
        for preposition, found in trees.phrases(word):
            if preposition in _PLACES and preposition not in self.table:
                yield from self.fill("place", found)

    def settings(self, word: Any) -> Iterator[Filler]:
        """Places of the word and of the clauses above it that tell the same scene."""
        for _ in range(5):
            yield from self.places(word)
            for here in (t for t in word.children if t.lower_ == "here" and t.dep_ == "advmod"):
                yield Filler("place", Mention(here.i, here.i, "place", self.city or "here"))
            if word.dep_ not in words.group("scene") or word.head.i == word.i:
                return
            word = word.head


def _owner(phrase: Phrase, head: int) -> Phrase | None:
    """The possessor phrase with that head, at any depth."""
    owner = phrase.owner
    while owner is not None and owner.head != head:
        owner = owner.owner
    return owner
