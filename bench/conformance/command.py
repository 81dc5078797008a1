"""A scorer that is a command of somebody's: files in, one JSON object out.

The command is run with a folder as its last argument. In it lie `documents.jsonl` (id and text),
`gold.jsonl` and `predicted.jsonl` in Dateline's own format. It prints

    {"trigger": {"precision": 0.5, "recall": 1.0, "f1": 0.67}, "argument-attached": {…}}

with shares or null; only `trigger` (event type and span) must be there.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.conformance.corpus import Corpus, Reading, Scorer
from bench.errors import DatelineError
from bench.formats import jsonl
from bench.schema import Annotation

PATIENCE_S = 120


def command_scorer(command: str) -> Scorer:
    """A scorer that runs `command FOLDER`; raises DatelineError where there is no such program."""
    words = shlex.split(command)
    if not words:
        raise DatelineError("an empty command is no scorer")

    def score(corpus: Corpus, predicted: Sequence[Annotation]) -> Mapping[str, Reading]:
        with tempfile.TemporaryDirectory() as folder:
            write_folder(Path(folder), corpus, predicted)
            return _answer([*words, folder])

    return score


def write_folder(folder: Path, corpus: Corpus, predicted: Sequence[Annotation]) -> None:
    """The three files that a command reads."""
    texts = ({"id": doc_id, "text": text} for doc_id, text in corpus.texts.items())
    documents = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in texts)
    for name, content in (
        ("documents", documents),
        ("gold", "".join(jsonl.write(corpus.gold))),
        ("predicted", "".join(jsonl.write(predicted))),
    ):
        (folder / f"{name}.jsonl").write_text(content, encoding="utf-8")


def read_folder(folder: Path) -> tuple[Corpus, list[Annotation]]:
    """What `write_folder` wrote."""
    rows = [json.loads(line) for line in _lines(folder / "documents.jsonl")]
    gold, predicted = (
        [Annotation.model_validate_json(line) for line in _lines(folder / f"{name}.jsonl")]
        for name in ("gold", "predicted")
    )
    return Corpus({row["id"]: row["text"] for row in rows}, tuple(gold)), predicted


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _answer(words: list[str]) -> dict[str, Reading]:
    try:
        done = subprocess.run(  # noqa: S603 - running the user's own command is the point
            words, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
    except FileNotFoundError as error:
        raise DatelineError(f"no such program: {words[0]}") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["nothing on stderr"])[-1]
        raise RuntimeError(f"exit code {done.returncode}, {last}")
    return {
        metric: Reading(row.get("precision"), row.get("recall"), row.get("f1"))
        for metric, row in json.loads(done.stdout).items()
    }
