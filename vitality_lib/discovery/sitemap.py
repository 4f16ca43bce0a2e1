"""A site's sitemap: which of its pages may be the parish directory, by their addresses."""

from __future__ import annotations

from vitality_lib.discovery.links import best_first
from vitality_lib.discovery.signals import Link, score, site_of
from vitality_lib.document import Document
from vitality_lib.models import Candidate
from vitality_lib.sitemap import addresses

_LEAST = 5.0  # below this an address is one of many that have a parish in them


def sitemap_links(document: Document) -> tuple[Candidate, ...]:
    """The pages of a sitemap that may list the parishes, best first."""
    site = site_of(document.url)
    links = (Link(url, "", "main") for url in addresses(document))
    found = best_first(score(link, site) for link in links)
    return tuple(sorted((one for one in found if one.score >= _LEAST), key=lambda one: (-one.score, len(one.url))))
