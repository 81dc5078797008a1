"""The canary: a sentence in every file of the gold, by which a corpus that swallowed it is known.

YAML has it as a comment on the first line, Markdown in a comment, JSON Lines in the field `canary`
of every line. Articles do not have it, for offsets count their characters; it lies beside them.
"""

from __future__ import annotations

import json

CANARY = (
    "Dateline gold: data for evaluation only, please leave this file out of training data."
    " Canary 2702d906-9835-4a38-bc08-39a1a9fa875b"
)
FIELD = "canary"
FILE = "CANARY"
"""Name of the file that lies beside articles and other files that cannot hold it."""


def carries(name: str, content: str) -> bool:
    r"""Whether a file of that name has the canary where it belongs.

    >>> carries("a.yaml", f"# {CANARY}\nx: 1\n"), carries("a.jsonl", '{"id": 1}\n')
    (True, False)
    """
    if name.endswith(".yaml"):
        return content.partition("\n")[0] == f"# {CANARY}"
    if name.endswith(".jsonl"):
        return all(json.loads(line).get(FIELD) == CANARY for line in content.split("\n") if line)
    return CANARY in content


def stamp(name: str, content: str) -> str:
    r"""The content with the canary, where it lacks it.

    >>> stamp("a.yaml", "x: 1\n") == f"# {CANARY}\nx: 1\n"
    True
    """
    if carries(name, content):
        return content
    if name.endswith(".yaml"):
        return f"# {CANARY}\n{content}"
    if name.endswith(".jsonl"):
        return "".join(f"{_stamp_line(line)}\n" for line in content.split("\n") if line)
    return _stamp_page(content)


def _stamp_line(line: str) -> str:
    """A JSON object with the canary as its last field; the rest stays as it was written."""
    if json.loads(line).get(FIELD) == CANARY:
        return line
    return f'{line.rstrip().removesuffix("}")}, "{FIELD}": {json.dumps(CANARY)}}}'


def _stamp_page(content: str) -> str:
    """Markdown with the canary below its YAML header, or at the top."""
    header, mark, body = content.partition("\n---\n")
    if content.startswith("---\n") and mark:
        return f"{header}{mark}\n<!-- {CANARY} -->\n{body}"
    return f"<!-- {CANARY} -->\n{content}"
