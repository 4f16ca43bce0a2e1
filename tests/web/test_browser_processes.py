"""The processes of a browser, as those of any driver: here a shell with a child that bears a renderer's name."""

import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from vitality_lib.web.browser_processes import BrowserProcesses

DRIVER = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "--type=renderer"])
print("ready", flush=True)
time.sleep(60)  # and never asks how its child ended
"""


@pytest.fixture
def driver() -> Iterator[psutil.Process]:
    with subprocess.Popen([sys.executable, "-c", DRIVER], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout and process.stdout.readline()
        one = psutil.Process(process.pid)
        try:
            yield one
        finally:
            for other in [*one.children(recursive=True), one]:
                other.kill()


def test_a_renderer_that_died_is_lost_though_nobody_buried_it(driver: psutil.Process) -> None:
    processes = BrowserProcesses(driver.pid)
    (renderer,) = driver.children()
    while "--type=renderer" not in renderer.cmdline():
        time.sleep(0.01)
    assert processes.look() > 0
    assert processes.lost_renderer(10) == 0
    renderer.kill()
    time.sleep(1.2)
    assert processes.lost_renderer(10) > 0
    assert processes.look() == 0
    assert processes.lost_renderer(1.1) == 0


def test_a_renderer_that_ran_before_the_page_is_not_lost_to_it(driver: psutil.Process) -> None:
    processes = BrowserProcesses(driver.pid)
    (renderer,) = driver.children()
    while "--type=renderer" not in renderer.cmdline():
        time.sleep(0.01)
    processes.begin()
    renderer.kill()
    time.sleep(1.2)
    assert processes.lost_renderer(10) == 0


def test_of_a_driver_that_is_gone_nothing_is_left(driver: psutil.Process) -> None:
    processes = BrowserProcesses(driver.pid)
    for one in [*driver.children(), driver]:
        one.kill()
    deadline = time.monotonic() + 10  # the kernel ends them in its own time
    while processes.look() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes.look() == 0
