"""Parts of a run and their scores. To cut by something else, add one `CUTS.add(…)`.

A cut gives each thing of either side the names of the parts that it belongs to. Where that is read
off what matching makes equal (type, place, document) both sides fall into the same parts, and F1
means something; where each side is cut by a value of its own (realis, distance), recall is that of
the gold's parts and precision that of the predicted ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bench.diagnosis.board import Board, Entry
from bench.diagnosis.records import Slice, Slicing
from bench.diagnosis.view import TEXT, View
from bench.diagnosis.wordclass import NOUN, VERB, word_class
from bench.registry import Registry
from bench.schema import REALIS, Annotation

TAGS, TRAIN = "tags", "train"
POSITIONS = ("first sentence", "first third", "second third", "last third")
NEAR, FAR = 20, 60
DISTANCES = (f"up to {NEAR}", f"{NEAR + 1} to {FAR}", f"over {FAR}", "no offsets")
WORD_COUNTS = (("never", 0), ("once", 1), ("2 to 4", 4), ("5 and more", None))
TYPE_COUNTS = (("under 50", 49), ("50 to 99", 99), ("100 and more", None))
Steps = Sequence[tuple[str, int | None]]


@dataclass(frozen=True)
class Known:
    """What is known beside the documents: annotations to count in, and the order of the types."""

    train: tuple[Annotation, ...] = ()
    types: tuple[str, ...] = ()

    @cached_property
    def type_counts(self) -> Counter[str]:
        """Events of each type in `train`."""
        return Counter(event.type for one in self.train for event in one.events)

    @cached_property
    def word_counts(self) -> Counter[str]:
        """Trigger words of `train`, in lower case."""
        triggers = (event.trigger for one in self.train for event in one.events)
        return Counter(one.text.lower() for one in triggers if one is not None and one.text)


@dataclass(frozen=True)
class Where:
    """One thing, and all that a cut may look at."""

    view: View
    entry: Entry
    known: Known


@dataclass(frozen=True)
class Cut:
    """One way to cut a run."""

    layer: str
    summary: str
    parts: Callable[[Where], Iterable[str]]
    order: Callable[[Known], Sequence[str]] = lambda _: ()
    """Names of the parts in their order; others follow by the alphabet."""
    shared: bool = True
    needs: str | None = None


CUTS: Registry[Cut] = Registry("slicing")


def slicings_of(
    boards: Iterable[tuple[str, Board]], known: Known
) -> tuple[tuple[Slicing, ...], tuple[str, ...]]:
    """Every cut of some boards, which come with the name of their layer; and which cuts could not
    be made, or not for all documents, and why.
    """
    listed = list(boards)
    found, notes = [], []
    for name, cut in CUTS.items():
        mine = [board for layer, board in listed if layer == cut.layer]
        able = [board for board in mine if _is_known(cut.needs, board.view, known)]
        if able:
            found.append(_slicing(name, cut, able, known))
        if len(able) < len(mine):
            notes.append(_note(name, cut, len(mine) - len(able), len(mine)))
    return tuple(found), tuple(notes)


def _is_known(need: str | None, view: View, known: Known) -> bool:
    if need == TAGS:
        return view.published is not None  # nobody's gold has a manifest, so no tags
    if need == TRAIN:
        return bool(known.train)
    return need is None or need in view.has


def _note(name: str, cut: Cut, without: int, documents: int) -> str:
    why = {
        TEXT: "their text is not on this machine",
        TAGS: "they have no tags",
        TRAIN: "there is no split train to count in",
    }[cut.needs or TEXT]
    return f"slices by {name}: without {without} of {documents} documents, {why}"


def _slicing(name: str, cut: Cut, boards: Sequence[Board], known: Known) -> Slicing:
    tally: dict[str, Counter[str]] = {}
    for board in boards:
        for part, column in _counted(cut, board, known):
            tally.setdefault(part, Counter())[column] += 1
    order = [part for part in cut.order(known) if part in tally]
    parts = [*order, *sorted(set(tally) - set(order))]
    slices = (Slice(name=part, shared=cut.shared, **tally[part]) for part in parts)
    return Slicing(
        name=name, summary=cut.summary, layer=cut.layer, shared=cut.shared, slices=tuple(slices)
    )


def _counted(cut: Cut, board: Board, known: Known) -> Iterator[tuple[str, str]]:
    """Part and column of each thing: what there is, then what was matched."""
    answers = set(board.matched.values())
    for n, entry in enumerate(board.gold):
        for part in cut.parts(Where(board.view, entry, known)):
            yield part, "gold"
            if n in board.matched:
                yield part, "found"
    for m, entry in enumerate(board.predicted):
        for part in cut.parts(Where(board.view, entry, known)):
            yield part, "predicted"
            if m in answers:
                yield part, "right"


def _type(where: Where) -> Iterator[str]:
    yield where.entry.event.type


def _realis(where: Where) -> Iterator[str]:
    yield where.entry.event.realis or "none"


def _word_class(where: Where) -> Iterator[str]:
    text, span = where.view.text, where.entry.span
    if text is not None and span is not None:
        yield word_class(text, *span)


def _position(where: Where) -> Iterator[str]:
    number, sentences = where.view.sentence_of(where.entry.span), len(where.view.sentences)
    if number is not None:
        yield POSITIONS[0] if number == 0 else POSITIONS[1 + 3 * number // sentences]


def _tags(where: Where) -> Iterator[str]:
    yield from where.view.document.tags or ("no tag",)


def _type_count(where: Where) -> Iterator[str]:
    yield _step(where.known.type_counts[where.entry.event.type], TYPE_COUNTS)


def _word_count(where: Where) -> Iterator[str]:
    words = where.entry.item.filler.text
    if words is not None:
        yield _step(where.known.word_counts[words.lower()], WORD_COUNTS)


def _step(count: int, steps: Steps) -> str:
    return next(name for name, most in steps if most is None or count <= most)


def _role(where: Where) -> Iterator[str]:
    if where.entry.argument is not None:
        yield where.entry.argument.role


def _distance(where: Where) -> Iterator[str]:
    trigger, span = where.entry.event.trigger, where.entry.span
    if span is None or trigger is None or trigger.span is None:
        yield DISTANCES[-1]
        return
    gap = max(span[0] - trigger.span[1], trigger.span[0] - span[1], 0)
    yield DISTANCES[(gap > NEAR) + (gap > FAR)]


def _names(steps: Steps) -> Callable[[Known], Sequence[str]]:
    return lambda _: [name for name, _most in steps]


CUTS.add("type", Cut("event", "event type", _type, order=lambda known: known.types))
CUTS.add(
    "realis",
    Cut("event", "realis, each side by its own", _realis, order=lambda _: REALIS, shared=False),
)
CUTS.add(
    "part of speech",
    Cut(
        "event",
        "verb or noun, by endings and neighbours",
        _word_class,
        order=lambda _: (VERB, NOUN),
        needs=TEXT,
    ),
)
CUTS.add(
    "position",
    Cut("event", "where in the article's sentences", _position, lambda _: POSITIONS, needs=TEXT),
)
CUTS.add("tag", Cut("event", "what makes the article hard", _tags, needs=TAGS))
CUTS.add(
    "trigger word in train",
    Cut(
        "event",
        "how often `train` has the trigger's words",
        _word_count,
        _names(WORD_COUNTS),
        needs=TRAIN,
    ),
)
CUTS.add(
    "type in train",
    Cut("event", "how often `train` has the type", _type_count, _names(TYPE_COUNTS), needs=TRAIN),
)
CUTS.add("role", Cut("argument", "role of the argument", _role))
CUTS.add(
    "distance",
    Cut(
        "argument",
        "characters between argument and trigger, each side by its own",
        _distance,
        lambda _: DISTANCES,
        shared=False,
    ),
)
