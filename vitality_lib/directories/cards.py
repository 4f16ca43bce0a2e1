"""Cards, list items, panels of an accordion, rows of a Drupal view (`.views-row`), items of an ASP.NET DataList or
Repeater: whatever repeats, a parish each.

The group of like elements that gives the most and fullest parishes is the list. Where the list lacks the websites, the
directory's own page about each parish is asked for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from vitality_lib.directories.crawling.paging import next_pages
from vitality_lib.directories.parish.listing import Listing, has_place, listing, own_phones
from vitality_lib.directories.parish.names import has_word_of_churches, sounds_like_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import is_parish
from vitality_lib.directories.pieces.card_links import with_own_sites
from vitality_lib.directories.pieces.groups import Group, groups, sample
from vitality_lib.directories.pieces.titles import titles_above
from vitality_lib.directories.pieces.towns import with_towns
from vitality_lib.directories.pieces.towns_first import read_cards
from vitality_lib.directories.pieces.under_headings import another_kind, placed_by_titles
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, LeftOut, ParishEntry, Purpose, Request, Route, Status

_FIGURES = re.compile(r"\d{3}\D{1,3}\d{4}|\b\d{5}\b")
_LEAST, _MOST_LIKELY, _MOST_CARDS, _MOST_PIECES, _LONGEST = 3, 60, 1500, 200, 4000


def recognise(document: Document) -> float:
    return 0.4 if document.kind is Kind.HTML else 0.0


def read(document: Document) -> DirectoryReading:
    best = _best(document)
    found = listing(best.parishes)
    bare = [parish for parish in found.parishes if parish.website is None]
    details = [Request(one.detail_url, Purpose.DETAIL) for one in bare if one.detail_url]
    wanted = details if len(bare) * 2 > len(found.parishes) else []
    following = (*next_pages(document), *wanted) if found.parishes else ()
    return DirectoryReading("cards", Route.STATIC, found.parishes, following, (*found.left_out, *best.left_out))


def _best(document: Document) -> Listing:
    """The best group. A sample of each tells which few groups are worth reading whole.

    The last page of a list may hold one or two cards: so few are believed only when each is full.
    """
    found = groups(document)
    many, few = ([group for group in found if (len(group) >= _LEAST) is long] for long in (True, False))
    for some in (many, few):
        likely = [group for group in some if _speaks_of_churches(group)]
        guesses = [(_promise(group, document.url), group) for group in likely[:_MOST_LIKELY]]
        best = Listing((), ())
        for promise, group in sorted(guesses, key=lambda one: -one[0]):
            if promise > _weight(best):
                best = max(best, _listed(group, document.url), key=_weight)
        if best.parishes:
            return best
    return Listing((), ())


def _speaks_of_churches(group: Group) -> bool:
    """A quick look at a sample: most of it names churches, or holds the figures of addresses and telephones."""
    texts = ["".join(_texts(node))[:300] for node in sample(group)]
    return sum(bool(_FIGURES.search(text)) or has_word_of_churches(text) for text in texts) * 2 >= len(texts)


def _promise(group: Group, base: str) -> float:
    """What a whole group would weigh, guessed from cards spread over it."""
    some = sample(group)
    return _weight(_listed(some, base)) * len(group) / len(some)


def _listed(group: Group, base: str) -> Listing:
    """The parishes of a group; none when most of its elements are no cards of one parish each."""
    cards = [node for node in group[:_MOST_CARDS] if _is_small(node)]
    read = read_cards(cards, base)
    nodes = [node for _, node in read]
    titles = titles_above(nodes)
    entries = own_phones(
        placed_by_titles(with_towns(with_own_sites([entry for entry, _ in read], base), nodes), titles)
    )
    of_churches = sum(sounds_like_parish(entry.name) for entry in entries) * 10 >= len(entries) * 7
    placed = sum(map(has_place, entries)) * 10 >= len(entries) * 8
    good = [
        (entry, another_kind(above))
        for entry, above in zip(entries, titles, strict=True)
        if is_parish(entry, of_churches) or entry.status is not Status.OPEN
        if not placed or has_place(entry) or sounds_like_parish(entry.name)  # `Need help?` among parishes with streets
    ]
    enough = len(good) >= _LEAST or all(_is_full(entry) for entry, _ in good)
    if not enough or len(good) * 2 < len(cards):
        return Listing((), ())
    others = tuple(LeftOut(entry.name, why) for entry, why in good if why)
    return Listing(tuple(entry for entry, why in good if not why), others)


def _is_small(node: markup.Element) -> bool:
    pieces = list(_texts(node))
    return len(pieces) < _MOST_PIECES and 0 < len("".join(pieces).strip()) <= _LONGEST


def _texts(node: markup.Element) -> Iterator[str]:
    return itertools.islice(node.itertext(), _MOST_PIECES)


def _is_full(entry: ParishEntry) -> bool:
    placed = entry.street is not None and entry.city is not None
    linked = entry.phone or entry.website or entry.detail_url
    return placed and linked is not None and sounds_like_parish(entry.name)


def _weight(listed: Listing) -> float:
    """How much a group tells: fields over all entries, each name and place counted once."""
    once = {(entry.name, entry.street, entry.city): entry for entry in listed.parishes}.values()
    fields = ("street", "city", "zip", "phone", "website")
    return float(sum(1 + sum(getattr(entry, field) is not None for field in fields) for entry in once))
