"""How many days a service lasts that ends on another day than it began: `Thursday 9 am to Friday 8 am`."""

from __future__ import annotations

import re

from vitality_lib.schedules.context import When
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.lexicon.days import WEEK
from vitality_lib.schedules.lexicon.kinds import Kind

_ON = re.compile(r"\W*(?:on|del?|el)?\W*", re.I)


def nights(stretch: Stretch, start: int | None, end: int, when: When) -> int:
    """Days from the day of a service's start to the one named for its end; 0 when none is named."""
    passage = stretch.passage
    joints = [at for at in sorted((*passage.all_of(Kind.DASH), *passage.all_of(Kind.UNTIL))) if (start or 0) < at < end]
    named = [day for day in stretch.days if joints and joints[-1] < day < end]
    if not named and end + 1 in stretch.days and _ON.fullmatch(passage.between(end, end + 1)):
        named = [] if passage.any_within(end + 2, end + 3, Kind.TIME) else [end + 1]
    days = passage.phrases[named[-1]].when[0].days if named else ()
    if len(days) != 1 or days[0] not in WEEK or not when.days or when.days[-1] not in WEEK:
        return 0
    return (WEEK.index(days[0]) - WEEK.index(when.days[-1])) % len(WEEK)
