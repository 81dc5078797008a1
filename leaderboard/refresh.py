"""Makes the submissions of the shipped baselines anew: `python -m leaderboard.refresh [NAME …]`.

Each has a folder with a `system.yaml` written by hand, whose name is that of the extractor. The run
is made by the extractor itself, on the splits whose articles are on this machine, but `train`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import extractors
from bench import gold as published
from bench.errors import CannotRun
from bench.formats import jsonl
from leaderboard import systems
from leaderboard.submissions import home, submit

LEFT_OUT = ("train",)


def refresh(names: Sequence[str], into: Path) -> Iterator[str]:
    """Make the named submissions anew; a line for each."""
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            run = Path(folder) / f"{name}.jsonl"
            try:
                documents = extract(name, run)
            except CannotRun as error:
                yield f"{name}: not run: {error}"
                continue
            system = Path(folder) / systems.FILE
            system.write_bytes((into / name / systems.FILE).read_bytes())
            shutil.rmtree(into / name)
            submit(run, system, into)
        yield f"{name}: {documents} documents"


def extract(name: str, run: Path) -> int:
    """Write the run of an extractor; how many documents it read."""
    known = published.load().documents
    documents = [d for d in known if d.text is not None and d.split not in LEFT_OUT]
    extractor = extractors.load(name)
    extractors.prepare(extractor)
    text = "".join(jsonl.write(extractors.extract(extractor, documents)))
    run.write_text(text, encoding="utf-8", newline="\n")
    return len(documents)


def main() -> None:
    """The program."""
    into = home()
    known = sorted(path.name for path in into.iterdir() if (path / systems.FILE).is_file())
    for line in refresh(sys.argv[1:] or known, into):
        print(line, flush=True)  # noqa: T201 - a program that prints


if __name__ == "__main__":
    main()
