"""`vitality status --alive`: whether the worker on this host lives, by exit code. An image's health check asks it."""

from __future__ import annotations

import platform

import psycopg
import pytest
from command_line import Vitality, one_line

_WORKER = """INSERT INTO pipeline_workers (worker_id, worker_type, pod_name, status, started_at, last_heartbeat)
    VALUES ('pod-1', 'schedule', %s, %s, now(), now() - make_interval(secs => %s))"""


def put(database_url: str, host: str, status: str, silent_seconds: int) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(_WORKER, [host, status, silent_seconds])


@pytest.mark.parametrize(("silent_seconds", "code"), [(0, 0), (100, 0), (140, 1)])
def test_a_worker_lives_while_its_lease_lasts(
    vitality: Vitality, database_url: str, silent_seconds: int, code: int
) -> None:
    put(database_url, platform.node(), "active", silent_seconds)
    done = vitality("status", "--alive", DATABASE_URL=database_url)
    assert done.returncode == code
    assert "worker pod-1" in one_line(done.stdout or done.stderr)


@pytest.mark.parametrize("status", ["failed", "inactive"])
def test_a_worker_that_has_ended_does_not_live(vitality: Vitality, database_url: str, status: str) -> None:
    put(database_url, platform.node(), status, 1)
    done = vitality("status", "--alive", DATABASE_URL=database_url)
    assert done.returncode == 1
    assert f"worker pod-1 is {status}" in one_line(done.stderr)


def test_a_worker_on_another_host_says_nothing_of_this_one(vitality: Vitality, database_url: str) -> None:
    put(database_url, "another-host", "active", 0)
    done = vitality("status", "--alive", DATABASE_URL=database_url)
    assert done.returncode == 1
    assert one_line(done.stderr) == f"vitality: no worker has begun on {platform.node()}"


def test_without_a_database_nothing_is_known(vitality: Vitality) -> None:
    done = vitality("status", "--alive", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert done.returncode == 75
    assert "127.0.0.1:9" in one_line(done.stderr)
