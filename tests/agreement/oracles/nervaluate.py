"""nervaluate from its published definition: sets of characters, a table of verdicts."""

from tests.agreement.oracles.shared import characters, numbers


def verdict(scheme, same_span, same_label):
    if scheme == "strict":
        return "COR" if same_span and same_label else "INC"
    if scheme == "exact":
        return "COR" if same_span else "INC"
    if scheme == "partial":
        return "COR" if same_span else "PAR"
    return "COR" if same_label else "INC"


def far(gold, predicted):
    a, b = gold.trigger, predicted.trigger
    return abs(a.start - b.start) + abs(a.end - b.end)


def judge(gold, predicted, scheme):
    taken, verdicts = set(), []
    for guess in predicted:
        mine = characters(guess.trigger)
        options = []
        for n, event in enumerate(gold):
            theirs = characters(event.trigger)
            shared = len(mine & theirs)
            if n in taken or not shared or 100 * shared < len(theirs):
                continue
            found = verdict(scheme, mine == theirs, guess.type == event.type)
            distance = far(event, guess) if scheme == "ent_type" and found == "COR" else 0
            options.append((found != "COR", distance, n, found))
        if options:
            chosen = min(options)
            taken.add(chosen[2])
            verdicts.append(chosen[3])
        else:
            verdicts.append("SPU")
    return verdicts + ["MIS"] * (len(gold) - len(taken))


def score(corpus):
    result = {}
    for scheme in ("strict", "exact", "partial", "ent_type"):
        all_of_them = []
        for document in corpus:
            all_of_them += judge(document.gold.events, document.predicted.events, scheme)
        count = {name: all_of_them.count(name) for name in ("COR", "INC", "PAR", "SPU", "MIS")}
        right = count["COR"] + 0.5 * count["PAR"]
        actual = count["COR"] + count["INC"] + count["PAR"] + count["SPU"]
        possible = count["COR"] + count["INC"] + count["PAR"] + count["MIS"]
        result[scheme] = numbers(right, actual, right, possible)
    return result
