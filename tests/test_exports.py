"""The gold for other tools: `datasets` loads it offline, brat can open it, nothing changes."""

from __future__ import annotations

import os
import re
import socket

import pytest

from bench import gold
from bench.canary import CANARY
from bench.exports.card import refresh, with_shipped_texts
from bench.formats import FORMATS
from bench.goldstats import statistics_of
from tests.conftest import GOLD
from tests.growth import grow

os.environ["HF_HUB_OFFLINE"] = "1"
datasets = pytest.importorskip("datasets")


@pytest.fixture
def offline(monkeypatch):
    def refuse(*_):
        raise AssertionError("a test may not use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_datasets_loads_what_was_exported(run_dateline, tmp_path, offline, copy):
    grow(copy)
    out = tmp_path / "hf"
    assert run_dateline("gold", "export", "hf", out)[0] == 0
    found = datasets.load_dataset(str(out), cache_dir=str(tmp_path / "cache"))
    shipped = with_shipped_texts(gold.load())
    assert list(found) == list(shipped.splits)
    assert {"sources", "dev", "more", "none"} <= set(found)
    for split in found:
        assert found[split].features == gold.as_dataset(split).features
        assert found[split][:] == gold.as_dataset(split)[:]


def test_the_exported_card_names_splits_and_features(run_dateline, tmp_path):
    run_dateline("gold", "export", "hf", tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert card == (GOLD / "README.md").read_text(encoding="utf-8")
    for split in gold.load().splits:
        assert f"  - split: {split}\n    path: data/{split}.parquet\n" in card
        assert (tmp_path / "data" / f"{split}.parquet").is_file()
    assert "dataset_info:\n  features:\n  - name: doc_id\n    dtype: string\n" in card


def test_a_text_that_is_attached_is_not_exported(run_dateline, tmp_path, monkeypatch):
    known = {d.sha256: tmp_path / "secret.txt" for d in gold.manifest()}
    monkeypatch.setattr(gold, "attached_articles", lambda: known)
    monkeypatch.setattr(gold, "_attached_text", lambda path, sha256: "a publisher's text")
    assert "a publisher's text" in [document.text for document in gold.load().documents]
    for kind in ("hf", "brat"):
        run_dateline("gold", "export", kind, tmp_path / kind)
    card = (GOLD / "README.md").read_text(encoding="utf-8")
    assert (tmp_path / "hf" / "README.md").read_text(encoding="utf-8") == card
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"a publisher's text" not in path.read_bytes(), path


def test_the_card_in_the_repository_is_current():
    """`dateline gold stamp` writes it."""
    card = (GOLD / "README.md").read_text(encoding="utf-8")
    assert refresh(card) == card


def test_sizes_in_the_card_are_those_of_the_statistics():
    card = (GOLD / "README.md").read_text(encoding="utf-8")
    found = statistics_of(gold.load())
    rows = dict(re.findall(r"^\| ([\w ]+) \| ([\d| ]+) \|$", card, flags=re.MULTILINE))
    for name, row in found.types.items():
        numbers = [*row.values(), sum(row.values()), *found.realis[name].values()]
        assert [int(cell) for cell in rows[name].split("|")] == numbers
    events = sum(split.events for split in found.splits.values())
    said = re.findall(r"(\d[\d,]*) event mentions", card)
    assert {int(number.replace(",", "")) for number in said} <= {events}


def test_every_export_carries_the_canary(run_dateline, tmp_path):
    for kind in ("hf", "brat"):
        run_dateline("gold", "export", kind, tmp_path / kind)
        assert CANARY in (tmp_path / kind / "CANARY").read_text(encoding="utf-8")
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(tmp_path / "hf" / "data" / "dev.parquet")
    assert table.schema.metadata[b"canary"].decode() == CANARY
    for name in ("hf/README.md", "brat/annotation.conf", "brat/visual.conf"):
        assert CANARY in (tmp_path / name).read_text(encoding="utf-8")


def test_what_brat_gets_is_read_back_as_it_was(run_dateline, tmp_path, copy):
    grow(copy)
    run_dateline("gold", "export", "brat", tmp_path / "brat")
    code, _, err = run_dateline(
        "convert", tmp_path / "brat", tmp_path / "back.jsonl", "--to", "jsonl"
    )
    assert code == 0
    assert "left out: nothing" in err
    found = FORMATS["jsonl"].read(tmp_path / "back.jsonl").annotations
    shipped = [d.id for d in gold.manifest() if gold.shipped_text(d) is not None]
    assert {name: plain(one) for name, one in found.items()} == {
        name: plain(gold.load().annotations[name]) for name in shipped
    }


def plain(annotation):
    """What an annotation says, whatever the order of actors and marks."""
    return (
        [event.model_dump() for event in annotation.events],
        {actor.id: set(actor.mentions) for actor in annotation.actors},
        set(annotation.times),
    )


def sections(text: str) -> dict[str, list[str]]:
    """Lines of a configuration of brat by section, comments left out."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := re.fullmatch(r"\[(.*)\]", line):
            found[match[1]] = []
        elif not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


def test_the_configuration_knows_every_name_that_the_annotations_use(run_dateline, tmp_path):
    run_dateline("gold", "export", "brat", tmp_path)
    found = sections((tmp_path / "annotation.conf").read_text(encoding="utf-8"))
    assert list(found) == ["entities", "relations", "events", "attributes"]
    known = {name: {line.split("\t")[0] for line in lines} for name, lines in found.items()}
    roles = set(gold.ontology().roles)
    values = {
        line.split("\t")[0]: set(line.rpartition("Value:")[2].split("|"))
        for line in found["attributes"]
    }
    for path in tmp_path.rglob("*.ann"):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, rest = line[0], line.split("\t")[1].split()
            if kind == "T":
                assert rest[0] in known["entities"] | known["events"]
            elif kind == "E":
                assert rest[0].partition(":")[0] in known["events"]
                assert {part.split(":")[0].rstrip("0123456789") for part in rest[1:]} <= roles
            elif kind == "A":
                assert rest[2] in values[rest[0]]


@pytest.mark.parametrize("name", ["annotation.conf", "visual.conf"])
def test_a_configuration_keeps_to_the_grammar_of_brat(run_dateline, tmp_path, name):
    """Names without spaces, a tab, `key:value` with commas between; only reserved words in <>."""
    run_dateline("gold", "export", "brat", tmp_path)
    for section, lines in sections((tmp_path / name).read_text(encoding="utf-8")).items():
        for line in lines if section != "labels" else ():
            head, _, rest = line.partition("\t")
            assert re.fullmatch(r"[A-Za-z0-9_-]+|<OVERLAP>", head), line
            for part in filter(None, rest.split(", ")):
                assert re.fullmatch(r"[^\s:,]+:[^\s,]+", part), line
            assert set(re.findall(r"<.*?>", line)) <= {
                "<OVERLAP>",
                "<OVL-TYPE>",
                "<ANY>",
                "<EVENT>",
            }
        assert lines == list(dict.fromkeys(lines))
