"""Lines without times that say what the lines below them are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from vitality_lib.languages import language_of
from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.asides import is_statement
from vitality_lib.schedules.context import Context, Passing, When
from vitality_lib.schedules.kept import kept
from vitality_lib.schedules.lexicon.churches import church_name, without_town
from vitality_lib.schedules.lexicon.days import WEEK
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lines import BOLD_HEADING, Line
from vitality_lib.schedules.phrases import Phrase, phrases_of
from vitality_lib.schedules.tokens import Sites

PLAIN = 9  # the level of a heading that no markup marks
_MOST_WORDS = 12
_INTRODUCES = re.compile(r":\s*$|\b(?:as follows|following|are|is)\s*[:.]?\s*$", re.I)
_REGULAR = re.compile(r"\b(?:regular|normal|ordinary|current|year[- ]round)\b", re.I)
_TIMETABLE = re.compile(
    r"\b(?:service|worship|liturgical|liturgy|weekend|weekly|parish|sunday) (?:schedules?|times)\b"
    r"|\bworship (?:with us|services)\b|\bschedule of services\b|\bservice hours\b|\bjoin us for worship\b",
    re.I,
)
_TIMES = re.compile(r"\b(?:schedules?|times?|timings|hours|horarios?|masses|misas|liturgies)\b", re.I)
# Looked for in small letters, which is faster than without regard to case.
_CLOCK = re.compile(
    r"\d\s?(?:[ap]\.?\s?m\b|[:.h]\d\d|h(?:s|rs|oras)?\b)|\d[ap]\b"
    r"|(?:day|\bsun|\bmon|\btues?|\bweds?|\bthurs?|\bfri|\bsat|mass|masse|misa|confession|vigil|reconciliation)s?\W{1,3}"
    r"(?:at )?(?:\d{1,2}\s?(?:[,&/\u2013-]|and\b|to\b|y\b)|[012]\d[0-5][05]\b(?! ?[a-z]))"
    r"|(?:-|\bthru|\bthrough|\bto) \w{3,9}\W{1,2}(?:at )?\d{1,2}$|\bvigil:? (?:at )?\d{1,2}(?:$|;)",
)
_DIGIT = re.compile(r"\d")
_SAYS_MORE = re.compile(
    r"\bnoon\b|midnight|mediod|clock\b|half past|quarter (?:to|past|of)|"
    r"appointment|\bappt|\barrangement|\brequest|\bcita\b|\b24\s?(?:/|-?\s?h)|perpetua"
    r"|prior to|(?:before|after|between)\s+\w|following the|antes|despu|entre las|al (?:finali|termi)"
    r"|during (?:the )?(?:\w+ )?(?:mass|ador|expos|holy hour)|durante la (?:misa|ador)"
    r"|communal penance|schedul\w+ with|calling|any ?time|(?:call|contact|llam\w+) |see (?:fr\b|father|a priest)",
)
_NO_DAY = re.compile(r"\W*(?:[^\W\d]+\.?\s+)?(?:19|20)\d\d\W*")  # a year, a month of a year
_MORNING = re.compile(r"morn|ma[ñn]", re.I)
_WAYS = (Kind.DAY, Kind.CHURCH, Kind.LANGUAGE, Kind.SEASON, Kind.VIGIL, Kind.PART)


def is_heading(line: Line) -> bool:
    """Whether a line states no time and is short or marked enough to head what follows."""
    if line.link and not line.heading and len(line.text) < 60:
        return False  # an entry of a menu
    return _heads(line.text, line.heading > 0)


@kept
def _heads(text: str, marked: bool) -> bool:
    low = text.lower()
    if (_DIGIT.search(low) and _CLOCK.search(low)) or _SAYS_MORE.search(low):
        return False
    if marked:
        return True
    words = len(text.split())
    if _INTRODUCES.search(text):
        return words <= 40
    return words <= _MOST_WORDS and not text.endswith((".", "!", "?")) and not is_statement(text)


def under(context: Context, line: Line) -> Context:
    """The context below a heading. A service forgets the days above it, a day the language, and so on down."""
    heading = _heading(line.text, line.heading, line.church, context.whole.sites)
    return _details(_days(_subject(context, heading), heading), heading)


@dataclass(frozen=True)
class _Heading:
    """A heading's phrases, their places counted from its start: `shown` are those without what stands in brackets.

    `mark` is the level that its markup gives it, 0 for none.
    """

    text: str
    mark: int
    phrases: tuple[Phrase, ...]
    shown: tuple[Phrase, ...]

    @property
    def level(self) -> int:
        return self.mark or PLAIN

    @property
    def marked(self) -> bool:
        """Whether it is a heading by its markup, not only a bold line."""
        return 0 < self.mark < BOLD_HEADING

    @cached_property
    def regular(self) -> bool:
        return bool(_REGULAR.search(self.text))

    @cached_property
    def of_times(self) -> bool:
        return bool(_TIMES.search(self.text))

    @cached_property
    def of_timetable(self) -> bool:
        return bool(_TIMETABLE.search(self.text))

    @cached_property
    def _by_kind(self) -> dict[Kind, list[Phrase]]:
        found: dict[Kind, list[Phrase]] = {}
        for phrase in self.shown:
            found.setdefault(phrase.kind, []).append(phrase)
        return found

    def named(self, kind: Kind) -> list[Phrase]:
        return self._by_kind.get(kind, [])

    def names(self, *kinds: Kind) -> bool:
        return any(kind in self._by_kind for kind in kinds)


@kept
def _heading(text: str, mark: int, church: bool, sites: Sites) -> _Heading:
    if church:
        name = (Phrase(Kind.CHURCH, 0, len(text), without_town(text)),)
        return _Heading(text, mark, name, name)
    found = phrases_of(text, sites)
    opened = 0
    shown = []
    for phrase in found:
        opened -= phrase.kind is Kind.CLOSE
        if opened <= 0:
            shown.append(phrase)
        opened += phrase.kind is Kind.OPEN
    return _Heading(text, mark, found, tuple(shown))


# --- what the lines below are about


def _subject(context: Context, heading: _Heading) -> Context:
    fresh = Context(
        church=context.church,
        season=context.season,
        begins=context.begins,
        ends=context.ends,
        season_level=context.season_level,
        whole=context.whole,
    )
    if _is_dated(heading):
        return altered(fresh, dated=True, level=heading.level)
    below_date = context.dated and context.level < heading.level and context.level < PLAIN and not heading.regular
    fresh = altered(fresh, dated=below_date)
    stated = _stated(context, fresh, heading)
    return _kept_subject(context, fresh, heading) if stated is None else stated


def _is_dated(heading: _Heading) -> bool:
    """Whether a heading speaks of one date or one feast."""
    if any(phrase.season is None for phrase in heading.named(Kind.SEASON)):
        return not heading.regular
    dates = [phrase for phrase in heading.named(Kind.DATE) if not _NO_DAY.fullmatch(phrase.text)]
    if not dates or heading.names(Kind.SINCE, Kind.DASH):
        return False
    marked = heading.marked and heading.level > 1
    return bool(heading.named(Kind.DAY)) or (marked and not heading.named(Kind.SERVICE))


def _stated(context: Context, fresh: Context, heading: _Heading) -> Context | None:
    """The context under a heading that names a service or something else; None when it names neither."""
    named, topics = heading.named(Kind.SERVICE), heading.named(Kind.TOPIC)
    services = tuple(dict.fromkeys(kind for phrase in named for kind in phrase.services))
    announces = heading.of_times or (heading.marked and (heading.level == 1 or len(services) > 2))
    if ServiceType.MASS in services and announces:  # the other services of a page have headings of their own
        services = (ServiceType.MASS,)
    first = heading.shown[0] if heading.shown else None
    about_topic = topics and topics[-1] is not first and first is not None and first.kind is not Kind.SERVICE
    if services and not about_topic:
        language = "en/es" if any(len(phrase.said_in) > 1 for phrase in named) else None
        outer = _enclosing(context, heading.level)
        return altered(fresh, services=services, level=heading.level, language=language, outer=outer)
    if topics:
        outer = context if context.services and context.level < heading.level else context.outer
        return altered(fresh, topic=True, level=heading.level, outer=outer)
    if heading.of_timetable:
        return altered(fresh, services=(ServiceType.MASS,), level=heading.level)
    return None


def _enclosing(context: Context, level: int) -> Context | None:
    """The innermost heading for services of which one of this level is a part."""
    above: Context | None = context
    while above and not (above.services and above.level < level):
        above = above.outer
    return above


def _kept_subject(context: Context, fresh: Context, heading: _Heading) -> Context:
    """What stays of the subject above a heading that names none. One of a higher level ends it."""
    outer = context.outer
    if context.topic and outer and heading.mark and outer.level < heading.level <= context.level:
        context = outer
    elif heading.marked and heading.level < context.level and context.services:
        context = _enclosing(context, heading.level) or context
    beside = heading.level <= context.level and not context.topic and not context.dated
    if beside and (_is_for_holy_days(heading) or _goes_back_to_masses(context, heading)):
        return altered(fresh, services=(ServiceType.MASS,), level=heading.level, outer=context.outer)
    names_day = bool(heading.named(Kind.DAY))
    if heading.marked and heading.level <= context.level:
        if not heading.names(*_WAYS):
            return Context(whole=context.whole)
        if context.dated and names_day:
            return altered(fresh, dated=False)
        if heading.named(Kind.CHURCH) and (context.topic or heading.level < context.level):
            return fresh
    return fresh if context.dated and not fresh.dated and names_day else context


def _is_for_holy_days(heading: _Heading) -> bool:
    """What a parish says of holy days under a heading of its own are their Masses."""
    return any(when.days == (Day.HOLYDAY,) for phrase in heading.named(Kind.DAY) for when in phrase.when)


def _goes_back_to_masses(context: Context, heading: _Heading) -> bool:
    """`Sunday` or `Weekdays` beside `Confession`, which has its times already, are those of the Masses.

    One weekday alone may as well be another day for confessions.
    """
    if not (context.told and context.services and context.whole.says_mass and heading.mark):
        return False
    days = {day for phrase in heading.named(Kind.DAY) for when in phrase.when for day in when.days}
    return ServiceType.MASS not in context.services and (Day.SU in days or len(days) > 1)


# --- when, and what else


def _days(context: Context, heading: _Heading) -> Context:
    named = heading.named(Kind.DAY) or [phrase for phrase in heading.phrases if phrase.kind is Kind.DAY]
    vigil = bool(heading.named(Kind.VIGIL))
    part = next((_half(phrase.text) for phrase in heading.named(Kind.PART)), "")
    outer = _days_above(context, heading.level)
    if named:
        days = (*outer, (heading.level, named[-1].when))
        language = "en/es" if any(len(phrase.said_in) > 1 for phrase in named) else context.language
        return altered(context, days=days, vigil=vigil, part=part, language=language, passing=_without_days(context))
    if (vigil or part) and not heading.named(Kind.SERVICE):
        return altered(context, vigil=vigil, part=part, days=outer or context.days)
    return altered(context, vigil=vigil or context.vigil, part=part or context.part)


def _days_above(context: Context, level: int) -> tuple[tuple[int, tuple[When, ...]], ...]:
    return tuple(entry for entry in context.days if entry[0] < level)


def _half(word: str) -> str:
    return "am" if _MORNING.match(word) else "pm"


def _without_days(context: Context) -> Passing:
    return altered(context.passing, when=()) if context.passing.when else context.passing


def _details(context: Context, heading: _Heading) -> Context:
    languages = {language_of(phrase.text) for phrase in heading.named(Kind.LANGUAGE)}
    names_day = bool(heading.named(Kind.DAY))
    if languages:
        context = altered(context, language="/".join(sorted(languages)))
    elif names_day and not any(len(phrase.said_in) > 1 for phrase in heading.named(Kind.DAY)):
        context = altered(context, language=None)
    context = _season(_period(_church(context, heading, keeps_language=bool(languages)), heading), heading)
    ends_passing = heading.marked and (context.passing.topic or not heading.names(*_WAYS))
    if ends_passing or heading.names(Kind.SERVICE, Kind.TOPIC):
        return altered(context, passing=Passing())
    return altered(context, passing=_without_days(context))


def _church(context: Context, heading: _Heading, *, keeps_language: bool) -> Context:
    churches = heading.named(Kind.CHURCH)
    if not churches or len(heading.text.split()) > _MOST_WORDS:
        return context
    days = _days_above(context, heading.level + 1)
    language = context.language if keeps_language else None
    return altered(context, church=church_name(churches[0].text), days=days, language=language)


def _period(context: Context, heading: _Heading) -> Context:
    """The first and the last day of what stands below, in brackets or not."""
    said = [phrase for phrase in heading.phrases if phrase.kind is Kind.PERIOD]
    if said:
        begins, ends = said[0].begins or said[-1].begins, said[-1].ends or said[0].ends
        return altered(context, begins=begins, ends=ends, season_level=heading.level)
    if heading.level <= context.season_level and not _names_weekday(heading):
        return altered(context, begins=None, ends=None)
    return context


def _season(context: Context, heading: _Heading) -> Context:
    named = [phrase.season for phrase in heading.phrases if phrase.kind is Kind.SEASON and phrase.season]
    stretches = [season for season in named if ".." in season]  # tells more exactly what `summer` beside it is
    shown = [phrase.season for phrase in heading.named(Kind.SEASON) if phrase.season]
    of_day = bool(heading.named(Kind.DAY))
    seasons = dict.fromkeys(stretches or shown or (named if of_day else ()))
    if seasons:
        return altered(context, season="+".join(seasons), season_level=heading.level, season_of_day=of_day)
    another_day = of_day and context.season_of_day
    ends_season = another_day or (heading.marked and not _names_weekday(heading))
    if heading.level <= context.season_level and ends_season:
        return altered(context, season=None)
    if heading.regular or heading.names(Kind.SERVICE, Kind.TOPIC):
        return altered(context, season=None)
    return context


def _names_weekday(heading: _Heading) -> bool:
    return any(day in WEEK for phrase in heading.named(Kind.DAY) for when in phrase.when for day in when.days)
