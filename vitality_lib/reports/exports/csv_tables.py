"""Two tables for spreadsheets: parishes.csv and services.csv."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from vitality_lib.reports.cells import cell
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.files import appearing
from vitality_lib.reports.exports.records import parish_record, service_record
from vitality_lib.store.published import PublishedParish, PublishedService

_FOLDER = Path("export")
_PARISH = (
    *("id", "diocese", "name", "street", "city", "state", "zip", "phone", "email", "website", "pastor"),
    *("latitude", "longitude", "zone", "detail_url", "first_seen", "changed_at"),
)
_SERVICE = (
    *("id", "parish_id", "diocese", "parish", "type", "days", "ordinal", "start", "end", "nights", "zone"),
    *("language", "vigil", "streamed", "season", "weeks", "anchor", "month_days", "exceptions", "begins", "ends"),
    *("location", "note", "words", "since", "confidence", "quote", "source"),
)


async def write(parishes: Parishes, asked: Asked) -> int:
    """Fill the folder; returns how many parishes."""
    folder, count = asked.output or _FOLDER, 0
    with (
        appearing(folder / "parishes.csv", "utf-8-sig") as parish_file,
        appearing(folder / "services.csv", "utf-8-sig") as service_file,
    ):
        parish_rows, service_rows = csv.writer(parish_file), csv.writer(service_file)
        parish_rows.writerow(_PARISH)
        service_rows.writerow(_SERVICE)
        async for parish in parishes:
            count += 1
            record = parish_record(parish)
            parish_rows.writerow(cell(record[column]) for column in _PARISH)
            for service in parish.services:
                row = _service_row(parish, record["zone"], service)
                service_rows.writerow(cell(row[column]) for column in _SERVICE)
    return count


def _service_row(parish: PublishedParish, zone: str | None, service: PublishedService) -> dict[str, Any]:
    """A service for a table: what is a list in one cell, and of the evidence the best piece."""
    said, rule = service.service, service.service.recurrence
    best = said.evidence[0] if said.evidence else None
    return {
        **service_record(service),
        "parish_id": parish.id,
        "diocese": parish.diocese,
        "parish": parish.entry.name,
        "zone": zone,
        "days": " ".join(rule.days),
        "weeks": rule.weeks,
        "anchor": rule.anchor,
        "month_days": " ".join(map(str, sorted(rule.month_days, key=lambda day: (day < 0, day)))),
        "exceptions": " ".join(rule.exceptions),
        "begins": rule.begins,
        "ends": rule.ends,
        "nights": said.nights,
        "streamed": said.streamed,
        "confidence": best.confidence if best else None,
        "quote": best.quote if best else None,
        "source": best.url if best else None,
    }
