"""Finds triggers: words of the lexicon, in their part of speech, whose context allows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from baselines.lexicon import cues, data, lexicon
from baselines.lexicon.phrases import Phrase, Sentence
from baselines.lexicon.tokens import Token


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event word: type, first and last token, and whether it is used as a verb or a noun."""

    type: str
    first: int
    last: int
    part: str
    lemma: str


def find(sentence: Sentence, is_actor: Callable[[Phrase], bool]) -> list[Trigger]:
    """All triggers of a sentence in text order."""
    skipped = idiomatic(sentence.tokens, data.load("triggers.yaml")["skip"])
    found: list[Trigger] = []
    for index, token in enumerate(sentence.tokens):
        if index in skipped or token.name or token.time:
            continue
        found += _at(sentence, index, is_actor)
    return _without_results(sentence, pruned(found))


def idiomatic(tokens: Sequence[Token], idioms: Iterable[Sequence[str]]) -> set[int]:
    """Tokens inside an idiom, by their lemmas."""
    lemmas = [token.lemma for token in tokens]
    found: set[int] = set()
    for idiom in idioms:
        for index in range(len(lemmas) - len(idiom) + 1):
            if lemmas[index : index + len(idiom)] == idiom:
                found |= set(range(index, index + len(idiom)))
    return found


def _at(sentence: Sentence, index: int, is_actor: Callable[[Phrase], bool]) -> list[Trigger]:
    token = sentence.tokens[index]
    if token.tag == "VERB" or (token.tag == "PART" and _participle_counts(token)):
        return _verb(sentence, index, is_actor)
    if token.tag == "NOUN":
        return _noun(sentence, index, is_actor)
    if token.tag == "ADJ":
        return _typed(sentence, index, index, "adjective", token.lemma, is_actor)
    return []


def _participle_counts(token: Token) -> bool:
    """`captured town` and `proposed truce` are events, `occupied territories` are not."""
    return token.form == "past"


def _verb(sentence: Sentence, index: int, is_actor: Callable[[Phrase], bool]) -> list[Trigger]:
    token = sentence.tokens[index]
    span = _particle(sentence, index)
    if span is not None:
        phrasal = f"{token.lemma} {sentence.tokens[span].lower}"
        if phrasal in lexicon.entries("verbs"):
            last = span if span == index + 1 else index
            return [
                Trigger(kind, index, last, "verb", phrasal)
                for kind in _phrasal_types(sentence, index, phrasal, is_actor)
            ]
    if token.tag == "PART" and token.lemma in (
        "unite",
        "share",
        "arm",
        "back",
        "experience",
        "occupy",
    ):
        return []
    return _typed(sentence, index, index, "verb", token.lemma, is_actor)


def _phrasal_types(
    sentence: Sentence, index: int, phrasal: str, is_actor: Callable[[Phrase], bool]
) -> list[str]:
    """Types of a phrasal verb; a rule of its verb that names the particle decides first."""
    verb, particle = phrasal.split()[0], phrasal.split()[-1]
    for rule in lexicon.contexts().get(f"{verb} verb", []):
        if particle in rule.get("next", []) and cues.holds(
            sentence, index, rule, is_actor, ignore="next"
        ):
            return cues.types(rule)
    return lexicon.entries("verbs")[phrasal][:1]


def _particle(sentence: Sentence, index: int) -> int | None:
    """Index of the particle of a verb: beside it, or behind a short object."""
    tokens = sentence.tokens
    for place in range(index + 1, min(index + 7, len(tokens))):
        token = tokens[place]
        if f"{tokens[index].lemma} {token.lower}" in lexicon.entries("verbs"):
            return (
                place
                if place == index + 1
                or token.lower in ("up", "down", "out", "off", "back", "aside")
                else None
            )
        if place > index + 1 and sentence.phrase_at(place) is None:
            return None
    return None


def _noun(sentence: Sentence, index: int, is_actor: Callable[[Phrase], bool]) -> list[Trigger]:
    token = sentence.tokens[index]
    if _names_a_thing(sentence, index):
        return []
    for words in lexicon.compounds():
        first = index - len(words) + 1
        if first >= 0 and _matches(sentence.tokens[first : index + 1], words):
            return _compound(first, index, words)
    if token.lower.endswith("ing") and token.lemma not in lexicon.entries("nouns"):
        return _gerund(sentence, index, is_actor)
    return _typed(sentence, index, index, "noun", token.lemma, is_actor)


