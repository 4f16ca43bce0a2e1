"""Lines without times that say what the lines below them are about."""

from __future__ import annotations

import re
from dataclasses import replace

from vitality_lib.models import ServiceType
from vitality_lib.schedules.context import Context, Passing
from vitality_lib.schedules.layout import BOLD_HEADING, Line
from vitality_lib.schedules.lexicon import Kind, language_of, season_of
from vitality_lib.schedules.phrases import Phrase, phrases
from vitality_lib.schedules.tokens import scan

_PLAIN = 9  # the level of a heading that no markup marks
_MOST_WORDS = 12
_INTRODUCES = re.compile(r":\s*$|\b(?:as follows|following|are|is)\s*[:.]?\s*$", re.I)
_REGULAR = re.compile(r"\b(?:regular|normal|ordinary|current|year[- ]round)\b", re.I)
_TIMETABLE = re.compile(r"\b(?:schedules?|times|services|horarios?|worship|celebrations?)\b", re.I)


def is_heading(line: Line) -> bool:
    """Whether a line without times is a heading: by its markup, by its length, or because it ends in a colon."""
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
    level = line.heading or _PLAIN
    shown = [p for i, p in enumerate(found) if not _in_brackets(found, i)]
    context = _subject(context, shown, level, line)
    context = _days(context, shown)
    return _details(context, shown, line)


def _in_brackets(found: list[Phrase], at: int) -> bool:
    opened = sum(1 for p in found[:at] if p.kind is Kind.OPEN)
    return opened > sum(1 for p in found[:at] if p.kind is Kind.CLOSE)


def _subject(context: Context, found: list[Phrase], level: int, line: Line) -> Context:
    services = tuple(dict.fromkeys(kind for p in found if p.kind is Kind.SERVICE for kind in p.services))
    topic = any(p.kind is Kind.TOPIC for p in found)
    feast = any(p.kind is Kind.SEASON and season_of(p.text) is None for p in found)
    dated = any(p.kind is Kind.DATE for p in found) and not any(p.kind is Kind.SINCE for p in found)
    names_day = any(p.kind is Kind.DAY for p in found)
    fresh = Context(church=context.church, season=context.season)
    if feast or (dated and (names_day or services) and line.heading and not _only_year(found)):
        return replace(fresh, topic=True, level=level)
    if services:
        both = any(p.both for p in found if p.kind is Kind.SERVICE)
        return replace(fresh, services=services, level=level, language="en/es" if both else None)
    if topic:
        return replace(fresh, topic=True, level=level)
    says_nothing = not any(p.kind in (Kind.DAY, Kind.CHURCH, Kind.LANGUAGE, Kind.SEASON, Kind.VIGIL, Kind.PART) for p in found)
    if says_nothing and line.heading and line.heading < BOLD_HEADING and level <= context.level:
        if not _TIMETABLE.search(line.text):
            return Context()
    return context


def _only_year(found: list[Phrase]) -> bool:
    return all(re.fullmatch(r"\W*(?:19|20)\d\d\W*", p.text) for p in found if p.kind is Kind.DATE)


def _days(context: Context, found: list[Phrase]) -> Context:
    named = [p for p in found if p.kind is Kind.DAY]
    vigil = any(p.kind is Kind.VIGIL for p in found)
    if named:
        spanish = any(p.both for p in named)
        language = "en/es" if spanish else None if context.services == () else context.language
        return replace(context, when=named[-1].when, vigil=vigil, language=language, passing=Passing())
    return replace(context, vigil=vigil) if vigil else context


def _details(context: Context, found: list[Phrase], line: Line) -> Context:
    languages = [language_of(p.text) for p in found if p.kind is Kind.LANGUAGE]
    churches = [p.text for p in found if p.kind is Kind.CHURCH]
    seasons = [season for p in found if p.kind is Kind.SEASON and (season := season_of(p.text))]
    if languages:
        language = languages[0] if len(set(languages)) == 1 else "/".join(sorted(set(languages)))
        context = replace(context, language=language)
    if churches and len(line.text.split()) <= _MOST_WORDS:
        alone = not any(p.kind in (Kind.SERVICE, Kind.DAY) for p in found)
        church = re.sub(r"^(?:in|at|en)\s+", "", churches[0], flags=re.I)
        context = replace(context, church=church)
        if alone:
            context = replace(context, when=(), language=None, vigil=False)
    if seasons:
        context = replace(context, season="+".join(dict.fromkeys(seasons)))
    elif _REGULAR.search(line.text) or any(p.kind is Kind.SERVICE for p in found):
        context = replace(context, season=None)
    return replace(context, passing=Passing())


