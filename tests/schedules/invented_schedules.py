"""Random weekly schedules of invented parishes.

`schedule(chance)` draws what a parish offers, `expected` is what a reader has to find, in the notation of `shorthand`.
The same seed gives the same schedules.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

WEEK = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
DAY_SETS = (
    ("MO", "TU", "WE", "TH", "FR"), ("TU", "WE", "TH", "FR"), ("MO", "WE", "FR"), ("TU", "TH"), ("WE",), ("TH",),
    ("MO", "TU", "TH", "FR"),
)  # fmt: skip
CHURCHES = ("St. Fictus Church", "Holy Lamp Chapel", "Our Lady of the Wick", "St. Exempla Church")


@dataclass(frozen=True)
class Time:
    """Minutes after midnight; `spanish` is said beside it."""

    start: int
    end: int | None = None
    spanish: bool = False


@dataclass(frozen=True)
class Entry:
    """Services of one type on the same days, one for each time."""

    type: str
    days: tuple[str, ...]
    times: tuple[Time, ...]
    nth: str | None = None
    season: str | None = None
    weeks: int = 1


@dataclass(frozen=True)
class Parish:
    """What one church offers; `church` is None where the page names none."""

    entries: tuple[Entry, ...]
    church: str | None = None


def schedule(chance: Random) -> tuple[Parish, ...]:
    """One church, or two that are named."""
    if chance.random() < 0.8:
        return (Parish(_entries(chance)),)
    return tuple(Parish(_entries(chance), church) for church in chance.sample(CHURCHES, 2))


def _entries(chance: Random) -> tuple[Entry, ...]:
    found = [
        Entry("mass", ("SA",), (Time(chance.choice((960, 990, 1020, 1050))),)),
        Entry("mass", ("SU",), _sundays(chance)),
    ]
    if chance.random() < 0.8:
        found.append(Entry("mass", chance.choice(DAY_SETS), (Time(chance.choice((390, 420, 480, 490, 525, 540))),)))
    found.append(Entry("confession", ("SA",), (_lasting(chance, (870, 885, 900, 915), (30, 45, 60)),)))
    if chance.random() < 0.4:
        found.append(Entry("confession", (chance.choice(WEEK[1:6]),), (_lasting(chance, (1020, 1080), (30, 60)),)))
    if chance.random() < 0.6:
        nth = chance.choice((None, None, "1", "2", "last", "1,3", "2,4"))
        weeks = 2 if nth is None and chance.random() < 0.2 else 1
        lasting = _lasting(chance, (540, 570), (60, 180, 480))
        found.append(Entry("adoration", (chance.choice(WEEK[1:6]),), (lasting,), nth, weeks=weeks))
    if chance.random() < 0.2:
        season = chance.choice(("june..august", "memorial_day..labor_day", "academic_year"))
        found.append(Entry("mass", ("SU",), (Time(chance.choice((465, 555, 1035))),), season=season))
    if chance.random() < 0.2:
        found.append(Entry("mass", ("HOLYDAY",), (Time(485), Time(1125))))
    if chance.random() < 0.3:
        found.append(Entry("devotion", ("FR",), (Time(chance.choice((1140, 1110))),), season="lent"))
    return tuple(found)


def _sundays(chance: Random) -> tuple[Time, ...]:
    starts = sorted(
        chance.sample((420, 450, 480, 510, 570, 600, 630, 660, 690, 720, 780, 1020, 1080), chance.randint(1, 4))
    )
    return tuple(Time(start, spanish=chance.random() < 0.12) for start in starts)


def _lasting(chance: Random, starts: tuple[int, ...], minutes: tuple[int, ...]) -> Time:
    start = chance.choice(starts)
    return Time(start, start + chance.choice(minutes))


def expected(parishes: tuple[Parish, ...], language: str = "en") -> list[str]:
    return sorted(
        _shorthand(entry, time, parish.church, "es" if time.spanish else language)
        for parish in parishes
        for entry in parish.entries
        for time in entry.times
    )


def _shorthand(entry: Entry, time: Time, church: str | None, language: str) -> str:
    parts = [
        entry.type,
        "every 2nd" if entry.weeks == 2 else "",
        entry.nth or "",
        ",".join(day for day in (*WEEK, "HOLYDAY") if day in entry.days),
        _clock(time.start) + (f"-{_clock(time.end)}" if time.end else ""),
        language if language != "en" else "",
        "vigil" if entry.type == "mass" and entry.days == ("SA",) else "",
        f"in {entry.season}" if entry.season else "",
        f"at {church}" if church else "",
    ]
    return " ".join(part for part in parts if part)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
