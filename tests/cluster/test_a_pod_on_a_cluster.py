"""The one test of a real cluster that `make test` runs, where KUBECONFIG points at one: a stage as a pod ends well."""

from collections.abc import Callable

import psycopg
import pytest
from cluster.ground import Ground
from cluster.one_task import Task

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]


def test_a_stage_ends_well_as_a_pod(place: Ground, task: Callable[..., Task]) -> None:
    task().run()
    with psycopg.connect(place.url()) as connection:
        (found,) = connection.execute("SELECT count(*) FROM dioceses").fetchone()
    assert found > 10
    assert place.pods() == []
