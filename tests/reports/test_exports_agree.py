"""Whoever reads an export, in whatever format, reads the same occurrences: those of the model."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import extruct
import opening_hours_reader
import pyarrow.parquet as pq
import pytest
import recurring_ical_events
import schedule_reader
from icalendar import Calendar
from invented_parishes import FIRST, LAST, asked, invented_country, stream
from opening_hours import OpeningHours, State

from vitality_lib.calendar.occurrences import occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.models import Day, Service
from vitality_lib.reports.exports import csv_tables, dated, ics, json_file, json_ld, osm, parquet
from vitality_lib.store.service_records import service_of

COUNTRY = invented_country()
Happening = tuple[datetime, datetime | None]
Told = dict[int, list[Happening]]  # by the id of the service


def zone_of(parish: int) -> str:
    zones = ("New_York", "Chicago", "Denver", "Phoenix", "Los_Angeles", "Honolulu", "Anchorage")
    return f"{'Pacific' if zones[parish - 1] == 'Honolulu' else 'America'}/{zones[parish - 1]}"


def of_rules(services: dict[int, Service], place: Place) -> Told:
    """What the rules of one parish mean."""
    others = list(services.values())
    return {
        number: [(one.start, one.end) for one in occurrences(service, FIRST, LAST, place, others)]
        for number, service in services.items()
    }


@pytest.fixture(scope="module")
def model() -> Told:
    told: Told = {}
    for parish in COUNTRY:
        told |= of_rules({one.id: one.service for one in parish.services}, Place(zone_of(parish.id), parish.diocese))
    return told


def test_the_country_holds_every_kind_of_service_in_seven_zones(model: Told) -> None:
    services = [one.service for one in COUNTRY[0].services]
    rules = [one.recurrence for one in services]
    assert len(services) > 60
    assert len({one.value for one in services}) == len({one.words for one in COUNTRY[0].services}) == len(services)
    for kind in ("ordinals", "season", "anchor", "month_days", "exceptions", "begins", "ends"):
        assert sum(bool(getattr(rule, kind)) for rule in rules) > 1, kind
    assert {1, 2, 3} == {rule.weeks for rule in rules}
    assert sum(bool(happenings) for happenings in model.values()) > 400


async def test_the_table_of_occurrences(model: Told, tmp_path: Path) -> None:
    await dated.write(stream(COUNTRY), asked(tmp_path / "occurrences.csv"))
    told: Told = defaultdict(list)
    for row in rows(tmp_path / "occurrences.csv"):
        assert row["zone"] == zone_of(int(row["parish_id"]))
        told[int(row["service_id"])].append(instants(row["start"], row["end"]))
    assert same(told, model)


async def test_json_whose_rules_are_read_again(model: Told, tmp_path: Path) -> None:
    await json_file.write(stream(COUNTRY), asked(tmp_path / "parishes.json"))
    told: Told = {}
    for parish in json.loads((tmp_path / "parishes.json").read_text())["parishes"]:
        services = {record["id"]: service_of(record) for record in parish["services"]}
        told |= of_rules(services, Place(parish["zone"], parish["diocese"]))
    assert same(told, model)


async def test_csv_whose_rules_are_read_again(model: Told, tmp_path: Path) -> None:
    await csv_tables.write(stream(COUNTRY), asked(tmp_path))
    parishes: dict[tuple[str, str, str], dict[int, Service]] = defaultdict(dict)
    for row in rows(tmp_path / "services.csv"):
        parishes[row["parish_id"], row["zone"], row["diocese"]][int(row["id"])] = service_of(record_of(row))
    told: Told = {}
    for (_, zone, diocese), services in parishes.items():
        told |= of_rules(services, Place(zone, diocese))
    assert same(told, model)


async def test_geojson_whose_rules_are_read_again(model: Told, tmp_path: Path) -> None:
    await json_file.write_geojson(stream(COUNTRY), asked(tmp_path / "parishes.geojson"))
    told: Told = {}
    for feature in json.loads((tmp_path / "parishes.geojson").read_text())["features"]:
        parish = feature["properties"]
        services = {record["id"]: service_of(record) for record in parish["services"]}
        told |= of_rules(services, Place(parish["zone"], parish["diocese"]))
    assert same(told, model)


async def test_parquet_whose_rules_are_read_again(model: Told, tmp_path: Path) -> None:
    await parquet.write(stream(COUNTRY), asked(tmp_path))
    parishes: dict[tuple[int, str, str], dict[int, Service]] = defaultdict(dict)
    for row in pq.read_table(tmp_path / "services.parquet").to_pylist():
        dates = {name: row[name].isoformat() if row[name] else None for name in ("anchor", "begins", "ends")}
        record = {**row, **dates, "evidence": []}
        parishes[row["parish_id"], row["zone"], row["diocese"]][row["id"]] = service_of(record)
    told: Told = {}
    for (_, zone, diocese), services in parishes.items():
        told |= of_rules(services, Place(zone, diocese))
    assert same(told, model)


async def test_calendars_as_a_calendar_program_reads_them(model: Told, tmp_path: Path) -> None:
    await ics.write(stream(COUNTRY), asked(tmp_path))
    told: Told = defaultdict(list)
    for parish in COUNTRY:
        by_words = {one.words: one.id for one in parish.services}
        for event in events(tmp_path, parish.id):
            told[by_words[str(event["description"])]].append(of_event(event))
    assert same(told, model)


async def test_schema_org_whose_schedules_are_expanded(model: Told, tmp_path: Path) -> None:
    await json_ld.write(stream(COUNTRY), asked(tmp_path / "graph.jsonld"))
    page = f'<script type="application/ld+json">{(tmp_path / "graph.jsonld").read_text()}</script>'
    graph = extruct.extract(page, syntaxes=["json-ld"])["json-ld"][0]["@graph"]
    names = {(one.words, parish.entry.name): one.id for parish in COUNTRY for one in parish.services}
    told: Told = defaultdict(list)
    churches = [node for node in graph if node["@type"] == "CatholicChurch"]
    assert len(churches) == 2 * len(COUNTRY)
    for place, church in enumerate(churches):
        for event in church["event"]:
            number = names[event["description"], COUNTRY[place // 2].entry.name]
            for schedule in event.get("eventSchedule", []):
                told[number] += schedule_reader.happenings(schedule, FIRST, LAST)
            told[number] += [instants(one["startDate"], one.get("endDate")) for one in event.get("subEvent", [])]
    assert same(told, model)


async def test_suggestions_for_openstreetmap_say_nothing_wrong(model: Told, tmp_path: Path) -> None:
    few = [replace(parish, services=some) for parish in COUNTRY for some in batched(parish.services, 7)]
    await osm.write(stream(few), asked(tmp_path / "osm.jsonl"))
    records = [json.loads(line) for line in (tmp_path / "osm.jsonl").read_text().splitlines()]
    services = {one.id: one.service for parish in COUNTRY for one in parish.services}
    for record in records:
        zone, value = zone_of(record["parish_id"]), record["tags"].get("service_times", "")
        place = Place(zone, record["diocese"])
        said = [on_weekdays(services[number], place, model[number]) for number in record["services"]]
        read = opening_hours_reader.happenings(value, FIRST, LAST, zone) if value else set()
        assert read == {happening for happenings in said for happening in happenings}, value
        if value:
            assert_a_stranger_agrees(
                value, {start.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for start, _ in read}
            )
    unsaid = {one["service"] for record in records for one in record["unsaid"]}
    assert unsaid | {number for record in records for number in record["services"]} == set(services)
    said = sum(len(record["services"]) for record in records)
    print(f"the tags say {said} of {len(services)} services ({said / len(services):.0%}); the others are told with why")  # noqa: T201 - the share that is sayable
    assert said > 25 * len(COUNTRY)


def assert_a_stranger_agrees(value: str, starts: set[datetime]) -> None:
    """Another reader of the same specification opens where ours begins, and nowhere else.

    It knows no points in time, so each is a minute to it; and no zones: the hours in which clocks change are left out.
    """
    stretches = re.sub(
        r"(\d\d:\d\d)(?!-?\d)(?<!-\d\d:\d\d)",
        lambda point: f"{point[1]}-{datetime.strptime(point[1], '%H:%M') + timedelta(minutes=1):%H:%M}",
        value,
    )
    hours = OpeningHours(stretches)
    assert [start for start in starts if start.hour not in (2, 3) and not hours.is_open(start)] == [], value
    span = (datetime.combine(FIRST, time.min), datetime.combine(LAST, time.max))
    opened = {start for start, _, state, _ in hours.intervals(*span) if state == State.OPEN}
    assert {start for start in opened - starts if start.time() != time.min and start.hour not in (2, 3)} == set(), value


# --- what is read, and how it is compared ---------------------------------------------------------------------------


def same(told: Told, model: Told) -> bool:
    """Whether each service takes place at the same times, in the same zones, once each; it says which does not."""
    for number, happenings in model.items():
        assert sorted(map(shown, told.get(number, []))) == sorted(map(shown, happenings)), words(number)
    return set(told) <= set(model)


def shown(happening: Happening) -> tuple[str, str]:
    start, end = happening
    return start.isoformat(), end.isoformat() if end else ""


def words(number: int) -> str:
    return next(f"{parish.id}: {one.words}" for parish in COUNTRY for one in parish.services if one.id == number)


def batched(some: Sequence[Any], size: int) -> Iterator[tuple[Any, ...]]:
    return (tuple(some[place : place + size]) for place in range(0, len(some), size))


def instants(start: str, end: str | None) -> Happening:
    return datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def record_of(row: dict[str, str]) -> dict[str, Any]:
    """A row of services.csv in the fields of JSON."""
    record: dict[str, Any] = {name: value or None for name, value in row.items()}
    lists = {name: row[name].split() for name in ("days", "exceptions")}
    numbers = {name: int(row[name]) for name in ("weeks", "nights")}
    flags = {name: row[name] == "true" for name in ("vigil", "streamed")}
    days = [int(day) for day in row["month_days"].split()]
    return {**record, **lists, **numbers, **flags, "month_days": days, "evidence": []}


def events(folder: Path, parish: int) -> Iterator[Any]:
    """The events of the days asked for in the calendars of a parish's churches."""
    for path in folder.glob(f"*/{parish}-*.ics"):
        calendar = Calendar.from_ical(path.read_bytes())
        yield from recurring_ical_events.of(calendar).between(FIRST, LAST + timedelta(days=1))


def of_event(event: Any) -> Happening:
    """An event without an end ends when it starts. A clock time that a day has not is told as the clock shows it."""
    start, end = (event[name].dt.astimezone(UTC).astimezone(event[name].dt.tzinfo) for name in ("dtstart", "dtend"))
    return start, end if end != start else None


def on_weekdays(service: Service, place: Place, happenings: list[Happening]) -> list[Happening]:
    """Those on the weekdays that the rule names, where it names holy days, too."""
    days = tuple(day for day in service.recurrence.days if day not in (Day.HOLYDAY, Day.HOLYDAY_EVE))
    if days == service.recurrence.days:
        return happenings
    own = replace(service, recurrence=replace(service.recurrence, days=days))
    return [(one.start, one.end) for one in occurrences(own, FIRST, LAST, place)]
