"""The crf baseline: tags, training, reading, on sentences made up for these tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselines import crossvalidation
from baselines.crf import Crf, linear, reading, shipped, tags, training
from baselines.crf.analysis import analyse
from bench import gold
from bench.checks import Rules, findings_of
from bench.errors import DatelineError
from bench.extractors import load
from bench.schema import Actor, Annotation, Argument, Document, Event, Span

pytest.importorskip("pycrfsuite", reason="the extra crf is not installed")
pytest.importorskip("sklearn", reason="the extra crf is not installed")

# Words that the trigger lexicon does not have: what is found of them has been learned.
LESSONS = [
    ("Peru glorbed Chile in Lima.", "glorbed", "AID", "actual", [("actor", "Peru"), ("recipient", "Chile"), ("place", "Lima")]),
    ("Kenya glorbed Uganda in Nairobi.", "glorbed", "AID", "actual", [("actor", "Kenya"), ("recipient", "Uganda"), ("place", "Nairobi")]),
    ("Spain did not florp Portugal.", "florp", "ACCUSE", "negated", [("actor", "Spain"), ("recipient", "Portugal")]),
    ("Japan did not florp Norway.", "florp", "ACCUSE", "negated", [("actor", "Japan"), ("recipient", "Norway")]),
    ("The weather was fine.", None, None, None, []),
    ("The markets were quiet and dull.", None, None, None, []),
]  # fmt: skip
HOSTILE = [
    "",
    "x",
    " ",
    "🤖",
    "?!",
    "\n\n\n",
    "“",
    "it'",
    "a-",
    "of of of",
    "'s",
    "the",
    "U.S.",
    "Mr.",
]


def document(text: str, name: str = "made-up/1", published: str = "2024-05-08") -> Document:
    return Document(
        id=name, story="made-up", outlet="none", published=published, split="train",
        licence="CC0-1.0", sha256="0" * 64, length=max(1, len(text)), text=text,
    )  # fmt: skip


def lesson(number: int) -> tuple[Document, Annotation]:
    text, trigger, kind, realis, fillers = LESSONS[number]
    name = f"made-up/{number}"
    if trigger is None:
        return document(text, name), Annotation(doc_id=name, events=())
    arguments = [
        Argument(role=role, actor=words.lower(), **span(text, words).model_dump())
        for role, words in fillers
    ]
    event = Event(type=kind, trigger=span(text, trigger), realis=realis, arguments=tuple(arguments))
    actors = tuple(Actor(id=w.lower(), mentions=(span(text, w),)) for _, w in fillers)
    return document(text, name), Annotation(doc_id=name, events=(event,), actors=actors)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def taught(folder: Path) -> Path:
    lessons = [lesson(number) for number in range(len(LESSONS))] * 3
    folder.mkdir()
    training.train([d for d, _ in lessons], {d.id: a for d, a in lessons}, folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> reading.Model:
    return reading.load(taught(tmp_path_factory.mktemp("crf") / "model"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@st.composite
def stretches(draw) -> tuple[int, list[tags.Stretch]]:
    """A length and stretches that do not overlap, in order."""
    lengths = draw(st.lists(st.integers(1, 3), max_size=6))
    gaps = [draw(st.integers(0, 2)) for _ in lengths]
    found, place = [], 0
    for length, gap in zip(lengths, gaps, strict=True):
        place += gap
        found.append((draw(st.sampled_from(["AID", "REJECT"])), place, place + length - 1))
        place += length
    return place + draw(st.integers(0, 2)), found


@given(stretches())
def test_stretches_come_back_from_their_tags(case):
    length, marked = case
    tagged = tags.encode(length, marked)
    assert len(tagged) == length
    assert tags.decode(tagged) == marked


def test_of_two_stretches_on_one_word_the_first_stays():
    assert tags.encode(2, [("AID", 0, 0), ("AGREE", 0, 1)]) == ["B-AID", "O"]


def test_an_inside_tag_after_nothing_begins_a_stretch():
    assert tags.decode(["I-AID", "O", "B-AID", "I-REJECT"]) == [
        ("AID", 0, 0), ("AID", 2, 2), ("REJECT", 3, 3),
    ]  # fmt: skip


def test_an_inside_tag_after_a_gap_begins_a_stretch():
    assert tags.decode(["B-AID", "O", "I-AID"]) == [("AID", 0, 0), ("AID", 2, 2)]


def test_what_is_taught_is_learned(model):
    text = "Egypt glorbed Jordan in Cairo."
    (event,) = reading.annotate(model, document(text)).events
    assert (event.type, event.trigger.text, event.realis) == ("AID", "glorbed", "actual")
    assert {(a.role, a.text) for a in event.arguments} == {
        ("actor", "Egypt"), ("recipient", "Jordan"), ("place", "Cairo"),
    }  # fmt: skip


def test_realis_is_learned(model):
    (event,) = reading.annotate(model, document("Egypt did not florp Jordan.")).events
    assert (event.type, event.realis) == ("ACCUSE", "negated")


def test_where_nothing_happens_nothing_is_found(model):
    assert reading.annotate(model, document("The garden was fine and quiet.")).events == ()


def test_two_trainings_write_the_same_bytes(tmp_path):
    first, second = bytes_of(taught(tmp_path / "a")), bytes_of(taught(tmp_path / "b"))
    assert sorted(first) == ["realis.json", "roles.json", "triggers.crfsuite", "types.json"]
    assert first == second


def test_articles_without_events_teach_nothing(tmp_path):
    quiet, annotation = lesson(4)
    with pytest.raises(ValueError, match="no events"):
        training.train([quiet], {quiet.id: annotation}, tmp_path)


def test_a_classifier_comes_back_from_its_file(tmp_path):
    rows = [["a", "b"], ["a"], ["c"], ["c", "d"]]
    model = linear.fit(rows, ["x", "x", "y", "z"], c=1.0)
    model.save(tmp_path / "m.json")
    again = linear.read(tmp_path / "m.json")
    for row in rows:
        assert again.probabilities(row) == model.probabilities(row)
    assert [again.best(row) for row in rows] == ["x", "x", "y", "z"]


def test_of_two_labels_the_chances_are_those_of_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    rows, labels = [["a"], ["a", "b"], ["b"], ["b", "c"]], ["no", "no", "yes", "yes"]
    table = [[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 1, 1]]
    wanted = LogisticRegression(C=1.0, tol=1e-6).fit(table, labels).predict_proba([[0, 1, 0]])[0]
    found = linear.fit(rows, labels, c=1.0).probabilities(["b", "never seen", "b"])
    assert [found["no"], found["yes"]] == pytest.approx(wanted.tolist(), abs=1e-4)


def test_one_label_needs_no_weights():
    assert linear.fit([["a"], ["b"]], ["x", "x"], c=1.0).probabilities(["a"]) == {"x": 1.0}


def valid(of: Document, annotation: Annotation) -> None:
    """What `dateline validate` would say of it: nothing."""
    ontology = gold.ontology()
    rules = Rules({of.id: of}, ontology.types, ontology.roles)
    assert list(findings_of(annotation, rules)) == []


WORDS = "glorbed florp not Peru Mr . , ’s - who which there here both some of the “ ” Monday 12 🤖 \n".split(" ")  # fmt: skip


@settings(max_examples=25)
@given(
    st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)),
)
def test_any_text_gives_valid_offsets_twice_the_same(model, text):
    annotation = reading.annotate(model, document(text))
    valid(document(text), annotation)
    assert reading.annotate(model, document(text)) == annotation


@pytest.mark.parametrize("text", HOSTILE)
def test_short_and_odd_texts_are_read(model, text):
    valid(document(text), reading.annotate(model, document(text)))


def test_without_a_date_of_publication_nothing_is_dated(model):
    undated = document("Peru glorbed Chile on Monday.").model_copy(update={"published": ""})
    found = reading.annotate(model, undated)
    assert found.times == ()
    assert [event.date for event in found.events] == [None]


def test_a_document_without_text_is_empty(model):
    found = reading.annotate(model, document("x").model_copy(update={"text": None}))
    assert (found.events, found.actors, found.times) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("On Monday Mr. Brandt met Spain.", "Mr. Brandt", "Brandt"),
        ("Both armies left.", "Both armies", "armies"),
        ("Peru praised Chile, which agreed.", "which", "Chile"),
        ("Peru did it here.", "here", "here"),
    ],
)
def test_candidates_hold_titles_quantities_relatives_and_adverbs(text, mention, name):
    (passage,) = analyse(text, "2024-05-08")
    found = {
        text[slice(*passage.sentence.span(m.first, m.last))]: m.name for m in passage.candidates
    }
    assert name in found[mention]


def test_left_out_means_that_the_trainer_never_sees_it(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    seen: list[str] = []

    def spy(documents, annotations, folder):
        seen.extend([*(d.story for d in documents), *(name.split("/")[0] for name in annotations)])
        (folder / "nothing").touch()

    monkeypatch.setattr(training, "train", spy)
    Crf(leave_out="suez").train()
    learned = {d.story for d in gold.manifest() if d.split == "train"} - {"suez"}
    assert set(seen) == learned
    assert len(learned) == 4


def test_only_the_split_train_is_learned_from():
    splits = {document.split for document, _ in shipped.articles("train", "")}
    assert splits == {"train"}


def test_each_story_left_out_makes_another_model(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    monkeypatch.setattr(training, "train", lambda documents, annotations, folder: None)
    folders = {Crf(leave_out=story).train() for story in ("", "suez", "oil-embargo")}
    assert len(folders) == 3
    assert Crf().train() in folders


def test_a_story_of_another_split_cannot_be_left_out():
    with pytest.raises(DatelineError, match="no story of train"):
        load("crf", {"leave_out": "good-friday"})


def test_the_class_loads_without_its_extra():
    program = (
        "import sys; from baselines.crf import Crf; Crf();"
        "print(sorted({'pycrfsuite', 'sklearn', 'lemminflect', 'scipy'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_without_the_extra_the_user_is_told_which(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)
    with pytest.raises(DatelineError, match=r"pip install 'dateline\[crf\]'"):
        Crf().extract(document("Peru rejected the plan."))


class Stub:
    """Finds one event whose type says which story was left out."""

    def __init__(self, story: str) -> None:
        self.story = story

    def extract(self, document: Document) -> Annotation:
        return Annotation(doc_id=document.id, events=(Event(type=self.story),))


def test_every_article_is_read_by_the_model_that_has_not_seen_its_story():
    train = gold.load("train")
    made: list[str] = []
    found = list(crossvalidation.held_out(train, lambda story: made.append(story) or Stub(story)))
    assert {a.doc_id for a in found} == {d.id for d in train.documents}
    assert all(a.doc_id.split("/")[0] == a.events[0].type for a in found)
    assert len(made) == len(set(made)) == 5


def test_cross_validation_prints_a_table_of_all_articles(monkeypatch, capsys, tmp_path):
    asked: list[tuple[str, dict[str, str]]] = []

    class Empty:
        def extract(self, document):
            return Annotation(doc_id=document.id, events=())

    def fake(name, options):
        asked.append((name, options))
        return Empty()

    monkeypatch.setattr("bench.extractors.load", fake)
    out = tmp_path / "report.json"
    monkeypatch.setattr(sys, "argv", ["x", "stub", "-m", "trigger", "-o", str(out)])
    with pytest.raises(SystemExit) as stop:
        crossvalidation.main()
    assert stop.value.code == 0
    assert ("stub", {"leave_out": "suez"}) in asked
    assert "stub, each story left out, on train, 18 documents" in capsys.readouterr().out
    assert json.loads(out.read_text())["documents"] == 18


def test_a_baseline_that_cannot_leave_out_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["x", "lexicon"])
    with pytest.raises(SystemExit) as stop:
        crossvalidation.main()
    assert stop.value.code == 2
    assert "leave_out" in capsys.readouterr().err


def test_the_shipped_gold_trains_a_model_that_reads_its_own_articles(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    train = gold.load("train")
    extractor = Crf()
    first = train.documents[0]
    found = extractor.extract(first)
    valid(first, found)
    marked = {(e.type, e.trigger.span) for e in train.annotations[first.id].events}
    assert len({(e.type, e.trigger.span) for e in found.events} & marked) > 0.8 * len(marked)
