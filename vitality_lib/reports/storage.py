"""How large the database is, how it grew, and what it will be in a year with the retention in force."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from vitality_lib.store.storage_sizes import KINDS, Sizes
from vitality_lib.store.storage_sizes import Storage as Measured

YEAR = 365.0  # days
CHANGE = 0.03  # of the pages change from one weekly visit to the next: what is supposed until it is measured
_LEAST_DAYS = 6.0  # between the first and the last report: less tells of one crawl, not of weeks
_MOST_PAST = timedelta(days=120)  # what was longer ago tells little of next year
_LABELS = {
    "bodies": "Page bodies",
    "pages": "Pages",
    "facts": "Facts and their evidence",
    "history": "History",
    "ledger": "Run ledger",
    "rest": "All else",
}


@dataclass(frozen=True)
class Windows:
    """Days that what is not needed any more is kept."""

    bodies: int = 90
    ledger: int = 180


@dataclass(frozen=True)
class KindOfStorage:
    """Bytes of one kind; `before` in the last report that kept sizes. `low` and `high` hold the year's with 95 %."""

    key: str
    label: str
    now: int
    before: int | None
    in_a_year: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class StorageForecast:
    """`measured` is False while the reports do not yet span a week: then the rate of change is supposed, not seen."""

    kinds: tuple[KindOfStorage, ...]
    measured: bool
    days: float

    @property
    def now(self) -> int:
        return sum(kind.now for kind in self.kinds)

    @property
    def in_a_year(self) -> int:
        return sum(kind.in_a_year for kind in self.kinds)


@dataclass(frozen=True)
class _Slope:
    """Bytes a day, and the half-width of its 95 % interval; None where too few points tell."""

    a_day: float
    spread: float | None = None


def storage(seen: Measured, windows: Windows) -> StorageForecast:
    """The forecast. Each kind goes on growing as it did, until its window is full; then only what stays for good adds.

    A report says so where growth is supposed and not measured.
    """
    points = [*(one for one in seen.past if one.at > seen.now.at - _MOST_PAST and one.at < seen.now.at), seen.now]
    days = (seen.now.at - points[0].at).total_seconds() / 86_400
    measured = days >= _LEAST_DAYS
    age = 0.0 if seen.since is None else max(0.0, (seen.now.at - seen.since).total_seconds() / 86_400)
    kinds = [_kind(kind, seen, points if measured else [], windows, age) for kind in KINDS]
    return StorageForecast(tuple(kinds), measured, days)


def _kind(key: str, seen: Measured, points: Sequence[Sizes], windows: Windows, age: float) -> KindOfStorage:
    window = {"bodies": windows.bodies, "ledger": windows.ledger}.get(key)
    stays = (seen.quoted_for_good or 0.0) if key == "bodies" else 0.0
    filled = _after_filling(points, window, age)
    slope = _slope(key, filled or points) if points else _supposed(key, seen.now)
    full_days = YEAR
    if window is not None and not filled:
        growing = min(YEAR, max(0.0, window - age))
        full_days = growing + stays * (YEAR - growing)
    now = seen.now.bytes.get(key, 0)
    more, spread = slope.a_day * full_days, None if slope.spread is None else slope.spread * full_days
    return KindOfStorage(
        key=key,
        label=_LABELS[key],
        now=now,
        before=seen.past[-1].bytes.get(key) if seen.past else None,
        in_a_year=round(max(0.0, now + more)),
        low=None if spread is None else round(max(0.0, now + more - spread)),
        high=None if spread is None else round(max(0.0, now + more + spread)),
    )


def _after_filling(points: Sequence[Sizes], window: int | None, age: float) -> list[Sizes]:
    """The points since the window is full: what grows then is the net of what comes and goes. Empty: not yet."""
    if window is None or not points or age <= window:
        return []
    full = points[-1].at - timedelta(days=age - window)
    since = [point for point in points if point.at >= full]
    return since if (since[-1].at - since[0].at).total_seconds() / 86_400 >= _LEAST_DAYS else []


def _slope(key: str, points: Sequence[Sizes]) -> _Slope:
    """The mean growth between neighbours, and twice its standard error."""
    steps = []
    for one, next_ in pairwise(points):
        days = (next_.at - one.at).total_seconds() / 86_400
        if days > 0:
            steps.append((next_.bytes.get(key, 0) - one.bytes.get(key, 0)) / days)
    mean = sum(steps) / len(steps)
    if len(steps) < 4:
        return _Slope(mean)
    variance = sum((step - mean) ** 2 for step in steps) / (len(steps) - 1)
    return _Slope(mean, 1.96 * math.sqrt(variance / len(steps)))


def _supposed(key: str, now: Sizes) -> _Slope:
    """Weekly visits that find the documented share of pages changed; each adds a ledger like the one there is."""
    size = now.bytes.get(key, 0)
    weekly = {"bodies": CHANGE, "facts": CHANGE, "history": CHANGE, "ledger": 1.0}.get(key, 0.0)
    return _Slope(size * weekly / 7)
