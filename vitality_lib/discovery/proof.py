"""Does a page list parishes, and how many: what a candidate has to show before it is chosen as a directory.

A search form without results, a list of clergy or of schools, the page of one parish with its churches, and a map of
Louisiana's civil parishes are no proof.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from vitality_lib.directories.crawling.parts import PART
from vitality_lib.directories.parish.names import has_word_of_churches, is_of_another_kind, sounds_like_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.discovery.signals import traps
from vitality_lib.discovery.trap_words import OTHER_LISTS
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, Purpose, Request

_MOST_HEADINGS = 20  # that were never closed, each holds all that follow
_LEAST = 3  # a page of fewer parishes may be anything
_MANY = 8  # a page of so many, most of them with a place, is a directory
_LETTER_S = re.compile(r"[^a-z0-9]s/?$", re.I)  # `/parishes/s`, `?letter=S`
_PERSON = re.compile(
    r"(?:(?:very|most) )?"
    r"(?:rev(?:erend)?|fr|father|msgr|monsignor|deacon|dcn|bishop|sister|sr|brother|br|mr|mrs|ms|dr)\b",
    re.I,
)


@dataclass(frozen=True)
class Proof:
    """`proved`: the page lists parishes, or a known platform's feed of them. `certain`: no other need be tried.

    `count` is the number of parishes seen, or claimed by the page when it is a part of a longer list.
    """

    proved: bool
    certain: bool
    count: int
    why: tuple[str, ...]


def prove(reading: DirectoryReading, title: str = "", *, of_part: bool = False) -> Proof:
    """Weigh what a reading of a page holds; `title` is what the page is called. One letter or region of an index
    (`of_part`) may hold a single parish.
    """
    seen = len(reading.parishes)
    if seen and (against := _against(reading, title)):
        return Proof(False, False, seen, (f"{seen} rows by {reading.platform}, but {against}",))
    placed = sum(
        bool(parish.street or parish.city or parish.website or parish.detail_url) for parish in reading.parishes
    )
    if seen >= (1 if of_part else _LEAST) and placed * 2 >= seen:
        certain = seen >= _MANY and placed * 10 >= seen * 8
        why = (f"{seen} parishes by {reading.platform}", f"{placed} of them with a place or a link")
        return Proof(True, certain, max(seen, reading.claimed or 0), why)
    if not seen and (feed := feed_of(reading)):
        return Proof(True, False, 0, (f"{reading.platform} names its feed {feed.url}",))
    if any(request.browser for request in reading.next):
        return Proof(False, False, seen, (f"{reading.platform}: only a browser can show whether it lists parishes",))
    return Proof(False, False, seen, (f"{seen} parishes by {reading.platform}: no list of parishes",))


def feed_of(reading: DirectoryReading) -> Request | None:
    """The one request that shows what a page without parishes of its own holds. Of an index of letters that is S: no
    other begins so many names (`St.`) and towns.
    """
    wanted = {Purpose.FEED, Purpose.FRAME, Purpose.NEXT, Purpose.LIST}
    asked = [request for request in reading.next if request.purpose in wanted]
    return min(asked, key=lambda one: one.why != PART or not _LETTER_S.search(one.url), default=None)


def title_of(document: Document) -> str:
    """What a page is called: its one main heading, else the first part of its title."""
    if document.kind is not Kind.HTML:
        return ""
    headings = {text for text in map(markup.text, islice(document.tree.iter("h1"), _MOST_HEADINGS)) if text}
    if len(headings) == 1:
        return headings.pop()[:120]
    title = markup.text(document.tree.find(".//title"))
    return re.split(r"\s+[|–—·»-]\s+", title)[0][:120]


def _against(reading: DirectoryReading, title: str) -> str:
    """What speaks against a list of rows, in a few words; empty when nothing does."""
    names = [parish.name for parish in reading.parishes]
    if other := next((why for weight, why in traps(title) if why in OTHER_LISTS and weight < -5), None):
        return f"the page's title speaks of {other}"
    if sounds_like_parish(title) and len(names) < _MANY:
        return "the page is about one parish"
    if sum(bool(_PERSON.match(name)) for name in names) * 5 >= len(names) * 2:
        return "they are people"
    if sum(has_word_of_churches(name) for name in names) * 3 < len(names):
        return "their names are no parishes'"
    others = [row.why for row in reading.left_out if is_of_another_kind(row.why)]
    return f"most others are {others[0]}" if len(others) > 2 * len(names) else ""
