"""The local twin of a pod: the same command as a child process in its own process group."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress

from kubernetes.client import models as k8s

from vitality_airflow.pod_environment import IN_A_POD


def command_of(pod: k8s.V1Pod) -> list[str]:
    """The argv of the pod's container, with this Python in the place of the image's."""
    container = pod.spec.containers[0]
    return [sys.executable, *container.command[1:], *container.args]


def environment_of(pod: k8s.V1Pod, inherited: Mapping[str, str], database_url: str) -> dict[str, str]:
    """This process's environment without Airflow's own part, and on top what the pod spec says."""
    kept = {name: value for name, value in inherited.items() if not name.startswith(("AIRFLOW_", "_AIRFLOW_"))}
    variables = [variable for variable in pod.spec.containers[0].env if variable.name not in IN_A_POD]
    stated = {variable.name: variable.value for variable in variables if variable.value is not None}
    here = {"WORKER_ID": pod.metadata.name, "DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1"}
    return {**kept, **stated, **here}


class Child:
    """One run of a command. Use it as a context manager: on the way out, whatever is left of the group is ended."""

    def __init__(self, command: list[str], environment: dict[str, str], grace_seconds: float) -> None:
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._last_moment = threading.Timer(grace_seconds, self._signal, [signal.SIGKILL])
        self._last_moment.daemon = True
        self._sweeper = threading.Thread(target=self._sweep, daemon=True)
        self._sweeper.start()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        if self._sweeper.is_alive():
            self.stop()
        self._sweeper.join()
        self._last_moment.cancel()

    def follow(self, say: Callable[[str], None]) -> int:
        """Hand each line of output to `say` as it comes; return the exit code (negative: ended by that signal)."""
        with self._process.stdout or nullcontext(()) as lines:
            for line in lines:
                say(line.rstrip("\n"))
        return self._process.wait()

    def stop(self) -> None:
        """Ask the group to end (SIGTERM), and end it when its grace is over. Returns at once."""
        self._signal(signal.SIGTERM)
        if not self._last_moment.ident:
            self._last_moment.start()

    def _sweep(self) -> None:
        # A browser that outlives its worker would hold the output open for ever: it goes with the group.
        self._process.wait()
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)
