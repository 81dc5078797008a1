"""Lets a copy of the gold grow by a story and an event-free article, as releases do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from bench import gold
from bench.canary import CANARY, FIELD

CALL = "ceasefire-call"


def grow(folder: Path) -> None:
    """A story `echo` in a new split `more`, read by `a` and `b` only, and `quiet` without an event
    in a new split `none`."""
    (wire,) = [d for d in gold.manifest() if d.id == f"{CALL}/wire-report"]
    echo = wire.model_copy(update={"id": "echo/wire-report", "story": "echo", "split": "more"})
    for name in ("gold", "passes/a", "passes/b"):
        line = _line(folder / "stories" / CALL / f"{name}.jsonl", wire.id)
        text = json.dumps(line, ensure_ascii=False).replace(f'"{CALL}/', '"echo/')
        _write(folder / "stories" / "echo" / f"{name}.jsonl", text)
    shutil.copytree(folder / "stories" / CALL / "texts", folder / "stories" / "echo" / "texts")
    for name in ("happenings.yaml", "story.yaml"):
        shutil.copy(folder / "stories" / CALL / name, folder / "stories" / "echo" / name)
    _add(folder, echo.model_dump(exclude={"text"}))
    _quiet(folder)


def _quiet(folder: Path) -> None:
    text = "Rain in June\n\nThe garden was wet on Monday.\n"
    place = folder / "stories" / "quiet"
    for name in ("gold", "passes/a", "passes/b"):
        _write(place / f"{name}.jsonl", '{"doc_id": "quiet/garden", "events": []}')
    (place / "texts").mkdir()
    (place / "texts" / "garden.txt").write_text(text, encoding="utf-8")
    (place / "texts" / "CANARY").write_text(CANARY, encoding="utf-8")
    about = f"# {CANARY}\ntitle: A wet June\nabout: Weather.\n"
    (place / "story.yaml").write_text(about, encoding="utf-8")
    entry = {
        "id": "quiet/garden", "story": "quiet", "outlet": "a made-up weekly", "split": "none",
        "published": "1962-06-04", "licence": "CC-BY-4.0", "length": len(text),
        "sha256": gold.checksum(text.encode()), "tags": ["event-free"],
    }  # fmt: skip
    _add(folder, entry)


def _line(path: Path, doc_id: str) -> dict:
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return next(line for line in lines if line["doc_id"] == doc_id)


def _write(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**json.loads(line), FIELD: CANARY}) + "\n", encoding="utf-8")


def _add(folder: Path, entry: dict) -> None:
    with (folder / "manifest.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({**entry, FIELD: CANARY}) + "\n")
