"""What the long runs tell whoever waits for them."""

import sys
from collections.abc import Callable

import pytest


@pytest.fixture
def say() -> Callable[[str], None]:
    """Say a line at once, on standard error (`pytest -s`)."""

    def say(line: str) -> None:
        sys.stderr.write(f"\n{line}")

    return say
