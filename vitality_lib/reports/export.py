"""The published data as files to take away: CSV, JSON and GeoJSON, written while it is read."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from vitality_lib.reports.cells import cell
from vitality_lib.store import published
from vitality_lib.store.database import Connection
from vitality_lib.store.published import PublishedParish, PublishedService
from vitality_lib.store.report_queries import one_moment

_CSV_FOLDER = Path("export")
_PARISH = (
    *("id", "diocese", "name", "street", "city", "state", "zip", "phone", "email", "website", "pastor"),
    *("latitude", "longitude", "detail_url", "first_seen", "changed_at"),
)
_SERVICE = (
    *("id", "parish_id", "diocese", "parish", "type", "days", "ordinal", "start", "end", "language", "vigil"),
    *("season", "location", "note", "words", "since", "confidence", "quote", "source"),
)


class Format(StrEnum):
    """What `vitality export` can write."""

    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"


class UnknownFormat(ValueError):  # noqa: N818 - named after what happened
    """The text names the formats there are."""


async def export(connection: Connection, form: str, output: Path | None = None) -> int:
    """Write the published parishes with their current services; returns how many parishes.

    `csv` fills a folder (without one: `export/`) with parishes.csv and services.csv; `json` and `geojson` (RFC 7946;
    no geometry where the place is not known) are one file, or standard output. A file appears when it is whole.
    Raises UnknownFormat.
    """
    if form not in set(Format):
        raise UnknownFormat(f"{form!r} is no format of the export. There are: {', '.join(Format)}.")
    async with one_moment(connection):
        moment = await published.as_of(connection)
        parishes = published.parishes(connection)
        if form == Format.CSV:
            return await _write_csv(parishes, output or _CSV_FOLDER)
        with ExitStack() as stack:
            out = stack.enter_context(_appearing(output)) if output else sys.stdout
            return await _write_json(parishes, out, moment, geo=form == Format.GEOJSON)


async def _write_csv(parishes: AsyncIterator[PublishedParish], folder: Path) -> int:
    count = 0
    with (
        _appearing(folder / "parishes.csv", "utf-8-sig") as parish_file,
        _appearing(folder / "services.csv", "utf-8-sig") as service_file,
    ):
        parish_rows, service_rows = csv.writer(parish_file), csv.writer(service_file)
        parish_rows.writerow(_PARISH)
        service_rows.writerow(_SERVICE)
        async for parish in parishes:
            count += 1
            record = _parish_record(parish)
            parish_rows.writerow(cell(record[column]) for column in _PARISH)
            for service in parish.services:
                row = _service_row(parish, service)
                service_rows.writerow(cell(row[column]) for column in _SERVICE)
    return count


async def _write_json(parishes: AsyncIterator[PublishedParish], out: TextIO, moment: datetime, *, geo: bool) -> int:
    """One parish a line, inside one JSON object that says of what time it speaks."""
    head = {"type": "FeatureCollection"} if geo else {}
    opening = json.dumps({**head, "as_of": _iso(moment)})
    out.write(f'{opening[:-1]}, "{"features" if geo else "parishes"}": [')
    count = 0
    async for parish in parishes:
        record = {**_parish_record(parish), "services": [_service_record(service) for service in parish.services]}
        line = json.dumps(_feature(record) if geo else record, ensure_ascii=False)
        out.write(f"{',' if count else ''}\n{line}")
        count += 1
    out.write("\n]}\n")
    return count


def _parish_record(parish: PublishedParish) -> dict[str, Any]:
    times = {"first_seen": _iso(parish.first_seen), "changed_at": _iso(parish.changed_at)}
    return {"id": parish.id, "diocese": parish.diocese, **parish.entry.record(), **times}


def _service_record(service: PublishedService) -> dict[str, Any]:
    return {"id": service.id, **service.service.record(), "words": service.words, "since": _iso(service.since)}


def _service_row(parish: PublishedParish, service: PublishedService) -> dict[str, Any]:
    """A service for a table: days in one cell, and of the evidence the best piece."""
    record = _service_record(service)
    best = service.service.evidence[0] if service.service.evidence else None
    return {
        **record,
        "parish_id": parish.id,
        "diocese": parish.diocese,
        "parish": parish.entry.name,
        "days": " ".join(record["days"]),
        "confidence": best.confidence if best else None,
        "quote": best.quote if best else None,
        "source": best.url if best else None,
    }


def _feature(record: dict[str, Any]) -> dict[str, Any]:
    properties = {key: value for key, value in record.items() if key not in ("latitude", "longitude")}
    place = (record["longitude"], record["latitude"])
    geometry = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": record["id"], "geometry": geometry, "properties": properties}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@contextmanager
def _appearing(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A file that takes its place when it is written to the end, and leaves nothing when it is not."""
    if path.exists() and not path.is_file():  # a pipe or a device has no place to take
        with path.open("w", encoding=encoding, newline="") as pipe:
            yield pipe
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("w", encoding=encoding, newline="") as file:
            yield file
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
