"""Part `airflow`: what Airflow itself takes; `make airflow-cost` measures it, its lines are the table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench_child import Failed
from bench_options import Options
from bench_page import Result

_COST = Path(__file__).parent / "airflow_cost.py"


def measured(_: Options) -> Result:
    """Its own output, line by line. Raises Failed."""
    if not _COST.exists():
        raise Failed(f"there is no {_COST.name} here")
    done = subprocess.run([sys.executable, str(_COST)], stdout=subprocess.PIPE, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    faults = [] if done.returncode == 0 else [f"{_COST.name} ended with {done.returncode}"]
    return Result(("what it says",), [(line,) for line in lines], (), faults)
