"""Invented parishes in seven time zones, each with a service of every kind of rule that the model holds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from vitality_lib.calendar.english import say
from vitality_lib.models import Day, Evidence, ParishEntry, Recurrence, Service, ServiceType
from vitality_lib.reports.exports.asked import Asked
from vitality_lib.store.published import PublishedParish, PublishedService

FIRST = date(2026, 11, 27)
DAYS = 731
LAST = FIRST + timedelta(days=DAYS - 1)
MOMENT = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
CHAPEL = "Chapel of the Elms"

_WHERE = (
    ("Diocese of Larkspur", "St. Anne", "NY", "14001"),
    ("Diocese of Larkspur", "St. Brendan", "IL", "60001"),
    ("Diocese of Tamarack", "St. Clare", "CO", "80001"),
    ("Diocese of Tamarack", "St. Dymphna", "AZ", "85001"),
    ("Diocese of Tamarack", "St. Edmund", "CA", "90001"),
    ("Diocese of Honolulu", "St. Felix", "HI", "96701"),
    ("Archdiocese of Boston", "St. Gall", "AK", "99501"),
)
_SU, _MO, _TU, _WE, _TH, _FR, _SA = (Day(name) for name in ("SU", "MO", "TU", "WE", "TH", "FR", "SA"))
_WEEKDAYS = (_MO, _TU, _WE, _TH, _FR)
_MASS, _CONFESSION, _ADORATION = ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION
_DEVOTION = ServiceType.OTHER_DEVOTION


def asked(output: Path | None) -> Asked:
    return Asked(MOMENT, FIRST, DAYS, output)


async def stream(parishes: Sequence[PublishedParish]) -> AsyncIterator[PublishedParish]:
    """The parishes as the database would give them."""
    for parish in parishes:
        yield parish


def parish(number: int, services: Sequence[Service], where: int = 1, **entry: object) -> PublishedParish:
    """A parish with these services; its `where` is a place of the list above."""
    diocese, name, state, zip_code = _WHERE[where]
    facts = {"name": name, "street": "1 Elm St", "city": "Elmton", "state": state, "zip": zip_code, **entry}
    told = [
        PublishedService(number * 1000 + place, service, say(service), MOMENT) for place, service in enumerate(services)
    ]
    return PublishedParish(number, diocese, ParishEntry(**facts), MOMENT, MOMENT, tuple(told))  # type: ignore[arg-type]


def invented_country() -> list[PublishedParish]:
    return [parish(number + 1, list(every_kind()), number) for number in range(len(_WHERE))]


def mass(
    *days: Day, start: str | None = "08:00", church: str | None = None, note: str | None = None, **rule
) -> Service:
    return Service(_MASS, Recurrence(days, **rule), start, church=church, note=note)


def every_kind() -> Iterator[Service]:
    """A service for each kind of rule; no two are said in the same words."""
    yield from _by_week()
    yield from _in_seasons()
    yield from _less_exceptions()
    yield from _at_odd_times()
    yield from _tied_or_untimed()


def _by_week() -> Iterator[Service]:
    yield mass(_SU)
    yield mass(_SU, start="10:30")
    yield Service(_MASS, Recurrence((_SU,)), "10:30", "11:45", language="es")
    yield Service(_MASS, Recurrence((_SA,)), "17:00", vigil=True, streamed=True)
    yield mass(*_WEEKDAYS, start="07:00")
    yield mass(_MO, _WE, _FR, start="12:10", church=CHAPEL)
    yield mass(_FR, start="19:00", ordinals=("1",))
    yield mass(_TU, _TH, start="06:30", ordinals=("2", "4"))
    yield mass(_SA, start="09:00", ordinals=("last",))
    yield mass(_SU, start="14:00", ordinals=("5",))
    yield mass(_SU, start="15:00", ordinals=("1", "last"), church=CHAPEL)
    yield mass(_SU, start="16:00", weeks=2, anchor="2026-11-22")
    yield mass(_MO, _WE, start="18:15", weeks=2, anchor="2026-12-05")
    yield mass(_SA, start="18:45", weeks=3, anchor="2026-01-04", church=CHAPEL)
    yield mass(_TH, start="20:00", weeks=2)  # which weeks is not said
    yield mass(start="13:00", month_days=(13,))
    yield mass(start="13:30", month_days=(1, 31))
    yield mass(start="21:00", month_days=(-1,))
    yield mass(_FR, start="13:13", month_days=(13,))
    yield mass(Day.HOLYDAY, start="12:00")
    yield mass(Day.HOLYDAY_EVE, start="18:00")
    yield mass(_TU, Day.HOLYDAY, start="17:45")


def _in_seasons() -> Iterator[Service]:
    yield Service(_DEVOTION, Recurrence((_FR,), season="lent"), "19:00", "20:00")
    yield mass(_FR, start="05:30", season="lent")
    yield mass(_WE, start="05:45", season="advent+lent")
    yield mass(_SU, start="17:30", season="memorial_day..labor_day")
    yield mass(_SU, start="18:30", season="labor_day..memorial_day")
    yield mass(_SU, start="19:30", season="05-01..09-30")
    yield mass(_SU, start="20:30", season="november..february")
    yield mass(_SU, start="21:30", season="july")
    yield mass(_SA, start="11:00", season="summer", ordinals=("1", "3"))
    yield mass(_SU, start="11:10", season="academic_year", weeks=2, anchor="2026-11-29")
    yield mass(_SU, _MO, start="06:10", season="easter")
    yield mass(*_WEEKDAYS, start="06:20", season="12-17..12-24")
    yield mass(_SU, start="22:00", season="easter..corpus_christi")
    yield mass(_WE, start="22:15", begins="2026-12-09", ends="2027-05-26")
    yield mass(_WE, start="22:30", begins="2027-02-01")
    yield mass(_WE, start="22:45", ends="2027-03-31")
    yield mass(_WE, start="23:00", begins="2020-01-01", ends="2020-12-31")  # is over
    yield mass(_FR, start="04:00", season="lent", ends="2027-12-31", ordinals=("2",))


def _less_exceptions() -> Iterator[Service]:
    yield mass(_FR, start="08:05", exceptions=("1FR",))
    yield mass(_SA, start="08:10", exceptions=("lastSA",))
    yield mass(*_WEEKDAYS, start="08:15", exceptions=("HOLYDAY",))
    yield mass(*_WEEKDAYS, start="08:20", exceptions=("MO",))
    yield mass(_TU, start="08:25", exceptions=("lent", "advent"))
    yield mass(_FR, start="08:30", exceptions=("2026-12-25", "2029-12-28"))
    yield mass(_SU, start="08:35", season="july..august", exceptions=("2027-07-04",))
    yield mass(_MO, start="08:40", weeks=2, anchor="2026-12-06", exceptions=("1MO",))


def _at_odd_times() -> Iterator[Service]:
    yield Service(_ADORATION, Recurrence((_TH,)), "09:00", "08:00", nights=1)
    yield Service(_ADORATION, Recurrence((_FR,), ("1",)), "18:00", "24:00")
    yield Service(_ADORATION, Recurrence((_SU,)), "20:00", "06:00", nights=5)
    yield Service(_ADORATION, Recurrence(tuple(Day(name.value) for name in (_SU, *_WEEKDAYS, _SA))), "00:00", "24:00")
    yield Service(_MASS, Recurrence((_SA,)), "23:30", "00:30", nights=1, language="pl")
    yield Service(_MASS, Recurrence((_SU,)), "02:30", church=CHAPEL)  # a time that one Sunday in March has not
    yield Service(_CONFESSION, Recurrence((_SA,)), "15:00", "16:15")


def _tied_or_untimed() -> Iterator[Service]:
    yield Service(_CONFESSION, Recurrence((_SU,)), note="30 minutes before 08:00 Mass")
    yield Service(_CONFESSION, Recurrence(), note="before Mass", church=CHAPEL)
    yield Service(_DEVOTION, Recurrence(_WEEKDAYS), note="after 07:00 Mass")
    yield Service(_CONFESSION, Recurrence((_TH,)), "16:00", "17:00", note="during Adoration")
    yield Service(_CONFESSION, Recurrence(), note="by appointment")
    yield Service(_CONFESSION, Recurrence((_SA,)), note="by appointment")


def evidence(url: str = "https://anne.example/mass") -> Evidence:
    return Evidence("0" * 64, url, "Sunday 8", 0, 8, "list", 0.9)
