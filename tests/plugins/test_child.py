"""The local twin of a pod, with real processes."""

import os
import signal
import sys
import time

import psutil
import pytest
from vitality_airflow.child import Child


def child(code: str, *arguments: str, grace: float = 20) -> Child:
    return Child([sys.executable, "-u", "-c", code, *arguments], dict(os.environ), grace)


def gone(pid: int) -> bool:
    """Whether the process has ended, or does within ten seconds (a zombie has)."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("code", [0, 1, 2, 75])
def test_the_exit_code_comes_back(code: int) -> None:
    with child(f"raise SystemExit({code})") as run:
        assert run.follow(lambda _: None) == code


def test_each_line_comes_as_it_is_written() -> None:
    heard: list[tuple[float, str]] = []
    with child("import time; print('first'); time.sleep(1); print('second')") as run:
        run.follow(lambda line: heard.append((time.monotonic(), line)))
    assert [line for _, line in heard] == ["first", "second"]
    assert heard[1][0] - heard[0][0] > 0.5


def test_errors_and_bytes_that_are_no_text_come_too() -> None:
    heard: list[str] = []
    with child(r"import sys; sys.stderr.buffer.write(b'caf\xe9\n')") as run:
        run.follow(heard.append)
    assert heard == ["caf\ufffd"]


def test_a_stop_lets_the_worker_end_by_itself() -> None:
    heard: list[str] = []
    code = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print('gave back'), sys.exit(75)))
print('at work')
time.sleep(60)
"""
    with child(code) as run:

        def listen(line: str) -> None:
            heard.append(line)
            if line == "at work":
                run.stop()

        assert run.follow(listen) == 75
    assert heard == ["at work", "gave back"]


def test_a_worker_that_will_not_stop_is_ended_when_its_grace_is_over() -> None:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf'); time.sleep(60)"
    with child(code, grace=1) as run:
        assert run.follow(lambda _: run.stop()) == -signal.SIGKILL


def test_what_a_worker_leaves_behind_ends_with_it() -> None:
    heard: list[str] = []
    code = """
import subprocess, sys
print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid)
"""
    started = time.monotonic()
    with child(code) as run:
        assert run.follow(heard.append) == 0
    assert time.monotonic() - started < 30, "the left-over process held the output open"
    assert gone(int(heard[0]))


def test_an_exception_on_the_way_ends_the_child() -> None:
    heard: list[str] = []

    def fail(line: str) -> None:
        heard.append(line)
        raise TimeoutError

    with pytest.raises(TimeoutError), child("import os, time; print(os.getpid()); time.sleep(60)") as run:
        run.follow(fail)
    assert gone(int(heard[0]))
