"""A submission is made, proved, and refused where anything in it is not as it should be."""

from __future__ import annotations

import json
import shutil

import pytest

from bench.errors import DatelineError, InvalidFile
from leaderboard import submissions
from leaderboard.submissions import digest, load, slug_of
from leaderboard.systems import read_system
from leaderboard.verifying import verify
from tests.leaderboard.conftest import SYSTEM, half


def problems(home) -> str:
    with pytest.raises(InvalidFile) as caught:
        verify(home)
    return str(caught.value)


def edit(path, change) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")


def test_a_submission_holds_the_run_a_report_a_split_and_the_description(submitted):
    names = {path.name for path in submitted.iterdir()}
    assert names == {"run.jsonl", "report-dev.json", "report-sources.json", "system.yaml"}
    (one,) = verify(submitted.parent)
    assert (one.slug, one.system.name, set(one.reports)) == (
        "half-of-it",
        "Half of it",
        {"dev", "sources"},
    )


def test_the_order_of_the_run_does_not_matter(submitted):
    lines = (submitted / "run.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (submitted / "run.jsonl").write_text("".join(reversed(lines)), encoding="utf-8")
    assert verify(submitted.parent)


def more(raw) -> None:
    """One more trigger matched in a document, and in the sum, so that the file agrees with itself."""
    for document in raw["documents"].values():
        for numbers in document["counts"]["trigger"].values():
            if numbers[0] < min(numbers[1], numbers[2]):
                numbers[0] += 1
                raw["sums"]["trigger"][0] += 1
                return
            if numbers[0]:
                numbers[0] -= 1
                raw["sums"]["trigger"][0] -= 1
                return


def without_record(raw) -> None:
    raw["sums"].pop("record")
    for document in raw["documents"].values():
        document["counts"].pop("record", None)
    raw["signature"]["metrics"].remove("record")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (more, "scores.0.micro.counts.matched"),
        (lambda r: r["sums"]["trigger"].__setitem__(0, 999), "trigger"),
        (without_record, "scores"),
        (lambda r: r["signature"].update(seed=7), "signature.seed"),
        (lambda r: r["signature"].update(samples=9), "signature.samples"),
        (lambda r: r["signature"].update(gold="9.9.9:abc"), "the run must be made again"),
        (lambda r: r.update(system="Somebody else"), "system"),
        (
            lambda r: r["documents"]["ceasefire-call/wire-report"].update(fingerprint="0" * 12),
            "fingerprint",
        ),
    ],
)
def test_an_edited_report_is_refused_with_its_place(submitted, change, said):
    edit(submitted / "report-dev.json", change)
    text = problems(submitted.parent)
    assert "report-dev.json" in text
    assert said in text


def test_an_edited_run_is_refused(submitted):
    (submitted / "run.jsonl").write_text(half(step=3), encoding="utf-8")
    assert "as the run gives" in problems(submitted.parent)


def test_a_report_as_score_prints_it_will_do(submitted, run_dateline):
    from leaderboard.scoring import METRICS

    report = submitted / "report-dev.json"
    code, _, err = run_dateline(
        "score", submitted / "run.jsonl", "-s", "dev", "-m", ",".join(METRICS), "-o", report
    )
    assert code == 0, err
    edit(report, lambda r: r.update(system="Half of it"))
    assert verify(submitted.parent)


def test_words_that_the_articles_hold_are_not_in_the_run(submitted):
    lines = (submitted / "run.jsonl").read_text(encoding="utf-8").splitlines()
    dev = next(json.loads(line) for line in lines if "wire-report" in line)
    assert not list(texts(dev))


def test_a_report_too_few_or_too_many_is_refused(submitted):
    report = submitted / "report-dev.json"
    shutil.copy(report, submitted / "report-test.json")
    assert "the run answers nothing of test" in problems(submitted.parent)
    (submitted / "report-test.json").unlink()
    report.unlink()
    assert "found nothing, wanted a report, as the run answers dev" in problems(submitted.parent)


def test_a_copy_of_a_run_is_refused_under_any_name_and_order(submitted, tmp_path):
    copy = tmp_path / "system.yaml"
    copy.write_text(SYSTEM.replace("Half of it", "New and better"), encoding="utf-8")
    lines = (submitted / "run.jsonl").read_text(encoding="utf-8").splitlines()
    raw = [json.loads(line) for line in reversed(lines)]
    for line in raw:  # disguised: other ids, other clusters, events backwards
        line["events"].reverse()
        for n, event in enumerate(line["events"]):
            event.update(id=f"x{n}", cluster=f"y{n}")
    run = tmp_path / "copied.jsonl"
    run.write_text("".join(json.dumps(line) + "\n" for line in raw), encoding="utf-8")
    submissions.submit(run, copy, submitted.parent)
    assert "found the run of half-of-it, wanted one of its own" in problems(submitted.parent)


def test_a_name_taken_is_refused_and_the_folder_must_bear_the_name(submitted, run, system_file):
    with pytest.raises(DatelineError, match="a submission of that name already"):
        submissions.submit(run, system_file, submitted.parent)
    submitted.rename(submitted.parent / "other")
    assert "wanted a name that gives other" in problems(submitted.parent)


