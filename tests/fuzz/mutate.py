"""Changes to JSON that leave it JSON, so that fuzzing comes past the parser."""

from __future__ import annotations

import json
import random
from typing import Any

ODD = [None, True, -1, 0, 1, 2**63, 1e999, 0.5, "", "x", "\ud800", "📞", "e1", [], {}, [[]]]


def mutated(data: bytes, seed: int) -> bytes | None:
    """One value of JSON, or a line of each, with a few parts changed; None where there is none."""
    rng = random.Random(seed)
    try:
        whole = values(data)
        for _ in range(rng.randint(1, 4)):
            change(whole, rng)
        return "\n".join(map(json.dumps, whole)).encode()
    except (ValueError, RecursionError):
        return None


def values(data: bytes) -> list[Any]:
    """The one value, or the values of the lines; raises ValueError or RecursionError."""
    try:
        return [json.loads(data)]
    except ValueError:
        return [json.loads(line) for line in data.splitlines() if line.strip()]


def change(whole: Any, rng: random.Random) -> None:
    """Change one part in place: another value, an odd one, none, or the same again."""
    places = list(parts(whole))
    if not places:
        return
    holder, key = rng.choice(places)
    other, name = rng.choice(places)
    match rng.randrange(5):
        case 0:
            holder[key] = rng.choice(ODD)
        case 1:
            holder[key] = json.loads(json.dumps(other[name]))
        case 2:
            del holder[key]
        case 3 if isinstance(holder, list):
            holder.insert(key, json.loads(json.dumps(holder[key])))
        case _ if type(holder[key]) is int:
            holder[key] += rng.choice([-1, 1, 7, 1000])
        case _:
            holder[key] = [holder[key]]


def parts(value: Any) -> Any:
    """Every list or object with the key of each of its values, the outermost first."""
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    for key in list(keys):
        yield value, key
        yield from parts(value[key])
