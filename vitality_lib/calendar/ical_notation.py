"""The model's own notation as the value of an iCalendar property: `days=SU&days=HOLYDAY&season=lent`.

It is that of a query string, since that has neither commas nor backslashes, which iCalendar would have to escape. What
has its usual value is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from vitality_lib.models import Day, Recurrence, Service, ServiceType

_IN_FIELDS: dict[str, Callable[[str], Any]] = {
    "days": Day,
    "type": ServiceType,
    "weeks": int,
    "month_days": int,
    "nights": int,
    "vigil": bool,
    "streamed": bool,
}


def rule_text(recurrence: Recurrence) -> str:
    return _text(recurrence)


def rule_of_text(text: str) -> Recurrence:
    """The recurrence that `rule_text` gave. Raises ValueError or TypeError for any other text."""
    return Recurrence(**_values(Recurrence, text))


def service_text(service: Service) -> str:
    """Everything but the recurrence and the evidence."""
    return _text(replace(service, evidence=()), leave_out="recurrence")


def service_of_text(text: str, recurrence: Recurrence) -> Service:
    """The service that `service_text` gave. Raises ValueError or TypeError for any other text."""
    return Service(recurrence=recurrence, **_values(Service, text))


def _text(record: Recurrence | Service, leave_out: str = "") -> str:
    """A field with several values stands there once for each."""
    given = {field.name: getattr(record, field.name) for field in fields(record) if field.name != leave_out}
    usual = {field.name: field.default for field in fields(record) if field.default is not MISSING}
    said = {key: value for key, value in given.items() if key not in usual or value != usual[key]}
    return urlencode(said, doseq=True, quote_via=quote, safe=":")


def _values(kind: type[Recurrence] | type[Service], text: str) -> dict[str, Any]:
    lists = {field.name for field in fields(kind) if field.default == ()}
    values: dict[str, Any] = {}
    for key, word in parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)):
        value = _IN_FIELDS.get(key, str)(word)
        values[key] = (*values.get(key, ()), value) if key in lists else value
    return values
