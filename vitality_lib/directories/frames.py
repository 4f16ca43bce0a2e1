"""A list that stands in a frame: an `iframe` (or `frame`) of the same site or of a service, which is read in its place.

Frames of videos, advertisements, social media, calendars, forms and counters are none of ours.
"""

from __future__ import annotations

import re
from itertools import islice

from vitality_lib.directories.crawling.subject import is_about_parishes, without_lists
from vitality_lib.directories.pieces.markup import Element
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, host, split
from vitality_lib.models import DirectoryReading, Purpose, Request, Route

_SPEAKS = re.compile(
    r"parish|church|parroquia|iglesia|locator|finder|director(?:y|io)|\bmap\b|maptive|massfinder", re.I
)
_NOISE = re.compile(
    r"youtu|vimeo|facebook|twitter|instagram|doubleclick|googletagmanager|googlesyndication|google-analytics|recaptcha|"
    r"addthis|sharethis|disqus|soundcloud|spotify|podbean|buzzsprout|livestream|issuu|flipsnack|jotform|wufoo|typeform|"
    r"cognitoforms|formstack|mailchimp|constantcontact|flocknote|paypal|givebutter|pushpay|wesharegiving|hubspot|"
    r"translate|weather|calendar|accuweather|chat|consent|cookie|usccb\.org|boxcast|vaticannews",
    re.I,
)
_GOOGLE = re.compile(r"(?:^|\.)google\.[a-z.]+$")
_SHEET = re.compile(r"/spreadsheets/")
_SOURCES = ("src", "data-src", "data-lazy-src")  # a frame that is loaded late has `about:blank` in the first
_LITTLE_TEXT, _MOST_FRAMES, _SMALL = 600, 40, 250


def recognise(document: Document) -> float:
    return 0.36 if document.kind is Kind.HTML and _frames(document) else 0.0


def read(document: Document) -> DirectoryReading:
    asks = tuple(Request(url, Purpose.FRAME, why="the list may stand in a frame") for url in _frames(document)[:3])
    return DirectoryReading("frames", Route.STATIC, next=asks)


def _frames(document: Document) -> list[str]:
    """The addresses of the frames that may hold the list: those that say so, else the only large one of a bare page."""
    found: dict[str, Element] = {}
    for node in islice(document.tree.iter("iframe", "frame"), _MOST_FRAMES):
        links = (absolute(node.get(name), document.url) for name in _SOURCES)
        url = next(filter(None, links), None)
        if url and url != document.url and not _is_noise(url):
            found.setdefault(url, node)
    about = is_about_parishes(document)
    telling = [url for url, node in found.items() if _tells(url, node, about)]
    large = [url for url, node in found.items() if not _is_small(node)]
    bare = about and len(large) == 1 and len(without_lists(document)) < _LITTLE_TEXT
    return telling or (large if bare else [])


def _is_noise(url: str) -> bool:
    """Google's frames are maps of one place, forms and calendars; a published sheet is a table."""
    return bool(_NOISE.search(url)) or (bool(_GOOGLE.search(host(url))) and not _SHEET.search(url))


def _tells(url: str, node: Element, about: bool) -> bool:
    """Whether a frame speaks of a list of parishes; `map` or `directory` alone do so on a page about parishes."""
    marks = " ".join(str(node.get(name) or "") for name in ("title", "id", "name", "class"))
    path = split(url)
    said = [found[0].lower() for found in _SPEAKS.finditer(f"{path.path} {path.query} {marks}")]
    return bool(said) and (about or any(word in {"parish", "church", "parroquia", "iglesia"} for word in said))


def _is_small(node: Element) -> bool:
    sizes = (str(node.get(name) or "").strip().removesuffix("px") for name in ("width", "height"))
    hidden = "display:none" in str(node.get("style") or "").replace(" ", "")
    return hidden or any(size.isdecimal() and int(size) < _SMALL for size in sizes)
