"""What the markup calls a part of a card: class names, microdata (`itemprop`), the ids of an ASP.NET list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.numbered_ids import field_of

_HINTED = (Field.STREET, Field.CITY, Field.STATE, Field.ZIP, Field.PHONE, Field.ADDRESS, Field.DEANERY)
_LONGEST = 150
_ENOUGH = 1000  # characters that tell that an element is too long, white space included


def hints_in(elements: Iterable[markup.Element]) -> dict[Field, str]:
    """What class names and microdata (`itemprop`) call a part: Drupal's `.locality`, schema.org's `postalCode`."""
    hints: dict[Field, str] = {}
    for node in elements:
        named = {field_named(name) for name in [*markup.classes(node), node.get("itemprop") or ""] if name}
        for field in _HINTED:
            if field in named and field not in hints and (text := _short(node)):
                hints[field] = text
    if re.search(r"\d|,", hints.get(Field.CITY, "")):
        del hints[Field.CITY]
    return hints


def told_in(elements: Iterable[markup.Element]) -> dict[Field, str]:
    """What the ids of an ASP.NET list call a part: `DataList1_ctl03_lblCity`."""
    told: dict[Field, str] = {}
    for node in elements:
        field = field_of(node.get("id") or "")
        if field and field not in told and (text := _short(node)):
            told[field] = text
    return told


def _short(node: markup.Element) -> str:
    """The lines of an element; empty when they are too long for one field."""
    text = "\n".join(markup.lines(node, _ENOUGH))
    return text if len(text) <= _LONGEST else ""
