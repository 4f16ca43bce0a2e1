"""Store Locator Plus (WordPress plugin `store-locator-le` 4 and 5, and its cloud MySLP): rows by a posted form.

The plugin answers `action=csl_ajax_onload` at `admin-ajax.php`, the cloud a search that names the account and its key
(as JSONP, where asked). A site gives 25 rows at first; the form asks for more, and the SQL in the answer tells the cap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from vitality_lib.directories.data.feed import (
    admin_ajax,
    at,
    entry_by_keys,
    feed_reading,
    jsonp,
    rows,
    with_description,
)
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import own_page
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_NAME = "store_locator_plus"
_SIGN = re.compile(
    r"plugins/(?:store-locator-le|store-locator-plus|slp-[a-z]+)/|\bslplus\s*=\s*\{|id=[\"']?sl_div\b|csl_ajax_onload"
)
_CLOUD = re.compile(
    r"dashboard\.storelocatorplus\.com\\?/"
    r"(?P<account>[\w.-]{1,100}_at_[\w.-]{2,100}|[\w.-]{2,100}(?=\\?/wp-(?:json|admin)\b))"
)
_KEY = re.compile(r"""\bapi[-_]?key["']?\s*[:=]\s*["']?(?P<key>[\w.-]{8,200})""", re.I)
_CENTRE = re.compile(r'"map_center_(?P<axis>lat|lng)"\s*:\s*"?(?P<degrees>-?\d{1,3}(?:\.\d{1,20})?)')
_LIMIT = re.compile(r"\bLIMIT\s+(?:\d+\s*,\s*)?(\d{1,6})", re.I)
_USUAL_CAP, _WANTED, _RADIUS, _MOST_SHOWN = 25, 5000, 10_000, 2000
_MIDDLE = {"lat": "39.8", "lng": "-98.6"}  # of the contiguous United States


def recognise(document: Document) -> float:
    if _locations(document):
        return 1.0
    is_page = document.kind is Kind.HTML and (_SIGN.search(document.text) or _cloud(document))
    return 0.95 if is_page else 0.0


def read(document: Document) -> DirectoryReading:
    if locations := _locations(document):
        capped = _capped(document, len(locations))
        return feed_reading(_NAME, locations, lambda row: _entry(row, document.url), incomplete=capped)
    shown = markup.by_class(document.tree, "results_entry")[:_MOST_SHOWN]
    found = listing(_shown(node, document.url) or read_card([node], document.url) for node in shown)
    if found.parishes:
        return DirectoryReading(_NAME, Route.STATIC, found.parishes, left_out=found.left_out)
    asks = _cloud(document) or _plugin(document)
    return DirectoryReading(_NAME, Route.FEED, next=(asks,) if asks else ())


def _locations(document: Document) -> list[dict[str, Any]]:
    answer = jsonp(document)
    lists = (at(answer, "response"), at(answer, "data", "response"))
    return next((found for rows_ in lists if (found := rows(rows_, "name", "address", "lat"))), [])


def _cloud(document: Document) -> Request | None:
    account, key = _CLOUD.search(document.text), _KEY.search(document.text)
    if not account or not key:
        return None
    root = f"https://dashboard.storelocatorplus.com/{account['account']}/wp-json/myslp/v2/locations-map/search"
    return Request(f"{root}?action=csl_ajax_onload&api_key={key['key']}", Purpose.FEED)


def _plugin(document: Document) -> Request | None:
    """The form that the page's own script posts, with a radius and a number that leave nothing out."""
    centre = {**_MIDDLE, **{found["axis"]: found["degrees"] for found in _CENTRE.finditer(document.text)}}
    wanted = {"options[initial_results_returned]": _WANTED, "options[initial_radius]": _RADIUS}
    form = {"action": "csl_ajax_onload", "address": "", **centre, "radius": _RADIUS, **wanted}
    address = admin_ajax(document, "")
    return Request(address.rstrip("?"), Purpose.FEED, body=urlencode(form)) if address else None


def _capped(document: Document, count: int) -> str:
    limits = [int(limit) for limit in _LIMIT.findall(str(at(jsonp(document), "data_queries")))]
    cap = max(limits, default=_USUAL_CAP)
    return f"the locator gives {cap} locations at most" if count == cap else ""


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    extra = row.get("attributes")
    phone = row.get("phone") or row.get("dial") or ""
    page = row.get("sl_pages_url") or own_page(row.get("url"), base) or ""
    said = {**(extra if isinstance(extra, Mapping) else {}), **row, "phone": phone, "permalink": page}
    return with_description(entry_by_keys(said, base), row.get("description"), base)


def _shown(node: markup.Element, base: str) -> ParishEntry | None:
    """A row of the list in the page, in the plugin's own layout; None where the site has another."""
    lines = markup.by_class(node, "slp_result_street", "slp_result_street2", "slp_result_citystatezip")
    site = next((link for part in markup.by_class(node, "slp_result_website") for link in _hrefs(part)), "")
    entry = clean_parish(
        markup.text(markup.first_by_class(node, "location_name")),
        address="\n".join(map(markup.text, lines)),
        phone=markup.text(markup.first_by_class(node, "slp_result_phone")),
        email=next((link for link in _hrefs(node) if link.lower().startswith("mailto:")), None),
        website=site,
        detail_url=own_page(site, base),
        base=base,
    )
    return entry if lines else None


def _hrefs(node: markup.Element) -> Iterator[str]:
    return (str(link.get("href")) for link in markup.anchors(node))
