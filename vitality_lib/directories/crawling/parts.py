"""The parts of a list that is spread over an index: letters from A to Z, counties, deaneries, towns, as links or as the
options of a menu (`menus`); and `All`, which serves for every part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from vitality_lib.directories.crawling.forms import is_own_page, post_back, selected
from vitality_lib.directories.crawling.menus import empty_searches, every_option, menus, regions_of
from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute, same_site, split
from vitality_lib.models import Purpose, Request

PART = "a part of the list"
_LETTERS = re.compile(r"[A-Z](?:\s*(?:-|–|to|thru)\s*[A-Z])?", re.I)
_ALL = re.compile(
    r"(?:view |show |see |list |ver )?(?:all|todos|todas)(?: (?:parishes|churches|locations|results|letters|regions|"
    r"counties|cities|deaneries|vicariates|parroquias))?|any|a ?[-–] ?z|[-*]+ ?(?:any|all) ?[-*]+",
    re.I,
)
_AREA = (
    r"(?:count(?:y|ies)|deaner(?:y|ies)|vicariates?|regions?|districts?|zones?|episcopal areas?|territor(?:y|ies)|"
    r"condados?|decanatos?|vicar[íi]as?|municipios?)"
)
_AREA_WORD = re.compile(rf"\b{_AREA}\b", re.I)
_KEY = re.compile(rf"\b(?:{_AREA}|city|cities|towns?|area|alphabet|letter|ciudad)\b", re.I)
_ASKS = re.compile(
    r"\bby (?:city|county|town|deanery|vicariate|region|district|area|location)\b"
    r"|\b(?:choose|select|pick|click)\b.{0,40}\b(?:city|county|town|deanery|vicariate|region|district|area|zone)\b",
    re.I,
)
_NO_PART = re.compile(
    r"\b(?:schools?|cemeter|clergy|priests?|deans?|map|pdf|meetings?|council|contact|employment)\b", re.I
)
_MOST_LINKS, _MOST_PARTS, _MOST_HEADINGS = 5000, 60, 200
Frame = tuple[str, tuple[str, ...]]


def other_parts(document: Document) -> tuple[Request, ...]:
    """For a page that lists some parishes and is itself a part of the list: all of them on one page, or the others."""
    for links in (_letters(document), _regions(document) if document.url else {}):
        if links:
            letters = all(_LETTERS.fullmatch(label) for label in links)
            whole = _all_of(links, document)
            if whole is not None and is_own_page(whole, document):
                return ()
            if letters or _is_one_of(links, document):
                return _asked([whole] if whole else list(links.values()), document)
    for menu in menus(document):
        if selected(menu) in regions_of(menu):
            return _asked(every_option(menu, document), document)
    return ()


def parts(document: Document) -> tuple[Request, ...]:
    """For a page that lists none: the empty search, `All`, or every part."""
    for links in (_letters(document), _regions(document)):
        if links:
            whole = _all_of(links, document)
            wanted = [whole] if whole is not None and not is_own_page(whole, document) else list(links.values())
            return _asked(wanted, document)
    empty = _asked(empty_searches(document), document)[:1]
    every = (_asked(every_option(menu, document), document) for menu in menus(document))
    return empty or next(filter(None, every), ())


def _asked(requests: Iterable[Request | None], document: Document) -> tuple[Request, ...]:
    found = dict.fromkeys(one for one in requests if one is not None and not is_own_page(one, document))
    return tuple(Request(one.url, Purpose.NEXT, one.body, PART) for one in islice(found, _MOST_PARTS))


# --- links -----------------------------------------------------------------------------------------------------------


def _letters(document: Document) -> dict[str, Request]:
    """An index from A to Z: six links or more whose whole label is a letter, or three that are ranges (`A-F`)."""
    found: dict[str, Request] = {}
    for link in islice(document.tree.iter("a", "area"), _MOST_LINKS):
        said = markup.text(link)[:8].strip(" []|")
        if _LETTERS.fullmatch(said) and said.upper() not in found and (asked := _request(link, document)):
            found[said.upper()] = asked
    ranges = {label: asked for label, asked in found.items() if len(label) > 1}
    kept = ranges if len(ranges) >= 3 else {label: found[label] for label in sorted(found) if len(label) == 1}
    return kept if len(ranges) >= 3 or len(kept) >= 6 else {}


def _regions(document: Document) -> dict[str, Request]:
    """Links to counties, deaneries, towns: three or more at like addresses, by what they or their addresses say."""
    groups: dict[Frame, dict[str, Request]] = defaultdict(dict)
    for link in islice(document.tree.iter("a", "area"), _MOST_LINKS):
        label = _label(link)
        if _AREA_WORD.search(label) or _KEY.search(re.sub(r"[-_/?&=.+]", " ", str(link.get("href"))[:300])):
            _put(groups, link, label, document)
    for node in islice(document.tree.iter("h1", "h2", "h3", "h4", "p", "label", "legend", "strong"), _MOST_HEADINGS):
        if _ASKS.search(markup.text(node)[:200]):
            for after in islice(node.itersiblings(), 3):
                for link in islice(after.iter("a", "area"), _MOST_PARTS * 3):
                    _put(groups, link, _label(link), document)
    best = max(groups.values(), key=len, default={})
    return best if len(best) >= 3 else {}


def _put(groups: dict[Frame, dict[str, Request]], link: markup.Element, label: str, document: Document) -> None:
    """Put a link with those at like addresses, if it can be a part: a short label that names no church, this site."""
    if not label or len(label.split()) > 5 or _NO_PART.search(label) or markup.within(link, ("header", "footer")):
        return
    asked = _request(link, document)
    if asked and not re.search(r"\.(?:pdf|docx?|jpe?g|png)$", asked.url, re.I) and not _names_church(label):
        groups[_frame(asked.url)].setdefault(label, asked)


def _names_church(label: str) -> bool:
    return sounds_like_parish(label) and not _AREA_WORD.search(label)


def _request(link: markup.Element, document: Document) -> Request | None:
    """What a link asks for on this site; None for one that leads elsewhere, or to a place in the page."""
    href = str(link.get("href") or "")
    target = absolute(href, document.url) if "#" not in href else None
    if target is None:
        return post_back(link, document)
    return Request(target, Purpose.NEXT) if not document.url or same_site(target, document.url) else None


def _label(link: markup.Element) -> str:
    return (markup.text(link) or str(link.get("alt") or link.get("title") or link.get("aria-label") or ""))[:100]


def _frame(address: str) -> Frame:
    """What the addresses of parts have in common: all but the last segment, or all but the values of the query."""
    parts = split(address)
    if parts.query:
        return parts.path, tuple(sorted(field.partition("=")[0] for field in parts.query.split("&")))
    return parts.path.rstrip("/").rpartition("/")[0], ()


def _is_one_of(links: dict[str, Request], document: Document) -> bool:
    """Whether the page is a part, too: one of the links leads here, or its address is like theirs."""
    here = _KEY.search(re.sub(r"[-_/?&=.+]", " ", document.url.partition("://")[2].partition("/")[2]))
    like = here is not None and any(_frame(one.url) == _frame(document.url) for one in links.values())
    return like or any(is_own_page(one, document) for one in links.values())


def _all_of(links: dict[str, Request], document: Document) -> Request | None:
    """`All`, where it stands among the parts; the page itself where it stands there and is no link."""
    targets = {one.url for one in links.values()}
    for node in islice(document.tree.iter("a", "span", "strong", "b", "li", "area"), _MOST_LINKS):
        if len(node) < 2 and _ALL.fullmatch(_label(node)) and _stands_among(node, targets, document):
            return _request(node, document) if node.get("href") else Request(document.url or "/", Purpose.NEXT)
    return None


def _stands_among(node: markup.Element, targets: set[str], document: Document) -> bool:
    for above in islice(node.iterancestors(), 3):
        near = islice(above.iter("a", "area"), _MOST_PARTS)
        if sum(absolute(link.get("href"), document.url) in targets for link in near) >= 3:
            return True
    return False
