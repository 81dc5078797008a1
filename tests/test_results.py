"""Reports are told from runs by content, and what is wrong with one is said with its place."""

from __future__ import annotations

import json

import pytest

from bench.errors import InvalidFile
from bench.results import is_report, read_report
from tests.test_compare import of

REPORT = of(X=[5, 6])
PLAIN, INDENTED = (REPORT.model_dump_json(indent=n).encode() for n in (None, 1))


@pytest.mark.parametrize(
    "content", [PLAIN, INDENTED, b"\n" + INDENTED, b"\xef\xbb\xbf" + INDENTED, INDENTED[:40]]
)
def test_a_report_is_known_by_its_fields_or_by_its_lines(content):
    assert is_report(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b'{"doc_id": "a/b", "events": []}',
        b'{"doc_id": "a/b", "events": []}\n{"doc_id": "a/c", "events": []}\n',
        b"nonsense",
        b"[1, 2]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_everything_else_is_left_to_the_reader_of_runs(content):
    assert not is_report(content)


@pytest.mark.parametrize("content", [PLAIN, INDENTED])
def test_a_report_comes_back_as_it_was_written(content):
    assert read_report("r.json", content) == REPORT


def without(*path: str | int) -> bytes:
    raw = json.loads(PLAIN)
    place = raw
    for part in path[:-1]:
        place = place[part]
    del place[path[-1]]
    return json.dumps(raw).encode()


HINT = "(a report is what 'dateline score --json' prints; a run has one annotation a line)"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{\n "system": ', "r.json:2: found broken JSON at column 12: Expecting value, wanted a report"),
        (without("system"), f"r.json:1: system: found nothing, wanted the field system {HINT}"),
        (
            without("scores", 0, "micro", "counts"),
            f"r.json:1: scores[0].micro.counts: found nothing, wanted the field counts {HINT}",
        ),
        (
            PLAIN.replace(b'"documents":2', b'"documents":"two"'),
            'r.json:1: documents: found "two", wanted a valid integer, unable to parse string as an integer',
        ),
        (
            PLAIN.replace(b'"gold":10.0', b'"gold":NaN', 1),
            "r.json:1: found NaN, wanted a report as 'dateline score --json' prints it",
        ),
        (b"\xff{", "r.json:1: found 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    ],
    ids=["cut short", "no system", "no counts", "no number", "NaN", "no UTF-8"],
)  # fmt: skip
def test_what_is_wrong_with_a_report_is_said_with_its_place(content, said):
    with pytest.raises(InvalidFile) as error:
        read_report("r.json", content)
    assert str(error.value).startswith(said)
