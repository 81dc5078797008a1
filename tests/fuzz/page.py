"""The page of fuzzing in the documentation, from the results of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "fuzzing.md"
_HEAD = """# Fuzzing

`make fuzz-readers` gives every reader inputs that libFuzzer (through atheris) makes from our own
writers' files and the samples of the tests, guided by the branches of `bench` that they reach; half
of the changes to JSON leave it JSON. An input is recognised, read, checked, settled and written
again, as `score`, `validate` and `convert` do. Anything but a `DatelineError` that escapes is a
finding, and so is an input that takes more than 10 seconds or 2 GiB. What was found is mended and
kept as a test in `tests/formats/test_found.py`; this page is written by the same command.

Found and mended so far:

- `conll`, `dygie`, `maven`, `oneie`, `rams`, `wikievents`: a mark of white space alone, which no
  token holds, could not be written (`ValueError`); it is left out and counted.
- `answer`: events given as a number or a truth value (`TypeError`); counted as an event left out.
- `maven`: a mention in a sentence that is not there, with an end before its start (`IndexError`); a problem of the file.
- `webanno`, written as `brat`: an argument that is an actor without words (`AssertionError`); left out and counted.
  These two came up in the run below, and are mended since.

| reader | inputs tried | seconds | branches | peak MiB | findings |
| --- | ---: | ---: | ---: | ---: | --- |
"""


def fuzzing_page(results: Iterable[Mapping[str, Any]]) -> str:
    """A Markdown table of a row a reader, and what they come to.

    >>> row = {"reader": "brat", "executions": 12345, "seconds": 600, "coverage": 7, "memory": 9}
    >>> print(fuzzing_page([{**row, "findings": []}]).splitlines()[-1])
    | all 1 | 12,345 | 600 |  | 9 | 0 |
    """
    found = list(results)
    rows = [
        f"| `{one['reader']}` | {one['executions']:,} | {one['seconds']:,} | {one['coverage']:,} |"
        f" {one['memory']:,} | {'; '.join(one['findings']) or 'none'} |"
        for one in found
    ]
    executions, seconds = (sum(one[name] for one in found) for name in ("executions", "seconds"))
    memory = max((one["memory"] for one in found), default=0)
    count = sum(len(one["findings"]) for one in found)
    last = f"| all {len(found)} | {executions:,} | {seconds:,} |  | {memory:,} | {count} |"
    return _HEAD + "\n".join([*rows, last]) + "\n"
