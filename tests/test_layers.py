"""Imports in bench/ point strictly down; CONTRIBUTING.md draws the layers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

LAYERS = {
    0: "errors counts text dates canary values aside",
    1: "registry schema tallies",
    2: "registers matching statistics extractors grounding offsets dataset columns",
    3: "formats metrics gold report align optimistic",
    4: "checks agreement noise stories protocols foreign hypotheses comparison readers"
    " blindchecks scoring verdict soundness stored",
    5: "fingerprints trials comparable results inventory goldstats conformance explain runs"
    " compare extraction diagnosis",
    6: "evaluate gate audit exports render",
    7: "pages",
    8: "cli",
    9: "testing",
}
LAYER = {name: layer for layer, names in LAYERS.items() for name in names.split()}
ROOT = Path(__file__).parents[1]
FILES = [path for path in (ROOT / "bench").rglob("*.py") if path.name != "__main__.py"]


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return modules


def room(module: str) -> str:
    """The module or package directly below bench that a dotted name leads to."""
    return module.split(".")[1] if module.startswith("bench.") else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_layers_below_its_own(path):
    own = path.relative_to(ROOT / "bench").parts[0].removesuffix(".py")
    wrong = {m for m in imported(path) if room(m) in LAYER and room(m) != own}
    wrong = {m for m in wrong if own != "__init__" and LAYER[room(m)] >= LAYER[own]}
    assert not wrong
    assert not {
        m
        for m in imported(path)
        if m.split(".")[0] in ("baselines", "leaderboard", "pytest_dateline")
    }


def test_every_module_has_a_layer():
    rooms = {path.relative_to(ROOT / "bench").parts[0].removesuffix(".py") for path in FILES}
    assert rooms - {"__init__"} == set(LAYER)
