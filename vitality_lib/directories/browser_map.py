"""An interactive map or list whose data only a script can bring: the page is asked for again with a browser.

The rendered page is then read like any other; this module only says that a browser is worth it, and why.
"""

from __future__ import annotations

import re

from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, Purpose, Request, Route

_MAP = re.compile(r"\bid=[\"'][\w-]*(?:map|locator|finder|parish|directory|results|app|root)[\w-]*[\"']", re.I)
_ABOUT = re.compile(r"parish|church|parroquia", re.I)


def recognise(document: Document) -> float:
    """A page about parishes with a script and an empty place for a map or list, not yet read with a browser."""
    if document.kind is not Kind.HTML or not document.url or document.page.route == "browser":
        return 0.0
    empty = any(
        _MAP.search(str(node)[:300]) and not node.get_text(strip=True)
        for node in document.soup.find_all(["div", "section", "ul", "main"], id=True, limit=300)
    )
    return 0.35 if empty and "<script" in document.text.lower() and _ABOUT.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    return DirectoryReading(
        "browser_map",
        Route.BROWSER,
        next=(Request(document.url, Purpose.BROWSER, why="the list is filled by script"),),
    )
