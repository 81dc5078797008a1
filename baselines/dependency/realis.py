"""Whether an event happened: auxiliaries, negation, conditions and the words that govern it."""

from __future__ import annotations

from typing import Any

from baselines.dependency import mood, trees, words
from baselines.lexicon import data
from baselines.lexicon.parties import Parties
from baselines.lexicon.triggers import Trigger

_ORDER = ("hypothetical", "future", "generic", "negated", "actual")
_SETTING = frozenset("after since during following despite amid upon".split())
_REPORTING = frozenset(
    "say promise pledge agree announce vow order add confirm state tell ask decide assure concede "
    "undertake settle".split()
)
_OCCUR = frozenset("be begin start take happen occur follow come continue resume hold go".split())
_KINDS = frozenset({"ASSAULT", "AID", "SANCTION", "COERCE"})
_AROUND = frozenset("at in by with under through from during over".split())
_FIRM = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "CONSULT"})
_DEPTH = 6


def realis(doc: Any, parties: Parties, trigger: Trigger) -> str:
    """One of actual, negated, future, hypothetical and generic."""
    word = doc[trigger.first] if trigger.part == "verb" else doc[trigger.last]
    reader = _Reader(parties, trigger)
    if word.pos_ == "ADJ" and trigger.part == "adjective":
        return reader.of_verb(word.head)
    if trigger.part == "verb" and parties.sentence.tokens[word.i].tag != "PART":
        return reader.of_verb(word)
    return reader.of_noun(word)


def class_of(lemma: str) -> str | None:
    """The realis that a governing word gives to what it governs."""
    if lemma in words.group("denials"):
        return "negated"
    return next((kind for kind in _ORDER if lemma in data.governors(kind)), None)


