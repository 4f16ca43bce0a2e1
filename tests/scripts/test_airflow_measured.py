"""What is Airflow's in the time of a mapped task, and what is its command's."""

from datetime import UTC, datetime, timedelta

import pytest
from airflow_measured import Measured, TaskTimes, Usage

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def task(queued: float, began: float, ended: float, command: float) -> TaskTimes:
    at = [NOON + timedelta(seconds=second) for second in (queued, began, ended)]
    return TaskTimes(*at, command=command, command_cpu=0.5)


# Two slots for ten seconds. One has a task of six and then one of two, the other a task of ten: two seconds are empty.
RUN = Measured(
    tasks=(task(0, 0, 6, 5), task(0, 0, 10, 8), task(6, 8, 10, 1)),
    slots=2,
    to_first=3.0,
    used={"scheduler": Usage(0.6, 4.5), "api-server": Usage(1.0, 0.5)},
    parsing={"vitality_all": 0.25},
)


def test_overhead_is_all_of_a_slot_but_the_commands() -> None:
    assert RUN.wall == 10
    assert RUN.overhead == pytest.approx((10 * 2 - 14) / 3)
    assert RUN.idle == pytest.approx(2 / 3)
    assert [one.around for one in RUN.tasks] == [1, 2, 1]
    assert [one.in_queue for one in RUN.tasks] == [0, 0, 2]


def test_the_cpu_of_the_commands_is_not_airflows() -> None:
    table = RUN.table()
    assert "the scheduler itself: 0.200" in table
    assert "task processes (fork, supervisor, operator, callbacks): 1.000" in table
    assert "api-server: 0.500" in table
    assert "all of Airflow: 1.700" in table
    assert "vitality_all: 0.250" in table
