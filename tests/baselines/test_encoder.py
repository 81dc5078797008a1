"""The encoder learns what it is shown, the same each time, and answers whatever it is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from bench import extractors
from bench.errors import DatelineError
from bench.schema import Annotation, Argument, Document, Event, Mark
from tests.conftest import document

transformers = pytest.importorskip("transformers")
torch = pytest.importorskip("torch")

from baselines.encoder import (  # noqa: E402 - only where the extra is installed
    Encoder,
    answering,
    checkpoint,
    hints,
    labels,
    making,
    passages,
    pieces,
    store,
    training,
)
from baselines.encoder.classes import Inventory  # noqa: E402
from baselines.encoder.settings import Settings  # noqa: E402

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,’'-"
ONE = "Ana Lima accused Boris Roe on Monday. Troops of Ruritania shelled the town."
TWO = "The harbour town was calm. Ana Lima visited Boris Roe and accused nobody."
WIDE = replace(
    Settings(),
    threads=1,
    epochs=25,
    batch=4,
    body_rate=3e-3,
    head_rate=1e-2,
    dropout=0.0,
    hidden_words=0.0,
)


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A checkpoint of a BERT with 20,000 random weights that knows letters only."""
    folder = tmp_path_factory.mktemp("tiny")
    pieces_ = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces_ += [*LETTERS, *(f"##{letter}" for letter in LETTERS)]
    pieces_ += sorted(set((ONE + " " + TWO).lower().replace(".", "").split()))
    vocabulary = {piece: number for number, piece in enumerate(pieces_)}
    transformers.BertTokenizer(vocab=vocabulary).save_pretrained(folder)
    shape = transformers.BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(5)
        transformers.BertModel(shape).save_pretrained(folder)
    return folder


def marked(text: str, words: str) -> Mark:
    start = text.index(words)
    return Mark(start=start, end=start + len(words), text=words)


def event(text: str, kind: str, words: str, realis: str = "actual", **roles: str) -> Event:
    arguments = tuple(
        Argument(role=role, **marked(text, who).model_dump()) for role, who in roles.items()
    )
    return Event(type=kind, trigger=marked(text, words), realis=realis, arguments=arguments)


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Document, Annotation]]:
    one, two = document(ONE, "story/one"), document(TWO, "story/two")
    first = (
        event(ONE, "ACCUSE", "accused", actor="Ana Lima", recipient="Boris Roe"),
        event(ONE, "ASSAULT", "shelled", actor="Troops of Ruritania"),
    )
    second = (
        event(TWO, "CONSULT", "visited", actor="Ana Lima", recipient="Boris Roe"),
        event(TWO, "ACCUSE", "accused", "negated", actor="Ana Lima"),
    )
    return [
        (one, Annotation(doc_id=one.id, events=first)),
        (two, Annotation(doc_id=two.id, events=second)),
    ]


@pytest.fixture(scope="module")
def model(tiny, pairs, tmp_path_factory):
    home = tmp_path_factory.mktemp("model")
    making.make(home, tiny, pairs, WIDE, "cpu")
    return answering.load(home, "cpu")


def told(annotation: Annotation) -> list[tuple[object, ...]]:
    return [
        (e.type, e.trigger.text, e.realis, {(a.role, a.text) for a in e.arguments})
        for e in annotation.events
    ]


def test_it_learns_by_heart_what_it_is_shown(model, pairs):
    found = [answering.annotate(model, article) for article, _ in pairs]
    assert [told(annotation) for annotation in found] == [told(gold) for _, gold in pairs]
    assert [time.text for time in found[0].times] == ["Monday"]


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(tiny, pairs, tmp_path):
    def weights(name: str, seed: int) -> bytes:
        home = tmp_path / name
        home.mkdir()
        making.make(home, tiny, pairs, replace(WIDE, epochs=2, dropout=0.3, seed=seed), "cpu")
        return (home / "network.safetensors").read_bytes()

    assert weights("a", 1) == weights("b", 1) != weights("c", 2)


