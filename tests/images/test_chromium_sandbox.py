"""Chromium keeps its own sandbox where the container lets it, and starts without where it does not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from images.dockerfile import ROOT

SNIPPET = ROOT / "images" / "worker" / "chromium-sandbox"


def flags(path: str) -> str:
    """The flags after Debian's launcher, which has some of its own, has read the file."""
    script = f'CHROMIUM_FLAGS="--its-own"; . {SNIPPET}; echo "$CHROMIUM_FLAGS"'
    shell = shutil.which("sh")
    assert shell
    return subprocess.run([shell, "-c", script], env={"PATH": path}, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("code", "expected"), [(0, "--its-own\n"), (1, "--its-own --no-sandbox\n")])
def test_the_kernel_s_answer_decides(tmp_path: Path, code: int, expected: str) -> None:
    asked = tmp_path / "unshare"
    asked.write_text(f'#!/bin/sh\n[ "$*" = "--user true" ] && exit {code}\n')
    asked.chmod(0o755)
    assert flags(str(tmp_path)) == expected


def test_where_nobody_can_be_asked_it_starts_all_the_same(tmp_path: Path) -> None:
    assert flags(str(tmp_path)) == "--its-own --no-sandbox\n"
