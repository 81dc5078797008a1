"""Columns: schemes, document lines, spacing, and the same triggers as brat for the same texts."""

from __future__ import annotations

import pytest

from tests.formats.samples import DATA, marks, only, read, real_data


def sample(tmp_path, text: str):
    path = tmp_path / "one.conll"
    path.write_bytes(text.encode())
    return path


# text of "Bo met Eva": Bo 0–2, met 3–6, Eva 7–10
@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("B-A", "I-A", "O"), [("A", (0, 6))]),
        (("B-A", "B-A", "I-A"), [("A", (0, 2)), ("A", (3, 10))]),
        (("B-A", "E-A", "S-B"), [("A", (0, 6)), ("B", (7, 10))]),
        (("B-A", "L-A", "U-B"), [("A", (0, 6)), ("B", (7, 10))]),
        (("I-A", "I-A", "I-B"), [("A", (0, 6)), ("B", (7, 10))]),
        (("A", "A", "O"), [("A", (0, 2)), ("A", (3, 6))]),
        (("B-B-X", "I-B-X", "O"), [("B-X", (0, 6))]),
        (("O", "O", "O"), []),
    ],
)
@pytest.mark.parametrize("gap", ["\t", "  ", "\tNN\t_\t", " NN "])
def test_tags_of_every_scheme(tmp_path, tags, expected, gap):
    rows = [f"{word}{gap}{tag}\n" for word, tag in zip(("Bo", "met", "Eva"), tags, strict=True)]
    assert marks(only(read("conll", sample(tmp_path, "".join(rows))))) == expected


def test_documents_and_sentences(tmp_path):
    text = (
        "# doc_id = a/b\r\nBo\tB-A\r\n\r\nmet\tI-A\r\n\n\n"
        "#begin document (c); part 0\n#\tB-A\n#end document\n-DOCSTART- -X- O\n\nEva O\n"
    )
    reading = read("conll", sample(tmp_path, text))
    assert {name: marks(found) for name, found in reading.annotations.items()} == {
        "a/b": [("A", (0, 2)), ("A", (3, 6))],  # a mark ends with its sentence
        "c": [("A", (0, 1))],
        "one-10": [],
    }
    assert reading.texts["a/b"] == "Bo\nmet\n"


def test_a_row_without_a_tag_is_named(tmp_path):
    reading = read("conll", sample(tmp_path, "Bo\tO\nmet\nEva\tO\n"))
    assert [str(problem) for problem in reading.problems] == [
        "one.conll:2: found 'met', wanted a token and a tag"
    ]
    assert reading.dropped == {"line": 1}


@real_data
def test_both_formats_of_litbank_give_the_same_triggers(run_dateline):
    for text in sorted((DATA / "litbank").glob("*.tsv")):
        options = ("--format", "conll", "--gold", text.with_suffix(".ann"), "-m", "trigger-id")
        code, out, _ = run_dateline("score", text, *options)
        assert code == 0
        row = next(line for line in out.splitlines() if line.strip().startswith("trigger-id "))
        assert row.split()[:4] == ["trigger-id", "100.0", "100.0", "100.0"], text
