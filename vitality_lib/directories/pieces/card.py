"""One parish in one piece of HTML: a card, a row, a list item, an accordion's panel, a map's info window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from vitality_lib.directories.parish.address import Place, split_address
from vitality_lib.directories.parish.fields import Field
from vitality_lib.directories.parish.names import has_word_of_churches, sounds_like_parish
from vitality_lib.directories.parish.records import clean_parish, phone_in
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card_hints import hints_in, told_in
from vitality_lib.directories.pieces.card_links import CardLinks, card_links
from vitality_lib.directories.pieces.card_name import name_of
from vitality_lib.directories.pieces.card_text import CardText, card_text
from vitality_lib.directories.pieces.labels import with_colons
from vitality_lib.models import ParishEntry

_SMALL_WORDS = frozenset(
    ["of", "the", "and", "in", "at", "on", "our", "a", "de", "del", "la", "las", "los", "y", "du", "st"]
)
_MOST_TEXT = 20_000  # characters of one card that are read: cards that are never closed stand in one another
_MOST_NODES = 300  # elements of one card whose class names and ids are looked at


def read_card(nodes: Sequence[markup.Element], base: str = "", name: str = "") -> ParishEntry | None:
    """The parish that an element, or several neighbours together, describe; None when they name none."""
    elements = list(islice((one for node in nodes for one in node.iter() if isinstance(one.tag, str)), _MOST_NODES))
    lines = [line for node in nodes for line in markup.lines(node, _MOST_TEXT)]
    called = name or name_of(elements, lines)
    if not called:
        return None
    ended = rf"{re.escape(called)}\W{{0,3}}(?P<why>\((?:closed|merged|suppressed)\b[^)]{{0,80}}\))"
    gone = re.search(ended, lines[0] if lines else "", re.I)
    called = f"{called} {gone['why']}" if gone else called
    told, hints = told_in(elements), hints_in(elements)
    said = card_text(with_colons(lines, elements), called)
    if Field.CITY in told and not told.keys().isdisjoint({Field.STREET, Field.ADDRESS}):
        said = replace(said, address=None, complete=False)  # spans after one another in a line: their ids part them
    entry = _entry(called, said, card_links(elements, base, called), {**hints, **told}, base)
    return replace(entry, name=_without_city(entry.name, entry.city or "")) if entry else None


def is_parish(entry: ParishEntry, listed: bool) -> bool:
    """Whether a record is more than any repeated piece of a page: two facts, or one and a church's name.

    `listed` says that the names around it are names of churches, too: then a link to a page about it is enough, unless
    the name is a sentence (a headline of the news).
    """
    told = sum(value is not None for value in (entry.street, entry.city, entry.zip, entry.phone, entry.website))
    short = len(entry.name) <= 100 and len(entry.name.split()) <= 14
    named = sounds_like_parish(entry.name)
    return short and (told >= 2 or (named and told > 0) or (listed and (told > 0 or _is_linked_name(entry))))


def _without_city(name: str, city: str) -> str:
    """A name without its own city behind a dash or a comma: `Sacred Heart – Troy`."""
    tail = re.search(rf"(?:\s+[-–—]\s+|\s*[–—]\s*|,\s+){re.escape(city)}$", name, re.I) if city else None
    return name[: tail.start()] if tail and has_word_of_churches(name[: tail.start()]) else name


def _is_linked_name(entry: ParishEntry) -> bool:
    small = [word for word in re.findall(r"[^\W\d_]+", entry.name) if word.islower() and word not in _SMALL_WORDS]
    return entry.detail_url is not None and len(small) < 2


def _entry(name: str, said: CardText, links: CardLinks, hints: dict[Field, str], base: str) -> ParishEntry | None:
    label, whole = said.labelled, said.address or said.labelled.get(Field.ADDRESS) or hints.get(Field.ADDRESS)
    place = None if said.complete else label.get(Field.PLACE)
    known = split_address(said.address) if said.complete else Place()
    return clean_parish(
        name,
        address="\n".join(part for part in (whole, place) if part) or label.get(Field.MAILING),
        street=None if said.complete else label.get(Field.STREET) or hints.get(Field.STREET),
        city=None if known.city else label.get(Field.CITY) or hints.get(Field.CITY),
        state=None if known.state else label.get(Field.STATE) or hints.get(Field.STATE),
        zip=None if known.zip else label.get(Field.ZIP) or hints.get(Field.ZIP),
        phone=_phone(links, said, hints),
        email=links.email or said.email,
        website=links.website or label.get(Field.WEBSITE) or said.website,
        pastor=label.get(Field.PASTOR) or hints.get(Field.PASTOR) or said.pastor,
        latitude=links.latitude,
        longitude=links.longitude,
        detail_url=links.detail,
        deanery=label.get(Field.DEANERY) or hints.get(Field.DEANERY),
        rite=label.get(Field.RITE),
        languages=label.get(Field.LANGUAGES),
        churches=label.get(Field.CHURCHES),
        status=label.get(Field.STATUS),
        base=base,
    )


def _phone(links: CardLinks, said: CardText, hints: dict[Field, str]) -> str | None:
    """What is labelled as the telephone, which may be several numbers, else a `tel:` link, else the text's first."""
    labelled = said.labelled.get(Field.PHONE)
    return labelled if phone_in(labelled) else links.phone or hints.get(Field.PHONE) or said.phone
