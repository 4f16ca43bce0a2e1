"""Every field of every format is in the data dictionary, and each format says its licence and its moment."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import extruct
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from geojson_pydantic import FeatureCollection
from icalendar import Calendar
from invented_parishes import MOMENT, asked, evidence, invented_country, parish, stream

from vitality_lib.models import Day, Recurrence, Service, ServiceType
from vitality_lib.reports.exports import csv_tables, dated, ics, json_file, json_ld, licence, osm, parquet
from vitality_lib.reports.exports.fields import Field
from vitality_lib.reports.exports.records import EVIDENCE, PARISH, SERVICE, SERVICE_ID

COUNTRY = invented_country()
AS_OF = "2026-11-27T12:30:00.000000+00:00"
_CASTS = {
    "integer": int,
    "number": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": datetime.fromisoformat,
    "datetime": datetime.fromisoformat,
    "string": str,
}


def names(fields: tuple[Field, ...]) -> set[str]:
    return {field.name for field in fields}


async def test_json_has_the_fields_of_the_dictionary_and_no_others(tmp_path: Path) -> None:
    await json_file.write(stream(COUNTRY), asked(tmp_path / "x"))
    data = json.loads((tmp_path / "x").read_text())
    assert data.keys() == {*names(json_file.HEAD), "parishes"}
    assert (data["as_of"], data["license"], data["license_url"]) == (AS_OF, licence.NAME, licence.URL)
    assert {key for parish in data["parishes"] for key in parish} == {*names(PARISH), "services"}
    services = [service for parish in data["parishes"] for service in parish["services"]]
    assert {key for service in services for key in service} == {*names((SERVICE_ID, *SERVICE)), "evidence"}
    assert {key for one in services for piece in one["evidence"] for key in piece} <= names(EVIDENCE)


async def test_geojson_is_valid_with_its_licence_as_a_foreign_member(tmp_path: Path) -> None:
    await json_file.write_geojson(stream(COUNTRY), asked(tmp_path / "x"))
    data = json.loads((tmp_path / "x").read_text())
    assert len(FeatureCollection(**data, strict=True).features) == len(COUNTRY)
    assert (data["as_of"], data["license"]) == (AS_OF, licence.NAME)


async def test_a_data_package_describes_the_csv_files_as_they_are(tmp_path: Path) -> None:
    await csv_tables.write(stream(COUNTRY), asked(tmp_path))
    await dated.write(stream(COUNTRY[:1]), asked(tmp_path / "soon.csv"))
    for file in ("datapackage.json", "soon.datapackage.json"):
        package = json.loads((tmp_path / file).read_text())
        assert (package["as_of"], package["licenses"][0]["name"]) == (AS_OF, licence.NAME)
        for resource in package["resources"]:
            fields = resource["schema"]["fields"]
            with (tmp_path / resource["path"]).open(encoding="utf-8-sig", newline="") as table:
                rows = csv.DictReader(table)
                assert rows.fieldnames == [field["name"] for field in fields]
                for row in rows:
                    for field in fields:
                        text = row[field["name"]]
                        assert text or not field.get("constraints", {}).get("required"), field
                        assert not text or _CASTS[field["type"]](text) is not None


async def test_parquet_has_real_types_and_says_what_each_column_means(tmp_path: Path) -> None:
    await parquet.write(stream(COUNTRY), asked(tmp_path))
    services = pq.read_table(tmp_path / "services.parquet")
    about = {key.decode(): value.decode() for key, value in services.schema.metadata.items()}
    assert (about["as_of"], about["license"], about["license_url"]) == (AS_OF, licence.NAME, licence.URL)
    assert services.schema.names == [field.name for field in parquet.SERVICES]
    for field, column in zip(parquet.SERVICES, services.schema, strict=True):
        assert column.metadata == {b"description": field.meaning.encode()}
        assert column.nullable is not field.required
    assert services.schema.field("since").type == pa.timestamp("us", tz="UTC")
    assert services.schema.field("begins").type == pa.date32()
    assert pa.types.is_list(services.schema.field("days").type)
    told = [one for parish in COUNTRY for one in parish.services]
    assert services["id"].to_pylist() == [one.id for one in told]
    assert services["days"].to_pylist() == [list(one.service.recurrence.days) for one in told]
    assert set(services["since"].to_pylist()) == {MOMENT}
    parishes = pq.read_table(tmp_path / "parishes.parquet")
    assert parishes.schema.names == [field.name for field in PARISH]
    assert parishes.schema.field("latitude").type == pa.float64()


async def test_calendars_have_the_properties_of_the_dictionary_and_no_others(tmp_path: Path) -> None:
    await ics.write(stream([*COUNTRY, parish(8, list(odd_lengths()))]), asked(tmp_path))
    heads, events = set[str](), set[str]()
    for path in sorted(tmp_path.glob("*/*.ics")):  # noqa: ASYNC240 - of this test alone
        calendar = Calendar.from_ical(path.read_bytes())
        heads |= set(calendar)
        events |= {name for part in calendar.walk() if part.name in ("VEVENT", "VJOURNAL") for name in part}
        assert str(calendar["x-vitality-license"]).startswith(licence.NAME)
        assert (str(calendar["x-vitality-as-of"]), calendar["last-modified"].dt) == (AS_OF, MOMENT)
    assert heads == names(ics.CALENDAR)
    assert events == names(ics.EVENT)


async def test_linked_data_in_a_page_is_read_by_a_stranger(tmp_path: Path) -> None:
    await json_ld.write(stream(COUNTRY), asked(tmp_path / "x"))
    page = f'<html><script type="application/ld+json">{(tmp_path / "x").read_text()}</script></html>'
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    dataset, *churches = found["@graph"]
    assert dataset.keys() == names(json_ld.DATASET)
    assert (dataset["dateModified"], dataset["license"]["name"]) == (AS_OF, licence.NAME)
    assert {key for church in churches for key in church} == names(json_ld.CHURCH) - {"url", "telephone", "geo"}
    assert {key for church in churches for event in church["event"] for key in event} == names(json_ld.EVENT)


async def test_lines_for_openstreetmap_have_the_fields_of_the_dictionary(tmp_path: Path) -> None:
    await osm.write(stream(COUNTRY), asked(tmp_path / "x"))
    for line in (tmp_path / "x").read_text().splitlines():
        record = json.loads(line)
        assert record.keys() == names(osm.SUGGESTION)
        assert (record["as_of"], record["license"]) == (AS_OF, licence.NAME)


async def test_no_format_writes_a_file_that_is_left_half_done(tmp_path: Path) -> None:
    async def broken() -> Any:
        for one in COUNTRY[:2]:
            yield one
        raise RuntimeError("the database is gone")

    for write in (csv_tables.write, parquet.write):
        with pytest.raises(RuntimeError, match="is gone"):
            await write(broken(), asked(tmp_path))
    assert list(files(tmp_path)) == []


def odd_lengths() -> Iterator[Service]:
    """A night in which clocks change, and a service that has two lengths, since it is tied to two others."""
    piece = (evidence(),)
    yield Service(ServiceType.ADORATION, Recurrence((Day.SA,)), "22:00", "06:00", nights=1, evidence=piece)
    yield Service(ServiceType.MASS, Recurrence((Day.SU,)), "10:00", "11:30")
    yield Service(ServiceType.MASS, Recurrence((Day.MO,)), "08:00", "08:30")
    yield Service(ServiceType.ADORATION, Recurrence((Day.SU, Day.MO)), None, "12:00", note="after Mass")


def files(folder: Path) -> Iterator[Path]:
    return folder.rglob("*.*")
