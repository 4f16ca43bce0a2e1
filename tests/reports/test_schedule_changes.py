"""What the change feed says of two publications, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from vitality_lib.calendar.english import say
from vitality_lib.models import Day, Evidence, Recurrence, Service, ServiceType
from vitality_lib.reports.schedule_changes import Kind, changes
from vitality_lib.store.service_history import Version

BEFORE = datetime(2026, 3, 1, tzinfo=UTC)
THEN = datetime(2026, 3, 9, tzinfo=UTC)
PROOF = Evidence("00ff", "https://brigid.example/mass", "Sunday 8:00 am", 0, 14, "list", 0.9)
SUNDAY = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00", evidence=(PROOF,))
CONFESSION = Service(ServiceType.CONFESSION, Recurrence((Day.SA,)), "15:30", "16:30")


def version(number: int, service: Service, came: datetime, went: datetime | None, parish: int = 1) -> Version:
    return Version(number, "Larkspur", parish, "St. Brigid", service, say(service), came, went, came == BEFORE)


def published(before: Sequence[Service], after: Sequence[Service]) -> list[Version]:
    """The versions that publishing `before` and then `after` leaves."""
    gone = [version(n, one, BEFORE, THEN) for n, one in enumerate(before, 1)]
    return gone + [version(n, one, THEN, None) for n, one in enumerate(after, 100)]


def told(before: Sequence[Service], after: Sequence[Service]) -> list[str]:
    return [change.words for change in changes(published(before, after), BEFORE)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (SUNDAY, replace(SUNDAY, start="08:30"), "Sunday Mass 8:00 AM is now at 8:30 AM"),
        (SUNDAY, replace(SUNDAY, language="es"), "Sunday Mass 8:00 AM is now in Spanish"),
        (
            SUNDAY,
            replace(SUNDAY, church="Mission of St. Fiacre"),
            "Sunday Mass 8:00 AM is now at Mission of St. Fiacre",
        ),
        (CONFESSION, replace(CONFESSION, end="17:00"), "Saturday Confession 3:30 PM now ends at 5:00 PM"),
        (CONFESSION, replace(CONFESSION, end=None), "Saturday Confession 3:30 PM no longer says when it ends"),
        (
            CONFESSION,
            replace(CONFESSION, start="16:00", end="17:00"),
            "Saturday Confession 3:30 PM is now at 4:00 PM",
        ),
        (
            SUNDAY,
            replace(SUNDAY, recurrence=Recurrence((Day.MO,))),
            "Mass, Sundays at 8:00 AM is now: Mass, Mondays at 8:00 AM",
        ),
        (
            replace(SUNDAY, recurrence=Recurrence((Day.FR,), ("1",))),
            replace(SUNDAY, recurrence=Recurrence((Day.FR,), ("1",)), start="09:00"),
            "First Friday Mass 8:00 AM is now at 9:00 AM",
        ),
    ],
)
def test_an_end_and_a_beginning_that_differ_in_one_thing_are_one_change(
    before: Service, after: Service, words: str
) -> None:
    (change,) = changes(published([before], [after]), BEFORE)
    assert (change.kind, change.words, change.at) == (Kind.CHANGED, words, THEN)
    assert change.before
    assert change.after
    assert (change.before.service, change.after.service) == (before, after)


def test_what_differs_in_more_ended_and_began() -> None:
    other = replace(SUNDAY, start="10:00", language="es")
    assert told([SUNDAY], [other]) == [f"No longer: {say(SUNDAY)}", f"New: {say(other)}"]
    assert told([SUNDAY], [CONFESSION]) == [f"No longer: {say(SUNDAY)}", f"New: {say(CONFESSION)}"]


def test_each_end_goes_with_the_beginning_that_is_nearest() -> None:
    ten = replace(SUNDAY, start="10:00")
    half_past = [replace(SUNDAY, start="10:30"), replace(SUNDAY, start="08:30")]
    assert sorted(told([SUNDAY, ten], half_past)) == [
        "Sunday Mass 10:00 AM is now at 10:30 AM",
        "Sunday Mass 8:00 AM is now at 8:30 AM",
    ]


def test_one_of_two_may_change_and_the_other_end() -> None:
    ten = replace(SUNDAY, start="10:00")
    assert told([SUNDAY, ten], [replace(SUNDAY, start="10:15")]) == [
        "Sunday Mass 10:00 AM is now at 10:15 AM",
        f"No longer: {say(SUNDAY)}",
    ]


def test_ends_and_beginnings_of_two_moments_or_two_parishes_are_not_one_change() -> None:
    later = version(2, replace(SUNDAY, start="08:30"), THEN + timedelta(days=1), None)
    elsewhere = version(3, replace(SUNDAY, start="08:30"), THEN, None, parish=2)
    for begun in (later, elsewhere):
        found = changes([version(1, SUNDAY, BEFORE, THEN), begun], BEFORE)
        assert {one.kind for one in found} == {Kind.ENDED, Kind.BEGAN}


def test_the_first_reading_of_a_parish_is_no_change() -> None:
    first = version(1, SUNDAY, BEFORE, None)
    assert changes([first], BEFORE - timedelta(days=1)) == ()


def test_the_newest_stands_first_and_what_is_older_is_left_out() -> None:
    nine = version(2, replace(SUNDAY, start="09:00"), THEN, THEN + timedelta(days=7))
    ten = version(3, replace(SUNDAY, start="10:00"), THEN + timedelta(days=7), None)
    all_of_them = [version(1, SUNDAY, BEFORE, THEN), nine, ten]
    assert [one.words.split(" at ")[-1] for one in changes(all_of_them, BEFORE)] == ["10:00 AM", "9:00 AM"]
    assert [one.words.split(" at ")[-1] for one in changes(all_of_them, THEN)] == ["10:00 AM"]


def test_a_record_names_parish_church_evidence_and_both_sides() -> None:
    there = replace(SUNDAY, church="Mission of St. Fiacre")
    (change,) = changes(published([there], [replace(there, start="08:30")]), BEFORE)
    record = change.record()
    assert {key: record[key] for key in ("at", "diocese", "parish_id", "parish", "church", "kind", "url")} == {
        "at": "2026-03-09T00:00:00+00:00",
        "diocese": "Larkspur",
        "parish_id": 1,
        "parish": "St. Brigid",
        "church": "Mission of St. Fiacre",
        "kind": "changed",
        "url": PROOF.url,
    }
    assert (record["before"]["start"], record["after"]["start"]) == ("08:00", "08:30")
    assert record["after"]["words"] == say(replace(there, start="08:30"))


def test_the_same_change_has_the_same_key_whenever_it_is_asked_for() -> None:
    versions = published([SUNDAY], [replace(SUNDAY, start="08:30"), CONFESSION])
    keys = [one.key for one in changes(versions, BEFORE)]
    assert keys == [one.key for one in changes(versions, BEFORE + timedelta(days=1))]
    assert len(set(keys)) == 2
