"""Links of a diocese's homepage that may lead to its parish directory, scored by signals, each with its reason.

The labels and traps are those of some 200 real homepages. A score is a sum of signals; at zero and below a link is no
candidate. What the words of labels, paths and traps are stands in `link_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from vitality_lib.directories import markup
from vitality_lib.discovery.link_words import CONTAINED, ELSEWHERE, FILES, LABELS, PATHS, PLATFORMS, TRAPS
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, host, same_site
from vitality_lib.models import Candidate

_MOST_LINKS, _MOST_ABOVE = 5000, 40
_SECTIONS = re.compile(r"\b(?:alternate|section|chapter|contents|index)\b", re.I)  # `rel` of a `<link>` to another page
_MENU = re.compile(r"\b(?:nav|menu|navigation|navbar)")
_NEWS = re.compile(r"\b(?:news|blog|post|event|carousel|slider)")
_BY_PLACE = {"menu": 1.5, "main": 0.5, "footer": 0.5, "iframe": 1.0, "form": -1.0, "news": -3.0}


@dataclass(frozen=True)
class _Link:
    url: str
    label: str
    place: str  # menu, footer, main, news, iframe, form


def directory_links(document: Document) -> tuple[Candidate, ...]:
    """The candidates of a homepage, best first; each address once, absolute, http or https."""
    if document.kind is not Kind.HTML:
        return ()
    best: dict[str, Candidate] = {}
    for link in _links(document):
        candidate = _score(link, document.url)
        known = best.get(_key(link.url))
        if candidate and (known is None or candidate.score > known.score):
            best[_key(link.url)] = candidate
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def _links(document: Document) -> Iterator[_Link]:
    tree, base = document.tree, _base(document)
    for number, node in enumerate(tree.iter("a", "area", "iframe", "form", "option", "link")):
        if number > _MOST_LINKS:
            return
        target = absolute(_target(node), base)
        if target and not _is_page_itself(target, document.url):
            yield _Link(target, _label(node), _place(node))


def _base(document: Document) -> str:
    """The address that relative links are joined to: `<base href>` against the page's own (HTML standard, 2.4.3)."""
    named = document.tree.find(".//base[@href]")
    return (absolute(named.get("href"), document.url) if named is not None else None) or document.url


def _target(node: markup.Element) -> str | None:
    attribute = {"iframe": "src", "form": "action", "option": "value"}.get(str(node.tag), "href")
    value = node.get(attribute)
    if node.tag == "link" and not _SECTIONS.search(node.get("rel") or ""):
        return None
    if node.tag == "option" and not re.match(r"https?://|/", value or ""):
        return None
    return str(value) if value else None


def _label(node: markup.Element) -> str:
    if node.tag in {"iframe", "form", "link"}:
        said = node.get("title") or node.get("aria-label") or ""
    else:
        images = " ".join(image.get("alt") or "" for image in node.iter("img"))
        said = markup.text(node) or node.get("aria-label") or node.get("title") or images
    return " ".join(said.split())[:120]


def _place(node: markup.Element) -> str:
    if node.tag in {"iframe", "form"}:
        return str(node.tag)
    for above in [node, *islice(node.iterancestors(), _MOST_ABOVE)]:
        name = f"{above.get('id') or ''} {above.get('class') or ''} {above.get('role') or ''}".lower()
        if above.tag == "footer" or "footer" in name:
            return "footer"
        if above.tag in {"nav", "header"} or _MENU.search(name):
            return "menu"
        if _NEWS.search(name) or above.tag == "article":
            return "news"
    return "main"


def _is_page_itself(target: str, page: str) -> bool:
    return bool(page) and _key(target) == _key(page)


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{host(url)}{parts.path.rstrip('/')}?{parts.query}".lower()


def _score(link: _Link, page: str) -> Candidate | None:
    parts = urlsplit(link.url)
    path = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    signals = [*_by_label(link.label), *_by_path(path), *_by_platform(link.url)]
    if sum(weight for weight, _ in signals) <= 0:
        return None
    signals += [*_by_place(link.place), *_by_domain(link.url, page), *_by_traps(link, path, page)]
    score = sum(weight for weight, _ in signals)
    if score <= 0:
        return None
    return Candidate(link.url, link.label, round(score, 2), tuple(f"{why} {weight:+g}" for weight, why in signals))


def _by_label(label: str) -> Iterator[tuple[float, str]]:
    """The whole label says it, or a longer label contains it, which counts half."""
    bare = re.sub(r"[^\w\s&,'’…-]+|\.(?!\.\.)", " ", label).strip(" -–,…")
    bare = " ".join(bare.split())
    for weight, words in LABELS:
        if words.fullmatch(bare):
            yield weight, f"label {label!r}"
            return
    if len(bare) > 60:
        return
    for weight, words in CONTAINED:
        if match := words.search(bare):
            yield weight / 2, f"label contains {match[0]!r}"
            return


def _by_path(path: str) -> Iterator[tuple[float, str]]:
    if FILES.search(path):
        return
    for weight, words in PATHS:
        if match := words.search(path):
            yield weight, f"path has {match[0]!r}"
            return


def _by_platform(url: str) -> Iterator[tuple[float, str]]:
    for name, signature in PLATFORMS:
        if signature.search(url):
            yield 3.0, f"the address is {name}"


def _by_place(place: str) -> Iterator[tuple[float, str]]:
    yield _BY_PLACE[place], f"in {'main text' if place == 'main' else place}"


def _by_domain(url: str, page: str) -> Iterator[tuple[float, str]]:
    if ELSEWHERE.search(host(url)) and not any(_by_platform(url)):
        yield -20.0, f"{host(url)} is no diocese's directory"
    elif page and same_site(url, page):
        yield 1.0, "same site"
    elif page and (host(url).endswith("." + host(page)) or host(page).endswith("." + host(url))):
        yield 0.8, "sub-domain of the site"


def _by_traps(link: _Link, path: str, page: str) -> Iterator[tuple[float, str]]:
    if FILES.search(path):
        yield -8.0, "a file, not a page"
    if urlsplit(link.url).path in {"", "/"} and not urlsplit(link.url).query:
        yield (-6.0, "the homepage") if same_site(link.url, page) else (-3.0, "a homepage")
    label = re.sub(r"\([^)]*\)", " ", link.label)
    for why, words in TRAPS:
        if words.search(label) or words.search(path.replace("/", " /")):
            yield -9.0, f"speaks of {why}"
    if len(label) > 60:
        yield -3.0, "a sentence rather than a label"
    if path.rstrip("/").count("-") >= 5:
        yield -4.0, "the address is a headline's"
