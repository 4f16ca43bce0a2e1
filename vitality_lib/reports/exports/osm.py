"""Suggestions for OpenStreetMap: what a mapper might enter as `service_times` of a church. Nothing is uploaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from vitality_lib.harmless import json_text
from vitality_lib.models import ServiceType
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.churches import Church, churches_of
from vitality_lib.reports.exports.files import opened
from vitality_lib.reports.exports.osm_dates import CannotBeTaggedError
from vitality_lib.reports.exports.osm_rules import DAYS, Rule, rules_of
from vitality_lib.reports.exports.osm_syntax import value_of
from vitality_lib.reports.exports.records import iso
from vitality_lib.store.published import PublishedService

_LONGEST = 255  # characters of a tag's value


async def write(parishes: Parishes, asked: Asked) -> int:
    """One JSON object a line for each church in which something is held; returns how many parishes."""
    count = 0
    with opened(asked.output) as out:
        async for parish in parishes:
            count += 1
            for church in churches_of(parish):
                if church.services:
                    record = {"as_of": iso(asked.moment), **suggestion(church, asked.first)}
                    out.write(f"{json_text(record)}\n")
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
