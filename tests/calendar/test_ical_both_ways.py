"""Services survive the way to an iCalendar and back, and any reader of iCalendars sees the same dates as we do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

import icalendar
import pytest
import recurring_ical_events
from random_services import DIOCESES, FIRST, LAST, ZONES, random_services

from vitality_lib.calendar.ical import Church, calendar_of, components
from vitality_lib.calendar.ical_reading import NotOursError, services_of
from vitality_lib.calendar.occurrences import occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.models import Service

STAMP = datetime(2026, 1, 1, 12, tzinfo=UTC)
COUNT = 10_000
AT_ONE_CHURCH = 50
_UUID = 36  # letters; what follows in a UID counts the further events of one service


@lru_cache(maxsize=1)
def every_service() -> tuple[Service, ...]:
    return tuple(random_services(COUNT, seed=2))


def written(services: tuple[Service, ...], place: Place) -> bytes:
    events = components(services, Church("parish 1", place, "Holy Lamp Chapel"), FIRST, STAMP)
    return "".join(calendar_of("Holy Lamp", events, [place.zone], FIRST.year)).encode()


def of_zone(zone: str) -> tuple[Service, ...]:
    return every_service()[ZONES.index(zone) :: len(ZONES)]


def test_the_random_services_are_ten_thousand() -> None:
    assert len({service for zone in ZONES for service in of_zone(zone)}) == COUNT


@pytest.mark.parametrize("zone", ZONES)
def test_random_services_come_back_with_the_same_occurrences_of_two_years(zone: str) -> None:
    place = Place(zone, DIOCESES[ZONES.index(zone) % len(DIOCESES)])
    services = of_zone(zone)
    for at in range(0, len(services), AT_ONE_CHURCH):
        church = services[at : at + AT_ONE_CHURCH]
        back = services_of(written(church, place))
        assert len(back) == len(church)
        for service, again in zip(church, back, strict=True):
            if again != service:  # the same rule in other words, such as another anchor
                first, second = (list(occurrences(one, FIRST, LAST, place, church)) for one in (service, again))
                assert first == second, service


@pytest.mark.parametrize("zone", ZONES)
def test_an_independent_reader_sees_the_same_occurrences(zone: str) -> None:
    place = Place(zone)
    services = of_zone(zone)[:25]
    calendar = icalendar.Calendar.from_ical(written(services, place))
    theirs: dict[str, set[tuple[datetime, datetime]]] = {}
    for event in recurring_ical_events.of(calendar).between(FIRST, LAST + timedelta(days=1)):
        start, end = event["DTSTART"].dt, event.end.astimezone(UTC)
        if FIRST <= start.date() <= LAST:  # what began before, or is a rule that goes on, is not asked for
            theirs.setdefault(str(event["UID"])[:_UUID], set()).add((start.astimezone(UTC), end))
    uids = [str(event["UID"])[:_UUID] for event in calendar.walk() if "X-VITALITY-SERVICE" in event]
    for service, uid in zip(services, dict.fromkeys(uids), strict=True):
        found = occurrences(service, FIRST, LAST, place, services)
        ours = {(one.start.astimezone(UTC), (one.end or one.start).astimezone(UTC)) for one in found}
        assert theirs.get(uid, set()) == ours, service


@pytest.mark.parametrize(
    "zone", ["a/" * 8_000 + "Chicago", "America/Chicago;TZID=America/Denver"], ids=["long", "twice"]
)
def test_a_time_zone_of_thousands_of_parts_or_that_stands_there_twice_is_refused(zone: str) -> None:
    event = f"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID={zone}:20260912T153000\r\nEND:VEVENT\r\n"
    with pytest.raises(NotOursError):
        services_of(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n")
