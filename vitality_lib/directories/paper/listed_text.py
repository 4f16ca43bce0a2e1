"""Parishes in plain text, one after another: a name's line, then its address, telephone and website (PDFs, letters)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree, html

from vitality_lib.directories.paper.text_lines import (
    CITY_ZIP,
    Said,
    ends_with_zip,
    has_place,
    is_person,
    kind,
    whole_lines,
)
from vitality_lib.directories.paper.text_starts import is_group, starts_in
from vitality_lib.directories.parish.records import phone_in
from vitality_lib.directories.parish.streets import looks_like_street
from vitality_lib.directories.pieces.card import is_parish, read_card
from vitality_lib.directories.pieces.card_text import name_in_line
from vitality_lib.directories.pieces.markup import fit
from vitality_lib.directories.pieces.titles import Titles
from vitality_lib.directories.pieces.under_headings import another_kind, deanery_in, placed_by_titles
from vitality_lib.models import LeftOut, ParishEntry

_MOST_AFTER = 14  # lines of one entry


def entries_in(lines: Sequence[str]) -> tuple[list[ParishEntry], tuple[LeftOut, ...]]:
    """The parishes of a text, and those that a heading says are schools or cemeteries. Empty lines part entries."""
    lines = list(whole_lines(lines))
    kinds = [kind(line) for line in lines]
    starts = starts_in(lines, kinds)
    found: list[tuple[ParishEntry, Titles]] = []
    deanery = group = town = ""
    for at, start in enumerate(starts):
        above = range(starts[at - 1] + 1 if at else 0, start)
        deanery = next((lines[one] for one in reversed(above) if deanery_in(lines[one])), deanery)
        group = next((lines[one] for one in reversed(above) if is_group(lines[one])), group)
        town = next((lines[one] for one in reversed(above) if _is_heading(kinds, one)), town)
        end = starts[at + 1] if at + 1 < len(starts) else len(lines)
        end = min(end - len(_people_above(lines, kinds, end)), start + _MOST_AFTER)
        section = _section(lines[start:end], kinds[start:end])
        if entry := _entry([*section, *_people_above(lines, kinds, start)]):
            found.append((entry, tuple(filter(None, (group, deanery, town)))))
    entries = placed_by_titles([entry for entry, _ in found], [titles for _, titles in found])
    others = [another_kind(titles) for _, titles in found]
    left_out = tuple(LeftOut(entry.name, why) for entry, why in zip(entries, others, strict=True) if why)
    return [entry for entry, why in zip(entries, others, strict=True) if not why], left_out


def _is_heading(kinds: Sequence[Said], at: int) -> bool:
    return kinds[at] is Said.OTHER and (not at or kinds[at - 1] is Said.BLANK)


def _people_above(lines: Sequence[str], kinds: Sequence[Said], start: int) -> list[str]:
    """The clergy named right above a parish, behind a blank: in a list of clergy they are its own."""
    first = start
    while first and is_person(lines[first - 1]):
        first -= 1
    return list(lines[first:start]) if not first or kinds[first - 1] is Said.BLANK else []


def _section(lines: Sequence[str], kinds: Sequence[Said]) -> list[str]:
    """An entry's lines. Behind a blank it goes on with a fact that it lacks: it may be broken over two pages."""
    kept = [lines[0]]
    for before, line, said in zip(lines, lines[1:], kinds[1:], strict=False):
        if line and not before and not _goes_on(kept, line, said):
            break
        if line:
            kept.append(line)
    return kept


def _goes_on(kept: Sequence[str], line: str, said: Said) -> bool:
    if said is not Said.FACT:
        return len(kept) == 1 and not has_place(kept[0])
    if has_place(line):
        return not any(map(ends_with_zip if ends_with_zip(line) else has_place, kept))
    return not (any(map(has_place, kept)) and phone_in(line) and phone_in("\n".join(kept)))


def _entry(lines: Sequence[str]) -> ParishEntry | None:
    card = html.Element("div")
    for line in lines:
        etree.SubElement(card, "div").text = fit(line)
    entry = read_card([card], "", name_in_line(lines[0]))
    if entry and not entry.zip:
        entry = _with_city(entry, lines)
    return entry if entry and is_parish(entry, listed=False) else None


def _with_city(entry: ParishEntry, lines: Sequence[str]) -> ParishEntry:
    """The entry with a city and a ZIP that stand without a state, and the street before them: `Dayton 45402`."""
    parts = [part for line in lines[1:] for part in line.split(" | ")]
    at, found = next(((at, city) for at, part in enumerate(parts) if (city := CITY_ZIP.fullmatch(part))), (0, None))
    if not found:
        return entry
    street = ", ".join(part for part in parts[max(0, at - 2) : at] if looks_like_street(part))
    known = None if entry.street == found[0] else entry.street
    return replace(entry, street=street or known, city=found["city"], zip=found["zip"])
