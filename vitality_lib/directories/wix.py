"""Wix (hosted, as of 2025): repeaters (`role="listitem"` with rich text), and a collection's items in the page's data.

`<script id="wix-warmup-data">` holds what the server rendered from; its shape differs from site to site, so that the
items are told by what their keys mean.
"""

from __future__ import annotations

import json
from typing import Any

from vitality_lib.directories.data.data_rows import listed
from vitality_lib.directories.parish.listing import Listing, listing
from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import is_parish, read_card
from vitality_lib.directories.pieces.card_name import names_a_church
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_SIGNS = ("wix-warmup-data", "static.parastorage.com", "static.wixstatic.com", "Wix.com Website Builder")
_LEAST, _MOST_ITEMS = 2, 1500


def recognise(document: Document) -> float:
    if document.kind is not Kind.HTML or not any(sign in document.text for sign in _SIGNS):
        return 0.0
    if len(_read(document)[0].parishes) >= _LEAST:
        return 0.65
    return 0.3 if _waits(document) else 0.0


def read(document: Document) -> DirectoryReading:
    found, route = _read(document)
    again = Request(document.url, Purpose.BROWSER, why="the repeater is filled by script")
    following = (again,) if not found.parishes and _waits(document) else ()
    return DirectoryReading("wix", route, found.parishes, following, found.left_out)


def _read(document: Document) -> tuple[Listing, Route]:
    """What the data holds, with what the repeaters show beyond it."""
    data, shown = listed(_data(document), document.url), _repeated(document)
    found = listing((*data.parishes, *shown))
    left_out = (*data.left_out, *(row for row in found.left_out if row.why != "listed twice"))
    return Listing(found.parishes, left_out), Route.BLOB if data.parishes else Route.STATIC


def _data(document: Document) -> Any:
    scripts = markup.found(document.tree, "//script[@id='wix-warmup-data']")
    try:
        return json.loads(scripts[0].text or "") if scripts else None
    except (ValueError, RecursionError):
        return None


def _repeated(document: Document) -> list[ParishEntry]:
    """The parishes in repeaters; none when most of their items are something else."""
    items = _items(document)
    read = [read_card([item], document.url, _name(item)) for item in items]
    of_churches = sum(sounds_like_parish(entry.name) for entry in read if entry) * 10 >= len(read) * 7
    good = [entry for entry in read if entry and is_parish(entry, of_churches)]
    return good if len(good) * 2 >= len(items) else []


def _items(document: Document) -> list[markup.Element]:
    items = markup.found(document.tree, "//*[@role='listitem' and not(.//*[@role='listitem'])]")[:_MOST_ITEMS]
    return [item for item in items if not markup.within(item, ("nav", "header", "footer")) and markup.text(item)]


def _name(item: markup.Element) -> str:
    """The first of an item's texts that names a church; empty when none does, or a heading does it as well."""
    texts = markup.found(item, ".//*[@data-testid='richTextElement']")
    lines = [line for text in texts for line in markup.lines(text)[:1]]
    return next((line for line in lines if len(line) <= 100 and names_a_church(line)), "")


def _waits(document: Document) -> bool:
    """Whether a page, not yet read in a browser, has a list without items."""
    lists = markup.found(document.tree, "//*[@role='list' and not(.//*[@role='listitem'])]")
    return bool(document.url) and document.page.route != "browser" and bool(lists) and "parish" in document.folded
