"""WordPress (4.7 and later) with a post type of its own for parishes: `/wp-json/wp/v2/parish?per_page=100&page=n`.

The page lists names and links, or nothing that can be read; the REST API has the fields that a diocese added (Advanced
Custom Fields, registered meta), else the text of each parish's page. Where it has but titles, the pages are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories import cards
from vitality_lib.directories.data import wordpress
from vitality_lib.directories.data.feed import rows
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.pieces.markup import anchors
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, same_site
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_KIND = (
    r"(?:[a-z]{2,12}[-_])?(?:parish(?:es)?|church(?:es)?|parroquias?|locations?)(?:[-_](?:listing|director(?:y|ies)))?"
)
_ARCHIVE = re.compile(rf"\bpost-type-archive-({_KIND})(?![\w-])")
_CARD = re.compile(rf"(?<![\w-])type-({_KIND})(?![\w-])")
_API = re.compile(rf"wp-json\\?/wp\\?/v2\\?/({_KIND})\b")
_PAGE = re.compile(rf"^https?://[^/]+/(?:[\w-]+/){{0,2}}?({_KIND})/[\w%-]{{3,80}}/?$")
_LEAST, _MOST_LINKS, _MOST_KINDS = 3, 3000, 2
_NO_POST = {"latitude", "map_id"}  # keys of the rows of other plugins
_NO_KIND = {
    "post",
    "page",
    "attachment",
    "nav_menu_item",
    "wp_block",
    "event",
    "tribe_events",
    "news",
    "product",
    "staff",
}


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        posts = _posts(document.json)
        named = sum(_speaks_of_parish(post) for post in posts)
        return 0.9 if posts and named * 2 >= len(posts) else 0.0
    return 0.5 if document.kind is Kind.HTML and wordpress.is_wordpress(document) and _kinds(document) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.JSON:
        return _page(document)
    posts = _posts(document.json)
    found = listing(_entry(post, document.url) for post in posts)
    bare = [one for one in found.parishes if not (one.street or one.phone or one.website)]
    asked = [Request(one.detail_url, Purpose.DETAIL) for one in bare if one.detail_url]
    details = asked if len(bare) * 2 > len(found.parishes) else []
    following = (*wordpress.next_page(document, len(posts)), *details)
    return DirectoryReading("wordpress_rest", Route.FEED, found.parishes, following, found.left_out)


def _page(document: Document) -> DirectoryReading:
    """What the page shows, and the posts in the REST API; nothing where the page shows the parishes in full."""
    shown = cards.read(document)
    full = [one for one in shown.parishes if one.website or (one.street and one.phone)]
    if len(full) * 2 > len(shown.parishes):
        return DirectoryReading("wordpress_rest", Route.FEED)
    asks = (wordpress.rest(document, f"wp/v2/{kind}?per_page={wordpress.PER_PAGE}") for kind in _kinds(document))
    feeds = tuple(Request(address, Purpose.FEED) for address in asks if address)
    return DirectoryReading("wordpress_rest", Route.FEED, shown.parishes, (*feeds, *shown.next), shown.left_out)


def _kinds(document: Document) -> list[str]:
    """What the post type is called: in the classes of the page or its list, else in the paths of what it links to."""
    marked = _CARD.findall(document.text)
    said = [*_API.findall(document.text), *_ARCHIVE.findall(document.text)]
    said += [kind for kind in dict.fromkeys(marked) if marked.count(kind) >= _LEAST]
    links = [absolute(str(link.get("href")), document.url) or "" for link in list(anchors(document.tree))[:_MOST_LINKS]]
    near = {link for link in links if not document.url or same_site(link, document.url)}
    paths = [match[1] for link in near if (match := _PAGE.match(link))]
    linked = sorted({path for path in paths if paths.count(path) >= _LEAST}, key=paths.count, reverse=True)
    return list(dict.fromkeys([*said, *linked]))[:_MOST_KINDS]


def _posts(data: Any) -> list[dict[str, Any]]:
    """The rows of a post type that may be one of parishes; those of GeoDirectory and WP Go Maps are no posts."""
    posts = [one for one in rows(data, "id", "title") if wordpress.plain(one["title"]) and not _NO_POST & one.keys()]
    wordpress_s = [one for one in posts if isinstance(one["title"], dict) or "link" in one]
    return [one for one in wordpress_s if str(one.get("type", "")) not in _NO_KIND]


def _speaks_of_parish(post: Mapping[str, Any]) -> bool:
    kind = re.fullmatch(_KIND, str(post.get("type", "")))
    return bool(kind and "location" not in kind[0]) or sounds_like_parish(str(wordpress.plain(post["title"])))


def _entry(post: Mapping[str, Any], base: str) -> ParishEntry | None:
    body = wordpress.plain(post.get("content"))
    return wordpress.entry(wordpress.plain(post["title"]), wordpress.own_fields(post), None, body, base)
