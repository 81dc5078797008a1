"""Whom the phrases of one sentence stand for, pronouns and possessors resolved."""

from __future__ import annotations

from dataclasses import replace

from baselines.lexicon import clauses, data, mentions, pronouns
from baselines.lexicon.mentions import Mention
from baselines.lexicon.names import Names
from baselines.lexicon.phrases import Phrase, Sentence
from baselines.lexicon.pronouns import Memory

_VAGUE = frozenset({"a", "an", "no", "either", "neither", "any", "some", "every", "each"})


_SPEAKER = frozenset({"i", "we", "my", "our", "me", "us"})


_OBJECTS = frozenset({"him", "them"})


class Parties:
    """Who the phrases of one sentence stand for, pronouns resolved."""

    def __init__(self, sentence: Sentence, names: Names, memory: Memory) -> None:
        self.sentence = sentence
        self.names = names
        self._memory = memory
        found = (
            (phrase, mentions.identify(sentence, phrase, names)) for phrase in sentence.phrases
        )
        self._known = {id(phrase): mention for phrase, mention in found if mention is not None}
        self._resolved: dict[str, Mention] = {}

    def all(self) -> list[Mention]:
        """Every phrase and possessor that stands for somebody, in text order."""
        found: list[Mention] = []
        for phrase in self.sentence.phrases:
            owner = self._owner(phrase)
            found += [owner] if owner is not None else []
            found += [self._known[id(phrase)]] if id(phrase) in self._known else []
        return found

    def _owner(self, phrase: Phrase) -> Mention | None:
        """A possessor that is a name or a noun, pronouns left out."""
        if phrase.owner is None or self.sentence.tokens[phrase.owner.first].tag == "POSS":
            return None
        return mentions.identify(self.sentence, phrase.owner, self.names)

    def named(self) -> list[Mention]:
        """Every proper name of the sentence, those inside longer phrases included."""
        found = [mention for mention in self.all() if mention.proper]
        for phrase in self.sentence.phrases:
            inner = mentions.inside(self.sentence, phrase.first, phrase.last, self.names)
            found += [m for m in inner if not any(o.first <= m.first <= o.last for o in found)]
        return found

    def antecedents(self) -> list[Mention]:
        """Mentions that a later pronoun may take up: no `a reader`, `either president`."""
        words = self.sentence.tokens
        return [
            m
            for m in self.all()
            if m.proper or not ({words[max(0, m.first - 1)].lower, words[m.first].lower} & _VAGUE)
        ]

    def of(self, phrase: Phrase) -> Mention | None:
        """Whom a phrase stands for, the antecedent of a pronoun included."""
        if id(phrase) in self._known:
            return self._with_name(phrase) or self._owned(phrase, self._known[id(phrase)])
        if phrase.first == phrase.last:
            return self._pronoun(phrase.first)
        return (
            mentions.identify(self.sentence, phrase, self.names) if phrase.owner is None else None
        )

    def _with_name(self, phrase: Phrase) -> Mention | None:
        """`town of Bukavu`, `allies of Ukraine`: the name after *of* belongs to the phrase."""
        mention, words = self._known[id(phrase)], self.sentence.tokens
        after = self.sentence.phrase_from(phrase.last + 2)
        named = (
            self._known.get(id(after)) if after is not None and after.preposition == "of" else None
        )
        whole = self.names.find(words[mention.first : named.last + 1]) if named else None
        if named is not None and whole is not None:
            return replace(mention, last=named.last, name=whole[0], kind=whole[1], proper=True)
        if named is None or mention.proper or not (named.proper or words[phrase.head].tag == "NUM"):
            return None
        if words[phrase.head].lemma in data.words("places"):
            return replace(named, first=mention.first, kind="place", name=named.spot or named.name)
        if words[phrase.head].tag == "NUM":
            return replace(named, first=mention.first, name=f"{mention.name} of {named.name}")
        name = f"{mention.name} of {named.name}"
        return replace(mention, last=named.last, name=name)

    def _owned(self, phrase: Phrase, mention: Mention) -> Mention:
        """`its troops` are the forces of the country that `its` stands for."""
        words = self.sentence.tokens
        if (
            phrase.owner is None
            or words[phrase.owner.first].tag != "POSS"
            or mention.kind != "armed_force"
        ):
            return mention
        owner = self._pronoun(phrase.owner.first)
        if owner is None or owner.kind != "government":
            return mention
        return replace(mention, name=f"{mentions.demonym(owner.name)} forces")

    def _speaker(self, index: int) -> Mention | None:
        """`We will not negotiate, the minister said`: the one who says it."""
        for group in self.sentence.groups:
            if group.lemma in data.words("sayers_only"):
                found = [self._known.get(id(p)) for p in clauses.subjects(self.sentence, group)]
                if found and found[0] is not None and not found[0].first <= index <= found[0].last:
                    return replace(found[0], first=index, last=index)
        return None

    def _pronoun(self, index: int) -> Mention | None:
        token = self.sentence.tokens[index]
        if token.lower in _SPEAKER:
            return self._speaker(index)
        if token.tag not in ("PRON", "POSS"):
            return mentions.identify(self.sentence, Phrase(index, index, index), self.names)
        if self._is_dummy(index):
            return None
        kind = pronouns.kind(token.lower)
        if kind in self._resolved and token.lower not in _OBJECTS:
            return replace(self._resolved[kind], first=index, last=index)
        before = [mention for mention in self.antecedents() if mention.last < index]
        found = self._memory.resolve(token.lower, before, self._excluded(index))
        if found is None:
            return None
        mention = Mention(index, index, found[1], found[0])
        if token.lower not in _OBJECTS:
            self._resolved[kind] = mention
        return mention

    def _is_dummy(self, index: int) -> bool:
        """`It would be unfair to …`: nobody."""
        words, group = self.sentence.tokens, self.sentence.group_at(index + 1)
        if words[index].lower != "it" or group is None or group.lemma != "be":
            return False
        return group.head + 1 < len(words) and words[group.head + 1].tag == "ADJ"

    def _excluded(self, index: int) -> frozenset[str]:
        """An object pronoun is not the subject of its own verb."""
        if self.sentence.tokens[index].lower not in _OBJECTS:
            return frozenset()
        group = clauses.previous_group(self.sentence, index)
        phrases = clauses.subjects(self.sentence, group) if group is not None else []
        known = [self.of(phrase) for phrase in phrases if phrase.last < index]
        return frozenset(mention.name for mention in known if mention is not None)

    def is_actor(self, phrase: Phrase) -> bool:
        """Whether the phrase stands for a side."""
        found = self.of(phrase)
        return found is not None and found.kind != "facility"
