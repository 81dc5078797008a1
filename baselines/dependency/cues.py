"""The cues of context rules, asked of the tree: what the trigger tables may ask of a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from baselines.dependency import trees, words
from baselines.lexicon.parties import Parties
from baselines.lexicon.phrases import Phrase


def types(rule: words.Rule) -> list[str]:
    """The types that a rule gives; none for `type: none`."""
    kind = rule["type"]
    return [name for name in ([kind] if isinstance(kind, str) else kind) if name != "none"]


@dataclass(frozen=True, slots=True)
class Cues:
    """What can be asked about a word and its neighbours."""

    word: Any
    parties: Parties
    article: frozenset[str] = frozenset()

    def hold(self, rule: words.Rule, ignore: str = "") -> bool:
        """Whether all cues of a rule hold at the word."""
        return all(
            self._check(cue, wanted)
            for cue, wanted in rule.items()
            if cue not in ("type", "span", ignore)
        )

    def _check(self, cue: str, wanted: Any) -> bool:
        if isinstance(wanted, str):
            return bool(getattr(self, f"_is_{cue}")()) == (wanted == "true")
        found: set[str] = getattr(self, f"_{cue.removeprefix('not_').rstrip('_')}")()
        return bool(found & set(wanted)) != cue.startswith("not_")

    def _lemma(self, word: Any) -> str:
        return str(self.parties.sentence.tokens[word.i].lemma)

    def _phrase(self, word: Any) -> Phrase | None:
        return self.parties.sentence.phrase_at(word.i)

    def _acts(self, word: Any) -> bool:
        phrase = self._phrase(word)
        return phrase is not None and self.parties.is_actor(phrase)

    def _participle(self) -> bool:
        return bool(self.parties.sentence.tokens[self.word.i].tag == "PART")

    def _things(self) -> list[Any]:
        """Objects; of a passive its subjects, of a participle before a noun that noun."""
        if self._participle():
            return [self.word.head]
        return trees.undergoers(self.word)

    def _doers(self) -> list[Any]:
        return [] if trees.passive(self.word) else trees.subjects(self.word)

    def _is_lone(self) -> bool:
        return not self._things()

    def _is_name(self) -> bool:
        return any(self._acts(word) for word in self._things())

    _is_object_is_actor = _is_name

    def _is_name_after(self) -> bool:
        behind = [word for _, found in trees.phrases(self.word) for word in found]
        return any(self._acts(word) or word.pos_ in ("PROPN", "PRON") for word in behind)

    def _is_passive(self) -> bool:
        return bool(trees.passive(self.word))

    def _is_participle(self) -> bool:
        return self._participle()

    def _is_plural(self) -> bool:
        return self.word.tag_ in ("NNS", "NNPS")

    def _is_copula(self) -> bool:
        return str(self.word.head.lemma_) in ("be", "remain", "seem", "appear", "sound")

    def _is_object_is_event(self) -> bool:
        return any(words.is_event_noun(self._lemma(word)) for word in self._things())

    def _is_actor_subject(self) -> bool:
        return any(self._acts(word) for word in self._doers())

    def _is_subject_plural(self) -> bool:
        found = self._doers()
        plural = ("NNS", "NNPS")
        return len(found) > 1 or any(
            word.tag_ in plural or word.lower_ in ("they", "both", "we") for word in found
        )

    def _next(self) -> set[str]:
        following = list(self.word.doc[self.word.i + 1 : self.word.i + 2])
        following += [t for t in self.word.children if t.dep_ == "prt"]
        return {t.lower_ for t in following} | {self._lemma(t) for t in following}

    _next_lemma = _next

    def _next_tag(self) -> set[str]:
        tokens = self.parties.sentence.tokens[self.word.i + 1 : self.word.i + 3]
        return {token.tag for token in tokens} | {token.tag.lower() for token in tokens}

    def _form(self) -> set[str]:
        if trees.infinitive(self.word):
            return {"inf"}
        return {"ing"} if self.word.tag_ == "VBG" else {"fin"}

    def _before(self) -> set[str]:
        first = self._first()
        tokens = self.parties.sentence.tokens
        near = {token.lower for token in tokens[max(0, first - 1) : self.word.i]}
        return near | {token.lemma for token in tokens[first : self.word.i]}

    def _first(self) -> int:
        phrase = self._phrase(self.word)
        return phrase.first if phrase is not None else self.word.i

    def _modifier(self) -> set[str]:
        tokens = self.parties.sentence.tokens[self._first() : self.word.i]
        joined = {f"{a.lower}-{b.lower}" for a, b in zip(tokens, tokens[2:], strict=False)}
        return {t.lemma for t in tokens} | {t.lower for t in tokens} | joined

    def _object(self) -> set[str]:
        return self._heads(self._things())

    def _subject(self) -> set[str]:
        return self._heads(trees.subjects(self.word))

    def _of(self) -> set[str]:
        wanted = ("of", "on", "for", "in", "to")
        return self._heads(
            [word for p, found in trees.phrases(self.word) if p in wanted for word in found]
        )

    def _with(self) -> set[str]:
        return self._heads(
            [w for p, found in trees.phrases(self.word) if p == "with" for w in found]
        )

    def _article(self) -> set[str]:
        return set(self.article)

    def _then(self) -> set[str]:
        """Verbs of the infinitive or clause that the verb governs."""
        return {self._lemma(t) for t in self.word.children if t.dep_ in ("xcomp", "ccomp")}

    def _is_subjunctive(self) -> bool:
        """`insisted that they go`, `that they should go`: a demand in a clause."""
        clauses = [t for t in self.word.children if t.dep_ == "ccomp"]
        return any(
            (t.tag_ in ("VB", "VBP") and not trees.infinitive(t))
            and all(c.tag_ != "MD" or c.lower_ in ("should", "must") for c in t.children)
            for t in clauses
        )

    def _object_of(self) -> set[str]:
        """The verb that the noun is the object of, or the subject of its passive."""
        relation, verb, _ = trees.governor(self.word)
        return {self._lemma(verb)} if relation in ("object", "passive") else set()

    def _subject_of(self) -> set[str]:
        relation, verb, _ = trees.governor(self.word)
        return {self._lemma(verb)} if relation == "subject" else set()

    def _word(self) -> set[str]:
        tokens = self.parties.sentence.tokens
        return {token.lemma for token in tokens} | {token.lower for token in tokens}

    def _heads(self, found: Iterable[Any]) -> set[str]:
        """Heads and modifiers of noun phrases, and the heads of their of-phrases."""
        lemmas: set[str] = set()
        for word in found:
            lemmas |= {self._lemma(word), word.lower_}
            lemmas |= {self._lemma(t) for t in word.children if t.i < word.i and t.dep_ != "poss"}
            lemmas |= {self._lemma(t) for p, ts in trees.phrases(word) if p == "of" for t in ts}
        return lemmas
