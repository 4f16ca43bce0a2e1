"""Start and end in English, and back: `at 8:00 AM`, `from 9:00 AM to Friday 8:00 AM`, `around the clock`."""

from __future__ import annotations

import re
from typing import Any

from vitality_lib.calendar.spoken import CLOCK, WEEK, CannotBeSaidError, any_of, key_of, read_clock, say_clock
from vitality_lib.models import Day, Service

_WEEKDAY = any_of(WEEK)
_END = rf"(?:{_WEEKDAY} )?{CLOCK}(?: the next day| \d+ days later)?"
_PATTERN = re.compile(
    rf"around the clock|from (?P<start>{CLOCK}) to (?P<to>{_END})|at (?P<at>{CLOCK})|until (?P<until>{_END})"
)
TIMES = re.sub("[?]P<[a-z]+>", "?:", _PATTERN.pattern)


def say_times(service: Service) -> str:
    """Nothing for a service without times. Raises CannotBeSaidError for times that no clock shows."""
    if (service.start, service.end, service.nights) == ("00:00", "24:00", 0):
        return "around the clock"
    if not service.end:
        if service.nights:
            raise CannotBeSaidError("nights without an end")
        return f"at {say_clock(service.start)}" if service.start else ""
    end = _say_end(service, service.end)
    return f"from {say_clock(service.start)} to {end}" if service.start else f"until {end}"


def read_times(words: str, days: tuple[Day, ...]) -> dict[str, Any]:
    """The fields of the service that words in the pattern TIMES say, of a service on these days.

    Raises ValueError for an end on a weekday where the start is not on one.
    """
    match = _PATTERN.fullmatch(words)
    if match is None:
        return {}
    if words == "around the clock":
        return {"start": "00:00", "end": "24:00"}
    start, end = match["start"] or match["at"], match["to"] or match["until"]
    times: dict[str, Any] = {"start": read_clock(start) if start else None}
    if end:
        (clock,) = re.findall(CLOCK, end)
        times["end"] = "24:00" if clock == "midnight" else read_clock(clock)
        times["nights"] = _nights(end, days)
    return times


def _say_end(service: Service, end: str) -> str:
    """`8:00 AM`, `Friday 8:00 AM`, `8:00 AM the next day`. Midnight is the end of a day, not its beginning."""
    nights = service.nights
    if end == "00:00":
        nights, end = max(nights - 1, 0), "24:00"
    if nights < 0:
        raise CannotBeSaidError(f"an end {-nights} days before its start")
    clock = "midnight" if end == "24:00" else say_clock(end)
    if nights == 0:
        return clock
    days = service.recurrence.days
    if len(days) == 1 and days[0] in WEEK and nights < len(WEEK):
        names = list(WEEK.values())
        return f"{names[(list(WEEK).index(days[0]) + nights) % len(names)]} {clock}"
    return f"{clock} {'the next day' if nights == 1 else f'{nights} days later'}"


def _nights(end: str, days: tuple[Day, ...]) -> int:
    if weekday := re.match(_WEEKDAY, end):
        week = list(WEEK)
        if len(days) != 1 or days[0] not in week:
            raise ValueError(f"{weekday[0]} ends what begins on one weekday")
        return (week.index(key_of(WEEK, weekday[0])) - week.index(days[0])) % len(week)
    later = re.search(r"(\d+) days later", end)
    return int(later[1]) if later else int(end.endswith("the next day"))
