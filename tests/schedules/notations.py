"""How a page writes times, days and names of services: drawn once for a page, as one hand wrote it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from invented_schedules import WEEK, Entry, Time

NTH = {"1": "First", "2": "Second", "3": "Third", "last": "Last", "1,3": "First & Third", "2,4": "Second & Fourth"}
SHORT_NTH = {"1": "1st", "2": "2nd", "1,3": "1st & 3rd", "2,4": "2nd and 4th"}
SEASONS = {
    "lent": ("in Lent", "during Lent"),
    "june..august": ("June - August", "June through August"),
    "memorial_day..labor_day": ("Memorial Day to Labor Day", "Memorial Day - Labor Day"),
    "academic_year": ("during the school year", "school year only"),
}


@dataclass(frozen=True)
class Notation:
    """How one page writes times and days; drawn once for a page, as one hand wrote it."""

    half: tuple[str, str]
    colon: bool
    to: str
    joint: str
    day: Callable[[str], str]
    through: str
    nth: Callable[[str], str]
    noon: str | None
    short: bool  # half of the day only behind the last of several times
    letters: bool  # `M-F`, `Tu/Th`
    second: int  # which words for a season, for a language
    titles: dict[str, str]

    @classmethod
    def drawn(cls, chance: Random) -> Notation:
        return cls(
            chance.choice(((" am", " pm"), (" AM", " PM"), (" a.m.", " p.m."), ("am", "pm"), ("AM", "PM"))),
            chance.random() < 0.7,
            chance.choice((" - ", "-", " to ", " \u2013 ", " until ")),
            chance.choice((", ", " & ", " and ", ", and ")),
            chance.choice((_name, _plural, _abbreviated, _capitals)),
            chance.choice((" - ", "-", " through ", " to ", " \u2013 ")),
            chance.choice((lambda nth: NTH[nth], lambda nth: SHORT_NTH.get(nth, NTH[nth]))),
            chance.choice((None, "Noon", "12 noon", "12:00 noon")),
            chance.random() < 0.3,
            chance.random() < 0.15,
            chance.randint(0, 1),
            {kind: chance.choice(titles) for kind, titles in TITLES.items()},
        )

    def time(self, time: Time) -> str:
        text = self._start(time.start)
        if time.end:
            bare = self.short and (time.start < 720) == (time.end < 720)
            text = self._start(time.start, bare=bare) + self.to + self._start(time.end)
        return f"{text} {('(Spanish)', 'in Spanish')[self.second]}" if time.spanish else text

    def _start(self, minutes: int, *, bare: bool = False) -> str:
        if minutes == 720 and self.noon:
            return self.noon
        hour, minute = (minutes // 60 - 1) % 12 + 1, minutes % 60
        written = f"{hour}:{minute:02d}" if minute or self.colon else f"{hour}"
        return written if bare else written + self.half[minutes >= 720]

    def times(self, times: tuple[Time, ...]) -> str:
        written = [self.time(time) for time in times]
        same_half = all(time.start < 720 and not time.spanish and not time.end for time in times)
        if self.short and same_half:
            written = [*(self._start(time.start, bare=True) for time in times[:-1]), written[-1]]
        return ", ".join(written[:-1]) + (self.joint if written[:-1] else "") + written[-1]

    def days(self, entry: Entry) -> str:
        if entry.nth:
            return f"{self.nth(entry.nth)} {_name(entry.days[0])}"
        if entry.weeks == 2:
            return f"Every other {_name(entry.days[0])}"
        if entry.days == ("HOLYDAY",):
            return ("Holy Days", "Holy Days of Obligation")[self.second]
        if self.letters and entry.days in _LETTERS:
            return _LETTERS[entry.days]
        places = [WEEK.index(day) for day in entry.days if day in WEEK]
        if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
            return self.day(entry.days[0]) + self.through + self.day(entry.days[-1])
        names = [self.day(day) for day in entry.days]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} & {names[-1]}"


_NAMES = dict(zip(WEEK, ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"), strict=True))
TITLES = {
    "mass": ("Mass", "Masses", "Holy Mass"),
    "confession": ("Confession", "Confessions", "Reconciliation", "Sacrament of Reconciliation"),
    "adoration": ("Eucharistic Adoration", "Adoration", "Exposition of the Blessed Sacrament"),
    "devotion": ("Stations of the Cross", "Rosary"),
}
_LETTERS = {
    ("MO", "TU", "WE", "TH", "FR"): "M-F", ("MO", "WE", "FR"): "MWF", ("TU", "TH"): "Tu/Th",
    ("TU", "WE", "TH", "FR"): "Tu-F",
}  # fmt: skip


def _name(day: str) -> str:
    return _NAMES[day]


def _capitals(day: str) -> str:
    return _NAMES[day].upper()


def _plural(day: str) -> str:
    return f"{_NAMES[day]}s"


def _abbreviated(day: str) -> str:
    return f"{_NAMES[day][:4].removesuffix('d') if day in ('TU', 'TH') else _NAMES[day][:3]}."


def when_said(entry: Entry, notation: Notation) -> str:
    season = f" ({SEASONS[entry.season][notation.second]})" if entry.season else ""
    return notation.days(entry) + season
