"""The text that evidence points into."""

from __future__ import annotations

from vitality_lib.document import Document
from vitality_lib.schedules.layout import layout


def visible_text(document: Document) -> str:
    """What a reader of the page sees, block by block, a line each; cells of one table row are parted by tabs.

    NFC; every kind of space is one blank; soft hyphens and other marks without width are gone. The closed parts of
    tabs and accordions count as visible, what else is hidden does not.
    """
    return layout(document).text
