"""Sitemaps (sitemaps.org, 0.9): where a site keeps its own, and the addresses that one names."""

from __future__ import annotations

import re
from itertools import islice

from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute

_MOST_ADDRESSES = 50_000  # as many as the protocol allows
_IN_ROBOTS = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.I | re.M)
_PAGES = re.compile(r"page|main|static|content", re.I)
_OTHERS = re.compile(r"post(?!s-page)|news|event|tag|categor|author|attachment|image|video|product", re.I)


def sitemap_address(robots: Document | None, home: str) -> str | None:
    """Where a site's sitemap is: as its robots.txt says, else at the usual place."""
    named = _IN_ROBOTS.findall(robots.text) if robots and robots.kind is Kind.TEXT else []
    likely = [url for url in named if not _OTHERS.search(url)] or named
    return absolute(likely[0] if likely else "/sitemap.xml", home)


def further_sitemap(document: Document) -> str | None:
    """Of an index of sitemaps, the one that has the site's pages."""
    parts = [url for url in addresses(document, "sitemap") if not _OTHERS.search(url)]
    return next((url for url in parts if _PAGES.search(url)), parts[0] if parts else None)


def addresses(document: Document, kind: str = "url") -> list[str]:
    """The addresses of a sitemap's pages (`url`) or, in an index, of its parts (`sitemap`); none of what is no XML."""
    root = document.xml if document.kind is Kind.XML else None
    if root is None:
        return []
    places = islice(root.iterfind(f".//{{*}}{kind}/{{*}}loc"), _MOST_ADDRESSES)
    return [url for place in places if (url := absolute(place.text, document.url))]
