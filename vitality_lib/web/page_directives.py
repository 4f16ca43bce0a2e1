"""What a page itself asks of crawlers: the robots `<meta>` tag and the X-Robots-Tag header.

No RFC has them; the sources are https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag and
https://www.robotstxt.org/meta.html. Where several speak, every one that restricts holds.

`noindex`, `none`         the page is neither kept nor read
`nofollow`, `none`        no link of the page is followed
`noarchive`, `nosnippet`  the page is read, but no copy kept: of its body, the store has the hash and the size. What is
                          published from it quotes it as evidence all the same. `vitality reparse` finds no such page
                          and leaves what is published from it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from vitality_lib.document import Document, Kind
from vitality_lib.models import Page

_ALL = ""
_NAMED = re.compile(r"\s*([\w-]+)\s*:(.*)", re.S)
_WITH_A_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_UNAVAILABLE = re.compile(r"unavailable_after\s*:(.*)", re.I | re.S)
_COMMA = re.compile(r",(?!\s*\d{1,2}[\s-][a-z]{3})", re.I)  # not the one in `Sat, 25 Jun 2010`
_NO_SNIPPET = re.compile(r"max-snippet\s*:\s*0+\s*", re.I)
_LONGEST = 2000  # characters of what one header or tag says


@dataclass(frozen=True)
class Directives:
    """What a page asks. `noindex` is the directive that keeps us from reading it, as it was given, or empty.

    `quiet`: no directive, whomever it speaks to, keeps from reading it now, or will after a date.
    """

    noindex: str = ""
    nofollow: bool = False
    noarchive: bool = False
    quiet: bool = field(default=True, compare=False)


def directives(page: Page, product: str, now: datetime, only_by_name: bool = False) -> Directives:
    """What a page asks of the crawler with this product token at this time.

    With `only_by_name` only headers that name that crawler count. That is the rule for feeds (so for all JSON and XML):
    WordPress sends `noindex` with each REST and AJAX answer, and SEO plugins with each sitemap, to keep the raw data
    out of the results of search engines; no owner ever chose it.
    """
    document = Document(page)
    named = {product.lower()} if only_by_name or document.kind in {Kind.JSON, Kind.XML} else {product.lower(), _ALL}
    headers, tags = list(_of_headers(page)), _of_tags(document, product)
    said = [what for whose, what in headers if whose in named] + tags
    words = {what.lower() for what in said}
    return Directives(
        next((what for what in said if _forbids(what, now)), ""),
        not words.isdisjoint({"nofollow", "none"}),
        not words.isdisjoint({"noarchive", "nosnippet"}) or any(map(_NO_SNIPPET.fullmatch, words)),
        not any(_may_forbid(what) for what in [*(what for _, what in headers), *tags]),
    )


def _of_headers(page: Page) -> Iterator[tuple[str, str]]:
    """Whom each directive of X-Robots-Tag speaks to, and what it says. A name holds to the next name."""
    for value in page.headers.get("x-robots-tag", "").split("\n"):
        whose = _ALL
        for piece in _pieces(value):
            named = _NAMED.match(piece)
            if named and named[1].lower() not in _WITH_A_VALUE:
                whose = named[1].lower()
                yield whose, named[2].strip()
            else:
                yield whose, piece


def _of_tags(document: Document, product: str) -> list[str]:
    """The directives of the `<meta>` tags named `robots` or as the crawler is."""
    names = {"robots", product.lower()}
    if document.kind is not Kind.HTML or not any(name in document.folded for name in names):
        return []
    tags = (tag for tag in document.tree.iter("meta") if tag.get("name", "").strip().lower() in names)
    return [piece for tag in tags for piece in _pieces(tag.get("content", ""))]


def _pieces(text: str) -> list[str]:
    """The directives in a text."""
    return [" ".join(piece.split()) for piece in _COMMA.split(text[:_LONGEST])]


def _forbids(what: str, now: datetime) -> bool:
    if what.lower() in {"noindex", "none"}:
        return True
    dated = _UNAVAILABLE.fullmatch(what)
    end = _moment(dated[1]) if dated else None
    return end is not None and end <= now


def _may_forbid(what: str) -> bool:
    return what.lower() in {"noindex", "none"} or _UNAVAILABLE.fullmatch(what) is not None


def _moment(text: str) -> datetime | None:
    """A date as RFC 822, RFC 850 or ISO 8601 write it, UTC where it names no zone; None for what is none of these."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
