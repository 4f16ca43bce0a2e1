"""The pager of an ASP.NET page, whose links post the page's own form back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from vitality_lib.directories.crawling.forms import post_back
from vitality_lib.directories.crawling.pager_links import CURRENT, MOST_LINKS, is_on, number_of, says_next
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document
from vitality_lib.models import Request


def next_post_back(document: Document) -> Iterator[Request]:
    """The pager of an ASP.NET page: `Next`, the number after the one that is no link, or `...` after the last."""
    if "__VIEWSTATE" not in document.text:
        return
    scripted = [node for node in islice(document.tree.iter("a", "input", "button"), MOST_LINKS) if is_on(node)]
    pages = [node for node in scripted if re.search(r"doPostBack.{1,300}?Page\$", str(node.get("href") or ""))]
    numbers = {number: node for node in pages if (number := number_of(node))}
    current = _unlinked_number(pages)
    dots = [node for node in pages if markup.text(node) in {"...", "…"}]
    following = None if current is None else numbers.get(current + 1)
    after = dots[-1:] if following is None else [following]
    found = (post_back(node, document) for node in [*filter(says_next, scripted), *after])
    yield from (one for one in found if one)


def _unlinked_number(pages: list[markup.Element]) -> int | None:
    """The number in a pager of links that is no link, the current page's; None where each is one."""
    pager = next(pages[0].iterancestors("table", "ul", "div", "p"), None) if pages else None
    plain = [] if pager is None else [node for node in pager.iter(*CURRENT, "td", "label") if len(node) == 0]
    return next((number for node in plain if node not in pages and (number := number_of(node))), None)
