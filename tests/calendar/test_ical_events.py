"""What an event of the iCalendar says of a service."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Component

from vitality_lib.calendar.ical import Church, calendar_of, components
from vitality_lib.calendar.ical_reading import NotOursError, services_of
from vitality_lib.calendar.place import Place
from vitality_lib.models import Day, Evidence, Recurrence, Service, ServiceType

MASS, CONFESSION, ADORATION = ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION
CHURCH = Church("parish 1", Place("America/Chicago"), "Holy Lamp Chapel, 1 Wick Road, Larkspur")
FIRST, STAMP = date(2026, 1, 1), datetime(2026, 1, 1, 12, tzinfo=UTC)
SUNDAY_MASS = Service(MASS, Recurrence((Day.SU,)), "08:00", "09:00", language="es")


def events(*services: Service, first: date = FIRST) -> list[Component]:
    """The events as a library reads them."""
    return read(*components(services, CHURCH, first, STAMP))


def read(*texts: str) -> list[Component]:
    calendar = Calendar.from_ical("".join(calendar_of("Holy Lamp", texts, [CHURCH.place.zone], FIRST.year)))
    return [part for part in calendar.subcomponents if part.name != "VTIMEZONE"]


def lines(text: str) -> list[str]:
    return text.replace("\r\n ", "").splitlines()


def test_a_weekly_service_is_one_rule_that_goes_on() -> None:
    evidence = Evidence("0" * 64, "https://holylamp.example/mass", "Sunday 8", 0, 8, "line", 0.9)
    service = Service(MASS, Recurrence((Day.SU,)), "08:00", "09:00", language="es", evidence=(evidence,))
    (event,) = components([service], CHURCH, FIRST, STAMP)
    said = lines(event)
    assert said[0] == "BEGIN:VEVENT"
    for line in (
        "SUMMARY:Mass in Spanish",
        "DTSTART;TZID=America/Chicago:20260104T080000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;BYDAY=SU;WKST=SU",
        "DESCRIPTION:Mass\\, Sundays from 8:00 AM to 9:00 AM in Spanish",
        "LOCATION:Holy Lamp Chapel\\, 1 Wick Road\\, Larkspur",
        "CATEGORIES:Mass",
        "URL:https://holylamp.example/mass",
        "STATUS:CONFIRMED",
        "DTSTAMP:20260101T120000Z",
    ):
        assert line in said
    assert not [line for line in said if line.startswith(("X-VITALITY-RULE", "EXDATE", "RDATE"))]


@pytest.mark.parametrize(
    ("when", "rule"),
    [
        (Recurrence((Day.FR,), ("1", "3")), "FREQ=MONTHLY;BYDAY=+1FR,+3FR;WKST=SU"),
        (Recurrence((Day.SA,), ("last",)), "FREQ=MONTHLY;BYDAY=-1SA;WKST=SU"),
        (Recurrence(month_days=(13, -1)), "FREQ=MONTHLY;BYMONTHDAY=13,-1;WKST=SU"),
        (Recurrence((Day.SU,), weeks=2, anchor="2026-01-11"), "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU"),
        (Recurrence((Day.SU,), ends="2026-06-28"), "FREQ=WEEKLY;UNTIL=20260629T045959Z;BYDAY=SU;WKST=SU"),
    ],
)
def test_what_rfc_5545_can_say_is_a_rule_alone(when: Recurrence, rule: str) -> None:
    (event,) = events(Service(MASS, when, "08:00"))
    assert event["rrule"].to_ical().decode() == rule
    assert not {"X-VITALITY-RULE", "EXDATE", "RDATE", "DURATION", "DTEND"} & set(event)


def test_exceptions_are_left_out_up_to_the_horizon() -> None:
    when = Recurrence((Day.FR,), exceptions=("1FR",))
    (event,) = events(Service(MASS, when, "08:00"))
    left_out = [one.dt.date() for one in event["exdate"].dts]
    assert left_out[:3] == [date(2026, 2, 6), date(2026, 3, 6), date(2026, 4, 3)]
    assert event["rrule"]["UNTIL"] == [datetime(2028, 1, 3, 5, 59, 59, tzinfo=UTC)]
    assert event["x-vitality-rule"] == "days=FR&exceptions=1FR"


def test_holy_days_and_seasons_are_lists_of_dates() -> None:
    holy, lent = events(
        Service(MASS, Recurrence((Day.HOLYDAY,)), "19:00"),
        Service(CONFESSION, Recurrence((Day.WE,), season="lent"), "18:00"),
    )
    assert [holy["dtstart"].dt.date(), *(one.dt.date() for one in holy["rdate"].dts)][:3] == [
        date(2026, 1, 1),
        date(2026, 12, 8),
        date(2026, 12, 25),
    ]
    assert lent["dtstart"].dt.date() == date(2026, 2, 18)
    assert len(lent["rdate"].dts) == 13  # seven Wednesdays in each of two Lents
    assert "rrule" not in holy
    assert "rrule" not in lent


def test_what_the_page_leaves_open_is_tentative() -> None:
    (event,) = events(Service(MASS, Recurrence((Day.SU,), weeks=2), "08:00"))
    assert event["status"] == "TENTATIVE"


def test_a_night_in_which_clocks_change_has_its_own_end() -> None:
    vigil = Service(ADORATION, Recurrence((Day.SA,)), "22:00", "06:00", nights=1)
    event, *nights = events(vigil)
    assert event["duration"].dt == timedelta(hours=8)
    assert [night["recurrence-id"].dt.date() for night in nights] == [
        date(2026, 3, 7),
        date(2026, 10, 31),
        date(2027, 3, 13),
        date(2027, 11, 6),
    ]
    assert {night["dtend"].dt.hour for night in nights} == {6}


def test_a_service_tied_to_others_is_an_event_for_each_of_its_lengths() -> None:
    long, short = (
        Service(MASS, Recurrence((Day.SU,)), "10:00", "11:30"),
        Service(MASS, Recurrence((Day.MO,)), "08:00", "08:30"),
    )
    tied = Service(ADORATION, Recurrence((Day.SU, Day.MO)), None, "12:00", note="after Mass")
    texts = list(components([long, short, tied], CHURCH, FIRST, STAMP))
    _, _, first, second = read(*texts)
    assert {first["duration"].dt, second["duration"].dt} == {timedelta(minutes=30), timedelta(hours=3, minutes=30)}
    assert second["related-to"] == first["uid"]
    assert services_of("".join(calendar_of("Holy Lamp", texts[2:], ["America/Chicago"], 2026))) == (tied,)


def test_what_has_no_dates_is_kept_as_a_journal_entry() -> None:
    service = Service(CONFESSION, Recurrence(), note="by appointment")
    (text,) = components([service], CHURCH, FIRST, STAMP)
    (entry,) = read(text)
    assert entry.name == "VJOURNAL"
    assert "dtstart" not in entry
    assert services_of("".join(calendar_of("Holy Lamp", [text], [], 2026))) == (service,)


def test_the_uid_is_the_services_own_and_lasts() -> None:
    (one,) = events(SUNDAY_MASS)
    (later,) = events(SUNDAY_MASS, first=date(2026, 9, 1))
    (other,) = events(Service(MASS, Recurrence((Day.SU,)), "08:30"))
    assert one["uid"] == later["uid"] != other["uid"]


def test_a_calendar_names_itself_and_its_zones() -> None:
    own = components([SUNDAY_MASS], CHURCH, FIRST, STAMP)
    text = "".join(calendar_of("Holy Lamp", own, ["America/Chicago"], 2026))
    assert "X-WR-CALNAME:Holy Lamp\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 1


@pytest.mark.parametrize(
    "event",
    [
        "SUMMARY:Fish fry",
        "X-VITALITY-SERVICE:type=mass",
        "X-VITALITY-SERVICE:type=picnic\r\nX-VITALITY-RULE:days=SU",
        "X-VITALITY-SERVICE:type=mass\r\nX-VITALITY-RULE:days=XX",
        "X-VITALITY-SERVICE:type=mass\r\nDTSTART:20260104T080000Z\r\nRRULE:FREQ=YEARLY",
        "X-VITALITY-SERVICE:type=mass\r\nDTSTART;VALUE=DATE:20260104\r\nRRULE:FREQ=WEEKLY",
        "X-VITALITY-SERVICE:type=mass&mood=glad\r\nX-VITALITY-RULE:days=SU",
    ],
)
def test_calendars_of_others_are_refused(event: str) -> None:
    with pytest.raises(NotOursError):
        services_of(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")


def test_what_is_no_calendar_is_refused() -> None:
    with pytest.raises(NotOursError):
        services_of(b"<html>")
