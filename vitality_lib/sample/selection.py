"""Which of a parish's lines stand in which part of a page. These, too, are filters of the templates."""

from __future__ import annotations

from collections.abc import Sequence

from vitality_lib.models import Day, ServiceType
from vitality_lib.sample.country import Line


def of(lines: Sequence[Line], type: str) -> list[Line]:
    """The lines of one type of service."""
    return [line for line in lines if line.type is ServiceType(type)]


def weekend(lines: Sequence[Line]) -> list[Line]:
    """Every Saturday's vigil and every Sunday's Masses."""
    return [
        line
        for line in lines
        if (line.vigil and line.days == (Day.SA,)) or (line.days == (Day.SU,) and not line.ordinals)
    ]


def weekday(lines: Sequence[Line]) -> list[Line]:
    """What is neither of the weekend nor of holy days."""
    others = [*weekend(lines), *holy(lines)]
    return [line for line in lines if line not in others]


def holy(lines: Sequence[Line]) -> list[Line]:
    """Holy days and their eves."""
    return [line for line in lines if {Day.HOLYDAY, Day.HOLYDAY_EVE} & set(line.days)]


def on(lines: Sequence[Line], day: str) -> list[Line]:
    """The lines of one weekday, those of every week only."""
    return [line for line in lines if Day(day) in line.days and not line.ordinals]


def at(lines: Sequence[Line], church: str | None) -> list[Line]:
    """The lines of one church."""
    return [line for line in lines if line.church == church]


def churches(lines: Sequence[Line]) -> list[str]:
    """The churches named, in the order of the data."""
    return list(dict.fromkeys(line.church for line in lines if line.church))


def within(lines: Sequence[Line], season: str | None) -> list[Line]:
    """The lines of one season; None: all year."""
    return [line for line in lines if line.season == season]


FILTERS = {filter_.__name__: filter_ for filter_ in (of, weekend, weekday, holy, on, at, churches, within)}
