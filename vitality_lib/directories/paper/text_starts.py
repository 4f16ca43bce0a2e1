"""Where each parish of a list in plain text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vitality_lib.directories.paper.text_lines import Said, ends_with_zip, has_place, may_be_name
from vitality_lib.directories.parish.names import is_of_another_kind, why_left_out
from vitality_lib.directories.parish.records import phone_in
from vitality_lib.directories.pieces.under_headings import deanery_in


def starts_in(lines: Sequence[str], kinds: Sequence[Said]) -> list[int]:
    """The lines that begin a parish."""
    starts: list[int] = []
    told = False  # whether the entry so far has a place or a telephone
    for at, said in enumerate(kinds):
        first = not at or kinds[at - 1] is Said.BLANK
        begins = _begins(lines, kinds, at) if said is Said.NAME else first and _is_named_oddly(lines, kinds, at)
        second = not (told or first or not starts) and kinds[at - 1] is Said.NAME
        if begins and not (second and not _are_two(*lines[at - 1 : at + 1])):
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
    if kinds[at] is not Said.OTHER or not may_be_name(lines[at]) or deanery_in(lines[at]) or is_group(lines[at]):
        return False
    street, place = [*lines[at + 1 : at + 3], "", ""][:2]
    at_church = kinds[at + 1 : at + 2] == [Said.NAME] and re.search(r"\bcatholic\b", lines[at], re.I)
    follows = kinds[at + 1 : at + 2] == [Said.FACT] or at_church
    office = is_of_another_kind(why_left_out(lines[at]))
    whole = has_place(street) and (has_place(place) or ends_with_zip(street))
    return bool(follows and whole and not office)


def is_group(line: str) -> bool:
    """Whether a line is the title of a part of the text: `PARISHES`, `Catholic Schools`, `School Directory 2026`."""
    kinds = "parishes|churches|missions|schools|cemeteries|chapels"
    title = rf"(?:[A-Z][\w&'-]*\W+){{0,4}}(?:{kinds}|school directory|cemetery directory)(?: [\d–-]+)?"
    return bool(re.fullmatch(title, line, re.I))
