"""An interactive map or list whose data only a script can bring (AngularJS 1, Vue, React, Maptive, Google Maps).

The page is asked for again with a browser, and read like any other then; this module only says that it is worth it.
"""

from __future__ import annotations

import re
from itertools import islice

from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, Purpose, Request, Route

_PLACE = re.compile(
    r"(?:^|[\s_-])(?:\w*map|locator|\w*finder|\w*parish\w*|\w*church\w*|directory|results|listings?|\w*locations?|app|"
    r"root|__next|map[_-]?(?:canvas|container))(?:$|[\s_-])",
    re.I,
)
_TEMPLATE = re.compile(r"\s(?:data-)?ng-repeat(?:-start)?=|\s(?:v-for|x-for|\*ngFor)=|\{\{[\s\w.|:']{1,60}\}\}")
_WAITING = re.compile(r"(?:please wait\W*)?(?:loading|cargando)\b.{0,40}", re.I)
_ABOUT = re.compile(r"parish|church|parroquia|iglesia", re.I)
_PLACES = frozenset({"div", "section", "ul", "ol", "main", "tbody", "app-root"})
_MOST = 5000


def recognise(document: Document) -> float:
    """A page about parishes with a script and an empty place for a map or list, not yet read with a browser."""
    if document.kind is not Kind.HTML or not document.url or document.page.route == "browser":
        return 0.0
    scripted = "<script" in document.folded and _ABOUT.search(document.text) is not None
    return 0.35 if scripted and is_unfilled(document) else 0.0


def read(document: Document) -> DirectoryReading:
    why = "the list is filled by script"
    return DirectoryReading("browser_map", Route.BROWSER, next=(Request(document.url, Purpose.BROWSER, why=why),))


def is_unfilled(document: Document) -> bool:
    """Whether a page has a template for rows, or an empty place for a map or list."""
    return bool(_TEMPLATE.search(document.text)) or any(
        _is_empty_place(node) for node in islice(document.tree.iter(*_PLACES), _MOST)
    )


def _is_empty_place(node: markup.Element) -> bool:
    """An element named for a map or list that holds nothing, or the word that it is coming; a table without rows."""
    named = node.tag in {"tbody", "app-root"} or _PLACE.search(f"{node.get('id') or ''} {node.get('class') or ''}")
    if not named or len(node) > 3:
        return False
    said = markup.text(node)
    return not said or bool(len(said) < 60 and _WAITING.fullmatch(said))
