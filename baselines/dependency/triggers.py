"""Finds triggers: lemmas of the lexicon in their part of speech, whose context allows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baselines.dependency import trees, words
from baselines.dependency.cues import Cues, types
from baselines.lexicon import data
from baselines.lexicon.parties import Parties
from baselines.lexicon.tokens import Token
from baselines.lexicon.triggers import Trigger, idiomatic, pruned

_STATES = frozenset("unite share arm back experience occupy".split())
_PARTICLE_RELATIONS = frozenset({"prt", "prep", "advmod", "npadvmod", "agent"})


def find(doc: Any, parties: Parties, article: frozenset[str]) -> list[Trigger]:
    """All triggers of a sentence in text order; `article` has the lemmas of the whole text."""
    finder = _Finder(doc, parties, article)
    return _without_results(doc, pruned(list(finder.all())))


class _Finder:
    """Goes through the words of one sentence."""

    def __init__(self, doc: Any, parties: Parties, article: frozenset[str]) -> None:
        self.article = article
        self.doc = doc
        self.parties = parties
        self.tokens = parties.sentence.tokens

    def all(self) -> Iterator[Trigger]:
        skipped = idiomatic(self.tokens, words.idioms())
        for word in self.doc:
            token = self.tokens[word.i]
            free = word.i not in skipped and not token.name and not token.time
            if free and not self._is_name(token):
                yield from self._at(word, token.tag)

    def _is_name(self, token: Token) -> bool:
        """`Solidarity`, learned as a name, is not the common noun."""
        known = token.capital and (token.text,) in self.parties.names.longest
        return known and token.lower not in words.name_nouns()

    def _at(self, word: Any, tag: str) -> list[Trigger]:
        if tag == "VERB" or (tag == "PART" and word.tag_ == "VBN"):
            return self._verb(word, tag)
        if tag == "NOUN":
            return self._noun(word)
        if tag == "ADJ":
            return self._ruled(word, word.i, "adjective", self._lemma(word)) or []
        return []

    def _lemma(self, word: Any) -> str:
        return str(self.tokens[word.i].lemma)

    def _verb(self, word: Any, tag: str) -> list[Trigger]:
        lemma = self._lemma(word)
        particle = self._particle(word, lemma)
        if particle is not None:
            whole = self.doc[word.i + 1 : particle.i + 1].text.lower()
            if f"{lemma} {whole}" in words.entries("verbs") and particle.i == word.i + 2:
                kind = words.entries("verbs")[f"{lemma} {whole}"]
                return [Trigger(kind, word.i, particle.i, "verb", f"{lemma} {whole}")]
            return self._phrasal(word, particle, f"{lemma} {particle.lower_}")
        if tag == "PART" and lemma in _STATES:
            return []
        return self._typed(word, word.i, "verb", lemma)

    def _particle(self, word: Any, lemma: str) -> Any | None:
        """The particle or preposition with which the verb is an entry of its own."""
        close = [t for t in word.children if t.i > word.i and t.dep_ in _PARTICLE_RELATIONS]
        after = list(self.doc[word.i + 1 : word.i + 2])
        two = self.doc[word.i + 1 : word.i + 3]
        if len(two) == 2 and f"{lemma} {two.text.lower()}" in words.entries("verbs"):
            return two[1]
        for other in (*after, *close):
            split = other.i > word.i + 1 and other.dep_ != "prt"
            if f"{lemma} {other.lower_}" in words.entries("verbs") and not split:
                return other
        return None

    def _phrasal(self, word: Any, particle: Any, phrasal: str) -> list[Trigger]:
        """A rule of the verb that names the particle decides, else the entry."""
        last = particle.i if particle.i == word.i + 1 else word.i
        rules = words.contexts().get(f"{self._lemma(word)} verb", [])
        cues = Cues(word, self.parties, self.article)
        for rule in rules:
            if particle.lower_ in rule.get("next", []) and cues.hold(rule, ignore="next"):
                return [Trigger(kind, word.i, last, "verb", phrasal) for kind in types(rule)]
        return [Trigger(words.entries("verbs")[phrasal], word.i, last, "verb", phrasal)]

    def _noun(self, word: Any) -> list[Trigger]:
        if self._names_a_thing(word):
            return []
        for parts in words.compounds():
            first = word.i - len(parts) + 1
            if first >= 0 and self._matches(first, parts):
                return self._compound(first, word.i, parts)
        lemma = self._lemma(word)
        known = words.is_event_noun(lemma)
        if word.lower_.endswith("ing") and not known:
            return self._gerund(word)
        return self._typed(word, word.i, "noun", lemma)

    def _names_a_thing(self, word: Any) -> bool:
        """`attack drones` are drones, `aid workers` workers."""
        after = self.tokens[word.i + 1 : word.i + 2]
        return bool(after) and after[0].tag == "NOUN" and after[0].lemma in data.words("things")

    def _matches(self, first: int, parts: tuple[str, ...]) -> bool:
        tokens = self.tokens[first : first + len(parts)]
        return all(part in (t.lemma, t.lower) for part, t in zip(parts, tokens, strict=True))

    def _compound(self, first: int, last: int, parts: tuple[str, ...]) -> list[Trigger]:
        lemma = " ".join(parts).replace(" - ", "-")
        start = first if "-" in parts or lemma in words.added()["whole"] else last
        return [Trigger(words.entries("nouns")[lemma], start, last, "noun", lemma)]

    def _gerund(self, word: Any) -> list[Trigger]:
        """`the shelling of` where the lexicon has only the verb."""
        lemma = self.tokens[word.i].lemmas.get("VERB", "")
        if lemma in words.entries("verbs") and f"{lemma} verb" not in words.contexts():
            return [Trigger(words.entries("verbs")[lemma], word.i, word.i, "noun", lemma)]
        return []

    def _typed(self, word: Any, last: int, part: str, lemma: str) -> list[Trigger]:
        """Triggers of one word: by its rules where it has some, else by the plain lists."""
        ruled = self._ruled(word, last, part, lemma)
        if ruled is not None:
            return ruled
        kind = words.entries(f"{part}s").get(lemma)
        return [Trigger(kind, word.i, last, part, lemma)] if kind else []

    def _ruled(self, word: Any, last: int, part: str, lemma: str) -> list[Trigger] | None:
        """What the first rule that holds gives; None where the word has no rules."""
        rules = words.contexts().get(f"{lemma} {part}")
        if rules is None:
            return None
        cues = Cues(word, self.parties, self.article)
        rule = next((r for r in rules if cues.hold(r)), None)
        if rule is None:
            return []
        length = {"particle": 1, "idiom": 3}.get(rule.get("span", ""), 0)
        stop = min(last + length, len(self.tokens) - 1)
        if length == 1 and self.tokens[stop].lower not in rule.get("next", []):
            stop = last  # `turned the offer down`: the bare verb is the trigger
        return [Trigger(kind, word.i, stop, part, lemma) for kind in types(rule)]


def _without_results(doc: Any, found: list[Trigger]) -> list[Trigger]:
    """An attack word and its result in one clause are one mention, the attack word."""
    attacks = [t for t in found if t.type == "ASSAULT"]
    return [t for t in found if not any(_is_result(doc, t, other) for other in attacks)]


def _is_result(doc: Any, trigger: Trigger, attack: Trigger) -> bool:
    """The attack word is subject, agent or governing verb of the result verb."""
    if trigger.type != "ASSAULT" or trigger.lemma not in data.words("results") or trigger is attack:
        return False
    verb, cause = doc[trigger.first], doc[attack.last]
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":
        return bool(verb.head == cause or verb.head == trees.governor(cause)[1])
    noun = attack.part == "noun" and attack.lemma.split()[-1] in data.words("attack_words")
    return noun and trees.governor(cause)[1] == verb
