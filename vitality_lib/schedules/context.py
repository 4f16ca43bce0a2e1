"""What the headings above a line say, and what a line inherits from them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from vitality_lib.models import Day, ServiceType


@dataclass(frozen=True)
class When:
    """Days, and which of them in a month. `daily` marks the word itself: five days for Mass, seven for adoration."""

    days: tuple[Day, ...]
    ordinals: tuple[str, ...] = ()
    daily: bool = False


@dataclass(frozen=True)
class Context:
    """What is known before a line is read.

    `services` empty and `topic` set: the heading speaks of something else (office hours, classes, a dated event), and
    times below it are no services unless their own line names one. `passing` holds what the last line said on its
    way, which only lines right after it inherit.
    """

    services: tuple[ServiceType, ...] = ()
    topic: bool = False
    level: int = 0  # markup level of the heading that set services or topic; 9 when a plain line did
    when: tuple[When, ...] = ()
    language: str | None = None
    church: str | None = None
    season: str | None = None
    vigil: bool = False
    appointment: bool = False
    passing: Passing = field(default_factory=lambda: Passing())

    def forget_passing(self) -> Context:
        return replace(self, passing=Passing())


@dataclass(frozen=True)
class Passing:
    """What the last line said by the way."""

    services: tuple[ServiceType, ...] = ()
    topic: bool = False
    when: tuple[When, ...] = ()
    ranged: bool = False  # whether it spoke of times with an end
    church: str | None = None
