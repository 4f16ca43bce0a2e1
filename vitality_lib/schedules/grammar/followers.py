"""Services that follow upon another one: `8:00 am Mass, Holy Hour follows`, `followed by Adoration until noon`.

Only confessions and adoration: other devotions that follow upon a Mass are part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vitality_lib.models import ServiceType
from vitality_lib.schedules.clock import Clock
from vitality_lib.schedules.grammar.draft import Draft, drafted
from vitality_lib.schedules.grammar.stretch import Stretch

_FOLLOWED_BY = re.compile(r"\b(?:followed by|seguid[ao] (?:de|por)l?)\W+(?:(?:the|la|el)\s)?$", re.I)
_REACH = 30  # characters before a service in which `followed by` stands
_SERVICES = frozenset({ServiceType.CONFESSION, ServiceType.ADORATION})
_NAMES = {ServiceType.MASS: "Mass", ServiceType.CONFESSION: "Confession", ServiceType.ADORATION: "Adoration"}


@dataclass(frozen=True)
class Follower:
    """A service, by its phrase, and the time after `until` at which it ends."""

    service: int
    end: int | None


def followers(stretch: Stretch) -> tuple[Follower, ...]:
    """The services of a stretch that follow upon one with a time."""
    return tuple(
        Follower(service, _end_of(stretch, service))
        for service in stretch.services
        if _SERVICES.issuperset(stretch.passage.phrases[service].services)
        and stretch.time_before(service) is not None
        and _follows(stretch, service)
    )


def _follows(stretch: Stretch, service: int) -> bool:
    passage = stretch.passage
    if _FOLLOWED_BY.search(passage.before(service)[-_REACH:]):
        return True
    tied = any(relation.at == service + 1 for relation in stretch.relations)
    next_word = passage.after(service).lstrip(" ,").lower()
    return not tied and next_word.startswith(("follow", "to follow", "immediately follow"))


def _end_of(stretch: Stretch, service: int) -> int | None:
    following = stretch.next_time(service)
    told = following in stretch.ends and not any(service < other < following for other in stretch.services)
    return following if told else None


def followed(stretch: Stretch, drafts: list[Draft], found: tuple[Follower, ...]) -> Iterator[Draft]:
    """The services that follow; `drafts` are those with a time, `found` is what `followers` found."""
    phrases = stretch.passage.phrases
    for follower in found:
        before = [draft for draft in drafts if draft.start and draft.at[0] < phrases[follower.service].start]
        if before:
            first = before[-1]
            end = None if follower.end is None else _end(stretch.passage.clock(follower.end), first.start or "")
            for kind in phrases[follower.service].services:
                draft = drafted(stretch, follower.service, kind, first.when, end=end)
                yield replace(draft, note=f"after {first.start} {_NAMES.get(first.kind, 'devotion')}")


def _end(clock: Clock, begun: str) -> str:
    """As written; else in the half of the day that puts the end behind the beginning."""
    morning = str(replace(clock, half="am"))
    half = clock.half or ("am" if morning > begun else "pm")
    return str(replace(clock, half=half))
