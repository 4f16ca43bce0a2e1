"""Suggestions for OpenStreetMap: what a mapper might enter as `service_times` of a church. Nothing is uploaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from vitality_lib.harmless import json_text
from vitality_lib.models import ServiceType
from vitality_lib.reports.exports import licence
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.churches import Church, churches_of
from vitality_lib.reports.exports.fields import Field, Kind, exact
from vitality_lib.reports.exports.files import opened
from vitality_lib.reports.exports.osm_dates import CannotBeTaggedError
from vitality_lib.reports.exports.osm_rules import DAYS, Rule, rules_of
from vitality_lib.reports.exports.osm_syntax import value_of
from vitality_lib.store.published import PublishedService

_LONGEST = 255  # characters of a tag's value
SUGGESTION = (
    Field("as_of", Kind.MOMENT, "The moment of which the data speak.", required=True),
    Field("license", Kind.TEXT, "On what terms they are given away, by its SPDX name.", required=True),
    Field("diocese", Kind.TEXT, "Diocese of the parish.", required=True),
    Field("parish_id", Kind.INTEGER, "The parish: its `id`.", required=True),
    Field("parish", Kind.TEXT, "Name of the parish.", required=True),
    Field("church", Kind.TEXT, "Name of the church, or of its parish.", required=True),
    Field("website", Kind.TEXT, "Website of the parish."),
    Field("latitude", Kind.NUMBER, "Degrees north, where they are this church's own."),
    Field("longitude", Kind.NUMBER, "Degrees east, where they are this church's own."),
    Field("tags", Kind.RECORD, "What a mapper might enter: `service_times`, or nothing.", required=True),
    Field("services", Kind.INTEGERS, "The ids of the services that the tag says.", required=True),
    Field("unsaid", Kind.RECORDS, "What it cannot say: `service` (its id), `words`, and `why`.", required=True),
)


async def write(parishes: Parishes, asked: Asked) -> int:
    """One JSON object a line for each church in which something is held; returns how many parishes."""
    count = 0
    with opened(asked.output) as out:
        async for parish in parishes:
            count += 1
            for church in churches_of(parish):
                if church.services:
                    told = {"as_of": exact(asked.moment), "license": licence.NAME, **suggestion(church, asked.first)}
                    out.write(f"{json_text({field.name: told[field.name] for field in SUGGESTION})}\n")
    return count


def suggestion(church: Church, first: date) -> dict[str, Any]:
    """The tags, the ids of the services that they say from the day `first` on, and what they cannot say, with why.

    Coordinates are None where they may be those of another church of the parish.
    """
    rules: list[Rule] = []
    services: list[int] = []
    unsaid: list[dict[str, Any]] = []
    for one, told in sorted(_told(church, first), key=lambda pair: _is_added(pair[1])):
        if isinstance(told, CannotBeTaggedError):
            unsaid.append(_unsaid(one, str(told)))
        elif len(value_of([*rules, *told])) > _LONGEST:
            unsaid.append(_unsaid(one, f"there is no room for it in the {_LONGEST} characters of a tag"))
        else:
            rules += told
            services.append(one.id)
            unsaid += _partly_unsaid(one)
    value = value_of(rules)
    entry = church.parish.entry
    return {
        "diocese": church.parish.diocese,
        "parish_id": church.parish.id,
        "parish": entry.name,
        "church": church.name,
        "website": entry.website,
        "latitude": entry.latitude if church.has_address else None,
        "longitude": entry.longitude if church.has_address else None,
        "tags": {"service_times": value} if value else {},
        "services": services,
        "unsaid": unsaid,
    }


def _told(church: Church, first: date) -> Iterator[tuple[PublishedService, list[Rule] | CannotBeTaggedError]]:
    """Each service with its rules, or why it has none."""
    for one in church.services:
        try:
            yield one, _rules(one, first)
        except CannotBeTaggedError as why:
            yield one, why


def _rules(one: PublishedService, first: date) -> list[Rule]:
    """OpenStreetMap documents no key for the times of confession, adoration or other devotions."""
    if one.service.type is not ServiceType.MASS:
        raise CannotBeTaggedError("service_times are those of worship together; no other key is documented")
    return rules_of(one.service, first)


def _is_added(told: list[Rule] | CannotBeTaggedError) -> bool:
    """Whether it is held on some weeks or in a part of the year only: what is held every week comes first."""
    return isinstance(told, list) and any(rule.dates or "[" in rule.day for rule in told)


def _partly_unsaid(one: PublishedService) -> Iterator[dict[str, Any]]:
    if any(day.value not in DAYS for day in one.service.recurrence.days):
        yield _unsaid(one, "only its weekdays are said: holy days of obligation have no name there")


def _unsaid(one: PublishedService, why: str) -> dict[str, Any]:
    return {"service": one.id, "words": one.words, "why": why}
