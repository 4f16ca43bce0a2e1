"""Which platform reads a page: every module votes and reads, and the best reading wins and says why.

A platform is a module of this package that has `recognise(document) -> float` (0: not mine, 1: certainly mine) and
`read(document) -> DirectoryReading`. Nothing else has to be told of a new one.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol, cast

from vitality_lib.directories.crawling.claimed_length import claimed
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Route

_FEED = 0.5  # a feed that a page names is mostly fuller than what stands in the page
_PARTS = frozenset({Purpose.FEED, Purpose.FRAME, Purpose.BROWSER})
_FIELDS = ("street", "city", "state", "zip", "phone", "website", "latitude")


class Platform(Protocol):
    """A module that reads one platform."""

    __name__: str

    def recognise(self, document: Document) -> float:
        """How sure it is that the page is of its platform, 0 to 1."""

    def read(self, document: Document) -> DirectoryReading:
        """What the page holds, and what is to be fetched next."""


@cache
def platforms() -> tuple[Platform, ...]:
    """The platform modules, by name."""
    package = "vitality_lib.directories"
    names = sorted(found.name for found in pkgutil.iter_modules(importlib.import_module(package).__path__))
    modules = [importlib.import_module(f"{package}.{name}") for name in names if name != "registry"]
    return tuple(cast(Platform, module) for module in modules if hasattr(module, "recognise"))


def read_directory(document: Document) -> DirectoryReading:
    """The best reading of a directory page or feed; one without parishes and `next` when nobody can read it."""
    return readings(document)[0]


def readings(document: Document) -> tuple[DirectoryReading, ...]:
    """All readings that hold or promise something, the best first; never empty: the last resort is one that says why
    there is nothing.
    """
    said = claimed(document) if document.kind is Kind.HTML else None
    votes = [(platform.recognise(document), platform) for platform in platforms()]
    read = [(vote, _obeying(document, platform.read(document))) for vote, platform in votes if vote > 0]
    found = [(vote, replace(reading, claimed=said, sure=vote)) for vote, reading in read]
    most = max((facts(reading) for _, reading in found), default=0)
    ranked = sorted(((worth(vote, reading, most), reading) for vote, reading in found), key=lambda one: -one[0].score)
    told = [(value, replace(reading, why=(value.why,))) for value, reading in ranked]
    good = [reading for value, reading in told if value.score > 0]
    only_left_out = [reading for value, reading in told if value.score <= 0 and reading.left_out]
    nothing = DirectoryReading("none", Route.STATIC, claimed=said, why=("no platform reads this page",))
    return tuple([*good, *only_left_out] or [nothing])


def _obeying(document: Document, reading: DirectoryReading) -> DirectoryReading:
    """A reading that follows no link of a page that asks for that; its feeds and frames are parts of the page."""
    if not document.page.nofollow:
        return reading
    parts = tuple(request for request in reading.next if request.purpose in _PARTS)
    goes_on = any(request.purpose is Purpose.NEXT for request in reading.next)
    asks = "the page asks crawlers to follow none of its links" if goes_on else ""
    return replace(reading, next=parts, incomplete=reading.incomplete or asks)


@dataclass(frozen=True)
class Worth:
    """How good a reading is, and why, in one line."""

    score: float
    why: str


def worth(vote: float, reading: DirectoryReading, most: int) -> Worth:
    """Weigh a reading: certainty of the platform, number, completeness, agreement with the page's own claim, and its
    share of the `most` facts that any reading of the page found.
    """
    count = len(reading.parishes)
    if not count:
        feed = _FEED if any(one.purpose is Purpose.FEED for one in reading.next) else 0.0
        score = vote + feed if reading.next else 0.0
        return Worth(score, f"{reading.platform} {vote:.2f}: {len(reading.next)} to fetch, score {score:.2f}")
    full = sum(completeness(parish) for parish in reading.parishes) / count
    number = min(1.0, math.log1p(count) / math.log1p(30))
    agrees = 1.0 if reading.claimed is None or reading.claimed == count or reading.next else 0.7
    score = vote + 0.5 * agrees * (number + full + facts(reading) / most)
    why = f"{reading.platform} {vote:.2f}: {count} parishes, {full:.0%} of their fields, score {score:.2f}"
    return Worth(score, why)


def facts(reading: DirectoryReading) -> int:
    """How many fields all records of a reading hold together, the names included."""
    return sum(1 + round(completeness(parish) * len(_FIELDS)) for parish in reading.parishes)


def completeness(parish: ParishEntry) -> float:
    """Share of the main fields that a record has."""
    return sum(getattr(parish, field) is not None for field in _FIELDS) / len(_FIELDS)
