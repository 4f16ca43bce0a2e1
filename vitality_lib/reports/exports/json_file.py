"""All that is published, with the evidence, in one JSON object; as GeoJSON (RFC 7946) with a point for each parish."""

from __future__ import annotations

import json
from typing import Any

from vitality_lib.harmless import json_text
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.files import opened
from vitality_lib.reports.exports.records import iso, parish_record, service_record


async def write(parishes: Parishes, asked: Asked, *, geo: bool = False) -> int:
    """One parish a line, inside one JSON object that says of what time it speaks; returns how many parishes."""
    head = {"type": "FeatureCollection"} if geo else {}
    opening = json.dumps({**head, "as_of": iso(asked.moment)})
    count = 0
    with opened(asked.output) as out:
        out.write(f'{opening[:-1]}, "{"features" if geo else "parishes"}": [')
        async for parish in parishes:
            record = {**parish_record(parish), "services": [service_record(service) for service in parish.services]}
            line = json_text(_feature(record) if geo else record)
            out.write(f"{',' if count else ''}\n{line}")
            count += 1
        out.write("\n]}\n")
    return count


async def write_geojson(parishes: Parishes, asked: Asked) -> int:
    """The same as features; one without a geometry where the place is not known."""
    return await write(parishes, asked, geo=True)


def _feature(record: dict[str, Any]) -> dict[str, Any]:
    properties = {key: value for key, value in record.items() if key not in ("latitude", "longitude")}
    place = (record["longitude"], record["latitude"])
    geometry = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": record["id"], "geometry": geometry, "properties": properties}
