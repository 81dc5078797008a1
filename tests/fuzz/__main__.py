"""Fuzz readers, two at a time, and write the table: `python -m tests.fuzz [READER…]`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.formats import FORMATS
from tests.fuzz.corpus import ROOT, make
from tests.fuzz.page import PAGE, fuzzing_page

SECONDS = 600
TIMEOUT, MEMORY, LARGEST = 10, 2048, 2**13
"""Bounds of one input: seconds, MiB of memory of the process, bytes."""
ENDS = ("crash-", "timeout-", "oom-", "leak-")
"""How libFuzzer names the inputs that ended its process."""


@dataclass
class Result:
    """What came of fuzzing one reader."""

    reader: str
    executions: int
    seconds: int
    coverage: int
    memory: int
    findings: list[str]


def fuzz(name: str, corpus: Path, results: Path, seconds: int) -> Result:
    """Fuzz one reader for some seconds, again from the start where its process was ended."""
    folder = results / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(corpus / name, folder / "corpus")
    began = time.monotonic()
    coverage = memory = 0
    while (left := round(seconds - (time.monotonic() - began))) > 0:
        said = _run(name, folder, corpus / f"{name}.dict", left)
        coverage, memory = max(coverage, _last(said, "cov: ")), max(memory, _last(said, "rss: "))
        if "INITED" not in said:
            break
    tally = json.loads((folder / "tally.json").read_text(encoding="utf-8"))
    ended = sorted(path.name for path in folder.iterdir() if path.name.startswith(ENDS))
    took = round(time.monotonic() - began)
    findings = [*tally["findings"], *ended, *(["did not start"] * (took < seconds))]
    result = Result(name, tally["executions"], took, coverage, memory, findings)
    (results / f"{name}.json").write_text(json.dumps(asdict(result), indent=1), encoding="utf-8")
    return result


def _run(name: str, folder: Path, words: Path, seconds: int) -> str:
    """Run libFuzzer once; returns what it said."""
    flags = {
        "max_total_time": seconds,
        "timeout": TIMEOUT,
        "rss_limit_mb": MEMORY,
        "max_len": LARGEST,
        "len_control": 0,
        "dict": words,
        "artifact_prefix": f"{folder}/",
    }
    command = [sys.executable, "-m", "tests.fuzz.target", name, str(folder)]
    command += [*(f"-{flag}={value}" for flag, value in flags.items()), str(folder / "corpus")]
    with (folder / "log.txt").open("a+", encoding="utf-8", errors="replace") as log:
        begins = log.tell()
        subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False)
        log.seek(begins)
        return log.read()


def _last(said: str, word: str) -> int:
    """The last number that libFuzzer said after a word."""
    digits = said.rpartition(word)[2].split()[:1]
    number = digits[0].removesuffix("Mb") if digits else ""
    return int(number) if number.isdigit() else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz, print the table, write the page; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", help="readers to fuzz; without them all")
    parser.add_argument("--seconds", type=int, default=os.environ.get("FUZZ_SECONDS", SECONDS))
    parser.add_argument("--jobs", type=int, default=2, help="readers at a time")
    parser.add_argument("--results", type=Path, default=ROOT / ".fuzz", help="where inputs go")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    parser.add_argument("--page-only", action="store_true", help="write what results there are")
    asked = parser.parse_args(arguments)
    results = asked.results.resolve()
    if not asked.page_only:
        readers = [FORMATS[name].name for name in asked.readers] or list(FORMATS)
        make(results / "seeds")
        with ThreadPoolExecutor(asked.jobs) as pool:
            done = pool.map(lambda n: fuzz(n, results / "seeds", results, asked.seconds), readers)
            for result in done:
                print(asdict(result), flush=True)  # noqa: T201 - it is a program
    found = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(results.glob("*.json"))
    ]
    asked.page.write_text(fuzzing_page(found), encoding="utf-8")
    print(fuzzing_page(found))  # noqa: T201 - it is a program
    return int(any(result["findings"] for result in found))


if __name__ == "__main__":
    sys.exit(main())
