"""The services of an iCalendar that `ical` wrote."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar
from icalendar.cal import Component
from icalendar.prop import vDDDTypes, vRecur

from vitality_lib.calendar.ical_notation import rule_of_text, service_of_text
from vitality_lib.calendar.ical_rule import recurrence_of_rrule
from vitality_lib.models import Recurrence, Service

_FURTHER = {"RECURRENCE-ID", "RELATED-TO"}  # further events of a service that stands in another one

# A time zone of thousands of parts recurses, one that stands there twice is a list.
_REFUSED = (ValueError, TypeError, KeyError, RecursionError, AttributeError)


class NotOursError(ValueError):
    """The calendar lacks what `ical` writes."""


def services_of(text: str | bytes) -> tuple[Service, ...]:
    """The services in the order of their events, without evidence.

    The rule is that of the RRULE where it says all, which is where no X-VITALITY-RULE stands beside it. An anchor is
    then the first day of the event. Raises NotOursError for a calendar that `ical` did not write.
    """
    try:
        parts = Calendar.from_ical(text).subcomponents
        return tuple(
            _service(part) for part in parts if part.name in ("VEVENT", "VJOURNAL") and _FURTHER.isdisjoint(part)
        )
    except _REFUSED as error:
        raise NotOursError(f"no calendar of ours: {error}") from error


def _service(part: Component) -> Service:
    return service_of_text(str(part["x-vitality-service"]), _recurrence(part))


def _recurrence(part: Component) -> Recurrence:
    if "x-vitality-rule" in part:
        return rule_of_text(str(part["x-vitality-rule"]))
    rule, start = part["rrule"], part["dtstart"]
    if not (isinstance(rule, vRecur) and isinstance(start, vDDDTypes) and isinstance(start.dt, datetime)):
        raise NotOursError("an event with neither one rule nor the model's notation of it")
    return recurrence_of_rrule(rule.to_ical().decode(), start.dt)  # type: ignore[no-untyped-call]
