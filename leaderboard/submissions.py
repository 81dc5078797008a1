"""A submission: a folder with a run, a report for each split it answers, and `system.yaml`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import gold as published
from bench.checks import require_valid
from bench.errors import DatelineError, InvalidFile, Problem
from bench.formats import jsonl
from bench.offsets import Unit
from bench.report import Report
from bench.results import read_report
from bench.runs import check_against, read, settle
from bench.schema import Annotation
from bench.stored import store
from leaderboard import systems
from leaderboard.scoring import rescore, shortened, slim
from leaderboard.systems import System

RUN = "run.jsonl"
_REPORT = re.compile(r"report-([a-z][a-z0-9-]*)\.json")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
MAX_REPORT = 32 * 2**20


@dataclass(frozen=True)
class Submission:
    """What a submission's folder holds, read but not yet proved."""

    slug: str
    """Name of the folder, and of the system's page."""
    system: System
    predicted: Mapping[str, Annotation]
    """Annotations by document."""
    reports: Mapping[str, Report]
    """A report for each split: as handed in, and whole once it is proved."""

    @property
    def digest(self) -> str:
        """What the run says, whatever the order of its lines: equal for copies of a run."""
        return digest(self.predicted)


def home() -> Path:
    """Where the submissions lie that came with this package."""
    return Path(__file__).parent / "submissions"


def digest(predicted: Mapping[str, Annotation]) -> str:
    """A hash of annotations that does not depend on their order or on ids of their own.

    Ids, clusters and names of actors that a system makes up could hide a copy: only what is marked
    counts.
    """
    told = sorted(json.dumps(_told(annotation)) for annotation in predicted.values())
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _told(annotation: Annotation) -> list[object]:
    events = [
        [event.type, event.trigger.span if event.trigger else None, event.realis, event.date]
        for event in annotation.events
    ]
    arguments = [
        [event.type, argument.role, argument.span, None if argument.span else argument.text]
        for event in annotation.events
        for argument in event.arguments
    ]
    return [annotation.doc_id, sorted(events, key=json.dumps), sorted(arguments, key=json.dumps)]


def slug_of(name: str) -> str:
    """A folder's name for a system; raises DatelineError where nothing is left of it.

    >>> slug_of("My  System (large) v2.0")
    'my-system-large-v2-0'
    """
    found = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    if not found:
        raise DatelineError(f"found the name {name!r}, wanted one with Latin letters or digits")
    return found


def submit(run: Path, system_file: Path, home: Path) -> Path:
    """Make the folder of a submission below `home`; raises DatelineError, and then leaves nothing.

    The run is checked, its words are found in the articles, and it is scored as `verify` will.
    """
    system = systems.read_system(system_file.name, _content(system_file, systems.MAX_SIZE))
    folder = home / slug_of(system.name)
    if folder.exists():
        raise DatelineError(f"{folder}: there is a submission of that name already")
    files = files_of(system.name, answers(run))
    files[systems.FILE] = system_file.read_bytes().decode("utf-8")
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def files_of(name: str, predicted: Mapping[str, Annotation]) -> dict[str, str]:
    """The run and the reports of a submission, by file name. Reports are counts, a document a line;
    words that the articles hold are left out of the run.
    """
    files = {RUN: "".join(jsonl.write(map(slim, predicted.values())))}
    for split, report in rescore(name, predicted).items():
        files[f"report-{split}.json"] = store(report)
    return files


def answers(path: Path) -> dict[str, Annotation]:
    """A run, checked and grounded; raises InvalidFile with all that is wrong, and where it answers
    nothing.
    """
    everything = published.load()
    texts = {d.id: d.text for d in everything.documents if d.text is not None}
    reading = require_valid(check_against(read(path, None, Unit.codepoint, texts), everything))
    settle(reading, everything)
    if not reading.annotations:
        raise InvalidFile([Problem(path.name, 1, "", "no annotation", "at least one")])
    hidden = {d.id for d in everything.documents if published.shipped_text(d) is None}
    return {
        doc_id: shortened(one) if doc_id in hidden else one
        for doc_id, one in reading.annotations.items()
    }


def load(folder: Path) -> Submission:
    """The submission in a folder; raises InvalidFile or DatelineError.

    Nothing but the three kinds of files may be there, and none may be a link: a submission is
    somebody else's, and nothing of it is followed, run or shown as it is.
    """
    problems = list(_strangers(folder))
    if problems:
        raise InvalidFile(problems)
    system = systems.read_system(
        f"{folder.name}/{systems.FILE}", _content(folder / systems.FILE, systems.MAX_SIZE)
    )
    reports = {}
    for path in sorted(folder.glob("report-*.json")):
        split = _split_of(path.name)
        reports[split] = read_report(f"{folder.name}/{path.name}", _content(path, MAX_REPORT))
    return Submission(folder.name, system, answers(folder / RUN), reports)


def _strangers(folder: Path) -> Iterator[Problem]:
    if not _SLUG.fullmatch(folder.name):
        wanted = "small letters, digits and hyphens, at most 40"
        yield Problem(folder.name, 0, "", "that name of a folder", wanted)
    for path in sorted(folder.iterdir()):
        name = f"{folder.name}/{path.name}"
        if path.is_symlink() or not path.is_file():
            yield Problem(name, 0, "", "no plain file", f"{RUN}, {systems.FILE}, report-SPLIT.json")
        elif path.name not in (RUN, systems.FILE) and not _REPORT.fullmatch(path.name):
            yield Problem(name, 0, "", "a stranger", f"{RUN}, {systems.FILE}, report-SPLIT.json")
    for wanted in (RUN, systems.FILE):
        if not (folder / wanted).exists():
            yield Problem(f"{folder.name}/{wanted}", 0, "", "nothing", "that file")


def _split_of(name: str) -> str:
    match = _REPORT.fullmatch(name)
    assert match is not None
    return match.group(1)


def _content(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error
    if len(content) > most:
        raise InvalidFile([Problem(path.name, 1, "", f"over {most:,} bytes", f"at most {most:,}")])
    return content
