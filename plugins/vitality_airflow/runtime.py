"""Where stages run, and what a pod needs to know of its cluster. Read once, from Airflow's own environment."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from functools import cache

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from vitality_airflow.placement import NodeSelector, Tolerations
from vitality_airflow.sizes import DESIGN, Cpu, Memory, Size
from vitality_lib.models import Stage
from vitality_lib.settings import SettingsError, explain


class Where(StrEnum):
    """The two ways to run a stage."""

    KUBERNETES = "kubernetes"
    LOCAL = "local"


class Pull(StrEnum):
    """When a node asks the registry for the image."""

    IF_NOT_PRESENT = "IfNotPresent"
    ALWAYS = "Always"
    NEVER = "Never"


def _memory(stage: Stage) -> Memory:
    return Field(
        DESIGN[stage].memory,
        validation_alias=f"VITALITY_{stage.name}_MEMORY",
        description=f"Memory of a pod of {stage}: what it asks for, and the most it gets.",
    )


def _cpu(stage: Stage) -> Cpu:
    return Field(
        DESIGN[stage].cpu,
        validation_alias=f"VITALITY_{stage.name}_CPU",
        description=f"CPU of a pod of {stage}: what it asks for, and the most it gets.",
    )


def _late(stage: Stage, hours: float) -> float:
    late: float = Field(
        hours,
        gt=0,
        le=24 * 365,
        validation_alias=f"VITALITY_{stage.name}_LATE_HOURS",
        description=f"A run of `vitality_{stage}` that is not over so many hours after it was queued raises an alert.",
    )
    return late


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
        min_length=1,
        validation_alias="VITALITY_WORKER_IMAGE",
        description="Image of the worker pods.",
    )
    image_pull_policy: Pull = Field(
        Pull.IF_NOT_PRESENT,
        validation_alias="VITALITY_IMAGE_PULL_POLICY",
        description="When a node asks the registry for the image. `Never`: it is loaded onto the nodes by hand.",
    )
    image_pull_secret: str = Field(
        "",
        validation_alias="VITALITY_IMAGE_PULL_SECRET",
        description="Kubernetes Secret with the registry's credentials. Empty: the registry asks for none.",
    )
    namespace: str = Field(
        "vitality-workers",
        pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
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
        description="Kubernetes Secret whose key `token` is the workers' MONITORING_TOKEN, and whose key `url` their "
        "MONITORING_URL where that holds a password or a token. Either may be missing.",
    )
    discovery_memory: Memory = _memory(Stage.DISCOVERY)
    discovery_cpu: Cpu = _cpu(Stage.DISCOVERY)
    extraction_memory: Memory = _memory(Stage.EXTRACTION)
    extraction_cpu: Cpu = _cpu(Stage.EXTRACTION)
    schedule_memory: Memory = _memory(Stage.SCHEDULE)
    schedule_cpu: Cpu = _cpu(Stage.SCHEDULE)
    reporting_memory: Memory = _memory(Stage.REPORTING)
    reporting_cpu: Cpu = _cpu(Stage.REPORTING)
    memory_cap: Memory = Field(
        "4Gi",
        validation_alias="VITALITY_MEMORY_CAP",
        description="A pod that ran out of memory is tried again with half as much more, up to this.",
    )
    node_selector: NodeSelector = Field(
        {},
        validation_alias="VITALITY_NODE_SELECTOR",
        description='Labels of the nodes that may run worker pods, like `{"pool": "crawl"}`.',
    )
    tolerations: Tolerations = Field(
        [],
        validation_alias="VITALITY_TOLERATIONS",
        description='Taints that worker pods put up with, like `[{"key": "spot", "operator": "Exists"}]`.',
    )
    startup_seconds: int = Field(
        600,
        ge=10,
        le=7200,
        validation_alias="VITALITY_STARTUP_SECONDS",
        description="How long a pod may wait for a node, and from then on for its image and its start.",
    )
    gemini_price: float = Field(
        0.0,
        ge=0,
        validation_alias="VITALITY_GEMINI_PRICE",
        description="Dollars for a million tokens of Gemini, for the dashboard's page AI. 0: not known, tokens only.",
    )
    pause_seconds: float = Field(
        300.0,
        ge=0,
        validation_alias="VITALITY_CYCLE_PAUSE",
        description="Seconds between the end of one discovery cycle and the start of the next.",
    )

    # Half of what a run may take at most.
    discovery_late: float = _late(Stage.DISCOVERY, 4)
    extraction_late: float = _late(Stage.EXTRACTION, 12)
    schedule_late: float = _late(Stage.SCHEDULE, 24)
    reporting_late: float = _late(Stage.REPORTING, 2)
    all_late: float = _late(Stage.ALL, 36)

    @property
    def local(self) -> bool:
        return self.where is Where.LOCAL

    def size(self, stage: Stage) -> Size:
        """The size of a stage's pod."""
        return Size(getattr(self, f"{stage}_memory"), getattr(self, f"{stage}_cpu"))

    def late_after(self, stage: Stage) -> timedelta:
        """How long a run of the stage's DAG may take before it is late."""
        return timedelta(hours=getattr(self, f"{stage}_late"))


@cache
def runtime() -> Runtime:
    """The runtime of this process.

    Raises SettingsError with one line for each wrong variable; Airflow shows it as the import error of every DAG.
    """
    try:
        return Runtime()
    except ValidationError as error:
        raise SettingsError(explain(error)) from None
