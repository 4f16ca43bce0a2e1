"""What `make run` starts is ended with it, to the last grandchild."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from processes import Processes, end_left_over

SLEEP = "import time; time.sleep(60)"
# A child that starts a grandchild in a session of its own, as a browser's driver does.
PARENT = f"""
import subprocess, sys, time
print(subprocess.Popen([sys.executable, '-c', {SLEEP!r}], start_new_session=True).pid, flush=True)
time.sleep(60)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
# One that starts another, in a session of its own, when it is asked to end, and ends at once.
LAST_MOMENT = f"""
import os, signal, subprocess, sys, time
def last_moment(*_):
    print(subprocess.Popen([sys.executable, '-c', {SLEEP!r}], start_new_session=True).pid, flush=True)
    os._exit(0)
signal.signal(signal.SIGTERM, last_moment)
print('ready', flush=True)
time.sleep(60)
"""


@pytest.fixture
def processes(tmp_path: Path):
    these = Processes(tmp_path / "run.json", tmp_path / "logs")
    yield these
    these.end()


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def until(answer: Callable[[], object], seconds: float = 20) -> object:
    deadline = time.monotonic() + seconds
    while not (found := answer()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_grandchild_in_another_session_is_ended_too(processes: Processes) -> None:
    child = processes.start("parent", python(PARENT), os.environ)
    grandchild = int(str(until(lambda: processes.log("parent").read_text().strip())))
    assert alive(grandchild)
    processes.end()
    assert not alive(child.pid)
    assert not alive(grandchild)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody may adopt orphans")
def test_what_is_started_in_the_last_moment_is_ended_too(processes: Processes) -> None:
    processes.start("parent", python(LAST_MOMENT), os.environ)
    until(lambda: processes.log("parent").read_text())
    processes.end()
    orphan = int(processes.log("parent").read_text().split()[-1])
    assert not alive(orphan)


def test_a_process_that_does_not_heed_is_ended_when_its_time_is_over(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processes.POLITE_SECONDS", 1)
    child = processes.start("deaf", python(DEAF), os.environ)
    until(lambda: processes.log("deaf").read_text())
    processes.end()
    assert child.returncode == -9


def test_a_process_that_dies_is_noticed(processes: Processes) -> None:
    processes.start("well", python(SLEEP), os.environ)
    assert processes.dead() is None
    processes.start("ill", python("raise SystemExit(3)"), os.environ)
    assert until(processes.dead) == "ill"


def test_a_command_is_waited_for_and_its_words_are_kept(processes: Processes) -> None:
    assert processes.run("one", python("print('hello'); raise SystemExit(4)"), os.environ) == 4
    assert processes.log("one").read_text() == "hello\n"
    assert processes.dead() is None, "a command that ended as it should is not missed"


def test_the_next_run_ends_what_a_killed_one_left(tmp_path: Path) -> None:
    code = f"""
import os, sys
sys.path.append({str(Path(__file__).parent.parent.parent / "scripts")!r})
from pathlib import Path
from processes import Processes
print(Processes(Path('run.json'), Path('logs')).start('parent', [sys.executable, '-c', {PARENT!r}], os.environ).pid)
sys.stdout.flush()
os._exit(9)
"""
    said = subprocess.run(python(code), cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    left = int(said)
    grandchild = int(str(until(lambda: (tmp_path / "logs" / "parent.log").read_text().strip())))
    assert end_left_over(tmp_path / "run.json") == 2
    until(lambda: not alive(left) and not alive(grandchild))
    assert end_left_over(tmp_path / "run.json") == 0


def test_a_number_that_somebody_else_has_by_now_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(python(SLEEP))
    try:
        (tmp_path / "run.json").write_text(json.dumps([[stranger.pid, 12345.0]]))
        assert end_left_over(tmp_path / "run.json") == 0
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
