"""The next page of a list: `rel=next`, a link that says so, the next number of a pager, `Load more`, an ASP.NET pager;
the largest page where the list offers sizes; and how long the list says it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from vitality_lib.directories.crawling.forms import is_own_page, options, post_back, reading_forms, selected, submission
from vitality_lib.directories.crawling.parts import other_parts
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute, same_site, split
from vitality_lib.models import Purpose, Request

_NEXT = re.compile(
    r"(?:go to )?(?:the )?(?:p[áa]gina )?(?:next|siguiente|pr[óo]xima|older)"
    r"(?: page| posts| results| parishes| \d+)*\W*|more results\W*|[»›>→]+",
    re.I,
)
_MORE = re.compile(
    r"(?:load|show|view|see|ver|cargar) (?:more|m[áa]s)(?: parishes| churches| results| parroquias)?\W*", re.I
)
_NEXT_CLASS = re.compile(r"(?:^|[-_ ])next(?:$|[-_ ])", re.I)
_OFF = re.compile(r"disabled|inactive|hidden", re.I)
_ELSEWHERE = re.compile(
    r"calendar|\bevents?\b|tribe-|\bnews\b|\bblog\b|carousel|slider|swiper|slick|gallery|post-nav", re.I
)
_PAGER = re.compile(r"pag(?:e|er|ing|ination)|nav", re.I)
_SIZE = re.compile(r"items_?per_?page|per_?page|page_?size|pagelength|length|limit|show|results", re.I)
_FURTHER = ("data-next-url", "data-next-page", "data-next", "data-href", "data-url")
_CLAIM = re.compile(
    r"\b\d+\s*(?:-|–|to|through)\s*\d+ of (\d{1,4})\b|\b(?:showing|found|displaying)(?: all)? (\d{1,4}) "
    r"(?:results?|parishes|churches|locations)\b|\b(\d{1,4}) (?:results?|locations?)(?: found)?$"
    r"|\b(\d{1,4}) (?:parishes|churches|items) (?:were )?found\b|\bpage \d+ of \d+ \((\d{1,4}) items\)",
    re.I,
)
_CURRENT = ("span", "a", "li", "strong", "em", "b")
_MOST_LINKS, _MOST_ABOVE, _CLAIM_LINE = 5000, 8, 80


def next_pages(document: Document) -> tuple[Request, ...]:
    """What a list names as its continuation: all on one page, the next page, or else its other letters or regions."""
    following = next((one for one in _following(document) if not is_own_page(one, document)), None)
    if following is None:
        return other_parts(document)
    whole = _largest_page(document)
    return (following,) if whole is None else (whole, following)


def claimed(document: Document) -> int | None:
    """How many parishes the page itself says the list has (`Showing 1-20 of 185`), or None."""
    for line in markup.lines(markup.body(document.tree)):
        match = _CLAIM.search(line) if len(line) <= _CLAIM_LINE else None
        if match:
            return int(next(number for number in match.groups() if number))
    return None


def _following(document: Document) -> Iterator[Request]:
    """Where the continuation may be, the surest sign first; of equal signs, the one at the list's own address."""
    links = [link for link in list(markup.anchors(document.tree))[:_MOST_LINKS] if not _is_elsewhere(link)]
    named = [node for node in (*document.tree.iter("link"), *links) if "next" in _rel(node)]
    said = [link for link in links if _is_on(link) and (_is_next(link) or _says_next(link))]
    for targets in (_targets(named, document), _targets(said, document)):
        yield from (one for one in targets if _continues(one, document))
    yield from _targets([node for node in named if node.tag == "a"] + said, document)
    yield from _targets(_next_number(links, document), document)
    yield from _more(document)
    yield from _next_post_back(document)


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


def _is_elsewhere(link: markup.Element) -> bool:
    """Whether a link stands in a calendar, in the news or in a row of pictures: its next page is no list's."""
    above = (node for node, _ in zip(link.iterancestors(), range(_MOST_ABOVE), strict=False))
    inner = (node for node in above if node.tag not in {"body", "html", "main"})
    return any(_ELSEWHERE.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in (link, *inner))


def _marks(link: markup.Element) -> str:
    """The classes of a link and of what it stands in, as pagers mark them."""
    above = link.getparent()
    return " ".join(str(node.get("class") or "") for node in (link, above) if node is not None)


def _is_next(link: markup.Element) -> bool:
    return bool(_NEXT_CLASS.search(_marks(link))) and len(markup.text(link)) < 25


def _says_next(link: markup.Element) -> bool:
    pictures = " ".join(str(image.get("alt") or "") for image in link.iter("img"))
    said = markup.text(link) or str(link.get("aria-label") or link.get("title") or link.get("value") or pictures)
    return bool(_NEXT.fullmatch(said[:40]))


