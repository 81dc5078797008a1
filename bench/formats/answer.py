"""Raw answers of language models: JSON in fences, with talk around it, broken or cut off.

One answer a document: a JSON Lines file of `doc_id` and `answer`, a folder of text files named
after their documents, or one such file. What can be read is kept; what cannot is counted and
shown. Words are looked up in the article: offsets that a model claims are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.formats.base import FORMATS, Format, Sample, content, doc_id_of, files_in
from bench.formats.reading import Reading, accept, show
from bench.formats.strictjson import Broken, parse_object
from bench.formats.tolerant import Found, find_json

IDS = ("doc_id", "id", "document")
ANSWERS = ("answer", "response", "output", "completion", "generation", "prediction", "content")
SUFFIXES = (".txt", ".md", ".json", ".out", ".answer")
LONGEST = 2**20
_TYPES = ("type", "event_type", "eventType")
_TRIGGERS = ("trigger", "trigger_text", "trigger_word")
_WORDS = ("text", "value", "words", "span", "entity", "mention", "filler", "argument")
_ROLES = ("role", "role_name", "type", "name")
_SAID = ("id", "realis", "date", "source", "cluster", "happening")


def read(path: Path) -> Reading:
    """Read answers; raises DatelineError where they cannot be opened."""
    reading = Reading(path.name)
    for number, doc_id, answer in _answers(path, reading):
        read_answer(doc_id, answer, reading, number)
    return reading


def read_answer(doc_id: str, answer: str, reading: Reading, number: int = 1) -> None:
    """Add what one answer says about a document to a reading, and count what cannot be read.

    >>> reading = Reading("a model")
    >>> read_answer("a/b", 'Sure: [{"type": "AID", "trigger": "relief"}]', reading)
    >>> [event.type for event in reading.annotations["a/b"].events]
    ['AID']
    """
    if len(answer) > LONGEST:
        _left_out(reading, doc_id, "answer", f"an answer of {len(answer):,} characters")
        return
    events = list(_events(doc_id, answer, reading))
    if events or _says_none(answer):
        accept({"doc_id": doc_id, "events": events}, reading, number)


def _answers(path: Path, reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Line, document and words of each answer."""
    if path.is_dir():
        for file in files_in(path, SUFFIXES):
            name = file.relative_to(path).with_suffix("").as_posix()
            yield 1, doc_id_of(name), content(file).decode("utf-8", errors="replace")
        return
    lines = content(path).split(b"\n")
    first = _object(lines[0])
    if _field(first, IDS) and _field(first, ANSWERS) is not None:
        yield from _lines(lines, reading)
    else:
        yield 1, path.stem, content(path).decode("utf-8", errors="replace")


def _lines(lines: list[bytes], reading: Reading) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        raw = _object(line)
        doc_id, answer = _field(raw, IDS), _field(raw, ANSWERS)
        if doc_id and answer is not None:
            yield number, doc_id, answer
        else:
            wanted = "an object with doc_id and answer"
            reading.problem(number, (), show(line.decode("utf-8", "replace")), wanted)
            reading.drop("line")


def _object(line: bytes) -> dict[str, Any]:
    try:
        return parse_object(line)
    except Broken:
        return {}


def _field(raw: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of some fields that holds a string."""
    return next((raw[name] for name in names if isinstance(raw.get(name), str)), None)


def _left_out(reading: Reading, doc_id: str, part: str, words: str) -> None:
    reading.drop(part)
    reading.warnings.append(f"{reading.name}: {doc_id}: left out: {words}")


def _events(doc_id: str, answer: str, reading: Reading) -> Iterator[dict[str, Any]]:
    found = find_json(answer)
    if not found:
        _left_out(reading, doc_id, "answer", f"no JSON in {show(answer)}")
        return
    for one in found:
        if one.rest is not None:
            rest = show(one.rest) if one.rest else "what would follow its end"
            _left_out(reading, doc_id, "rest of a broken answer", rest)
    for raw in _listed([value for one in found for value in _pieces(one)]):
        event = _event(raw, reading)
        if event is None:
            _left_out(reading, doc_id, "event", f"no event with a type in {show(raw)}")
        else:
            yield event


def _says_none(answer: str) -> bool:
    """Whether an answer holds a whole empty list: no events, said in so many signs."""
    return any(one.rest is None for one in find_json(answer))


def _pieces(found: Found) -> list[Any]:
    """A value; of a list that breaks off what was whole, for what follows it was in it too."""
    broken = found.rest is not None and isinstance(found.value, list)
    return found.value if broken else [found.value]


def _listed(values: list[Any]) -> list[Any]:
    """What should be events: all values where they are events themselves, else those in the last
    value that holds any, for a model that thinks aloud gives its result at the end.
    """
    if any(isinstance(value, dict) and _field(value, _TYPES) for value in values):
        return values
    for value in reversed(values):
        inside = value
        while isinstance(inside, dict):
            lists = [item for item in inside.values() if isinstance(item, (list, dict))]
            inside = inside.get("events", lists[0] if len(lists) == 1 else None)
        if inside:
            return inside if isinstance(inside, list) else [inside]
    return []


def _event(raw: Any, reading: Reading) -> dict[str, Any] | None:
    if not isinstance(raw, dict) or not _field(raw, _TYPES):
        return None
    event: dict[str, Any] = {"type": _field(raw, _TYPES), "arguments": []}
    trigger = next((raw[name] for name in _TRIGGERS if raw.get(name)), None)
    if (words := _phrase(trigger, reading)) is not None:
        event["trigger"] = {"text": words}
    for role, filler in _fillers(raw.get("arguments", raw.get("roles"))):
        if (words := _phrase(filler, reading)) is not None:
            event["arguments"].append({"role": role, "text": words, **_actor(filler)})
        else:
            reading.drop("argument")
    said = {name: raw[name] for name in _SAID if isinstance(raw.get(name), str) and raw[name]}
    return {**event, **said}


def _fillers(value: Any) -> Iterator[tuple[str, Any]]:
    """Roles with their fillers, from a list of arguments or from roles with one filler or many."""
    if isinstance(value, dict):
        for role, filler in value.items():
            for one in filler if isinstance(filler, list) else [filler]:
                if role and one not in (None, "", {}):
                    yield role, one
    elif isinstance(value, list):
        for one in value:
            role = _field(one, _ROLES) if isinstance(one, dict) else None
            yield role or "?", one if role else None


def _phrase(value: Any, reading: Reading) -> str | None:
    if isinstance(value, dict):
        reading.unheld["offset of an answer (words are looked up)"] += "start" in value
        value = _field(value, _WORDS)
    return value if isinstance(value, str) and value.strip() else None


def _actor(value: Any) -> dict[str, str]:
    actor = value.get("actor") if isinstance(value, dict) else None
    return {"actor": actor} if isinstance(actor, str) and actor else {}


def _sniff(seen: Sample) -> bool:
    answer, doc_id = _field(seen.first, ANSWERS), _field(seen.first, IDS)
    return bool(answer is not None and doc_id and not seen.is_list and not seen.has("events"))


FORMATS.add(
    "answer",
    Format(
        "answer",
        "raw answers of language models, as JSON Lines or a folder of text files",
        read,
        _sniff,
        holds=frozenset({"triggers", "arguments", "untriggered", "words", "actor ids"})
        | {"ids", "realis", "dates", "sources", "clusters", "happenings"},
        traps="fences, talk, trailing commas, answers cut off, claimed offsets",
    ),
)
