"""Morning or evening, where a time itself does not say."""

from __future__ import annotations

import re

from vitality_lib.schedules.grammar.draft import Draft
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.lexicon.kinds import Kind

_PM_WORD = re.compile(r"after|even|night|tarde|noche", re.I)
_REACH = 3  # phrases between a time and the word that tells its part of the day
_NOON = 12 * 60


def part_of_day(stretch: Stretch, at: int, drafts: list[Draft]) -> str:
    """`am`, `pm` or empty: by a word beside the time, the heading above, or the time read before it."""
    near = [word for word in stretch.passage.all_of(Kind.PART) if abs(word - at) <= _REACH]
    if not near:
        return stretch.context.part or _evening_goes_on(stretch, at, drafts)
    nearest = min(near, key=lambda word: (abs(word - at), word))
    return "pm" if _PM_WORD.search(stretch.passage.phrases[nearest].text) else "am"


def _evening_goes_on(stretch: Stretch, at: int, drafts: list[Draft]) -> str:
    """A bare time that goes on from an evening time of the same day: `6:45 pm Benediction; 7:00 Mass`."""
    clock = stretch.passage.clock(at)
    if not drafts or not drafts[-1].start or drafts[-1].start < "12:00" or clock.half:
        return ""
    earlier = stretch.time_before(at)
    if earlier is None or any(earlier < day < at for day in stretch.days):
        return ""
    hours, minutes = divmod(clock.hour % 12 * 60 + clock.minute + _NOON, 60)
    return "pm" if f"{hours:02d}:{minutes:02d}" > drafts[-1].start else ""
