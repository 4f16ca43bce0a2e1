"""Times of day as pages write them: `8`, `8:30`, `830am`, `12 noon`, `7 & 8:30 am`, `3:00 - 4:00 pm`, `19h30`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.lexicon.times import HOURS
from vitality_lib.schedules.tokens import Token

_CLOCK = re.compile(r"(\d{1,2})(?:\s?[:.hH]\s?)?(\d{2})?")
_COMPACT = re.compile(r"(\d{1,2})(\d{2})(?!\d)")
_SAID = re.compile(rf"half past|quarter|(?:{'|'.join(HOURS)})\b")
_WORD = re.compile(r"\w+")
_TO = re.compile(r"quarter (?:to|of|before)\b")
_MINUTES = (("half past", 30), ("thirty", 30), ("media", 30), ("quarter", 15), ("fifteen", 15), ("cuarto", 15),
            ("quince", 15), ("forty-five", 45))  # fmt: skip
_AM = re.compile(r"\d\s?a\b|a\s?\.?\s?m|mañana|manana|morning|midnight|medianoche", re.I)
_PM = re.compile(r"\d\s?p\b|p\s?\.?\s?m|tarde|noche|evening|noon|mediod", re.I)
_ON_24_HOURS = re.compile(r"\d{4}|.*h.*")


@dataclass(frozen=True)
class Clock:
    """A time as written. `half` is `am`, `pm`, `24` (24-hour clock), or empty when the page does not say."""

    hour: int
    minute: int
    half: str = ""

    def minutes(self) -> int:
        """Minutes after midnight; a time without a half counts as written."""
        if self.half == "24":
            return self.hour * 60 + self.minute
        return (self.hour % 12 + (12 if self.half == "pm" else 0)) * 60 + self.minute

    def __str__(self) -> str:
        minutes = self.minutes()
        return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True)
class Span:
    """A start, or a start and an end, and where they stand in the visible text. `last` joins it to a list of times."""

    first: Clock
    last: Clock | None
    start: int
    end: int


def clock(word: str) -> Clock:
    """The time one token says; words without digits are noon and midnight."""
    low = word.lower()
    if _SAID.match(low):
        return _spoken(low)
    if not any(letter.isdigit() for letter in low):
        return Clock(0, 0, "24") if low.startswith(("midnight", "medianoche")) else Clock(12, 0, "pm")
    match = _COMPACT.match(low.strip()) or _CLOCK.match(low.strip())
    assert match is not None, "a time token begins with its digits"
    hour, minute = int(match[1]), int(match[2] or 0)
    if "midnight" in low or "medianoche" in low:
        return Clock(0, 0, "24")
    half = "pm" if _PM.search(low) else "am" if _AM.search(low) else ""
    if re.fullmatch(r"12\s?n", low):
        half = "pm"
    if not half and _ON_24_HOURS.fullmatch(low):
        half = "24"
    return Clock(hour, minute, "24" if hour > 12 or hour == 0 else half)


def _spoken(low: str) -> Clock:
    """`half past seven`, `quarter to 8`, `seven thirty pm`, `siete y media de la noche`"""
    hour = next(
        int(one) if one.isdigit() else HOURS[one] for one in _WORD.findall(low) if one.isdigit() or one in HOURS
    )
    minute = next((minutes for word, minutes in _MINUTES if word in low), 0)
    if _TO.match(low):
        hour, minute = (hour - 2) % 12 + 1, 45
    half = "pm" if _PM.search(low) else "am" if _AM.search(low) else ""
    return Clock(hour, minute, half)


def spans(run: list[Token], text_between: list[str]) -> list[Span]:
    """The times of one list such as `7, 9 & 11 am` or `3 - 4:30 pm`; a half that is not written is its neighbours'.

    `run` are tokens of kind TIME or NUMBER, `text_between` what stands between each and the next (`-`, `and`, `,`).
    """
    clocks = _with_halves([clock(token.text) for token in run])
    ranges = [_is_range(between) for between in text_between]
    if len(run) > 2 and all(ranges):  # `8 am - 10 am - 12 pm`
        ranges = [False for _ in ranges]
    found: list[Span] = []
    at = 0
    while at < len(run):
        if at + 1 < len(run) and ranges[at]:
            found.append(Span(clocks[at], clocks[at + 1], run[at].start, run[at + 1].end))
            at += 2
        else:
            found.append(Span(clocks[at], None, run[at].start, run[at].end))
            at += 1
    return found


def _is_range(between: str) -> bool:
    if re.search(r"[-\u2010-\u2015~]|\b(?:to|thru|through|until|till|til|hasta)\b", between, re.I):
        return True
    return bool(re.fullmatch(r"\W*(?:al?|a las?|[aà]s)\W*", between, re.I))


def _with_halves(clocks: list[Clock]) -> list[Clock]:
    known = list(clocks)
    for at in range(len(known) - 2, -1, -1):
        after = known[at + 1]
        if not known[at].half and after.half and not (after.half == "24" and after.hour != 0):
            known[at] = _before(known[at], after)
    known = _ascending(known)
    for at in range(1, len(known)):
        before = known[at - 1]
        if not known[at].half and before.half in ("am", "pm"):
            same = replace(known[at], half=before.half)
            later = replace(known[at], half="pm")
            known[at] = same if same.minutes() > before.minutes() or before.half == "pm" else later
    return known


def _ascending(clocks: list[Clock]) -> list[Clock]:
    """A list of three or more goes on upwards: in `7, 9, 11, 1, 7` the day's second half begins at 1."""
    if len(clocks) < 3 or any(one.half for one in clocks):
        return clocks
    known, half = [clocks[0]], ""
    for before, one in pairwise(clocks):
        half = half or ("pm" if one.hour == 12 or one.minutes() < before.minutes() else "")
        known.append(replace(one, half=half))
    return known


def _before(one: Clock, after: Clock) -> Clock:
    """`one` in the half of the day that puts it last before `after`: 11 - 12:30 pm begins at 11 am."""
    options = [replace(one, half=half) for half in ("am", "pm")]
    earlier = [option for option in options if option.minutes() < (after.minutes() or 24 * 60)]
    return max(earlier, key=Clock.minutes) if earlier else options[0]


def settled(span: Span, kind: ServiceType, days: tuple[Day, ...], vigil: bool, part: str) -> Span | None:
    """The span with its halves of the day settled: as written, by the words beside it, else by what is usual.

    Usual: a Mass from 6 to 11 is in the morning and from 12 to 5 in the afternoon; a Saturday vigil is in the
    afternoon; confessions and adoration from 1 to 6 are in the afternoon. None when its minutes tell that it is no
    time of a service.
    """
    first = span.first
    if not first.half:
        if first.minute % 5:
            return None
        first = replace(first, half=part or _usual(first.hour, kind, days, vigil))
    last = span.last
    if last and not last.half:
        last = replace(last, half=first.half if first.half != "24" else "pm")
        if last.minutes() <= first.minutes() and last.half == "am":
            last = replace(last, half="pm")
    return replace(span, first=first, last=last)


def _usual(hour: int, kind: ServiceType, days: tuple[Day, ...], vigil: bool) -> str:
    if hour == 12 or hour <= 5:
        return "pm"
    if hour == 6:
        evening = vigil or kind is not ServiceType.MASS or days in ((Day.SA,), (Day.HOLYDAY_EVE,))
        return "pm" if evening else "am"
    return "pm" if vigil and hour < 9 else "am"
