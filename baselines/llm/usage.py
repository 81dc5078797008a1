"""Counts calls and tokens, and says what they cost."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import Any

from baselines.llm.cache import Reply
from baselines.llm.options import Options

SIGNS_A_TOKEN = 4
"""A rule of thumb for English, used only where nothing was sent."""


class Usage:
    """What a run has asked for so far; safe to share between threads."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.counts: Counter[str] = Counter()
        self._lock = Lock()

    def count(self, **amounts: int) -> None:
        """Add to some counts."""
        with self._lock:
            self.counts.update(amounts)

    def answered(self, reply: Reply, *, cached: bool) -> None:
        """Count one answer; those from the cache cost nothing."""
        where = "cached" if cached else "calls"
        unknown = reply.tokens_in is None or reply.tokens_out is None
        self.count(
            **{
                where: 1,
                f"{where}_tokens_in": reply.tokens_in or 0,
                f"{where}_tokens_out": reply.tokens_out or 0,
                f"{where}_without_count": int(unknown),
                "cut_off": int(reply.finish == "length"),
            }
        )

    def planned(self, messages: list[dict[str, str]], *, cached: bool) -> None:
        """Count a call that a dry run leaves out."""
        signs = sum(len(message["content"]) for message in messages)
        self.count(cached=int(cached), planned=int(not cached), signs=0 if cached else signs)

    def cost(self) -> float | None:
        """Price of what was sent, or of what a dry run would send without its answers; None where
        no price was given.
        """
        price_in, price_out = self.options.price_in, self.options.price_out
        if price_in is None and price_out is None:
            return None
        tokens_in = self.counts["calls_tokens_in"] + self.counts["signs"] // SIGNS_A_TOKEN
        spent = tokens_in * (price_in or 0) + self.counts["calls_tokens_out"] * (price_out or 0)
        return spent / 1_000_000

    def as_dict(self) -> dict[str, Any]:
        """Everything counted, for JSON."""
        about = {"url": self.options.url, "model": self.options.model}
        counts = {name: number for name, number in sorted(self.counts.items()) if number}
        return {**about, "dry_run": self.options.dry_run, **counts, "cost": self.cost()}

    def lines(self) -> list[str]:
        """Everything counted, in words."""
        return self._dry_lines() if self.options.dry_run else self._lines()

    def _lines(self) -> list[str]:
        said = self.counts
        first = (
            f"llm: {said['calls']:,} calls ({said['calls_tokens_in']:,} tokens in,"
            f" {said['calls_tokens_out']:,} out), {said['cached']:,} answers from the cache,"
            f" {said['retries']:,} retries" + self._price()
        )
        return [first, *self._doubts()]

    def _doubts(self) -> list[str]:
        doubts = {
            "calls_without_count": "calls whose tokens the endpoint did not count",
            "cut_off": "answers cut off for length",
            "unreadable": "answers without readable JSON",
            "left_out": "events, arguments or dates left out: no such type or role, or no date",
        }
        return [f"llm: {self.counts[k]:,} {words}" for k, words in doubts.items() if self.counts[k]]

    def _dry_lines(self) -> list[str]:
        said = self.counts
        tokens = said["signs"] // SIGNS_A_TOKEN
        most = said["planned"] * self.options.max_tokens
        return [
            f"llm: dry run, nothing was sent: {said['planned']:,} calls, {said['signs']:,}"
            f" characters, about {tokens:,} tokens in, at most {most:,} out;"
            f" {said['cached']:,} answers are in the cache" + self._price(" without answers")
        ]

    def _price(self, what: str = "") -> str:
        cost = self.cost()
        return "" if cost is None else f"; cost{what} {cost:,.4f}"

    def write(self, path: Path) -> None:
        """Write everything counted as JSON."""
        text = json.dumps(self.as_dict(), indent=1, ensure_ascii=False) + "\n"
        path.write_text(text, encoding="utf-8")
