"""EvmEval from its published definition: sets of characters, the best pair looked for again and again."""

import re

from tests.agreement.oracles.shared import characters, divide


def plain(value):
    return None if value is None else re.sub(r"[\W_]", "", value).lower()


def agree(gold, predicted, fields):
    for field in fields:
        wanted = getattr(gold, field)
        if wanted is not None and plain(wanted) != plain(getattr(predicted, field)):
            return False
    return True


def mapped(gold, predicted, fields):
    """Dice of every pair taken, with the two places."""
    gold_left, predicted_left, taken = list(range(len(gold))), list(range(len(predicted))), []
    while True:
        best = (0.0, None, None)
        for p in predicted_left:
            for g in gold_left:
                a, b = characters(gold[g].trigger), characters(predicted[p].trigger)
                dice = divide(2 * len(a & b), len(a) + len(b))
                if dice > best[0] and agree(gold[g], predicted[p], fields):
                    best = (dice, p, g)
        if best[1] is None:
            return taken
        taken.append(best)
        predicted_left.remove(best[1])
        gold_left.remove(best[2])


def f1(p, r):
    return None if p is None or r is None or p + r == 0 else 2 * p * r / (p + r)


FIELDS = {
    "plain": [],
    "mention_type": ["type"],
    "realis_status": ["realis"],
    "mention_type+realis_status": ["type", "realis"],
}


def score(corpus):
    documents = [(d.gold.events, d.predicted.events) for d in corpus if len(d.gold.events) > 0]
    found = {}
    for name, fields in FIELDS.items():
        rows = [(sum(t[0] for t in mapped(g, p, fields)), len(p), len(g)) for g, p in documents]
        tp, system, gold = (sum(row[i] for row in rows) for i in range(3))
        p, r = (None if system == 0 else tp / system), (None if gold == 0 else tp / gold)
        found[f"{name} micro"] = (p, r, f1(p, r))
        p = r = None
        if rows:
            p = sum(divide(row[0], row[1]) for row in rows) / len(rows)
            r = sum(divide(row[0], row[2]) for row in rows) / len(rows)
        found[f"{name} macro"] = (p, r, f1(p, r))
    return found


def by_type(corpus):
    found = {}
    for document in corpus:
        gold, predicted = document.gold.events, document.predicted.events
        if not gold:
            continue
        for event in gold:
            found.setdefault(plain(event.type), [0.0, 0, 0])[2] += 1
    for document in corpus:
        gold, predicted = document.gold.events, document.predicted.events
        if not gold:
            continue
        for event in predicted:
            if plain(event.type) in found:
                found[plain(event.type)][1] += 1
        for dice, _, g in mapped(gold, predicted, ["type"]):
            found[plain(gold[g].type)][0] += dice
    result = {}
    for kind, (tp, system, gold) in found.items():
        p, r = (None if system == 0 else tp / system), tp / gold
        result[kind] = (p, r, f1(p, r))
    return result
