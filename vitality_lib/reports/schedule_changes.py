"""What changed in the schedules of parishes: what began, what ended, and what is now otherwise than it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from vitality_lib.models import Service
from vitality_lib.reports import change_words
from vitality_lib.store.service_history import Version

# What a service may change and stay the same service in people's minds, the likeliest first.
_TIME = ("start", "end", "nights")
_FIELDS = (_TIME, ("recurrence",), ("language",), ("church",), ("vigil",), ("note",), ("streamed",))


class Kind(StrEnum):
    BEGAN = "began"
    ENDED = "ended"
    CHANGED = "changed"


@dataclass(frozen=True)
class ScheduleChange:
    """One change of a parish's schedule: `before` is None for what began, `after` for what ended.

    `at` is when we read it, `words` says it to a person, `url` is the page that says so (empty when none is known).
    """

    at: datetime
    diocese: str
    parish_id: int
    parish: str
    kind: Kind
    before: Version | None
    after: Version | None
    words: str

    @property
    def church(self) -> str | None:
        return self._shown.service.church

    @property
    def url(self) -> str:
        return next((piece.url for piece in self._shown.service.evidence if piece.url), "")

    @property
    def key(self) -> str:
        """The same for the same change, whenever it is asked for."""
        return f"{self.kind}-{self.before.id if self.before else 0}-{self.after.id if self.after else 0}"

    @property
    def _shown(self) -> Version:
        shown = self.after or self.before
        assert shown is not None
        return shown

    def record(self) -> dict[str, Any]:
        """The change as a flat record; services in the fields of the published records."""
        return {
            "at": self.at.astimezone(UTC).isoformat(timespec="seconds"),
            "diocese": self.diocese,
            "parish_id": self.parish_id,
            "parish": self.parish,
            "church": self.church,
            "kind": self.kind.value,
            "before": _record(self.before),
            "after": _record(self.after),
            "words": self.words,
            "url": self.url,
        }


def changes(versions: Iterable[Version], since: datetime) -> tuple[ScheduleChange, ...]:
    """What changed after a moment, the newest first.

    An end and a beginning in one publication that differ in one thing only are one change. What came with the first
    reading of a parish is none: it had been so before we knew.
    """
    together: defaultdict[tuple[datetime, int], tuple[list[Version], list[Version]]] = defaultdict(lambda: ([], []))
    for one in versions:
        if one.valid_to is not None and one.valid_to > since:
            together[one.valid_to, one.parish_id][0].append(one)
        if one.valid_from > since and not one.first:
            together[one.valid_from, one.parish_id][1].append(one)
    newest_first = sorted(together.items(), key=lambda item: item[0], reverse=True)
    return tuple(change for (at, _), (ended, begun) in newest_first for change in _of_one_moment(at, ended, begun))


def _of_one_moment(at: datetime, ended: list[Version], begun: list[Version]) -> Iterator[ScheduleChange]:
    for before, after in paired([one.service for one in ended], [one.service for one in begun]):
        yield _change(at, None if before is None else ended[before], None if after is None else begun[after])


def _change(at: datetime, before: Version | None, after: Version | None) -> ScheduleChange:
    whose = after or before
    assert whose is not None
    kind = Kind.CHANGED if before and after else Kind.ENDED if before else Kind.BEGAN
    return ScheduleChange(at, whose.diocese, whose.parish_id, whose.parish, kind, before, after, _words(before, after))


def _words(before: Version | None, after: Version | None) -> str:
    if before and after:
        return change_words.changed(before.service, after.service, before.words, after.words)
    return change_words.began(after.words) if after else change_words.ended(before.words) if before else ""


def paired(ended: Sequence[Service], begun: Sequence[Service]) -> Iterator[tuple[int | None, int | None]]:
    """By their places: each end with the beginning that is nearest to it, then the ends and beginnings left over."""
    near = sorted(
        (distance, before, after)
        for before, one in enumerate(ended)
        for after, other in enumerate(begun)
        if (distance := _distance(one, other)) is not None
    )
    gone: set[int] = set()
    come: set[int] = set()
    for _, before, after in near:
        if before not in gone and after not in come:
            gone.add(before)
            come.add(after)
            yield before, after
    yield from ((before, None) for before in range(len(ended)) if before not in gone)
    yield from ((None, after) for after in range(len(begun)) if after not in come)


def _distance(one: Service, other: Service) -> tuple[int, int] | None:
    """How far apart two services are that differ in one thing; None when they differ in more."""
    for rank, names in enumerate(_FIELDS):
        alike = replace(one, **{name: getattr(other, name) for name in names})
        if alike.value == other.value:
            return rank, abs(_minutes(one.start) - _minutes(other.start))
    return None


def _minutes(start: str | None) -> int:
    hours, _, minutes = (start or "0:0").partition(":")
    return int(hours) * 60 + int(minutes)


def _record(version: Version | None) -> dict[str, Any] | None:
    return {**version.service.record(), "words": version.words} if version else None
