"""Parishes in plain text, one after another: a name's line, then its address, telephone and website (PDFs, letters)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree, html

from vitality_lib.directories.card import is_parish, read_card
from vitality_lib.directories.card_text import name_in_line
from vitality_lib.directories.names import is_of_another_kind, why_left_out
from vitality_lib.directories.records import phone_in
from vitality_lib.directories.text_lines import CITY_ZIP, Said, ends_with_zip, has_place, kind, may_be_name, whole_lines
from vitality_lib.directories.titles import Titles
from vitality_lib.directories.under_headings import another_kind, deanery_in, placed_by_titles
from vitality_lib.models import LeftOut, ParishEntry

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_AFTER = 14  # lines of one entry


def entries_in(lines: Sequence[str]) -> tuple[list[ParishEntry], tuple[LeftOut, ...]]:
    """The parishes of a text, and those that a heading says are schools or cemeteries. Empty lines part entries."""
    lines = list(whole_lines(lines))
    kinds = [kind(line) for line in lines]
    starts = _starts(lines, kinds)
    found: list[tuple[ParishEntry, Titles]] = []
    deanery = group = ""
    for at, start in enumerate(starts):
        above = lines[starts[at - 1] + 1 : start] if at else lines[:start]
        deanery = next((line for line in reversed(above) if deanery_in(line)), deanery)
        group = next((line for line in reversed(above) if _is_group(line)), group)
        end = min(starts[at + 1] if at + 1 < len(starts) else len(lines), start + _MOST_AFTER)
        entry = _entry(_section(lines[start:end], kinds[start:end]))
        if entry:
            town = next((line for line in reversed(above) if line), "")
            found.append((entry, tuple(filter(None, (group, deanery, town)))))
    entries = placed_by_titles([entry for entry, _ in found], [titles for _, titles in found])
    others = [another_kind(titles) for _, titles in found]
    left_out = tuple(LeftOut(entry.name, why) for entry, why in zip(entries, others, strict=True) if why)
    return [entry for entry, why in zip(entries, others, strict=True) if not why], left_out


def _starts(lines: Sequence[str], kinds: Sequence[Said]) -> list[int]:
    """The lines that begin a parish."""
    starts: list[int] = []
    told = False  # whether the entry so far has a place or a telephone
    for at, said in enumerate(kinds):
        first = not at or kinds[at - 1] is Said.BLANK
        begins = _begins(lines, kinds, at) if said is Said.NAME else first and _is_named_oddly(lines, kinds, at)
        if begins and (
            told or first or not starts or kinds[at - 1] is not Said.NAME or _are_two(*lines[at - 1 : at + 1])
        ):
            starts.append(at)
            told = False
        told = told or has_place(lines[at]) or phone_in(lines[at]) is not None
    return starts


def _are_two(name: str, following: str) -> bool:
    """Whether two names, line upon line, are two parishes, and not one and the church where it meets."""
    return "," in name and not has_place(following)


def _begins(lines: Sequence[str], kinds: Sequence[Said], at: int) -> bool:
    """Whether a church's name begins an entry, rather than naming the church where another parish meets."""
    odd = at > 0 and kinds[at - 1] is Said.OTHER and _is_named_oddly(lines, kinds, at - 1)
    return not (odd and (at == 1 or kinds[at - 2] is Said.BLANK))


def _is_named_oddly(lines: Sequence[str], kinds: Sequence[Said], at: int) -> bool:
    """Whether a line names no church we know of, but stands where names do: a street and a town follow."""
    if kinds[at] is not Said.OTHER or not may_be_name(lines[at]) or deanery_in(lines[at]) or _is_group(lines[at]):
        return False
    street, place = [*lines[at + 1 : at + 3], "", ""][:2]
    at_church = kinds[at + 1 : at + 2] == [Said.NAME] and re.search(r"\bcatholic\b", lines[at], re.I)
    follows = kinds[at + 1 : at + 2] == [Said.FACT] or at_church
    office = is_of_another_kind(why_left_out(lines[at]))
    whole = has_place(street) and (has_place(place) or ends_with_zip(street))
    return bool(follows and whole and not office)


def _is_group(line: str) -> bool:
    """Whether a line is the title of a part of the text: `PARISHES`, `Catholic Schools`, `School Directory 2026`."""
    kinds = "parishes|churches|missions|schools|cemeteries|chapels"
    title = rf"(?:[A-Z][\w&'-]*\W+){{0,4}}(?:{kinds}|school directory|cemetery directory)(?: [\d–-]+)?"
    return bool(re.fullmatch(title, line, re.I))


def _section(lines: Sequence[str], kinds: Sequence[Said]) -> list[str]:
    """An entry's lines. Behind a blank it goes on with a fact that it lacks: it may be broken over two pages."""
    kept = [lines[0]]
    for at in range(1, len(lines)):
        if not lines[at]:
            continue
        if not lines[at - 1]:
            placed = any(map(has_place, kept))
            known = placed and (has_place(lines[at]) or (phone_in(lines[at]) and phone_in("\n".join(kept))))
            if known or (kinds[at] is not Said.FACT and (placed or len(kept) > 1)):
                break
        kept.append(lines[at])
    return kept


def _entry(lines: Sequence[str]) -> ParishEntry | None:
    card = html.Element("div")
    for line in lines:
        etree.SubElement(card, "div").text = _NO_TEXT.sub("", line)
    entry = read_card([card], "", name_in_line(lines[0]))
    if entry and not entry.zip:
        entry = _with_city(entry, lines)
    return entry if entry and is_parish(entry, listed=False) else None


def _with_city(entry: ParishEntry, lines: Sequence[str]) -> ParishEntry:
    """The entry with a city and a ZIP that stand without a state: `Dayton 45402`."""
    found = next(filter(None, (CITY_ZIP.fullmatch(part) for line in lines[1:] for part in line.split(" | "))), None)
    if not found:
        return entry
    street = None if entry.street == found[0] else entry.street
    return replace(entry, street=street, city=found["city"], zip=found["zip"])
