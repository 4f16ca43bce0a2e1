"""Services without a time of their own: `before every Mass`, `perpetual adoration`, `by appointment`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.context import When
from vitality_lib.schedules.grammar.anchors import Relation
from vitality_lib.schedules.grammar.details import apart
from vitality_lib.schedules.grammar.draft import Draft, drafted
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.grammar.when import whens, whens_of_relation
from vitality_lib.schedules.kept import kept
from vitality_lib.schedules.lexicon.appointments import ONLY_CALL
from vitality_lib.schedules.lexicon.days import WEEK
from vitality_lib.schedules.lexicon.kinds import Kind

_TAKES_PLACE = re.compile(r"\b(?:takes? place|is held|is available|is offered|continues|se realiza)\b", re.I)
_THE = re.compile(r"\b(?:the|la|las)\b", re.I)
_WEEKEND = re.compile(r"\bweekend|\bfin(?:es)? de semana", re.I)
_EVERY = re.compile(r"\b(?:before|after|antes de|despu[eé]s de) (?:every|each|all|any|cada|todas)\b", re.I)
_EVERY_MASS = re.compile(r"\b(?:before|after) (?:every|each) mass\b", re.I)
_DAILY = re.compile(r"\bdaily (?:mass and )?(?:eucharistic )?adoration\b", re.I)
_OPEN_DAILY = re.compile(
    r"\bchapel is (?:now )?open (?:daily|every ?day|(?:7|seven) days)\b"
    r".{0,120}\b(?:ador\w+|eucharistic lord|blessed sacrament)\b",
    re.I,
)
_HOURS = re.compile(r"\d|clock|night")
_OPEN = re.compile("open", re.I)
_CHAPEL = re.compile("ador", re.I)
_CALL = re.compile(ONLY_CALL, re.I)
_PENANCE_SERVICE = re.compile(
    r"\b(?:communal|penitential|penance) (?:penance |penitential )?(?:services?|celebrations?)", re.I
)
_OFFICE = re.compile(r"office|rectory|parish|oficina|secretar|rector", re.I)
_FEW_WORDS = 14
_ENTRY = 6  # words of an entry of a list
_LONGEST = 260  # characters; longer sentences speak about services


def untimed(stretch: Stretch, drafts: list[Draft]) -> Iterator[Draft]:
    """The services of a stretch that have no time; `drafts` are those that have one."""
    kinds = _kinds(stretch)
    if not kinds:
        return
    related = list(_related(stretch, kinds, drafts))
    yield from related
    if ServiceType.ADORATION in kinds and not drafts:
        yield from _perpetual(stretch)
        yield from _daily(stretch)
    if ServiceType.CONFESSION in (*kinds, *stretch.context.passing.services):
        yield from _by_appointment(stretch)
        yield from _communal(stretch, [*drafts, *related])


def _kinds(stretch: Stretch) -> tuple[ServiceType, ...]:
    phrases = stretch.passage.phrases
    named = tuple(dict.fromkeys(kind for at in stretch.services for kind in phrases[at].services))
    if not named and _is_open_daily(stretch.passage.text):
        return (ServiceType.ADORATION,)
    always = not named and stretch.own(Kind.PERPETUAL)
    if always and any(_CHAPEL.search(phrases[at].text) for at in stretch.own(Kind.CHURCH)):
        return (ServiceType.ADORATION,)
    return named or stretch.context.services or stretch.context.passing.services


@kept
def _is_open_daily(text: str) -> bool:
    return bool(_OPEN_DAILY.search(text))


def _related(stretch: Stretch, kinds: tuple[ServiceType, ...], drafts: list[Draft]) -> Iterator[Draft]:
    """A relation that no time of the stretch has taken: `Rosary after daily Mass`."""
    timed = [at for at in stretch.times if at not in stretch.ends]
    if not _speaks_of_schedule(stretch) or (drafts and not timed):
        return
    for relation in stretch.relations:
        if _of_topic(stretch, relation.at) or any(not apart(stretch, relation.at, time) for time in timed):
            continue
        if not _of_a_service(stretch, relation):
            continue
        for when in _whens(stretch, relation) or (When(()),):
            for kind in kinds:
                if kind is not ServiceType.MASS:
                    yield replace(drafted(stretch, relation.at, kind, when), note=relation.words)


def _of_a_service(stretch: Stretch, relation: Relation) -> bool:
    """`after the 8:00`, `after Mass`; but `a code is needed after 8 pm`"""
    passage = stretch.passage
    names_it = any(passage.phrases[at].kind is Kind.SERVICE for at in relation.anchored)
    return names_it or bool(_THE.search(passage.between(relation.at, relation.at + 1)))


def _whens(stretch: Stretch, relation: Relation) -> tuple[When, ...]:
    """The days of a relation: those of the other service, those of its clause, else those any time would have.

    A line that names its service says its days, too, or has none: `Confession: before Mass`.
    """
    passage = stretch.passage
    last = max(relation.anchored)
    said = passage.text[passage.phrases[relation.at].end : passage.phrases[last].end]
    said_with = passage.phrases[relation.at].text + said
    if _WEEKEND.search(said):
        return (When((Day.SU, Day.SA)),)
    unsaid = not stretch.context.when and (stretch.days or not stretch.context.passing.when)
    if (
        unsaid
        and _EVERY_MASS.match(said_with)
        and all(_has_its_time(stretch, day, relation.at) for day in stretch.days)
    ):
        return (When(WEEK),)
    clause = [day for day in stretch.days if not passage.parted(day, relation.at)]
    beside = [day for day in clause if relation.at < day < last] or [day for day in clause if day < relation.at][-1:]
    for day in beside or clause:
        return passage.phrases[day].when
    if stretch.services and not stretch.days:
        return stretch.context.when
    return whens_of_relation(stretch, relation.at)


def _has_its_time(stretch: Stretch, day: int, relation: int) -> bool:
    """`Saturdays at 6 pm and before every Mass`: the day is said for its time only."""
    return any(day < time < relation for time in stretch.times)


def _of_topic(stretch: Stretch, at: int) -> bool:
    """`Coffee is served after the 9:00 Mass`"""
    before = [phrase.kind for phrase in stretch.passage.phrases[:at] if phrase.kind in (Kind.TOPIC, Kind.SERVICE)]
    return bool(before) and before[-1] is Kind.TOPIC


def _speaks_of_schedule(stretch: Stretch) -> bool:
    """Whether it says when at all, or is a bare entry of a list: `Rosary after Mass`."""
    passage = stretch.passage
    says_when = stretch.days or stretch.context.when or passage.all_of(Kind.OFFSET) or passage.says(_EVERY)
    entry = len(passage.text.split()) <= _ENTRY and not passage.all_of(Kind.TOPIC)
    return bool(says_when or entry) and len(passage.text) < _LONGEST


def _perpetual(stretch: Stretch) -> Iterator[Draft]:
    said = stretch.passage.all_of(Kind.PERPETUAL)
    if said and _is_stated(stretch, said):
        when = next(iter(whens(stretch, said[0], [])), When(WEEK)) if stretch.days else When(WEEK)
        draft = drafted(stretch, said[0], ServiceType.ADORATION, when, start="00:00", end="24:00")
        yield replace(draft, note="perpetual")


def _daily(stretch: Stretch) -> Iterator[Draft]:
    """`The chapel hosts daily adoration`, `the chapel is open 7 days a week`: at hours that are told elsewhere."""
    days = stretch.own(Kind.DAY)
    said = stretch.passage.says(_DAILY) or _is_open_daily(stretch.passage.text)
    if said and days and not stretch.times and not stretch.own(Kind.PERPETUAL):
        yield drafted(stretch, days[0], ServiceType.ADORATION, When(WEEK))


def _is_stated(stretch: Stretch, said: tuple[int, ...]) -> bool:
    """Whether `perpetual` is said of hours, and not only in a chapel's name or in praise of adoration."""
    passage = stretch.passage
    topics = [topic for topic in passage.all_of(Kind.TOPIC) if topic < said[0] and passage.depth[topic] == 0]
    if stretch.times or any(not _OPEN.match(passage.phrases[topic].text) for topic in topics):
        return False
    if any(_HOURS.search(passage.phrases[at].text) for at in said):
        return True
    return passage.says(_TAKES_PLACE) or len(passage.text.split()) <= _FEW_WORDS


