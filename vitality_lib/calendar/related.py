"""When a service that is tied to others takes place on a day, from when those others do.

Nothing says how long a Mass takes. Taken as usual: 60 minutes on Sundays, with their vigils, and for adoration; 30 on
weekdays and for all else. What is only said to be `before` begins 30 minutes before. What rests on that is not certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from vitality_lib.calendar.occurrence import Occurrence, later, moment
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.relations import Preposition, Relation
from vitality_lib.models import ServiceType

_LONG, _SHORT = 60, 30  # minutes
_BEFORE = 30  # minutes
_SATURDAY, _SUNDAY = 5, 6
_VIGILS_BEGIN = 15  # o'clock


@dataclass(frozen=True)
class Anchor:
    """An occurrence that another service may be tied to, and what it is of."""

    type: ServiceType
    at: Occurrence

    @property
    def end(self) -> datetime:
        """As stated, else as usual."""
        return self.at.end or later(self.at.start, self._usual_length())

    @property
    def end_is_certain(self) -> bool:
        return self.at.certain and self.at.end is not None

    def _usual_length(self) -> int:
        if self.type is not ServiceType.MASS:
            return _LONG if self.type is ServiceType.ADORATION else _SHORT
        start = self.at.start
        of_sunday = start.weekday() == _SUNDAY or (start.weekday() == _SATURDAY and start.hour >= _VIGILS_BEGIN)
        return _LONG if of_sunday else _SHORT


def related(relation: Relation, anchors: Iterable[Anchor]) -> Iterator[Occurrence]:
    """What the relation makes of the anchors of one day, in order."""
    ordered = sorted(anchors, key=lambda anchor: anchor.at.start)
    if relation.preposition is Preposition.BETWEEN:
        yield from (
            Occurrence(one.end, other.at.start, certain=one.end_is_certain and other.at.certain)
            for one, other in pairwise(ordered)
            if one.end < other.at.start
        )
        return
    for anchor in ordered:
        yield _related_to(relation, anchor)


def _related_to(relation: Relation, anchor: Anchor) -> Occurrence:
    offset = relation.offset_minutes
    if relation.preposition is Preposition.BEFORE:
        start = later(anchor.at.start, -(_BEFORE if offset is None else offset))
        return Occurrence(start, anchor.at.start, certain=anchor.at.certain and offset is not None)
    if relation.preposition is Preposition.AFTER:
        return Occurrence(later(anchor.end, offset or 0), None, certain=anchor.end_is_certain)
    return Occurrence(anchor.at.start, anchor.end, certain=False)


def chosen(relation: Relation, known: Sequence[Anchor]) -> list[Anchor]:
    """The anchors of one day that a relation speaks of: of its type, and at its times if it names some."""
    if not relation.times:
        return _of_type(relation, known)
    return [anchor for time in relation.times for anchor in _at(time, _of_type(relation, known))]


def assumed(relation: Relation, day: date, known: Sequence[Anchor], place: Place) -> list[Anchor]:
    """The same for a day on which the page says that the service is held: a time that it names stands for itself.

    One that is not among the other services of its type on that day is not certain.
    """
    others = _of_type(relation, known)
    if not relation.times:
        return others
    found: list[Anchor] = []
    for time in relation.times:
        sure = not others and _is_exact(time)
        start = moment(day, _usual_half(time), place)
        found += _at(time, others) or [Anchor(relation.service_type, Occurrence(start, None, certain=sure))]
    return found


def _of_type(relation: Relation, anchors: Sequence[Anchor]) -> list[Anchor]:
    return [anchor for anchor in anchors if anchor.type is relation.service_type]


def _at(time: str, anchors: Sequence[Anchor]) -> list[Anchor]:
    """Those that begin at a time; `8:00` is in the morning if one is, else in the evening."""
    hours, minutes = (int(part) for part in time.split(":"))
    for hour in (hours,) if _is_exact(time) else (hours, (hours + 12) % 24):
        found = [anchor for anchor in anchors if (anchor.at.start.hour, anchor.at.start.minute) == (hour, minutes)]
        if found:
            return found
    return []


def _is_exact(time: str) -> bool:
    """Whether the half of the day is known; times from 10 to 12 look the same in both notations and count as known."""
    return len(time) == len("00:00")


def _usual_half(time: str) -> str:
    """A Mass is in the morning from 6 to 12 and in the afternoon from 1 to 5, where the page does not say."""
    hours, minutes = (int(part) for part in time.split(":"))
    return f"{hours + 12}:{minutes:02d}" if not _is_exact(time) and hours < 6 else time
