"""The same service stated several times is one service with several pieces of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vitality_lib.models import Evidence, Service
from vitality_lib.schedules.altered import altered

_ONE_BREATH = 150  # characters
_MOST_PIECES = 20  # of evidence for one service

_Slot = tuple[object, ...]


def merge(readings: Iterable[tuple[Service, ...]]) -> tuple[Service, ...]:
    """The distinct services of several pages (or of several places of one), in order of first mention.

    Two are the same when type, recurrence and start agree and nothing else contradicts: a church, an end or a note
    that only one of them states is taken over. One that says nothing but some of another's days is that one, too.
    """
    merged: list[Service] = []
    by_slot: dict[_Slot, list[int]] = {}
    for service in (service for reading in readings for service in reading):
        places = by_slot.setdefault(_slot(service), [])
        place = next((at for at in places if _agree(merged[at], service)), None)
        if place is None:
            places.append(len(merged))
            merged.append(service)
        else:
            merged[place] = _joined(merged[place], service)
    return _without_parts(_without_mentions(merged))


def _without_mentions(services: list[Service]) -> list[Service]:
    """`The chapel hosts daily adoration` says nothing beside adoration at stated times."""
    timed = {service.type for service in services if service.start}
    return [one for one in services if one.start or one.end or one.note or one.type not in timed]


def _slot(service: Service) -> _Slot:
    when = service.recurrence
    return (frozenset(when.days), *_apart_from_days(service), service.note if service.start is None else None)


def _apart_from_days(service: Service) -> _Slot:
    return (service.type, altered(service.recurrence, days=()), service.start)


def _without_parts(services: list[Service]) -> tuple[Service, ...]:
    """`Friday 8:00` beside `Monday to Friday 8:00` adds its evidence to the latter, and goes."""
    whole: dict[_Slot, list[int]] = {}
    for at, service in enumerate(services):
        whole.setdefault(_apart_from_days(service), []).append(at)
    gone: set[int] = set()
    for places in whole.values():
        for part in places:
            of = next((at for at in places if at not in gone and _is_part(services[part], services[at])), None)
            if of is not None:
                services[of] = replace(
                    services[of], evidence=_pieces([*services[of].evidence, *services[part].evidence])
                )
                gone.add(part)
    return tuple(service for at, service in enumerate(services) if at not in gone)


def _is_part(one: Service, other: Service) -> bool:
    """Whether `one` says nothing that `other` does not: fewer days, and nothing else of its own."""
    adds_nothing = all(
        mine in (None, theirs)
        for mine, theirs in ((one.church, other.church), (one.end, other.end), (one.note, other.note))
    )
    same = one.language == other.language and one.vigil == other.vigil and one.nights == other.nights
    return set(one.recurrence.days) < set(other.recurrence.days) and adds_nothing and same


def _agree(one: Service, other: Service) -> bool:
    same_church = one.church is None or other.church is None or one.church.lower() == other.church.lower()
    same_end = one.end is None or other.end is None or one.end == other.end
    return same_church and same_end and _same_language(one, other)


def _same_language(one: Service, other: Service) -> bool:
    """A page says a language or leaves it to be understood; two that are both said and differ are two services.

    So are `11:00 English, 11:00 Polish`: nobody states one service twice in a row.
    """
    if one.language == other.language:
        return True
    return "en" in (one.language, other.language) and not _in_one_breath(one, other)


def _in_one_breath(one: Service, other: Service) -> bool:
    return any(
        first.page_hash == second.page_hash and abs(first.start - second.start) < _ONE_BREATH
        for first in one.evidence[-1:]
        for second in other.evidence[:1]
    )


def _joined(one: Service, other: Service) -> Service:
    language = other.language if one.language == "en" else one.language
    return replace(
        one,
        language=language,
        end=one.end or other.end,
        church=one.church or other.church,
        note=one.note or other.note,
        nights=one.nights or other.nights,
        streamed=one.streamed or other.streamed,
        evidence=_pieces([*one.evidence, *other.evidence]),
    )


def _pieces(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))[:_MOST_PIECES]
