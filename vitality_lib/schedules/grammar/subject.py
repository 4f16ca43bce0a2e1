"""What takes place at a time: the service named beside it, elsewhere in the stretch, or by the headings above."""

from __future__ import annotations

import re

from vitality_lib.models import ServiceType
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.grammar.vigil import says_vigil
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lexicon.pattern import any_of, words

_REACH = 5  # phrases between a time and the service named behind it
_SHORT = 60  # characters of a line that states days and times and hardly more
_STREAMED = re.compile(r"stream|broadcast|televis|facebook|youtube|zoom|vivo|transmi", re.I)
# What may stand between a time and the service it belongs to: `8:00 am (Family) Mass`, `9:00 a.m. Parish Choir Mass`.
_QUALITIES = words(
    "a", "the", "our", "holy", "daily", "weekday", "family", "families", "youth", "teens?", "life", "children",
    "student", "school", "low", "high", "sung", "solemn", "contemporary", "traditional", "folk", "novus", "ordo",
    "form", "ordinary", "extraordinary", "rite", "roman", "regular", "in", "en", "del?", "la", "outdoor", "indoor",
    "parish", "community", "healing", "bilingual", "weekend", "of", "s", "choir", "quiet", "said", "parking", "lot",
    "interpreted", "public", "only", "main", "church", "chapel",
)  # fmt: skip
_GAP = re.compile(any_of(r"[\s'\u2019&()\-\u2013:/]", _QUALITIES) + "{0,12}", re.I)
_JOINS = re.compile(r"\b(?:with|followed by|including|includes|then|con|seguid[ao] de[l]?)\W+(?:\w+\W+){0,1}$", re.I)
_RIGHT_BEFORE = ("", "at", "a las", ":")
_DOORS = re.compile(r"open|clos|(?:un)?lock", re.I)
_THE = re.compile(r"\b(?:the|la)\s+$", re.I)
_LEADS_IN = re.compile(r"\W*(?:(?:at|is|are|from|times?)\W*)*", re.I)
_EXPLAINS = (
    Kind.LANGUAGE,
    Kind.VIGIL,
    Kind.DAY,
    Kind.SEASON,
    Kind.OPEN,
    Kind.CLOSE,
    Kind.PART,
    Kind.CHURCH,
    Kind.ORDINAL,
)


def services_at(stretch: Stretch, at: int) -> tuple[ServiceType, ...]:
    """The services that begin at a time; none when it belongs to something else."""
    if _streamed(stretch, at) or _of_doors(stretch, at):
        return ()
    named = _named(stretch, at)
    return _inherited(stretch, at) if named is None else named


def _streamed(stretch: Stretch, at: int) -> bool:
    """`Livestream: Sunday 10:00`, `10:00 livestreamed at 10:15`; but `8:00 (livestreamed), 10:00` are two Masses."""
    passage, earlier = stretch.passage, stretch.time_before(at)
    streams = (one for one in passage.all_of(Kind.TOPIC) if one < at and _STREAMED.search(passage.phrases[one].text))
    return any(
        passage.depth[one] == 0
        and (
            stretch.time_before(one) is None
            or (one > (earlier or 0) and passage.between(one, at).strip().lower() in _RIGHT_BEFORE)
        )
        for one in streams
    )


def _of_doors(stretch: Stretch, at: int) -> bool:
    """`on weekdays the church opens at 7:30`"""
    passage = stretch.passage
    if not passage.any_within(max(at - 1, 0), at, Kind.TOPIC) or passage.between(at - 1, at).strip().lower() != "at":
        return False
    return bool(_DOORS.match(passage.phrases[at - 1].text))


def _inherited(stretch: Stretch, at: int) -> tuple[ServiceType, ...]:
    context, passing = stretch.context, stretch.context.passing
    if passing.topic or (passing.hours and stretch.passage.has_end(at)):
        return ()
    goes_on = bool(passing.services) and passing.ranged and stretch.passage.has_end(at)
    if context.services and not goes_on:
        return context.services
    if passing.services:
        return passing.services
    if context.topic or not (stretch.days or context.days):
        return ()
    presumed = says_vigil(stretch, at) or _of_church(stretch, at)
    return context.whole.presumed or ((ServiceType.MASS,) if presumed else ())


def _of_church(stretch: Stretch, at: int) -> bool:
    """Bare days and times under nothing but a church's name, on a page that speaks of Mass: its Masses."""
    passage = stretch.passage
    bare = not passage.has_end(at) and len(passage.text) <= _SHORT
    return bool(stretch.context.church) and stretch.context.whole.says_mass and bare