class _Reader:
    """Follows the tree from the trigger to what decides."""

    def __init__(self, parties: Parties, trigger: Trigger) -> None:
        self.parties = parties
        self.trigger = trigger

    def _lemma(self, word: Any) -> str:
        return str(self.parties.sentence.tokens[word.i].lemma)

    def of_verb(self, verb: Any, depth: int = 0) -> str:
        """Realis of what a verb says."""
        if depth > _DEPTH:
            return "actual"
        if mood.negated(verb):
            return "negated"
        if mood.conditional(verb):
            return "hypothetical"
        modal = next((t for t in verb.children if t.tag_ == "MD" and t.dep_ == "aux"), None)
        if modal is not None:
            return self._modal(verb, modal)
        if mood.coming(verb):
            return "future"
        if mood.shares(verb):
            return self.of_verb(verb.head, depth + 1)
        return self._governed_verb(verb, depth)

    def _modal(self, verb: Any, modal: Any) -> str:
        if modal.lower_ == "shall" and verb.sent[-1].text == "?":
            return "hypothetical"
        if modal.lower_ in ("will", "shall", "'ll", "’ll", "wo", "wilt"):
            return "future"
        if modal.lower_ in ("would", "'d", "’d"):
            speaker = next((t for t in verb.ancestors if t.pos_ == "VERB"), None)
            reported = speaker is not None and self._lemma(speaker) in _REPORTING
            return "future" if reported else "hypothetical"
        return "hypothetical"

    def _governed_verb(self, verb: Any, depth: int) -> str:
        """Infinitives and -ing forms take their realis from the word they depend on."""
        infinitive = trees.infinitive(verb)
        if mood.imperative(verb):
            return "hypothetical"
        if verb.dep_ == "ccomp" and self._lemma(verb.head) in words.group("denials"):
            return "negated"
        if not infinitive and (verb.tag_ != "VBG" or trees.child(verb, "aux") is not None):
            return "actual"
        head = verb.head
        if verb.dep_ == "pcomp":
            if head.lower_ in ("without", "than", "of") and head.lower_ != "of":
                return "negated"
            if head.lower_ in ("after", "since", "by", "despite", "in", "before"):
                return "actual"
            head = head.head
        if head.i == verb.i:
            return "hypothetical" if infinitive else "actual"
        return self._from(head, verb, infinitive, depth)

    def _from(self, head: Any, verb: Any, infinitive: bool, depth: int) -> str:
        given = class_of(self._lemma(head))
        if head.pos_ in ("VERB", "AUX"):
            if given == "actual" or (not infinitive and verb.dep_ == "advcl"):
                return self.of_verb(head, depth + 1)
            adjective = trees.child(head, "acomp")
            if given is None and head.lemma_ == "be" and adjective is not None:
                given = class_of(self._lemma(adjective))
            if given is not None:
                return given
            told = trees.passive(head) and self._lemma(head) in data.words("sayers_only")
            purpose = verb.dep_ == "advcl" or told or not infinitive
            return self.of_verb(head, depth + 1) if purpose else "hypothetical"
        if head.lower_ in ("first", "last", "only") and infinitive:
            return "actual"
        if given is not None and given != "actual":
            return given
        if infinitive:
            return "hypothetical"
        return "actual"

    def of_noun(self, noun: Any) -> str:
        """Realis of a noun: its modifiers decide, then what governs it."""
        for token in noun.children:
            found = data.modifier_realis(token.lower_)
            if token.i < noun.i and found is not None and token.lower_ != "any":
                return found
        if noun.dep_ in ("compound", "nmod", "amod") and noun.head.i != noun.i:
            return self._of_modifier(noun)
        relation, word, preposition = trees.governor(noun)
        if relation == "none" or word.i == noun.i:
            return self._kind(noun, preposition) or "actual"
        if relation in ("subject", "passive"):
            return self._of_subject(noun, word)
        return self._of_object(noun, word, preposition)

    def _of_modifier(self, noun: Any) -> str:
        """An event noun before another: hypothetical before *plan* or *talks*, else as its head."""
        if self.parties.sentence.tokens[noun.i].tag == "PART":
            return data.modifier_realis(noun.lower_) or "actual"
        given = class_of(self._lemma(noun.head))
        if given in ("generic", "hypothetical", "future") and noun.head.lemma_ not in (
            "agreement",
            "deal",
        ):
            return "generic" if given == "generic" else "hypothetical"
        return self.of_noun(noun.head) if noun.head.pos_ in ("NOUN", "PROPN") else "actual"

    def _of_subject(self, noun: Any, verb: Any) -> str:
        """Subject of `begin`, `be held`, `fail`: as the verb says; else it is presupposed."""
        found, given = self.of_verb(verb), class_of(self._lemma(verb))
        passive = trees.passive(verb)
        if found == "negated" and not passive and self._lemma(verb) not in _OCCUR:
            return "actual" if not mood.nobody(noun) else "negated"
        if found == "hypothetical" and mood.definite(noun) and self._lemma(verb) not in _OCCUR:
            return "actual" if self.trigger.type in _FIRM else found
        if passive and given in ("hypothetical", "future", "generic"):
            return given if found == "actual" else found
        bare = self._kind(noun, "")
        return bare if bare is not None and found == "actual" else found

    def _of_object(self, noun: Any, word: Any, preposition: str) -> str:
        if preposition in _SETTING:
            return "actual"
        verbal = word.pos_ in ("VERB", "AUX")
        outer = self.of_verb(word) if verbal else "actual"
        given = self._given(word, verbal)
        if self._lemma(word) in ("agree", "accept") and self.trigger.type == "RETREAT":
            return "future" if outer == "actual" else outer
        if verbal and preposition in _AROUND:
            return "actual" if outer == "negated" else outer
        firm = mood.definite(noun) and self.trigger.type in _FIRM
        carried = verbal and self._lemma(word) in data.words("carriers")
        ended = given == "generic" or outer == "negated"
        doubted = outer == "hypothetical" and not carried
        if firm and noun.tag_ == "NN" and (ended or doubted):
            return "actual"  # `end the strike`: there was one
        if carried and given in (None, "actual"):
            return outer
        if given is not None and given != "actual":
            return given
        bare = self._kind(noun, preposition)
        if bare is not None:
            return bare
        return "actual" if outer == "negated" and mood.definite(noun) else outer

    def _given(self, word: Any, verbal: bool) -> str | None:
        """What the governor gives; an answer presupposes the utterance that it answers."""
        lemma = self._lemma(word)
        if lemma in data.words("answers") and self.trigger.lemma in data.words("utterances"):
            return "actual"
        if not verbal and self.trigger.lemma in (
            "call",
            "conversation",
            "talk",
            "meeting",
            "visit",
        ):
            return None
        return class_of(lemma)

    def _kind(self, noun: Any, preposition: str) -> str | None:
        """`a wave of attacks`: a bare plural that nobody owns and nothing limits is a kind."""
        prepositions = ("of", "against", "to", "from", "about")
        if self.trigger.type not in _KINDS or preposition not in prepositions:
            return None
        limits = ("det", "poss", "nummod", "relcl", "acl")
        limited = any(t.dep_ in limits or t.ent_type_ for t in noun.children)
        return "generic" if noun.tag_ == "NNS" and not limited else None
