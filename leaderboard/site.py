"""The static site of a board: a page a table, a system and an event type, each standing alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.pages import as_svg, environment, page
from bench.pages.page import asset
from leaderboard import feeds, views
from leaderboard.board import Board, Table

HEADLINE = "trigger"
Files = dict[str, str]
Release = tuple[str, str]
"""Name of a release and the folder of its site, empty for the present one."""


def site_of(board: Board, releases: Sequence[Release] = ()) -> Files:
    """All files of a board's site by their path. Raises DatelineError where the extra `site` is not
    installed.
    """
    writer = _Writer(board, releases)
    return {
        **writer.tables(),
        **writer.systems(),
        **writer.types(),
        "compare.html": writer.page("compare.html", "compare.html", data=comparison(board)),
        "releases.html": writer.page("releases.html", "releases.html"),
        "board.json": feeds.as_json(board),
        "board.csv": feeds.as_csv(board),
        "feed.xml": feeds.as_rss(board),
    }


class _Writer:
    """Renders the pages of one board."""

    def __init__(self, board: Board, releases: Sequence[Release]) -> None:
        self.board, self.releases = board, releases
        self.environment = environment("leaderboard")
        self.style, self.script = (asset("leaderboard", f"site.{kind}") for kind in ("css", "js"))
        self.splits = list(board.reports)
        self.metrics = list(dict.fromkeys(table.metric for table in board.tables))

    def page(self, template: str, path: str, **context: object) -> str:
        """One page; `path` says how far up the others are."""
        return page(
            self.environment.get_template(template),
            style=self.style,
            script=self.script,
            root="../" * path.count("/"),
            board=self.board,
            releases=self.releases,
            splits=self.splits,
            metrics=self.metrics,
            headline=HEADLINE,
            file_of=views.file_of,
            **context,
        )

    def tables(self) -> Files:
        found = {
            f"tables/{table.split}/{views.file_of(table.metric)}.html": table
            for table in self.board.tables
        }
        files = {path: self._table(path, table) for path, table in found.items()}
        first = next((t for t in self.board.tables if t.metric == HEADLINE), None)
        return {"index.html": self._table("index.html", first), **files}

    def _table(self, path: str, table: Table | None) -> str:
        if table is None:
            return self.page("empty.html", path)
        rows = views.lines(self.board, table)
        types, heat = views.heat_map(self.board, table)
        plot = as_svg(chart(rows), f"{table.metric} F1 on {table.split}, with intervals")
        return self.page(
            "table.html", path, table=table, rows=rows, plot=plot, types=types, heat=heat
        )

    def systems(self) -> Files:
        files = {}
        for slug, system in self.board.systems.items():
            path = f"systems/{slug}.html"
            places = list(views.places_of(self.board, slug))
            files[path] = self.page(
                "system.html",
                path,
                slug=slug,
                system=system,
                places=places,
                types=views.types_of(self.board),
                heat=self._types_of_system(slug),
            )
        return files

    def _types_of_system(self, slug: str) -> list[tuple[str, list[views.Cell]]]:
        """For each split that the system answered: its F1 by event type."""
        rows = {
            split: reports[slug].score(HEADLINE).types
            for split, reports in self.board.reports.items()
            if slug in reports
        }
        return [
            (split, [views.cell(found.get(name)) for name in views.types_of(self.board)])
            for split, found in rows.items()
        ]

    def types(self) -> Files:
        return {
            f"types/{name}.html": self.page(
                "type.html",
                f"types/{name}.html",
                kind=name,
                sections=list(views.type_rows(self.board, name)),
            )
            for name in views.types_of(self.board)
        }


def chart(rows: Sequence[views.Line]) -> Any:
    """F1 of every system with its interval."""
    import altair

    values = [
        {"system": row.name, "F1": 100 * row.value, "low": _points(row.low, row.value),
         "high": _points(row.high, row.value), "n": n}
        for n, row in enumerate(rows)
        if row.value is not None
    ]  # fmt: skip
    order = altair.EncodingSortField(field="n", order="ascending")
    base = altair.Chart(altair.Data(values=values)).encode(
        y=altair.Y("system:N", sort=order, title=None, axis=altair.Axis(labelLimit=220))
    )
    scale = altair.Scale(domain=[0, 100])
    rule = base.mark_rule(strokeWidth=3, color="#5b8fc7").encode(
        x=altair.X("low:Q", title="F1, %", scale=scale), x2="high:Q"
    )
    point = base.mark_point(filled=True, size=70, color="#0b5cad", opacity=1).encode(x="F1:Q")
    return (rule + point).properties(width=560, height=altair.Step(24))


def _points(bound: float | None, value: float) -> float:
    return 100 * (value if bound is None else bound)


def comparison(board: Board) -> dict[str, Any]:
    """What the page that sets two systems side by side needs."""
    return {
        "names": {slug: system.name for slug, system in board.systems.items()},
        "splits": list(board.reports),
        "metrics": list(dict.fromkeys(table.metric for table in board.tables)),
        "types": views.types_of(board),
        "untested": sorted({table.metric for table in board.tables if not table.tested}),
        "scores": {
            split: {slug: _scores(report) for slug, report in reports.items()}
            for split, reports in board.reports.items()
        },
        "better": {
            f"{table.split} {table.metric}": {p.slug: list(p.better_than) for p in table.places}
            for table in board.tables
        },
    }


def _scores(report: Any) -> Mapping[str, Any]:
    return {
        score.metric: {
            "f1": score.micro.f1,
            "interval": score.micro.interval,
            "types": {name: row.f1 for name, row in score.types.items()},
        }
        for score in report.scores
    }
