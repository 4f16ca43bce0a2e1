"""A home that `make run` works in: how to call it there, and which processes belong to it."""

import os
from pathlib import Path

import psutil
import uncounted


def environment(home: Path) -> dict[str, str]:
    """This process's environment, with that home and no database of somebody else's."""
    return {**uncounted.environment(), "VITALITY_HOME": str(home), "DATABASE_URL": ""}


def of_home(home: Path) -> set[psutil.Process]:
    """Every living process that names this home in its command line or its environment."""
    found = set()
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), *process.environ().values()]
            if process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                found |= {process} if any(str(home) in word for word in words) else set()
        except psutil.Error:
            continue
    return found
