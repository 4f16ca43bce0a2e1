"""What a command takes: real processes whose memory and CPU are known, in a control group and without one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from control_group import ControlGroup, NoControlGroup
from measured import Measured, control_groups, measure, measure_tree

MIB = 2**20
needs_groups = pytest.mark.skipif(bool(control_groups()), reason=f"no control groups here: {control_groups()}")
Way = Callable[..., Measured]
ways = pytest.mark.parametrize("way", [pytest.param(measure, marks=needs_groups, id="group"), measure_tree])

HOLDS = "held = bytearray(b'x') * ({mib} * 2**20); import time; time.sleep(0.9)"
WORKS = "import time\nwhile time.process_time() < {seconds}: pass"
# A child in a session of its own, as the browser's driver is.
HANDS_ON = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]], start_new_session=True)"
LEAVES = """
import subprocess, sys
print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True).pid)
"""


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@ways
def test_memory_is_that_of_the_whole_family(way: Way, log: Path) -> None:
    small = way(python(HANDS_ON, HOLDS.format(mib=1)), os.environ, log)
    large = way(python(HANDS_ON, HOLDS.format(mib=151)), os.environ, log)
    assert 140 <= (large.memory - small.memory) / MIB <= 160


@ways
def test_cpu_is_that_of_the_whole_family(way: Way, log: Path) -> None:
    took = way(python(HANDS_ON, WORKS.format(seconds=1.2)), os.environ, log)
    assert 0.8 <= took.cpu_seconds <= 2.2, "what is taken after the last look is not seen"
    assert took.cpu == pytest.approx(took.cpu_seconds / took.seconds)
    assert took.busiest <= took.cpu + 0.01, "in less than ten seconds none are busier than all"


@ways
def test_how_it_ended_and_what_it_said_are_kept(way: Way, log: Path) -> None:
    took = way(python("print('hello'); raise SystemExit(75)"), os.environ, log)
    assert (took.code, took.killed, log.read_text()) == (75, 0, "hello\n")


@ways
def test_a_command_that_does_not_end_is_ended(way: Way, log: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        way(python("import time; print(1, flush=True); time.sleep(60)"), os.environ, log, seconds=0.5)
    assert not [child for child in psutil.Process().children() if "time.sleep(60)" in child.cmdline()]


@needs_groups
def test_files_count_apart(tmp_path: Path, log: Path) -> None:
    writes = "import sys, time; open(sys.argv[1], 'wb').write(bytes(100 * 2**20)); time.sleep(0.3)"
    took = measure(python(writes, str(tmp_path / "file")), os.environ, log)
    assert took.memory_with_files >= 100 * MIB
    assert took.memory <= 50 * MIB, "the kernel would give those pages back before it kills"


@needs_groups
def test_shared_memory_counts_as_it_does_in_a_pod(log: Path) -> None:
    shares = """
import mmap, time
held = mmap.mmap(-1, 100 * 2**20)  # shared and anonymous: pages of a tmpfs
for start in range(0, len(held), 4096): held[start] = 1
time.sleep(0.3)
"""
    assert measure(python(shares), os.environ, log).memory >= 100 * MIB


@needs_groups
def test_over_its_memory_the_kernel_ends_it(log: Path) -> None:
    took = measure(python(HOLDS.format(mib=200)), os.environ, log, memory=100 * MIB)
    assert took.killed == 1
    assert took.code == -9
    assert took.memory <= 100 * MIB


@needs_groups
def test_over_its_cpu_it_is_slowed_down(log: Path) -> None:
    took = measure(python(WORKS.format(seconds=0.3)), os.environ, log, cpu=0.2)
    assert took.code == 0
    assert took.seconds >= 1.2
    assert took.cpu <= 0.25


@needs_groups
def test_what_the_command_leaves_behind_is_ended(log: Path) -> None:
    measure(python(LEAVES), os.environ, log)
    left = int(log.read_text())
    assert not psutil.pid_exists(left) or psutil.Process(left).status() == psutil.STATUS_ZOMBIE


@needs_groups
def test_a_group_that_was_removed_leaves_nothing() -> None:
    group = ControlGroup("vitality-measure-test", 64 * MIB, 0.5)
    assert all(folder.is_dir() for folder in group.files.folders)
    group.remove()
    assert not any(folder.exists() for folder in group.files.folders)


def test_where_none_can_be_made_the_reason_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(NoControlGroup, match=r"memory.*: No such file or directory"):
        ControlGroup("vitality-measure-test", root=tmp_path / "nothing")


def test_the_files_of_version_2_are_read_too(tmp_path: Path) -> None:
    """In the kernel's own format, since a kernel has either version."""
    (tmp_path / "cgroup.controllers").write_text("cpuset cpu io memory hugetlb pids rdma misc\n")
    group = ControlGroup("pod", 512 * MIB, 0.2, root=tmp_path)
    folder = tmp_path / "pod"
    assert (folder / "memory.max").read_text() == str(512 * MIB)
    assert (folder / "cpu.max").read_text() == "20000 100000"
    (folder / "memory.current").write_text("300000000\n")
    (folder / "memory.peak").write_text("400000000\n")
    (folder / "memory.stat").write_text("anon 200000000\nfile 90000000\ninactive_anon 7\ninactive_file 50000000\n")
    (folder / "memory.events").write_text("low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n")
    (folder / "cpu.stat").write_text("usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\nnr_periods 4\n")
    assert group.memory() == 250_000_000
    assert group.memory_with_files() == 400_000_000
    assert group.killed() == 1
    assert group.cpu_seconds() == 2.5
