"""Links of a page that may lead to the parish directory, the likeliest first.

Menus, buttons, footers, frames, forms, options of a menu and `<link>`s count alike; each address is one candidate,
however it is spelt. How much a link is worth `signals` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from vitality_lib.directories.pieces import markup
from vitality_lib.discovery.nearby import above_it, place
from vitality_lib.discovery.signals import Link, score, site_of
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, host
from vitality_lib.models import Candidate

_MOST_NODES, _MOST_LINKS = 150_000, 5000
_LONGEST_LABEL, _LONGEST_LINE = 120, 40
_SECTIONS = re.compile(r"\b(?:alternate|section|chapter|contents|index)\b", re.I)  # `rel` of a `<link>` to another page
_ADDRESS = {"iframe": "src", "frame": "src", "form": "action", "option": "value", "button": "formaction"}
_LINKS = frozenset({"a", "area", "link", "meta", *_ADDRESS})
_IN_DATA = ("data-href", "data-url", "data-link", "data-target-url", "data-permalink")
_OF_CODE = frozenset({"onclick", *_IN_DATA})
_IN_SCRIPT = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|(?:window\.)?open\(|navigate\w{0,10}\()\s*['\"]([^'\"]{1,300})['\"]"
)
_REFRESH = re.compile(r"^\s*\d+\s*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"\s]+)", re.I)


def directory_links(document: Document, under: str = "") -> tuple[Candidate, ...]:
    """The candidates of a page, best first; each address once, absolute, http or https.

    On a page that is no homepage, links of its own text stand `under` the name by which it was reached. A page that
    asks crawlers to follow none has none.
    """
    if document.kind is not Kind.HTML or document.page.nofollow:
        return ()
    site = site_of(document.url, markup.text(document.tree.find(".//title")) if document.url else "")
    return best_first(score(link, site) for link in _links(document, under))


def best_first(found: Iterable[Candidate | None]) -> tuple[Candidate, ...]:
    """Candidates by score; of several spellings of one address the one that scored best, by https where equal."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        known = best.get(key(candidate.url)) if candidate else None
        if candidate and (known is None or _rank(candidate) > _rank(known)):
            best[key(candidate.url)] = candidate
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def key(url: str) -> str:
    """One for all spellings of a page: `http` or `https`, `www.`, case, a last slash, `index.html` do not count."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.lower()
    path = re.sub(r"/(?:index|default)\.\w{2,5}$", "", parts.path.rstrip("/"), flags=re.I)
    return f"{host(url)}{path}?{parts.query}".lower()


def _rank(candidate: Candidate) -> tuple[float, bool]:
    return candidate.score, candidate.url.startswith("https:")


def _links(document: Document, under: str) -> Iterator[Link]:
    base, own = _base(document), key(document.url) if document.url else None
    nodes = (node for node in islice(document.tree.iter(), _MOST_NODES) if isinstance(node.tag, str))
    for node in islice(filter(_may_lead, nodes), _MOST_LINKS):
        targets = (absolute(value, base) for value in _addresses(node))
        target = next(filter(None, targets), None)
        if target and key(target) != own:
            label, where = _label(node), place(node)
            near = above_it(node) if len(label) <= _LONGEST_LINE else ""
            yield Link(target, label, where, near or (under if where == "main" else ""))


def _base(document: Document) -> str:
    """The address that relative links are joined to: `<base href>` against the page's own (HTML standard, 2.4.3)."""
    named = document.tree.find(".//base[@href]")
    return (absolute(named.get("href"), document.url) if named is not None else None) or document.url


def _may_lead(node: markup.Element) -> bool:
    return node.tag in _LINKS or not _OF_CODE.isdisjoint(node.keys())


def _addresses(node: markup.Element) -> Iterator[str]:
    """Where an element may lead: its own address, the one in its data, the one that a click goes to."""
    own = node.get(_ADDRESS.get(str(node.tag), "href"))
    if node.tag == "meta":
        refresh = (
            _REFRESH.match(node.get("content") or "") if (node.get("http-equiv") or "").lower() == "refresh" else None
        )
        own = refresh[1] if refresh else None
    elif (node.tag == "link" and not _SECTIONS.search(node.get("rel") or "")) or (
        node.tag == "form" and (node.get("method") or "get").lower() != "get"
    ):
        return
    elif node.tag == "option" and not re.match(r"https?://|/", own or ""):
        own = None
    clicked = _IN_SCRIPT.search((node.get("onclick") or "")[:1000])
    yield from filter(None, (own, *(node.get(name) for name in _IN_DATA), clicked[1] if clicked else None))


def _label(node: markup.Element) -> str:
    """What a link is called: its text (of a card, the heading), else what it tells those who cannot see it."""
    told = node.get("aria-label") or node.get("title") or ""
    if node.tag in {"iframe", "frame", "link", "meta"}:
        said = told
    elif node.tag == "form":
        said = told or _of_form(node)
    else:
        images = " ".join(image.get("alt") or "" for image in node.iter("img"))
        said = _first_line(node) or told or str(node.get("value") or "") * (node.tag == "input") or images
    return " ".join(said.split())[:_LONGEST_LABEL]


def _first_line(node: markup.Element) -> str:
    if next(islice(node.iter("a", "area"), 1, None), None) is not None:
        return (node.text or "").strip()[:_LONGEST_LABEL]  # a link that was never closed
    lines = markup.lines(node)
    whole = " ".join(lines)
    if len(whole) <= _LONGEST_LINE:
        return whole
    heading = next(node.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    return (markup.text(heading) if heading is not None else "") or lines[0]


def _of_form(form: markup.Element) -> str:
    """What a search form is called: its legend, the hint in its field, or its button."""
    said = [markup.text(node) for node in form.iter("legend", "label")]
    said += [node.get("placeholder") or "" for node in form.iter("input")]
    said += [markup.text(node) or node.get("value") or "" for node in form.iter("button")]
    return next((text for text in said if 0 < len(text) <= _LONGEST_LINE), "")