def _named(stretch: Stretch, at: int) -> tuple[ServiceType, ...] | None:
    """The service named for a time in the stretch itself; empty when it names something else; None: nothing."""
    passage = stretch.passage
    service = _beside(stretch, at)
    if service is None:
        if any(topic < at and passage.encloses(topic, at) for topic in passage.all_of(Kind.TOPIC)):
            return ()
        service = _shared(stretch, at)
    if service is not None:
        return () if _mentioned(stretch, at, service) else passage.phrases[service].services
    return () if _topic_right_after(stretch, at) else None


def _mentioned(stretch: Stretch, at: int, service: int) -> bool:
    """`at the 8:00 Mass` under a heading for something else: the Mass is known, and only named for its time."""
    passage, context = stretch.passage, stretch.context
    if not context.services or ServiceType.MASS in context.services or service < at:
        return False
    return passage.phrases[service].services == (ServiceType.MASS,) and bool(_THE.search(passage.before(at)))


def _beside(stretch: Stretch, at: int) -> int | None:
    """The service named right behind a time, or before it. `Mass 8:00, Confession 9:00`: each leads its time."""
    after, before = _service_after(stretch, at), _service_before(stretch, at)
    if after is None or before is None:
        return before if after is None else after
    return before if _touches(stretch, before, at) and _leads_on(stretch, after) else after


def _service_after(stretch: Stretch, at: int) -> int | None:
    """A service named right behind a time: `8:00 am Spanish Mass`."""
    passage = stretch.passage
    for later in range(at + 1, min(at + _REACH + 1, len(passage.phrases))):
        if not passage.near(at, later) or not _GAP.fullmatch(passage.between(at, later)):
            return None
        if passage.phrases[later].kind is Kind.SERVICE:
            return later if later in stretch.services and not _aside(stretch, later, at) else None
        if passage.phrases[later].kind not in _EXPLAINS:
            return None
    return None


def _aside(stretch: Stretch, service: int, at: int) -> bool:
    """What stands in brackets and only goes with the service: `(Benediction at 5:45)`, `(Novena follows)`."""
    passage = stretch.passage
    if passage.encloses(service, at):
        return False
    follows = passage.any_within(service + 1, service + 2, Kind.RELATION)
    return follows or _leads_on(stretch, service) or bool(_JOINS.search(passage.before(service)[-24:]))


def _service_before(stretch: Stretch, at: int) -> int | None:
    passage = stretch.passage
    for earlier in range(at - 1, -1, -1):
        if not passage.encloses(earlier, at):
            continue
        if earlier in stretch.services:
            return earlier
        if passage.phrases[earlier].kind is Kind.TOPIC:
            return None
    return None


def _touches(stretch: Stretch, before: int, at: int) -> bool:
    return before == at - 1 and bool(re.fullmatch(_LEADS_IN, stretch.passage.between(before, at)))


def _leads_on(stretch: Stretch, service: int) -> bool:
    return stretch.passage.any_within(service + 1, service + 2, Kind.TIME, Kind.DAY)


def _shared(stretch: Stretch, at: int) -> int | None:
    """The service of a later time, `8:00, 9:30 Mass`, or one named after all times, `8:00 and 9:30 on Sunday: Mass`."""
    later = (_service_after(stretch, time) for time in stretch.times if time > at)
    service = next((one for one in later if one is not None), None)
    if service is not None:
        return service
    trailing = [one for one in stretch.services if one > at and _stands_alone(stretch, one)]
    return trailing[0] if trailing and not any(time > trailing[0] for time in stretch.times) else None


def _stands_alone(stretch: Stretch, service: int) -> bool:
    """Whether a service is more than the end of another: `... with Benediction`, `followed by the Rosary`."""
    passage = stretch.passage
    return passage.depth[service] == 0 and not _JOINS.search(passage.before(service)[-24:])


def _topic_right_after(stretch: Stretch, at: int) -> bool:
    """`10:15 am Religious Education`, `10:15 am - Coffee`; but `11:00 am - livestreamed` is a Mass."""
    passage = stretch.passage
    topic = at + 2 if passage.any_within(at + 1, at + 2, Kind.DASH) else at + 1
    if not passage.any_within(topic, topic + 1, Kind.TOPIC) or _STREAMED.search(passage.phrases[topic].text):
        return False
    return passage.between(topic - 1, topic).strip() == "" and passage.between(at, at + 1).strip() == ""
