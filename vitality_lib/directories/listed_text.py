"""Parishes in plain text, one after another: a name's line, then its address, telephone and website (PDFs, letters)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree, html

from vitality_lib.directories.card import is_parish, read_card
from vitality_lib.directories.card_name import can_be_name
from vitality_lib.directories.card_text import name_in_line
from vitality_lib.directories.names import sounds_like_parish
from vitality_lib.directories.titles import Titles
from vitality_lib.directories.under_headings import another_kind, deanery_in, placed_by_titles
from vitality_lib.models import LeftOut, ParishEntry

_NO_START = re.compile(
    r"^(?:[\w .&/]{2,30}:|c/o\b|at\b|and\b|mass\b|holy days?\b)|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b", re.I
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_AFTER, _LONGEST = 14, 200


def entries_in(lines: Sequence[str]) -> tuple[list[ParishEntry], tuple[LeftOut, ...]]:
    """The parishes of a text, and those that a heading says are schools or cemeteries. Empty lines part entries."""
    starts = [number for number in range(len(lines)) if _starts(lines, number)]
    found: list[tuple[ParishEntry, Titles]] = []
    deanery = group = ""
    for at, start in enumerate(starts):
        above = lines[starts[at - 1] + 1 : start] if at else lines[:start]
        deanery = next((line for line in reversed(above) if deanery_in(line)), deanery)
        group = next((line for line in reversed(above) if _is_group(line)), group)
        end = starts[at + 1] if at + 1 < len(starts) else len(lines)
        entry = _entry(_section(lines[start : min(end, start + _MOST_AFTER)]))
        if entry:
            town = next((line for line in reversed(above) if line), "")
            found.append((entry, tuple(filter(None, (group, deanery, town)))))
    entries = placed_by_titles([entry for entry, _ in found], [titles for _, titles in found])
    kinds = [another_kind(titles) for _, titles in found]
    others = tuple(LeftOut(entry.name, why) for entry, why in zip(entries, kinds, strict=True) if why)
    return [entry for entry, why in zip(entries, kinds, strict=True) if not why], others


def _starts(lines: Sequence[str], number: int) -> bool:
    """Whether a line begins a parish: it names a church, and no line of a parish's name stands right before it."""
    return _names(lines[number]) and not (number and _names(lines[number - 1]) and lines[number - 1].count(",") == 0)


def _names(line: str) -> bool:
    name = name_in_line(line[:_LONGEST])
    return bool(name) and not _NO_START.search(line) and can_be_name(name) and sounds_like_parish(name)


def _is_group(line: str) -> bool:
    """Whether a line is the title of a part of the text: `PARISHES`, `Catholic Schools`, `Cemeteries`."""
    title = re.fullmatch(
        r"(?:[A-Z][\w&'-]*\W+){0,4}(?:parishes|churches|missions|schools|cemeteries|chapels)", line, re.I
    )
    return bool(title)


def _section(lines: Sequence[str]) -> list[str]:
    """An entry's lines: the first blank line after its address, or two in a row, end it."""
    kept = [lines[0]]
    for before, line in zip(lines, [*lines[1:], "", ""], strict=False):
        if not line and (not before or len(kept) > 2):
            break
        if line:
            kept.append(line)
    return kept


def _entry(lines: Sequence[str]) -> ParishEntry | None:
    card = html.Element("div")
    for line in lines:
        etree.SubElement(card, "div").text = _NO_TEXT.sub("", line)
    entry = read_card([card], "", name_in_line(lines[0]))
    return entry if entry and is_parish(entry, listed=False) else None