def _by_appointment(stretch: Stretch) -> Iterator[Draft]:
    wanted = stretch.passage.all_of(Kind.APPOINTMENT) or _asked_to_call(stretch)
    if wanted and not _about_something_else(stretch, wanted[0]):
        draft = drafted(stretch, wanted[0], ServiceType.CONFESSION, When(()))
        yield replace(draft, note="by appointment")


def _asked_to_call(stretch: Stretch) -> list[int]:
    """`Call the office`, and nothing else, under a heading for confessions."""
    passage = stretch.passage
    alone = len(passage.text.split()) <= _ENTRY and not stretch.times
    return [0] if alone and passage.phrases and passage.says(_CALL) else []


def _communal(stretch: Stretch, others: list[Draft]) -> Iterator[Draft]:
    """`Communal penance services are held in Advent and Lent`: twice a year, at times that are told then."""
    seasons = stretch.own(Kind.SEASON)
    if seasons and not others and stretch.passage.says(_PENANCE_SERVICE):
        draft = drafted(stretch, seasons[0], ServiceType.CONFESSION, When(()))
        yield replace(draft, note="communal penance service")


def _about_something_else(stretch: Stretch, at: int) -> bool:
    before = [phrase for phrase in stretch.passage.phrases[:at] if phrase.kind in (Kind.TOPIC, Kind.SERVICE)]
    return bool(before) and before[-1].kind is Kind.TOPIC and not _OFFICE.match(before[-1].text)
