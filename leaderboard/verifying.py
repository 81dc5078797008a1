"""Proves that a submission's reports are what scoring its run gives, and that it is no copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import gold as published
from bench.errors import DatelineError, InvalidFile, Problem, UnknownName
from bench.formats.reading import show
from bench.report import Report
from bench.results import read_report
from bench.stored import store
from leaderboard.scoring import rescore
from leaderboard.submissions import Submission, load, slug_of

SHOWN = 5
SAID_ELSEWHERE = {("signature", "gold"), ("signature", "version")}
"""The release has words of its own; a later scorer may prove what an earlier one counted."""


def folders(home: Path) -> list[Path]:
    """The folders of submissions, by name; raises DatelineError where there is no such place."""
    if not home.is_dir():
        raise DatelineError(f"{home}: found no folder, wanted the one that holds submissions")
    return sorted(path for path in home.iterdir() if not path.name.startswith("."))


def verify(home: Path, slugs: Sequence[str] = ()) -> list[Submission]:
    """The submissions below a folder, or those named, proved, and with whole reports.

    Raises InvalidFile with every problem of all of them.
    """
    found, problems = [], []
    known = [folder.name for folder in folders(home)]
    if strangers := [slug for slug in slugs if slug not in known]:
        raise UnknownName("submission", strangers, known)
    for folder in folders(home):
        try:
            submission = load(folder)
        except InvalidFile as error:
            problems += [p for p in error.problems if not slugs or folder.name in slugs]
            continue
        if slugs and submission.slug not in slugs:
            found.append(submission)
            continue
        again = rescore(submission.system.name, submission.predicted)
        problems += proofs(submission, again)
        found.append(replace(submission, reports=again))
    problems += [p for p in copies(found) if not slugs or p.file.partition("/")[0] in slugs]
    if problems:
        raise InvalidFile(problems)
    return [one for one in found if not slugs or one.slug in slugs]


def proofs(submission: Submission, again: Mapping[str, Report]) -> Iterator[Problem]:
    """What is wrong with one submission: its name, its release, its reports."""
    name, slug = submission.system.name, submission.slug
    if slug_of(name) != slug:
        yield Problem(f"{slug}/system.yaml", 1, "name", show(name), f"a name that gives {slug}")
    yield from other_releases(submission)
    yield from _reports(submission, again)


def other_releases(submission: Submission) -> Iterator[Problem]:
    """Reports that were made from another gold than this."""
    for split, report in submission.reports.items():
        if report.signature.gold != published.release():
            file = f"{submission.slug}/report-{split}.json"
            found, wanted = show(report.signature.gold), show(published.release())
            yield Problem(file, 1, "signature.gold", found, wanted, "the run must be made again")


def _reports(submission: Submission, again: Mapping[str, Report]) -> Iterator[Problem]:
    for split in sorted({*again, *submission.reports}):
        file = f"{submission.slug}/report-{split}.json"
        if split not in submission.reports:
            yield Problem(file, 0, "", "nothing", f"a report, as the run answers {split}")
        elif split not in again:
            yield Problem(file, 1, "", "a report", f"none, as the run answers nothing of {split}")
        else:
            both = (submission.reports[split], again[split])
            given, made = (read_report(file, store(one).encode()) for one in both)
            yield from differences(file, given, made)


def differences(file: str, given: Report, made: Report) -> Iterator[Problem]:
    """Where a report is not the one that scoring the run gives, the first few places."""
    found = list(_differ((), given.model_dump(mode="json"), made.model_dump(mode="json")))
    for path, one, other in found[:SHOWN]:
        yield Problem(file, 1, path, show(one), f"{show(other)}, as the run gives")
    if len(found) > SHOWN:
        more = f"{len(found) - SHOWN} more numbers that the run does not give"
        yield Problem(file, 1, "", more, "what 'dateline leaderboard submit' wrote")


def _differ(path: tuple[str, ...], one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in {**one, **other}:
            yield from _differ((*path, str(key)), one.get(key), other.get(key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, both in enumerate(zip(one, other, strict=True)):
            yield from _differ((*path, str(number)), *both)
    elif one != other and path not in SAID_ELSEWHERE:
        yield ".".join(path), one, other


def copies(submissions: Sequence[Submission]) -> Iterator[Problem]:
    """Submissions that say the same as another, or bear its name."""
    runs: dict[str, str] = {}
    names: dict[str, str] = {}
    for one in submissions:
        first = runs.setdefault(one.digest, one.slug)
        if first != one.slug:
            yield Problem(f"{one.slug}/run.jsonl", 1, "", f"the run of {first}", "one of its own")
        first = names.setdefault(one.system.name.casefold(), one.slug)
        if first != one.slug:
            file = f"{one.slug}/system.yaml"
            yield Problem(file, 1, "name", f"the name of {first}", "one of its own")