def test_training_leaves_the_state_of_torch_as_it_was(tiny, pairs, tmp_path):
    torch.manual_seed(3)
    wanted = torch.rand(1)
    torch.manual_seed(3)
    making.make(tmp_path, tiny, pairs, replace(WIDE, epochs=1), "cpu")
    assert torch.equal(torch.rand(1), wanted)
    assert not torch.are_deterministic_algorithms_enabled()


HOSTILE = {
    "empty": "",
    "space": " \n\t ",
    "one word": "Accused",
    "emoji": "📞🔥👩‍👩‍👧 accused 🇺🇦!",
    "only signs": "… — “”",
    "combining": "E\u0301te\u0301 accused Zoe\u0308 \u200b\ufeff\u0000 of it.",
    "right to left": "اتهم الرئيس الجيش. Ana accused him.",
    "no spaces": "x" * 5000,
    "han": "指责" * 300,
    "long sentence": "Ana Lima accused Boris Roe of it and " * 60,
    "long text": "Ana Lima accused Boris Roe. " * 100,
    "one line feeds": "\r\n".join(["accused"] * 50),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_has_an_answer_that_fits_it(model, text):
    found = answering.annotate(model, document("x").model_copy(update={"text": text}))
    for one in found.events:
        marks = [one.trigger, *one.arguments]
        assert all(text[mark.start : mark.end] == mark.text for mark in marks)
    assert found == answering.annotate(model, document("x").model_copy(update={"text": text}))


def test_triggers_are_found_far_beyond_the_first_window(model):
    text = "The harbour town was calm. " * 60 + "Ana Lima accused Boris Roe on Monday."
    found = answering.annotate(model, document(text))
    assert ("accused", len(text) - 28) in [(e.trigger.text, e.trigger.start) for e in found.events]


def test_an_article_without_text_or_date_has_an_answer(model):
    bare = document("x").model_copy(update={"text": None, "published": "unknown"})
    assert answering.annotate(model, bare).events == ()


@pytest.mark.parametrize("folder", ["tiny", "MiniLM"])
def test_every_word_has_the_pieces_that_spell_it(folder, tiny):
    path = tiny if folder == "tiny" else checkpoint.find("")
    tokenizer = checkpoint.tokenizer(path)
    text = "Été: “Kyiv’s” U.S. aid — naïve, co-operative 🇺🇦 won't end.\nM23 left Ōsaka."
    article = passages.read(document(text))
    for passage in article.passages:
        of_words = pieces.of_words(pieces.cutter(tokenizer, 512), article.text, passage)
        for (start, end), ids in zip(passage.words, of_words, strict=True):
            alone = tokenizer(text[start:end], add_special_tokens=False)["input_ids"]
            unknown = tokenizer.unk_token_id in (*ids, *alone)
            spelled = "".join(tokenizer.convert_ids_to_tokens(ids)).replace("##", "")
            wanted = "".join(tokenizer.convert_ids_to_tokens(alone[:8])).replace("##", "")
            assert unknown or spelled == wanted


def test_windows_hold_every_word_once_and_never_too_many_pieces(tiny):
    cutter = pieces.cutter(checkpoint.tokenizer(tiny), 64)
    article = passages.read(document(HOSTILE["long sentence"] + ". " + HOSTILE["long text"]))
    windows = list(pieces.windows(cutter, article))
    words = [(passage, word) for window in windows for passage, word, _ in window.words]
    assert words == [
        (p, w) for p, one in enumerate(article.passages) for w in range(len(one.words))
    ]
    assert max(len(window.ids) for window in windows) <= 60


def test_an_argument_that_is_no_mention_goes_to_the_mention_most_like_it():
    spans = [(0, 8), (10, 20), (10, 14)]
    assert labels._most_alike(spans, (11, 20)) == 1
    assert labels._most_alike(spans, (8, 10)) is None


@pytest.mark.parametrize("told", [True, False])
def test_hints_are_the_answers_of_the_lexicon_and_can_be_left_out(told):
    inventory = Inventory(("ACCUSE", "ASSAULT"), ("actor", "recipient", "place"), told)
    passage = passages.read(document(ONE)).passages[0]
    trigger = passage.trigger("ACCUSE", 2, 2)
    words = [ONE[start:end] for start, end in passage.words]
    types = dict(zip(words, hints.of_words(passage, inventory), strict=True))
    assert types["accused"] == (1 if told else 0)
    assert types["Boris"] == 0
    roles = hints.of_mentions(passage, trigger, inventory)
    spans = [ONE[slice(*passage.span(m.first, m.last))] for m in passage.mentions]
    assert dict(zip(spans, roles, strict=True)) == (
        {"Ana Lima": 1, "Boris Roe": 2} if told else {"Ana Lima": 0, "Boris Roe": 0}
    )
    assert hints.of_realis(passage, trigger, inventory) == (1 if told else 0)


def test_the_glossary_tags_the_first_word_with_its_type_and_the_next_as_inside(tiny):
    tokenizer = checkpoint.tokenizer(tiny)
    cutter = pieces.cutter(tokenizer, 64)
    triggers = {"ACCUSE": ["accused"], "REJECT": ["ruled out", "refused"]}
    (lesson,) = training.glossary(cutter, triggers, ("ACCUSE", "REJECT"))
    firsts = tokenizer.convert_ids_to_tokens([lesson.ids[piece] for piece, _ in lesson.words])
    assert list(zip(firsts, lesson.tags, strict=True)) == [
        ("accused", 2), (",", 0), ("r", 3), ("o", 1), (",", 0), ("r", 3), (",", 0),
    ]  # fmt: skip


def test_default_weights_that_were_changed_are_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(DatelineError, match="wanted SHA-256 53aa51172d14"):
        checkpoint.checked(tmp_path)
    with pytest.raises(DatelineError, match="found no file"):
        checkpoint.checked(tmp_path / "nowhere")


def test_the_default_weights_are_the_known_ones():
    assert (checkpoint.find("") / "config.json").is_file()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"device": "gpu"}, "device='gpu': one of auto, cpu, cuda is wanted"),
        ({"seed": "-1"}, "seed='-1': a whole number from 0"),
        ({"epochs": "many"}, "epochs='many': a whole number from 1 to 1000"),
        ({"hints": "maybe"}, "hints='maybe': yes or no is wanted"),
        ({"leave_out": "camp-david"}, "leave_out='camp-david': .*bus-boycott"),
    ],
)
def test_options_that_make_no_sense_are_refused(options, message):
    with pytest.raises(DatelineError, match=message):
        extractors.load("encoder", options)


