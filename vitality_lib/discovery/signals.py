"""How much a link is like one to a parish directory: a sum of signals, each with its reason.

The labels and traps are those of some 200 real homepages. At zero and below a link is no candidate. What the words of
labels, paths and traps are stands in `link_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.discovery.link_words import (
    CONTAINED,
    ELSEWHERE,
    FILES,
    GENERIC,
    LABELS,
    OPEN_ENDED,
    PATHS,
    PLATFORMS,
    SURE,
)
from vitality_lib.discovery.trap_words import NEWS, SOFT, SOFT_BESIDE_A_SURE_PART, TRAPS
from vitality_lib.hyperlinks import host, same_site, split
from vitality_lib.models import Candidate

_BY_PLACE = {"menu": 1.5, "main": 0.5, "footer": 0.5, "iframe": 1.0, "form": -1.0, "news": -3.0, "onward": 0.0}
_OWN_WORDS = re.compile(r"^(?:the)?(?:roman)?(?:catholic)?(?:arch)?dio(?:cese)?(?:of)?|(?:arch)?dio(?:cese)?$|catholic")
_SEE = re.compile(
    r"\b(?:(?:arch)?diocese|(?:arch)?eparchy|ordinariate) of ((?:(?:st\.|san|santa|las|los|el|fort|new) )?\w+)", re.I
)
_OF_CHURCHES = re.compile(r"parish|church|catholic|dioces|parroqui|iglesia|finder|director|eparch")
_DECORATION = re.compile(
    r"\((?:opens|link|external|current)[^)]*\)|opens (?:in )?(?:an? )?new (?:tab|window)|"
    r"\b(?:arrow|chevron|expand|keyboard_arrow|open_in)_\w+\b",
    re.I,
)
_AMONG = re.compile(r"\s*(?:[&,/|+•·]|\b(?:and|or|y|o)\b)\s*", re.I)
_BEGINS_WITH_PARISHES = re.compile(r"\W*(?:our |all )?(?:parishes|parroquias)\b", re.I)
_ONE_PARISH = re.compile(
    r"/(?:parish(?:es)?|church(?:es)?)/(?:[a-z]+-)?(?:st|ss|saints?|our-lady|holy|sacred)-[^/]+/?$", re.I
)
_SPANISH = re.compile(r"^/(?:es|espanol|spanish|sp)(?:/|$)", re.I)
_LONGEST_PATH = 300
_LONG = 60  # characters from which on a label is a sentence

Signal = tuple[float, str]


@dataclass(frozen=True)
class Link:
    """A link as its reader sees it. `near` is the heading, menu item or words under which it stands."""

    url: str
    label: str
    place: str  # menu, footer, main, news, iframe, form, onward
    near: str = ""


@dataclass(frozen=True)
class Site:
    """The site on which a link was seen: its address, and the words by which other hosts of the diocese are known."""

    url: str
    words: frozenset[str] = frozenset()


def site_of(url: str, title: str = "") -> Site:
    """`https://bostoncatholic.org` titled `Archdiocese of Boston` goes by `boston`."""
    name = (host(url).split(".")[-2:] or [""])[0]
    words = {_OWN_WORDS.sub("", name) or name, *(match[1].lower() for match in _SEE.finditer(title))}
    return Site(url, frozenset(re.sub(r"\W", "", word) for word in words if len(word) >= 3))


def score(link: Link, site: Site) -> Candidate | None:
    """The link as a candidate, or None when it is none."""
    parts = split(link.url)
    path = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)[:_LONGEST_PATH]
    signals = [*_by_words(link), *_by_path(path), *_by_platform(link.url)]
    if sum(weight for weight, _ in signals) <= 0:
        return None
    signals += [(_BY_PLACE[link.place], f"in {'main text' if link.place == 'main' else link.place}")]
    signals += [*_by_domain(link.url, site), *_by_traps(link, path), *_by_shape(link, path, site.url)]
    total = sum(weight for weight, _ in signals)
    if total <= 0:
        return None
    return Candidate(link.url, link.label, round(total, 2), tuple(f"{why} {weight:+g}" for weight, why in signals))


def traps(text: str) -> Iterator[tuple[float, str]]:
    """What else a label, a title or a path speaks of; little is made of what stands beside parishes in one label."""
    bare = re.sub(r"\([^)]*\)", " ", text)
    surest = max((weight for weight, _ in _among(_bare(bare))), default=0.0)
    soft = SOFT if surest >= 5.0 or _BEGINS_WITH_PARISHES.match(bare) else frozenset()
    soft = SOFT_BESIDE_A_SURE_PART if surest >= SURE else soft
    for why, weight, words in TRAPS:
        if words.search(bare):
            yield (-2.0 if why in soft else weight), why


def _by_words(link: Link) -> Iterator[Signal]:
    """What the label says, or what it says together with the words it stands under."""
    if link.place == "onward":
        yield 3.0, "the page leads there by itself"
    own, bare = next(_by_label(link.label), None), _bare(link.label)
    under = None
    if link.near and (own is None or own[0] < SURE) and len(bare) <= 30:
        if not bare or GENERIC.fullmatch(bare):
            under = next(_by_label(link.near, whole=True), None)
            said = (round(under[0] * 0.85, 2), f"{link.label!r} under {link.near!r}") if under else None
        else:
            opened = re.sub(r"[\s.…:]+$", "", link.near) if OPEN_ENDED.search(link.near) else ""
            under = next(_by_label(f"{opened} {bare}"), None) if opened else None
            said = (under[0] * 0.95, f"{link.near!r} goes on {link.label!r}") if under else None
        own = max(filter(None, (own, said)), default=None)
    if own:
        yield own


def _by_label(label: str, whole: bool = False) -> Iterator[Signal]:
    """The whole label says it, or a part of `this and that`, or a longer label contains it, which counts half."""
    bare = _bare(label)
    for weight, words in LABELS:
        if words.fullmatch(bare):
            yield weight, f"label {label!r}"
            return
    for weight, part in _among(bare):
        yield weight - 1.5, f"label names {part!r} among others"
        return
    if whole or len(bare) > _LONG:
        return
    for weight, words in CONTAINED:
        if match := words.search(bare):
            yield weight / 2, f"label contains {match[0]!r}"
            return


def _among(bare: str) -> Iterator[tuple[float, str]]:
    """The parts of `Parishes, Schools & Cemeteries` that name parishes, the surest first."""
    pieces = [piece for piece in _AMONG.split(bare[:_LONG]) if piece]
    if len(pieces) > 1:
        for weight, words in LABELS[:7]:
            yield from ((weight, piece) for piece in pieces if words.fullmatch(piece))


def _bare(label: str) -> str:
    """A label without marks, arrows and what is said to screen readers."""
    said = re.sub(r"[^\w\s&,/|+'’…-]+|\.(?!\.\.)", " ", _DECORATION.sub(" ", label))
    return " ".join(said.replace("...", "…").split()).strip(" -–,…/|+&")


def _by_path(path: str) -> Iterator[Signal]:
    if FILES.search(path):
        return
    for weight, words in PATHS:
        if match := words.search(path):
            yield weight, f"path has {match[0]!r}"
            return


def _by_platform(url: str) -> Iterator[Signal]:
    for name, signature in PLATFORMS:
        if signature.search(url):
            yield 3.0, f"the address is {name}"


def _by_domain(url: str, site: Site) -> Iterator[Signal]:
    other, own = host(url), host(site.url)
    known = any(_by_platform(url))
    if ELSEWHERE.search(other) and not known:
        yield -20.0, f"{other} is no diocese's directory"
    elif not own or known:
        return
    elif other == own:
        yield 1.0, "same site"
    elif other.endswith("." + own) or own.endswith("." + other):
        yield 0.8, "sub-domain of the site"
    elif any(word in other if len(word) > 3 else other.startswith(word) for word in site.words):
        yield 0.8, "a related domain"
    elif not _OF_CHURCHES.search(other):
        yield -1.5, "another domain"


def _by_traps(link: Link, path: str) -> Iterator[Signal]:
    """Full weight for what the label and the end of the path say; folders above it say little, but for news."""
    folders, _, last = (re.sub(r"[-_+]", " ", part) for part in path.rstrip("/").rpartition("/"))
    said = {why: weight for text in (f"/ {last}", link.label) for weight, why in traps(text)}
    said |= {why: weight for weight, why in traps(folders.replace("/", " /")) if why == NEWS}
    above = {why for _, why in traps(folders.replace("/", " /"))} - said.keys()
    if GENERIC.fullmatch(_bare(link.label)) or not link.label:
        said |= {why: weight for weight, why in traps(link.near) if why not in said}
    yield from ((weight, f"speaks of {why}") for why, weight in said.items())
    yield from ((-2.0, f"in a section about {why}") for why in sorted(above))


def _by_shape(link: Link, path: str, page: str) -> Iterator[Signal]:
    """Files, homepages, sentences, headlines, one parish's page."""
    if FILES.search(path):
        yield -8.0, "a file, not a page"
    if link.place != "onward" and path in {"", "/"}:
        if same_site(link.url, page):
            yield -6.0, "the homepage"
        elif not _OF_CHURCHES.search(host(link.url)):
            yield -3.0, "a homepage"
    if len(link.label) > _LONG:
        yield -3.0, "a sentence rather than a label"
    if path.rstrip("/").count("-") >= 5:
        yield -4.0, "the address is a headline's"
    if _ONE_PARISH.search(path) or (sounds_like_parish(link.label) and next(_by_label(link.label), None) is None):
        yield -6.0, "one parish's page"
    if _SPANISH.search(path):
        yield -0.5, "in Spanish"
