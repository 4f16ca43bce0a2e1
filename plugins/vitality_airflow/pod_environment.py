"""The environment of a pod: the settings of the crawl, the pod's own name, and secrets by reference only."""

from __future__ import annotations

import os
from collections.abc import Mapping

from kubernetes.client import models as k8s

from vitality_airflow.runtime import Runtime
from vitality_lib import settings
from vitality_lib.models import Stage
from vitality_lib.secrecy import Secrets
from vitality_lib.settings import Settings

# True inside of a pod only: there /tmp is the one place that can be written. A child process keeps the home it has.
IN_A_POD = {"VITALITY_HOME": "/tmp/vitality"}  # noqa: S108

# Each task sets these itself, or they come from a Secret.
_SET_BY_TASK = frozenset(
    {
        *IN_A_POD,
        "DATABASE_URL",
        "GEMINI_API_KEY",
        "MAX_PARISHES_PER_DIOCESE",
        "MONITORING_TOKEN",
        "NUM_PARISHES_FOR_SCHEDULE",
        "VITALITY_DIOCESES",
        "VITALITY_FORCE",
        "VITALITY_RUN",
        "WORKER_ID",
        "WORKER_TYPE",
    }
)


def environment(fixed: dict[str, str], runtime: Runtime) -> list[k8s.V1EnvVar]:
    """The environment of the container: plain values, the pod's own name, and secrets by reference only."""
    plain = [k8s.V1EnvVar(name=name, value=value) for name, value in {**fixed, **IN_A_POD}.items()]
    pod = k8s.V1EnvVarSource(field_ref=k8s.V1ObjectFieldSelector(field_path="metadata.name"))
    secret = [
        _secret("DATABASE_URL", runtime.database_secret, "url"),
        # Everything works without a key, and without a place to post to.
        _secret("GEMINI_API_KEY", runtime.gemini_secret, "api-key", optional=True),
        _secret("MONITORING_URL", runtime.monitoring_secret, "url", optional=True),
        _secret("MONITORING_TOKEN", runtime.monitoring_secret, "token", optional=True),
    ]
    named = [k8s.V1EnvVar(name="WORKER_ID", value_from=pod), *secret]
    return [*plain, *(variable for variable in named if variable.name not in fixed)]


def variables(stage: Stage) -> dict[str, str]:
    """What a stage is told in plain words: the settings of the crawl, and what the trigger form asks for.

    A 0 in the form leaves the limit to Airflow's own environment. Templates, which the task fills in.
    """
    limits = settings.load()
    return {
        **passed_on(os.environ),
        "WORKER_TYPE": stage.value,
        "VITALITY_RUN": "{{ run_id }}",
        "VITALITY_FORCE": f"{{{{ 'true' if params.force or {limits.force} else 'false' }}}}",  # as the plan has it
        "VITALITY_DIOCESES": "{{ params.dioceses | join(';') }}",
        "MAX_PARISHES_PER_DIOCESE": _or("max_parishes_per_diocese", limits.max_parishes_per_diocese),
        "NUM_PARISHES_FOR_SCHEDULE": _or("num_parishes_for_schedule", limits.num_parishes_for_schedule),
    }


def passed_on(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The library's settings that Airflow's environment gives, for the pods: everything but what a task sets itself.

    A value with a password or a token inside of it stays behind: the spec of a pod is read by many.
    """
    names = {str(field.validation_alias) for field in Settings.model_fields.values()} - _SET_BY_TASK
    given = {name: environment[name] for name in sorted(names) if environment.get(name)}
    return {name: value for name, value in given.items() if Secrets().masked(value) == value}


def _or(param: str, default: int) -> str:
    return f"{{{{ params.{param} or {default} }}}}"


def _secret(name: str, secret: str, key: str, *, optional: bool = False) -> k8s.V1EnvVar:
    selector = k8s.V1SecretKeySelector(name=secret, key=key, optional=optional)
    return k8s.V1EnvVar(name=name, value_from=k8s.V1EnvVarSource(secret_key_ref=selector))
