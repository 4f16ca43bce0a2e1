"""The next page of a list: `rel=next`, a link that says so, or the next number of a pager. Followed with a bound."""

from __future__ import annotations

import re

from bs4 import Tag

from vitality_lib.directories.records import link
from vitality_lib.document import Document
from vitality_lib.models import Purpose, Request

_NEXT = re.compile(r"^(?:next(?: page)?|siguiente|older|more results)?\s*[»›>→]*$|^(?:go to )?next page", re.I)
_PAGER = "a.next, .pager__item--next a, .pager-next a, .pagination .next a, a.wp-block-query-pagination-next"
_MOST_LETTERS = 30


def next_pages(document: Document) -> tuple[Request, ...]:
    """What a list names as its continuation: the next page, or the letters of an A-Z index."""
    soup = document.soup
    named = soup.find("link", rel="next", href=True) or soup.find("a", rel="next", href=True) or soup.select_one(_PAGER)
    found = (
        named
        if isinstance(named, Tag)
        else next((a for a in soup.find_all("a", href=True, limit=3000) if _says_next(a)), None)
    )
    target = link(found["href"], document.url) if found else None
    if target and target != document.url:
        return (Request(target, Purpose.NEXT),)
    return _letters(document)


def _says_next(anchor: Tag) -> bool:
    said = anchor.get_text(" ", strip=True) or str(anchor.get("aria-label") or anchor.get("title") or "")
    return bool(said) and len(said) < 20 and bool(_NEXT.match(said)) and "disabled" not in str(anchor.get("class", ""))


def _letters(document: Document) -> tuple[Request, ...]:
    """The links of an A-Z index: at least six links whose whole label is one letter."""
    letters = {}
    for anchor in document.soup.find_all("a", href=True, limit=3000):
        said = anchor.get_text(strip=True)
        if len(said) == 1 and said.isalpha():
            target = link(anchor["href"], document.url)
            if target and "#" not in target:
                letters[said.upper()] = target
    pages = dict.fromkeys(url for _, url in sorted(letters.items()) if url != document.url)
    return tuple(Request(url, Purpose.NEXT) for url in list(pages)[:_MOST_LETTERS]) if len(letters) >= 6 else ()
