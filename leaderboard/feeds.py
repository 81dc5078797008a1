"""The board as JSON, as CSV and as an RSS feed."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as ET

from leaderboard.board import Board

COLUMNS = (
    "release", "split", "metric", "rank", "slug", "system", "kind", "use_of_test", "precision",
    "recall", "f1", "low", "high", "type", "gold",
)  # fmt: skip


def as_json(board: Board) -> str:
    """Everything on the board but the counts per document, which the submissions hold."""
    raw = board.model_dump(mode="json")
    for reports in raw["reports"].values():
        for report in reports.values():
            _leave_out_documents(report)
    return json.dumps(raw, indent=1, ensure_ascii=True, sort_keys=True) + "\n"


def _leave_out_documents(report: dict[str, Any]) -> None:
    for score in report["scores"]:
        for field in ("documents", "stories"):
            score.pop(field, None)


def as_csv(board: Board) -> str:
    """A line for each system, split, measure and event type; `type` is empty for all together."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for table in board.tables:
        for place in table.places:
            score = board.reports[table.split][place.slug].score(table.metric)
            system = board.systems[place.slug]
            head = {
                "release": board.release,
                "split": table.split,
                "metric": table.metric,
                "slug": place.slug,
                "system": _harmless(system.name),
                "kind": system.kind,
                "use_of_test": system.use_of_test,
            }
            for name, row in {"": score.micro, **score.types}.items():
                low, high = row.interval or (None, None)
                numbers = {
                    "precision": row.precision,
                    "recall": row.recall,
                    "f1": row.f1,
                    "low": low,
                    "high": high,
                    "gold": row.counts.gold,
                }
                rank = place.rank if not name else None
                writer.writerow({**head, **numbers, "type": name, "rank": rank})
    return out.getvalue()


def _harmless(name: str) -> str:
    """A name that a spreadsheet takes for words, whatever sign it begins with."""
    return f"'{name}" if name[:1] in "=+-@\t\r" else name


def as_rss(board: Board) -> str:
    """A feed of the systems, the latest first; a feed has no address of its own, so links are
    relative to it.
    """
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, title="Dateline leaderboard", link="index.html")
    _add(channel, description=f"Systems scored on gold {board.release}")
    latest = sorted(board.systems.items(), key=lambda item: (item[1].submitted, item[0]))
    for slug, system in reversed(latest):
        item = ET.SubElement(channel, "item")
        _add(item, title=system.name, link=f"systems/{slug}.html", description=system.description)
        ET.SubElement(item, "guid", isPermaLink="false").text = f"{board.release}/{slug}"
        day = datetime.fromisoformat(system.submitted).replace(tzinfo=UTC)
        _add(item, pubDate=format_datetime(day))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add(parent: ET.Element, **texts: str) -> None:
    for tag, text in texts.items():
        ET.SubElement(parent, tag).text = text
