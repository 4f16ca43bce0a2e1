"""Every kind of event with data as a worker tells it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vitality_lib.monitoring.event import Event, Teller

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANN = Teller("pod/ann 1", "schedule", "run-1", NOON)
_FIGURES = {
    "current_diocese": "Diocese of Larkspur",
    "dioceses_planned": 2,
    "dioceses_done": 1,
    "parishes_planned": 8,
    "parishes_done": 4,
    "parishes_good": 3,
    "errors": 1,
}
_SPEEDS = {"pages_a_minute": 12.5, "parishes_a_minute": 3.0, "memory_bytes": 2**28, "pages_done": 40, "requests": 55}
_STARTED = {"started_at": NOON.isoformat()}
_ENDING = {"outcome": "ok", "detail": "3 of 4 parishes with services", "seconds": 12.5}

DATA: dict[str, dict[str, Any]] = {
    "worker": {"status": "began", "host": "node-1", "error": None, **_FIGURES, **_STARTED},
    "heartbeat": {**_FIGURES, **_STARTED, "last_error": None, **_SPEEDS},
    "progress": {"step": "finished", "diocese": "Diocese of Larkspur", **_ENDING, **_FIGURES},
    "performance": _SPEEDS,
    "breaker": {
        "host": "st-anne.example",
        "state": "opened",
        "reason": "timeout",
        "failures": 5,
        "seconds": 300.0,
        "diocese": None,
    },
    "error": {"type": "internal_error", "message": "ValueError: no", "severity": "error", "diocese": None},
    "extraction_complete": {"diocese": "Diocese of Larkspur", "outcome": "ok", "parishes": 41, "seconds": 9.5},
    "log": {"level": "warning", "message": "no heartbeat", "detail": "why=gone", "diocese": None},
}


def event(kind: str = "worker", **changed: object) -> Event:
    """An event of this kind, with some of its data changed."""
    return Event(ANN, kind, NOON, "schedule", {**DATA[kind], **changed})
