"""Squarespace 7.0 and 7.1: list sections, accordions, summary blocks, blogs and portfolios; and a collection's data.

Any collection gives its items as JSON at `?format=json`, 20 or so at a time: `items[]` with `title`, `body`, `fullUrl`
and `location`. A location that nobody typed in has the coordinates of Squarespace: they count with an address alone.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from vitality_lib.directories.data.feed import at, rows
from vitality_lib.directories.parish.listing import Listing, listing, merge
from vitality_lib.directories.parish.names import is_of_another_kind, sounds_like_parish, why_left_out
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import is_parish, read_card
from vitality_lib.directories.pieces.card_links import with_own_sites
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, split
from vitality_lib.models import DirectoryReading, LeftOut, ParishEntry, Purpose, Request, Route

_SIGNS = ("static1.squarespace.com", "SQUARESPACE_CONTEXT", "assets.squarespace.com", "This is Squarespace")
_ITEMS = ("list-item", "accordion-item", "summary-item", "blog-item", "grid-item", "eventlist-event")
_TITLES = (
    "list-item-content__title", "accordion-item__title", "summary-title", "blog-title", "portfolio-title",
    "eventlist-title",
)  # fmt: skip
_LEAST, _MOST_ITEMS = 2, 1500


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if _items(document) and isinstance(document.json.get("collection"), dict) else 0.0
    if document.kind is not Kind.HTML or not any(sign in document.text for sign in _SIGNS):
        return 0.0
    return 0.6 if len(_cards(document)) >= _LEAST else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        found = _of_items(_items(document), document.url)
        return DirectoryReading("squarespace", Route.FEED, found.parishes, _older(document), found.left_out)
    found = listing(_cards(document))
    feed = _collection(found.parishes)
    return DirectoryReading("squarespace", Route.STATIC, found.parishes, feed, found.left_out)


def _cards(document: Document) -> list[ParishEntry]:
    """The items of a page that are parishes; none when most are something else."""
    nodes = markup.by_class(document.tree, *_ITEMS)[:_MOST_ITEMS]
    read = [read_card([node], document.url, _title(node)) for node in nodes if _title(node)]
    listed = sum(sounds_like_parish(entry.name) for entry in read if entry) * 10 >= len(read) * 7
    good = [entry for entry in with_own_sites([one for one in read if one], document.url) if is_parish(entry, listed)]
    return good if len(good) * 2 >= len(nodes) else []


def _title(item: markup.Element) -> str:
    return markup.text(markup.first_by_class(item, *_TITLES))


def _collection(parishes: tuple[ParishEntry, ...]) -> tuple[Request, ...]:
    """The collection whose items most parishes of a page are: a block of a page shows 30 of them at most."""
    above = Counter(one.detail_url.rpartition("/")[0] for one in parishes if one.detail_url)
    folder, count = above.most_common(1)[0] if above else ("", 0)
    if count * 2 <= len(parishes) or not split(folder).path.strip("/"):
        return ()
    return (Request(f"{folder}?format=json", Purpose.FEED),)


def _items(document: Document) -> list[dict[str, Any]]:
    return rows(at(document.json, "items"), "title", "fullUrl")


def _of_items(items: list[dict[str, Any]], base: str) -> Listing:
    kinds = [(item, _kind(item)) for item in items]
    others = tuple(LeftOut(str(item["title"]), why) for item, why in kinds if why)
    found = listing(_entry(item, base) for item, why in kinds if not why)
    return Listing(found.parishes, (*others, *found.left_out))


def _kind(item: dict[str, Any]) -> str | None:
    """What the categories of an item say that it is, when that is no parish."""
    labels = item.get("categories")
    whys = [why_left_out(str(label).rstrip("s")) for label in labels] if isinstance(labels, list) else []
    return whys[0] if whys and all(is_of_another_kind(why) for why in whys) else None


def _entry(item: dict[str, Any], base: str) -> ParishEntry | None:
    location = item.get("location")
    place: dict[str, Any] = location if isinstance(location, dict) else {}
    lines = [str(place[key]) for key in ("addressLine1", "addressLine2") if place.get(key)]
    page = absolute(str(item["fullUrl"]), base)
    own = clean_parish(
        item["title"],
        address="\n".join(lines),
        website=item.get("sourceUrl"),
        latitude=place.get("markerLat") or place.get("mapLat") if lines else None,
        longitude=place.get("markerLng") or place.get("mapLng") if lines else None,
        detail_url=page,
        base=base,
    )
    said = "".join(str(item.get(key) or "") for key in ("excerpt", "body"))
    card = read_card([markup.fragment(said)], base, own.name) if own and said else None
    return merge(own, card) if own and card else own


def _older(document: Document) -> tuple[Request, ...]:
    page = at(document.json, "pagination", "nextPageUrl")
    target = absolute(page, document.url) if isinstance(page, str) else None
    joined = f"{target}{'&' if '?' in target else '?'}format=json" if target else ""
    return (Request(joined, Purpose.NEXT),) if joined else ()
