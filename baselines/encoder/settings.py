"""What may be chosen when the encoder is made, read from text."""

from __future__ import annotations

from dataclasses import dataclass

from bench import gold

DEVICES = ("auto", "cpu", "cuda")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that makes one trained network differ from another, but for the data."""

    hints: bool = True
    epochs: int = 14
    seed: int = 1
    threads: int = 1
    batch: int = 4
    body_rate: float = 3e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.1
    dropout: float = 0.1
    hidden_words: float = 0.1
    smoothing: float = 0.05


def number(name: str, text: str, *, least: int, most: int) -> int:
    """A whole number between two bounds; raises ValueError.

    >>> number("seed", "7", least=0, most=9)
    7
    """
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise ValueError(f"{name}={text!r}: a whole number from {least} to {most} is wanted")
    return int(text)


def switch(name: str, text: str) -> bool:
    """Yes or no; raises ValueError.

    >>> switch("hints", "no")
    False
    """
    if text not in ("yes", "no"):
        raise ValueError(f"{name}={text!r}: yes or no is wanted")
    return text == "yes"


def device(text: str) -> str:
    """One of auto, cpu and cuda; raises ValueError."""
    if text not in DEVICES:
        raise ValueError(f"device={text!r}: one of {', '.join(DEVICES)} is wanted")
    return text


def story(text: str) -> str:
    """A story of the split `train`, or nothing; raises ValueError."""
    if not text:
        return text
    known = sorted({document.story for document in gold.manifest() if document.split == "train"})
    if text not in known:
        raise ValueError(f"leave_out={text!r}: one of {', '.join(known)} is wanted")
    return text
