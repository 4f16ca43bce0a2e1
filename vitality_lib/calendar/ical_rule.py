"""The dates of one event: as an RRULE with what it leaves out and adds, or as a list; and the rule behind an RRULE."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from vitality_lib.calendar.rules import recurrence_of, rule_of
from vitality_lib.models import Recurrence, Service

_END_OF_DAY = time(23, 59, 59)
_UNTIL = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Dates:
    """`first` is DTSTART; `rule` the value of RRULE, or None; `left_out` are EXDATEs and `added` RDATEs.

    `says_all`: the rule alone gives the recurrence back, for all time.
    """

    first: datetime
    rule: str | None = None
    left_out: tuple[datetime, ...] = ()
    added: tuple[datetime, ...] = ()
    says_all: bool = False


def dates_of(service: Service, starts: Sequence[datetime], last: date) -> Dates:
    """The dates of a service that begins at these moments (in order, one at least) up to the day `last`.

    A rule needs one clock time, and its own first day as the first date; else the dates are a list.
    """
    when, first = service.recurrence, starts[0]
    last = min(last, date.fromisoformat(when.ends or last.isoformat()))
    rule = rule_of(when, first.date(), last) if service.start and not when.season else None
    by_rule = [datetime.combine(day.date(), first.timetz()) for day in rule or ()]
    by_rule = [start for start in by_rule if start >= first]
    if by_rule[:1] != [first]:
        return Dates(first, added=tuple(starts[1:]))
    parts = [part for part in str(rule).partition("RRULE:")[2].split(";") if not part.startswith("UNTIL")]
    ends = [f"UNTIL={when.ends.replace('-', '')}"] if when.ends else []
    says_all = _meaning(recurrence_of(";".join(parts + ends), first.date())) == _meaning(when)
    if when.ends or not says_all:
        end = datetime.combine(last, _END_OF_DAY, first.tzinfo).astimezone(UTC)
        parts.append(f"UNTIL={end.strftime(_UNTIL)}")
    wanted, given = set(starts), set(by_rule)
    left_out = tuple(start for start in by_rule if start not in wanted)
    return Dates(first, ";".join(parts), left_out, tuple(start for start in starts if start not in given), says_all)


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
