"""Lines without times that say what the lines below them are about."""

from __future__ import annotations

import re
from dataclasses import replace

from vitality_lib.models import ServiceType
from vitality_lib.schedules.context import Context, Passing
from vitality_lib.schedules.lines import BOLD_HEADING, Line
from vitality_lib.schedules.lexicon.churches import church_name
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lexicon.languages import language_of
from vitality_lib.schedules.lexicon.seasons import season_of
from vitality_lib.schedules.phrases import Phrase, phrases
from vitality_lib.schedules.tokens import scan

PLAIN = 9  # the level of a heading that no markup marks
_MOST_WORDS = 12
_INTRODUCES = re.compile(r":\s*$|\b(?:as follows|following|are|is)\s*[:.]?\s*$", re.I)
_REGULAR = re.compile(r"\b(?:regular|normal|ordinary|current|year[- ]round)\b", re.I)
_TIMETABLE = re.compile(
    r"\b(?:service|worship|liturgical|liturgy|weekend|weekly|parish|sunday) (?:schedules?|times)\b|\bworship (?:with us|services)\b"
    r"|\bschedule of services\b|\bservice hours\b|\bjoin us for worship\b",
    re.I,
)
_TIMES = re.compile(r"\b(?:schedules?|times?|timings|hours|horarios?|masses|misas|liturgies)\b", re.I)
_CLOCK = re.compile(r"\d\s?(?:[ap]\.?\s?m\b|[:.h]\d\d)|\bnoon\b|midnight|mediod", re.I)
_SAYS_MORE = re.compile(
    r"appointment|\bappt|\barrangement|\brequest|\bcita\b|\b24\s?(?:/|-?\s?h)|perpetua|prior to|before\s+\w|after\s+\w|following the|antes|despu",
    re.I,
)
_NO_DAY = re.compile(r"\W*(?:[^\W\d]+\.?\s+)?(?:19|20)\d\d\W*")  # a year, a month of a year
_WAYS = (Kind.DAY, Kind.CHURCH, Kind.LANGUAGE, Kind.SEASON, Kind.VIGIL, Kind.PART)


def is_heading(line: Line) -> bool:
    """Whether a line states no time and is short or marked enough to head what follows."""
    if _CLOCK.search(line.text) or _SAYS_MORE.search(line.text):
        return False
    if line.heading:
        return True
    if line.link and len(line.text) < 60:
        return False  # an entry of a menu
    words = len(line.text.split())
    if _INTRODUCES.search(line.text):
        return words <= 40
    return words <= _MOST_WORDS and not line.text.endswith((".", "!", "?"))


def under(context: Context, line: Line) -> Context:
    """The context below a heading. A service forgets the days above it, a day the language, and so on down."""
    found = phrases(scan(line.text, line.start), line.text, line.start)
    level = line.heading or PLAIN
    shown = [p for i, p in enumerate(found) if not _in_brackets(found, i)]
    context = _subject(context, shown, level, line)
    context = _days(context, shown, found, level)
    return _details(context, shown, level, line)


def _in_brackets(found: list[Phrase], at: int) -> bool:
    opened = sum(1 for p in found[:at] if p.kind is Kind.OPEN)
    return opened > sum(1 for p in found[:at] if p.kind is Kind.CLOSE)


