"""Commands of other packages are there, and cost nothing until somebody asks for them."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
import sys
sys.argv = ["dateline", *{words}]
try:
    from bench.cli import main
    main()
except SystemExit:
    pass
from bench.cli.commands import _points
print("scanned" if _points.cache_info().currsize else "not scanned", file=sys.stderr)
"""


def scanned(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(words=list(words))], capture_output=True, text=True
    )
    return done.stderr.splitlines()[-1]


def test_the_help_lists_them(run_dateline):
    code, out, _ = run_dateline("--help")
    assert code == 0
    assert out.split().count("leaderboard") == 1


def test_they_run_with_their_own_help(run_dateline):
    code, out, _ = run_dateline("leaderboard", "--help")
    assert code == 0
    assert "verify" in out
    assert "dateline leaderboard" in out


def test_an_unknown_command_is_the_users_to_mend(run_dateline):
    code, _, err = run_dateline("leaderbord")
    assert code == 2
    assert "leaderbord" in err


def test_other_commands_do_not_look_for_them():
    assert scanned("schema", "--help") == "not scanned"
    assert scanned("leaderboard", "--help") == "scanned"


def test_only_the_command_asked_for_is_imported():
    look = (
        "import sys\nfrom bench.cli import main\nsys.argv = ['dateline', 'schema', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted(m for m in sys.modules if m.startswith('bench.cli.')), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True)
    found = done.stderr.split()
    assert "bench.cli.schema" in found
    assert not {"bench.cli.gold", "bench.cli.check", "bench.cli.diagnose"} & set(found)


def test_a_typing_error_is_told_of_its_neighbour(run_dateline):
    code, _, err = run_dateline("scor", "run.jsonl")
    assert code == 2
    assert "Did you mean 'score'?" in err
