"""The metrics as Prometheus reads them: its text format, version 0.0.4.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from vitality_lib.harmless import one_line
from vitality_lib.settings import Settings
from vitality_lib.store import metrics
from vitality_lib.store.database import Connection
from vitality_lib.store.metrics import Metric, Sample

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


async def text(connection: Connection, settings: Settings, now: datetime) -> str:
    """All metrics as of now."""
    return exposition(await metrics.read(connection, now=now, ai_budget=settings.gemini_budget))


def exposition(found: Iterable[tuple[Metric, tuple[Sample, ...]]]) -> str:
    """The text of these samples. A metric without any is still told of."""
    return "".join(line for metric, samples in found for line in _lines(metric, samples))


def _lines(metric: Metric, samples: tuple[Sample, ...]) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}\n# TYPE {metric.name} {metric.kind}\n"
    for sample in samples:
        labels = ",".join(f'{name}="{_quoted(value)}"' for name, value in sample.labels)
        yield f"{metric.name}{f'{{{labels}}}' if labels else ''} {_number(sample.value)}\n"


def _quoted(value: str) -> str:
    return one_line(value).replace("\\", r"\\").replace('"', r"\"")


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
