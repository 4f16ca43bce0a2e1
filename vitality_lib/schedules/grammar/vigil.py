"""Vigils: Masses on the evening before a Sunday or a holy day that count for it."""

from __future__ import annotations

from dataclasses import replace

from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.context import When
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.lexicon.kinds import Kind

_CLOSE = 8  # characters between a word and the time it leads to
_BETWEEN = (Kind.SERVICE, Kind.DAY, Kind.PART)
_EVES = {Day.SU: Day.SA, Day.HOLYDAY: Day.HOLYDAY_EVE}


def is_vigil(stretch: Stretch, at: int, kind: ServiceType, when: When) -> bool:
    """Whether a time is a vigil: it is called one, is on an eve, or is a Mass on Saturday from 1 to 7 but not `am`."""
    if kind is not ServiceType.MASS:
        return False
    if Day.HOLYDAY_EVE in when.days:
        return True
    clock = stretch.passage.clock(at)
    late_on_saturday = when.days == (Day.SA,) and 1 <= clock.hour % 12 <= 7 and clock.half != "am"
    return late_on_saturday or says_vigil(stretch, at)


def says_vigil(stretch: Stretch, at: int) -> bool:
    """Whether a word beside a time, else the heading above, calls it a vigil."""
    anchored = {one for relation in stretch.relations for one in relation.anchored}
    named = [word for word in stretch.own(Kind.VIGIL) if word + 1 not in anchored]  # `before the Vigil Mass`
    if not named:
        return stretch.context.vigil
    passage, following = stretch.passage, stretch.next_time(at)
    if any(at < word < following and passage.near(at, word) and not _leads(stretch, word) for word in named):
        return True
    earlier = stretch.time_before(at)
    low = -1 if earlier is None else earlier
    leading = [word for word in named if low < word < at]
    if any(_leads(stretch, word) for word in leading[-1:]):
        return True
    return bool(leading) and not (earlier is not None and any(passage.near(earlier, word) for word in leading))


def _leads(stretch: Stretch, word: int) -> bool:
    """`7 am, noon; vigil 7 pm`, `9 am, with a vigil Mass on Saturday at 6 pm`: set apart, ahead of the next time."""
    passage, following = stretch.passage, stretch.next_time(word)
    if following >= len(passage.phrases):
        return False
    right_before = following == word + 1 and len(passage.between(word, following)) <= _CLOSE
    has_its_own = following not in stretch.ends and all(
        phrase.kind in _BETWEEN for phrase in passage.phrases[word + 1 : following]
    )
    before = word - (2 if passage.any_within(max(word - 1, 0), word, Kind.DASH) else 1)  # `, with a vigil Mass`
    return (right_before or has_its_own) and passage.any_within(
        max(before, 0), before + 1, Kind.COMMA, Kind.BREAK, Kind.JOIN
    )


def on_its_eve(when: When) -> When:
    """The vigil of a Sunday is on Saturday, that of a holy day on its eve."""
    return replace(when, days=tuple(dict.fromkeys(_EVES.get(day, day) for day in when.days)))
