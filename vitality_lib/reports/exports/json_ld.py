"""All churches and their services as one graph of schema.org, for search engines and whoever reads linked data."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from vitality_lib.calendar.occurrences import Occurrence
from vitality_lib.calendar.spoken import TYPES
from vitality_lib.harmless import is_link, json_text
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.churches import Church, churches_of
from vitality_lib.reports.exports.files import opened
from vitality_lib.reports.exports.records import iso
from vitality_lib.reports.exports.schedule_ld import told
from vitality_lib.store.published import PublishedService

_NOT_CERTAIN = "Not certain: the page leaves open which weeks are meant, or how long the service before it takes."


async def write(parishes: Parishes, asked: Asked) -> int:
    """One CatholicChurch a line, each with an Event for each of its services; returns how many parishes."""
    count = 0
    with opened(asked.output) as out:
        out.write('{"@context": "https://schema.org", "@graph": [\n')
        head = {"@type": "Dataset", "name": "Service times of Catholic parishes", "dateModified": iso(asked.moment)}
        out.write(json.dumps(head))
        async for parish in parishes:
            count += 1
            for church in churches_of(parish):
                out.write(f",\n{_embeddable(church_node(church, asked))}")
        out.write("\n]}\n")
    return count


def church_node(church: Church, asked: Asked) -> dict[str, Any]:
    """The church with its events. Address and coordinates stand there where they are its own."""
    entry = church.parish.entry
    node = {
        "@type": "CatholicChurch",
        "@id": _id(church.key),
        "name": church.name,
        "url": entry.website if is_link(entry.website) else None,
        "telephone": (entry.phone or "").split("; ")[0],
        "address": _address(church),
        "geo": _geo(church),
        "event": [_event(church, one, asked) for one in church.services],
    }
    return _said(node)


def _address(church: Church) -> dict[str, Any]:
    entry = church.parish.entry
    parts = {"addressLocality": entry.city, "addressRegion": entry.state}
    own = {"streetAddress": entry.street, "postalCode": entry.zip} if church.has_address else {}
    said = _said({**own, **parts})
    return {"@type": "PostalAddress", **said, "addressCountry": "US"} if said else {}


def _geo(church: Church) -> dict[str, Any]:
    entry = church.parish.entry
    if not church.has_address or entry.latitude is None or entry.longitude is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": entry.latitude, "longitude": entry.longitude}


def _event(church: Church, one: PublishedService, asked: Asked) -> dict[str, Any]:
    """A service as an Event: its Schedules, and as `subEvent` what they do not say within the horizon."""
    service = one.service
    found = list(church.occurrences(service, asked.first, asked.last))
    rules = told(service, found, asked.first, asked.last, church.place) if church.place else None
    name = f"{TYPES[service.type]}{' (vigil)' if service.vigil else ''}"
    mode = "Mixed" if service.streamed else "Offline"
    event = {
        "@type": "Event",
        "@id": _id(f"service {one.id}"),
        "name": name,
        "description": one.words,
        "disambiguatingDescription": "" if all(each.certain for each in found) else _NOT_CERTAIN,
        "inLanguage": [code for code in service.language.split("/") if code != "und"],
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": {"@id": _id(church.key)},
        "eventSchedule": list(rules.schedules) if rules else [],
        "subEvent": [_dated(name, each) for each in rules.dated] if rules else [],
    }
    return _said(event)


def _dated(name: str, one: Occurrence) -> dict[str, Any]:
    end = one.end.isoformat() if one.end else None
    return _said({"@type": "Event", "name": name, "startDate": one.start.isoformat(), "endDate": end})


def _embeddable(node: dict[str, Any]) -> str:
    """As JSON that may stand inside a `<script>` of an HTML page: no name of a church ends it, or opens a comment."""
    return json_text(node).replace("<", "\\u003c")


def _said(node: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def _id(key: str) -> str:
    return uuid5(NAMESPACE_URL, f"diocesan-vitality:{key}").urn
