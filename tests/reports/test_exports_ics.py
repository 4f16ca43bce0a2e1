"""Calendars to subscribe to: one for each church, one for each diocese."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from icalendar import Calendar
from invented_parishes import CHAPEL, MOMENT, asked, mass, parish, stream

from vitality_lib.models import Day
from vitality_lib.reports.exports import ics

SUNDAY = mass(Day.SU)
IN_CHAPEL = mass(Day.SA, start="17:00", church=CHAPEL)


async def test_each_church_and_each_diocese_has_a_calendar(tmp_path: Path) -> None:
    parishes = [parish(1, [SUNDAY, IN_CHAPEL], 0), parish(2, [SUNDAY], 1), parish(3, [SUNDAY], 2)]
    assert await ics.write(stream(parishes), asked(tmp_path)) == 3
    assert files(tmp_path) == [
        "diocese-of-larkspur/1-chapel-of-the-elms.ics",
        "diocese-of-larkspur/1-st-anne.ics",
        "diocese-of-larkspur/2-st-brendan.ics",
        "diocese-of-larkspur/all.ics",
        "diocese-of-tamarack/3-st-clare.ics",
        "diocese-of-tamarack/all.ics",
    ]


async def test_the_calendar_of_a_diocese_holds_the_events_of_its_churches_and_their_zones(tmp_path: Path) -> None:
    await ics.write(stream([parish(1, [SUNDAY, IN_CHAPEL], 0), parish(2, [SUNDAY], 1)]), asked(tmp_path))
    folder = tmp_path / "diocese-of-larkspur"
    whole = read(folder / "all.ics")
    parts = [read(folder / name) for name in ("1-st-anne.ics", "1-chapel-of-the-elms.ics", "2-st-brendan.ics")]
    assert sorted(events(whole)) == sorted(event for part in parts for event in events(part))
    assert [str(zone["tzid"]) for zone in whole.walk("VTIMEZONE")] == ["America/Chicago", "America/New_York"]
    assert [str(zone["tzid"]) for zone in parts[2].walk("VTIMEZONE")] == ["America/Chicago"]


async def test_a_calendar_says_what_it_is_of_and_how_often_to_ask_again(tmp_path: Path) -> None:
    await ics.write(stream([parish(1, [SUNDAY, IN_CHAPEL], 0)]), asked(tmp_path))
    folder = tmp_path / "diocese-of-larkspur"
    assert str(read(folder / "all.ics")["x-wr-calname"]) == "Diocese of Larkspur"
    chapel = read(folder / "1-chapel-of-the-elms.ics")
    assert str(chapel["x-wr-calname"]) == "Chapel of the Elms (St. Anne)"
    assert chapel["refresh-interval"].dt == timedelta(days=1)
    (own,) = read(folder / "1-st-anne.ics").walk("VEVENT")
    assert str(own["location"]) == "St. Anne, 1 Elm St, Elmton, NY 14001"
    (other,) = chapel.walk("VEVENT")
    assert str(other["location"]) == "Chapel of the Elms, Elmton, NY"  # the parish's address is not the chapel's


async def test_an_event_keeps_its_uid_from_one_export_to_the_next(tmp_path: Path) -> None:
    before = parish(1, [SUNDAY, IN_CHAPEL], 0)
    after = replace(before, services=tuple(replace(one, id=one.id + 50) for one in reversed(before.services)))
    for name, one in (("before", before), ("after", after)):
        await ics.write(stream([one]), asked(tmp_path / name))
    uids = [uids_in(tmp_path / name / "diocese-of-larkspur/all.ics") for name in ("before", "after")]
    assert uids[0] == uids[1]
    assert len(uids[0]) == 2


async def test_equal_services_of_two_parishes_are_two_events(tmp_path: Path) -> None:
    await ics.write(stream([parish(1, [SUNDAY], 1), parish(2, [SUNDAY], 1)]), asked(tmp_path))
    assert len(uids_in(tmp_path / "diocese-of-larkspur/all.ics")) == 2


async def test_churches_that_are_called_alike_have_files_of_their_own(tmp_path: Path) -> None:
    services = [mass(Day.SU, church="St. Ivo"), mass(Day.SU, start="09:00", church="St Ivo")]
    await ics.write(stream([parish(1, services, 0)]), asked(tmp_path))
    assert files(tmp_path)[:2] == ["diocese-of-larkspur/1-st-ivo-2.ics", "diocese-of-larkspur/1-st-ivo.ics"]


async def test_calendars_of_churches_that_are_gone_are_removed_and_nothing_else(tmp_path: Path) -> None:
    await ics.write(stream([parish(1, [SUNDAY, IN_CHAPEL], 0), parish(3, [SUNDAY], 2)]), asked(tmp_path))
    kept = tmp_path / "diocese-of-larkspur" / "7-of-somebody-else.ics"
    kept.write_text("BEGIN:VCALENDAR\r\nPRODID:-//Somebody//Else\r\nEND:VCALENDAR\r\n")
    (tmp_path / "diocese-of-larkspur" / "notes.txt").write_text("mine")
    await ics.write(stream([parish(1, [SUNDAY], 0)]), asked(tmp_path))
    assert files(tmp_path) == [
        "diocese-of-larkspur/1-st-anne.ics",
        "diocese-of-larkspur/7-of-somebody-else.ics",
        "diocese-of-larkspur/all.ics",
        "diocese-of-larkspur/notes.txt",
    ]


async def test_a_parish_in_no_known_zone_has_no_calendar_and_its_diocese_s_seat_may_tell_the_zone(
    tmp_path: Path,
) -> None:
    nowhere = parish(1, [SUNDAY], 0, state=None, zip=None)
    seated = replace(parish(2, [SUNDAY], 0, state=None, zip=None), seat_state="NM")
    await ics.write(stream([nowhere, seated]), asked(tmp_path))
    assert files(tmp_path) == ["diocese-of-larkspur/2-st-anne.ics", "diocese-of-larkspur/all.ics"]
    assert [str(zone["tzid"]) for zone in read(tmp_path / files(tmp_path)[0]).walk("VTIMEZONE")] == ["America/Denver"]


async def test_a_confession_in_the_chapel_knows_the_mass_of_the_church_that_it_is_tied_to(tmp_path: Path) -> None:
    tied = parish(1, [SUNDAY, replace(IN_CHAPEL, start=None, note="after 08:00 Mass", vigil=True)], 0)
    await ics.write(stream([tied]), asked(tmp_path))
    (event,) = read(tmp_path / "diocese-of-larkspur/1-chapel-of-the-elms.ics").walk("VEVENT")
    assert event["dtstart"].dt.weekday() == 5
    assert str(event["status"]) == "TENTATIVE"


async def test_events_are_stamped_with_the_time_of_the_data(tmp_path: Path) -> None:
    await ics.write(stream([parish(1, [SUNDAY], 0)]), asked(tmp_path))
    (event,) = read(tmp_path / "diocese-of-larkspur/1-st-anne.ics").walk("VEVENT")
    assert event["dtstamp"].dt == MOMENT


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def read(path: Path) -> Calendar:
    return Calendar.from_ical(path.read_bytes())


def events(calendar: Calendar) -> list[bytes]:
    return [event.to_ical() for event in calendar.walk("VEVENT")]


def uids_in(path: Path) -> set[str]:
    return {str(event["uid"]) for event in read(path).walk("VEVENT")}
