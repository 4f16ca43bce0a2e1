"""Rows of a table as parishes; a row of one cell speaks of the rows after it: their town, their deanery, their end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vitality_lib.directories.parish.fate import fate_of
from vitality_lib.directories.parish.fields import Field
from vitality_lib.directories.parish.listing import merge
from vitality_lib.directories.parish.names import sounds_like_parish, why_left_out
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import is_parish, read_card
from vitality_lib.directories.pieces.columns import Columns, by_headings, by_looks, tell_parishes
from vitality_lib.directories.pieces.table_grid import Row, label_of, row_of, texts
from vitality_lib.directories.pieces.towns import with_towns
from vitality_lib.models import LeftOut, ParishEntry, Status

_DEANERY = re.compile(r"\b(?:deanery|vicariate|vicariato|decanato|vicar[íi]a)\b", re.I)
_TOWN = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,3}(?:, [A-Z]{2})?")
_REGION = re.compile(r"\b(?:county|region|district|area|parishes|churches|missions|parroquias)\b", re.I)
_NO_TOWN = re.compile(
    r"\b(?:parish(?:es)?|church(?:es)?|missions?|schools?|county|region|district|area|diocese|directory|parroquias|"
    r"back|top|total)\b|\d",
    re.I,
)
_LINK_LABEL = re.compile(r"(?:visit |view |go to )?(?:parish |church )?(?:web ?site|site|link|here|web)\W*", re.I)


@dataclass(frozen=True)
class Group:
    """What a row of one cell says of the rows after it; `why` that they are no parishes."""

    town: str | None = None
    deanery: str | None = None
    status: Status = Status.OPEN
    why: str = ""


def parishes(rows: Sequence[Row], columns: Columns, base: str) -> list[ParishEntry | LeftOut]:
    """The parishes of a table's rows. A row of one cell says of the rows after it which town or deanery they are in,
    that they are closed, or that they are schools.
    """
    found: list[tuple[ParishEntry, markup.Element, Group]] = []
    group, above, once = Group(), "", _town_printed_once(rows, columns)
    heading = next((texts(row) for row in rows[:5] if len(set(row.cells)) > 1), [])
    heading = heading if by_headings(heading) == columns else []
    for row in rows:
        label = label_of(row)
        group = _group(label, group) if label else group
        if not label and texts(row) != heading and (entry := _entry(row, columns, base)):
            above = entry.city or above if once else ""
            found.append((replace(entry, city=entry.city or above or None), row.node, group))
    entries = with_towns([_in_group(entry, group) for entry, _, group in found], [node for _, node, _ in found])
    return [
        LeftOut(entry.name, group.why) if group.why else entry
        for entry, (_, _, group) in zip(entries, found, strict=True)
    ]


def _town_printed_once(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether the first column has the towns, each in the first of its rows only: the cells below it are empty."""
    if columns.get(0) is not Field.CITY or columns.get(1) is not Field.NAME:
        return False
    towns = [said[0] for row in rows if len(set(row.cells)) > 1 and (said := texts(row))[1:2] > [""]][1:]
    told = [town for town in towns if town]
    return bool(towns and towns[0]) and len(told) < len(towns) and len(set(told)) == len(told)


def entries_of(keys: Sequence[str], cells: Sequence[Sequence[str]], base: str) -> list[ParishEntry]:
    """The parishes of a feed of table rows: columns told by their keys, else by what the cells look like."""
    lines = [row_of(row) for row in cells]
    columns = by_headings(keys)
    if not tell_parishes(columns):
        columns = by_looks([line.cells for line in lines])
    found = parishes(lines, columns, base) if tell_parishes(columns) else []
    return [entry for entry in found if isinstance(entry, ParishEntry)]


