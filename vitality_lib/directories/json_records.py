"""Any other JSON feed (a site's own API, Drupal JSON:API, a sheet's values): the lists in it whose keys mean parishes.

The vote is low: a platform that knows its own feed reads it better.
"""

from __future__ import annotations

from vitality_lib.directories.data.data_rows import listed
from vitality_lib.directories.data.feed import at
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import DirectoryReading, Purpose, Request, Route

_NEXT = (
    ("next",), ("next_page_url",), ("nextPage",), ("links", "next"), ("links", "next", "href"),
    ("_links", "next", "href"), ("meta", "next"), ("paging", "next"), ("pagination", "next"),
)  # fmt: skip


def recognise(document: Document) -> float:
    return 0.5 if document.kind is Kind.JSON and isinstance(document.json, (dict, list)) else 0.0


def read(document: Document) -> DirectoryReading:
    found = listed(document.json, document.url)
    following = _following(document) if found.parishes else ()
    return DirectoryReading("json_records", Route.FEED, found.parishes, following, found.left_out)


def _following(document: Document) -> tuple[Request, ...]:
    """The next page of a feed that names it."""
    named = (at(document.json, *path) for path in _NEXT)
    targets = (absolute(one, document.url) for one in named if isinstance(one, str) and ("/" in one or "?" in one))
    return tuple(Request(target, Purpose.NEXT) for target in targets if target and target != document.url)[:1]
