"""Cards, list items, accordions, rows of a Drupal view: whatever repeats, and each time names a parish and its place.

The group of like elements (same tag and classes) that gives the most and fullest parishes is the list. Where the list
lacks the websites, the diocese's own page about each parish is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict

from bs4 import Tag

from vitality_lib.directories.card import lines_of, read_card
from vitality_lib.directories.names import sift
from vitality_lib.directories.paging import next_pages
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_TAGS = ("li", "div", "article", "section", "tr", "p", "details", "dd")
_CHURCH = re.compile(
    r"\b(?:st|sts|ss|saints?|santa|san|our lady|nuestra|holy|sacred|immaculate|blessed|christ|assumption|annunciation|"
    r"ascension|resurrection|nativity|visitation|transfiguration|corpus|good shepherd|mary|cathedral|basilica|church|"
    r"parish|mission|parroquia|iglesia|queen|trinity|divine|all souls|presentation|epiphany|incarnation|most|precious|"
    r"prince of peace)\b",
    re.I,
)
_MOST_GROUPS, _MOST_CARDS, _LONGEST = 400, 3000, 2500
_LEAST = 3


def recognise(document: Document) -> float:
    if document.kind is not Kind.HTML:
        return 0.0
    return 0.4


def read(document: Document) -> DirectoryReading:
    entries = max((_entries(group, document.url) for group in _groups(document)), key=_weight, default=[])
    parishes, left_out = sift(entries)
    wants_more = sum(parish.website is None for parish in parishes) * 2 > len(parishes)
    details = [Request(p.detail_url, Purpose.DETAIL) for p in parishes if wants_more and p.detail_url]
    following = (*next_pages(document), *details) if parishes else ()
    return DirectoryReading("cards", Route.STATIC, parishes, following, left_out)


def _groups(document: Document) -> list[list[Tag]]:
    """Elements of one tag and the same classes, of a card's size, three or more of them; the most frequent first."""
    groups: dict[tuple[str, str, str], list[Tag]] = defaultdict(list)
    body = document.soup.body or document.soup
    for node in body.find_all(_TAGS, limit=60_000):
        if node.find_parent(["nav", "header", "footer"]) is None:
            above = node.parent
            classes = " ".join(name for name in node.get("class", []) if not re.search(r"\d|odd|even|first|last", name))
            place = "" if classes or above is None else f"{above.name}.{' '.join(above.get('class', []))}"
            groups[(node.name, classes, place)].append(node)
    likely = sorted((group for group in groups.values() if len(group) >= _LEAST), key=len, reverse=True)
    return likely[:_MOST_GROUPS]


def _entries(group: list[Tag], base: str) -> list[ParishEntry]:
    """The parishes of a group; none when most of its elements are no cards of one parish each."""
    cards = [node for node in group[:_MOST_CARDS] if 0 < len(node.get_text()) <= _LONGEST and not _nests(node)]
    entries = [entry for entry in (read_card(node, base) for node in cards if len(lines_of(node)) <= 40) if entry]
    good = [entry for entry in entries if _is_parish(entry)]
    return good if len(good) * 2 >= len(cards) and len(good) >= _LEAST else []


def _nests(node: Tag) -> bool:
    """Whether an element of the same group lies inside this one."""
    return any(
        inner is not node and inner.get("class") == node.get("class") for inner in node.find_all(node.name, limit=40)
    )


def _is_parish(entry: ParishEntry) -> bool:
    placed = sum(value is not None for value in (entry.street, entry.city, entry.zip, entry.phone, entry.website))
    short = len(entry.name) <= 100 and len(entry.name.split()) <= 14
    return short and (
        placed >= 2
        or (placed >= 1 and bool(_CHURCH.search(entry.name)))
        or (bool(entry.detail_url) and bool(_CHURCH.search(entry.name)))
    )


def _weight(entries: list[ParishEntry]) -> float:
    """How much a group tells: fields over all entries, each name and place counted once."""
    once = {(entry.name, entry.street, entry.city): entry for entry in entries}.values()
    return float(sum(1 + sum(v is not None for v in (e.street, e.city, e.zip, e.phone, e.website)) for e in once))
