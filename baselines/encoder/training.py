"""Fine-tuning of all tasks at once, on passages of the gold's split `train`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from baselines.encoder import labels, passages, pieces
from baselines.encoder.classes import INSIDE, OUTSIDE, Inventory
from baselines.encoder.labels import Labelled
from baselines.encoder.network import Network, Query
from baselines.encoder.passages import Article
from baselines.encoder.pieces import Cutter, Window
from baselines.encoder.queries import ask, hinted
from baselines.encoder.settings import Settings
from bench.schema import Annotation, Document

_LOG = logging.getLogger(__name__)
_OF_A_PHRASE = 6
"""Pieces of a typical trigger with its comma, generously."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A query with the right answers."""

    query: Query
    realis: int
    roles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A window: its pieces, first piece and hint of each word, the right tag of each, and queries
    about its triggers.
    """

    ids: tuple[int, ...]
    words: tuple[tuple[int, int], ...]
    tags: tuple[int, ...]
    answers: tuple[Answer, ...]


def lessons(
    cutter: Cutter, pairs: Sequence[tuple[Document, Annotation]], inventory: Inventory
) -> list[Lesson]:
    """What articles with their gold annotations teach."""
    found: list[Lesson] = []
    for document, gold in pairs:
        article = passages.read(document)
        events = labels.label(article, gold, inventory)
        found += [
            _lesson(article, window, events, inventory)
            for window in pieces.windows(cutter, article)
        ]
    return found


def _lesson(
    article: Article, window: Window, events: Sequence[Labelled], inventory: Inventory
) -> Lesson:
    inside = {(passage, index) for passage, index, _ in window.words}
    known = [e for e in events if (e.trigger.passage, e.trigger.first) in inside]
    return Lesson(
        window.ids,
        tuple(hinted(window, article, inventory)),
        labels.tags(events, window),
        tuple(_answer(article, window, event, inventory) for event in known),
    )


def _answer(article: Article, window: Window, event: Labelled, inventory: Inventory) -> Answer:
    passage = article.passages[event.trigger.passage]
    asked = ask(window, passage, event.trigger, inventory)
    return Answer(asked.query, event.realis, tuple(event.roles[i] for i in asked.mentions))


def glossary(
    cutter: Cutter, triggers: Mapping[str, Sequence[str]], types: Sequence[str]
) -> list[Lesson]:
    """The typical triggers of the ontology, the first of each type, then the second, and so on."""
    most = max((len(triggers[kind]) for kind in types), default=0)
    phrases = [
        (number, triggers[kind][i])
        for i in range(most)
        for number, kind in enumerate(types)
        if i < len(triggers[kind])
    ]
    each = max(1, cutter.room // _OF_A_PHRASE)
    return [_listed(cutter, phrases[i : i + each]) for i in range(0, len(phrases), each)]


def _listed(cutter: Cutter, phrases: Sequence[tuple[int, str]]) -> Lesson:
    """Some phrases with commas behind them, as many pieces as a window holds."""
    rows = [
        (cutter.cut(word)[0] or [cutter.unknown], 2 + kind if i == 0 else _inner(word))
        for kind, phrase in phrases
        for i, word in enumerate([*phrase.split(), ","])
    ]
    ids, words, tags = [cutter.first], [], []
    for cut, tag in rows:
        if len(ids) + len(cut) < cutter.room:
            words.append((len(ids), 0))
            tags.append(tag)
            ids += cut
    return Lesson((*ids, cutter.last), tuple(words), tuple(tags), ())


def _inner(word: str) -> int:
    return OUTSIDE if word == "," else INSIDE


@contextmanager
def repeatable(seed: int, threads: int, device: str) -> Iterator[None]:
    """Inside, torch draws the same numbers each time, and on a CPU adds them in the same order;
    afterwards it goes on as before. A GPU adds in its own order: last digits may differ.
    """
    before = torch.are_deterministic_algorithms_enabled(), torch.get_num_threads()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        torch.use_deterministic_algorithms(device == "cpu")
        torch.set_num_threads(threads)
        try:
            yield
        finally:
            torch.use_deterministic_algorithms(before[0])
            torch.set_num_threads(before[1])


def train(
    network: Network,
    material: Sequence[Lesson],
    settings: Settings,
    *,
    mask: int,
    special: frozenset[int],
) -> None:
    """Fine-tunes the network in place; `mask` stands for a hidden piece, `special` never hides."""
    order = torch.Generator().manual_seed(settings.seed)
    hide = _hider(settings.hidden_words, mask, special, order)
    optimizer = torch.optim.AdamW(
        _groups(network, settings), weight_decay=settings.decay, fused=True
    )
    steps = settings.epochs * len(_batches(material, settings, order))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _rate(steps, settings.warmup))
    network.train()
    for epoch in range(settings.epochs):
        total = 0.0
        for batch in _batches(material, settings, order):
            loss = _loss(network, batch, settings, hide)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
        _LOG.info("epoch %d of %d: loss %.2f", epoch + 1, settings.epochs, total)
    network.eval()


def _groups(network: Network, settings: Settings) -> list[dict[str, Any]]:
    """The pre-trained layers move slowly, the new heads fast, the vectors of words not at all:
    words that the few articles lack would stay behind.
    """
    network.body.get_input_embeddings().requires_grad_(requires_grad=False)
    body = [p for p in network.body.parameters() if p.requires_grad]
    known = {id(parameter) for parameter in network.body.parameters()}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    return [
        {"params": body, "lr": settings.body_rate},
        {"params": heads, "lr": settings.head_rate},
    ]


def _rate(steps: int, warmup: float) -> Callable[[int], float]:
    """Up in a straight line, then down in one."""
    rising = max(1, round(steps * warmup))

    def at(step: int) -> float:
        if step < rising:
            return (step + 1) / rising
        return max(0.0, (steps - step) / max(1, steps - rising))

    return at


def _batches(
    material: Sequence[Lesson], settings: Settings, order: torch.Generator
) -> list[list[Lesson]]:
    """All lessons in a new order."""
    mixed = [material[i] for i in torch.randperm(len(material), generator=order).tolist()]
    return [mixed[i : i + settings.batch] for i in range(0, len(mixed), settings.batch)]


Hide = Callable[[Sequence[int]], list[int]]


def _hider(share: float, mask: int, special: frozenset[int], order: torch.Generator) -> Hide:
    """Hides some pieces each time, so that no single word is learned by heart."""

    def hide(ids: Sequence[int]) -> list[int]:
        drawn = torch.rand(len(ids), generator=order).tolist()
        return [
            mask if chance < share and piece not in special else piece
            for piece, chance in zip(ids, drawn, strict=True)
        ]

    return hide


def _loss(network: Network, batch: Sequence[Lesson], settings: Settings, hide: Hide) -> Any:
    """The sum of the errors in all tasks."""
    hidden = network.read([hide(lesson.ids) for lesson in batch])
    tags = network.tag(hidden, [lesson.words for lesson in batch])
    smooth = settings.smoothing
    loss = _cross(tags, [tag for lesson in batch for tag in lesson.tags], smooth)
    answers = [(row, a) for row, lesson in enumerate(batch) for a in lesson.answers]
    if not answers:
        return loss
    realis, roles = network.judge(hidden, [(row, a.query) for row, a in answers])
    return (
        loss
        + 0.5 * _cross(realis, [a.realis for _, a in answers], smooth)
        + _cross(roles, [role for _, a in answers for role in a.roles], smooth)
    )


def _cross(scores: Any, right: Sequence[int], smoothing: float) -> Any:
    """Cross-entropy; nothing where there is nothing to judge."""
    if not right:
        return scores.sum()
    wanted = torch.tensor(right, device=scores.device)
    return functional.cross_entropy(scores, wanted, label_smoothing=smoothing)
