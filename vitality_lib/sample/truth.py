"""What must be in the database after a crawl of the sample web, made from the same data as its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from vitality_lib.models import Diocese, ParishEntry, Reason, Service
from vitality_lib.sample import country


@dataclass(frozen=True)
class TrueParish:
    """A parish as the directory gives it, how a visit to it ends, and the services that its site states."""

    entry: ParishEntry
    reason: Reason
    services: tuple[Service, ...]


@dataclass(frozen=True)
class TrueDiocese:
    """A diocese of the list, how discovery and extraction end for it, and its open parishes.

    `extraction` and `directory_url` are None where no directory can be found: then extraction never begins. `reader` is
    the name of the module that reads it.
    """

    name: str
    diocese: Diocese
    discovery: Reason
    extraction: Reason | None
    directory_url: str | None
    reader: str
    parishes: tuple[TrueParish, ...]


@dataclass(frozen=True)
class Truth:
    """All of it."""

    dioceses: tuple[TrueDiocese, ...]

    @property
    def parishes(self) -> tuple[TrueParish, ...]:
        return tuple(parish for diocese in self.dioceses for parish in diocese.parishes)


def load() -> Truth:
    """The truth about the whole country."""
    return Truth(tuple(of_diocese(diocese) for diocese in country.dioceses()))


def of_diocese(diocese: country.Diocese) -> TrueDiocese:
    """The truth about one diocese."""
    return TrueDiocese(
        name=diocese.name,
        diocese=Diocese(diocese.name, diocese.street, diocese.city, diocese.state, diocese.zip, diocese.website),
        discovery=diocese.discovery,
        extraction=Reason.OK if diocese.directory else None,
        directory_url=urljoin(diocese.home, diocese.directory) if diocese.directory else None,
        reader=diocese.reader,
        parishes=tuple(_parish(diocese, parish) for parish in diocese.parishes),
    )


def _parish(diocese: country.Diocese, parish: country.Parish) -> TrueParish:
    shown = {name: getattr(parish, name) for name in diocese.shows}
    if shown.get("phone"):
        shown["phone"] = "+1" + re.sub(r"\D", "", shown["phone"])
    if diocese.detail:
        shown["detail_url"] = urljoin(diocese.home, diocese.detail.format(slug=parish.slug))
    services = tuple(service for line in parish.lines for service in line.services())
    good = parish.reason is Reason.OK
    return TrueParish(ParishEntry(parish.name, **shown), parish.reason, services if good else ())
