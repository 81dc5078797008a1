"""Writes the site into a folder, keeps the boards of earlier releases, shows it locally."""

from __future__ import annotations

import functools
import http.server
import json
import re
from collections.abc import Callable
from pathlib import Path

from bench import gold as published
from bench.errors import DatelineError
from leaderboard.board import board_of
from leaderboard.site import Release, site_of
from leaderboard.submissions import home
from leaderboard.verifying import verify

MARKER = "board.json"
"""The file by which a site is known."""
EARLIER = "releases"
_RELEASE = re.compile(r"[0-9A-Za-z]+(?:[.+-][0-9A-Za-z]+)*:[0-9a-z]+")


def build(output: Path, submissions: Path | None = None) -> list[str]:
    """Write the site of proved submissions; paths of its files.

    Where the folder holds the site of another release of the gold, that one moves to
    `releases/<version>/` first and stays reachable. Raises InvalidFile where a submission is not
    what it says, DatelineError where the folder holds anything but a site.
    """
    proved = verify(submissions or home())
    _keep_earlier(output)
    board = board_of(proved, published.release())
    files = site_of(board, _earlier(output))
    for name, text in files.items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return sorted(files)


def _keep_earlier(output: Path) -> None:
    """Make room: the site of this release goes, that of another moves to its folder."""
    if not output.exists() or not any(output.iterdir()):
        return
    release = _release_in(output)
    if release is None:
        raise DatelineError(
            f"{output}: found a folder with other things in it, wanted an empty one or a site"
        )
    if release == published.release():
        for path in sorted(_own(output)):
            path.unlink()
        return
    kept = output / EARLIER / release.replace(":", "-")
    kept.mkdir(parents=True, exist_ok=True)
    for path in sorted(_own(output)):
        moved = kept / path.relative_to(output)
        moved.parent.mkdir(parents=True, exist_ok=True)
        path.rename(moved)


def _own(output: Path) -> list[Path]:
    """The files of the present site, those of earlier ones left out."""
    files = (path for path in output.rglob("*") if path.is_file())
    return [path for path in files if path.relative_to(output).parts[0] != EARLIER]


def _release_in(folder: Path) -> str | None:
    try:
        release = json.loads((folder / MARKER).read_text(encoding="utf-8"))["release"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return release if isinstance(release, str) and _RELEASE.fullmatch(release) else None


def _earlier(output: Path) -> list[Release]:
    folder = output / EARLIER
    kept = sorted(path for path in folder.iterdir()) if folder.is_dir() else []
    return [(_release_in(path) or path.name, f"{EARLIER}/{path.name}") for path in reversed(kept)]


def serve(folder: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve a folder on loopback until interrupted; raises DatelineError where it is no site."""
    if _release_in(folder) is None:
        raise DatelineError(f"{folder}: found no {MARKER}, wanted a folder that 'build' wrote")
    handler = functools.partial(_Quiet, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise DatelineError(f"port {port}: {error.strerror or error}") from error
    with server:
        say(f"http://127.0.0.1:{server.server_address[1]}/index.html")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""
