"""The page of formats in the documentation, from the registry."""

from __future__ import annotations

from bench.formats import FORMATS, HOLDS, Format

_HEAD = """# Formats

Every command that takes a run takes it in any of these; `dateline convert IN OUT` turns one into
another. The format is told from the content where that is safe, else `--format` names it.
This page is written from the registry: `python -m tests.formats.test_docs`.

"""


def formats_page() -> str:
    """A Markdown table of all formats, and one of what each can hold."""
    rows = [
        f"| `{one.name}` | {one.summary} | yes | {_yes(one.write is not None)} | {one.traps} |"
        for one in FORMATS.values()
    ]
    uses = ["| format | what it is | read | write | traps |", "| --- | --- | --- | --- | --- |"]
    return _HEAD + "\n".join([*uses, *rows, "", *_holdings()]) + "\n"


def _holdings() -> list[str]:
    names = list(FORMATS)
    head = ["## What each can hold", "", "`~`: some values; what is not written is counted.", ""]
    columns = [
        f"| | {' | '.join(f'`{name}`' for name in names)} |",
        "| --- " * (len(names) + 1) + "|",
    ]
    rows = [
        f"| {words} | {' | '.join(_mark(one, what) for one in FORMATS.values())} |"
        for what, words in HOLDS.items()
    ]
    return [*head, *columns, *rows]


def _mark(one: Format, what: str) -> str:
    return "~" if what in one.partly else _yes(what in one.holds)


def _yes(holds: bool) -> str:
    return "yes" if holds else ""
