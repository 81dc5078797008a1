"""CEAF-REE and CEAF-RME from its published definition: every assignment tried out."""

import itertools

from tests.agreement.oracles.shared import best, maps, numbers

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def plain(words):
    """Lower case, no punctuation, no article, single spaces."""
    letters = "".join("" if sign in PUNCTUATION else sign for sign in words.lower())
    return " ".join(word for word in letters.split() if word not in ("a", "an", "the"))


def words_of(mark, text):
    if mark.text is not None:
        return mark.text
    return None if mark.start is None else text[mark.start : mark.end]


def actor_of(argument, annotation):
    """Whom an argument names; else whose mention stands there, the last in the list."""
    if argument.actor is not None:
        return argument.actor
    found = None
    for actor in annotation.actors:
        for mention in actor.mentions:
            if (mention.start, mention.end) == (argument.start, argument.end):
                found = actor.id
    return found


def strings_of(actor_id, annotation, text):
    """All that the document calls an actor, in document order, what has no place last."""
    found = []
    for actor in annotation.actors:
        if actor.id == actor_id:
            found += [(m.start, words_of(m, text)) for m in actor.mentions]
    for event in annotation.events:
        for a in event.arguments:
            if actor_of(a, annotation) == actor_id:
                found.append((10**9 if a.start is None else a.start, words_of(a, text) or actor_id))
    strings = []
    for _, words in sorted(found):
        if plain(words) not in strings:
            strings.append(plain(words))
    return strings


def role_fillers(events, annotation, text):
    """Pairs of role and strings, an actor or a string once a role."""
    seen, found = [], []
    for event in events:
        for a in event.arguments:
            actor_id = actor_of(a, annotation)
            if actor_id is None:
                strings = [plain(words_of(a, text))]
                name = (a.role, "words", strings[0])
            else:
                strings = strings_of(actor_id, annotation, text)
                name = (a.role, "actor", actor_id)
            if name not in seen:
                seen.append(name)
                found.append((a.role, strings))
    return found


def ree(corpus):
    def strict(gold, guess):
        return 1 if all(m in gold for m in guess) else 0

    def prop(gold, guess):
        return len([m for m in guess if m in gold]) / len(guess)

    result = {}
    for name, phi in (("strict", strict), ("prop", prop)):
        similarity = predicted = gold = 0
        for document in corpus:
            sides = [
                role_fillers(a.events, a, document.text)
                for a in (document.gold, document.predicted)
            ]
            for role in {role for side in sides for role, _ in side}:
                ours, theirs = ([e for r, e in side if r == role] for side in sides)
                similarity += best(ours, theirs, phi)
                gold += len(ours)
                predicted += len(theirs)
        result[name] = numbers(similarity, predicted, similarity, gold)
    return result


def templates(annotation, text):
    """Type with role fillers, one template a cluster and type."""
    groups = []
    for event in annotation.events:
        for group in groups:
            if event.cluster and group[0].cluster == event.cluster and group[0].type == event.type:
                group.append(event)
                break
        else:
            groups.append([event])
    found = [(group[0].type, role_fillers(group, annotation, text)) for group in groups]
    return [template for template in found if template[1]]


def triples(kind, fillers):
    return [[(kind, role, string) for string in strings] for role, strings in fillers]


def three(gold, guess):
    return best(gold, guess, lambda g, p: len([m for m in p if m in g]))


def subset(gold, guess):
    """Entities right for precision, gold entities hit for recall."""
    right, hit = 0, set()
    for entity in guess:
        places = [(m, n) for m in entity for n, other in enumerate(gold) if m in other]
        if places:
            right += 1
            hit.add(places[0][1])
    return right, len(hit)


def split_rows(gold, guess, worth):
    """Gold templates under each type allowed; of each the one kept, the others worth nothing."""
    rows, total = [], 0
    for kind, fillers in gold:
        parts = [part.strip() for part in kind.split("/")] if guess else [kind]
        options = [triples(part, fillers) for part in parts]
        total += sum(len(entity) for option in options for entity in option)
        sums = [sum(worth(option, g) for g in guess) for option in options]
        for n, option in enumerate(options):
            rows.append((option, n == sums.index(max(sums))))
    return rows, total


def rme(corpus):
    """phi-3 exactly; for phi-subset all recall numerators that a best assignment can have."""
    shared = mentions_p = mentions_g = entities_p = entities_g = right = 0
    recalls = {0}
    for document in corpus:
        gold = templates(document.gold, document.text)
        guess = [triples(*t) for t in templates(document.predicted, document.text)]
        rows, compared = split_rows(gold, guess, three)
        shared += best(rows, guess, lambda row, g: three(row[0], g) if row[1] else 0)
        mentions_g += compared
        mentions_p += sum(len(entity) for template in guess for entity in template)
        entities_g += sum(len(fillers) for _, fillers in gold)
        entities_p += sum(len(template) for template in guess)
        rows, _ = split_rows(gold, guess, lambda g, p: subset(g, p)[0])
        table = [[subset(o, g) if kept else (0, 0) for g in guess] for o, kept in rows]
        tried = [
            tuple(sum(table[i][j][k] for i, j in pairs) for k in (0, 1))
            for pairs in maps(len(rows), len(guess))
        ]
        top = max(value for value, _ in tried)
        right += top
        here = {recall for value, recall in tried if value == top}
        recalls = {a + b for a, b in itertools.product(recalls, here)}
    return {
        "phi-3 mentions": numbers(shared, mentions_p, shared, mentions_g),
        "phi-3 entities": numbers(shared, entities_p, shared, entities_g),
        "phi-subset": [numbers(right, entities_p, recall, entities_g) for recall in recalls],
    }
