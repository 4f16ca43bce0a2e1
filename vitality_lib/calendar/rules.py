"""The part of a recurrence that RFC 5545 can say, as a `dateutil` rule, and back.

That part is weekdays, nth weekdays of the month, every other week and days of the month. Seasons, holy days and
exceptions are laid over it by `days`.

- Weeks begin on Sunday. Every other week with no anchor is counted from the week of 2 January 2000: half of such
  guesses are wrong, and the occurrences are marked as not certain.
- Weekdays and days of the month together are the days that are both (Friday the 13th). `weeks` counts for rules by the
  week only.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, SU, WEEKLY, rrule, weekdays

from vitality_lib.models import Day, Recurrence

DEFAULT_ANCHOR = date(2000, 1, 2)
WEEK = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA, Day.SU)  # as `date.weekday` counts
_ORDINALS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "last": -1}
_BY_DAY = re.compile(r"([+-]?\d+)?([A-Z]{2})")
_PURE_PARTS = {"FREQ", "INTERVAL", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY"}


class NotPureError(ValueError):
    """The RRULE says what no recurrence can say, such as a count or a month."""


def rule_of(recurrence: Recurrence, first: date, last: date) -> rrule | None:
    """The weekdays or days of the month up to `last`, at midnight; None for a rule that names neither.

    It begins on `first`, or with a week before it where weeks are left out. Raises ValueError for an ordinal, an anchor
    or a day of the month that means nothing.
    """
    _refuse_nonsense(recurrence)
    own = [weekdays[WEEK.index(day)] for day in recurrence.days if day in WEEK]
    begin, until = _midnight(first), _midnight(last)
    if recurrence.month_days:
        return rrule(MONTHLY, begin, until=until, bymonthday=recurrence.month_days, byweekday=own or None, wkst=SU)
    if not own:
        return None
    if recurrence.ordinals:
        nth = [day(_ORDINALS[one]) for day in own for one in recurrence.ordinals]
        return rrule(MONTHLY, begin, until=until, byweekday=nth, wkst=SU)
    start = begin if recurrence.weeks == 1 else _midnight(_week_that_counts(recurrence, first))
    return rrule(WEEKLY, start, interval=recurrence.weeks, until=until, byweekday=own, wkst=SU)


def recurrence_of(rule: str, start: date) -> Recurrence:
    """What the value of an RRULE (`FREQ=WEEKLY;BYDAY=SU`) says; `start` becomes the anchor where weeks are left out.

    Raises NotPureError for a rule that says more than weekdays, nth weekdays, weeks left out, days of the month and an
    end.
    """
    parts = dict(part.split("=", 1) for part in rule.strip().upper().split(";") if "=" in part)
    by_day = [(int(match[1] or 0), match[2]) for match in _BY_DAY.finditer(parts.get("BYDAY", ""))]
    if not _is_pure(parts, by_day):
        raise NotPureError(f"no recurrence says {rule!r}")
    weeks = int(parts.get("INTERVAL", "1"))
    days = {day for _, day in by_day} or ({WEEK[start.weekday()]} if parts["FREQ"] == "WEEKLY" else set())
    numbers = {number for number, _ in by_day}
    return Recurrence(
        days=tuple(day for day in WEEK if day in days),
        ordinals=tuple(word for word, number in _ORDINALS.items() if number in numbers),
        weeks=weeks,
        anchor=start.isoformat() if weeks > 1 else None,
        month_days=tuple(int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day),
        ends=datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date().isoformat() if "UNTIL" in parts else None,
    )


def _is_pure(parts: dict[str, str], by_day: list[tuple[int, str]]) -> bool:
    """Whether weekdays, each with the same ordinals, and days of the month say it all; 0 is a weekday without one."""
    numbers, days = {number for number, _ in by_day}, {day for _, day in by_day}
    if parts.keys() - _PURE_PARTS or len(by_day) != len(numbers) * len(days):
        return False
    if parts.get("FREQ") == "WEEKLY":
        sundays_first = parts.get("INTERVAL", "1") == "1" or parts.get("WKST") == "SU"
        return sundays_first and numbers <= {0} and "BYMONTHDAY" not in parts
    if parts.get("FREQ") != "MONTHLY" or parts.get("INTERVAL", "1") != "1":
        return False
    return numbers <= {0} if "BYMONTHDAY" in parts else bool(numbers) and numbers <= set(_ORDINALS.values())


def weeks_are_guessed(recurrence: Recurrence) -> bool:
    """Whether nothing says which of every two weeks is meant."""
    by_week = not recurrence.ordinals and not recurrence.month_days
    return by_week and recurrence.weeks > 1 and recurrence.anchor is None


def _refuse_nonsense(recurrence: Recurrence) -> None:
    for ordinal in recurrence.ordinals:
        if ordinal not in _ORDINALS:
            raise ValueError(f"no such week of the month: {ordinal!r}; write 1 to 5, or last")
    for day in recurrence.month_days:
        if not 1 <= abs(day) <= 31:
            raise ValueError(f"no such day of the month: {day}; write 1 to 31, or -1 for the last")
    if recurrence.weeks < 1:
        raise ValueError(f"no such step of weeks: {recurrence.weeks}; write 1 for every week, 2 for every other")


def _week_that_counts(recurrence: Recurrence, first: date) -> date:
    """The Sunday of the last week before `first`, or with it, that is not left out."""
    anchor = _sunday(date.fromisoformat(recurrence.anchor) if recurrence.anchor else DEFAULT_ANCHOR)
    left_over = ((_sunday(first) - anchor).days // 7) % recurrence.weeks
    return _sunday(first) - timedelta(weeks=left_over)


def _sunday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
