"""A diagnosis in the terminal: causes with their worth, findings, slices, confusion of types."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from bench.diagnosis import Confusion, Diagnosis, Finding, Layer, Slicing, Thing
from bench.render.table import DASH, grid, number, percent, points
from bench.report import TOO_FEW, in_words

MISSED, SPURIOUS = "missed", "spurious"
NONE = "·"
MORE = "dateline list causes says what each means; --cause NAME --list names every finding"


def short(cause: str) -> str:
    """The name of a cause without that of its layer.

    >>> short("event/wrong-type")
    'wrong-type'
    """
    return cause.partition("/")[2]


def render_causes(found: Diagnosis, causes: Collection[str] = ()) -> RenderableType:
    """A table a layer: each cause, or each of those named, with its worth and an example."""
    first: dict[str, Finding] = {}
    for finding in found.findings:
        first.setdefault(finding.cause, finding)
    parts: list[RenderableType] = [Text(_title(found), style="bold"), Text()]
    for layer in found.layers:
        rows = [row for row in layer.causes if not causes or row.cause in causes]
        if rows or not causes:
            parts.append(_causes(layer, [(row.cause, first[row.cause]) for row in rows]))
    notes = [*found.left_out, "worth: F1 points that mending this alone would return", MORE]
    return Group(*parts, *map(Text, notes))


def _title(found: Diagnosis) -> str:
    splits, documents = " + ".join(found.splits), in_words(found.documents, "document")
    return f"{found.system} on {splits}, {documents}, gold {found.gold}"


def _causes(layer: Layer, examples: Sequence[tuple[str, Finding]]) -> Table:
    """The causes of a layer with their numbers, each with its first finding."""
    rows = {row.cause: row for row in layer.causes}
    title = f"{layer.layer}: {layer.measure} F1 {percent(layer.f1)}"
    table = grid(title, ["cause", MISSED, SPURIOUS, "worth", "for example"], [])
    table.columns[-1].justify = "left"
    table.columns[-1].no_wrap = False
    for name, example in examples:
        row = rows[name]
        sizes = (number(n) if n else NONE for n in (row.missed, row.spurious))
        table.add_row(short(name), *sizes, points(row.worth), Text(describe(example)))
    table.add_section()
    table.add_row("all", str(layer.missed), str(layer.spurious))
    return table


def describe(finding: Finding) -> str:
    """A finding in a line: what the gold has, what was said instead, and where.

    >>> ours = Thing(event=0, type="ASSAULT", words="cut", trigger="cut")
    >>> theirs = ours.model_copy(update={"type": "COERCE"})
    >>> describe(Finding(doc_id="a/b", layer="event", cause="", missed=[ours], spurious=[theirs]))
    '“cut” ASSAULT → COERCE (a/b)'
    """
    return f"{_what(finding)} ({place(finding)})"


def _what(finding: Finding) -> str:
    if len(finding.missed) == len(finding.spurious) == 1:
        return _pair(finding.missed[0], finding.spurious[0])
    return " → ".join(filter(None, map(_things, (finding.missed, finding.spurious))))


def _pair(gold: Thing, said: Thing) -> str:
    """Two things, of which what they share is said once."""
    if gold.argument is not None:
        return _arguments(gold, said)
    ours, theirs = ((_words(one), one.type, one.value) for one in (gold, said))
    return " ".join(filter(None, map(_once, ours, theirs)))


def _arguments(gold: Thing, said: Thing) -> str:
    """Role, words and event of two arguments, and their actors where all else is the same."""
    other = [said.role or ""] * (gold.role != said.role)
    other += [_words(said)] * (_words(gold) != _words(said))
    under = _once(f"of {gold.trigger or gold.type}", f"of {said.trigger or said.type}")
    line = " ".join([gold.role or "", _words(gold), *["→"] * bool(other), *other, under])
    return line if "→" in line else f"{line}: {_once(_few(gold), _few(said))}"


def _once(one: str | None, other: str | None) -> str:
    return one or "" if one == other else f"{one or DASH} → {other or DASH}"


def _words(thing: Thing) -> str:
    return f"“{thing.words}”" if thing.words else DASH


def _few(thing: Thing) -> str:
    """The actors that an argument may stand for, the first two of many."""
    names = (thing.value or DASH).split(", ")
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more


def place(finding: Finding) -> str:
    """Document and line, as far as it is known."""
    return finding.doc_id if finding.line is None else f"{finding.doc_id}:{finding.line}"


def _things(things: Sequence[Thing]) -> str:
    return " + ".join(map(_thing, things))


def _thing(thing: Thing) -> str:
    """What one thing says: an event with its type, an argument with its role and its event."""
    if thing.argument is not None:
        words = _words(thing) if thing.words else _few(thing)
        return f"{thing.role} {words} of {thing.trigger or thing.type}"
    return " ".join(filter(None, (_words(thing), thing.type, thing.value)))


def finding_lines(found: Diagnosis) -> Iterator[str]:
    """Every finding, a line each: place, cause, which side it is of if of one, what it is about."""
    for finding in found.findings:
        sides = [MISSED] * bool(finding.missed) + [SPURIOUS] * bool(finding.spurious)
        side = f"{sides[0]} " if len(sides) == 1 else ""
        yield f"{place(finding)}: {finding.cause}: {side}{_what(finding)}"


def render_slicings(found: Diagnosis) -> RenderableType:
    """A table a way of cutting, and what could not be cut."""
    parts: list[RenderableType] = [_slices(slicing, found) for slicing in found.slicings]
    notes = [line for line in found.left_out if line.startswith("slices ")]
    if not all(slicing.shared for slicing in found.slicings):
        notes.append(
            "where each side is cut by its own value, R is of the gold's part, P of the predicted"
            " one, and there is no F1"
        )
    notes.append(f"too few: under {TOO_FEW} gold items")
    return Group(*parts, *map(Text, notes))


def _slices(slicing: Slicing, found: Diagnosis) -> Table:
    measure = found.layer(slicing.layer).measure
    columns = [slicing.name, "P", "R", "F1", "", "predicted", "gold"]
    rows = [
        [
            part.name,
            *map(percent, (part.precision, part.recall, part.f1)),
            "too few" if part.gold < TOO_FEW else "",
            str(part.predicted),
            str(part.gold),
        ]
        for part in slicing.slices
    ]
    return grid(f"{measure} by {slicing.name}: {slicing.summary}", columns, rows)


def render_confusion(confusion: Confusion, room: int) -> RenderableType:
    """The matrix where the terminal has room for it, else the pairs of types that were confused."""
    table = _matrix(confusion)
    note = f"on equal trigger spans; {MISSED}, {SPURIOUS}: no event of the other side there"
    if _room(table) <= room:
        return Group(table, Text(note))
    return Group(_confused(confusion), Text("no room for the matrix: a wider terminal shows it"))


def _matrix(confusion: Confusion) -> Table:
    numbers = {name: str(n) for n, name in enumerate(confusion.types, 1)}
    table = grid("Types: gold down, predicted across", ["gold", *numbers.values(), MISSED], [])
    table.padding = (0, 0)
    for gold in confusion.types:
        row = confusion.cells.get(gold, {})
        cells = [Text(_cell(row.get(said, 0)), "bold" * (said == gold)) for said in numbers]
        missed = _cell(confusion.missed.get(gold, 0))
        table.add_row(f"{numbers[gold]:>2} {gold}", *cells, missed)
    table.add_section()
    made_up = (_cell(confusion.spurious.get(said, 0)) for said in confusion.types)
    table.add_row(SPURIOUS, *made_up, "")
    return table


def _cell(count: int) -> str:
    return str(count) if count else NONE


def _room(table: Table) -> int:
    """Columns that a table takes."""
    console = Console(width=1 << 16)
    return Measurement.get(console, console.options, table).maximum


def _confused(confusion: Confusion) -> Table:
    pairs = sorted(
        (-count, gold, said)
        for gold, row in confusion.cells.items()
        for said, count in row.items()
        if said != gold
    )
    rows = [[gold, said, str(-count)] for count, gold, said in pairs]
    return grid("Types taken for others", ["gold", "predicted", "events"], rows)
