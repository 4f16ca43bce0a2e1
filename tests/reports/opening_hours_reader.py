"""A small reader of the opening hours of OpenStreetMap, with points in time; written from its specification."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter

Happening = tuple[datetime, datetime | None]
_WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = f"(?:{'|'.join(_WEEK)})"
_DAYS = rf"{_DAY}(?:\[[-,1-5]+\]|-{_DAY})?"
_TIME = r"\d\d:\d\d(?:-\d\d:\d\d)?"
_MONTHS = tuple(calendar.month_abbr)
_MONTH = f"(?:{'|'.join(_MONTHS[1:])})"
_POINT = rf"(?:(?:\d{{4}} )?{_MONTH}(?: \d\d)?|easter(?: [+-]\d+ days?)?)"
_DATES = rf"{_POINT}(?:-{_POINT})?"
_RULE = re.compile(
    rf"(?:(?P<dates>{_DATES}(?:,{_DATES})*) )?(?:(?P<days>{_DAYS}(?:,{_DAYS})*) )?(?P<times>{_TIME}(?:,{_TIME})*)"
)


def happenings(value: str, first: date, last: date, zone: str) -> set[Happening]:
    """What a value says for the days from `first` to `last`. Raises ValueError for what is no such value."""
    pieces = re.split(r"(; |, )", value)
    rules = [("; ", _parsed(pieces[0]))]
    rules += [(mark, _parsed(text)) for mark, text in zip(pieces[1::2], pieces[2::2], strict=True)]
    found: set[Happening] = set()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        times: set[str] = set()
        for mark, rule in rules:
            if _holds(rule, day):
                times = set(rule["times"].split(",")) | (times if mark == ", " else set())
        found |= {_at(one, day, ZoneInfo(zone)) for one in times}
    return found


def _parsed(text: str) -> dict[str, str]:
    match = _RULE.fullmatch(text)
    if match is None:
        raise ValueError(f"no rule: {text!r}")
    return match.groupdict(default="")


def _holds(rule: dict[str, str], day: date) -> bool:
    dates, days = re.findall(_DATES, rule["dates"]), re.findall(_DAYS, rule["days"])
    in_dates = any(_between(one, day) for one in dates) or not dates
    return in_dates and (any(_is_day(one, day) for one in days) or not days)


def _between(dates: str, day: date) -> bool:
    first, last = re.fullmatch(f"({_POINT})(?:-({_POINT}))?", dates).groups()
    for year in (day.year - 1, day.year):
        begin, end = _point(first, year)[0], _point(last or first, year)[1]
        if end < begin:
            end = _point(last or first, year + 1)[1]
        if begin <= day <= end:
            return True
    return False


def _point(text: str, year: int) -> tuple[date, date]:
    """The first and the last day of a point: a month is all of its days."""
    if text.startswith("easter"):
        offset = re.search(r"[+-]\d+", text)
        day = easter(year) + timedelta(days=int(offset[0]) if offset else 0)
        return day, day
    own_year, month, number = re.fullmatch(rf"(?:(\d{{4}}) )?({_MONTH})(?: (\d\d))?", text).groups()
    year, month = int(own_year or year), _MONTHS.index(month)
    longest = calendar.monthrange(year, month)[1]
    if number is None:
        return date(year, month, 1), date(year, month, longest)
    return (date(year, month, int(number)),) * 2 if int(number) <= longest else (date.max, date.min)


def _is_day(text: str, day: date) -> bool:
    name, nth = text[:2], re.search(r"\[(.*)\]", text)
    if "-" in text and nth is None:
        first, last = map(_WEEK.index, text.split("-"))
        return first <= day.weekday() <= last
    return name == _WEEK[day.weekday()] and (nth is None or any(_is_nth(one, day) for one in nth[1].split(",")))


def _is_nth(text: str, day: date) -> bool:
    if text == "-1":
        return (day + timedelta(days=7)).month != day.month
    first, _, last = text.partition("-")
    return int(first) <= (day.day + 6) // 7 <= int(last or first)


def _at(text: str, day: date, zone: ZoneInfo) -> Happening:
    start, _, end = text.partition("-")
    return _local(start, day, zone), _local(end, day, zone) if end else None


def _local(clock: str, day: date, zone: ZoneInfo) -> datetime:
    hours, minutes = map(int, clock.split(":"))
    wall = datetime.combine(day, time()) + timedelta(hours=hours, minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
