"""What fuzzing starts from: files of our own writers, every sample of the tests, and their words."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.formats.hostile import SEEDS
from tests.fuzz.packing import pack

ROOT = Path(__file__).parents[2]
LARGEST = 2**13
_WORD = re.compile(rb'"[^"\\\n]{1,24}"|#?[A-Za-z_=]{2,24}|[^\w\s"]{1,3}')


def make(corpus: Path) -> None:
    """Write a folder of inputs and a dictionary for each format."""
    samples = corpus / "samples"
    keep_samples(samples)
    for name, files in SEEDS.items():
        found = [pack(name, files), *map(Path.read_bytes, sorted(samples.glob(f"{name}/*")))]
        write(corpus / name, [content for content in found if len(content) <= LARGEST])


def keep_samples(folder: Path) -> None:
    """Run the tests of the formats, which keep each file that they read."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/formats"]
    environment = os.environ | {"DATELINE_KEEP_SAMPLES": str(folder)}
    chosen = ["-k", "not hostile and not round_trip and not docs"]
    subprocess.run([*command, *chosen], cwd=ROOT, env=environment, check=True, capture_output=True)


def write(folder: Path, contents: list[bytes]) -> None:
    """Inputs under their hashes, and beside the folder the words they are made of."""
    folder.mkdir(parents=True, exist_ok=True)
    for content in contents:
        (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    words = sorted({word for content in contents for word in _WORD.findall(content)})
    lines = "".join(map(spelled, words[:2000]))
    folder.with_suffix(".dict").write_text(lines, encoding="ascii")


def spelled(word: bytes) -> str:
    """A line of libFuzzer's dictionary.

    >>> spelled(b'T1')
    '"\\\\x54\\\\x31"\\n'
    """
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n'
