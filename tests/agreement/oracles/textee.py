"""TextEE from its published definition: lists without repeats, compared item by item."""

from tests.agreement.oracles.shared import numbers, offsets


def once(items):
    kept = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


def compare(gold, predicted):
    gold, predicted = once(gold), once(predicted)
    right = 0
    for item in predicted:
        if item in gold:
            right += 1
    return numbers(right, len(predicted), right, len(gold))


def where(mark, who):
    found = offsets(mark)
    if found is not None:
        return found
    # nowhere: equal only to the same words of the same side
    return f"{who} says {None if mark is None else mark.text!r}"


def filler(argument, who):
    found = where(argument, who)
    return f"{found} {argument.actor}" if isinstance(found, str) else found


def items(corpus, who):
    lists = {name: [] for name in ("TI", "TC", "AI", "AC", "AI+", "AC+")}
    for document in corpus:
        annotation = document.gold if who == "gold" else document.predicted
        for event in annotation.events:
            d, t, k = document.doc_id, where(event.trigger, who), event.type
            lists["TI"].append([d, t])
            lists["TC"].append([d, t, k])
            for argument in event.arguments:
                a, r = filler(argument, who), argument.role
                lists["AI"].append([d, k, a])
                lists["AC"].append([d, k, a, r])
                lists["AI+"].append([d, k, t, a])
                lists["AC+"].append([d, k, t, a, r])
    return lists


def score(corpus):
    gold, predicted = items(corpus, "gold"), items(corpus, "predicted")
    found = {name: compare(gold[name], predicted[name]) for name in gold}
    ours, theirs = {"AI": [], "AC": []}, {"AI": [], "AC": []}
    for document in corpus:
        used = []
        for n, event in enumerate(document.gold.events):
            answer = None
            for m, guess in enumerate(document.predicted.events):
                same = offsets(guess.trigger) == offsets(event.trigger) is not None
                if answer is None and m not in used and same and guess.type == event.type:
                    answer = m
            pairs = [(ours, event, "gold")]
            if answer is not None:
                used.append(answer)
                pairs.append((theirs, document.predicted.events[answer], "predicted"))
            for lists, one, who in pairs:
                for argument in one.arguments:
                    a = filler(argument, who)
                    lists["AI"].append([document.doc_id, n, a])
                    lists["AC"].append([document.doc_id, n, a, argument.role])
    for name in ours:
        found[f"EAE {name}"] = compare(ours[name], theirs[name])
    return found
