"""Grammatical relations from the shallow parse: subjects, objects, phrases after a preposition."""

from __future__ import annotations

from collections.abc import Iterator

from baselines.lexicon import data
from baselines.lexicon.phrases import Group, Phrase, Sentence

_QUOTES = frozenset("\"“”‘’'")
_BREAKS = frozenset({";", ":", "—", "–"})


def subjects(sentence: Sentence, group: Group, depth: int = 0) -> list[Phrase]:
    """Subject phrases of a verb group, conjoined ones in text order; implicit ones included."""
    if depth > 6:
        return []
    if group.form == "infinitive":
        return _controller(sentence, group, depth)
    if group.form == "ing":
        return _of_participle(sentence, group, depth)
    return _finite(sentence, group, depth)


def _finite(sentence: Sentence, group: Group, depth: int) -> list[Phrase]:
    """Walks left from the verb over inserted clauses and prepositional phrases."""
    tokens = sentence.tokens
    index = group.first - 1
    while index >= 0:
        token = tokens[index]
        phrase = sentence.phrase_to(index)
        if phrase is not None:
            if _is_object_of_preposition(sentence, phrase):
                index = _before_list(sentence, phrase) - 1
                continue
            return _coordinated(sentence, phrase)
        if token.tag == "REL" or token.lower == "that":
            return _antecedent(sentence, index)
        if token.text == "," and (jump := _insertion(sentence, index)) is not None:
            index = jump
            continue
        earlier = sentence.group_at(index)
        if token.tag == "CONJ" and (joined := _joined_verb(sentence, index, group)) is not None:
            earlier = joined
        if earlier is not None:
            return _shared(sentence, earlier, group, depth)
        if token.text in _BREAKS:
            return []
        index -= 1
    return []


def _joined_verb(sentence: Sentence, index: int, group: Group) -> Group | None:
    """The verb to which a conjunction joins this one; none where a phrase stands between."""
    between = [p for p in sentence.phrases if index < p.first < group.first and not p.preposition]
    inserted = sentence.tokens[index + 1].text == "," if index + 1 < len(sentence.tokens) else False
    return None if between and not inserted else previous_group(sentence, index)


def _is_object_of_preposition(sentence: Sentence, phrase: Phrase) -> bool:
    return bool(phrase.preposition) and not _starts_clause(sentence, phrase)


def _starts_clause(sentence: Sentence, phrase: Phrase) -> bool:
    """`after Putin spoke`: the word before is a conjunction there, no preposition."""
    before = sentence.tokens[phrase.first - 1] if phrase.first else None
    return before is not None and before.tag == "REL"


def _before_list(sentence: Sentence, phrase: Phrase) -> int:
    """First token of a prepositional phrase; of the whole list if the phrase is a member of one."""
    index = phrase.first
    while phrase.conjoined:
        earlier = [other for other in sentence.phrases if other.last < index]
        if not earlier:
            return index
        phrase = earlier[-1]
        index = phrase.first
    return index - 1


def _insertion(sentence: Sentence, comma: int) -> int | None:
    """Index before the comma that opens an insertion `, who met Merkel,`; None where none does."""
    tokens = sentence.tokens
    for index in range(comma - 1, -1, -1):
        if tokens[index].text in _BREAKS:
            return None
        if tokens[index].text == ",":
            opens = tokens[index + 1]
            phrase = sentence.phrase_from(index + 1)
            inserted = opens.tag in ("REL", "PREP", "ADV", "TIME") or opens.form in ("ing", "past")
            apposed = phrase is not None and phrase.last == comma - 1 and not phrase.conjoined
            return index - 1 if inserted or apposed else None
    return None


def _antecedent(sentence: Sentence, index: int) -> list[Phrase]:
    """What a relative pronoun stands for: the phrase before it; nothing for a conjunction."""
    if sentence.tokens[index].lower not in ("who", "which", "that"):
        return []
    before = index - 1
    while before >= 0 and sentence.tokens[before].text in (",", "“", '"'):
        before -= 1
    phrase = sentence.phrase_to(before)
    if phrase is None:
        return []
    return _coordinated(sentence, phrase) if before < index - 1 else [phrase]


def _shared(sentence: Sentence, earlier: Group, group: Group, depth: int) -> list[Phrase]:
    """`X met Y and said`: the subject of the verb before."""
    between = sentence.tokens[earlier.head + 1 : group.first]
    if any(token.tag == "REL" for token in between):
        return []
    start = earlier
    if group.form == "finite" and earlier.form in ("infinitive", "ing") and not group.modal:
        finite = [g for g in sentence.groups if g.head < earlier.head and g.form == "finite"]
        start = finite[-1] if finite else earlier
    return subjects(sentence, start, depth + 1)


