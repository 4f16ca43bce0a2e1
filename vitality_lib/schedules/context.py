"""What the headings above a line say, and what a line inherits from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from vitality_lib.models import Day, ServiceType


@dataclass(frozen=True)
class When:
    """Days of the week or of the month, and which of them. `weeks` 2 is every other week.

    `daily` marks the word itself: five days for Mass, seven for adoration.

    `general`: said by `daily` or `weekdays` only, which gives way to days named beside it.
    """

    days: tuple[Day, ...]
    ordinals: tuple[str, ...] = ()
    daily: bool = False
    general: bool = False
    weeks: int = 1
    month_days: tuple[int, ...] = ()


@dataclass(frozen=True)
class Passing:
    """What the last line said by the way: only lines right after it inherit it."""

    services: tuple[ServiceType, ...] = ()
    topic: bool = False
    when: tuple[When, ...] = ()
    ranged: bool = False  # whether it spoke of times with an end
    hours: bool = False  # whether it spoke of when something is open: times with an end are no service's


@dataclass(frozen=True)
class Whole:
    """What is known of a page as a whole.

    `presumed` is what it is about: it counts where days and times stand under no heading that says what they are.
    `says_mass`: it speaks of Mass at all; then bare days and times under a church are its Masses. `sites` are short
    forms of churches and their names. `bilingual` is what that word means here.
    """

    presumed: tuple[ServiceType, ...] = ()
    says_mass: bool = False
    sites: tuple[tuple[str, str], ...] = ()
    bilingual: str = "en/es"


@dataclass(frozen=True)
class Context:
    """What is known before a line is read.

    `topic`: the heading speaks of something else (office hours, classes); times below it are no services unless their
    own line names one. `dated`: it speaks of one date or feast; nothing below it recurs. `days` holds the headings
    that name days with their levels, the innermost last. `outer` is what stood above the heading that set services or
    topic: a later heading that is not below that one goes on from there.
    """

    services: tuple[ServiceType, ...] = ()
    topic: bool = False
    dated: bool = False
    level: int = 0  # of the heading that set services, topic or dated
    told: bool = False  # whether times stood right below that heading, before any other
    days: tuple[tuple[int, tuple[When, ...]], ...] = ()
    language: str | None = None
    church: str | None = None
    season: str | None = None
    begins: str | None = None  # the first day of what stands below, as written: `Period.begins`
    ends: str | None = None
    season_level: int = 0  # of the heading that set season, begins or ends
    season_of_day: bool = False  # whether that heading named a weekday, too: the next one has no season
    vigil: bool = False
    part: str = ""  # am or pm, from a heading such as "Evening"
    whole: Whole = field(default_factory=Whole)
    passing: Passing = field(default_factory=Passing)
    outer: Context | None = None

    @property
    def when(self) -> tuple[When, ...]:
        return self.days[-1][1] if self.days else ()
