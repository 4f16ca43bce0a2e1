"""The recurrence that a draft stands for, its days dated by when the page was fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vitality_lib.calendar.seasons import spans
from vitality_lib.models import Day, Recurrence
from vitality_lib.schedules.grammar import Draft
from vitality_lib.schedules.lexicon.days import WEEK

_ORDER = (*WEEK, Day.HOLYDAY, Day.HOLYDAY_EVE)


def recurrence(draft: Draft, fetched: date | None) -> Recurrence:
    """Days without a year are those nearest to `fetched`; without it they are left unsaid."""
    when = draft.when
    begins, ends = _dated(draft.begins, fetched), _dated(draft.ends, fetched, last=True)
    if begins and ends and ends < begins:
        ends = _dated(draft.ends, date.fromisoformat(begins).replace(day=1, month=12), last=True)
    return Recurrence(
        tuple(day for day in _ORDER if day in when.days and day not in draft.without),
        when.ordinals,
        draft.season,
        when.weeks,
        begins if when.weeks > 1 else None,
        when.month_days,
        tuple(_exceptions(draft.exceptions, fetched)),
        begins,
        ends,
    )


def _exceptions(said: tuple[str, ...], fetched: date | None) -> Iterator[str]:
    for one in said:
        is_day = one[2:3] == "-" and ".." not in one
        yield from filter(None, [_dated(one, fetched) if is_day else one])


def _dated(written: str | None, fetched: date | None, *, last: bool = False) -> str | None:
    """A day as written as an ISO date; of a month the first, or the last. None without a year to go by."""
    if written is None or written[:4].isdigit():
        return written
    if fetched is None:
        return None
    days = [spans(f"{written}..{written}", year)[0][last] for year in range(fetched.year - 1, fetched.year + 2)]
    return min(days, key=lambda day: abs(day - fetched)).isoformat()
