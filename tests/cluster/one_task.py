"""One task of Airflow in this process, its pods in the real cluster: execute, defer, the trigger, and back again."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import airflow_home  # noqa: F401 - before anything imports Airflow
import jinja2
from airflow.sdk.exceptions import TaskDeferred
from airflow.sdk.module_loading import import_string
from vitality_airflow.params import params
from vitality_airflow.stage_operator import StageOperator

MOST_SECONDS = 240.0  # for one try
_RUN = "cluster__1"


class Store(MutableMapping[str, Any]):
    """What outlives a try, and the process that it runs in, as Airflow keeps it: a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getitem__(self, key: str) -> Any:
        return self._read()[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._path.write_text(json.dumps({**self._read(), key: value}))

    def __delitem__(self, key: str) -> None:
        self._path.write_text(json.dumps({name: value for name, value in self._read().items() if name != key}))

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def set(self, key: str, value: Any) -> None:
        self[key] = value

    def delete(self, key: str) -> None:
        self.pop(key, None)

    def _read(self) -> dict[str, Any]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}


class Task:
    """One task instance. Its operator is made anew for each part of a try, in the environment of that moment."""

    def __init__(self, kubeconfig: Path, store: Path, **arguments: Any) -> None:
        self.kubeconfig, self.store, self.tries = kubeconfig, Store(store), 0
        self.arguments = {"stage": "discovery", "step": "dioceses", **arguments}

    def begin(self) -> Any:
        """Begin a try, up to where it is deferred; its trigger."""
        self.tries += 1
        try:
            operator, context = self._anew()
            operator.execute(context)
        except TaskDeferred as deferred:
            return _rebuilt(deferred)
        raise AssertionError("it was not deferred")

    def finish(self, trigger: Any) -> None:
        """Go on to the end of the try. What the operator raises is raised."""
        while True:
            event = asyncio.run(_event(trigger))
            operator, context = self._anew()
            try:
                operator.trigger_reentry(context, event)
                return
            except TaskDeferred as again:
                trigger = _rebuilt(again)

    def run(self) -> None:
        """One try from its beginning to its end."""
        self.finish(self.begin())

    def _anew(self) -> tuple[StageOperator, Any]:
        operator = StageOperator(
            task_id="it",
            config_file=str(self.kubeconfig),
            in_cluster=False,
            poll_interval=1,
            startup_check_interval_seconds=0.5,
            execution_timeout=timedelta(minutes=10),
            **self.arguments,
        )
        context = self._context()
        operator.render_template_fields(context, jinja2.Environment())
        return operator, context

    def _context(self) -> Any:
        ti = SimpleNamespace(dag_id="cluster", task_id="it", map_index=-1, try_number=self.tries)
        ti.start_date, ti.xcom_push = datetime.now(UTC), lambda **_: None
        form = {name: one.value for name, one in params().items()}
        run = {"run_id": _RUN, "dag": SimpleNamespace(), "params": SimpleNamespace(**{**form, "force": True})}
        return {"ti": ti, "task_state_store": self.store, **run}


async def _event(trigger: Any) -> Any:
    async with asyncio.timeout(MOST_SECONDS):
        return (await anext(trigger.run())).payload


def _rebuilt(deferred: TaskDeferred) -> Any:
    path, arguments = deferred.trigger.serialize()
    assert deferred.method_name == "trigger_reentry"
    return import_string(path)(**arguments)


def main(kubeconfig: str, store: str, arguments: str) -> None:
    """One try in a process of its own."""
    os.environ["VITALITY_RUNTIME"] = "kubernetes"  # the tests' own Airflow is for runs without a cluster
    Task(Path(kubeconfig), Path(store), **json.loads(arguments)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
