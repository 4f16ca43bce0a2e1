"""Rules in the syntax of OpenStreetMap's `service_times`: `Mo-Fr 08:00; Su 09:00,11:00, Fr[1] 19:00`.

Source: the pages Key:service_times (points in time, or stretches where an end is known) and
Key:opening_hours/specification of the OpenStreetMap wiki. After `; ` a rule takes the place of those before it on its
days; after `, ` it adds to them. PH are the holidays of the state, not holy days, and do not stand here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from vitality_lib.reports.exports.osm_rules import DAYS, Rule
from vitality_lib.reports.exports.wall_clock import minute_of

_WEEK = list(DAYS.values())
_MIDNIGHT = 24 * 60


def value_of(rules: Iterable[Rule]) -> str:
    """The value of the tag: first the times of each weekday, then what is added on some days; empty for no rules."""
    times: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for rule in sorted(set(rules)):
        times[rule.dates, rule.day].append(rule.time)
    days: defaultdict[tuple[bool, str, str], list[str]] = defaultdict(list)
    for (dates, day), some in sorted(times.items(), key=lambda item: _place(item[0][1])):
        days[bool(dates or "[" in day), dates, ",".join(some)].append(day)
    plain = [f"{_days(some)} {time}" for (added, _, time), some in days.items() if not added]
    others = [f"{dates} {_days(some)} {time}" for (added, dates, time), some in sorted(days.items()) if added]
    late = any(_ends_late(time) for some in times.values() for time in some)
    every_week = (", " if late else "; ").join(plain)
    return ", ".join(filter(None, (every_week, *(" ".join(one.split()) for one in others))))


def _days(days: Sequence[str]) -> str:
    """Three or more in a row are a range."""
    places = [_place(day) for day in days]
    in_a_row = len(days) > 2 and not any("[" in day for day in days) and places[-1] - places[0] == len(days) - 1
    return f"{days[0]}-{days[-1]}" if in_a_row else ",".join(days)


def _place(day: str) -> int:
    return _WEEK.index(day[:2]) if day else -1


def _ends_late(time: str) -> bool:
    """Whether it runs into the next day, whose rule after `; ` might cut it off."""
    _, _, end = time.partition("-")
    return bool(end) and minute_of(end) > _MIDNIGHT