def test_a_folder_without_a_checkpoint_is_named(tmp_path):
    with pytest.raises(DatelineError, match=r"config\.json is missing"):
        checkpoint.body(tmp_path, weights=True)


def test_a_broken_model_in_the_cache_is_named(tmp_path):
    with pytest.raises(DatelineError, match="delete the folder"):
        store.load(tmp_path, "cpu")


def test_any_checkpoint_is_trained_once_and_a_story_can_be_left_out(
    tiny, monkeypatch, pairs, caplog
):
    asked = []
    monkeypatch.setattr(making, "without", lambda story: asked.append(story) or pairs)
    options = {
        "checkpoint": str(tiny),
        "epochs": "1",
        "device": "cpu",
        "threads": "1",
        "leave_out": "suez",
    }
    encoder = Encoder(**options)
    first = encoder.extract(document(ONE))
    assert first == Encoder(**options).extract(document(ONE))
    assert asked == ["suez", "suez"]
    assert caplog.text.count("takes minutes") == 1
    folder = encoder.train()
    assert caplog.text.count("takes minutes") == 2
    assert json.loads((folder / "encoder.json").read_text())["roles"][0] == "actor"
    assert not any(file.suffix in {".bin", ".pt", ".pkl"} for file in folder.iterdir())


def test_nothing_heavy_is_imported_before_the_first_article():
    code = (
        "import sys, baselines.encoder as e; e.Encoder(); "
        "sys.exit(bool({'torch', 'transformers', 'lemminflect'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
