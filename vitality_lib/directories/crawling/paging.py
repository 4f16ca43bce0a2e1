"""The next page of a list: `rel=next`, a link that says so, the next number of a pager, `Load more`, an ASP.NET pager;
or the whole list on one page, or its other parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vitality_lib.directories.crawling.forms import is_own_page
from vitality_lib.directories.crawling.page_sizes import largest_page
from vitality_lib.directories.crawling.pager_links import (
    CURRENT,
    MOST_LINKS,
    in_pager,
    is_current,
    is_elsewhere,
    is_next,
    is_on,
    number_of,
    says_next,
)
from vitality_lib.directories.crawling.parts import other_parts
from vitality_lib.directories.crawling.post_back_pager import next_post_back
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute, same_site, split
from vitality_lib.models import Purpose, Request

_MORE = re.compile(
    r"(?:load|show|view|see|ver|cargar) (?:more|m[áa]s)(?: parishes| churches| results| parroquias)?\W*", re.I
)
_FURTHER = ("data-next-url", "data-next-page", "data-next", "data-href", "data-url")


def next_pages(document: Document) -> tuple[Request, ...]:
    """What a list names as its continuation: all on one page, the next page, or else its other letters or regions."""
    following = next((one for one in _following(document) if not is_own_page(one, document)), None)
    if following is None:
        return other_parts(document)
    whole = largest_page(document)
    return (following,) if whole is None else (whole, following)


def _following(document: Document) -> Iterator[Request]:
    """Where the continuation may be, the surest sign first; of equal signs, the one at the list's own address."""
    links = [link for link in list(markup.anchors(document.tree))[:MOST_LINKS] if not is_elsewhere(link)]
    named = [node for node in (*document.tree.iter("link"), *links) if "next" in _rel(node)]
    said = [link for link in links if is_on(link) and (is_next(link) or says_next(link))]
    for targets in (_targets(named, document), _targets(said, document)):
        yield from (one for one in targets if _continues(one, document))
    yield from _targets([node for node in named if node.tag == "a"] + said, document)
    yield from _targets(_next_number(links, document), document)
    yield from _more(document)
    yield from next_post_back(document)


def _targets(nodes: list[markup.Element], document: Document) -> list[Request]:
    found = (absolute(node.get("href"), document.url) for node in nodes)
    near = dict.fromkeys(one for one in found if one and (not document.url or same_site(one, document.url)))
    return [Request(one, Purpose.NEXT) for one in near]


def _continues(request: Request, document: Document) -> bool:
    """Whether an address is that of the list but for the number of its page."""
    one, other = (re.sub(r"(?:/p(?:age)?)?[-/]\d+/?$|/$", "", split(url).path) for url in (request.url, document.url))
    return not document.url or one == other


def _rel(node: markup.Element) -> list[str]:
    return str(node.get("rel") or "").lower().split()


def _next_number(links: list[markup.Element], document: Document) -> list[markup.Element]:
    """The links that bear the number after the current page's: the one that is marked, leads here, or is no link."""
    marked = [number for node in document.tree.iter(*CURRENT) if is_current(node) and (number := number_of(node))]
    numbered = [(number, link) for link in links if (number := number_of(link))]
    paged = {number for number, link in numbered if in_pager(link)}
    here = [
        number for number, link in numbered if any(is_own_page(one, document) for one in _targets([link], document))
    ]
    missing = [next(number for number in range(1, len(paged) + 2) if number not in paged)] if paged else []
    return [link for current in (marked or here or missing)[:3] for number, link in numbered if number == current + 1]


def _more(document: Document) -> Iterator[Request]:
    """`Load more`: a link's or button's address, in `href` or in a `data-` attribute."""
    for node in list(document.tree.iter("a", "button"))[:MOST_LINKS]:
        if _MORE.fullmatch(markup.text(node)[:40]) and not is_elsewhere(node):
            named = [str(node.get(name)) for name in (*_FURTHER, "href") if node.get(name)]
            found = [absolute(link, document.url) for link in named if re.search(r"[/?]", link)]
            near = [Request(one, Purpose.NEXT) for one in found if one and same_site(one, document.url)]
            yield from (one for one in near if _continues(one, document) or re.search(r"page|offset|start", one.url))
