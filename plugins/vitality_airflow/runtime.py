"""Where stages run, and what a pod needs to know of its cluster. Read once, from Airflow's own environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from vitality_lib.secrecy import Secrets
from vitality_lib.settings import Settings

# Each task sets these itself, or they come from a Secret.
_SET_BY_TASK = frozenset(
    {
        "DATABASE_URL",
        "GEMINI_API_KEY",
        "MAX_PARISHES_PER_DIOCESE",
        "NUM_PARISHES_FOR_SCHEDULE",
        "VITALITY_DIOCESES",
        "VITALITY_FORCE",
        "VITALITY_HOME",
        "VITALITY_RUN",
        "WORKER_ID",
        "WORKER_TYPE",
    }
)


class Where(StrEnum):
    """The two ways to run a stage."""

    KUBERNETES = "kubernetes"
    LOCAL = "local"


class Runtime(BaseSettings):
    """The settings of the operator. Each field is one environment variable of the name in `validation_alias`."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    where: Where = Field(
        Where.LOCAL,
        validation_alias="VITALITY_RUNTIME",
        description="`kubernetes`: each stage is a pod; `local`: the same command as a child process.",
    )
    image: str = Field(
        "diocesan-vitality/worker:0.1.0",
        validation_alias="VITALITY_WORKER_IMAGE",
        description="Image of the worker pods.",
    )
    namespace: str = Field(
        "airflow",
        validation_alias="VITALITY_NAMESPACE",
        description="Namespace of the worker pods; Airflow needs the right to start pods there.",
    )
    service_account: str = Field(
        "vitality-worker",
        validation_alias="VITALITY_SERVICE_ACCOUNT",
        description="Service account of the worker pods. It needs no rights at all.",
    )
    database_secret: str = Field(
        "vitality-database",
        validation_alias="VITALITY_DATABASE_SECRET",
        description="Kubernetes Secret whose key `url` is the workers' DATABASE_URL.",
    )
    gemini_secret: str = Field(
        "vitality-gemini",
        validation_alias="VITALITY_GEMINI_SECRET",
        description="Kubernetes Secret whose key `api-key` is the workers' GEMINI_API_KEY. It may be missing.",
    )
    monitoring_secret: str = Field(
        "vitality-monitoring",
        validation_alias="VITALITY_MONITORING_SECRET",
        description="Kubernetes Secret whose key `url` is the workers' MONITORING_URL, where that holds a password or "
        "a token. It may be missing.",
    )
    pause_seconds: float = Field(
        300.0,
        ge=0,
        validation_alias="VITALITY_CYCLE_PAUSE",
        description="Seconds between the end of one discovery cycle and the start of the next.",
    )

    @property
    def local(self) -> bool:
        return self.where is Where.LOCAL


@cache
def runtime() -> Runtime:
    """The runtime of this process. Raises pydantic's ValidationError, which Airflow shows as a DAG import error."""
    return Runtime()


def passed_on(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The library's settings that Airflow's environment gives, for the pods: everything but what a task sets itself.

    A value with a password or a token inside of it stays behind: the spec of a pod is read by many.
    """
    names = {str(field.validation_alias) for field in Settings.model_fields.values()} - _SET_BY_TASK
    given = {name: environment[name] for name in sorted(names) if environment.get(name)}
    return {name: value for name, value in given.items() if Secrets().masked(value) == value}