def _subject(context: Context, found: list[Phrase], level: int, line: Line) -> Context:
    services = tuple(dict.fromkeys(kind for p in found if p.kind is Kind.SERVICE for kind in p.services))
    topics = [p for p in found if p.kind is Kind.TOPIC]
    fresh = Context(church=context.church, season=context.season, presumed=context.presumed)
    if _is_dated(found, line, bool(services)):
        return replace(fresh, dated=True, level=level)
    still_dated = context.dated and level > context.level and context.level < PLAIN and not _REGULAR.search(line.text)
    fresh = replace(fresh, dated=still_dated)
    if ServiceType.MASS in services and _TIMES.search(line.text):
        services = (ServiceType.MASS,)
    if services and not (topics and topics[-1].start > found[0].start and found[0].kind is not Kind.SERVICE):
        both = any(p.both for p in found if p.kind is Kind.SERVICE)
        return replace(fresh, services=services, level=level, language="en/es" if both else None)
    if topics:
        outer = context if context.services and context.level < level else context.outer
        return replace(fresh, topic=True, level=level, outer=outer)
    if _TIMETABLE.search(line.text):
        return replace(fresh, services=(ServiceType.MASS,), level=level)
    if context.topic and context.outer and line.heading and context.outer.level < level <= context.level:
        context = context.outer
    if line.heading and line.heading < BOLD_HEADING and level <= context.level:
        if not any(p.kind in _WAYS for p in found):
            return Context(presumed=context.presumed)
        if context.dated and any(p.kind is Kind.DAY for p in found):
            return replace(fresh, dated=False)
        church_over_all = any(p.kind is Kind.CHURCH for p in found) and level < context.level
        if church_over_all:
            return fresh
    if context.dated and not still_dated and any(p.kind is Kind.DAY for p in found):
        return fresh
    return context


def _is_dated(found: list[Phrase], line: Line, names_service: bool) -> bool:
    """Whether a heading speaks of one date or one feast."""
    if any(p.kind is Kind.SEASON and season_of(p.text) is None for p in found):
        return not _REGULAR.search(line.text)
    dates = [p for p in found if p.kind is Kind.DATE and not _NO_DAY.fullmatch(p.text)]
    since = any(p.kind in (Kind.SINCE, Kind.DASH) for p in found)
    names_day = any(p.kind is Kind.DAY for p in found)
    return bool(dates) and not since and (names_day or (1 < line.heading < BOLD_HEADING and not names_service))


def _days(context: Context, found: list[Phrase], all_found: list[Phrase], level: int) -> Context:
    named = [p for p in found if p.kind is Kind.DAY] or [p for p in all_found if p.kind is Kind.DAY]
    vigil = any(p.kind is Kind.VIGIL for p in found)
    part = next((_half(p.text) for p in found if p.kind is Kind.PART), "")
    if named:
        days = (*(entry for entry in context.days if entry[0] < level), (level, named[-1].when))
        language = "en/es" if any(p.both for p in named) else context.language
        return replace(context, days=days, vigil=vigil, part=part, language=language, passing=_kept(context))
    if (vigil or part) and not any(p.kind is Kind.SERVICE for p in found):
        outer = tuple(entry for entry in context.days if entry[0] < level)
        return replace(context, vigil=vigil, part=part, days=outer or context.days)
    return replace(context, vigil=vigil or context.vigil, part=part or context.part)


def _half(word: str) -> str:
    return "am" if re.match(r"morn|ma[ñn]", word, re.I) else "pm"


def _kept(context: Context) -> Passing:
    return Passing(context.passing.services, context.passing.topic, (), context.passing.ranged)


def _details(context: Context, found: list[Phrase], level: int, line: Line) -> Context:
    languages = [language_of(p.text) for p in found if p.kind is Kind.LANGUAGE]
    churches = [p.text for p in found if p.kind is Kind.CHURCH]
    seasons = [season for p in found if p.kind is Kind.SEASON and (season := season_of(p.text))]
    names_service = any(p.kind in (Kind.SERVICE, Kind.TOPIC) for p in found)
    if languages:
        language = languages[0] if len(set(languages)) == 1 else "/".join(sorted(set(languages)))
        context = replace(context, language=language)
    elif any(p.kind is Kind.DAY for p in found) and not any(p.both for p in found):
        context = replace(context, language=None)
    if churches and len(line.text.split()) <= _MOST_WORDS:
        outer = tuple(entry for entry in context.days if entry[0] <= level)
        context = replace(
            context, church=church_name(churches[0]), days=outer, language=context.language if languages else None
        )
    if seasons:
        context = replace(context, season="+".join(dict.fromkeys(seasons)))
    elif _REGULAR.search(line.text) or names_service:
        context = replace(context, season=None)
    if names_service or (line.heading and line.heading < BOLD_HEADING and not any(p.kind in _WAYS for p in found)):
        return replace(context, passing=Passing())
    return replace(context, passing=_kept(context))
