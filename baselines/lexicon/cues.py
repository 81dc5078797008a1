"""The cues of context rules: what can be asked about a word and its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from baselines.lexicon import clauses, lexicon
from baselines.lexicon.phrases import Group, Phrase, Sentence
from baselines.lexicon.tokens import Token


def holds(
    sentence: Sentence,
    index: int,
    rule: lexicon.Rule,
    is_actor: Callable[[Phrase], bool],
    ignore: str = "",
) -> bool:
    """Whether all cues of a rule hold at a word."""
    cues = _Cues(sentence, index, is_actor)
    return all(
        cues.check(cue, wanted)
        for cue, wanted in rule.items()
        if cue not in ("type", "span", ignore)
    )


def types(rule: lexicon.Rule) -> list[str]:
    """The types that a rule gives; none for `type: none`."""
    kind = rule["type"]
    kinds = [kind] if isinstance(kind, str) else kind
    return [name for name in kinds if name != "none"]


@dataclass(frozen=True, slots=True)
class _Cues:
    """What can be asked about a word and its neighbours."""

    sentence: Sentence
    index: int
    is_actor: Callable[[Phrase], bool]

    def check(self, cue: str, wanted: Any) -> bool:
        """Whether a cue of a rule holds here."""
        if isinstance(wanted, str):
            return bool(self._flag(cue)) == (wanted == "true")
        words = self._words(cue.removeprefix("not_"))
        return bool(words & set(wanted)) != cue.startswith("not_")

    def _words(self, cue: str) -> set[str]:
        found: set[str] = getattr(self, f"_{cue.rstrip('_')}")()
        return found

    def _flag(self, cue: str) -> bool:
        group = self._group()
        after = self._phrases_after()
        return {
            "lone": not after,
            "name": any(self.is_actor(phrase) for phrase in after),
            "name_after": self._name_after(),
            "passive": group is not None and group.passive,
            "participle": self._token().tag == "PART",
            "plural": self._token().lower != self._token().lemma,
            "copula": self._copula(),
            "object_is_event": self._object_is_event(),
            "object_is_actor": any(self.is_actor(phrase) for phrase in after),
            "actor_subject": any(self.is_actor(phrase) for phrase in self._subject_phrases()),
            "subject_plural": self._subject_plural(),
        }.get(cue, False)

    def _token(self) -> Token:
        return self.sentence.tokens[self.index]

    def _group(self) -> Group | None:
        group = self.sentence.group_at(self.index)
        return group if group is not None and group.head == self.index else None

    def _phrases_after(self) -> list[Phrase]:
        """Objects of the verb; of a passive its subjects, of a participle its noun."""
        group = self._group()
        phrase = self.sentence.phrase_at(self.index)
        if group is None:
            return [phrase] if phrase is not None and self._token().tag == "PART" else []
        if group.passive:
            return clauses.subjects(self.sentence, group)
        return clauses.objects(self.sentence, group)

    def _subject_phrases(self) -> list[Phrase]:
        group = self._group()
        if group is None or group.passive:
            return []
        return clauses.subjects(self.sentence, group)

    def _name_after(self) -> bool:
        """The phrase behind the preposition that follows is an actor or a place."""
        phrase = self.sentence.phrase_from(self.index + 2)
        return phrase is not None and (
            self.is_actor(phrase) or self.sentence.tokens[phrase.last].tag in ("NAME", "PRON")
        )

    def _copula(self) -> bool:
        before = clauses.previous_group(self.sentence, self.index)
        return before is not None and before.lemma in ("be", "remain", "seem", "appear", "sound")

    def _object_is_event(self) -> bool:
        heads = [self.sentence.tokens[phrase.head].lemma for phrase in self._phrases_after()]
        return any(head in lexicon.entries("nouns") for head in heads)

    def _subject_plural(self) -> bool:
        found = self._subject_phrases()
        plural = {"they", "both", "we"}
        return len(found) > 1 or any(
            self.sentence.tokens[phrase.head].lower in plural
            or self.sentence.tokens[phrase.head].lower != self.sentence.tokens[phrase.head].lemma
            for phrase in found
        )

    def _next(self) -> set[str]:
        tokens = self.sentence.tokens[self.index + 1 : self.index + 2]
        return {token.lower for token in tokens} | {token.lemma for token in tokens}

    def _next_lemma(self) -> set[str]:
        return self._next()

    def _next_tag(self) -> set[str]:
        tokens = self.sentence.tokens[self.index + 1 : self.index + 3]
        return {token.tag for token in tokens} | {token.tag.lower() for token in tokens}

    def _form(self) -> set[str]:
        group = self._group()
        return {group.form[:3]} if group else set()

    def _before(self) -> set[str]:
        phrase = self.sentence.phrase_at(self.index)
        first = phrase.first if phrase is not None else max(0, self.index - 1)
        return {token.lemma for token in self.sentence.tokens[first : self.index]} | {
            token.lower for token in self.sentence.tokens[max(0, first - 1) : self.index]
        }

    def _modifier(self) -> set[str]:
        phrase = self.sentence.phrase_at(self.index)
        first = phrase.first if phrase is not None else self.index
        tokens = self.sentence.tokens[first : self.index]
        found = {token.lemma for token in tokens} | {token.lower for token in tokens}
        return found | {f"{a.lower}-{b.lower}" for a, b in zip(tokens, tokens[2:], strict=False)}

    def _object(self) -> set[str]:
        return self._heads(self._phrases_after())

    def _subject(self) -> set[str]:
        group = self._group()
        if group is None:
            return set()
        return self._heads(clauses.subjects(self.sentence, group))

    def _of(self) -> set[str]:
        reach = clauses.prepositional(self.sentence, self.index)
        near = [phrase for word, phrase in reach if word in ("of", "on", "for", "in", "to")][:2]
        return self._heads(near)

    def _with(self) -> set[str]:
        reach = clauses.prepositional(self.sentence, self.index)
        return self._heads([phrase for word, phrase in reach if word == "with"])

    def _word(self) -> set[str]:
        return {token.lemma for token in self.sentence.tokens} | {
            token.lower for token in self.sentence.tokens
        }

    def _heads(self, phrases: Iterable[Phrase]) -> set[str]:
        """Heads and modifiers of phrases, and the heads of their of-phrases."""
        found: set[str] = set()
        for phrase in phrases:
            tokens = self.sentence.tokens[phrase.first : phrase.last + 1]
            found |= {token.lemma for token in tokens} | {token.lower for token in tokens[-1:]}
            follower = self.sentence.phrase_from(phrase.last + 2)
            if follower is not None and follower.preposition == "of":
                found.add(self.sentence.tokens[follower.head].lemma)
        return found
