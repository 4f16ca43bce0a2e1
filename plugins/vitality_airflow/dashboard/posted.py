"""What is posted to the receivers, judged by its schema and made fit for the store."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator

from vitality_lib.harmless import one_line
from vitality_lib.store.reported import Reported, Stranger

_STATUS = {"began": "active", "ended": "inactive", "failed": "failed"}
_EARLIER_STATUS = {"running": "active", "error": "failed", "failed": "failed"}
_UNNAMED = "earlier system"  # its single worker, from before it had several
_SHOWN = 300  # characters of a complaint


class Unfit(Exception):  # noqa: N818 - named after what happened
    """What was posted is not valid. The text says where and why, in one line."""


def read(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises Unfit."""
    try:
        facts = json.loads(body, parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError) as error:
        raise Unfit(f"not JSON: {_said(str(error))}") from None
    if not isinstance(facts, dict):
        raise Unfit("not a JSON object")
    return facts


def event(facts: Mapping[str, Any]) -> tuple[Reported, Stranger | None]:
    """An event of ours, and what it says of its worker. Raises Unfit."""
    _judge(facts, "event-1.json")
    at, data = _moment(facts["at"], "at"), facts["data"]
    kept = Reported("vitality-1", facts["kind"], facts["worker"], data, at, facts["run"], UUID(facts["id"]))
    if facts["kind"] not in ("worker", "heartbeat"):
        return kept, None
    status = _STATUS[data["status"]] if facts["kind"] == "worker" else "active"
    host, error = data.get("host", facts["worker"]), data.get("last_error") or data.get("error")
    started = _moment(data["started_at"], "data.started_at")
    pulse = {**data, "last_error": error, "current_diocese": data["current_diocese"] if status == "active" else None}
    return kept, Stranger(facts["worker"], facts["type"], host, status, pulse, started, at)


def earlier(word: str, worker: str, facts: Mapping[str, Any]) -> tuple[Reported, Stranger | None]:
    """A report in the shape of the earlier system, and what it says of its worker. Raises Unfit."""
    _judge(facts, "earlier.json", word)
    kept = Reported("earlier", word, worker, facts)
    if word != "extraction_status":
        return kept, None
    name, status = worker or _UNNAMED, _EARLIER_STATUS.get(facts["status"], "inactive")
    pulse = {"parishes_done": facts.get("parishes_processed")}
    if status == "active":
        pulse["current_diocese"] = facts.get("current_diocese")
    started = _moment(facts["started_at"], "started_at") if facts.get("started_at") else None
    return kept, Stranger(name, "extraction", name, status, pulse, started)


def _judge(facts: Mapping[str, Any], schema: str, part: str = "") -> None:
    faults = sorted(_validator(schema, part).iter_errors(facts), key=lambda fault: [str(one) for one in fault.path])
    if faults:
        where = ".".join(str(piece) for piece in faults[0].absolute_path) or "the object"
        raise Unfit(_said(f"{where}: {faults[0].message}"))


@cache
def _validator(schema: str, part: str) -> Draft202012Validator:
    whole = json.loads((files("vitality_lib.monitoring") / "schema" / schema).read_text("utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": whole["$defs"]} if part else whole)


def _moment(text: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unfit(_said(f"{where}: {text!r} is no time by ISO 8601")) from None
    if moment.tzinfo is None:
        raise Unfit(f"{where}: the offset from UTC is missing")
    return moment


def _number(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _no_number(text: str) -> float:
    raise ValueError(f"{text[:20]} is no number that JSON knows")


def _said(text: str) -> str:
    return one_line(text)[:_SHOWN]
