"""The church that a page is about is no church of its own: only where a page names several does each need its name."""

from __future__ import annotations

import re
from dataclasses import replace

from vitality_lib.document import Document, Kind
from vitality_lib.models import Service

_APOSTROPHE = re.compile("['’]")
_WORD = re.compile(r"\w+")


def without_own_church(services: tuple[Service, ...], document: Document, text: str) -> tuple[Service, ...]:
    """The services without the one church they all name, when it is the one that the page's title names, too.

    A page that is no HTML has its first line for a title.
    """
    churches = {service.church for service in services}
    own = churches.pop() if len(churches) == 1 else None
    if not own or _plain(own) not in _plain(_title(document, text)):
        return services
    return tuple(replace(service, church=None) for service in services)


def _title(document: Document, text: str) -> str:
    if document.kind is Kind.HTML:
        return document.tree.findtext(".//title") or ""
    return text.partition("\n")[0]


def _plain(name: str) -> str:
    """Its words in lower case, each between blanks, so that one name is found in another by whole words."""
    return f" {' '.join(_WORD.findall(_APOSTROPHE.sub('', name.lower())))} "
