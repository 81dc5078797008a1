"""Whether an event happened: cues of its own verb group, of what governs it, of its modifiers."""

from __future__ import annotations

from baselines.lexicon import clauses, data, government
from baselines.lexicon.government import Governor
from baselines.lexicon.phrases import Group, Phrase, Sentence
from baselines.lexicon.triggers import Trigger

_ORDER = ("hypothetical", "future", "generic", "negated", "actual")
_REPORTING_FUTURE = frozenset(
    "say promise pledge agree announce vow order add confirm state tell ask decide".split()
)
_PRESUPPOSING = frozenset("after since during following despite amid".split())


def realis(sentence: Sentence, trigger: Trigger) -> str:
    """One of actual, negated, future, hypothetical and generic."""
    group = sentence.group_at(trigger.first)
    if trigger.part == "verb" and group is not None:
        return of_group(sentence, group)
    phrase = sentence.phrase_at(trigger.first)
    if phrase is None:
        copula = clauses.previous_group(sentence, trigger.first)
        return of_group(sentence, copula) if copula is not None else "actual"
    return _of_noun(sentence, trigger, phrase)


def of_group(sentence: Sentence, group: Group, depth: int = 0) -> str:
    """Realis of what a verb group says."""
    if depth > 5:
        return "actual"
    if group.negated or _negative_subject(sentence, group):
        return "negated"
    if _conditional(sentence, group):
        return "hypothetical"
    if group.modal:
        return _modal(sentence, group)
    if group.coming:
        return "future"
    if (partner := _partner(sentence, group)) is not None:
        return of_group(sentence, partner, depth + 1)
    if group.form == "infinitive":
        return _governed_verb(sentence, group, depth)
    if group.form == "ing" and not _progressive(sentence, group):
        return _governed_verb(sentence, group, depth)
    return "actual"


def _partner(sentence: Sentence, group: Group) -> Group | None:
    """The verb whose infinitive or modal a bare verb after a conjunction shares."""
    bare = group.first == group.head and sentence.tokens[group.head].form == "base"
    joined = group.first > 0 and sentence.tokens[group.first - 1].tag == "CONJ"
    if not (bare and joined):
        return None
    earlier = [
        g for g in sentence.groups if g.head < group.first and (g.modal or g.form == "infinitive")
    ]
    return earlier[-1] if earlier else None


def _negative_subject(sentence: Sentence, group: Group) -> bool:
    """`No ceasefire has been agreed`, `neither side withdrew`."""
    return any(
        sentence.tokens[phrase.first].lower in ("no", "neither", "nobody", "none", "nothing")
        for phrase in (clauses.subjects(sentence, group) if group.form == "finite" else [])
    )


def _conditional(sentence: Sentence, group: Group) -> bool:
    """An `if`, `unless`, `whether` opens the clause, or `should` stands before its subject."""
    for index in range(group.first - 1, -1, -1):
        token = sentence.tokens[index]
        if token.lower in data.words("hypothetical_clauses") and token.tag in (
            "REL",
            "MODAL",
            "PREP",
        ):
            return token.tag == "REL" or index == 0 or sentence.tokens[index - 1].tag == "PUNCT"
        if token.tag in ("REL", "PUNCT") or sentence.group_at(index) is not None:
            return False
    return False


def _modal(sentence: Sentence, group: Group) -> str:
    if group.modal in ("will", "shall", "'ll", "wo"):
        return "future"
    if group.modal in ("would", "'d"):
        earlier = clauses.previous_group(sentence, group.first)
        reported = earlier is not None and earlier.lemma in _REPORTING_FUTURE
        return "future" if reported else "hypothetical"
    return "hypothetical"


def _progressive(sentence: Sentence, group: Group) -> bool:
    return any(token.lemma == "be" for token in sentence.tokens[group.first : group.head])


def _governed_verb(sentence: Sentence, group: Group, depth: int) -> str:
    """An infinitive or -ing form takes its realis from the word it depends on."""
    before = sentence.tokens[group.first - 1] if group.first else None
    if before is not None and before.lower in ("without",):
        return "negated"
    if before is not None and before.lower in ("after", "since", "by", "despite", "when", "while"):
        return "actual"
    noun = sentence.phrase_to(group.first - 1)
    lemma = _word_before(sentence, group)
    own = _class_of(lemma)
    if own is not None and (noun is None or sentence.tokens[noun.head].tag == "NOUN"):
        return own
    governor = clauses.previous_group(sentence, group.first)
    if governor is None:
        return "hypothetical" if group.form == "infinitive" else "actual"
    outer = of_group(sentence, governor, depth + 1)
    given = _class_of(governor.lemma)
    if given == "actual":
        return outer
    if given is None and group.form == "infinitive":
        return outer if _utterance(group) else "hypothetical"
    return given or outer


