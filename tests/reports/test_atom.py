"""The change feed is an Atom document by the rules of RFC 4287."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree

import pytest

from vitality_lib.calendar.english import say
from vitality_lib.models import Day, Evidence, Recurrence, Service, ServiceType
from vitality_lib.reports.atom import Feed, atom
from vitality_lib.reports.schedule_changes import ScheduleChange, changes
from vitality_lib.store.service_history import Version

ATOM = "{http://www.w3.org/2005/Atom}"
SINCE = datetime(2026, 3, 1, tzinfo=UTC)
THEN = datetime(2026, 3, 9, 8, 30, 15, 250, tzinfo=timezone(timedelta(hours=-5)))
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SUNDAY = Service(
    ServiceType.MASS,
    Recurrence((Day.SU,)),
    "08:00",
    evidence=(Evidence("00ff", "https://brigid.example/mass?a=1&b=2", "Sunday 8:00 am", 0, 14, "list", 0.9),),
)


def version(number: int, service: Service, came: datetime, went: datetime | None) -> Version:
    return Version(number, "Larkspur & <Tamarack>", 7, "St.\x0b Brigid", service, say(service), came, went, False)


def some() -> tuple[ScheduleChange, ...]:
    versions = [
        version(1, SUNDAY, SINCE, THEN),
        version(2, replace(SUNDAY, start="08:30"), THEN, None),
        version(3, replace(SUNDAY, start="18:00", evidence=()), THEN + timedelta(days=1), None),
        version(4, replace(SUNDAY, start="19:00", language="es"), SINCE, THEN + timedelta(days=2)),
    ]
    return changes(versions, SINCE)


def read(found: tuple[ScheduleChange, ...], scope: str = "parish/7") -> ElementTree.Element:
    return ElementTree.fromstring(atom(Feed(scope, "Changes of St. Brigid", SINCE, found)))


def text(element: ElementTree.Element, name: str) -> str:
    (one,) = element.findall(ATOM + name)
    return one.text or ""


@pytest.mark.parametrize("found", [(), some()], ids=["nothing changed", "three changes"])
def test_a_feed_has_exactly_one_id_title_and_time_and_an_author(found: tuple[ScheduleChange, ...]) -> None:
    feed = read(found)
    assert feed.tag == f"{ATOM}feed"
    assert text(feed, "id").startswith("urn:uuid:")
    assert text(feed, "title") == "Changes of St. Brigid"
    assert DATE.fullmatch(text(feed, "updated"))
    assert text(feed.findall(f"{ATOM}author")[0], "name")
    assert len(feed.findall(f"{ATOM}entry")) == len(found)


def test_an_entry_has_exactly_one_id_title_and_time_and_content_or_a_link() -> None:
    entries = read(some()).findall(f"{ATOM}entry")
    assert len({text(entry, "id") for entry in entries}) == 3
    for entry in entries:
        assert text(entry, "id").startswith("urn:uuid:")
        assert text(entry, "title")
        assert DATE.fullmatch(text(entry, "updated"))
        assert text(entry, "content")
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) <= 1


def test_the_newest_stands_first_and_dates_the_feed_in_utc() -> None:
    feed = read(some())
    times = [text(entry, "updated") for entry in feed.findall(f"{ATOM}entry")]
    assert times == ["2026-03-11T13:30:15Z", "2026-03-10T13:30:15Z", "2026-03-09T13:30:15Z"]
    assert text(feed, "updated") == times[0]
    assert text(read(()), "updated") == "2026-03-01T00:00:00Z"


def test_entries_lead_to_the_page_that_says_so_where_there_is_one() -> None:
    ended, began, changed = read(some()).findall(f"{ATOM}entry")
    assert [link.get("href") for link in changed.findall(f"{ATOM}link")] == ["https://brigid.example/mass?a=1&b=2"]
    assert began.findall(f"{ATOM}link") == []
    assert [one.find(f"{ATOM}category").get("term") for one in (ended, began, changed)] == [  # type: ignore[union-attr]
        "ended",
        "began",
        "changed",
    ]


def test_what_xml_has_no_place_for_is_left_out() -> None:
    (entry, *_) = read(some()).findall(f"{ATOM}entry")
    assert text(entry, "title").startswith("St. Brigid: ")
    assert "Larkspur & <Tamarack>" in text(entry, "content")


def test_ids_stay_the_same_and_differ_by_scope() -> None:
    assert atom(Feed("all", "a", SINCE, some())) == atom(Feed("all", "a", SINCE, some()))
    assert text(read(some(), "all"), "id") != text(read(some(), "parish/7"), "id")
    of_all, of_one = (read(some(), scope).findall(f"{ATOM}entry") for scope in ("all", "parish/7"))
    assert [text(one, "id") for one in of_all] == [text(one, "id") for one in of_one]
