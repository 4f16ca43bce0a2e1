"""Everything that one fetched document says of services: its text, its structured data, or its calendar's events."""

from __future__ import annotations

from dataclasses import replace

from vitality_lib.document import Document
from vitality_lib.models import ScheduleReading
from vitality_lib.schedules.calendars import calendar_services, is_calendar
from vitality_lib.schedules.reader import read_services
from vitality_lib.schedules.structured import structured_services


def read_page(document: Document) -> ScheduleReading:
    """What a page states. What its text says of a type of service counts before what its structured data says.

    For people keep the text right; the data behind it are often those of the day on which the site was made.
    """
    if is_calendar(document):
        return ScheduleReading(calendar_services(document))
    reading = read_services(document)
    told = {service.type for service in reading.services}
    more = tuple(service for service in structured_services(document) if service.type not in told)
    return replace(reading, services=(*reading.services, *more), elsewhere=None if more else reading.elsewhere)
