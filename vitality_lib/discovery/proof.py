"""Does a page list parishes, and how many: what a candidate has to show before it is chosen as a directory."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import DirectoryReading, Purpose

_LEAST = 3  # a page of fewer parishes may be anything
_MANY = 8  # a page of so many, most of them with a place, is a directory


@dataclass(frozen=True)
class Proof:
    """`proved`: the page lists parishes, or a known platform's feed of them. `certain`: no other need be tried.

    `count` is the number of parishes seen, or claimed by the page when it is a part of a longer list.
    """

    proved: bool
    certain: bool
    count: int
    why: tuple[str, ...]


def prove(reading: DirectoryReading) -> Proof:
    """Weigh what a page's best reading holds."""
    seen = len(reading.parishes)
    placed = sum(
        bool(parish.street or parish.city or parish.website or parish.detail_url) for parish in reading.parishes
    )
    feeds = [request for request in reading.next if request.purpose in {Purpose.FEED, Purpose.FRAME}]
    count = max(seen, reading.claimed or 0) if seen else 0
    if seen >= _LEAST and placed * 2 >= seen:
        certain = seen >= _MANY and placed * 10 >= seen * 8
        return Proof(
            True, certain, count, (f"{seen} parishes by {reading.platform}", f"{placed} of them with a place or a link")
        )
    if feeds:
        return Proof(True, False, 0, (f"{reading.platform} names its feed {feeds[0].url}",))
    if any(request.browser for request in reading.next):
        return Proof(False, False, seen, (f"{reading.platform}: only a browser can show whether it lists parishes",))
    return Proof(False, False, seen, (f"{seen} parishes by {reading.platform}: no list of parishes",))
