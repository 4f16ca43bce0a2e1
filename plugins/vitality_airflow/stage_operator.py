"""The house operator: one stage of the pipeline, as a pod or as a local child process."""

from __future__ import annotations

import os
import resource
import time
from typing import Any

from airflow.sdk import Context
from airflow.sdk.log import mask_secret
from kubernetes.client import models as k8s

from vitality_airflow import pod_environment, pod_shape
from vitality_airflow.child import Child, command_of, environment_of
from vitality_airflow.database import database_settings
from vitality_airflow.exit_codes import by_exit_code
from vitality_airflow.pod_operator import PodOperator
from vitality_airflow.retries import fail
from vitality_airflow.runtime import runtime
from vitality_lib.harmless import one_line
from vitality_lib.models import Stage
from vitality_lib.secrecy import Secrets

_LONGEST_TITLE = 200  # of the 250 characters that Airflow keeps


class StageOperator(PodOperator):
    """Run `python -m vitality_lib worker` for a stage, and for a diocese where the stage works diocese by diocese.

    With VITALITY_RUNTIME=kubernetes it is a deferrable pod. With `local` the same pod is built, so that its spec is
    proved on a laptop too, and its command runs as a child process. Either way the worker's exit code decides whether
    it is tried again: see `exit_codes`.
    """

    # Not `arguments`: a diocese's name comes from a website, and what comes from there is never a template.
    template_fields = tuple(name for name in PodOperator.template_fields if name != "arguments")
    ui_color = "#e8eef7"

    def __init__(self, *, stage: str, step: str | None = None, diocese: str | None = None, **kwargs: Any) -> None:
        self.stage = Stage(stage)
        self.step = step
        self.diocese = diocese
        self.memory_setting = f"VITALITY_{self.stage.name}_MEMORY"
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
        began = time.monotonic()
        with Child(
            command, environment_of(pod, os.environ, known.database_url.get_secret_value()), pod_shape.GRACE_SECONDS
        ) as self._child:
            code = self._child.follow(say)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        say(f"Ended after {time.monotonic() - began:.2f} s, with {used.ru_utime + used.ru_stime:.2f} s of CPU")
        if code:
            fail(by_exit_code(code))
