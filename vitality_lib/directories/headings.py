"""Parishes under headings, no card around each: `h3` and paragraphs, `dt` and `dd`, an accordion's title and panel.

A parish is a heading that names a church and what follows it up to the next of its kind. Covers jQuery UI 1.12 and
Elementor 3 accordions, definition lists, and pages written by hand, where a bold line serves as a heading.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import islice

from lxml import html

from vitality_lib.directories.crawling.paging import next_pages
from vitality_lib.directories.parish.listing import Listing, listing, own_phones
from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import is_parish, read_card
from vitality_lib.directories.pieces.emphasis import all_bold, starts_a_line_in_bold
from vitality_lib.directories.pieces.titles import titles_above
from vitality_lib.directories.pieces.under_headings import another_kind, placed_by_titles
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, LeftOut, ParishEntry, Route

_TITLE_CLASS = re.compile(
    r"(?:accordion|toggle|tab|panel|collapse)[\w-]*(?:title|head|header|button|label|trigger)", re.I
)
_OTHER_TITLES = ("dt", "div", "button", "a", "p", "li", "b", "strong", "span", "font")
_LEAST, _MOST_TITLES, _MOST_AFTER = 3, 1500, 20


def recognise(document: Document) -> float:
    return 0.38 if document.kind is Kind.HTML and _titles(document) else 0.0


def read(document: Document) -> DirectoryReading:
    lists = [
        (listing(entries), others) for entries, others in (_listed(one, document.url) for one in _titles(document))
    ]
    found, others = max(lists, key=lambda one: len(one[0].parishes), default=(Listing((), ()), ()))
    if len(found.parishes) < _LEAST:
        return DirectoryReading("headings", Route.STATIC)
    left_out = (*found.left_out, *others)
    return DirectoryReading("headings", Route.STATIC, found.parishes, next_pages(document), left_out)


def _titles(document: Document) -> list[list[markup.Element]]:
    """The headings of each kind of which at least three, and half of all, name churches.

    Kinds are `h2` to `h6`, `dt`, titles of accordions, paragraphs all in bold, and bold text at the start of a line.
    """
    kinds: dict[str, list[markup.Element]] = {}
    for node in markup.body(document.tree).iter("h2", "h3", "h4", "h5", "h6", *_OTHER_TITLES):
        kind = _kind(node)
        if kind and not markup.within(node, ["footer"]) and len(kinds.setdefault(kind, [])) < _MOST_TITLES:
            kinds[kind].append(node)
    return [titles for titles in kinds.values() if _name_churches(titles)]


def _name_churches(titles: list[markup.Element]) -> bool:
    count = sum(sounds_like_parish(markup.text(title)[:150]) for title in titles)
    return count >= _LEAST and count * 2 >= len(titles)


def _kind(node: markup.Element) -> str:
    if markup.heading_level(node) or node.tag == "dt":
        return str(node.tag)
    if node.tag not in {"span", "font"} and _TITLE_CLASS.search(str(node.get("class") or "")):
        return "title"
    if node.tag == "p" and all_bold(node):
        return "bold"
    if node.tag in {"p", "div"} and not len(node) and _is_a_name(node.text or ""):
        return "plain"
    return "line" if starts_a_line_in_bold(node) else ""


def _is_a_name(text: str) -> bool:
    """Whether a plain line is a church's name and nothing else."""
    said = re.sub(r"\([^)]{0,60}\)$", "", text.strip())
    return 3 < len(said) <= 80 and not re.search(r"[\d:@!?]|\.$", said) and sounds_like_parish(said)


def _listed(titles: list[markup.Element], base: str) -> tuple[list[ParishEntry], tuple[LeftOut, ...]]:
    """The parishes under the titles, and those that higher headings say are of another kind."""
    starts = set(titles)
    read = zip((_entry(title, starts, base) for title in titles), titles_above(titles), strict=True)
    found = [(entry, higher) for entry, higher in read if entry]
    owned = zip(own_phones([entry for entry, _ in found]), (higher for _, higher in found), strict=True)
    told = [(entry, higher) for entry, higher in owned if is_parish(entry, listed=False)]
    entries = placed_by_titles([entry for entry, _ in told], [higher for _, higher in told])
    kinds = [another_kind(higher) for _, higher in told]
    others = tuple(LeftOut(entry.name, why) for entry, why in zip(entries, kinds, strict=True) if why)
    return [entry for entry, why in zip(entries, kinds, strict=True) if not why], others


def _entry(title: markup.Element, starts: set[markup.Element], base: str) -> ParishEntry | None:
    name = markup.text(title).strip(" :-–")
    return read_card([_section(title, starts)], base, name) if name and len(name) <= 100 else None


def _section(title: markup.Element, starts: set[markup.Element]) -> markup.Element:
    """A copy of the title and of what follows it, or its wrapper, up to the next title or higher heading."""
    section = html.Element("div")
    node, level = title, markup.heading_level(title) or 7
    while node.getnext() is None and not (node.tail or "").strip() and (above := node.getparent()) is not None:
        if len(above) > 1 or above.tag == "body":
            break
        node = above  # a wrapper around the title alone
    section.append(deepcopy(node))
    for after in islice(node.itersiblings(), _MOST_AFTER):
        if after in starts or (markup.heading_level(after) or 7) < level or any(one in starts for one in after.iter()):
            break
        section.append(deepcopy(after))
    return section
