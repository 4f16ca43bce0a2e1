"""What Airflow loads from `plugins/`, and the scripts, are on the path here, too."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent.parent
sys.path += [str(_ROOT / "plugins"), str(_ROOT / "scripts")]

from cluster_environment import NAMES, Environment, environment  # noqa: E402
from rendered_chart import Objects, chart, rendered  # noqa: E402
from stage_pods import stage_pods  # noqa: E402


@pytest.fixture(params=NAMES)
def cluster(request: pytest.FixtureRequest) -> Environment:
    """Each environment, one after the other."""
    return environment(request.param)


@pytest.fixture
def installed(cluster: Environment) -> Objects:
    """Everything that stands in a cluster that works: our own objects, the chart's, and a pod of each stage."""
    if why := chart().missing:
        pytest.skip(why)
    objects = rendered(cluster.name)
    return [*cluster.objects, *objects, *stage_pods(objects)]


@pytest.fixture
def checked(record_property: Callable[[str, object], None]) -> Callable[[str, int], None]:
    """Say how many Kubernetes objects a test has held against something; the sums are printed at the end."""
    return lambda what, count: record_property(f"objects: {what}", count)
