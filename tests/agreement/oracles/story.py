"""Coreference over a story from its definitions: a mention is a place in an article, all one-to-one
maps of chains tried, links counted pair by pair."""

from functools import cache
from itertools import combinations

from tests.agreement.oracles.conll import b3, kinds, links_kept
from tests.agreement.oracles.shared import offsets


def chains(annotations, who):
    """Lists of mentions: by happening, else by cluster of the article, else alone."""
    found = {}
    for article in annotations:
        for n, event in enumerate(article.events):
            span = offsets(event.trigger)
            place = (who, n) if span is None else (*span, event.type)
            name = ("alone", article.doc_id, n)
            if event.cluster:
                name = ("cluster", article.doc_id, event.cluster)
            if event.happening:
                name = ("happening", event.happening)
            found.setdefault(name, []).append((article.doc_id, place))
    return list(found.values())


def best(ours, theirs, worth):
    """The best map of chains, by trying for each of ours every one of theirs that is free, or none."""

    @cache
    def rest(n, taken):
        if n == len(ours):
            return 0
        free = [k for k in range(len(theirs)) if not taken & 1 << k]
        gains = [worth(ours[n], theirs[k]) + rest(n + 1, taken | 1 << k) for k in free]
        return max([rest(n + 1, taken), *gains])

    return rest(0, 0)


def lea(side, other):
    """Links of each chain that some chain of the other side holds, weighed by size."""
    total = 0.0
    for chain in side:
        pairs = [set(pair) for pair in combinations(chain, 2)]
        if not pairs:
            total += [*chain] in other
            continue
        held = sum(any(pair <= set(one) for one in other) for pair in pairs)
        total += len(chain) * held / len(pairs)
    return total


def common(a, b):
    return len(set(a) & set(b))


def phi4(a, b):
    return 2 * common(a, b) / (len(a) + len(b))


def counts(gold, predicted):
    """For each row of each score: matched predicted, predicted, matched gold, gold."""
    g, p = chains(gold, "gold"), chains(predicted, "predicted")
    sizes = sum(map(len, p)), sum(map(len, g))
    together, apart = zip(kinds(g), kinds(p), strict=True)
    mapped, alike = best(g, p, common), best(g, p, phi4)
    muc = (links_kept(p, g), sizes[0] - len(p), links_kept(g, p), sizes[1] - len(g))
    b_cubed = (b3(p, g), sizes[0], b3(g, p), sizes[1])
    ceafe = (alike, len(p), alike, len(g))
    return {
        "muc": {"": muc},
        "b3": {"": b_cubed},
        "ceafm": {"": (mapped, sizes[0], mapped, sizes[1])},
        "ceafe": {"": ceafe},
        "lea": {"": (lea(p, g), sizes[0], lea(g, p), sizes[1])},
        "blanc": {"same": links(*together), "apart": links(*apart)},
        "conll": {"muc": muc, "b3": b_cubed, "ceafe": ceafe},
    }


def links(gold, predicted):
    both = sum(pair in gold for pair in predicted)
    return both, len(predicted), both, len(gold)
