"""Lists that give nothing but names and towns (a card's second line, `St. Ann, Alderton`, `St. Ann (Alderton)`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vitality_lib.directories import markup
from vitality_lib.directories.card_text import without_name
from vitality_lib.models import ParishEntry

_TOWN = re.compile(r"(?:[A-Z][\w.'’-]*|of|de|la|du|the)(?: (?:[A-Z][\w.'’-]*|of|de|la|du|the)){0,3}")
_NO_TOWN = re.compile(
    r"\b(?:deanery|vicariate|county|region|district|diocese|parish|church|mission|school|rite|english|spanish|pastor|"
    r"rev|fr|father|deacon)\b|\d",
    re.I,
)


def with_towns(entries: Sequence[ParishEntry], cards: Sequence[markup.Element]) -> list[ParishEntry]:
    """The entries of a list with their towns, where the list has no addresses and almost each card has one such line.

    `cards` are the elements that the entries were read from. Lines that most cards share (`View details`) are no towns,
    nor is a line that differs too little from card to card.
    """
    if any(entry.city or entry.street or entry.zip for entry in entries):
        return list(entries)
    rests = [[line for line in _rest(card, entry.name) if line] for card, entry in zip(cards, entries, strict=True)]
    common = Counter(line for rest in rests for line in set(rest))
    towns = [_town([line for line in rest if common[line] * 2 <= len(rests)]) for rest in rests]
    known = [town for town in towns if town]
    if len(known) * 10 < len(entries) * 8 or len(set(known)) * 5 < len(known):
        return list(entries)
    return [replace(entry, city=town) for entry, town in zip(entries, towns, strict=True)]


def _rest(card: markup.Element, name: str) -> list[str]:
    return [without_name(line, name).strip(" ()") for line in markup.lines(card)]


def _town(lines: list[str]) -> str | None:
    found = [line for line in lines if _TOWN.fullmatch(line) and not _NO_TOWN.search(line)]
    return found[0] if len(found) == 1 else None
