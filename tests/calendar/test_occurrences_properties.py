"""Occurrences of any service are those that one finds by asking of each day whether the rule means it."""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter
from hypothesis import given, settings
from hypothesis import strategies as st

from vitality_lib.calendar.occurrences import occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.models import Day, Recurrence, Service, ServiceType

WEEK = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ZONES = [
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "America/Adak", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam",
]  # fmt: skip


# --- the same, day by day --------------------------------------------------------------------------------------------


def holy(day: date) -> bool:
    """By the law of most dioceses, in the years from 2024 on."""
    if (day.month, day.day) in ((1, 1), (8, 15), (11, 1)):
        return WEEK[day.weekday()] not in ("SA", "SU", "MO")
    if (day.month, day.day) == (12, 9):
        return WEEK[day.weekday()] == "MO"
    return (day.month, day.day) in ((12, 8), (12, 25)) and WEEK[day.weekday()] != "SU"


def within(season: str, day: date) -> bool:
    if season == "lent":
        return easter(day.year) - timedelta(days=46) <= day < easter(day.year)
    if season == "july..august":
        return day.month in (7, 8)
    assert season == "11-15..02-10"
    return (day.month, day.day) >= (11, 15) or (day.month, day.day) <= (2, 10)


def nth(day: date, which: str | None) -> bool:
    days_of_month = calendar.monthrange(day.year, day.month)[1]
    return which is None or (day.day > days_of_month - 7 if which == "last" else (day.day + 6) // 7 == int(which))


def excepted(one: str, day: date) -> bool:
    if one == "HOLYDAY":
        return holy(day)
    if one[-2:] in WEEK:
        return WEEK[day.weekday()] == one[-2:] and nth(day, one[:-2] or None)
    return day == date.fromisoformat(one) if one[:4].isdigit() else within(one, day)


def counts(rule: Recurrence, day: date) -> bool:
    if rule.weeks == 1 or rule.ordinals:
        return True
    anchor = date.fromisoformat(rule.anchor or "2000-01-02")
    return (sunday_of(day) - sunday_of(anchor)).days % (7 * rule.weeks) == 0


def sunday_of(day: date) -> date:
    return next(day - timedelta(days=n) for n in range(7) if WEEK[(day - timedelta(days=n)).weekday()] == "SU")


def means(rule: Recurrence, day: date) -> bool:
    named = WEEK[day.weekday()] in rule.days
    if rule.month_days:
        from_end = day.day - calendar.monthrange(day.year, day.month)[1] - 1
        weekdays = [one for one in rule.days if one in WEEK]
        meant = bool({day.day, from_end} & set(rule.month_days)) and (named or not weekdays)
    else:
        meant = named and counts(rule, day) and (not rule.ordinals or any(nth(day, one) for one in rule.ordinals))
    meant = meant or ("HOLYDAY" in rule.days and holy(day))
    meant = meant or ("HOLYDAY_EVE" in rule.days and holy(day + timedelta(days=1)))
    bounded = (rule.begins or "0") <= day.isoformat() <= (rule.ends or "9")
    in_season = rule.season is None or any(within(one, day) for one in rule.season.split("+"))
    return meant and bounded and in_season and not any(excepted(one, day) for one in rule.exceptions)


def naive(service: Service, first: date, last: date, zone: ZoneInfo) -> Iterator[datetime]:
    day = first
    while day <= last:
        if means(service.recurrence, day):
            hours, minutes = map(int, (service.start or "").split(":"))
            local = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=zone)
            yield local.astimezone(UTC)
        day += timedelta(days=1)


# --- any service -----------------------------------------------------------------------------------------------------

iso_dates = st.dates(date(2024, 1, 1), date(2029, 12, 31)).map(date.isoformat)
ordinals = st.lists(st.sampled_from(["1", "2", "3", "4", "5", "last"]), unique=True, max_size=3).map(tuple)
nth_weekdays = st.builds("{}{}".format, st.sampled_from(["", "1", "3", "last"]), st.sampled_from(WEEK))
seasons = st.lists(st.sampled_from(["lent", "july..august", "11-15..02-10"]), min_size=1, unique=True)
weeks_or_ordinals = st.one_of(
    st.fixed_dictionaries({"ordinals": ordinals}),
    st.fixed_dictionaries({"weeks": st.integers(1, 4), "anchor": st.none() | iso_dates}),
    st.fixed_dictionaries({"month_days": st.lists(st.sampled_from([1, 13, 29, 31, -1]), min_size=1).map(tuple)}),
)


@st.composite
def services(draw: st.DrawFn) -> Service:
    recurrence = Recurrence(
        days=tuple(draw(st.lists(st.sampled_from(Day), min_size=1, unique=True))),
        season=draw(st.none() | seasons.map("+".join)),
        exceptions=tuple(
            draw(st.lists(st.one_of(nth_weekdays, iso_dates, st.just("HOLYDAY"), st.just("lent")), max_size=2))
        ),
        begins=draw(st.none() | iso_dates),
        ends=draw(st.none() | iso_dates),
        **draw(weeks_or_ordinals),
    )
    return Service(ServiceType.MASS, recurrence, f"{draw(st.integers(0, 23)):02d}:{draw(st.sampled_from([0, 30])):02d}")


@settings(max_examples=400, deadline=None)
@given(services(), st.dates(date(2024, 1, 1), date(2029, 1, 1)), st.integers(0, 800), st.sampled_from(ZONES))
def test_occurrences_are_those_of_a_day_by_day_reading(service: Service, first: date, days: int, name: str) -> None:
    last = first + timedelta(days=days)
    found = [one.start for one in occurrences(service, first, last, Place(name, "Diocese of Marlow"))]
    assert [one.astimezone(UTC) for one in found] == list(naive(service, first, last, ZoneInfo(name)))
    assert all(first <= one.date() <= last for one in found)
    assert found == sorted(found)


@settings(max_examples=100, deadline=None)
@given(services(), st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(1, 300), st.integers(1, 300))
def test_two_stretches_of_time_have_the_occurrences_of_both(service: Service, first: date, one: int, two: int) -> None:
    place = Place("America/Denver", "Diocese of Marlow")
    middle, last = first + timedelta(days=one), first + timedelta(days=one + two)
    parts = [
        *occurrences(service, first, middle, place),
        *occurrences(service, middle + timedelta(days=1), last, place),
    ]
    assert parts == list(occurrences(service, first, last, place))
