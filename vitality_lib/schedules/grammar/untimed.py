"""Services without a time of their own: `before every Mass`, `perpetual adoration`, `by appointment`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vitality_lib.models import ServiceType
from vitality_lib.schedules.context import When
from vitality_lib.schedules.grammar.details import apart
from vitality_lib.schedules.grammar.draft import Draft, drafted
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.grammar.when import whens, whens_of_relation
from vitality_lib.schedules.lexicon.days import WEEK
from vitality_lib.schedules.lexicon.kinds import Kind

_TAKES_PLACE = re.compile(r"\b(?:takes? place|is held|is available|is offered|continues|se realiza)\b", re.I)
_EVERY = re.compile(r"\b(?:before|after|antes de|despu[eé]s de) (?:every|each|all|any|cada|todas)\b", re.I)
_HOURS = re.compile(r"\d|clock|night")
_OPEN = re.compile("open", re.I)
_CHAPEL = re.compile("ador", re.I)
_OFFICE = re.compile(r"office|rectory|parish", re.I)
_FEW_WORDS = 14
_LONGEST = 260  # characters; longer sentences speak about services


def untimed(stretch: Stretch, drafts: list[Draft]) -> Iterator[Draft]:
    """The services of a stretch that have no time; `drafts` are those that have one."""
    kinds = _kinds(stretch)
    if not kinds:
        return
    yield from _related(stretch, kinds, drafts)
    if ServiceType.ADORATION in kinds and not drafts:
        yield from _perpetual(stretch)
    if ServiceType.CONFESSION in kinds:
        yield from _by_appointment(stretch)


def _kinds(stretch: Stretch) -> tuple[ServiceType, ...]:
    phrases = stretch.passage.phrases
    named = tuple(dict.fromkeys(kind for at in stretch.services for kind in phrases[at].services))
    if not named and any(_CHAPEL.search(phrases[at].text) for at in stretch.own(Kind.CHURCH)):
        return (ServiceType.ADORATION,)
    return named or stretch.context.services or stretch.context.passing.services


def _related(stretch: Stretch, kinds: tuple[ServiceType, ...], drafts: list[Draft]) -> Iterator[Draft]:
    """A relation that no time of the stretch has taken: `Rosary after daily Mass`."""
    timed = [at for at in stretch.times if at not in stretch.ends]
    if not _speaks_of_schedule(stretch) or (drafts and not timed):
        return
    for relation in stretch.relations:
        if _of_topic(stretch, relation.at) or any(not apart(stretch, relation.at, time) for time in timed):
            continue
        for when in whens_of_relation(stretch, relation.at) or (When(()),):
            for kind in kinds:
                if kind is not ServiceType.MASS:
                    yield replace(drafted(stretch, relation.at, kind, when), note=relation.words)


def _of_topic(stretch: Stretch, at: int) -> bool:
    """`Coffee is served after the 9:00 Mass`"""
    before = [phrase.kind for phrase in stretch.passage.phrases[:at] if phrase.kind in (Kind.TOPIC, Kind.SERVICE)]
    return bool(before) and before[-1] is Kind.TOPIC


def _speaks_of_schedule(stretch: Stretch) -> bool:
    says_when = stretch.days or stretch.context.when or stretch.passage.all_of(Kind.OFFSET)
    return bool(says_when or stretch.passage.says(_EVERY)) and len(stretch.passage.text) < _LONGEST


def _perpetual(stretch: Stretch) -> Iterator[Draft]:
    said = stretch.passage.all_of(Kind.PERPETUAL)
    if said and _is_stated(stretch, said):
        when = next(iter(whens(stretch, said[0], [])), When(WEEK)) if stretch.days else When(WEEK)
        draft = drafted(stretch, said[0], ServiceType.ADORATION, when, start="00:00", end="24:00")
        yield replace(draft, note="perpetual")


def _is_stated(stretch: Stretch, said: list[int]) -> bool:
    """Whether `perpetual` is said of hours, and not only in a chapel's name or in praise of adoration."""
    passage = stretch.passage
    topics = [topic for topic in passage.all_of(Kind.TOPIC) if topic < said[0] and passage.depth[topic] == 0]
    if stretch.times or any(not _OPEN.match(passage.phrases[topic].text) for topic in topics):
        return False
    if any(_HOURS.search(passage.phrases[at].text) for at in said):
        return True
    return passage.says(_TAKES_PLACE) or len(passage.text.split()) <= _FEW_WORDS


def _by_appointment(stretch: Stretch) -> Iterator[Draft]:
    wanted = stretch.passage.all_of(Kind.APPOINTMENT)
    if wanted and not _about_something_else(stretch, wanted[0]):
        draft = drafted(stretch, wanted[0], ServiceType.CONFESSION, When(()))
        yield replace(draft, note="by appointment")


def _about_something_else(stretch: Stretch, at: int) -> bool:
    before = [phrase for phrase in stretch.passage.phrases[:at] if phrase.kind in (Kind.TOPIC, Kind.SERVICE)]
    return bool(before) and before[-1].kind is Kind.TOPIC and not _OFFICE.match(before[-1].text)
