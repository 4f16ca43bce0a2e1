"""Where to look next: the links of a page, and the addresses of a sitemap, with the services they may lead to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from vitality_lib.document import Document
from vitality_lib.models import Candidate, Purpose, Request, ServiceType
from vitality_lib.schedules.link_signs import STRONG, names
from vitality_lib.schedules.links import Link, best, is_own, schedule_links
from vitality_lib.sitemap import addresses

WANTED = frozenset({ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION})
_FITS, _SETTLED = 2.0, -8.0


@dataclass(frozen=True)
class Lead:
    """A page to ask for. `names` are the types of service that its label or address names; none: it names no one."""

    request: Request
    score: float
    names: frozenset[ServiceType] = frozenset()

    @property
    def strong(self) -> bool:
        return self.score >= STRONG

    def value(self, wanted: frozenset[ServiceType]) -> float:
        """Its score in view of the types that are still wanted; what is not above 0 is not worth a request."""
        if not self.names:
            return self.score
        return self.score + _FITS if self.names & wanted else self.score + _SETTLED


def leads(document: Document) -> list[Lead]:
    """Those of a page's links."""
    return [_lead(candidate) for candidate in schedule_links(document)]


def sitemap_leads(document: Document) -> list[Lead]:
    """The pages of a sitemap whose addresses speak of services; an address is read as a label, too."""
    own = (url for url in addresses(document) if is_own(url, document.url))
    return [_lead(candidate) for candidate in best((Link(url, _as_label(url)) for url in own), document.url)]


def guess(url: str, platform: str) -> Lead:
    """An address that sites of a platform often use."""
    why = f"usual address on {platform}"
    return Lead(Request(url, Purpose.SCHEDULE, why=why), STRONG, names(urlsplit(url).path))


def _lead(found: Candidate) -> Lead:
    request = Request(found.url, Purpose.SCHEDULE, why=", ".join(found.reasons))
    return Lead(request, found.score, names(f"{found.label} {unquote(urlsplit(found.url).path)}"))


def _as_label(url: str) -> str:
    """`/worship/mass-times.html` as `mass times`."""
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].partition(".")[0]
    return " ".join(last.replace("-", " ").replace("_", " ").split())
