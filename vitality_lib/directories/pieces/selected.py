"""The parishes of the elements that a selector names, read like any other cards.

The selector comes from outside (`ai.repeating_element`); what it selects is believed where it holds parishes.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from vitality_lib.directories.crawling.paging import next_pages
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import is_parish, read_card
from vitality_lib.directories.pieces.towns import with_towns
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, Route

_SELECTOR = re.compile(
    r"(?:(?P<above>[a-z][a-z0-9]*)\.(?P<over>[\w-]+)>(?P<child>[a-z][a-z0-9]*)|(?P<tag>[a-z][a-z0-9]*)\.(?P<name>[\w-]+))",
    re.I,
)
_LEAST, _MOST = 3, 1500


async def read_pointed_out(
    document: Document, point: Callable[[Document], Awaitable[str | None]]
) -> DirectoryReading | None:
    """The reading of the elements that `point` names; None when they are no parishes."""
    selector = await point(document)
    return read_selected(document, selector) if selector else None


def read_selected(document: Document, selector: str) -> DirectoryReading | None:
    """The parishes of the elements that `li.parish` or `ul.list>li` selects; None with fewer than three."""
    nodes = _selected(document, selector)
    read = [(entry, node) for node in nodes if (entry := read_card([node], document.url))]
    entries = with_towns([entry for entry, _ in read], [node for _, node in read])
    found = listing(entry for entry in entries if is_parish(entry, listed=False))
    if len(nodes) < _LEAST or len(found.parishes) < _LEAST:
        return None
    why = (f"cards: the model pointed at {selector}, {len(nodes)} elements",)
    following = next_pages(document)
    return DirectoryReading("cards", Route.AI, found.parishes, following, found.left_out, why=why)


def _selected(document: Document, selector: str) -> list[markup.Element]:
    match = _SELECTOR.fullmatch(selector)
    if match is None or document.kind is not Kind.HTML:
        return []
    if match["tag"]:
        return markup.by_class(document.tree, match["name"], tag=match["tag"].lower())[:_MOST]
    lists = markup.by_class(document.tree, match["over"], tag=match["above"].lower())
    return [node for one in lists for node in markup.found(one, f"./{match['child'].lower()}")][:_MOST]
