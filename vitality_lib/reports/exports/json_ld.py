"""All churches and their services as one graph of schema.org, for search engines and whoever reads linked data."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from vitality_lib.calendar.occurrences import Occurrence
from vitality_lib.calendar.spoken import TYPES
from vitality_lib.harmless import is_link, json_text
from vitality_lib.reports.exports import licence
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.churches import Church, churches_of
from vitality_lib.reports.exports.fields import Field, Kind, exact, filled
from vitality_lib.reports.exports.files import opened
from vitality_lib.reports.exports.schedule_ld import told
from vitality_lib.store.published import PublishedService

_NOT_CERTAIN = "Not certain: the page leaves open which weeks are meant, or how long the service before it takes."
_TYPE = Field("@type", Kind.TEXT, "The type of schema.org.", required=True)
_ID = Field(
    "@id", Kind.TEXT, "Stable id, as a URN: it is made of the id of the parish or of the service.", required=True
)
DATASET = (
    _TYPE,
    Field("name", Kind.TEXT, "What the data are.", required=True),
    Field("description", Kind.TEXT, "Whence they are.", required=True),
    Field("dateModified", Kind.MOMENT, "The moment of which the data speak (as of).", required=True),
    Field("license", Kind.RECORD, "A CreativeWork: the terms by their SPDX name, and where they stand.", required=True),
    Field("isAccessibleForFree", Kind.BOOLEAN, "True.", required=True),
)
CHURCH = (
    _TYPE,
    _ID,
    Field("identifier", Kind.TEXT, "`parish` and the id of the parish.", required=True),
    Field("name", Kind.TEXT, "Name of the church, or of its parish.", required=True),
    Field("url", Kind.TEXT, "Website of the parish."),
    Field("telephone", Kind.TEXT, "The first of its numbers, E.164."),
    Field("address", Kind.RECORD, "A PostalAddress; street and ZIP code only where it is this church's own."),
    Field("geo", Kind.RECORD, "GeoCoordinates, where they are this church's own."),
    Field("event", Kind.RECORDS, "An Event for each of its services."),
)
EVENT = (
    _TYPE,
    _ID,
    Field("identifier", Kind.TEXT, "`service` and the id of the service.", required=True),
    Field("name", Kind.TEXT, "What is held: Mass, Confession ...", required=True),
    Field("description", Kind.TEXT, "The service in plain English.", required=True),
    Field("disambiguatingDescription", Kind.TEXT, "That it is not certain, where it is not."),
    Field("inLanguage", Kind.TEXTS, "ISO 639 codes."),
    Field("eventAttendanceMode", Kind.TEXT, "Offline, or Mixed where it can be watched from afar.", required=True),
    Field("location", Kind.RECORD, "The church: its `@id`.", required=True),
    Field("eventSchedule", Kind.RECORDS, "Its Schedules, in the church's time zone."),
    Field(
        "subEvent",
        Kind.RECORDS,
        "An Event with a date for each time, within the days asked for, that no Schedule says.",
    ),
)


async def write(parishes: Parishes, asked: Asked) -> int:
    """One CatholicChurch a line, each with an Event for each of its services; returns how many parishes."""
    count = 0
    with opened(asked.output) as out:
        out.write('{"@context": "https://schema.org", "@graph": [\n')
        out.write(json.dumps(_dataset(asked)))
        async for parish in parishes:
            count += 1
            for church in churches_of(parish):
                out.write(f",\n{_embeddable(church_node(church, asked))}")
        out.write("\n]}\n")
    return count


def _dataset(asked: Asked) -> dict[str, Any]:
    terms = {"@type": "CreativeWork", "@id": licence.URL, "name": licence.NAME, "url": licence.URL}
    said = {
        "@type": "Dataset", "name": licence.DATA, "description": licence.SOURCES, "dateModified": exact(asked.moment),
        "license": terms, "isAccessibleForFree": True,
    }  # fmt: skip
    return filled(DATASET, said)


def church_node(church: Church, asked: Asked) -> dict[str, Any]:
    """The church with its events. Address and coordinates stand there where they are its own."""
    entry = church.parish.entry
    node = {
        "@type": "CatholicChurch",
        "@id": _id(church.key),
        "identifier": f"parish {church.parish.id}",
        "name": church.name,
        "url": entry.website if is_link(entry.website) else None,
        "telephone": (entry.phone or "").split("; ")[0],
        "address": _address(church),
        "geo": _geo(church),
        "event": [_event(church, one, asked) for one in church.services],
    }
    return filled(CHURCH, node)


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
        "identifier": f"service {one.id}",
        "name": name,
        "description": one.words,
        "disambiguatingDescription": "" if all(each.certain for each in found) else _NOT_CERTAIN,
        "inLanguage": [code for code in service.language.split("/") if code != "und"],
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": {"@id": _id(church.key)},
        "eventSchedule": list(rules.schedules) if rules else [],
        "subEvent": [_dated(name, each) for each in rules.dated] if rules else [],
    }
    return filled(EVENT, event)


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