def _next_number(links: list[markup.Element], document: Document) -> list[markup.Element]:
    """The links that bear the number after the current page's: the one that is marked, leads here, or is no link."""
    marked = [number for node in document.tree.iter(*_CURRENT) if _is_current(node) and (number := _number(node))]
    numbered = [(number, link) for link in links if (number := _number(link))]
    paged = {number for number, link in numbered if _in_pager(link)}
    here = [
        number for number, link in numbered if any(is_own_page(one, document) for one in _targets([link], document))
    ]
    missing = [next(number for number in range(1, len(paged) + 2) if number not in paged)] if paged else []
    return [link for current in (marked or here or missing)[:3] for number, link in numbered if number == current + 1]


def _number(node: markup.Element) -> int:
    """The number that an element bears as its whole text; 0 when it bears none that may be a page's."""
    said = markup.text(node).strip("[]")
    return int(said) if said.isdecimal() and len(said) < 4 else 0


def _in_pager(link: markup.Element) -> bool:
    above = (node for node, _ in zip(link.iterancestors(), range(4), strict=False))
    return any(_PAGER.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in above) or bool(
        re.search(r"[?&/]p(?:age|g)?(?:num|no)?[=/-]?\d+", str(link.get("href")), re.I)
    )


def _is_current(node: markup.Element) -> bool:
    return bool(node.get("aria-current")) or bool(re.search(r"\bcurrent\b|\bactive\b", str(node.get("class") or "")))


def _more(document: Document) -> Iterator[Request]:
    """`Load more`: a link's or button's address, in `href` or in a `data-` attribute."""
    for node in list(document.tree.iter("a", "button"))[:_MOST_LINKS]:
        if _MORE.fullmatch(markup.text(node)[:40]) and not _is_elsewhere(node):
            named = [str(node.get(name)) for name in (*_FURTHER, "href") if node.get(name)]
            found = [absolute(link, document.url) for link in named if re.search(r"[/?]", link)]
            near = [Request(one, Purpose.NEXT) for one in found if one and same_site(one, document.url)]
            yield from (one for one in near if _continues(one, document) or re.search(r"page|offset|start", one.url))


def _next_post_back(document: Document) -> Iterator[Request]:
    """The pager of an ASP.NET page: `Next`, the number after the one that is no link, or `...` after the last."""
    if "__VIEWSTATE" not in document.text:
        return
    scripted = [node for node in islice(document.tree.iter("a", "input", "button"), _MOST_LINKS) if _is_on(node)]
    pages = [node for node in scripted if re.search(r"doPostBack.{1,300}?Page\$", str(node.get("href") or ""))]
    numbers = {number: node for node in pages if (number := _number(node))}
    current = _unlinked_number(pages)
    dots = [node for node in pages if markup.text(node) in {"...", "…"}]
    after = [numbers[current + 1]] if current + 1 in numbers else dots[-1:]
    found = (post_back(node, document) for node in [*filter(_says_next, scripted), *after])
    yield from (one for one in found if one)


def _unlinked_number(pages: list[markup.Element]) -> int:
    """The number in a pager of links that is no link: the current page's."""
    pager = next(pages[0].iterancestors("table", "ul", "div", "p"), None) if pages else None
    plain = [] if pager is None else [node for node in pager.iter(*_CURRENT, "td", "label") if len(node) == 0]
    return next((number for node in plain if node not in pages and (number := _number(node))), 0)


def _is_on(node: markup.Element) -> bool:
    return node.get("disabled") is None and not _OFF.search(_marks(node))


def _largest_page(document: Document) -> Request | None:
    """The whole list on one page, where a menu in a form offers page sizes and a larger one than the chosen."""
    for form in reading_forms(document):
        for menu in form.iter("select"):
            name, sizes = str(menu.get("name") or ""), {value: _size(value, said) for value, said in options(menu)}
            if _SIZE.search(name) and len(sizes) > 1 and all(sizes.values()):
                largest = max(sizes, key=lambda value: sizes[value])
                now = selected(menu) or next(iter(sizes))
                asked = submission(form, document, {name: largest}) if sizes[largest] > sizes[now] else None
                return None if asked is None or is_own_page(asked, document) else asked
    return None


def _size(value: str, said: str) -> int:
    """How many rows an option of a menu stands for; 0 when it is no number of rows."""
    if re.fullmatch(r"all|todos|-?\s*all\s*-?|-1", said, re.I) or value.lower() in {"all", "-1"}:
        return 100_000
    return int(said) if said.isdecimal() and 0 < int(said) <= 5000 else 0
