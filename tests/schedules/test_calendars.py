"""Services out of iCalendar: rules whose title names a service; what is hostile, huge or over is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shorthand import shorthand
from timing import seconds

from vitality_lib.document import Document
from vitality_lib.models import Page, Service
from vitality_lib.schedules.calendar_links import calendar_requests
from vitality_lib.schedules.calendars import calendar_services, is_calendar

FETCHED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SECONDS = 2.0  # of CPU for the largest calendar that the door lets through


def event(title: str, start: str, *more: str, zone: str = ";TZID=America/Chicago") -> list[str]:
    return ["BEGIN:VEVENT", f"DTSTART{zone}:{start}", f"SUMMARY:{title}", *more, "END:VEVENT"]


def calendar(*events: list[str], zone: str = "America/Chicago") -> Document:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *([f"X-WR-TIMEZONE:{zone}"] if zone else [])]
    lines += [line for lines in events for line in lines]
    body = "\r\n".join([*lines, "END:VCALENDAR", ""])
    return Document(Page("https://fictus.example/all.ics", body.encode(), fetched_at=FETCHED))


def read(*events: list[str], zone: str = "America/Chicago") -> tuple[Service, ...]:
    return calendar_services(calendar(*events, zone=zone))


def short(*events: list[str], zone: str = "America/Chicago") -> list[str]:
    return [shorthand(service) for service in read(*events, zone=zone)]


@pytest.mark.parametrize(
    ("title", "start", "rule", "service"),
    [
        ("Sunday Mass", "20240107T090000", "FREQ=WEEKLY;BYDAY=SU", "mass SU 09:00"),
        ("Mass", "20240107T090000", "FREQ=WEEKLY", "mass SU 09:00"),
        ("Daily Mass", "20240108T081500", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "mass MO,WE,FR 08:15"),
        ("Daily Mass", "20240108T081500", "FREQ=DAILY;BYDAY=MO,TU", "mass MO,TU 08:15"),
        ("Rosary", "20240107T070000", "FREQ=DAILY", "devotion SU,MO,TU,WE,TH,FR,SA 07:00"),
        ("Vigil Mass", "20240106T170000", "FREQ=WEEKLY;WKST=MO;BYDAY=SA", "mass SA 17:00 vigil"),
        ("Misa en Español", "20240107T130000", "FREQ=WEEKLY;BYDAY=SU", "mass SU 13:00 es"),
        ("Mass (Polish)", "20240107T130000", "FREQ=WEEKLY;BYDAY=SU", "mass SU 13:00 pl"),
        ("Holy Hour", "20240105T190000", "FREQ=MONTHLY;BYDAY=1FR", "adoration 1 FR 19:00"),
        ("Holy Hour", "20240105T190000", "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "adoration last FR 19:00"),
        ("Confessions", "20240106T150000", "FREQ=MONTHLY;BYDAY=1SA,3SA", "confession 1,3 SA 15:00"),
        ("9:00 AM Mass", "20240107T090000", "FREQ=WEEKLY;BYDAY=SU", "mass SU 09:00"),
        ("Saturday Confession", "20240106T150000", "FREQ=WEEKLY", "confession SA 15:00"),
    ],
)
def test_a_rule_whose_title_names_a_service_is_one(title: str, start: str, rule: str, service: str) -> None:
    assert short(event(title, start, f"RRULE:{rule}")) == [service]


def test_other_weeks_days_of_the_month_and_what_is_left_out_are_kept() -> None:
    other = read(event("Confession", "20240106T150000", "RRULE:FREQ=WEEKLY;INTERVAL=2"))[0].recurrence
    assert (other.weeks, other.anchor) == (2, "2024-01-06")
    rosary = read(event("Rosary", "20240113T190000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=13"))[0].recurrence
    assert (rosary.days, rosary.month_days) == ((), (13,))
    dates = "EXDATE;TZID=America/Chicago:20251228T090000,20260405T090000"
    assert read(event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY", dates))[0].recurrence.exceptions == (
        "2026-04-05",
    )


def test_first_and_last_days_are_kept_where_they_lie_ahead() -> None:
    ending = read(event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY;UNTIL=20260601T000000Z"))[0].recurrence
    assert (ending.begins, ending.ends) == (None, "2026-06-01")
    beginning = read(event("Mass", "20260705T090000", "RRULE:FREQ=WEEKLY"))[0].recurrence
    assert (beginning.begins, beginning.ends) == ("2026-07-05", None)
    counted = read(event("Mass", "20260301T090000", "RRULE:FREQ=WEEKLY;COUNT=10"))[0].recurrence
    assert counted.ends == "2026-05-03"


def test_the_end_of_adoration_is_taken_over_and_the_hour_that_a_mass_is_given_is_not() -> None:
    until = "DTEND;TZID=America/Chicago:"
    night = event("Adoration", "20240105T190000", "RRULE:FREQ=WEEKLY", until + "20240106T070000")
    mass = event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY", until + "20240107T100000")
    assert [(one.end, one.nights) for one in read(night, mass)] == [("07:00", 1), (None, 0)]


def test_times_in_utc_count_only_where_the_calendar_says_its_zone() -> None:
    utc = event("Mass", "20240107T150000Z", "RRULE:FREQ=WEEKLY;BYDAY=SU", zone="")
    assert short(utc) == ["mass SU 09:00"]
    assert short(utc, zone="") == []
    assert short(utc, zone="Nowhere/AtAll") == []


def test_the_same_mass_on_several_days_is_one_service() -> None:
    assert short(*(event("Mass", f"2024010{day}T080000", "RRULE:FREQ=WEEKLY") for day in (8, 9))) == [
        "mass MO,TU 08:00"
    ]


@pytest.mark.parametrize(
    ("dates", "services"), [((1, 8, 15, 22), ["mass SU 10:00"]), ((1, 8, 15), []), ((1, 8, 15, 29), [])]
)
def test_single_events_are_a_service_when_four_come_at_equal_steps(dates: tuple[int, ...], services: list[str]) -> None:
    assert short(*(event("Mass", f"202603{day:02d}T100000") for day in dates)) == services


@pytest.mark.parametrize(
    "lines",
    [
        event("Choir Practice", "20240107T090000", "RRULE:FREQ=WEEKLY"),
        event("Funeral Mass", "20240107T090000", "RRULE:FREQ=WEEKLY"),
        event("No Mass today", "20240107T090000", "RRULE:FREQ=WEEKLY"),
        event("Coffee after Mass", "20240107T090000", "RRULE:FREQ=WEEKLY"),
        event("Mass", "20240107", "RRULE:FREQ=WEEKLY", zone=";VALUE=DATE"),
        event("Mass", "20190107T090000", "RRULE:FREQ=WEEKLY;UNTIL=20200101T000000Z"),
        event("Mass", "20240107T090000", "RRULE:FREQ=YEARLY"),
        event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY", "STATUS:CANCELLED"),
        event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY", "RECURRENCE-ID:20240114T090000"),
        event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY;INTERVAL=0"),
        event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY;COUNT=999999999"),
        event("Mass", "20240107T090000", "RRULE:FREQ=SECONDLY"),
        event("Mass", "20240107T090000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2;COUNT=50"),
        event("Mass", "20240107T090000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=45"),
        event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY;BYDAY=XX"),
        event("Mass", "20240107T090000", f"RRULE:FREQ=WEEKLY;BYDAY={','.join(['SU'] * 500)}"),
        event("Mass", "not a date", "RRULE:FREQ=WEEKLY"),
        event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=MONTHLY"),
        ["BEGIN:VEVENT", "SUMMARY:Mass", "RRULE:FREQ=WEEKLY", "END:VEVENT"],
        ["BEGIN:VEVENT", "SUMMARY:Mass"],
    ],
)
def test_what_is_no_service_of_today_or_no_rule_is_none(lines: list[str]) -> None:
    assert short(lines) == []


def test_the_evidence_is_the_event_as_it_stands_in_the_calendar() -> None:
    document = calendar(event("Choir", "20240101T010000"), event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY"))
    (piece,) = calendar_services(document)[0].evidence
    assert document.text[piece.start : piece.end] == piece.quote
    assert piece.quote.splitlines() == [
        "DTSTART;TZID=America/Chicago:20240107T090000", "SUMMARY:Mass", "RRULE:FREQ=WEEKLY",
    ]  # fmt: skip
    assert piece.method == "calendar"


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "lines",
    [
        event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY;BYDAY=SU"),
        event("Mass " * 20, "20240107T090000", "DESCRIPTION:" + "mass " * 500, "RRULE:FREQ=MONTHLY;COUNT=1000"),
        event("Mass", "20240107T090000", "RRULE:FREQ=WEEKLY", "EXDATE:" + ",".join(["20240107T090000"] * 200)),
        ["BEGIN:VEVENT" * 50, "SUMMARY:Mass"],
        event("Bake sale", "20240107T090000"),
    ],
)
def test_a_huge_calendar_is_read_in_time(lines: list[str]) -> None:
    document = calendar(*[lines] * (5_000_000 // len("\r\n".join(lines))))
    assert seconds(lambda: calendar_services(document)) < SECONDS


@pytest.mark.parametrize("body", [b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", b"begin:vcalendar\n", b"\r\nBEGIN:VCALENDAR"])
def test_a_calendar_is_told_by_its_first_line(body: bytes) -> None:
    assert is_calendar(Document(Page("https://fictus.example/", body)))
    assert not is_calendar(Document(Page("https://fictus.example/", b"<p>BEGIN:VCALENDAR</p>")))


@pytest.mark.parametrize(
    ("page", "calendars"),
    [
        (
            "<iframe src='https://calendar.google.com/calendar/embed?src=a%40b.example&src=c%40d.example'></iframe>",
            ["https://calendar.google.com/calendar/ical/a%40b.example/public/basic.ics",
             "https://calendar.google.com/calendar/ical/c%40d.example/public/basic.ics"],
        ),
        (
            "<iframe src='//www.google.com/calendar/embed?src=YUBiLmV4YW1wbGU'></iframe>",
            ["https://calendar.google.com/calendar/ical/a%40b.example/public/basic.ics"],
        ),
        (
            "<iframe src='https://calendar.google.com/calendar/embed?src=en.usa%23holiday%40group.v.example'></iframe>",
            [],
        ),
        ("<a href='webcal://fictus.example/all.ics'>Subscribe</a>", ["https://fictus.example/all.ics"]),
        ("<a href='/events/?ical=1'>Export</a>", ["https://fictus.example/events/?ical=1"]),
        ("<a href='/calendar'>Calendar</a><a href='webcal:'>x</a><iframe src='http://[bad'></iframe>", []),
        ("".join(f"<a href='/{number}.ics'>x</a>" for number in range(9)),
         [f"https://fictus.example/{number}.ics" for number in range(3)]),
    ],
)  # fmt: skip
def test_calendars_of_a_page_are_asked_for_as_icalendar(page: str, calendars: list[str]) -> None:
    document = Document(Page("https://fictus.example/", f"<html><body>{page}</body></html>".encode()))
    assert [request.url for request in calendar_requests(document)] == calendars
