"""Services out of a page's schema.org data; opening hours are no Mass times."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from shorthand import shorthand

from vitality_lib.document import Document
from vitality_lib.models import Page
from vitality_lib.schedules.page_services import read_page
from vitality_lib.schedules.structured import structured_services

SUNDAY = {"@type": "Schedule", "byDay": "https://schema.org/Sunday", "startTime": "09:00:00", "repeatFrequency": "P1W"}


def document(*nodes: Any, body: str = "") -> Document:
    scripts = (f"<script type='application/ld+json'>{json.dumps(node)}</script>" for node in nodes)
    page = f"<html><body>{''.join(scripts)}{body}</body></html>"
    return Document(Page("https://fictus.example/", page.encode(), fetched_at=datetime(2026, 3, 10, tzinfo=UTC)))


def short(*nodes: Any) -> list[str]:
    return [shorthand(service) for service in structured_services(document(*nodes))]


def scheduled(name: str, **schedule: Any) -> dict[str, Any]:
    return {"@type": "Event", "name": name, "eventSchedule": {**SUNDAY, **schedule}}


def hours(**more: Any) -> dict[str, Any]:
    said = {"dayOfWeek": ["Monday", "https://schema.org/Tuesday"], "opens": "08:00", "closes": "08:30"}
    return {"@type": "CatholicChurch", "openingHoursSpecification": [{**said, **more}]}


@pytest.mark.parametrize(
    ("node", "service"),
    [
        (scheduled("Sunday Mass"), "mass SU 09:00"),
        (scheduled("Mass", byDay=["SU", "WE"]), "mass SU,WE 09:00"),
        (scheduled("Mass", repeatFrequency="Daily", byDay=None), "mass SU,MO,TU,WE,TH,FR,SA 09:00"),
        (scheduled("Misa en español"), "mass SU 09:00 es"),
        (scheduled("Adoration", byDay="1FR", repeatFrequency="P1M", endTime="21:00"), "adoration 1 FR 09:00-21:00"),
        (scheduled("Adoration", byDay="Friday", byMonthWeek=-1, repeatFrequency="P1M"), "adoration last FR 09:00"),
        (hours(name="Daily Mass"), "mass MO,TU 08:00"),
        (hours(description="Confessions"), "confession MO,TU 08:00-08:30"),
        ({"@graph": [{"@type": "WebSite", "about": scheduled("Mass")}]}, "mass SU 09:00"),
    ],
)
def test_what_is_named_as_a_service_is_one(node: Any, service: str) -> None:
    assert short(node) == [service]


@pytest.mark.parametrize(
    "node",
    [
        hours(),
        hours(name="Parish Office"),
        {"@type": "Church", "openingHours": "Su 08:00-12:00", "name": "Mass"},
        scheduled("Choir Practice"),
        scheduled("Mass", startTime="soon"),
        scheduled("Mass", startTime=None),
        scheduled("Mass", byDay="Someday"),
        scheduled("Mass", repeatFrequency="P1Y"),
        scheduled("Mass", endDate="2019-01-01"),
        {"@type": "Event", "name": "Mass", "eventSchedule": ["weekly", None, 7]},
        {"@type": "Event", "name": {"@value": "Mass"}, "eventSchedule": SUNDAY},
        {"@type": "Event", "name": "Mass", "startDate": "2026-03-15T10:00:00-05:00"},
        {"@type": "Event", "name": "Mass", "startDate": "2026-03-15"},
        [[[[]]]],
        "Mass, Sunday 9:00 am",
    ],
)
def test_anything_else_is_none(node: Any) -> None:
    assert short(node) == []


def test_events_by_date_are_a_service_when_they_come_week_by_week() -> None:
    dated = [
        {"@type": "Event", "name": "Mass", "startDate": f"2026-03-{day:02d}T10:00-05:00"} for day in (1, 8, 15, 22)
    ]
    assert short(*dated) == ["mass SU 10:00"]
    assert short(*dated[:3]) == []


def test_broken_data_hides_no_other() -> None:
    broken = '<script type=\'application/ld+json\'>{"@type": "Event",</script>'
    assert len(structured_services(document(scheduled("Mass"), body=broken))) == 1


def test_other_weeks_are_counted_from_the_first_day() -> None:
    (service,) = structured_services(document(scheduled("Mass", repeatFrequency="P2W", startDate="2026-03-01")))
    assert (service.recurrence.weeks, service.recurrence.anchor) == (2, "2026-03-01")


def test_the_evidence_is_the_data_and_points_into_no_visible_text() -> None:
    (service,) = structured_services(document(scheduled("Mass")))
    (piece,) = service.evidence
    assert (piece.method, piece.start, piece.end) == ("json-ld", 0, 0)
    assert json.loads(piece.quote)["eventSchedule"] == SUNDAY


def test_what_the_text_says_of_a_type_counts_before_the_data() -> None:
    page = document(scheduled("Mass"), scheduled("Confession"), body="<h1>Mass</h1><p>Sunday 8:00 am</p>")
    assert [shorthand(service) for service in read_page(page).services] == ["mass SU 08:00", "confession SU 09:00"]
