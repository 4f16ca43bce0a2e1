"""What the cells of a table say that state no time: heads of columns, labels of rows, days on which nothing is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.context import Context
from vitality_lib.schedules.headings import under
from vitality_lib.schedules.kept import kept
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lines import Line
from vitality_lib.schedules.table_rows import Row
from vitality_lib.schedules.tokens import scan

_NOTHING = re.compile(r"\W*|\W*(?:no|none|no hay|n/?a)\b.{0,40}", re.I)
_TICK = re.compile(r"\W?[xX]\W?|[\u2022\u25cf\u2605\u2611\u2612\u2713-\u2718\u2b24*]")
_BRACKETS = str.maketrans("()[]", "    ")
_LONGEST_LABEL = 90  # characters
_WHAT = (Kind.SERVICE, Kind.LANGUAGE, Kind.CHURCH, Kind.VIGIL)
_BESIDE_TIMES = frozenset({Kind.TIME, Kind.DASH, Kind.JOIN, Kind.COMMA, Kind.NOISE})


def labelled(context: Context, cells: Iterable[list[Line]]) -> Context:
    """What is known under labels, one after the other. The first name in each is the church: its town follows."""
    for cell in cells:
        church = None
        for line in cell:
            below = _add(context, line)
            church = church or (below.church if below.church != context.church else None)
            context = altered(below, church=church or below.church)
    return context


def _add(context: Context, line: Line) -> Context:
    """A label's own words over what is known; words it does not have leave the rest as it was."""
    below = under(altered(context, level=9), altered(line, heading=0))
    if not below.services and not below.topic:
        below = altered(below, services=context.services, topic=context.topic)
    return altered(
        below,
        days=below.days or context.days,
        dated=below.dated or context.dated,
        language=below.language or context.language,
        church=below.church or context.church,
        season=below.season or context.season,
    )


def says(cell: list[Line], *kinds: Kind) -> bool:
    """Whether a cell says something of one of these kinds."""
    by_place = Kind.CHURCH in kinds and any(line.church for line in cell)
    return by_place or any(kind in kinds for line in cell for kind in _kinds(line.text))


@kept
def _kinds(text: str) -> frozenset[Kind]:
    """What the words of a text say."""
    return frozenset(token.kind for token in scan(text))


def takes_place(cell: list[Line]) -> bool:
    """Whether a cell without a time says what takes place, if only by a tick."""
    text = " ".join(line.text for line in cell)
    return bool(_TICK.fullmatch(text)) or (says(cell, *_WHAT) and not _NOTHING.fullmatch(text) and is_short(cell))


def opened(cell: list[Line]) -> list[Line]:
    """A cell without its brackets: `Mass (Spanish)` is said of one time, not of all below it."""
    return [altered(line, text=line.text.translate(_BRACKETS)) for line in cell]


def is_time_only(cell: list[Line]) -> bool:
    """Whether a cell holds one line, and that nothing but a time."""
    kinds = {kind for line in cell for kind in _kinds(line.text)}
    return len(cell) == 1 and Kind.TIME in kinds and kinds <= _BESIDE_TIMES


def is_idle(row: Row) -> bool:
    """A day on which nothing takes place: `Monday | - | No Mass`."""
    first, *others = (row[column] for column in sorted(row))
    return says(first, Kind.DAY) and all(_NOTHING.fullmatch(" ".join(line.text for line in cell)) for cell in others)


def is_short(cell: list[Line]) -> bool:
    return sum(len(line.text) for line in cell) <= _LONGEST_LABEL
