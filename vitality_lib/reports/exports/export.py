"""The published parishes, asked for once and written in one format while they are read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from vitality_lib.reports.exports import csv_tables, dated, ics, json_file, json_ld, osm
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.store import published
from vitality_lib.store.database import Connection
from vitality_lib.store.report_queries import one_moment


class Format(StrEnum):
    """What `vitality export` can write."""

    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"
    ICS = "ics"
    JSON_LD = "jsonld"
    OSM = "osm"
    OCCURRENCES = "occurrences"


class UnknownFormat(ValueError):  # noqa: N818 - named after what happened
    """The text names the formats there are."""


@dataclass(frozen=True)
class _Writer:
    """How a format is written, and how many days it looks ahead unless told otherwise."""

    write: Callable[[Parishes, Asked], Awaitable[int]]
    days: int = 1


_WRITERS = {
    Format.CSV: _Writer(csv_tables.write),
    Format.JSON: _Writer(json_file.write),
    Format.GEOJSON: _Writer(json_file.write_geojson),
    Format.ICS: _Writer(ics.write, days=731),
    Format.JSON_LD: _Writer(json_ld.write, days=90),
    Format.OSM: _Writer(osm.write),
    Format.OCCURRENCES: _Writer(dated.write, days=14),
}


async def export(
    connection: Connection,
    form: str,
    output: Path | None = None,
    first: date | None = None,
    days: int | None = None,
) -> int:
    """Write the published parishes with their current services; returns how many parishes.

    `csv` fills a folder (without one: `export/`) with parishes.csv and services.csv, `ics` one (`calendars/`) with a
    calendar for each church and each diocese. `json`, `geojson` (RFC 7946; no geometry where the place is not known),
    `jsonld` (schema.org), `osm` (JSON lines) and `occurrences` (CSV) are one file, or standard output. A file appears
    when it is whole. What is dated is told for `days` days from `first` on (today, UTC). Raises UnknownFormat.
    """
    if form not in set(Format):
        raise UnknownFormat(f"{form!r} is no format of the export. There are: {', '.join(Format)}.")
    writer = _WRITERS[Format(form)]
    async with one_moment(connection):
        moment = await published.as_of(connection)
        asked = Asked(moment, first or moment.date(), days or writer.days, output)
        return await writer.write(published.parishes(connection), asked)
