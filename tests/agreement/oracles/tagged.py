"""IOB2 tags written word by word, and chunks read back with a regular expression."""

import re

from tests.agreement.oracles.shared import divide, numbers

WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def word_spans(text):
    return [(m.start(), m.end()) for m in WORD.finditer(text)]


def touched(text, mark):
    """Numbers of the words that share a character with a mark."""
    if mark is None or mark.start is None:
        return []
    inside = set(range(mark.start, mark.end))
    return [n for n, (a, b) in enumerate(word_spans(text)) if inside & set(range(a, b))]


def tags(text, marks):
    row = {}
    found = [(numbers_, label) for mark, label in marks if (numbers_ := touched(text, mark))]
    while found:
        found.sort(key=lambda one: (one[0][0], -len(one[0]), one[1]))
        numbers_, label = found.pop(0)
        if not set(numbers_) & set(row):
            for n in numbers_:
                row[n] = ("B-" if n == numbers_[0] else "I-") + label
    return [row.get(n, "O") for n in range(len(word_spans(text)))]


def chunks(row):
    found, n = set(), 0
    while n < len(row):
        if row[n].startswith("B-"):
            end = n + 1
            while end < len(row) and row[end] == "I-" + row[n][2:]:
                end += 1
            found.add((n, end, row[n][2:]))
            n = end
        else:
            n += 1
    return found


def score(corpus):
    gold, predicted = set(), set()
    for document in corpus:
        for side, annotation in ((gold, document.gold), (predicted, document.predicted)):
            row = tags(document.text, [(e.trigger, e.type) for e in annotation.events])
            side |= {(document.doc_id, *chunk) for chunk in chunks(row)}
    both = gold & predicted
    kinds = sorted({chunk[-1] for chunk in gold | predicted})
    rows = []
    for kind in kinds:
        r, p, g = (sum(c[-1] == kind for c in side) for side in (both, predicted, gold))
        rows.append((*numbers(r, p, r, g), g))
    micro = numbers(len(both), len(predicted), len(both), len(gold))
    macro = tuple(divide(sum(row[i] for row in rows), len(rows)) for i in range(3))
    weighted = tuple(divide(sum(row[i] * row[3] for row in rows), len(gold)) for i in range(3))
    return {
        f"{mode} {name}": found
        for mode in ("default", "strict")
        for name, found in (("micro", micro), ("macro", macro), ("weighted", weighted))
    }
