"""Towns that a list gives beside the names alone: a card's second line, `St. Ann, Alderton`, `St. Ann (Alderton)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from vitality_lib.directories.parish.names import has_word_of_churches
from vitality_lib.directories.parish.streets import looks_like_street
from vitality_lib.directories.parish.town_names import looks_like_town, may_be_town
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.contacts import FAX, PHONE
from vitality_lib.models import ParishEntry

_IN_NAME = (
    re.compile(r"(?P<name>.{3,80}?)(?:\s+[-–—|•·]\s+|\s*[–—|]\s*|,\s+|\s+in\s+)(?P<town>[^,()–—|]{2,40})"),
    re.compile(r"(?P<name>.{3,80}?)\s*\((?P<town>[^,()]{2,40})\)"),
    re.compile(r"(?P<town>[^,()–—|:]{2,40}?)(?:\s+[-–—|•·]\s+|\s*[–—|:]\s*|,\s+)(?P<name>.{3,80})"),
)  # `St. Ann - Alderton`, `St. Ann (Alderton)`, `Alderton: St. Ann`
_BETWEEN = re.compile(r"\s+-\s+|\s*[,;()–—|•·]\s*")


def with_towns(entries: Sequence[ParishEntry], cards: Sequence[markup.Element]) -> list[ParishEntry]:
    """The entries of a list with their towns, where most lack one and almost each of these has one such line.

    `cards` are the elements that the entries were read from. Lines that most cards share (`View details`) are no towns,
    nor is a line that differs too little from card to card. Or the town stands in the name, before or after a dash.
    """
    bare = [number for number, entry in enumerate(entries) if not entry.city]
    if len(bare) * 2 < len(entries):
        return list(entries)
    rests = [list(_rest(cards[number], entries[number])) for number in bare]
    common = Counter(line for rest in rests for line in set(rest))
    towns = [_town([line for line in rest if common[line] * 2 <= len(rests)]) for rest in rests]
    placed = list(entries)
    for pattern in _IN_NAME:
        matches = [_town_in(entries[number].name, pattern) for number in bare]
        inside = [match["town"] if match and has_word_of_churches(match["name"]) else None for match in matches]
        if _are_towns([beside or within for beside, within in zip(towns, inside, strict=True)]):
            for number, match, town in zip(bare, matches, towns, strict=True):
                if town:
                    placed[number] = replace(entries[number], city=town)
                elif match and may_be_town(match["town"]):
                    placed[number] = replace(entries[number], name=match["name"], city=match["town"])
            break
    return placed


def _town_in(name: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    match = pattern.fullmatch(name)
    return match if match and looks_like_town(match["town"]) else None


def _are_towns(towns: Sequence[str | None]) -> bool:
    """Whether almost all of a list have a town, and not all the same few."""
    known = [town for town in towns if town]
    return bool(known) and len(known) * 10 >= len(towns) * 8 and len(set(known)) * 5 >= len(known)


def _rest(card: markup.Element, entry: ParishEntry) -> Iterator[str]:
    """What a card says beside the name: the rest of the name's line, and the other lines.

    Of a card with an address only what stands before it, or right behind a street without a ZIP: `Ann Perry` further
    down is a person.
    """
    pieces = _pieces(card, entry.name)
    for piece in pieces:
        if (entry.street or entry.zip) and (re.search(r"\d", piece) or looks_like_street(piece)):
            yield from () if entry.zip else islice(pieces, 1)
            return
        yield piece


def _pieces(card: markup.Element, name: str) -> Iterator[str]:
    for line in markup.lines(card):
        before, found, after = PHONE.sub("", FAX.sub("", line)).partition(name)
        whole = (before, after) if found and not re.match(r"\w", after) else (before,)
        for said in whole:
            parts = _BETWEEN.split(said) if re.search(r"\d", said) else [said]
            yield from (bare for part in parts if (bare := part.strip(" (),:;-–—|•·")))


def _town(lines: list[str]) -> str | None:
    found = [line for line in dict.fromkeys(lines) if looks_like_town(line)]
    return found[0] if len(found) == 1 else None