def test_a_refused_submission_leaves_nothing(one_story, tmp_path, system_file):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"doc_id": "nowhere", "events": []}\n', encoding="utf-8")
    with pytest.raises(InvalidFile, match="nowhere"):
        submissions.submit(bad, system_file, tmp_path / "submissions")
    assert not (tmp_path / "submissions").exists()


def test_a_type_that_could_name_a_file_elsewhere_is_refused(one_story, tmp_path, system_file):
    bad = tmp_path / "bad.jsonl"
    line = {"doc_id": "ceasefire-call/wire-report", "events": [{"type": "../../../x"}]}
    bad.write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"events\[0\]\.type"):
        submissions.submit(bad, system_file, tmp_path / "submissions")


@pytest.mark.parametrize("name", ["script.js", "index.html", "report-../x.json", "run.jsonl.bak"])
def test_a_stranger_among_the_files_is_refused(submitted, name):
    (submitted / name.replace("/", "_")).write_text("x", encoding="utf-8")
    with pytest.raises(InvalidFile, match="found a stranger"):
        load(submitted)


def test_links_are_refused(submitted, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("s3cret", encoding="utf-8")
    (submitted / "system.yaml").unlink()
    (submitted / "system.yaml").symlink_to(secret)
    with pytest.raises(InvalidFile, match="found no plain file") as caught:
        load(submitted)
    assert "s3cret" not in str(caught.value)


def test_a_bad_submission_does_not_hide_the_problems_of_another(submitted, tmp_path):
    (submitted.parent / "broken").mkdir()
    edit(submitted / "report-dev.json", lambda r: r["signature"].update(seed=7))
    text = problems(submitted.parent)
    assert "broken/run.jsonl" in text
    assert "signature.seed" in text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("code: javascript:alert(1)", "http:// or https://"),
        ("code: https://user:pw@example.org/", "http:// or https://"),
        ('code: "https://example.org/\\"><script>"', "http:// or https://"),
        ("code: file:///etc/passwd", "http:// or https://"),
        ("code: //example.org/x", "http:// or https://"),
        ("code: https:///path", "http:// or https://"),
        ("kind: magic", "'bound', 'rules'"),
        ("use_of_test: a little", "'none', 'looked at'"),
        ("submitted: yesterday", "pattern"),
        ("parameters: many", "integer"),
        ('description: "right\\u202eleft"', "visible characters"),
        ('description: "two\\nlines"', "visible characters"),
        ("authors: []", "at least 1"),
        ("rank: 1", "one of name, authors"),
    ],
)
def test_a_wrong_line_of_the_description_is_named(line, said):
    key = line.partition(":")[0]
    kept = [one for one in SYSTEM.splitlines() if not one.startswith(f"{key}:")]
    content = "\n".join([*kept, line]).encode()
    with pytest.raises(InvalidFile, match=r"system\.yaml") as caught:
        read_system("system.yaml", content)
    assert said in str(caught.value)
    assert f"system.yaml:{len(kept) + 1}: {key}" in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"- a\n- b", b"a: [", b"", b"&a [*a]", b"a: &a 1\nb: *a", b"x" * 70000]
)
def test_what_is_no_description_is_refused(content):
    with pytest.raises(InvalidFile):
        read_system("system.yaml", content)


def test_python_in_yaml_is_not_run(tmp_path):
    content = f"name: !!python/object/apply:os.system ['touch {tmp_path}/run']".encode()
    with pytest.raises(InvalidFile):
        read_system("system.yaml", content)
    assert not (tmp_path / "run").exists()


def test_names_that_leave_nothing_for_a_folder_are_refused():
    with pytest.raises(DatelineError, match="Latin letters"):
        slug_of("../..")
    assert slug_of("../../etc/passwd") == "etc-passwd"


def test_words_of_articles_that_do_not_ship_are_kept_short(submitted):
    for line in (submitted / "run.jsonl").read_text(encoding="utf-8").splitlines():
        if json.loads(line)["doc_id"].startswith("ceasefire-call/0"):
            assert max((len(text.split()) for text in texts(json.loads(line))), default=0) <= 8


def texts(value):
    if isinstance(value, dict):
        yield from ([value["text"]] if "text" in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from texts(item)


def test_the_digest_sees_what_is_marked_and_nothing_else(one_story):
    from bench import gold

    some = gold.load("dev").annotations
    name = next(iter(some))
    fewer = {**some, name: some[name].model_copy(update={"events": some[name].events[1:]})}
    assert digest(some) == digest(dict(reversed(some.items())))
    assert digest(some) != digest(fewer)


def test_from_the_command_line(run_dateline, one_story, run, system_file, tmp_path):
    home = tmp_path / "submissions"
    code, out, err = run_dateline(
        "leaderboard", "submit", run, "--system", system_file, "--submissions", home
    )
    assert (code, err) == (0, "")
    assert "half-of-it" in out
    code, out, _ = run_dateline("leaderboard", "verify", "--submissions", home)
    assert (code, out) == (0, "half-of-it: 8 documents, sources, dev: proved\n")
    edit(home / "half-of-it" / "report-dev.json", lambda r: r.update(system="x"))
    code, out, err = run_dateline("leaderboard", "verify", "--submissions", home)
    assert code == 2
    assert "half-of-it/report-dev.json:1: system: found" in err
    code, _, err = run_dateline("leaderboard", "verify", "half-of-i", "--submissions", home)
    assert (code, "did you mean half-of-it?" in err) == (2, True)