def _names_a_thing(sentence: Sentence, index: int) -> bool:
    """`attack drones` are drones, `aid workers` workers."""
    after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    return after is not None and after.tag == "NOUN" and after.lemma in data.words("things")


def _matches(tokens: Iterable[Token], words: tuple[str, ...]) -> bool:
    return all(
        word in (token.lemma, token.lower) for token, word in zip(tokens, words, strict=True)
    )


def _compound(first: int, last: int, words: tuple[str, ...]) -> list[Trigger]:
    """A compound is marked on its head; a hyphenated word and a fixed term are marked whole."""
    lemma = " ".join(words).replace(" - ", "-")
    whole = "-" in words or lemma in ("martial law", "state of emergency")
    start = first if whole else last
    return [
        Trigger(kind, start, last, "noun", lemma) for kind in lexicon.entries("nouns")[lemma][:1]
    ]


def _gerund(sentence: Sentence, index: int, is_actor: Callable[[Phrase], bool]) -> list[Trigger]:
    """`the shelling of` where the lexicon has only the verb."""
    token = sentence.tokens[index]
    lemma = token.lemmas.get("VERB", "")
    if lemma in lexicon.entries("verbs") and f"{lemma} verb" not in lexicon.contexts():
        return [
            Trigger(kind, index, index, "noun", lemma)
            for kind in lexicon.entries("verbs")[lemma][:1]
        ]
    return _typed(sentence, index, index, "noun", token.lemma, is_actor)


def _typed(
    sentence: Sentence,
    first: int,
    last: int,
    part: str,
    lemma: str,
    is_actor: Callable[[Phrase], bool],
) -> list[Trigger]:
    """Triggers of one word: by its rules where it has some, else by the plain lists."""
    rules = lexicon.contexts().get(f"{lemma} {part}")
    if rules is None:
        kinds = lexicon.entries(f"{part}s").get(lemma, [])[:1] if part != "adjective" else []
        return [Trigger(kind, first, last, part, lemma) for kind in kinds]
    rule = next((r for r in rules if cues.holds(sentence, last, r, is_actor)), None)
    if rule is None:
        return []
    stop = last + {"particle": 1, "idiom": 3}.get(rule.get("span", ""), 0)
    return [Trigger(kind, first, stop, part, lemma) for kind in cues.types(rule)]


def pruned(found: list[Trigger]) -> list[Trigger]:
    """The longer of two overlapping triggers of different words, in text order."""
    kept: list[Trigger] = []
    for trigger in sorted(found, key=lambda t: (t.first - t.last, t.first)):
        clash = any(
            trigger.first <= other.last
            and other.first <= trigger.last
            and (trigger.first, trigger.last) != (other.first, other.last)
            for other in kept
        )
        if not clash:
            kept.append(trigger)
    return sorted(kept, key=lambda t: (t.first, t.last))


def _without_results(sentence: Sentence, found: list[Trigger]) -> list[Trigger]:
    """An attack word and its result in one clause are one mention, the attack word."""
    attacks = [t for t in found if t.type == "ASSAULT"]
    return [t for t in found if not any(_is_result(sentence, t, other) for other in attacks)]


def _is_result(sentence: Sentence, trigger: Trigger, attack: Trigger) -> bool:
    """`attack … killed` in one clause, or `struck …, killing …` in one sentence."""
    if trigger.type != "ASSAULT" or trigger.lemma not in data.words("results") or trigger is attack:
        return False
    if sentence.tokens[trigger.first].form == "ing":
        return attack.last < trigger.first and sentence.tokens[trigger.first - 1].text == ","
    noun = attack.part == "noun" and attack.lemma.split()[-1] in data.words("attack_words")
    return noun and _same_clause(sentence, trigger, attack)


def _same_clause(sentence: Sentence, one: Trigger, other: Trigger) -> bool:
    first, last = sorted((one.first, other.first))
    return not any(
        token.tag == "REL" or token.text in ",;:—" or token.lower in ("and", "but")
        for token in sentence.tokens[first + 1 : last]
    )
