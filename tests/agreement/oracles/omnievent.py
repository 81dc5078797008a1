"""OmniEvent's unified score from its published definition, by scikit-learn over written-out labels."""

import warnings

from sklearn.metrics import precision_recall_fscore_support

from tests.agreement.oracles.shared import divide
from tests.agreement.oracles.tagged import tags, touched


def seen(place, row):
    """What tags say of a candidate: the words must be B-X I-X …, the next tag another."""
    mine = [row[n] for n in place]
    after = row[place[-1] + 1] if place[-1] + 1 < len(row) else None
    if mine[0][0] != "B" or after == mine[-1]:
        return "NA"
    label = mine[0][2:]
    return label if mine[1:] == ["I-" + label] * (len(mine) - 1) else "NA"


def entities(gold, text):
    found = {}
    for actor in gold.actors:
        for m in actor.mentions:
            found.setdefault(actor.id, []).append(touched(text, m))
    for event in gold.events:
        for a in event.arguments:
            name = a.actor
            for actor in gold.actors:
                for m in actor.mentions:
                    if a.actor is None and (m.start, m.end) == (a.start, a.end):
                        name = actor.id
            found.setdefault(name or (a.start, a.end), []).append(touched(text, a))
    unique = [
        [list(p) for p in dict.fromkeys(map(tuple, places)) if p] for places in found.values()
    ]
    return [places for places in unique if places]


def candidates(event, document, start):
    """Gold roles and the output's roles for one trigger."""
    text, gold, out = document.text, [], []
    answers = [e for e in document.predicted.events if touched(text, e.trigger)[:1] == [start]]
    row = tags(text, [(a, a.role) for e in answers for a in e.arguments])
    arguments = [a for a in (event.arguments if event else ()) if touched(text, a)]
    for a in arguments:
        gold.append(a.role)
        out.append(seen(touched(text, a), row))
    busy = {n for a in arguments for n in touched(text, a)}
    for places in entities(document.gold, text):
        if not any(set(place) & busy for place in places):
            for place in places:
                gold.append("NA")
                out.append(seen(place, row))
    return gold, out


def all_triggers(corpus):
    """Document, gold event, first word, gold type, the output's type of every candidate."""
    for document in corpus:
        row = tags(document.text, [(e.trigger, e.type) for e in document.predicted.events])
        covered = set()
        for event in document.gold.events:
            place = touched(document.text, event.trigger)
            if place:
                covered |= set(place)
                yield document, event, place[0], event.type, seen(place, row)
        for n in set(range(len(row))) - covered:
            yield document, None, n, "NA", seen([n], row)


def unified(labels, results):
    positive = sorted(set(labels) - {"NA"})
    if "NA" not in labels:
        return None, None, None
    if not positive:
        return 0.0, 0.0, 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = precision_recall_fscore_support(
            labels, results, labels=positive, average="micro", zero_division=0
        )
    return tuple(map(float, found[:3]))


USED = {  # mode: (gold trigger found, gold trigger not found, other word taken for a trigger)
    "gold": (True, True, False),
    "loose": (True, False, False),
    "default": (True, False, True),
    "strict": (True, True, True),
}


def used(mode, event, guess):
    found, missed, spurious = USED[mode]
    if event is None:
        return spurious and guess != "NA"
    return missed if guess == "NA" else found


def arguments(triggers, mode):
    tp = fp = fn = 0
    for document, event, start, kind, guess in triggers:
        if not used(mode, event, guess):
            continue
        said_kind = kind if mode == "gold" else guess
        for role, answer in zip(*candidates(event, document, start), strict=True):
            there = kind != "NA" and role != "NA"
            said = said_kind != "NA" and answer != "NA"
            right = there and said and (kind, role) == (said_kind, answer)
            tp += right
            fn += there and not right
            fp += said and not right
    if tp + fp == 0 or tp + fn == 0:
        return None, None, None
    p, r = tp / (tp + fp), tp / (tp + fn)
    return p, r, divide(2 * p * r, p + r)


def score(corpus):
    triggers = list(all_triggers(corpus))
    found = {"triggers": unified([t[3] for t in triggers], [t[4] for t in triggers])}
    for mode in USED:
        found[f"arguments {mode}"] = arguments(triggers, mode)
    return found
