"""*Take away*: the published data as files that open in the tools at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, StreamingResponse

from vitality_airflow.dashboard.asking import Asking
from vitality_airflow.dashboard.exporting import ExportRefused, Slots, pieces, written
from vitality_lib.reports.exports.export import Format

router = APIRouter()
_slots = Slots()


@dataclass(frozen=True)
class Given:
    """A format: for whom it is, what it holds, and the name (with its type) that its file has.

    One that comes as several files comes in a ZIP, and `suffix` is `.zip`.
    """

    label: str
    holds: str
    suffix: str
    type: str


_ZIP = (".zip", "application/zip")
GIVEN = {
    "csv": Given("CSV", "parishes and services, a table each: for spreadsheets", *_ZIP),
    "json": Given("JSON", "all facts of each parish in one document: for programs", ".json", "application/json"),
    "geojson": Given("GeoJSON", "the parishes as points: for maps (RFC 7946)", ".geojson", "application/geo+json"),
    "parquet": Given("Parquet", "parishes and services, typed tables: for pandas, DuckDB, R", *_ZIP),
    "ics": Given("iCalendar", "a calendar for each church and each diocese: for calendars (RFC 5545)", *_ZIP),
    "jsonld": Given("JSON-LD", "churches and their services as schema.org has them", ".jsonld", "application/ld+json"),
    "osm": Given(
        "OpenStreetMap", "suggested service_times tags, a line each; nothing is uploaded", ".jsonl", "application/jsonl"
    ),
    "occurrences": Given("Dated occurrences", "what happens when, for two weeks: for spreadsheets", ".csv", "text/csv"),
}


@router.get("/take-away")
async def take_away(asking: Asking) -> HTMLResponse:
    """The page."""
    async with asking.moment() as moment:
        pass
    formats = [(form.value, GIVEN[form.value]) for form in Format if form.value in GIVEN]
    return asking.page("take_away.html.j2", moment, formats=formats, today=moment.at.astimezone(UTC).date())


@router.get("/export/{form}")
async def export(
    asking: Asking, form: Format, as_of: Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = ""
) -> StreamingResponse:
    """The file. Raises HTTPException 422 for a day that cannot be given, 503 when two are being written already."""
    day = _day(as_of)
    given = GIVEN[form.value]
    settings = await asking.settings()
    async with asking.moment():
        pass  # says plainly what is wrong with the database, before a process is started
    stem = f"vitality-{form.value}-{(day or datetime.now(UTC).date()):%Y-%m-%d}"
    with _slots.taken() as free:
        if not free:
            raise HTTPException(503, "Two files are being made already: try again soon.", {"retry-after": "30"})
        try:
            file = await written(settings, form.value, as_of, stem if given.suffix == ".zip" else stem + given.suffix)
        except ExportRefused as refused:
            raise HTTPException(422 if refused.asked_wrong else 503, f"No file could be made: {refused}.") from None
    size = file.seek(0, 2)
    file.seek(0)
    headers = {"content-disposition": f'attachment; filename="{stem}{given.suffix}"', "content-length": str(size)}
    return StreamingResponse(pieces(file), media_type=given.type, headers=headers)


def _day(as_of: str) -> date | None:
    try:
        return date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise HTTPException(422, f"{as_of} is no day: write it as YYYY-MM-DD.") from None
