"""`make run` from outside: it says what is wrong in one line, and leaves no process behind."""

import fcntl
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from local_airflow import free_port
from of_home import environment, of_home

pytestmark = pytest.mark.long

ROOT = Path(__file__).parent.parent.parent


def run(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start it as make does: in a session of its own, so that this test gets none of its signals."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "scripts" / "run.py"), *arguments],
        env=environment(home),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    left = of_home(tmp_path)
    for process in left:
        process.kill()
    assert not left


def test_a_port_in_use_is_one_line(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = run(home, "--port", str(port))
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.splitlines() == [f"make run: port {port} is in use; choose another: make run PORT={port + 1}"]


def test_a_second_run_in_one_home_is_one_line(home: Path) -> None:
    home.mkdir()
    with (home / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = run(home)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith("make run: another run is going on")
    assert len(said.splitlines()) == 1


def test_a_wrong_setting_is_one_line(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_PARISHES_PER_DIOCESE", "-3")
    process = run(home)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith("make run: MAX_PARISHES_PER_DIOCESE")
    assert len(said.splitlines()) == 1


@pytest.mark.airflow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("number", "moment"),
    [(signal.SIGINT, "PostgreSQL is up"), (signal.SIGTERM, "Airflow is up")],
    ids=["while it prepares", "while Airflow runs"],
)
def test_an_interruption_leaves_no_process_behind(home: Path, number: signal.Signals, moment: str) -> None:
    process = run(home, "--port", str(free_port()))
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if moment in line:
            break
    else:
        pytest.fail("".join(said))
    time.sleep(3)  # into the middle of what comes then
    family = {*psutil.Process(process.pid).children(recursive=True), *of_home(home)}
    assert len(family) > 2
    process.send_signal(number)
    rest = process.stdout.read()
    assert process.wait(90) == 130
    assert "Interrupted" in rest
    assert not [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    assert of_home(home) == set()
