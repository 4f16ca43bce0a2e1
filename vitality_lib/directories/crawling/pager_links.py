"""What links say of themselves in a pager: the next page, a number, the current page; and which are no list's."""

from __future__ import annotations

import re

from vitality_lib.directories.pieces import markup

_NEXT = re.compile(
    r"(?:go to )?(?:the )?(?:p[áa]gina )?(?:next|siguiente|pr[óo]xima|older)"
    r"(?: page| posts| results| parishes| \d+)*\W*|more results\W*|[»›>→]+",
    re.I,
)
_NEXT_CLASS = re.compile(r"(?:^|[-_ ])next(?:$|[-_ ])", re.I)
_OFF = re.compile(r"disabled|inactive|hidden", re.I)
_ELSEWHERE = re.compile(
    r"calendar|\bevents?\b|tribe-|\bnews\b|\bblog\b|carousel|slider|swiper|slick|gallery|post-nav", re.I
)
_PAGER = re.compile(r"pag(?:e|er|ing|ination)|nav", re.I)
CURRENT = ("span", "a", "li", "strong", "em", "b")  # what the current page's number stands in
MOST_LINKS, _MOST_ABOVE = 5000, 8


def is_next(link: markup.Element) -> bool:
    """Whether a short link is marked as the next page's by its class, or by that of what it stands in."""
    return bool(_NEXT_CLASS.search(_marks(link))) and len(markup.text(link)) < 25


def says_next(link: markup.Element) -> bool:
    """Whether a link or button calls itself the next page's: `Next`, `Siguiente ›`, the text of its picture."""
    pictures = " ".join(str(image.get("alt") or "") for image in link.iter("img"))
    said = markup.text(link) or str(link.get("aria-label") or link.get("title") or link.get("value") or pictures)
    return bool(_NEXT.fullmatch(said[:40]))


def is_on(node: markup.Element) -> bool:
    """Whether a link or button can be used: it is not disabled, as the last page's `Next` is."""
    return node.get("disabled") is None and not _OFF.search(_marks(node))


def number_of(node: markup.Element) -> int:
    """The number that an element bears as its whole text; 0 when it bears none that may be a page's."""
    said = markup.text(node).strip("[]")
    return int(said) if said.isdecimal() and len(said) < 4 else 0


def is_current(node: markup.Element) -> bool:
    """Whether an element is marked as the current page's."""
    return bool(node.get("aria-current")) or bool(re.search(r"\bcurrent\b|\bactive\b", str(node.get("class") or "")))


def in_pager(link: markup.Element) -> bool:
    """Whether a link stands in a pager, or has the number of a page in its address."""
    above = (node for node, _ in zip(link.iterancestors(), range(4), strict=False))
    return any(_PAGER.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in above) or bool(
        re.search(r"[?&/]p(?:age|g)?(?:num|no)?[=/-]?\d+", str(link.get("href")), re.I)
    )


def is_elsewhere(link: markup.Element) -> bool:
    """Whether a link stands in a calendar, in the news or in a row of pictures: its next page is no list's."""
    above = (node for node, _ in zip(link.iterancestors(), range(_MOST_ABOVE), strict=False))
    inner = (node for node in above if node.tag not in {"body", "html", "main"})
    return any(_ELSEWHERE.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in (link, *inner))


def _marks(link: markup.Element) -> str:
    """The classes of a link and of what it stands in, as pagers mark them."""
    above = link.getparent()
    return " ".join(str(node.get("class") or "") for node in (link, above) if node is not None)
