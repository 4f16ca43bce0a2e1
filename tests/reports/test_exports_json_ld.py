"""Churches and their services in the words of schema.org."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from invented_parishes import CHAPEL, FIRST, asked, mass, parish, stream

from vitality_lib.models import Day, Recurrence, Service, ServiceType
from vitality_lib.reports.exports import json_ld
from vitality_lib.reports.exports.churches import churches_of

SU, TU, FR = Day.SU, Day.TU, Day.FR


def node(*services: Service, **entry: Any) -> dict[str, Any]:
    return json_ld.church_node(next(churches_of(parish(1, services, 1, **entry))), asked(None))


def schedules(service: Service) -> list[dict[str, Any]]:
    (event,) = node(service)["event"]
    return event["eventSchedule"]


async def test_the_graph_is_one_json_object_with_a_church_a_line(tmp_path: Path) -> None:
    path = tmp_path / "graph.jsonld"
    assert (
        await json_ld.write(stream([parish(1, [mass(SU), mass(TU, church=CHAPEL)]), parish(2, [])]), asked(path)) == 2
    )
    data = json.loads(path.read_text())
    assert data["@context"] == "https://schema.org"
    assert [one["@type"] for one in data["@graph"]] == ["Dataset", *["CatholicChurch"] * 3]
    assert len({one["@id"] for one in data["@graph"][1:]}) == 3
    assert len(path.read_text().splitlines()) == 6


def test_a_church_has_its_address_its_place_and_how_to_reach_it() -> None:
    told = node(mass(SU), latitude=41.9, longitude=-87.6, website="https://brendan.example/", phone="+13125550100; +1")
    assert told["address"] == {
        "@type": "PostalAddress", "streetAddress": "1 Elm St", "postalCode": "60001", "addressLocality": "Elmton",
        "addressRegion": "IL", "addressCountry": "US",
    }  # fmt: skip
    assert told["geo"] == {"@type": "GeoCoordinates", "latitude": 41.9, "longitude": -87.6}
    assert (told["url"], told["telephone"]) == ("https://brendan.example/", "+13125550100")


def test_a_chapel_does_not_get_the_address_of_the_parish() -> None:
    _, chapel = churches_of(parish(1, [mass(SU), mass(SU, church=CHAPEL)], latitude=41.9, longitude=-87.6))
    told = json_ld.church_node(chapel, asked(None))
    assert "geo" not in told
    assert "streetAddress" not in told["address"]


def test_a_service_every_week_is_a_schedule() -> None:
    assert schedules(Service(ServiceType.MASS, Recurrence((SU, TU)), "08:00", "09:15")) == [
        {
            "@type": "Schedule", "scheduleTimezone": "America/Chicago", "startTime": "08:00:00", "endTime": "09:15:00",
            "duration": "PT1H15M", "repeatFrequency": "P1W",
            "byDay": ["https://schema.org/Sunday", "https://schema.org/Tuesday"],
        }
    ]  # fmt: skip


def test_some_weeks_of_the_month_are_numbers_and_the_last_one_is_told_as_in_icalendar() -> None:
    first, last = schedules(mass(FR, ordinals=("1", "last")))
    assert (first["repeatFrequency"], first["byDay"], first["byMonthWeek"]) == (
        "P1M",
        ["https://schema.org/Friday"],
        [1],
    )
    assert (last["repeatFrequency"], last["byDay"]) == ("P1M", ["-1FR"])


def test_every_other_week_is_counted_from_a_day_on_which_it_is_held() -> None:
    sunday, tuesday = schedules(mass(TU, SU, weeks=2, anchor="2026-11-22"))[::-1]
    assert (sunday["repeatFrequency"], sunday["startDate"]) == ("P2W", "2026-12-06")
    assert (tuesday["byDay"], tuesday["startDate"]) == ("https://schema.org/Tuesday", "2026-12-08")


def test_a_season_is_a_schedule_each_time_it_comes() -> None:
    stretches = [(one["startDate"], one["endDate"]) for one in schedules(mass(FR, season="lent"))]
    assert stretches == [("2027-02-10", "2027-03-27"), ("2028-03-01", "2028-04-15")]


def test_no_day_is_told_twice() -> None:
    (event,) = node(mass(FR, ordinals=("5", "last")))["event"]
    assert "eventSchedule" not in event
    assert len(event["subEvent"]) == 25  # one a month, from the last Friday of a November on
    june, july = schedules(mass(FR, season="june..july+july..august"))[:2]
    assert (june["endDate"], july["startDate"]) == ("2027-07-31", "2027-08-01")


def test_holy_days_are_events_with_a_date_beside_the_schedule_of_the_weekdays() -> None:
    (event,) = node(mass(TU, Day.HOLYDAY, start="12:00"))["event"]
    assert [one["byDay"] for one in event["eventSchedule"]] == [["https://schema.org/Tuesday"]]
    christmas = {"@type": "Event", "name": "Mass", "startDate": "2026-12-25T12:00:00-06:00"}
    assert christmas in event["subEvent"]
    assert "exceptDate" not in event["eventSchedule"][0]


def test_what_is_left_out_is_told_as_far_as_one_looks_ahead_and_a_date_for_all_time() -> None:
    (less_holy_days,) = schedules(mass(FR, exceptions=("HOLYDAY",)))
    assert "2026-12-25" in less_holy_days["exceptDate"]
    assert (less_holy_days["startDate"], less_holy_days["endDate"]) == (FIRST.isoformat(), asked(None).last.isoformat())
    (less_a_date,) = schedules(mass(FR, exceptions=("2031-12-26",)))
    assert less_a_date["exceptDate"] == ["2031-12-26"]
    assert "endDate" not in less_a_date


def test_a_service_without_any_date_is_an_event_in_words_alone() -> None:
    (event,) = node(Service(ServiceType.CONFESSION, Recurrence(), note="by appointment"))["event"]
    assert event["description"] == "Confession, by appointment"
    assert not {"eventSchedule", "subEvent", "startDate"} & set(event)


def test_what_the_page_leaves_open_is_said_to_be_not_certain() -> None:
    (event,) = node(mass(FR, weeks=2))["event"]
    assert event["disambiguatingDescription"].startswith("Not certain")
    (event,) = node(mass(FR))["event"]
    assert "disambiguatingDescription" not in event


def test_languages_are_codes_and_a_stream_is_attendance_from_afar() -> None:
    (event,) = node(Service(ServiceType.MASS, Recurrence((SU,)), "08:00", language="en/es", streamed=True))["event"]
    assert event["inLanguage"] == ["en", "es"]
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
