"""What a noun phrase or verb hangs on: the verb it is object or subject of, the noun before its
preposition.
"""

from __future__ import annotations

from dataclasses import dataclass

from baselines.lexicon import clauses
from baselines.lexicon.phrases import Group, Phrase, Sentence


@dataclass(frozen=True, slots=True)
class Governor:
    """How a phrase is attached: relation, word, its verb group or its noun's index."""

    relation: str
    lemma: str
    group: Group | None = None
    noun: int | None = None
    preposition: str = ""


def of_phrase(sentence: Sentence, phrase: Phrase) -> Governor | None:
    """The governor of a noun phrase; conjuncts share that of the first."""
    first = _first_of_list(sentence, phrase)
    if first.preposition:
        return _through_preposition(sentence, first)
    return _as_object(sentence, first) or _as_subject(sentence, phrase)


def _first_of_list(sentence: Sentence, phrase: Phrase) -> Phrase:
    earlier = [other for other in sentence.phrases if other.last < phrase.first]
    while phrase.conjoined and earlier:
        phrase = earlier.pop()
    return phrase


def _through_preposition(sentence: Sentence, phrase: Phrase) -> Governor:
    """The noun or verb before the preposition; a phrase at the start of a clause has neither."""
    index = phrase.first - 2
    amount = sentence.phrase_to(index)
    if amount is not None and sentence.tokens[amount.head].tag == "NUM" and not amount.preposition:
        return _as_object(sentence, amount) or Governor("prep", "", None, None, phrase.preposition)
    preposition = phrase.preposition
    noun = sentence.phrase_to(index)
    while noun is not None and _attached(sentence, noun):
        noun = sentence.phrase_to(noun.first - 2)
    if noun is not None and sentence.tokens[noun.head].tag in ("NOUN", "NUM"):
        return Governor("prep", sentence.tokens[noun.head].lemma, None, noun.head, preposition)
    while index >= 0 and sentence.tokens[index].tag in ("ADV", "PREP", "ADJ", "TIME"):
        if sentence.tokens[index].tag == "ADJ":
            return Governor("prep", sentence.tokens[index].lemma, None, index, preposition)
        index -= 1
    group = sentence.group_at(index) if index >= 0 else None
    if group is not None:
        return Governor("prep", group.lemma, group, None, preposition)
    return Governor("prep", "", None, None, preposition)


def _attached(sentence: Sentence, noun: Phrase) -> bool:
    """`a plan by Putin for …`: what follows hangs on the noun before."""
    inner = (
        noun.preposition in ("of", "by", "from", "with") or sentence.tokens[noun.head].tag == "NAME"
    )
    return inner and sentence.phrase_to(noun.first - 2) is not None


def _as_object(sentence: Sentence, phrase: Phrase) -> Governor | None:
    group = clauses.previous_group(sentence, phrase.first)
    if group is None or phrase not in _all_objects(sentence, group):
        return None
    return Governor("object", group.lemma, group)


def _all_objects(sentence: Sentence, group: Group) -> list[Phrase]:
    """First object and, of `give Kyiv aid`, the second one right behind it."""
    found = clauses.objects(sentence, group)
    second = sentence.phrase_from(found[-1].last + 1) if found else None
    return [*found, second] if second is not None else found


def _as_subject(sentence: Sentence, phrase: Phrase) -> Governor | None:
    for group in sentence.groups:
        if group.first > phrase.last and phrase in clauses.subjects(sentence, group):
            return Governor("subject", group.lemma, group)
    return None
