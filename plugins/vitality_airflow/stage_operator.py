"""The house operator: one stage of the pipeline, as a pod or as a local child process."""

from __future__ import annotations

import os
from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from airflow.sdk.log import mask_secret
from kubernetes.client import models as k8s

from vitality_airflow import pod_environment, pod_shape
from vitality_airflow.child import Child, command_of, environment_of
from vitality_airflow.database import database_settings
from vitality_airflow.runtime import runtime
from vitality_lib.harmless import one_line
from vitality_lib.models import Stage
from vitality_lib.secrecy import Secrets

_LONGEST_TITLE = 200  # of the 250 characters that Airflow keeps
WRONG_USAGE, TRY_LATER = 2, 75  # exit codes of `vitality worker`


class StageOperator(KubernetesPodOperator):
    """Run `python -m vitality_lib worker` for a stage, and for a diocese where the stage works diocese by diocese.

    With VITALITY_RUNTIME=kubernetes it is a deferrable pod. With `local` the same pod is built, so that its spec is
    proved on a laptop too, and its command runs as a child process. Either way exit code 2 (wrong usage) fails for
    good; every other failure, 75 (try again later) among them, is retried.
    """

    # Not `arguments`: a diocese's name comes from a website, and what comes from there is never a template.
    template_fields = tuple(name for name in KubernetesPodOperator.template_fields if name != "arguments")
    ui_color = "#e8eef7"

    def __init__(self, *, stage: str, step: str | None = None, diocese: str | None = None, **kwargs: Any) -> None:
        self.stage = Stage(stage)
        self.step = step
        self.diocese = diocese
        self.title = one_line(diocese or stage)[:_LONGEST_TITLE]  # what the Airflow UI calls a mapped task
        where = runtime()
        super().__init__(
            **{
                **pod_shape.pod_settings(self.stage, where),
                **pod_shape.command(self.stage, step, diocese),
                "name": pod_shape.pod_name(self.stage, step),
                "env_vars": pod_environment.environment(pod_environment.variables(self.stage), where),
                "labels": pod_shape.labels(self.stage, diocese),
                **kwargs,
            }
        )
        if self.execution_timeout and not self.active_deadline_seconds:
            # A pod that Airflow lost sight of does not run for ever.
            self.active_deadline_seconds = int(self.execution_timeout.total_seconds()) + 2 * pod_shape.GRACE_SECONDS
        self._child: Child | None = None

    def build_pod_request_obj(self, context: Context | None = None, *, dry_run: bool = False) -> k8s.V1Pod:
        pod = super().build_pod_request_obj(context, dry_run=dry_run)
        return pod_shape.complete(pod, context["run_id"] if context else None)

    def execute(self, context: Context) -> None:
        if runtime().local:
            self._execute_here(context)
        else:
            super().execute(context)

    def on_kill(self) -> None:
        if self._child:
            self._child.stop()
        else:
            super().on_kill()

    def cleanup(self, pod: k8s.V1Pod, remote_pod: k8s.V1Pod, *args: Any, **kwargs: Any) -> None:
        try:
            super().cleanup(pod, remote_pod, *args, **kwargs)
        except AirflowException as failure:
            raise_for(exit_code(remote_pod, self.base_container_name), str(failure))
            raise

    def _execute_here(self, context: Context) -> None:
        pod = self.build_pod_request_obj(context, dry_run=True)
        command = command_of(pod)
        known = database_settings()
        secrets = Secrets.of(known)
        for value in secrets.values:
            mask_secret(value)  # in whatever else Airflow logs or keeps of this task

        def say(line: str) -> None:
            # The worker masks its own log. What its interpreter and its browser say comes the same way.
            self.log.info("%s", one_line(secrets.masked(line)))

        say(f"Running here: {' '.join(command)}")
        with Child(
            command, environment_of(pod, os.environ, known.database_url.get_secret_value()), pod_shape.GRACE_SECONDS
        ) as self._child:
            code = self._child.follow(say)
        raise_for(code)


def exit_code(pod: k8s.V1Pod | None, container: str) -> int | None:
    """How the container ended, or None when the pod does not say (evicted, never started, gone)."""
    for status in (pod.status.container_statuses or []) if pod and pod.status else []:
        if status.name == container and status.state and status.state.terminated:
            return int(status.state.terminated.exit_code)
    return None


def raise_for(code: int | None, said: str = "the reason is in the log above") -> None:
    """Turn the exit code of a worker into Airflow's words; None (not known) and 0 pass.

    Raises AirflowFailException when a retry cannot help, AirflowException when it may.
    """
    if code == WRONG_USAGE:
        raise AirflowFailException(f"the worker was called wrongly (exit code 2), so it is not tried again: {said}")
    if code == TRY_LATER:
        raise AirflowException(f"the worker asks to try again later (exit code 75): {said}")
    if code:
        ended = f"was ended by signal {-code}" if code < 0 else f"failed with exit code {code}"
        raise AirflowException(f"the worker {ended}: {said}")
