"""Links of a parish's page that probably lead to its times of Mass, confession and adoration, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, same_site
from vitality_lib.models import Candidate
from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.link_signs import EXPLICIT, LABELS, PATHS, TRAPS, Sign

_MOST_LINKS = 3000
_MOST_CANDIDATES = 12
_LONGEST_LABEL = 120
_MOST_PIECES = 80  # of text in one label
_FILES = re.compile(r"\.(?:docx?|xlsx?|jpe?g|png|gif|webp|zip|mp[34]|ics|pptx?)$", re.I)
# Services that host parts of a parish's own site.
_HOSTED = re.compile(
    r"(?:^|\.)(?:parishesonline|ecatholic|diocesanweb|squarespace|wixsite|weebly|wordpress|docs\.google)\.\w+$", re.I
)
_NODES = ("a", "area", "button", "option", "frame", "iframe", "meta", "h1", "h2", "h3", "h4", "h5", "h6")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A label that says nothing of its own: the heading above it does.
_EMPTY_LABEL = re.compile(
    r"^\W*(?:(?:learn|read|see|view|find out|ver|leer) (?:more|m[aá]s|all|details)|more(?: info(?:rmation)?)?|details|"
    r"view|click here|here|(?:view|see)(?: the| our)?(?: full)? (?:schedule|times)|aqu[ií]|m[aá]s)?\W*$",
    re.I,
)
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url\s*=\s*['\"]?([^'\"]{1,500})", re.I)
_GOES_TO = re.compile(r"(?:location(?:\.href)?\s*=|(?:open|assign)\()\s*['\"]([^'\"]{1,500})['\"]", re.I)


@dataclass(frozen=True)
class Link:
    """A link as a reader of the page sees it. `url` is absolute."""

    url: str
    label: str


def schedule_links(document: Document) -> tuple[Candidate, ...]:
    """The candidates of a page, best first, at most 12: on the parish's own site or on a page hosted for it.

    A PDF ranks below the pages with the same label: it is read only when nothing else serves.
    """
    own = (link for link in links(document) if is_own(link.url, document.url))
    return best(own, document.url)


def best(found: Iterable[Link], here: str) -> tuple[Candidate, ...]:
    """The links that speak of services, best first, at most 12; each page once, and never the page `here`."""
    chosen: dict[str, Candidate] = {}
    own = page_key(here)
    for link in found:
        key = page_key(link.url)
        if key == own or _FILES.search(urlsplit(link.url).path):
            continue
        candidate = _scored(link)
        known = chosen.get(key)
        if candidate and (known is None or candidate.score > known.score):
            chosen[key] = candidate
    return tuple(sorted(chosen.values(), key=lambda one: -one.score)[:_MOST_CANDIDATES])


def links(document: Document) -> Iterator[Link]:
    """The links of an HTML page in its order: anchors, maps, buttons, menus to choose from, frames, refreshes."""
    if document.kind is not Kind.HTML:
        return
    base, heading = _base(document), ""
    for number, node in enumerate(document.tree.iter(*_NODES)):
        if number >= _MOST_LINKS:
            return
        if node.tag in _HEADINGS:
            heading = _text(node)
        elif url := absolute(_target(node), base):
            label = _label(node)
            yield Link(url, f"{heading}: {label}"[:_LONGEST_LABEL] if _EMPTY_LABEL.match(label) and heading else label)


def is_own(url: str, home: str) -> bool:
    """Whether an address is on the site of `home` (any site, where that is not known), or on a page hosted for it."""
    return not home or same_site(url, home) or bool(_HOSTED.search(urlsplit(url).hostname or ""))


@lru_cache(maxsize=2048)
def page_key(url: str) -> str:
    """What is the same for all spellings of one page's address: scheme, `www.`, last slash and case aside."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}".lower()


def _target(node: html.HtmlElement) -> str | None:
    """Where an element leads to, as it is written."""
    if node.tag in {"frame", "iframe"}:
        return str(node.get("src") or "")
    if node.tag == "meta":
        onward = _REFRESH.match(node.get("content") or "")
        return onward[1] if onward else None
    if node.tag == "option":
        value = node.get("value") or ""
        return value if "/" in value else None
    if href := node.get("href") or node.get("data-href") or node.get("data-url"):
        return str(href)
    scripted = _GOES_TO.search((node.get("onclick") or "")[:1000])
    return scripted[1] if scripted else None


def _base(document: Document) -> str:
    """The address that relative links are joined to: `<base href>` against the page's own (HTML standard, 2.4.3)."""
    named = document.tree.find(".//base[@href]")
    return (absolute(named.get("href"), document.url) if named is not None else None) or document.url


def _label(node: html.HtmlElement) -> str:
    if node.tag == "meta":
        return "Enter"
    said = _text(node) or node.get("aria-label") or node.get("title") or node.get("name") or node.get("alt") or ""
    said = said if said.strip() else " ".join(image.get("alt") or "" for image in node.iter("img"))
    return " ".join(said.split())[:_LONGEST_LABEL]


def _text(node: html.HtmlElement) -> str:
    """What an element says, from its first pieces of text: one that was never closed may hold the whole page."""
    if not len(node):
        return " ".join((node.text or "")[:1000].split())[:_LONGEST_LABEL]
    pieces: list[str] = []
    for event, part in islice(etree.iterwalk(node, events=("start", "end", "comment")), _MOST_PIECES):
        if event == "start":
            pieces.append((part.text or "")[:1000])
        elif part is not node:
            pieces.append((part.tail or "")[:1000])
    return " ".join("".join(pieces).split())[:_LONGEST_LABEL]


def _scored(link: Link) -> Candidate | None:
    score, reasons = _weight(link.label, urlsplit(link.url).path)
    return Candidate(link.url, link.label, score, reasons) if score > 0 else None


@lru_cache(maxsize=2048)
def _weight(label: str, quoted: str) -> tuple[float, tuple[str, ...]]:
    """How surely a link leads to times, and why, by its label and its path. Parishes name their pages alike."""
    path = unquote(quoted)
    # `Mass Times: Learn more` says what `Mass Times` does.
    bare = label.partition(": ")[0] if ": " in label and _EMPTY_LABEL.match(label.partition(": ")[2]) else label
    signals = [*_first(LABELS, bare, f"label {label!r}"), *_first(PATHS, path, f"path {path!r}")]
    if not signals:
        return 0.0, ()
    signals += [
        _weighed(sign, label, path) for sign in TRAPS if sign.pattern.search(label) or sign.pattern.search(path)
    ]
    score = round(sum(sign.weight for sign in signals), 2)
    reasons = tuple(f"{sign.why} {sign.weight:+g}" for sign in signals)
    return score, reasons


def _weighed(trap: Sign, label: str, path: str) -> Sign:
    """A trap as it counts: `Mass Times & Livestream` has the times, too; `Mass Reading Schedule` has not."""
    beside = EXPLICIT.sub(" ", label)
    if trap is not TRAPS[0] or beside == label or trap.pattern.search(path):
        return trap
    return altered(trap, weight=trap.weight / 2)


def _first(signs: tuple[Sign, ...], text: str, why: str) -> list[Sign]:
    """The first sign that a text bears, by the name that `why` gives it."""
    return [altered(sign, why=why) for sign in signs if sign.pattern.search(text)][:1]
