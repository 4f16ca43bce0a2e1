"""Cards, list items, panels of an accordion, rows of a Drupal view (`.views-row`): whatever repeats, a parish each.

The group of like elements that gives the most and fullest parishes is the list. Where the list lacks the websites, the
directory's own page about each parish is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from vitality_lib.directories import markup
from vitality_lib.directories.card import read_card
from vitality_lib.directories.listing import listing
from vitality_lib.directories.names import sounds_like_parish
from vitality_lib.directories.paging import next_pages
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_TAGS = ("li", "div", "article", "section", "tr", "td", "p", "details", "dd", "address", "a")
_OUTSIDE = frozenset({"nav", "header", "footer"})
_STATE_CLASS = re.compile(r"\d|^(?:odd|even|first|last|active|open|show|visible|alt)$", re.I)
_LEAST, _SAMPLE, _BEST = 3, 24, 3
_MOST_NODES, _MOST_CARDS, _MOST_LINES, _LONGEST = 150_000, 5000, 40, 4000
Group = list[markup.Element]


def recognise(document: Document) -> float:
    return 0.4 if document.kind is Kind.HTML else 0.0


def read(document: Document) -> DirectoryReading:
    found = listing(_best(document))
    bare = [parish for parish in found.parishes if parish.website is None]
    details = [Request(one.detail_url, Purpose.DETAIL) for one in bare if one.detail_url]
    wanted = details if len(bare) * 2 > len(found.parishes) else []
    following = (*next_pages(document), *wanted) if found.parishes else ()
    return DirectoryReading("cards", Route.STATIC, found.parishes, following, found.left_out)


def _best(document: Document) -> list[ParishEntry]:
    """The entries of the best group. A sample of each tells which few groups are worth reading whole."""
    guesses = sorted(((_promise(group, document.url), group) for group in _groups(document)), key=lambda one: -one[0])
    readings = [_entries(group, document.url) for promise, group in guesses[:_BEST] if promise > 0]
    return max(readings, key=_weight, default=[])


def _groups(document: Document) -> list[Group]:
    """Elements of one tag with a class in common, or without classes at the same place in the tree; three or more."""
    groups: dict[tuple[str, ...], Group] = defaultdict(list)
    for number, node in enumerate(markup.body(document.tree).iter(*_TAGS)):
        if number > _MOST_NODES:
            break
        names = [name for name in markup.classes(node) if not _STATE_CLASS.search(name)]
        for name in names or [_path(node)]:
            groups[(str(node.tag), name)].append(node)
    distinct = {tuple(id(node) for node in group): group for group in groups.values() if len(group) >= _LEAST}
    return [leaves for group in distinct.values() if len(leaves := _leaves(group)) >= _LEAST]


def _path(node: markup.Element) -> str:
    """Where an element without classes stands: its tag's ancestors with theirs, three up."""
    above = [f"{one.tag}.{one.get('class') or ''}" for one, _ in zip(node.iterancestors(), range(3), strict=False)]
    return ">".join(above)


def _leaves(group: Group) -> Group:
    """The elements that hold no other of the group, outside navigation, header and footer."""
    outer = {id(above) for node in group for above in node.iterancestors()}
    return [node for node in group if id(node) not in outer and not markup.within(node, _OUTSIDE)][:_MOST_CARDS]


def _promise(group: Group, base: str) -> float:
    """What a whole group would weigh, guessed from cards spread over it."""
    sample = group[:: max(1, len(group) // _SAMPLE)][: _SAMPLE + 1]
    return _weight(_entries(sample, base)) * len(group) / len(sample)


def _entries(group: Group, base: str) -> list[ParishEntry]:
    """The parishes of a group; none when most of its elements are no cards of one parish each."""
    cards = [node for node in group if _is_small(node)]
    entries = [entry for entry in (read_card([node], base) for node in cards) if entry]
    good = [entry for entry in entries if is_parish(entry)]
    return good if len(good) * 2 >= len(cards) and len(good) >= _LEAST else []


def _is_small(node: markup.Element) -> bool:
    text = "".join(part for part, _ in zip(node.itertext(), range(400), strict=False))
    return 0 < len(text.strip()) <= _LONGEST and len(markup.lines(node)) <= _MOST_LINES


def is_parish(entry: ParishEntry) -> bool:
    """Whether a record is more than any repeated piece of a page: two facts, or one and a church's name."""
    told = sum(value is not None for value in (entry.street, entry.city, entry.zip, entry.phone, entry.website))
    short = len(entry.name) <= 100 and len(entry.name.split()) <= 14
    return short and (told >= 2 or (sounds_like_parish(entry.name) and bool(told or entry.detail_url)))


def _weight(entries: Iterable[ParishEntry]) -> float:
    """How much a group tells: fields over all entries, each name and place counted once."""
    once = {(entry.name, entry.street, entry.city): entry for entry in entries}.values()
    fields = ("street", "city", "zip", "phone", "website")
    return float(sum(1 + sum(getattr(entry, field) is not None for field in fields) for entry in once))
