"""What the tests of the operator share."""

import re
from collections.abc import Callable

import airflow_home  # before anything imports Airflow
import pytest


@pytest.fixture(autouse=True)
def _own_runtime():
    """Each test reads the runtime's settings for itself."""
    from vitality_airflow.runtime import runtime  # noqa: PLC0415

    runtime.cache_clear()
    yield
    runtime.cache_clear()


@pytest.fixture(scope="session")
def has_row() -> Callable[[str], bool]:
    """Whether docs/troubleshooting.md has a row for what an ending says, up to its brackets and figures."""
    rows = (airflow_home.ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    return lambda why: re.split(r" \(|\d", why)[0].strip() in rows
