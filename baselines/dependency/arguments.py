"""Who did it, to whom and where: a trigger's relations in the tree, read as roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from baselines.dependency import trees, words
from baselines.dependency.filling import Filling
from baselines.lexicon import data, mentions, roles
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Phrase
from baselines.lexicon.roles import Filler
from baselines.lexicon.triggers import Trigger

_REPLIES = frozenset({"answer", "respond", "retaliate", "reply"})


def fillers(doc: Any, parties: Parties, trigger: Trigger, city: str = "") -> list[Filler]:
    """Arguments of a trigger, each phrase in one role, in text order; *here* is the city."""
    finder = _Finder(doc, parties, trigger, city)
    word = doc[trigger.first] if trigger.part == "verb" else doc[trigger.last]
    if trigger.part == "adjective":
        found = [*finder.fill("actor", trees.subjects(word.head)), *finder.behind(word)]
    elif trigger.part == "verb" and parties.sentence.tokens[word.i].tag != "PART":
        found = list(finder.of_verb(word))
    else:
        found = list(finder.of_noun(word))
    return _distinct(found, trigger)


def _distinct(found: Sequence[Filler], trigger: Trigger) -> list[Filler]:
    """One filler for an actor and role; who acts is not also acted upon by the same words."""
    kept: dict[tuple[str, str], Filler] = {}
    for filler in found:
        inside = trigger.first <= filler.mention.last and filler.mention.first <= trigger.last
        taken = any(other.mention.first == filler.mention.first for other in kept.values())
        if not taken and not inside:
            name = filler.mention.name or str(filler.mention.first)
            kept.setdefault((filler.role, name), filler)
    return sorted(kept.values(), key=lambda filler: (filler.mention.first, filler.role))


class _Finder(Filling):
    """Reads the roles of one trigger."""

    def of_verb(self, verb: Any) -> Iterator[Filler]:
        subjects, passive = trees.subjects(verb), trees.passive(verb)
        moved = passive and self.trigger.type == "MOBILIZE" and not self._agents(verb)
        if not passive or moved:  # `troops were recalled`: the force itself is the actor
            yield from self.fill(self.table.get("subject", "actor"), subjects)
            yield from self._weapons(subjects)
            yield from self._objects(verb, trees.objects(verb))
        elif self.trigger.type == "CONSULT":
            yield from self.fill("actor", subjects)
        else:
            yield from self._objects(verb, subjects)
        yield from self.behind(verb)
        yield from self.settings(verb)

    def _agents(self, verb: Any) -> list[Any]:
        return [word for p, found in trees.phrases(verb) if p == "by" for word in found]

    def _weapons(self, subjects: Iterable[Any]) -> Iterator[Filler]:
        """`Russian drones hit a bus`: the owner of what strikes is the actor."""
        for word in subjects if self.trigger.type == "ASSAULT" else ():
            if data.is_kind("weapons", word.lemma_, word.lower_):
                yield from self.owned(word, "actor")

    def _objects(self, verb: Any, found: Sequence[Any]) -> Iterator[Filler]:
        """Whom it befalls; of a thing, who owns it where the type says so."""
        role = self.table["object"]
        particle = self.doc[self.trigger.last].lower_
        if self.trigger.last > self.trigger.first and particle in data.words("place_prepositions"):
            role = self.table.get(particle, role)
        yield from self.fill(role, found)
        for word in found:
            phrase = self._phrase(word)
            nobody = phrase is not None and self.parties.of(phrase) is None
            if nobody and "possessed" in self.table:
                yield from self.owned(word, self.table["possessed"])
            if "possessed" in self.table:
                yield from self.fill(self.table["possessed"], self.sides(self._agents(word)))
            if nobody and not words.is_event_noun(word.lemma_):
                yield from self.behind(word, skip=("of", "in", "at", "for", "by"))
        inner = trees.child(verb, "xcomp")
        stopped = self.trigger.type == "SANCTION" and inner is not None and inner.tag_ == "VBG"
        if inner is not None and (stopped or self.trigger.type == "THREATEN"):
            yield from self.fill("recipient", trees.objects(inner))
        clause = trees.child(verb, "ccomp")
        if clause is not None and self.trigger.type in ("REQUEST", "ACCUSE") and clause.i > verb.i:
            yield from self.fill("recipient", self.sides(trees.subjects(clause)))

    def behind(self, word: Any, skip: Sequence[str] = ()) -> Iterator[Filler]:
        """Prepositional phrases that hang on the word, by their preposition."""
        for preposition, found in trees.phrases(word):
            if preposition in skip or (preposition == "of" and word.pos_ == "VERB"):
                continue
            if preposition == "by":
                yield from self.fill("actor", self.sides(found))
            elif preposition in self.table:
                yield from self.fill(self.table[preposition], found)

    def of_noun(self, noun: Any) -> Iterator[Filler]:
        phrase = self.parties.sentence.phrase_at(self.trigger.first)
        own = list(self._before(noun, phrase)) if phrase is not None else []
        own += [*self.behind(noun), *self.settings(noun)]
        yield from own
        yield from self._answered(noun)
        acted = any(filler.role == "actor" for filler in own)
        if not acted or self.trigger.type in roles.MUTUAL:
            carried = list(self._carried(noun, acted))
            yield from carried
            if not acted and not any(filler.role == "actor" for filler in carried):
                yield from self._above(noun)

    def _answered(self, noun: Any) -> Iterator[Filler]:
        """`rejected the offer`, `gave Oslo a loan`: who answers or is given is the recipient."""
        relation, verb, _ = trees.governor(noun)
        if verb.pos_ != "VERB" or relation not in ("object", "passive", "prep"):
            return
        lemma = self.parties.sentence.tokens[verb.i].lemma
        uttered = self.trigger.type in ("AGREE", "REQUEST", "ACCUSE", "THREATEN")
        if uttered and lemma in words.group("answers"):
            yield from self.fill("recipient", self._doers(verb))
        given = trees.child(verb, "dative")
        if relation == "object" and given is not None and given.pos_ != "ADP":
            yield from self.fill("recipient", trees.listed(given))
            yield from self.fill("actor", self._doers(verb))

    def _above(self, noun: Any) -> Iterator[Filler]:
        """Nobody named beside the noun: the subject of the clause, where it is not what is told."""
        relation, word, _ = trees.governor(noun)
        while word.pos_ not in ("VERB", "AUX") and word.head.i != word.i:
            word = word.head
        lemma = self.parties.sentence.tokens[word.i].lemma
        if relation in ("object", "prep") and word.pos_ == "VERB" and self._tells(lemma):
            yield from self.fill("actor", self._doers(word))

    def _tells(self, lemma: str) -> bool:
        """Whether the subject of the verb may well be who does it."""
        return lemma not in words.group("answers") and lemma not in data.words("sayers_only")

    def _before(self, noun: Any, phrase: Phrase) -> Iterator[Filler]:
        """Possessors and names before the noun; of a participle the noun that it describes."""
        if self.trigger.part == "verb":
            yield from self.fill(self.table["object"], [noun.head])
            return
        befallen = self.trigger.lemma in words.group("suffered")
        role = "recipient" if befallen else "actor"
        if phrase.owner is not None and phrase.owner.last < self.trigger.first:
            yield from roles.fill(self.parties, role, [phrase.owner])
        start = phrase.first if phrase.owner is None else phrase.owner.last + 1
        if self.trigger.last < phrase.head and self.trigger.type == "RETREAT":
            return
        inner = mentions.inside(
            self.parties.sentence, start, self.trigger.first - 1, self.parties.names
        )
        for mention in inner:
            yield Filler("place" if mention.kind == "place" else "actor", mention)

    def _carried(self, noun: Any, acted: bool) -> Iterator[Filler]:
        """The subject of the verb that carries the noun: `Israel launched strikes`."""
        head = noun.head if noun.dep_ in ("compound", "amod", "nmod") else noun
        relation, verb, preposition = trees.governor(head)
        if verb.pos_ not in ("VERB", "AUX") or relation == "none":
            return
        lemma = self.parties.sentence.tokens[verb.i].lemma
        if relation in ("object", "passive") and roles.carries(self.trigger, lemma):
            doers = self._doers(verb)
            receives = lemma in data.words("receivers")
            if not (acted and self.trigger.type not in roles.MUTUAL):
                yield from self.fill("recipient" if receives else "actor", doers)
            yield from self.behind(verb, skip=("of", "by"))
            yield from self.places(verb)
        elif relation == "prep" and self._makes_actor(lemma, preposition):
            yield from self.fill("actor", self._doers(verb))
        elif relation == "subject":
            yield from self._as_subject(verb, lemma)

    def _as_subject(self, verb: Any, lemma: str) -> Iterator[Filler]:
        """`talks between X and Y opened in Rome`, `the raid killed Y`."""
        yield from self.places(verb)
        if lemma in ("involve", "include"):
            yield from self.fill("actor", trees.objects(verb))
        elif self.trigger.type == "ASSAULT" and lemma in data.words("results"):
            yield from self.fill("recipient", trees.objects(verb))

    def _doers(self, verb: Any) -> list[Any]:
        """Subjects of an active verb; a passive one shows its doer only after `by`."""
        if not trees.passive(verb):
            return trees.subjects(verb)
        return self._agents(verb)

    def _makes_actor(self, lemma: str, preposition: str) -> bool:
        """`agreed to a truce`, `answered with raids`, `put its troops on alert`."""
        if preposition == "with":
            return lemma in _REPLIES
        if self.trigger.type in ("MOBILIZE", "PROTEST"):
            return preposition in ("on", "in")
        return self.trigger.type == "RETREAT" and lemma in ("agree", "sign", "stick")
