"""A child computes, or says nothing, and then the work is done here. Each case is a process of its
own, as a process may be forked only while it has one thread.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="children are begun on Linux with two processors or more",
)
HEAD = "import os, sys, threading, time; from bench.aside import Aside, is_possible\nme = os.getpid()\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", HEAD + code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def said(code: str) -> list[str]:
    done = run(code)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout.split()


def test_the_function_is_called_in_another_process():
    code = "print('once', end=' '); pid = Aside(os.getpid).result(); print(pid != me, me == os.getpid())"
    assert said(code) == ["once", "True", "True"]


def test_several_work_at_a_time_and_large_answers_arrive():
    code = "both = [Aside(lambda n=n: [n] * 10**6) for n in (1, 2)]; print(sum(sum(b.result()) for b in both))"
    assert said(code) == ["3000000"]


def test_this_process_goes_on_meanwhile():
    # Each waits for a word of the other: neither could end if one waited for the other to return.
    code = """
a, b = os.pipe(), os.pipe()
def child():
    os.write(a[1], b"x")
    return os.read(b[0], 1)
aside = Aside(child)
os.read(a[0], 1)
os.write(b[1], b"y")
print(aside.result().decode())
"""
    assert said(code) == ["y"]


@pytest.mark.parametrize(
    "end",
    ["os._exit(3)", "os.kill(os.getpid(), 9)", "raise KeyboardInterrupt", "sys.exit(0)", "1 / 0"],
)
def test_what_a_child_leaves_undone_is_done_here(end):
    code = f"""
def work():
    if os.getpid() != me:
        {end}
    return "here"
print(Aside(work).result())
"""
    assert said(code) == ["here"]


def test_what_cannot_be_sent_is_made_here():
    assert said("print(Aside(lambda: (n for n in [7])).result().__next__())") == ["7"]


def test_an_error_is_shown_by_this_process():
    done = run("Aside(lambda: {}['lost']).result()")
    assert done.returncode == 1
    assert done.stderr.count("KeyError: 'lost'") == 1


def test_a_child_that_nobody_asks_ends_with_its_parent():
    code = """
r, w = os.pipe()
Aside(lambda: bytes(10**7))
if not os.fork():
    os._exit(0)
print("done")
"""
    assert said(code) == ["done"]


def test_a_process_with_threads_is_not_forked():
    code = """
print(is_possible())
threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
print(is_possible())
"""
    assert said(code) == ["True", "False"]


def test_neither_is_one_that_has_no_second_processor():
    code = "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); print(is_possible())"
    assert said(code) == ["False"]
