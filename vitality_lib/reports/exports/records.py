"""A parish and a service as flat records: the fields that CSV, JSON and GeoJSON have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vitality_lib.reports.exports.churches import place_of_parish
from vitality_lib.store.published import PublishedParish, PublishedService


def parish_record(parish: PublishedParish) -> dict[str, Any]:
    """The parish with the time zone (IANA) that its services are told in; None where nothing tells it."""
    place = place_of_parish(parish)
    times = {"first_seen": iso(parish.first_seen), "changed_at": iso(parish.changed_at)}
    zone = {"zone": place.zone if place else None}
    return {"id": parish.id, "diocese": parish.diocese, **parish.entry.record(), **zone, **times}


def service_record(service: PublishedService) -> dict[str, Any]:
    """The service in the fields of `Service.record()`, with its id, its words and when it was first seen."""
    return {"id": service.id, **service.service.record(), "words": service.words, "since": iso(service.since)}


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
