"""The scripts are no package: their folder is put on the path. And what the long runs tell whoever waits for them."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))


@pytest.fixture
def say() -> Callable[[str], None]:
    """Say a line at once, on standard error (`pytest -s`)."""

    def say(line: str) -> None:
        sys.stderr.write(f"\n{line}")

    return say
