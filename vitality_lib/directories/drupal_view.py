"""Drupal 7 to 11 views: rows whose fields bear their names as classes (`views-field-field-phone`), in cards, lists,
tables and grids; addresses of the Address module. Also the finder of FAITH Catholic (`parish_school_locator`), whose
sibling page `/map` has all pins where the list has ten a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vitality_lib.directories.crawling.paging import next_pages
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import is_parish
from vitality_lib.directories.pieces.drupal_rows import entry_of_row, other_kind, rows_of_views
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, split
from vitality_lib.models import DirectoryReading, LeftOut, Purpose, Request, Route

_FINDER = re.compile(r"\bview-parish(?:es)?(?:-school)?-(?:finder|locator)\b")
_LEAST = 3


def recognise(document: Document) -> float:
    """Surest where the rows say what they are: a reader that cannot tell takes the schools for parishes."""
    views = rows_of_views(document) if document.kind is Kind.HTML and "view" in document.text else []
    if any(other_kind(row, heading, "") for rows in views for row, heading in rows):
        return 0.9
    return (0.6 if _FINDER.search(document.text) else 0.42) if views else 0.0


def read(document: Document) -> DirectoryReading:
    found, out = [], []
    for rows in rows_of_views(document):
        read = [(row, heading, entry_of_row(row, heading, document.url)) for row, heading in rows]
        of_churches = sum(sounds_like_parish(entry.name) for _, _, entry in read if entry) * 10 >= len(read) * 7
        kinds = [(entry, other_kind(row, heading, entry.name)) for row, heading, entry in read if entry]
        good = [entry for entry, why in kinds if why is None and is_parish(entry, of_churches)]
        others = [LeftOut(entry.name, why) for entry, why in kinds if why]
        if good and (len(good) + len(others)) * 2 > len(read) and (len(read) >= _LEAST or of_churches):
            found += good
            out += others
    sifted = listing(found)
    bare = [one for one in sifted.parishes if one.website is None]
    details = [Request(one.detail_url, Purpose.DETAIL) for one in bare if one.detail_url]
    wanted = details if len(bare) * 2 > len(sifted.parishes) else []
    following = (*_all_pins(document), *next_pages(document), *wanted) if sifted.parishes else ()
    return DirectoryReading("drupal_view", Route.STATIC, sifted.parishes, following, (*out, *sifted.left_out))


def _all_pins(document: Document) -> Iterator[Request]:
    """The finder's page with all pins, where the list has a pager: the page links to it, or is FAITH Catholic's."""
    path = split(document.url).path.rstrip("/")
    target = absolute(f"{path}/map", document.url) if path and not path.endswith("/map") else None
    linked = any(absolute(link.get("href"), document.url) == target for link in markup.anchors(document.tree))
    if target and (linked or _FINDER.search(document.text)) and next_pages(document):
        yield Request(target, Purpose.FEED, why="the page with all pins")
