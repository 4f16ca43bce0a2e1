"""The parishes of the sample web, as a crawl of it publishes them, take place at the same times in every format."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import timedelta
from itertools import count
from pathlib import Path

import extruct
import pyarrow.parquet as pq
import recurring_ical_events
import schedule_reader
from icalendar import Calendar
from invented_parishes import FIRST, MOMENT, stream
from test_exports_agree import Told, instants, of_event, record_of, rows, shown

from vitality_lib.calendar.english import say
from vitality_lib.calendar.occurrences import occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.models import Service
from vitality_lib.reports.exports import csv_tables, dated, ics, json_file, json_ld, parquet
from vitality_lib.reports.exports.asked import Asked
from vitality_lib.sample import truth
from vitality_lib.store.published import PublishedParish, PublishedService
from vitality_lib.store.service_records import service_of


def sample() -> list[PublishedParish]:
    """What `tests/sample` proves to be published after a run; as there, each service once."""
    numbers, found = count(1), []
    for diocese in truth.load().dioceses:
        for parish in diocese.parishes:
            unique = {service.value: service for service in parish.services}.values()
            told = tuple(PublishedService(next(numbers), one, say(one), MOMENT) for one in unique)
            seat = diocese.diocese.state
            found.append(PublishedParish(len(found) + 1, diocese.name, parish.entry, MOMENT, MOMENT, told, seat))
    return found


SAMPLE = sample()
DAYS = 100  # Advent, Christmas and the first weeks of Lent among them
LAST = FIRST + timedelta(days=DAYS - 1)


def asked(output: Path) -> Asked:
    return Asked(MOMENT, FIRST, DAYS, output)


def plain(told: Told) -> dict[int, list[tuple[str, str]]]:
    return {number: sorted(map(shown, happenings)) for number, happenings in told.items() if happenings}


def of_tables(records: list[tuple[tuple[str, str], int, Service]]) -> Told:
    """What the rules mean, parish by parish; each record has the zone and the diocese of its parish."""
    parishes: defaultdict[tuple[str, str, int], dict[int, Service]] = defaultdict(dict)
    whose = {one.id: parish.id for parish in SAMPLE for one in parish.services}
    for (zone, diocese), number, service in records:
        parishes[zone, diocese, whose[number]][number] = service
    told: Told = {}
    for (zone, diocese, _), services in parishes.items():
        others, place = list(services.values()), Place(zone, diocese)
        for number, service in services.items():
            told[number] = [(one.start, one.end) for one in occurrences(service, FIRST, LAST, place, others)]
    return told


async def test_all_sample_parishes_have_the_same_occurrences_in_every_format(tmp_path: Path) -> None:
    await dated.write(stream(SAMPLE), asked(tmp_path / "soon.csv"))
    table: Told = defaultdict(list)
    for row in rows(tmp_path / "soon.csv"):
        table[int(row["service_id"])].append(instants(row["start"], row["end"]))
    expected = plain(table)
    assert len(expected) > 100

    await json_file.write(stream(SAMPLE), asked(tmp_path / "x.json"))
    parishes = json.loads((tmp_path / "x.json").read_text())["parishes"]
    in_json = [((p["zone"], p["diocese"]), s["id"], service_of(s)) for p in parishes for s in p["services"]]
    assert plain(of_tables(in_json)) == expected

    await json_file.write_geojson(stream(SAMPLE), asked(tmp_path / "x.geojson"))
    features = [one["properties"] for one in json.loads((tmp_path / "x.geojson").read_text())["features"]]
    assert [one["services"] for one in features] == [one["services"] for one in parishes]

    await csv_tables.write(stream(SAMPLE), asked(tmp_path))
    in_csv = [
        ((row["zone"], row["diocese"]), int(row["id"]), service_of(record_of(row)))
        for row in rows(tmp_path / "services.csv")
    ]
    assert plain(of_tables(in_csv)) == expected

    await parquet.write(stream(SAMPLE), asked(tmp_path))
    in_parquet = []
    for row in pq.read_table(tmp_path / "services.parquet").to_pylist():
        dates = {name: row[name].isoformat() if row[name] else None for name in ("anchor", "begins", "ends")}
        in_parquet.append(((row["zone"], row["diocese"]), row["id"], service_of({**row, **dates, "evidence": []})))
    assert plain(of_tables(in_parquet)) == expected


async def test_calendars_of_all_sample_parishes(tmp_path: Path) -> None:
    model: Told = {}
    await dated.write(stream(SAMPLE), asked(tmp_path / "soon.csv"))
    for row in rows(tmp_path / "soon.csv"):
        model.setdefault(int(row["service_id"]), []).append(instants(row["start"], row["end"]))
    await ics.write(stream(SAMPLE), asked(tmp_path / "ics"))
    told: Told = defaultdict(list)
    for parish in SAMPLE:
        by_words = {one.words: one.id for one in parish.services}
        assert len(by_words) == len(parish.services)
        for path in (tmp_path / "ics").glob(f"*/{parish.id}-*.ics"):
            calendar = recurring_ical_events.of(Calendar.from_ical(path.read_bytes()))
            for event in calendar.between(FIRST, LAST + timedelta(days=1)):
                told[by_words[str(event["description"])]].append(of_event(event))
    assert plain(told) == plain(model)
    whole = sorted((tmp_path / "ics").glob("*/all.ics"))
    assert sum(len(Calendar.from_ical(path.read_bytes()).walk("VEVENT")) for path in whole) > 100


async def test_linked_data_of_all_sample_parishes(tmp_path: Path) -> None:
    model: Told = {}
    await dated.write(stream(SAMPLE), asked(tmp_path / "soon.csv"))
    for row in rows(tmp_path / "soon.csv"):
        model.setdefault(int(row["service_id"]), []).append(instants(row["start"], row["end"]))
    await json_ld.write(stream(SAMPLE), asked(tmp_path / "x"))
    page = f'<script type="application/ld+json">{(tmp_path / "x").read_text()}</script>'
    told: Told = defaultdict(list)
    for church in extruct.extract(page, syntaxes=["json-ld"])["json-ld"][0]["@graph"][1:]:
        for event in church.get("event", []):
            number = int(event["identifier"].removeprefix("service "))
            for schedule in event.get("eventSchedule", []):
                told[number] += schedule_reader.happenings(schedule, FIRST, LAST)
            told[number] += [instants(one["startDate"], one.get("endDate")) for one in event.get("subEvent", [])]
    assert plain(told) == plain(model)
