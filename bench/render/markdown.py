"""A `Verdict` as GitHub-flavoured Markdown. Names in files cannot break out of their cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from bench.render.verdict import (
    cells,
    columns,
    flat,
    headline,
    loss,
    notes,
    reasons,
    word,
    worst_line,
)
from bench.verdict import Line, Verdict, Word

SIGN: dict[Word, str] = {"regressed": "❌", "fine": "✅", "cannot tell": "❔"}
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#+!|~@$&=^]")
_NAMED = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line.

    >>> escape("a|b <i>")
    'a&#124;b &lt;i&gt;'
    """
    return _SPECIAL.sub(lambda sign: _NAMED.get(sign[0], f"&#{ord(sign[0])};"), flat(text))


def markdown(
    verdict: Verdict, *, per_type: Sequence[str] = (), report_url: str | None = None
) -> str:
    """The verdict as a page: headline, table, types that regressed, reasons, the worst documents
    (linked to their place in the HTML report at `report_url`), notes, signature.
    """
    types = [line for line in verdict.regressed() if line.type is not None]
    parts = [
        f"### {SIGN[verdict.word]} {escape(headline(verdict))}",
        _table(verdict, verdict.wholes()),
    ]
    if types:
        parts += ["Event types that regressed:", _table(verdict, types)]
    for metric in per_type:
        parts += [f"{escape(metric)} by event type:", _table(verdict, verdict.types_of(metric))]
    parts += _list(map(escape, reasons(verdict)))
    parts += _worst(verdict, report_url)
    parts += _list(map(escape, notes(verdict)))
    parts.append(f"<sub>{escape(str(verdict.signature))}</sub>")
    return "\n\n".join(parts) + "\n"


def _list(lines: Iterable[str]) -> list[str]:
    found = [f"- {line}" for line in lines]
    return ["\n".join(found)] if found else []


def _table(verdict: Verdict, lines: Iterable[Line]) -> str:
    names = ["", *columns(verdict), "verdict"]
    ruler = ["---", *["---:"] * (len(names) - 2), "---"]
    rows = [[line.name, *cells(line), word(line)] for line in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in (names, ruler, *_escaped(rows)))


def _escaped(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    return [[escape(cell) for cell in row] for row in rows]


def _worst(verdict: Verdict, report_url: str | None) -> list[str]:
    line = worst_line(verdict)
    if line is None:
        return []
    shown = (_linked(escape(loss(one)), one.name, report_url) for one in line.worst)
    return [f"Lost most by {escape(line.metric)}:", *_list(shown)]


def _linked(text: str, name: str, report_url: str | None) -> str:
    if report_url is None:
        return text
    address = quote(report_url, safe="/:?=&%~+,;@")
    return f"[{text}](<{address}#{quote(name)}>)"
