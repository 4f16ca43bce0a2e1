"""The calendars that a page shows or links to: where each can be had as iCalendar (RFC 5545)."""

from __future__ import annotations

import base64
import binascii
import re
from itertools import islice
from urllib.parse import parse_qs, quote, unquote, urlsplit

from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import Purpose, Request

MOST = 3
_MOST_LINKS = 3000
_GOOGLE = re.compile(r"^(?:www\.|calendar\.)?google\.com$")
_ID = re.compile(r"[\w.+%-]{1,200}@[\w.-]{1,100}")
_HOLIDAYS = re.compile(r"#holiday@|#weather@|holiday", re.I)
_ICS = re.compile(r"\.ics$|/ical/|[?&](?:outlook-)?ical=1|/calendar/feed|format=ical", re.I)


def calendar_requests(document: Document) -> tuple[Request, ...]:
    """The calendars of an HTML page, at most 3: embedded from Google, or linked as iCalendar or `webcal:`."""
    if document.kind is not Kind.HTML:
        return ()
    found: dict[str, Request] = {}
    for node in islice(document.tree.iter("iframe", "a", "link"), _MOST_LINKS):
        address = (node.get("src") or node.get("data-src") or node.get("href") or "").strip()[:2000]
        for url in _calendars(address, document.url):
            found.setdefault(url, Request(url, Purpose.FEED, why="the calendar of the page"))
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


def _calendars(address: str, base: str) -> list[str]:
    """Where the calendars behind one address can be had; none for an address that is no calendar's."""
    if address.lower().startswith("webcal"):
        address = f"https:{address.partition(':')[2]}"
    url = absolute(address, base)
    if url is None:
        return []
    parts = urlsplit(url)
    if _GOOGLE.match(parts.hostname or "") and "/calendar" in parts.path:
        if parts.path.endswith(".ics"):
            return [url]
        query = parse_qs(parts.query)
        ids = [_google_id(one) for one in (*query.get("src", ()), *query.get("cid", ()))]
        return [
            f"https://calendar.google.com/calendar/ical/{quote(one, safe='')}/public/basic.ics"
            for one in ids
            if _ID.fullmatch(one) and not _HOLIDAYS.search(one)
        ]
    return [url] if _ICS.search(url) else []


def _google_id(given: str) -> str:
    """A calendar's id as it stands, or out of the Base64 that Google's share links put it in."""
    if "@" in given:
        return unquote(given)
    try:
        return base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
