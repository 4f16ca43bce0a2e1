"""Times of the day in minutes, as formats that know no zone tell them."""

from __future__ import annotations

from vitality_lib.models import Service

_DAY = 24 * 60


def minute_of(clock: str) -> int:
    """Minutes after midnight of `HH:MM`."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def clock_of(minute: int) -> str:
    """`HH:MM` for minutes after midnight; hours past 24 are those of the days after."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def end_minute(service: Service) -> int | None:
    """When a service ends, in minutes after the midnight before it starts, as `calendar.occurrence.end_of` has it.

    None where no end is stated, or one that does not lie after the start.
    """
    if service.start is None or service.end is None:
        return None
    nights = 1 if service.end == "00:00" and not service.nights else service.nights
    end = minute_of(service.end) + nights * _DAY
    return end if end > minute_of(service.start) else None
