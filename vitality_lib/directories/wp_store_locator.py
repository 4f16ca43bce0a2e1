"""WP Store Locator 2.2 (WordPress plugin `wp-store-locator`): an empty list in the page, all stores in one JSON feed.

The feed is `admin-ajax.php?action=store_search&autoload=1`. A site may cap what loads by itself; a round number of
stores is taken for such a cap, and the widest search that the page's own menus offer is asked for, too.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from vitality_lib.directories import markup
from vitality_lib.directories.feed import admin_ajax, rows
from vitality_lib.directories.listing import listing
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_SIGNS = ("wpslSettings", "plugins/wp-store-locator", 'id="wpsl-wrap"', 'id="wpsl-stores"')
_CAPS = frozenset({10, 20, 25, 50, 75, 100, 200, 250, 500})


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if rows(document.json, "store", "address", "lat") else 0.0
    return 0.95 if document.kind is Kind.HTML and any(sign in document.text for sign in _SIGNS) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        stores = rows(document.json, "store", "address", "lat")
        found = listing(_entry(row, document.url) for row in stores)
        wider = _without_cap(document.url) if len(stores) in _CAPS else ()
        return DirectoryReading("wp_store_locator", Route.FEED, found.parishes, wider, found.left_out)
    query = urlencode({"action": "store_search", "autoload": 1, **_widest_search(document)}, safe=",")
    address = admin_ajax(document, query)
    return DirectoryReading("wp_store_locator", Route.FEED, next=(Request(address, Purpose.FEED),) if address else ())


def _widest_search(document: Document) -> dict[str, str]:
    """The centre of the map and the largest values of the page's menus: others the plugin ignores."""
    centre = re.search(r'"startLatlng"\s*:\s*"(-?[\d.]+),(-?[\d.]+)"', document.text)
    most, radius = (_largest(document, f"wpsl-{menu}-dropdown") for menu in ("results", "radius"))
    search = {"max_results": most, "search_radius": radius} if most and radius else {}
    return {"lat": centre[1], "lng": centre[2], **search} if centre and search else {}


def _largest(document: Document, menu: str) -> str:
    found = markup.found(document.tree, f"//*[@id='{menu}']//option")
    numbers = [
        match[0] for option in found if (match := re.search(r"\d{1,6}", option.get("value") or markup.text(option)))
    ]
    return max(numbers, key=int, default="")


def _without_cap(url: str) -> tuple[Request, ...]:
    address, _, fields = url.partition("?")
    query = dict(parse_qsl(fields))
    if query.pop("autoload", None) and "search_radius" in query:
        why = "a round number of stores may be a cap"
        return (Request(f"{address}?{urlencode(query)}", Purpose.FEED, why=why),)
    return ()


def _entry(row: dict[str, object], base: str) -> ParishEntry | None:
    return clean_parish(
        row["store"],
        address="\n".join(str(row[key]) for key in ("address", "address2") if row.get(key)),
        city=row.get("city"),
        state=row.get("state"),
        zip=row.get("zip"),
        phone=row.get("phone"),
        email=row.get("email"),
        website=row.get("url"),
        latitude=row.get("lat"),
        longitude=row.get("lng"),
        detail_url=row.get("permalink"),
        base=base,
    )
