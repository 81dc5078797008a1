"""Where `dateline check` tells its verdict: the terminal, JSON, JUnit XML, Markdown, GitHub."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import note
from bench.cli.score import write_text

if TYPE_CHECKING:
    from bench.verdict import Verdict

Junit = Annotated[Path | None, typer.Option(help="Write JUnit XML to that file.")]
Markdown = Annotated[Path | None, typer.Option(help="Write Markdown to that file; - is stdout.")]
Github = Annotated[
    bool, typer.Option("--github", help="Print annotations, and add to the job's summary.")
]
ReportUrl = Annotated[
    str | None, typer.Option(help="Where the HTML report lies; worst documents link to it.")
]
SUMMARY = "GITHUB_STEP_SUMMARY"
STDOUT = Path("-")


def require_one_on_stdout(*, json: bool, github: bool, markdown: Path | None) -> None:
    """Raise DatelineError where JSON and something else would share stdout."""
    from bench.errors import DatelineError

    if json and (github or markdown == STDOUT):
        raise DatelineError("--json has stdout to itself: leave out --github and --markdown -")


@dataclass(frozen=True, slots=True)
class Telling:
    """The ways in which a verdict is told, and the measures that are shown per event type."""

    per_type: Sequence[str]
    json: bool
    junit: Path | None
    markdown: Path | None
    github: bool
    report_url: str | None

    def tell(self, verdict: Verdict) -> None:
        """Writes and prints all that was asked for; raises DatelineError where it cannot."""
        if self.junit is not None:
            from bench.render.junit import junit

            write_text(self.junit, junit(verdict))
        if self.markdown is not None:
            self._write_markdown(verdict, self.markdown)
        self._print(verdict)
        if self.github:
            self._to_github(verdict)

    def _write_markdown(self, verdict: Verdict, path: Path) -> None:
        if path == STDOUT:
            typer.echo(self._markdown(verdict), nl=False)
        else:
            write_text(path, self._markdown(verdict))

    def _markdown(self, verdict: Verdict) -> str:
        from bench.render.markdown import markdown

        return markdown(verdict, per_type=self.per_type, report_url=self.report_url)

    def _print(self, verdict: Verdict) -> None:
        if self.json:
            typer.echo(verdict.model_dump_json(indent=1))
        elif self.markdown != STDOUT:
            from bench.render.table import printer
            from bench.render.verdict import render_verdict

            console = printer()
            console.print(render_verdict(verdict, per_type=self.per_type, room=console.width))

    def _to_github(self, verdict: Verdict, environment: Mapping[str, str] = os.environ) -> None:
        """Annotations to stdout, the page to the end of the job's summary."""
        from bench.errors import DatelineError
        from bench.render.github import github

        typer.echo(github(verdict), nl=False)
        path = environment.get(SUMMARY)
        if not path:
            note(f"{SUMMARY} is not set: no job summary")
            return
        try:
            with Path(path).open("a", encoding="utf-8", newline="\n") as file:
                file.write(self._markdown(verdict) + "\n")
        except OSError as error:
            raise DatelineError(f"{path}: {error.strerror or error}") from error
