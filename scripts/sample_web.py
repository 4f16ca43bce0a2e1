"""The sample web, served by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vitality_lib.sample import PACE, USCCB_URL


@dataclass(frozen=True)
class SampleWeb:
    """Where it is served."""

    port: int

    def settings(self) -> dict[str, str]:
        """The variables that point a crawl at it."""
        return {
            "VITALITY_RESOLVE": f"*=127.0.0.1:{self.port}",
            "VITALITY_USCCB_URL": USCCB_URL,
            "VITALITY_PACE": str(PACE),
        }


@contextmanager
def sample_web() -> Iterator[SampleWeb]:
    """Serve it on a free port, and end it on the way out."""
    command = [sys.executable, "-m", "vitality_lib.sample", "--port", "0", "--pace", str(PACE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
        try:
            assert process.stdout is not None
            yield SampleWeb(int(json.loads(process.stdout.readline())["port"]))
        finally:
            process.terminate()
