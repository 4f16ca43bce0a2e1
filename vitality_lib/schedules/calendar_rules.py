"""The rule of a calendar's event (RRULE, RFC 5545) as a recurrence, in the spellings that calendars use."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from dateutil.rrule import rrulestr

from vitality_lib.calendar.rules import recurrence_of
from vitality_lib.models import Recurrence

_LONGEST, _MOST_COUNT, _MOST_EXCEPTIONS = 300, 260, 30
_WHOLE_WEEK = "SU,MO,TU,WE,TH,FR,SA"
_DAY = re.compile(r"[A-Z]{2}")
_CLOCK = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})  # the event's own start says it
_MONTH_DAYS = frozenset((*range(1, 32), -1))
_SHORT = timedelta(days=21)  # a series of fewer days is no part of a weekly schedule
_FAR = timedelta(days=400)  # an end so far ahead is a default of the calendar's maker, not the parish's


def recurrence(rule: str, start: datetime, today: date | None) -> Recurrence | None:
    """The recurrence of an event that first takes place at `start`; None where it has ended or no recurrence says it.

    `today` is the day on which the calendar was had. `begins` and `ends` are kept when they lie ahead of it.
    """
    try:
        plain, count = _plain(rule, start)
        found = recurrence_of(plain, start.date())
        if not 1 <= found.weeks <= 4 or not found.says_when or not set(found.month_days) <= _MONTH_DAYS:
            return None
        ends = _last(plain, count, start) if count else date.fromisoformat(found.ends) if found.ends else None
    except (ValueError, OverflowError):
        return None
    if ends and ((today and ends < today) or ends - start.date() < _SHORT):
        return None
    begins = start.date().isoformat() if today and start.date() > today else None
    late = ends and today and ends > today + _FAR
    return replace(found, begins=begins, ends=ends.isoformat() if ends and not late else None)


def exceptions(dates: tuple[str, ...], rule: Recurrence, today: date | None) -> tuple[str, ...]:
    """The dates on which an event does not take place, the next 30 of them."""
    ahead = sorted(one for one in dates if today is None or one >= today.isoformat())
    return (*rule.exceptions, *ahead[:_MOST_EXCEPTIONS])


def _plain(rule: str, start: datetime) -> tuple[str, int]:
    """The same rule said with `FREQ`, `INTERVAL`, `BYDAY`, `BYMONTHDAY` and `UNTIL`, where it can be; and its count.

    Raises ValueError for one that is too long to be a parish's.
    """
    if len(rule) > _LONGEST:
        raise ValueError(f"a rule of more than {_LONGEST} characters")
    parts = dict(part.split("=", 1) for part in rule.strip().upper().split(";") if "=" in part)
    if parts.get("FREQ") == "DAILY" and parts.get("INTERVAL", "1") == "1":
        parts = {**parts, "FREQ": "WEEKLY", "BYDAY": parts.get("BYDAY") or _WHOLE_WEEK}
    if "BYSETPOS" in parts and _DAY.fullmatch(parts.get("BYDAY", "")):
        parts["BYDAY"] = f"{parts.pop('BYSETPOS')}{parts['BYDAY']}"
    if parts.get("FREQ") == "MONTHLY" and not parts.keys() & {"BYDAY", "BYMONTHDAY"}:
        parts["BYMONTHDAY"] = str(start.day)
    if "," not in parts.get("BYDAY", ""):
        parts["WKST"] = "SU"  # where the week begins matters to several days only
    count = int(parts.pop("COUNT", "0"))
    return ";".join(f"{name}={value}" for name, value in parts.items() if name not in _CLOCK), count


@lru_cache(maxsize=256)
def _last(plain: str, count: int, start: datetime) -> date:
    """The day of the last of so many happenings."""
    if not 0 < count <= _MOST_COUNT:
        raise ValueError(f"{count} happenings")
    return list(rrulestr(f"{plain};COUNT={count}", dtstart=start))[-1].date()
