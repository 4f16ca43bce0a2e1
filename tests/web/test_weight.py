"""What a process weighs with all below it."""

from __future__ import annotations

import subprocess
import sys

from vitality_lib.web import weight

MIB = 2**20


def test_a_child_of_a_child_is_weighed_too() -> None:
    before = weight.held()
    code = f"held = bytearray(b'x') * {64 * MIB}; print('ready', flush=True); input()"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}])"
    child = subprocess.Popen([sys.executable, "-c", nested], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    during = weight.held()
    child.communicate(b"\n")
    assert before is not None and during is not None
    assert 60 * MIB < during - before < 160 * MIB
