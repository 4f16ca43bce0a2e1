"""The next page of a list: `rel=next`, a link that says so, or the next number of a pager; and how long the list is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vitality_lib.directories import markup
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import Purpose, Request

_NEXT = re.compile(
    r"(?:go to )?(?:next|siguiente|older)(?: page| posts| results| \d+)?\W*|more results\W*|[»›>→]+", re.I
)
_NEXT_CLASS = re.compile(r"(?:^|[-_ ])next(?:$|[-_ ])", re.I)
_OFF = re.compile(r"disabled|inactive|hidden", re.I)
_CLAIM = re.compile(
    r"\b\d+\s*(?:-|–|to|through)\s*\d+ of (\d{1,4})\b|\b(?:showing|found|displaying)(?: all)? (\d{1,4}) "
    r"(?:results?|parishes|churches|locations)\b|\b(\d{1,4}) (?:results?|locations?)(?: found)?$",
    re.I,
)
_MOST_LINKS, _MOST_LETTERS, _CLAIM_LINE = 5000, 30, 80


def next_pages(document: Document) -> tuple[Request, ...]:
    """What a list names as its continuation: the next page, or the letters of an A-Z index."""
    for target in _next_links(document):
        if target != document.url:
            return (Request(target, Purpose.NEXT),)
    return _letters(document)


def claimed(document: Document) -> int | None:
    """How many parishes the page itself says the list has (`Showing 1-20 of 185`), or None."""
    for line in markup.lines(markup.body(document.tree)):
        match = _CLAIM.search(line) if len(line) <= _CLAIM_LINE else None
        if match:
            return int(next(number for number in match.groups() if number))
    return None


def _next_links(document: Document) -> Iterator[str]:
    """Where the continuation is, the surest sign first: `rel`, class or label, the number after the current one."""
    tree, links = document.tree, list(markup.anchors(document.tree))[:_MOST_LINKS]
    for node in [*tree.iter("link"), *links]:
        if "next" in str(node.get("rel") or "").lower().split():
            yield from _targets(node, document)
    for link in links:
        if not _OFF.search(_marks(link)) and (_is_next(link) or _says_next(link)):
            yield from _targets(link, document)
    for node in tree.iter("span", "a", "li", "strong", "em"):
        number = markup.text(node) if _is_current(node) else ""
        if number.isdigit():
            after = (link for link in links if markup.text(link) == str(int(number) + 1))
            for link in after:
                yield from _targets(link, document)


def _targets(node: markup.Element, document: Document) -> Iterator[str]:
    target = absolute(node.get("href"), document.url)
    if target:
        yield target


def _marks(link: markup.Element) -> str:
    """The classes of a link and of what it stands in, as pagers mark them."""
    above = link.getparent()
    return " ".join(str(node.get("class") or "") for node in (link, above) if node is not None)


def _is_next(link: markup.Element) -> bool:
    return bool(_NEXT_CLASS.search(_marks(link))) and len(markup.text(link)) < 25


def _says_next(link: markup.Element) -> bool:
    said = markup.text(link) or str(link.get("aria-label") or link.get("title") or "")
    return bool(_NEXT.fullmatch(said[:30]))


def _is_current(node: markup.Element) -> bool:
    return bool(node.get("aria-current")) or bool(re.search(r"\bcurrent\b|\bactive\b", str(node.get("class") or "")))


def _letters(document: Document) -> tuple[Request, ...]:
    """The links of an A-Z index: at least six links whose whole label is one letter."""
    letters: dict[str, str] = {}
    for link in list(markup.anchors(document.tree))[:_MOST_LINKS]:
        said, target = markup.text(link), absolute(link.get("href"), document.url)
        if len(said) == 1 and said.isalpha() and target and "#" not in str(link.get("href")):
            letters[said.upper()] = target
    pages = dict.fromkeys(url for _, url in sorted(letters.items()) if url != document.url)
    return tuple(Request(url, Purpose.NEXT) for url in list(pages)[:_MOST_LETTERS]) if len(letters) >= 6 else ()
