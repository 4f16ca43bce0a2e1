"""All that is published, with the evidence, in one JSON object; as GeoJSON (RFC 7946) with a point for each parish."""

from __future__ import annotations

import json
from typing import Any

from vitality_lib.harmless import json_text
from vitality_lib.reports.exports import licence
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.fields import Field, Kind, exact, filled, record
from vitality_lib.reports.exports.files import opened
from vitality_lib.reports.exports.records import EVIDENCE, PARISH, SERVICE, SERVICE_ID, ParishRow, ServiceRow, row_of

HEAD = (
    Field("as_of", Kind.MOMENT, "The moment of which the data speak.", required=True),
    Field("license", Kind.TEXT, "On what terms they are given away, by its SPDX name.", required=True),
    Field("license_url", Kind.TEXT, "Where the terms stand.", required=True),
    Field("description", Kind.TEXT, "What the data are, and whence.", required=True),
)
SERVICES = Field("services", Kind.RECORDS, "Its services.", required=True)
PIECES = Field("evidence", Kind.RECORDS, "Why the service is believed, the surest piece first.", required=True)


async def write(parishes: Parishes, asked: Asked, *, geo: bool = False) -> int:
    """One parish a line, inside one JSON object that says of what time it speaks; returns how many parishes."""
    head = {"type": "FeatureCollection"} if geo else {}
    opening = json.dumps({**head, **head_of(asked)})
    count = 0
    with opened(asked.output) as out:
        out.write(f'{opening[:-1]}, "{"features" if geo else "parishes"}": [')
        async for parish in parishes:
            told = _parish(row_of(parish))
            line = json_text(_feature(told) if geo else told)
            out.write(f"{',' if count else ''}\n{line}")
            count += 1
        out.write("\n]}\n")
    return count


async def write_geojson(parishes: Parishes, asked: Asked) -> int:
    """The same as features; one without a geometry where the place is not known."""
    return await write(parishes, asked, geo=True)


def head_of(asked: Asked) -> dict[str, Any]:
    """What a file says of itself."""
    about = f"{licence.DATA}. {licence.SOURCES}"
    said = {
        "as_of": exact(asked.moment), "license": licence.NAME, "license_url": licence.URL, "description": about,
    }  # fmt: skip
    return filled(HEAD, said)


def _parish(row: ParishRow) -> dict[str, Any]:
    return {**record(PARISH, row), SERVICES.name: [_service(service) for service in row.services]}


def _service(row: ServiceRow) -> dict[str, Any]:
    said = {SERVICE_ID.name: row.published.id, **record(SERVICE, row)}
    return {**said, PIECES.name: [record(EVIDENCE, piece) for piece in row.evidence]}


def _feature(told: dict[str, Any]) -> dict[str, Any]:
    properties = {key: value for key, value in told.items() if key not in ("latitude", "longitude")}
    place = (told["longitude"], told["latitude"])
    geometry = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": told["id"], "geometry": geometry, "properties": properties}
