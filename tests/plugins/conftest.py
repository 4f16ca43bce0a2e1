"""What the tests of the operator share."""

import airflow_home  # noqa: F401 - before anything imports Airflow
import pytest


@pytest.fixture(autouse=True)
def _own_runtime():
    """Each test reads the runtime's settings for itself."""
    from vitality_airflow.runtime import runtime  # noqa: PLC0415

    runtime.cache_clear()
    yield
    runtime.cache_clear()
