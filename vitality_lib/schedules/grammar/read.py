"""From a stretch and its context to the services it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vitality_lib.models import ServiceType
from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.clock import Clock, Span, settled
from vitality_lib.schedules.context import Context, Passing, When
from vitality_lib.schedules.grammar.draft import Draft, drafted
from vitality_lib.schedules.grammar.followers import followed, followers
from vitality_lib.schedules.grammar.known_times import is_known_time
from vitality_lib.schedules.grammar.nights import nights
from vitality_lib.schedules.grammar.part_of_day import part_of_day
from vitality_lib.schedules.grammar.passing import passed_on
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.grammar.subject import services_at
from vitality_lib.schedules.grammar.untimed import untimed
from vitality_lib.schedules.grammar.vigil import is_vigil, on_its_eve, says_vigil
from vitality_lib.schedules.grammar.when import sunday_again, whens
from vitality_lib.schedules.kept import kept
from vitality_lib.schedules.lexicon.kinds import Kind

_ENDED = re.compile(
    r"\bdiscontinu|\bno longer\b|\beliminat|\bwas previously\b|\bwere previously\b|\bused to be\b"
    r"|\bheard confessions\b|\bwill (?:not|no longer) be\b|\b(?:was|were) (?:open|held|offered|said|celebrated)\b"
    r"|\b(?:old|former|previous) (?:mass )?schedule\b"
    r"|\b(?:in|by|until|since) (?:[a-z]+ )?1[89]\d\d\b[^.]{0,80}\b(?:was|were|had)\b"
    r"|\bsuspended until\b|^\W*day \d+\b",
    re.I,
)
# Why a schedule is as it is, and how it might have been.
_WEIGHED = re.compile(
    r"\bin the past\b|\bhad been\b|\bpreference for\b|\bleast attended\b|\bwould (?:offer|mean|allow|give)\b", re.I
)
_MOVED_FROM = re.compile(r"\b(?:chang|mov|shift|switch)\w*\b[^.]{0,80}\bfrom\b", re.I)
_MOVES_ON = re.compile(r"\bwill (?:move|change|shift|be (?:moved|changed)) to\s+$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class StretchReading:
    """The services of one stretch, and what it leaves to the lines right after it."""

    drafts: tuple[Draft, ...]
    passing: Passing


def read_stretch(text: str, offset: int, context: Context) -> StretchReading:
    """Read one stretch in the light of what is known before it.

    `offset` is where the stretch begins in the page's visible text.
    """
    reading = _read(Stretch.of(text, context))
    if not reading.drafts:
        return reading
    placed = (altered(draft, at=(draft.at[0] + offset, draft.at[1] + offset)) for draft in reading.drafts)
    return StretchReading(tuple(placed), reading.passing)


def _read(stretch: Stretch) -> StretchReading:
    """The reading of a stretch, places counted from its start."""
    if stretch.context.dated or _is_over(stretch.passage.text):
        return StretchReading((), Passing())
    if not stretch.passage.phrases or _is_weighed(stretch.passage.text):
        return StretchReading((), passed_on(stretch, []))
    drafts: list[Draft] = []
    following = followers(stretch)
    ends_of_others = {follower.end for follower in following}
    for at in stretch.times:
        if at in ends_of_others:
            continue
        if at in stretch.ends:
            drafts = _ended(stretch, at, drafts)
        elif not _of_a_date(stretch, at):
            drafts += _beginning(stretch, at, drafts)
    drafts += list(followed(stretch, drafts, following))
    drafts += list(untimed(stretch, drafts))
    return StretchReading(tuple(drafts), passed_on(stretch, drafts))


@kept
def _is_over(text: str) -> bool:
    return bool(_ENDED.search(text))


@kept
def _is_weighed(text: str) -> bool:
    return bool(_WEIGHED.search(text))


def _ended(stretch: Stretch, at: int, drafts: list[Draft]) -> list[Draft]:
    """A time after `until` ends the service before it, or one that begins with something else."""
    clock = stretch.passage.clock(at)
    end = _end(altered(clock, half=clock.half or "pm"))
    if drafts and drafts[-1].end is None and drafts[-1].start:
        start, _ = drafts[-1].at
        later = nights(stretch, stretch.time_before(at), at, drafts[-1].when)
        ended = altered(drafts[-1], end=end, nights=later, at=(start, stretch.passage.phrases[at].end))
        return [*drafts[:-1], ended]
    if not stretch.relations:
        return drafts
    kinds, days = services_at(stretch, at), whens(stretch, at, [])
    return [*drafts, *(drafted(stretch, at, kind, when, end=end) for kind in kinds for when in days)]


def _beginning(stretch: Stretch, at: int, drafts: list[Draft]) -> list[Draft]:
    """The services that begin at a time, unless it gives way to the next one. `drafts` are those before it."""
    following = stretch.next_time(at)
    if is_known_time(stretch, at):
        return []
    if following < len(stretch.passage.phrases) and _MOVES_ON.search(stretch.passage.between(at, following)):
        return []
    found: list[Draft] = []
    for kind in services_at(stretch, at):
        for when in whens(stretch, at, drafts):
            found += _at_time(stretch, at, kind, when, drafts)
    return found


def _at_time(stretch: Stretch, at: int, kind: ServiceType, when: When, drafts: list[Draft]) -> Iterator[Draft]:
    when = sunday_again(stretch, at, kind, when, drafts)
    vigil = is_vigil(stretch, at, kind, when)
    if vigil and says_vigil(stretch, at):
        when = on_its_eve(when)
    span = stretch.passage.phrases[at].span
    clear = settled(span, kind, when.days, vigil, part_of_day(stretch, at, drafts)) if span else None
    if clear is None:
        return
    if clear.last and _MOVED_FROM.search(stretch.passage.before(at)):
        clear = Span(clear.last, None, clear.start, clear.end)
    yield drafted(stretch, at, kind, when, start=str(clear.first), end=_end(clear.last))


def _end(clock: Clock | None) -> str | None:
    """Midnight as an end is the end of the day."""
    if clock is None:
        return None
    return str(clock) if clock.minutes() else "24:00"


def _of_a_date(stretch: Stretch, at: int) -> bool:
    """Whether a time belongs to a date or a feast, hence to an event and not to every week."""
    passage = stretch.passage
    if any(_is_date_of(stretch, date, at) for date in stretch.own(Kind.DATE)):
        return True
    feasts = (one for one in stretch.own(Kind.SEASON) if passage.phrases[one].season is None)
    return any(passage.encloses(feast, at) and (feast < at or passage.near(at, feast)) for feast in feasts)


def _is_date_of(stretch: Stretch, date: int, at: int) -> bool:
    """A bare year, a date in brackets, one from which a schedule begins or ends, and one set apart are not."""
    passage = stretch.passage
    if passage.any_within(max(0, date - 3), date, Kind.SINCE, Kind.UNTIL) or not passage.encloses(date, at):
        return False
    return not _YEAR.fullmatch(passage.phrases[date].text.strip()) and not passage.parted(date, at)
