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
from bench.cli.plugins import _points
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
