"""Lists that give nothing but names and towns (a card's second line, `St. Ann, Alderton`, `St. Ann (Alderton)`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vitality_lib.directories.parish.names import has_word_of_churches
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.contacts import FAX, PHONE
from vitality_lib.models import ParishEntry

_TOWN = re.compile(r"(?:[A-Z][\w.'’-]*|of|de|la|du|the)(?: (?:[A-Z][\w.'’-]*|of|de|la|du|the)){0,3}")
_IN_NAME = (
    re.compile(r"(?P<name>.{3,80}?)(?:\s+[-–—|•·]\s+|\s*[–—|]\s*|,\s+|\s+in\s+)(?P<town>[^,()–—|]{2,40})"),
    re.compile(r"(?P<name>.{3,80}?)\s*\((?P<town>[^,()]{2,40})\)"),
    re.compile(r"(?P<town>[^,()–—|:]{2,40}?)(?:\s+[-–—|•·]\s+|\s*[–—|:]\s*|,\s+)(?P<name>.{3,80})"),
)  # `St. Ann - Alderton`, `St. Ann (Alderton)`, `Alderton: St. Ann`
_NO_TOWN = re.compile(
    r"\b(?:deanery|vicariate|county|region|district|diocese|parish|church|mission|school|rite|english|spanish|pastor|"
    r"rev|fr|father|deacon|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|"
    r"september|october|november|december)\b|\d",
    re.I,
)


def with_towns(entries: Sequence[ParishEntry], cards: Sequence[markup.Element]) -> list[ParishEntry]:
    """The entries of a list with their towns, where the list has no addresses and almost each card has one such line.

    `cards` are the elements that the entries were read from. Lines that most cards share (`View details`) are no towns,
    nor is a line that differs too little from card to card. Or the town stands in the name, before or after a dash.
    """
    if any(entry.city or entry.street or entry.zip for entry in entries):
        return list(entries)
    rests = [[line for line in _rest(card, entry.name) if line] for card, entry in zip(cards, entries, strict=True)]
    common = Counter(line for rest in rests for line in set(rest))
    towns = [_town([line for line in rest if common[line] * 2 <= len(rests)]) for rest in rests]
    names = [entry.name for entry in entries]
    for pattern in _IN_NAME:
        matches = [match if match and _town([match["town"]]) else None for match in map(pattern.fullmatch, names)]
        inside = [match["town"] if match and has_word_of_churches(match["name"]) else None for match in matches]
        if _are_towns([beside or within for beside, within in zip(towns, inside, strict=True)]):
            return [
                replace(entry, city=town)
                if town
                else replace(entry, name=match["name"], city=match["town"])
                if match
                else entry
                for entry, match, town in zip(entries, matches, towns, strict=True)
            ]
    return list(entries)


def _are_towns(towns: Sequence[str | None]) -> bool:
    """Whether almost all of a list have a town, and not all the same few."""
    known = [town for town in towns if town]
    return bool(known) and len(known) * 10 >= len(towns) * 8 and len(set(known)) * 5 >= len(known)


def _rest(card: markup.Element, name: str) -> Iterator[str]:
    """The lines of a card, without the name; what stands before the name in its line is one, too."""
    for line in markup.lines(card):
        before, found, after = PHONE.sub("", FAX.sub("", line)).partition(name)
        if found and not re.match(r"\w", after):
            yield from (before.strip(" (),;:-–—|•·"), after.strip(" (),;:-–—|•·"))
        else:
            yield before.strip(" (),;:-–—|•·")


def _town(lines: list[str]) -> str | None:
    found = [line for line in lines if _TOWN.fullmatch(line) and not _NO_TOWN.search(line)]
    return found[0] if len(found) == 1 else None
