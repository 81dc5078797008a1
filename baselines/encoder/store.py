"""A trained network on disk: weights as safetensors, everything else as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import safetensors.torch

from baselines.encoder import checkpoint, pieces
from baselines.encoder.classes import Inventory
from baselines.encoder.network import Network
from baselines.encoder.pieces import Cutter
from bench.errors import DatelineError

_WEIGHTS = "network.safetensors"
_ABOUT = "encoder.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A trained network with what it needs to read and to answer."""

    network: Network
    cutter: Cutter
    inventory: Inventory


def new(body: Any, inventory: Inventory, dropout: float = 0.0) -> Network:
    """A network with fresh heads on a pre-trained body."""
    types, roles = len(inventory.types), len(inventory.roles)
    return Network(body, types=types, roles=roles, dropout=dropout)


def save(folder: Path, network: Network, tokenizer: Any, inventory: Inventory) -> None:
    """Writes the network, its tokenizer and the names of its classes into an empty folder."""
    network.body.config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    weights = {name: value.cpu().contiguous() for name, value in network.state_dict().items()}
    safetensors.torch.save_file(weights, folder / _WEIGHTS)
    about = json.dumps(asdict(inventory), indent=1)
    folder.joinpath(_ABOUT).write_text(about + "\n", encoding="utf-8")


def load(folder: Path, device: str) -> Model:
    """The network of a folder, ready to answer; raises DatelineError where the folder is broken."""
    try:
        about = json.loads(folder.joinpath(_ABOUT).read_text(encoding="utf-8"))
        weights = safetensors.torch.load_file(folder / _WEIGHTS)
    except (OSError, ValueError, safetensors.SafetensorError) as error:
        raise DatelineError(f"{folder}: no trained encoder, delete the folder: {error}") from error
    inventory = Inventory(tuple(about["types"]), tuple(about["roles"]), about["hints"])
    body = checkpoint.body(folder, weights=False)
    network = new(body, inventory)
    network.load_state_dict(weights)
    network.to(device).eval()
    cutter = pieces.cutter(checkpoint.tokenizer(folder), checkpoint.positions(body))
    return Model(network, cutter, inventory)