def _coordinated(sentence: Sentence, phrase: Phrase) -> list[Phrase]:
    """The phrase with those conjoined before it."""
    found = [phrase]
    phrases = [other for other in sentence.phrases if other.last < phrase.first]
    while found[0].conjoined and phrases:
        found.insert(0, phrases.pop())
    return found


def previous_group(sentence: Sentence, index: int) -> Group | None:
    """The verb group nearest before a token."""
    earlier = [group for group in sentence.groups if group.head < index]
    return earlier[-1] if earlier else None


def _controller(sentence: Sentence, group: Group, depth: int) -> list[Phrase]:
    """Subject of an infinitive: the object after ask, urge, order; else the governor's subject."""
    governor = previous_group(sentence, group.first)
    noun = _noun_before(sentence, group)
    if noun is not None and noun.preposition == "for":
        return _coordinated(sentence, noun)
    controlled = governor is not None and governor.lemma in data.words("object_control")
    owned = noun is not None and sentence.tokens[noun.head].tag == "NOUN" and not controlled
    if noun is not None and noun.owner is not None and owned:
        return [noun.owner]
    if governor is None:
        return []
    if governor.lemma in data.words("object_control"):
        found = (
            subjects(sentence, governor, depth + 1)
            if governor.passive
            else objects(sentence, governor)
        )
        between = [phrase for phrase in found if governor.passive or phrase.last < group.first]
        if between or governor.passive:
            return between
    return subjects(sentence, governor, depth + 1)


def _noun_before(sentence: Sentence, group: Group) -> Phrase | None:
    """`Putin's promise to stop`: the noun phrase that ends just before the infinitive."""
    return sentence.phrase_to(group.first - 1)


def _of_participle(sentence: Sentence, group: Group, depth: int) -> list[Phrase]:
    """Subject of an -ing form: the accused after `of`, the phrase before it, the main subject."""
    before = sentence.tokens[group.first - 1] if group.first else None
    governor = previous_group(sentence, group.first)
    if before is not None and before.tag in ("PREP", "TO") and governor is not None:
        if governor.lemma in data.words("object_participle"):
            return (
                subjects(sentence, governor, depth + 1)
                if governor.passive
                else objects(sentence, governor)
            )
        return subjects(sentence, governor, depth + 1)
    phrase = sentence.phrase_to(group.first - 1)
    if phrase is not None:
        return _coordinated(sentence, phrase)
    if governor is not None:
        return subjects(sentence, governor, depth + 1)
    later = [g for g in sentence.groups if g.first > group.head and g.form == "finite"]
    return subjects(sentence, later[0], depth + 1) if later else []


def objects(sentence: Sentence, group: Group) -> list[Phrase]:
    """Object phrases right of a verb: the first one, its conjuncts, and a second of `give`."""
    tokens = sentence.tokens
    index = group.head + 1
    while index < len(tokens) and (
        tokens[index].tag == "ADV"
        or tokens[index].text in _QUOTES
        or (
            tokens[index].lower in data.words("particles")
            and sentence.phrase_from(index + 1)
            and index == group.head + 1
            and tokens[index].lower not in ("in", "on", "over")
        )
    ):
        index += 1
    phrase = sentence.phrase_from(index)
    if phrase is None or _own_subject(sentence, group, phrase):
        return []
    return _list_from(sentence, phrase)


def _own_subject(sentence: Sentence, group: Group, phrase: Phrase) -> bool:
    """`said the talks would resume`: the phrase is the subject of a content clause."""
    after = sentence.group_at(phrase.last + 1)
    speaks = group.lemma in data.words("saying")
    return speaks and after is not None and after.form == "finite"


def _list_from(sentence: Sentence, phrase: Phrase) -> list[Phrase]:
    """A phrase and those conjoined after it, unless they are the subject of a verb that follows."""
    found = [phrase]
    for other in sentence.phrases:
        if other.first > phrase.last:
            if not other.conjoined or sentence.group_at(other.last + 1):
                break
            found.append(other)
    return found


def prepositional(sentence: Sentence, index: int) -> Iterator[tuple[str, Phrase]]:
    """Prepositional phrases right of a token, up to the next verb or clause, conjuncts included."""
    for phrase in sentence.phrases:
        if phrase.first <= index:
            continue
        if any(
            _ends_reach(sentence, token_index) for token_index in range(index + 1, phrase.first)
        ):
            return
        if phrase.preposition:
            yield phrase.preposition, phrase


def _ends_reach(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    group = sentence.group_at(index)
    return (
        token.tag == "REL"
        or token.lower == "according"
        or token.text in _BREAKS
        or (group is not None and token.tag in ("VERB", "AUX", "MODAL"))
    )
