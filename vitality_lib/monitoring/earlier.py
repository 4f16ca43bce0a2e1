"""The same in the shapes of the earlier system, for its dashboard: a path and a body for what an event means to it.

Its receiver stores nothing and checks nothing; names and units are those that its pages show: percentages from 0 to
100, seconds, `running` or `idle`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from vitality_lib.monitoring.event import Event

_STATUS = {"began": "running", "ended": "idle", "failed": "error"}
_LARGEST = 100.0


def posts(event: Event) -> Iterator[tuple[str, dict[str, object]]]:
    """The paths below `/api/monitoring` that hear of an event, each with its body."""
    data: Mapping[str, Any] = event.data
    match event.kind:
        case "worker" | "heartbeat" | "progress":
            yield f"worker/{quote(event.teller.worker, safe='')}/extraction_status", _status(event, data)
        case "performance":
            yield "performance", _performance(data)
        case "breaker":
            yield "circuit_breakers", {data["host"]: _breaker(data)}
        case "error":
            yield "error", {**_of(data, "type", "message", "severity"), "diocese": data.get("diocese")}
        case "extraction_complete":
            yield "extraction_complete", _complete(data)
        case "log":
            yield "log", {**_of(data, "message"), "level": data["level"].upper(), "module": event.stage or "worker"}


def _status(event: Event, data: Mapping[str, Any]) -> dict[str, object]:
    status = _STATUS.get(data.get("status", ""), "running")
    done, planned = data["parishes_done"], data["parishes_planned"]
    by_diocese = _share(data["dioceses_done"], data["dioceses_planned"])  # as discovery and extraction go
    return {
        "status": status,
        "current_diocese": data.get("diocese") or data["current_diocese"],
        "parishes_processed": done,
        "total_parishes": max(done, planned),
        "success_rate": _share(data["parishes_good"], done),
        "progress_percentage": _share(done, planned) if planned else by_diocese,
        "estimated_completion": None,
        "started_at": event.teller.since.isoformat() if status == "running" else None,
    }


def _performance(data: Mapping[str, Any]) -> dict[str, object]:
    return {
        "parishes_per_minute": data["parishes_a_minute"],
        "queue_size": 0,
        "pool_utilization": 0.0,
        "total_requests": data["requests"],
        "successful_requests": data["pages_done"],
    }


def _breaker(data: Mapping[str, Any]) -> dict[str, object]:
    opened = data["state"] == "opened"
    return {
        "state": "OPEN" if opened else "CLOSED",
        "total_requests": data["failures"],
        "total_successes": 0,
        "total_failures": data["failures"],
        "total_blocked": 0,
        "success_rate": 0.0 if opened else _LARGEST,
    }


def _complete(data: Mapping[str, Any]) -> dict[str, object]:
    good = data["outcome"] == "ok"
    return {
        "diocese_name": data["diocese"],
        "parishes_extracted": data["parishes"],
        "success_rate": _LARGEST if good else 0.0,
        "duration": data["seconds"],
        "status": "completed" if good else "error",
    }


def _share(part: int, whole: int) -> float:
    return round(min(_LARGEST, _LARGEST * part / whole), 1) if whole else 0.0


def _of(data: Mapping[str, Any], *names: str) -> dict[str, object]:
    return {name: data[name] for name in names}
