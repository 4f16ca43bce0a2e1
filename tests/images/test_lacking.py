"""On a base that has Airflow, only what it lacks is installed. The base here is the Python that runs the tests."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from images.dockerfile import ROOT

SCRIPT = ROOT / "images" / "airflow" / "lacking.py"
LOCK = """alembic==9.9.9 \\
    --hash=sha256:aa
    # via -r requirements.in
no-such-package==1.2.3 ; sys_platform == 'linux' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
SQLAlchemy[asyncio]==9.9.9 \\
    --hash=sha256:dd
"""


def lacking(folder: Path, asked: str, lock: str = LOCK) -> subprocess.CompletedProcess[str]:
    (folder / "in").write_text(asked)
    (folder / "txt").write_text(lock)
    argv = [sys.executable, SCRIPT, folder / "in", folder / "txt"]
    return subprocess.run(argv, capture_output=True, text=True, check=False)


def test_of_a_package_that_is_locked_once_for_each_python_all_pins_are_taken(tmp_path: Path) -> None:
    old, new = "twice==1 ; python_full_version < '3.12'\n", "twice==2 ; python_full_version >= '3.12'\n"
    assert lacking(tmp_path, "", old + new).stdout == old + new


def names(text: str) -> list[str]:
    return [line.split("==")[0] for line in text.splitlines() if "==" in line and not line.startswith(" ")]


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ("alembic\n", ["no-such-package"]),
        ("alembic>=1.0  # whichever the base has\nsqlalchemy>=1\n", ["no-such-package"]),
        (f"alembic=={version('alembic')}\n", ["no-such-package"]),
        ("alembic==9.9.9\n", ["alembic", "no-such-package"]),
        ("sqlalchemy[asyncio]>=9\n", ["no-such-package", "SQLAlchemy[asyncio]"]),
    ],
)
def test_a_package_stays_as_it_is_unless_another_version_is_asked_for(
    tmp_path: Path, asked: str, taken: list[str]
) -> None:
    done = lacking(tmp_path, asked)
    assert names(done.stdout) == taken
    assert done.stderr == f"3 pins in the lock, {len(taken)} of them to install\n"


def test_what_is_taken_keeps_its_marker_and_all_its_hashes(tmp_path: Path) -> None:
    done = lacking(tmp_path, "alembic\n")
    assert done.stdout.splitlines() == LOCK.splitlines()[3:6]


def test_the_lock_itself_is_read_whole() -> None:
    folder = ROOT / "images" / "airflow"
    done = subprocess.run(
        [sys.executable, SCRIPT, folder / "requirements.in", folder / "requirements.txt"],
        capture_output=True,
        text=True,
        check=True,
    )
    pins = len(names((folder / "requirements.txt").read_text(encoding="utf-8")))
    assert done.stderr.startswith(f"{pins} pins in the lock, ")


def test_wrong_usage_is_told() -> None:
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "usage: lacking.py requirements.in requirements.txt\n")
