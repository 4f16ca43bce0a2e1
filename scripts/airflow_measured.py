"""What a run of mapped tasks took: by Airflow's own times, by its task logs, by the CPU of its processes."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Self

import psutil  # type: ignore[import-untyped]
import psycopg
from local_airflow import Airflow

_ENDED = re.compile(r"Ended after ([\d.]+) s, with ([\d.]+) s of CPU")


@dataclass(frozen=True)
class Usage:
    """Seconds of CPU: of a process itself, and of all below it, those that have ended included."""

    own: float
    below: float

    def __sub__(self, other: Self) -> Usage:
        return Usage(self.own - other.own, self.below - other.below)


def usage(root: int) -> Usage:
    """What a process and those below it have used so far."""
    process = psutil.Process(root)
    own = process.cpu_times()
    below = own.children_user + own.children_system
    for child in process.children(recursive=True):
        try:
            times = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        below += times.user + times.system + times.children_user + times.children_system
    return Usage(own.user + own.system, below)


@dataclass(frozen=True)
class TaskTimes:
    """One mapped task: when Airflow queued it, began it and ended it, and what its command took (wall, CPU)."""

    queued: datetime
    began: datetime
    ended: datetime
    command: float
    command_cpu: float

    @property
    def in_queue(self) -> float:
        return (self.began - self.queued).total_seconds()

    @property
    def around(self) -> float:
        """Seconds of the task that are not its command's."""
        return (self.ended - self.began).total_seconds() - self.command


@dataclass(frozen=True)
class Measured:
    """A run: `slots` of its pool, seconds from the trigger to the first mapped task, CPU by component, parse times."""

    tasks: tuple[TaskTimes, ...]
    slots: int
    to_first: float
    used: dict[str, Usage]
    parsing: dict[str, float]

    @property
    def wall(self) -> float:
        return (max(task.ended for task in self.tasks) - min(task.began for task in self.tasks)).total_seconds()

    @property
    def overhead(self) -> float:
        """Seconds that a slot is taken for each task beside its command: (wall x slots - commands) / tasks."""
        return (self.wall * self.slots - sum(task.command for task in self.tasks)) / len(self.tasks)

    @property
    def idle(self) -> float:
        """Of that, seconds in which the slot had no task: from the end of one to the beginning of the next."""
        taken = sum((task.ended - task.began).total_seconds() for task in self.tasks)
        return (self.wall * self.slots - taken) / len(self.tasks)

    @property
    def cpu(self) -> dict[str, float]:
        """Seconds of CPU for each task, the commands aside: other load of the machine is not in it."""
        scheduler = self.used["scheduler"]
        tasks = scheduler.below - sum(task.command_cpu for task in self.tasks)
        used = {
            "the scheduler itself": scheduler.own,
            "task processes (fork, supervisor, operator, callbacks)": tasks,
            **{name: use.own + use.below for name, use in self.used.items() if name != "scheduler"},
        }
        return {name: seconds / len(self.tasks) for name, seconds in used.items()}

    def table(self) -> str:
        """One line for each figure."""
        count = len(self.tasks)
        command_cpu = sum(task.command_cpu for task in self.tasks)
        lines = [
            f"{count} mapped tasks, {self.slots} slots, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
            f"trigger to the first mapped task: {self.to_first:.1f} s",
            f"first begun to last ended: {self.wall:.1f} s, {self.wall / count:.2f} s a task",
            f"overhead, seconds of a slot for each task ((wall x slots - commands) / tasks): {self.overhead:.2f}",
            f"  of that, the slot without a task: {self.idle:.2f}; around the command within the task: "
            f"{self.overhead - self.idle:.2f} (median {median(task.around for task in self.tasks):.2f})",
            f"queued to begun, median: {median(task.in_queue for task in self.tasks):.2f}",
            f"the command, median: {median(task.command for task in self.tasks):.2f} s, "
            f"{command_cpu / count:.2f} s of CPU",
            "CPU seconds for each task:",
            *(f"  {name}: {seconds:.3f}" for name, seconds in self.cpu.items()),
            f"  all of Airflow: {sum(self.cpu.values()):.3f}",
            "parse time of each DAG file, seconds:",
            *(f"  {name}: {seconds:.3f}" for name, seconds in sorted(self.parsing.items())),
        ]
        return "\n".join(lines)


@dataclass(frozen=True)
class Run:
    """A run that has ended: its DAG, the group of its mapped tasks, its id, and when it was triggered."""

    dag: str
    group: str
    id: str
    triggered: datetime


def measured(airflow: Airflow, run: Run, used: dict[str, Usage]) -> Measured:
    """Read what Airflow wrote down about a run that used so much."""
    with psycopg.connect(airflow.metadata_url) as connection:
        rows = connection.execute(
            "SELECT map_index, try_number, queued_dttm, start_date, end_date FROM task_instance "
            "WHERE run_id = %s AND task_id = %s AND map_index >= 0",
            [run.id, f"{run.group}.diocese"],
        ).fetchall()
        slots = connection.execute("SELECT slots FROM slot_pool WHERE pool = %s", [run.dag]).fetchone()
        parsing = connection.execute("SELECT dag_id, last_parse_duration FROM dag").fetchall()
    logs = airflow.home / "logs" / f"dag_id={run.dag}" / f"run_id={run.id}" / f"task_id={run.group}.diocese"
    tasks = [
        TaskTimes(*times, *_command(logs / f"map_index={index}" / f"attempt={attempt}.log"))
        for index, attempt, *times in rows
    ]
    to_first = (min(task.began for task in tasks) - run.triggered).total_seconds()
    return Measured(tuple(tasks), slots[0] if slots else 0, to_first, used, dict(parsing))


def _command(log: Path) -> tuple[float, float]:
    """What the command of a task took, by the last words of its operator."""
    lines = log.read_text().splitlines()
    for line in lines:
        if said := _ENDED.search(str(json.loads(line)["event"])):
            return float(said[1]), float(said[2])
    raise ValueError(f"{log} does not say what the command took; its last lines: {lines[-3:]}")
