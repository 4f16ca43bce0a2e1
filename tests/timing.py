"""How long something takes on a machine of ordinary pace, whatever else this one is doing."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

_STEPS = 1_000_000
_ORDINARY = 0.04  # seconds of processor time that so many additions take


def seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes, as they would be on a machine of ordinary pace.

    A shared machine may run at half its pace, and one that is busy slower still; both are measured before and after.
    What earlier tests left in memory is kept out of the garbage collector's way meanwhile.
    """
    gc.collect()
    gc.freeze()
    try:
        before = _additions()
        began = time.process_time()
        work()
        took = time.process_time() - began
        pace = (before + _additions()) / 2 / _ORDINARY
    finally:
        gc.unfreeze()
    return took / max(1.0, pace)


def slowness() -> float:
    """How many times as long as on an ordinary machine with nothing else to do work takes here just now, at least 1.

    By the clock on the wall, with as many processes as there are processors: what others leave of each counts.
    """
    processors = os.cpu_count() or 1
    with ProcessPoolExecutor(processors, get_context("fork")) as pool:
        return max(1.0, *pool.map(_slowness_of_one, range(processors)))


def _slowness_of_one(_: int) -> float:
    began = time.perf_counter()
    for _round in range(20):
        _additions()
    return (time.perf_counter() - began) / 20 / _ORDINARY


def _additions() -> float:
    began = time.process_time()
    total = 0
    for number in range(_STEPS):
        total += number
    return time.process_time() - began
