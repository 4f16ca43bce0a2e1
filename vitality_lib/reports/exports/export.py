"""The published parishes, asked for once and written in one format while they are read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from vitality_lib.reports.exports import csv_tables, dated, ics, json_file, json_ld, osm, parquet
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.formats import Format
from vitality_lib.store import published
from vitality_lib.store.database import Connection
from vitality_lib.store.report_queries import one_moment

_NOW_AND_THEN = 500  # parishes


class UnknownFormat(ValueError):  # noqa: N818 - named after what happened
    """The text names the formats there are."""


class NotYet(ValueError):  # noqa: N818 - named after what happened
    """The moment asked for lies in the future."""


@dataclass(frozen=True)
class _Writer:
    """How a format is written, and how many days it looks ahead unless told otherwise."""

    write: Callable[[Parishes, Asked], Awaitable[int]]
    days: int = 1


_WRITERS = {
    Format.CSV: _Writer(csv_tables.write),
    Format.JSON: _Writer(json_file.write),
    Format.GEOJSON: _Writer(json_file.write_geojson),
    Format.PARQUET: _Writer(parquet.write),
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
    *,
    as_of: datetime | None = None,
    warn: Callable[[str], None] = lambda _: None,
    seen: Callable[[int], None] = lambda _: None,
) -> int:
    """Write the published parishes with their current services; returns how many parishes.

    `csv` fills a folder (without one: `export/`) with parishes.csv, services.csv and datapackage.json, `parquet` one
    with parishes.parquet, services.parquet and evidence.parquet, `ics` one (`calendars/`) with a calendar for each
    church and each diocese. `json`, `geojson` (RFC 7946; no geometry where the place is not known), `jsonld`
    (schema.org), `osm` (JSON lines) and `occurrences` (CSV) are one file, or standard output. A file appears when it is
    whole. What is dated is told for `days` days from `first` on (the day of the data, UTC).

    `as_of` gives what was published at a moment of the past, byte for byte as it was given then; `warn` hears what is
    not known of it. `seen` hears how many parishes are done, now and then. Raises UnknownFormat and NotYet.
    """
    if form not in set(Format):
        raise UnknownFormat(f"{form!r} is no format of the export. There are: {', '.join(Format)}.")
    writer = _WRITERS[Format(form)]
    async with one_moment(connection):
        moment = await published.as_of(connection)
        if as_of and as_of > moment:
            raise NotYet(f"{_shown(as_of)} is not over yet: leave --as-of out for what is published now")
        if as_of and (lacking := await published.unknown(connection, as_of)):
            warn(_lacking(as_of, lacking))
        moment = as_of or moment
        asked = Asked(moment, first or moment.astimezone(UTC).date(), days or writer.days, output)
        return await writer.write(_counted(published.parishes(connection, as_of), seen), asked)


async def _counted(parishes: Parishes, seen: Callable[[int], None]) -> Parishes:
    count = 0
    async for parish in parishes:
        yield parish
        count += 1
        if count % _NOW_AND_THEN == 0:
            seen(count)


def _lacking(moment: datetime, lacking: published.Unknown) -> str:
    return (
        f"of {_shown(moment)} not everything is known: {lacking.parishes} parishes that were published then are left "
        f"out, since what was published of them was not kept; all is known from {_shown(lacking.since)} on"
    )


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