def speaks_of_parishes(found: Sequence[ParishEntry | LeftOut], rows: int) -> bool:
    """Whether the rows of a table whose headings say little are parishes with an address, a telephone, a website."""
    entries = (entry for entry in found if isinstance(entry, ParishEntry))
    good = [entry for entry in entries if is_parish(entry, False) and sounds_like_parish(entry.name)]
    return len(good) >= 3 and len(good) * 2 >= rows - 1


def are_mostly_parishes(found: Sequence[ParishEntry | LeftOut]) -> bool:
    """Whether rows have names of churches, or an address and no name of a person or a school; half of them will do."""
    entries = [entry for entry in found if isinstance(entry, ParishEntry)]
    good = [one for one in entries if sounds_like_parish(one.name) or (one.street and not why_left_out(one.name))]
    return bool(good) and len(good) * 2 >= len(entries)


def _group(label: str, before: Group) -> Group:
    fate, why = fate_of(label), why_left_out(label.rstrip("s"))
    if _DEANERY.search(label):
        return Group(deanery=label)
    if fate.status is not Status.OPEN:
        return Group(status=fate.status)
    if why in {"a school", "a cemetery"}:
        return Group(why=f"listed under {label}")
    if _TOWN.fullmatch(label) and not _NO_TOWN.search(label):
        return Group(town=label.partition(", ")[0], deanery=before.deanery)
    return Group(deanery=before.deanery) if _REGION.search(label) else before


def _in_group(entry: ParishEntry, group: Group) -> ParishEntry:
    status = entry.status if group.status is Status.OPEN else group.status
    return replace(entry, city=entry.city or group.town, deanery=entry.deanery or group.deanery, status=status)


def _entry(row: Row, columns: Columns, base: str) -> ParishEntry | None:
    cells = row.cells
    by = {field: cells[number] for number, field in columns.items() if number < len(cells)}
    names = markup.lines(by[Field.NAME]) if Field.NAME in by else []
    merged = len(cells) > 2 and len(set(cells)) == 1  # a heading, or the links to further pages
    if not names or merged or not re.search(r"[^\W\d_]{2}", names[0]) or len(cells) * 2 < len(columns):
        return None
    if row.node.find("td") is None and row.node.find("th") is not None:
        return None
    whole = read_card([row.node], base, names[0])
    told = _told(names[0], {field: "\n".join(markup.lines(cell)) for field, cell in by.items()}, by, base)
    return merge(told, whole) if told and whole else told


def _told(name: str, said: dict[Field, str], by: dict[Field, markup.Element], base: str) -> ParishEntry | None:
    """The record that the cells of known columns make."""
    streets = [field for field in (Field.ADDRESS, Field.STREET) if said.get(field)] or [Field.MAILING]
    parts = streets if said.get(Field.CITY) else [*streets, Field.PLACE]
    return clean_parish(
        name,
        address="\n".join(said[field] for field in parts if said.get(field)),
        city=said.get(Field.CITY),
        state=said.get(Field.STATE) or said.get(Field.PLACE),
        zip=said.get(Field.ZIP),
        phone=said.get(Field.PHONE),
        email=said.get(Field.EMAIL),
        website=_link(by.get(Field.WEBSITE)) or _shown(said.get(Field.WEBSITE)),
        pastor=said.get(Field.PASTOR),
        latitude=said.get(Field.LATITUDE),
        longitude=said.get(Field.LONGITUDE),
        deanery=said.get(Field.DEANERY),
        rite=said.get(Field.RITE),
        languages=said.get(Field.LANGUAGES),
        churches=said.get(Field.CHURCHES),
        status=said.get(Field.STATUS),
        base=base,
    )


def _link(cell: markup.Element | None) -> str | None:
    """The first web link of a cell."""
    links = [str(link.get("href")).strip() for link in markup.anchors(cell)] if cell is not None else []
    return next((link for link in links if not link.lower().startswith(("mailto:", "tel:", "javascript:"))), None)


def _shown(said: str | None) -> str | None:
    """A web address that stands in a cell as text; a mere label (`Website`) is none."""
    return None if not said or _LINK_LABEL.fullmatch(said) else said
