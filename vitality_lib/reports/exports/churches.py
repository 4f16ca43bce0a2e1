"""A parish's churches: which services are held in each, and where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vitality_lib.calendar.occurrences import Occurrence, occurrences
from vitality_lib.calendar.place import Place, place_of
from vitality_lib.models import Service
from vitality_lib.store.published import PublishedParish, PublishedService

_LONGEST_SLUG = 80


@dataclass(frozen=True)
class Church:
    """One church of a parish with its services. `slug` is its own within the parish, in letters, digits and dashes.

    `has_address`: address and coordinates of the parish are those of this church; so they are where the page names no
    church, or but one. `place` is None where nothing tells the time zone.
    """

    parish: PublishedParish
    name: str
    slug: str
    services: tuple[PublishedService, ...]
    has_address: bool
    place: Place | None

    @property
    def key(self) -> str:
        """What names the church for good: as long as its parish calls it so."""
        return f"parish {self.parish.id}, {self.slug}"

    @property
    def siblings(self) -> tuple[Service, ...]:
        """All services of the parish: what one that is tied to another may mean."""
        return tuple(one.service for one in self.parish.services)

    def occurrences(self, service: Service, first: date, last: date) -> Iterator[Occurrence]:
        """What begins from `first` to `last`, both included; nothing where the time zone is not known."""
        return occurrences(service, first, last, self.place, self.siblings) if self.place else iter(())


def churches_of(parish: PublishedParish) -> Iterator[Church]:
    """The churches in which services are held, the parish's own first; that one alone where nothing is held."""
    names = sorted({one.service.church or "" for one in parish.services}) or [""]
    place, used = place_of_parish(parish), Counter[str]()
    for name in names:
        called = name or parish.entry.name
        stem = slug(called) or "church"
        used[stem] += 1
        yield Church(
            parish,
            called,
            stem if used[stem] == 1 else f"{stem}-{used[stem]}",
            tuple(one for one in parish.services if (one.service.church or "") == name),
            not name or len(names) == 1,
            place,
        )


def place_of_parish(parish: PublishedParish) -> Place | None:
    """Where the parish stands: by its coordinates, its address, or its diocese's seat."""
    entry = parish.entry
    return place_of(parish.diocese, entry.state, entry.zip, entry.latitude, entry.longitude) or place_of(
        parish.diocese, parish.seat_state
    )


def slug(name: str) -> str:
    """A name in small letters without accents, digits and dashes; empty for a name of other signs."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", ""))[:_LONGEST_SLUG].strip("-")
