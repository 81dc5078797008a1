"""Coreference from its published definition: mention by mention and pair by pair, all assignments tried."""

from itertools import combinations

from tests.agreement.oracles.shared import best, divide, numbers, offsets


def chains(annotation, who):
    """Lists of mentions by cluster, the first occurrence of a mention counting."""
    label = {}
    for n, event in enumerate(annotation.events):
        span = offsets(event.trigger)
        mention = (who, n) if span is None else (*span, event.type)
        label.setdefault(mention, event.cluster or f"alone {n}")
    return [[m for m in label if label[m] == name] for name in dict.fromkeys(label.values())]


def index(side):
    return {mention: n for n, chain in enumerate(side) for mention in chain}


def links_kept(side, other):
    """Of each chain its size less the number of parts under the other side."""
    where, kept = index(other), 0
    for chain in side:
        groups = {where[m] for m in chain if m in where}
        alone = [m for m in chain if m not in where]
        kept += len(chain) - len(groups) - len(alone)
    return kept


def b3(side, other):
    where = index(other)
    total = 0.0
    for chain in side:
        for mention in chain:
            if mention in where:
                total += len(set(chain) & set(other[where[mention]])) / len(chain)
    return total


def kinds(side):
    where = index(side)
    pairs = [frozenset(p) for p in combinations(where, 2)]
    together = [p for p in pairs if len({where[m] for m in p}) == 1]
    return together, [p for p in pairs if p not in together]


def score(corpus):
    documents = [(chains(d.gold, "gold"), chains(d.predicted, "pred")) for d in corpus]

    def summed(*parts):
        return [sum(part(g, p) for g, p in documents) for part in parts]

    def size(side):
        return sum(len(chain) for chain in side)

    def common(a, b):
        return len(set(a) & set(b))

    def phi4(a, b):
        return 2 * common(a, b) / (len(a) + len(b))

    found = {
        "muc": numbers(*summed(
            lambda g, p: links_kept(p, g), lambda g, p: size(p) - len(p),
            lambda g, p: links_kept(g, p), lambda g, p: size(g) - len(g))),
        "b3": numbers(*summed(
            lambda g, p: b3(p, g), lambda g, p: size(p),
            lambda g, p: b3(g, p), lambda g, p: size(g))),
        "ceafm": numbers(*summed(
            lambda g, p: best(g, p, common), lambda g, p: size(p),
            lambda g, p: best(g, p, common), lambda g, p: size(g))),
        "ceafe": numbers(*summed(
            lambda g, p: best(g, p, phi4), lambda g, p: len(p),
            lambda g, p: best(g, p, phi4), lambda g, p: len(g))),
    }  # fmt: skip
    halves, sizes = [], []
    for n in (0, 1):
        both = system = key = 0
        for g, p in documents:
            ours, theirs = kinds(g)[n], kinds(p)[n]
            both += sum(pair in ours for pair in theirs)
            system += len(theirs)
            key += len(ours)
        halves.append(numbers(both, system, both, key))
        sizes.append(key)
    if sizes[0] == 0:
        found["blanc"] = halves[1]
    elif sizes[1] == 0:
        found["blanc"] = halves[0]
    else:
        found["blanc"] = tuple(divide(a + b, 2) for a, b in zip(*halves, strict=True))
    mean = (found["muc"][2] + found["b3"][2] + found["ceafe"][2]) / 3
    found["conll"] = (None, None, mean)
    return found
