"""A stretch of text ready to be read: which of its phrases are services, times and days of its own."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import Day
from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.context import Context
from vitality_lib.schedules.grammar.anchors import Relation, denied, ends, relations
from vitality_lib.schedules.grammar.passage import Passage
from vitality_lib.schedules.kept import kept
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.tokens import Sites


@dataclass(frozen=True)
class Stretch:
    """Phrases by index, in order. `services`, `times` and `days` are the stretch's own.

    Left out is what belongs to another service (`relations`) and what is `denied`. `ends` are times that end a
    service.
    """

    passage: Passage
    context: Context
    relations: tuple[Relation, ...]
    ends: frozenset[int]
    denied: frozenset[int]
    services: tuple[int, ...]
    times: tuple[int, ...]
    days: tuple[int, ...]

    @classmethod
    def of(cls, text: str, context: Context) -> Stretch:
        return altered(_alone(text, context.whole.sites), context=context)

    @classmethod
    def out_of_context(cls, text: str, sites: Sites) -> Stretch:
        """All of it that does not hang on the context."""
        passage = Passage.of(text, sites)
        without = denied(passage)
        related = tuple(relation for relation in relations(passage) if relation.at not in without)
        anchored = {at for relation in related for at in relation.anchored}
        anchored |= {at + 1 for at in passage.all_of(Kind.UNTIL) if passage.any_within(at + 1, at + 2, Kind.SERVICE)}
        return cls(
            passage,
            Context(),
            related,
            ends(passage),
            without,
            tuple(at for at in passage.all_of(Kind.SERVICE) if at not in anchored),
            tuple(at for at in passage.all_of(Kind.TIME) if at not in anchored and at not in without),
            tuple(_days(passage, without)),
        )

    def next_time(self, at: int) -> int:
        """The first time after a phrase; the number of phrases when there is none."""
        return next((time for time in self.times if time > at), len(self.passage.phrases))

    def time_before(self, at: int) -> int | None:
        return next((time for time in reversed(self.times) if time < at), None)

    def own(self, kind: Kind) -> list[int]:
        """Phrases of a kind that are not denied."""
        return [at for at in self.passage.all_of(kind) if at not in self.denied]


@kept
def _alone(text: str, sites: Sites) -> Stretch:
    return Stretch.out_of_context(text, sites)


def _days(passage: Passage, without: frozenset[int]) -> list[int]:
    """Phrases that say when. `Daily` gives way to a day named beside it with no time between the two."""
    days = [at for at in passage.all_of(Kind.DAY) if at not in without and not _names_a_vigil(passage, at)]
    return [
        at
        for place, at in enumerate(days)
        if not (passage.phrases[at].when[0].general and _gives_way(passage, days, place))
    ]


def _names_a_vigil(passage: Passage, day: int) -> bool:
    """`5:00 pm (Sunday Vigil)`, `6:30 pm (Anticipated Sunday Mass)`: which day's Mass it is, not when."""
    if not passage.depth[day] or passage.phrases[day].when[0].days != (Day.SU,):
        return False
    return passage.any_within(day - 1, day, Kind.VIGIL) or passage.any_within(day + 1, day + 2, Kind.VIGIL)


def _gives_way(passage: Passage, days: list[int], place: int) -> bool:
    if _is_behind_its_time(passage, days, place):
        return False
    beside = days[max(place - 1, 0) : place] + days[place + 1 : place + 2]
    for other in beside:
        low, high = sorted((days[place], other))
        by_name = not passage.phrases[other].when[0].general
        if by_name and not passage.any_within(low + 1, high, Kind.TIME):
            return True
    following = days[place + 1 : place + 2]
    another = bool(following) and passage.parted(days[place], following[0])  # `Weekdays 1 pm; perpetual on Fridays`
    return bool(following) and not another and not passage.any_within(following[0], len(passage.phrases), Kind.TIME)


def _is_behind_its_time(passage: Passage, days: list[int], place: int) -> bool:
    """`1-11 pm daily, & 9 am-11 pm on Fridays`, `8 am - 8 pm daily; Fridays 8 am - midnight`: each has its own."""
    day, following = days[place], days[place + 1 : place + 2]
    if not following or not passage.any_within(max(day - 1, 0), day, Kind.TIME):
        return False
    times = passage.any_within(day + 1, len(passage.phrases), Kind.TIME)
    return times and not passage.same_clause(day, following[0])
