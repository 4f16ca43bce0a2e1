"""Lists that give the town before the church, in one line: `ALDERTON – St. Ann`. Whether `ST. PAUL – St. Hilda` has the
town first, too, the rest of the list tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vitality_lib.directories.parish.town_names import may_be_town, may_be_town_of_saint
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.directories.pieces.card_name import names_a_church
from vitality_lib.directories.pieces.card_text import name_in_line
from vitality_lib.models import ParishEntry

_TOWN_AND_CHURCH = re.compile(r"(?P<town>[^:–—|,]{2,40}?)(?:\s*[:–—|]\s*|\s+-\s+|,\s+)(?P<rest>\S.*)")


def read_cards(cards: Iterable[markup.Element], base: str) -> list[tuple[ParishEntry, markup.Element]]:
    """The parishes of a list's cards, each with its card."""
    read = [(entry, card) for card in cards if (entry := read_card([card], base))]
    if not any(may_be_town_of_saint(entry.name) for entry, _ in read):
        return read
    churches = [_after_town(card) for _, card in read]
    behind = sum(entry.name == church for (entry, _), church in zip(read, churches, strict=True))
    if behind * 2 < len(read):
        return read
    return [
        ((read_card([card], base, church) if church and may_be_town_of_saint(entry.name) else None) or entry, card)
        for (entry, card), church in zip(read, churches, strict=True)
    ]


def _after_town(card: markup.Element) -> str:
    """The church behind a town and a dash in a card's first line; empty when there is none."""
    match = _TOWN_AND_CHURCH.fullmatch(next(iter(markup.lines(card)), ""))
    church = name_in_line(match["rest"]) if match and may_be_town(match["town"]) else ""
    return church if names_a_church(church) else ""