def _utterance(group: Group) -> bool:
    """`rang to promise`: what is said is said; `came to attack` may not come about."""
    return group.lemma in data.words("saying") or group.lemma in (
        "agree",
        "praise",
        "discuss",
        "apologise",
    )


def _word_before(sentence: Sentence, group: Group) -> str:
    """The noun, adjective or participle right before an infinitive or its preposition."""
    index = group.first - 1
    while index > 0 and sentence.tokens[index].tag in ("PREP", "TO", "ADV"):
        index -= 1
    token = sentence.tokens[max(index, 0)]
    return token.lemma if token.tag in ("NOUN", "ADJ", "VERB", "PART") else ""


def _class_of(lemma: str) -> str | None:
    return next((kind for kind in _ORDER if lemma in _governors(kind)), None) if lemma else None


def _governors(kind: str) -> frozenset[str]:
    return data.governors(kind)


def _of_noun(sentence: Sentence, trigger: Trigger, phrase: Phrase) -> str:
    modifiers = sentence.tokens[phrase.first : trigger.first]
    for token in modifiers:
        found = data.modifier_realis(token.lower)
        if found is not None and token.lower != "any":
            return found
    if trigger.last < phrase.last:
        return _of_modifier(sentence, trigger, phrase)
    governor = government.of_phrase(sentence, phrase)
    if governor is None:
        return _bare(sentence, trigger, phrase) or "actual"
    return _governed_noun(sentence, trigger, phrase, governor)


def _of_modifier(sentence: Sentence, trigger: Trigger, phrase: Phrase) -> str:
    """An event noun before another: hypothetical before *plan* or *talks*, else as its head."""
    head = sentence.tokens[phrase.head]
    if trigger.part == "verb":
        return "actual"
    given = _class_of(head.lemma)
    if given is not None and given != "actual" and head.lemma not in ("agreement", "deal"):
        return "generic" if given == "generic" else "hypothetical"
    whole = Trigger(trigger.type, phrase.head, phrase.head, "noun", head.lemma)
    return _of_noun(sentence, whole, phrase) if phrase.head > trigger.last else "actual"


def _governed_noun(sentence: Sentence, trigger: Trigger, phrase: Phrase, governor: Governor) -> str:
    if governor.relation == "subject" and governor.group is not None:
        return _of_subject(sentence, trigger, phrase, governor.group)
    if governor.relation == "prep" and governor.preposition in _PRESUPPOSING:
        return "actual"
    given = _given(trigger, governor)
    outer = of_group(sentence, governor.group) if governor.group is not None else "actual"
    if governor.lemma in ("agree", "accept") and trigger.type == "RETREAT":
        return "future" if outer == "actual" else outer
    if (
        governor.group is not None
        and governor.lemma in data.words("carriers")
        and given in (None, "actual")
    ):
        return outer
    if given is not None and given != "actual":
        return given
    definite = phrase.owner is not None or sentence.tokens[phrase.first].lower in (
        "the",
        "this",
        "that",
    )
    return _bare(sentence, trigger, phrase) or (
        "actual" if definite and outer == "negated" else outer
    )


_OCCUR = frozenset(
    "be begin start take happen occur follow come continue resume hold materialise go".split()
)


def _of_subject(sentence: Sentence, trigger: Trigger, phrase: Phrase, group: Group) -> str:
    """Subject of `begin`, `be held`, `fail`: as the verb says; of other verbs it is presupposed."""
    found = of_group(sentence, group)
    given = _class_of(group.lemma)
    if given == "generic" and group.form == "infinitive":
        return "generic"
    if group.negated and not group.passive and group.lemma not in _OCCUR:
        return "actual"
    if group.passive and given in ("hypothetical", "future", "generic"):
        return given if found == "actual" else found
    bare = _bare(sentence, trigger, phrase)
    return bare if bare is not None and found == "actual" else found


def _given(trigger: Trigger, governor: Governor) -> str | None:
    """What the governor gives; words that answer an utterance presuppose that it was made."""
    if governor.lemma in data.words("answers") and trigger.lemma in data.words("utterances"):
        return "actual"
    if (
        trigger.lemma in ("call", "conversation", "talk", "meeting", "visit")
        and governor.noun is not None
    ):
        return None
    return _class_of(governor.lemma)


_KINDS = frozenset({"ASSAULT", "AID", "SANCTION", "COERCE"})


def _bare(sentence: Sentence, trigger: Trigger, phrase: Phrase) -> str | None:
    """`a wave of attacks`: a bare plural that nobody owns and nothing limits is a kind."""
    if trigger.type not in _KINDS or phrase.preposition not in (
        "of",
        "against",
        "to",
        "from",
        "about",
    ):
        return None
    token = sentence.tokens[trigger.last]
    plural = token.lower != token.lemma and token.lower.endswith("s")
    before = sentence.tokens[phrase.first : trigger.first]
    limited = any(other.tag in ("DET", "POSS", "NUM", "NAME", "TIME") for other in before)
    return "generic" if plural and not limited else None
