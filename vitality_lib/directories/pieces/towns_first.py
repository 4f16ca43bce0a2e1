"""Lists that give the town before the church, in one line: `ALDERTON – St. Ann`. Whether `ST. PAUL – St. Hilda` has the
town first, too, the rest of the list tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.parish.town_names import may_be_town
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.directories.pieces.card_name import names_a_church
from vitality_lib.directories.pieces.card_text import name_in_line
from vitality_lib.models import ParishEntry

_TOWN_AND_CHURCH = re.compile(r"(?P<town>[^:–—|,]{2,40}?)(?:\s*[:–—|]\s*|\s+-\s+|,\s+)(?P<rest>\S.*)")


def read_cards(cards: Iterable[markup.Element], base: str) -> list[tuple[ParishEntry, markup.Element]]:
    """The parishes of a list's cards, each with its card."""
    read = [(entry, card) for card in cards if (entry := read_card([card], base))]
    if not any(may_be_town(entry.name) for entry, _ in read):
        return read
    sides = [_sides(card) for _, card in read]
    names = [(sounds_like_parish(first), names_a_church(rest)) for first, rest in sides]
    if names.count((False, True)) * 2 < len(read) or names.count((True, False)) * 5 > len(read):
        return read
    churches = [rest if entry.name == first else "" for (entry, _), (first, rest) in zip(read, sides, strict=True)]
    return [
        ((read_card([card], base, church) if names_a_church(church) else None) or entry, card)
        for (entry, card), church in zip(read, churches, strict=True)
    ]


def _sides(card: markup.Element) -> tuple[str, str]:
    """What stands before and behind the first dash or colon of a card's first line."""
    match = _TOWN_AND_CHURCH.fullmatch(next(iter(markup.lines(card)), ""))
    return (match["town"], name_in_line(match["rest"])) if match else ("", "")
