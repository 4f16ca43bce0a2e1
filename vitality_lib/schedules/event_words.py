"""What a calendar's event is, by its title: the reader of pages tells, so that one vocabulary serves both."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import lru_cache

from vitality_lib.document import Document
from vitality_lib.models import Day, Page, Service, ServiceType
from vitality_lib.schedules.lexicon.churches import CHURCH, church_name, trimmed
from vitality_lib.schedules.lexicon.days import WEEK
from vitality_lib.schedules.reader import read_services

MOST_TITLE = 120  # characters
_NIGHT = timedelta(days=2)
# In a title these tell an event of one day, however regular the calendar: no weekly service bears them.
_ONCE = re.compile(
    r"\b(?:cancel\w*|no (?:mass|confess\w*|adoration)|funeral|wedding|memorial|school|first communion|confirmation|"
    r"graduation|christmas|easter|thanksgiving|holy (?:thursday|saturday)|good friday|ash wednesday|anniversary|"
    r"cancelad[ao]|no hay)\b",
    re.I,
)
_WHEN = re.compile(
    r"\b\d{1,2}[:.]\d\d\b\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\b(?:(?:sun|mon|tues|wednes|thurs|fri|satur)days?|domingos?|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?)\b",
    re.I,
)
# As `date.weekday` counts, from Monday.
BY_NUMBER = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA, Day.SU)
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES = dict(zip(BY_NUMBER, ENGLISH, strict=True))


@lru_cache(maxsize=2048)
def named(title: str, day: Day, start: time) -> tuple[Service, ...]:
    """The services that an event of this title on this weekday would be, without evidence or end; most are none.

    Weekdays and times in a title are left out: the event's own count.
    """
    bare = " ".join(_WHEN.sub(" ", title).split()).strip(" -:,@")
    if not bare or len(title) > MOST_TITLE or _ONCE.search(title):
        return ()
    sentence = f"{bare}: {_NAMES[day]} {start:%I:%M %p}".replace("<", " ")
    found = read_services(Document(Page(url="", body=f"<p>{sentence}</p>".encode()))).services
    if any(one.start != f"{start:%H:%M}" or one.recurrence.days != (day,) for one in found):
        return ()
    return tuple(replace(one, end=None, nights=0, note=None, evidence=()) for one in found)


def church_in(location: str) -> str | None:
    """The church that an event's place names, without its address."""
    match = CHURCH.search(location[:MOST_TITLE].partition(",")[0])
    return church_name(trimmed(match[0])) if match else None


def end_of(service: Service, start: datetime, end: datetime | None) -> tuple[str | None, int]:
    """When an event ends (`HH:MM`) and how many days later; nothing for an end before the start or days away.

    A Mass ends when it ends: calendars only reserve an hour for it, so that its end is not taken over.
    """
    if service.type is ServiceType.MASS or end is None or not start < end < start + _NIGHT:
        return None, 0
    nights = (end.date() - start.date()).days
    if nights == 1 and end.time() == time(0):
        return "24:00", 0
    return f"{end:%H:%M}", nights


def in_week_order(days: set[Day]) -> tuple[Day, ...]:
    """Weekdays as records order them."""
    return tuple(day for day in WEEK if day in days)
