"""An interactive map or list whose data only a script can bring (AngularJS 1, React, Maptive, Google Maps).

The page is asked for again with a browser, and read like any other then; this module only says that it is worth it.
"""

from __future__ import annotations

import re

from vitality_lib.directories import markup
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, Purpose, Request, Route

_PLACE = re.compile(
    r"(?:^|[\s_-])(?:\w*map|locator|\w*finder|\w*parish\w*|directory|results|listings?|app|root)(?:$|[\s_-])", re.I
)
_TEMPLATE = re.compile(r"\sng-repeat=|\sv-for=|\{\{[\s\w.|:']{1,60}\}\}")
_ABOUT = re.compile(r"parish|church|parroquia|iglesia", re.I)
_MOST = 5000


def recognise(document: Document) -> float:
    """A page about parishes with a script and an empty place for a map or list, not yet read with a browser."""
    if document.kind is not Kind.HTML or not document.url or document.page.route == "browser":
        return 0.0
    scripted = "<script" in document.text.lower() and _ABOUT.search(document.text) is not None
    return 0.35 if scripted and (_TEMPLATE.search(document.text) or _empty_place(document)) else 0.0


def read(document: Document) -> DirectoryReading:
    why = "the list is filled by script"
    return DirectoryReading("browser_map", Route.BROWSER, next=(Request(document.url, Purpose.BROWSER, why=why),))


def _empty_place(document: Document) -> bool:
    places = markup.found(document.tree, "//div[@id] | //section[@id] | //ul[@id] | //main[@id] | //tbody[@id]")
    return any(_PLACE.search(str(place.get("id"))) and not markup.text(place) for place in places[:_MOST])
