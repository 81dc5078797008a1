"""Which type a trigger has: pairs of a trigger and a type, one yes-or-no classifier for all types.

What the lexicon says is a feature that all types share (*the rules say this one*), so that what is
learned from frequent types holds for rare ones; words are features of each type alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from baselines.crf.analysis import Passage
from baselines.crf.linear import Linear
from baselines.crf.stems import stem, types_by_stem
from baselines.lexicon import clauses, cues, government, lexicon
from baselines.lexicon.mentions import Mention
from baselines.lexicon.phrases import Group, Phrase, Sentence
from baselines.lexicon.tokens import Token
from baselines.lexicon.triggers import Trigger
from bench.gold import ontology

YES, NO = "yes", "no"


@cache
def names() -> tuple[str, ...]:
    """The event types of the ontology, in its order."""
    return tuple(ontology().types)


def best(model: Linear, passage: Passage, trigger: Trigger) -> tuple[str, float]:
    """The likeliest type and its chance; of equals the first of the ontology."""
    own = facts(passage, trigger)
    chances = [
        (model.probabilities(features(own, passage, trigger, kind)).get(YES, 0.0), kind)
        for kind in names()
    ]
    chance, kind = max(chances, key=lambda item: item[0])
    return kind, chance


def features(own: Sequence[str], passage: Passage, trigger: Trigger, kind: str) -> list[str]:
    """What the classifier sees of a trigger and a type; `own` are the trigger's `facts`."""
    return [f"type={kind}", *_shared(passage, trigger, kind), *(f"{kind}|{fact}" for fact in own)]


def _shared(passage: Passage, trigger: Trigger, kind: str) -> Iterator[str]:
    """Whether what is known of the word speaks for this type, for another, or for none."""
    token = passage.tokens[trigger.first if trigger.part == "verb" else trigger.last]
    ruled = [
        t.type for t in passage.suggested if t.first <= trigger.last and trigger.first <= t.last
    ]
    yield f"ruled={_verdict(ruled, kind)}"
    for name, listed in _listed(token, trigger):
        yield f"{name}={_verdict(listed, kind)}"
    elsewhere = [t.type for t in passage.suggested if t.type not in ruled]
    yield f"elsewhere={kind in elsewhere}"


def _verdict(found: Sequence[str], kind: str) -> str:
    if not found:
        return "nothing"
    return ("this" if len(found) == 1 else "among") if kind in found else "other"


def _listed(token: Token, trigger: Trigger) -> Iterator[tuple[str, Sequence[str]]]:
    """Types by the lexicon's lists: of the lemma, of its rules, of words with its stem."""
    verb, noun = token.lemmas.get("VERB", token.lemma), token.lemmas.get("NOUN", token.lemma)
    yield "phrasal", lexicon.entries("verbs").get(trigger.lemma, ()) if " " in trigger.lemma else ()
    yield "verb", lexicon.entries("verbs").get(verb, ())
    yield "noun", lexicon.entries("nouns").get(noun, ())
    yield "rules", _of_rules(verb, "verb") + _of_rules(noun, "noun")
    yield "stem", types_by_stem().get(stem(token.lemma), ())


def _of_rules(lemma: str, part: str) -> tuple[str, ...]:
    rules = lexicon.contexts().get(f"{lemma} {part}", [])
    return tuple(dict.fromkeys(kind for rule in rules for kind in cues.types(rule)))


def facts(passage: Passage, trigger: Trigger) -> list[str]:
    """What is known of a trigger whatever its type."""
    sentence = passage.sentence
    word = sentence.tokens[trigger.first if trigger.part == "verb" else trigger.last]
    return [
        f"lemma={trigger.lemma}",
        f"stem={stem(word.lemma)}",
        f"part={trigger.part}",
        f"suffix={word.lower[-4:]}",
        f"prefix={word.lower[:4]}",
        *_around(sentence, trigger),
        *_of_verb(passage, trigger),
        *_of_noun(passage, trigger),
    ]


def _around(sentence: Sentence, trigger: Trigger) -> Iterator[str]:
    words = sentence.tokens
    for place in range(max(0, trigger.first - 3), trigger.first):
        yield f"before={words[place].lemma}"
    for place in range(trigger.last + 1, min(len(words), trigger.last + 4)):
        yield f"after={words[place].lemma}"
    if trigger.last + 1 < len(words):
        yield f"next={words[trigger.last + 1].lemma}"


def _of_verb(passage: Passage, trigger: Trigger) -> Iterator[str]:
    group = passage.sentence.group_at(trigger.first)
    if group is None or trigger.part != "verb":
        return
    yield f"passive={group.passive}"
    yield from _kinds("subject", passage, clauses.subjects(passage.sentence, group))
    objects = clauses.objects(passage.sentence, Group(group.first, trigger.last, group.form))
    yield from _kinds("object", passage, objects)
    for word, _ in list(clauses.prepositional(passage.sentence, trigger.last))[:2]:
        yield f"prep={word}"


def _of_noun(passage: Passage, trigger: Trigger) -> Iterator[str]:
    phrase = passage.sentence.phrase_at(trigger.first)
    if phrase is None:
        return
    yield f"preposition={phrase.preposition}"
    governor = government.of_phrase(passage.sentence, phrase)
    if governor is not None:
        yield f"governor={governor.relation}|{governor.lemma}"
    for word, _ in list(clauses.prepositional(passage.sentence, phrase.last))[:1]:
        yield f"prep={word}"


def _kinds(relation: str, passage: Passage, phrases: Sequence[Phrase]) -> Iterator[str]:
    """The kind and head of the first phrase in a relation."""
    for phrase in phrases[:1]:
        mention = passage.parties.of(phrase)
        yield f"{relation}={passage.tokens[phrase.head].lemma}"
        yield f"{relation}-kind={_kind(mention)}"
    if not phrases:
        yield f"{relation}-kind=missing"


def _kind(mention: Mention | None) -> str:
    return "thing" if mention is None else mention.kind
