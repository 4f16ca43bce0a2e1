"""The dates of one event: as an RRULE with what it leaves out and adds, or as a list; and the rule behind an RRULE."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from icalendar.prop import vRecur

from vitality_lib.calendar.days import days_of
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.rules import recurrence_of, rule_of
from vitality_lib.models import Recurrence

_END_OF_DAY = time(23, 59, 59)
_UNTIL = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Dates:
    """`days` are all of them; `rule` the parts of an RRULE less its end, or None where no rule gives them.

    `left_out` are days of the rule on which it is not held, `added` those that the rule has not: without a rule, all
    but the first. `last` is where the rule ends, None where it goes on. `says_all`: the rule alone gives the recurrence
    back, for all time.
    """

    days: tuple[date, ...]
    rule: str | None = None
    last: date | None = None
    left_out: tuple[date, ...] = ()
    added: tuple[date, ...] = ()
    says_all: bool = False

    @cached_property
    def days_set(self) -> frozenset[date]:
        return frozenset(self.days)


@lru_cache(maxsize=1024)
def dates_within(when: Recurrence, first: date, last: date, law: Place) -> Dates:
    """The days from `first` to `last` of a service with a time of its own; `law` is what `days.law_of` says.

    A rule needs its own first day as the first of them; else they are a list. A season has no rule.
    """
    days = tuple(days_of(when, first, last, law))
    if not days:
        return Dates(())
    last = min(last, date.fromisoformat(when.ends or last.isoformat()))
    rule = rule_of(when, days[0], last) if not when.season else None
    by_rule = [day.date() for day in rule or () if day.date() >= days[0]]
    if by_rule[:1] != [days[0]]:
        return Dates(days, added=days[1:])
    parts = [part for part in str(rule).partition("RRULE:")[2].split(";") if not part.startswith("UNTIL")]
    ends = [f"UNTIL={when.ends.replace('-', '')}"] if when.ends else []
    says_all = _meaning(recurrence_of(";".join(parts + ends), days[0])) == _meaning(when)
    wanted, given = set(days), set(by_rule)
    left_out = tuple(day for day in by_rule if day not in wanted)
    added = tuple(day for day in days if day not in given)
    return Dates(days, ";".join(parts), last if when.ends or not says_all else None, left_out, added, says_all)


def rule_text(dates: Dates, zone: str) -> str:
    """The value of RRULE in a time zone: it ends with the last second of its last day there."""
    rule = dates.rule or ""
    if dates.last:
        end = datetime.combine(dates.last, _END_OF_DAY, ZoneInfo(zone)).astimezone(UTC)
        rule += f";UNTIL={end.strftime(_UNTIL)}"
    return vRecur.from_ical(rule).to_ical().decode()  # type: ignore[no-any-return]  # the parts in their usual order


def recurrence_of_rrule(rule: str, start: datetime) -> Recurrence:
    """The recurrence that the value of RRULE says for an event that starts then. Raises NotPureError for any other."""
    until = re.search(r"UNTIL=(\d{8}T\d{6}Z)", rule)
    if until:
        local = datetime.strptime(until[1], _UNTIL).replace(tzinfo=UTC).astimezone(start.tzinfo)
        rule = rule.replace(until[1], local.strftime("%Y%m%d"))
    return recurrence_of(rule, start.date())


def _meaning(when: Recurrence) -> tuple[object, ...]:
    """Two recurrences with the same are one rule: DTSTART lies in a week that counts, whichever the anchor names."""
    sets = (when.days, when.ordinals, when.month_days, when.exceptions)
    counted = (when.weeks, when.weeks > 1 and when.anchor is not None)
    return (*map(frozenset, sets), *counted, when.season, when.begins, when.ends)
