"""gen-arg from its published definition, with Dateline's head rule in place of a parser."""

from bench.text import head
from tests.agreement.oracles.shared import numbers, offsets
from tests.agreement.oracles.tagged import touched, word_spans


def stripped(start, end, text):
    first, _, rest = text[start:end].partition(" ")
    if first.lower() in ("the", "a", "an") and rest.strip():
        return (end - len(rest), end)
    return (start, end)


def occurrences(phrase, text):
    """Spans at which a phrase stands word by word, with the number of the first word."""
    there = word_spans(text)
    sought = [phrase[a:b] for a, b in word_spans(phrase)]
    for n in range(len(there)):
        part = there[n : n + len(sought)]
        if sought and [text[a:b] for a, b in part] == sought:
            yield n, len(part), (part[0][0], part[-1][1])


def nearest(phrase, text, trigger):
    at = touched(text, trigger)
    first, last = (at[0], at[-1] + 1) if at else (0, 0)
    found = []
    for n, length, span in occurrences(phrase, text):
        gap = abs(first - (n + length)) if n < first else abs(n - last)
        found.append((gap, n, span))
    return min(found)[2] if found else None


def predicted_spans(argument, text, trigger):
    if argument.start is not None:
        return [(argument.start, argument.end)]
    if argument.text is None:
        return []
    whole = nearest(argument.text, text, trigger)
    if whole:
        return [whole]
    parts = [nearest(part, text, trigger) for part in argument.text.split(" and ")]
    return [part for part in parts if part]


def headed(span, text):
    a, b = head(text[span[0] : span[1]])
    return (span[0] + a, span[0] + b)


def entity(span, annotation):
    for actor in reversed(annotation.actors):
        for mention in actor.mentions:
            if (mention.start, mention.end) == span:
                return actor.id
    found = None
    for event in annotation.events:
        for a in event.arguments:
            if (a.start, a.end) == span and a.actor:
                found = a.actor
    return found


def windows(document):
    """Each gold event with the predicted one that repeats its trigger and type, in turn."""
    used = set()
    for event in document.gold.events:
        answer = None
        for n, guess in enumerate(document.predicted.events):
            same = offsets(guess.trigger) == offsets(event.trigger) and guess.type == event.type
            if same and n not in used:
                used.add(n)
                answer = guess
                break
        yield event, answer


def fillers(event, answer, text):
    gold = {(stripped(a.start, a.end, text), a.role) for a in event.arguments}
    predicted = set()
    for a in answer.arguments if answer else ():
        predicted |= {(span, a.role) for span in predicted_spans(a, text, event.trigger)}
    return gold, predicted


def right(name, mode, ours, theirs, annotation):
    """How many predicted arguments are right."""
    total = 0
    for span, role in theirs:
        pool = [s for s, r in ours if name == "Arg-I" or r == role]
        who = entity(span, annotation)
        same = [s for s in pool if who and entity(s, annotation) == who]
        total += span in pool or (mode == " coref" and len(same) > 0)
    return total


def score(corpus):
    result = {}
    for mode in ("", " head", " coref"):
        for name in ("Arg-I", "Arg-C"):
            matched = predicted = gold = 0
            for document in corpus:
                for event, answer in windows(document):
                    ours, theirs = fillers(event, answer, document.text)
                    if mode == " head":
                        ours = {(headed(s, document.text), r) for s, r in ours}
                        theirs = {(headed(s, document.text), r) for s, r in theirs}
                    matched += right(name, mode, ours, theirs, document.gold)
                    predicted += len(theirs)
                    gold += len(ours)
            result[name + mode] = numbers(matched, predicted, matched, gold)
    return result
