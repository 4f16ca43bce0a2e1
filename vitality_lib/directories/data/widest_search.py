"""How WP Store Locator 2.2 is asked for all stores: the widest search of its own menus, and what follows a cap."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document
from vitality_lib.models import Purpose, Request

CAPS = frozenset({10, 20, 25, 50, 75, 100, 200, 250, 500})  # so many stores may be all that a locator gives


def widest_search(document: Document) -> dict[str, str]:
    """The centre of the map and the largest values of the page's menus, else the plugin's: others it ignores."""
    centre = re.search(r'"startLatlng"\s*:\s*"(-?[\d.]+),(-?[\d.]+)"', document.text)
    sizes = {"max_results": _largest(document, "results", "100"), "search_radius": _largest(document, "radius", "500")}
    return {"lat": centre[1], "lng": centre[2], **sizes} if centre else {}


def _largest(document: Document, menu: str, usual: str) -> str:
    found = markup.found(document.tree, f"//*[@id='wpsl-{menu}-dropdown']//option")
    numbers = [
        match[0] for option in found if (match := re.search(r"\d{1,6}", option.get("value") or markup.text(option)))
    ]
    return max(numbers, key=int, default=usual)


def without_cap(url: str) -> tuple[Request, ...]:
    address, _, fields = url.partition("?")
    query = dict(parse_qsl(fields))
    if query.pop("autoload", None) and "search_radius" in query:
        why = "a round number of stores may be a cap"
        return (Request(f"{address}?{urlencode(query)}", Purpose.FEED, why=why),)
    return ()
