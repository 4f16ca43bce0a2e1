"""Which field each column of a table holds: told by its headings, in English or Spanish, else by what its cells say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from vitality_lib.directories.parish.address_line import ends_with_place
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.parish.records import clergy_in, email_in, phone_in
from vitality_lib.directories.parish.states import state_code
from vitality_lib.directories.parish.streets import looks_like_street
from vitality_lib.directories.pieces import markup

Columns = dict[int, Field]
Cells = Sequence[markup.Element]
_SAMPLE = 25
_NAMES = re.compile(r"\b(?:parish(?:es)?|church(?:es)?|faith communit(?:y|ies)|parroquias?|iglesias?)\b", re.I)
_SITE = re.compile(r"https?:|www\.|(?:[\w-]+\.)+[a-z]{2,8}(?:/\S*)?$|(?:visit |view )?(?:web ?site|site)$", re.I)
_PLACES = {Field.ADDRESS, Field.STREET, Field.CITY, Field.ZIP, Field.PLACE, Field.PHONE, Field.WEBSITE}
_Looks = Callable[[str], bool]
_LOOKS: tuple[tuple[Field, _Looks], ...] = (
    (Field.PHONE, lambda said: phone_in(said) is not None and len(said) < 40),
    (Field.EMAIL, lambda said: email_in(said) is not None and len(said) < 80),
    (Field.ADDRESS, lambda said: ends_with_place(said) or looks_like_street(said)),
    (Field.ZIP, lambda said: bool(re.match(r"\d{5}(?!\d)", said)) and len(said) <= 10),
    (Field.STATE, lambda said: state_code(said) is not None),
    (Field.WEBSITE, lambda said: bool(_SITE.match(said))),
    (Field.PASTOR, lambda said: clergy_in(said) is not None and len(said) < 80),
    (Field.NAME, sounds_like_parish),
    (Field.CITY, lambda said: bool(re.fullmatch(r"[A-Z][A-Za-z.'’ -]{2,30}", said))),
)


def by_headings(labels: Sequence[str]) -> Columns:
    """The columns that headings name. Where none says `name`, the first that speaks of parishes holds the names."""
    columns: Columns = {}
    for number, label in enumerate(labels):
        field = field_named(label)
        if field and field is not Field.OTHER and field not in columns.values():
            columns[number] = field
    if Field.NAME not in columns.values():
        told = (number for number, label in enumerate(labels) if len(label) < 40 and _NAMES.search(label))
        columns |= dict.fromkeys(list(told)[:1], Field.NAME)
    return columns


def by_looks(rows: Sequence[Cells]) -> Columns:
    """Columns of a table without headings: a field's, when most of its cells look like it."""
    columns: Columns = {}
    some = rows[:_SAMPLE]
    for number in range(max((len(row) for row in some), default=0)):
        said = [markup.text(row[number]) for row in some if number < len(row)]
        filled = [text for text in said if text]
        for field, looks in _LOOKS:
            if field not in columns.values() and filled and sum(map(looks, filled)) * 10 >= len(filled) * 6:
                columns[number] = field
                break
    return columns


def tell_parishes(columns: Columns) -> bool:
    """Whether a table with these columns names parishes and says where or how each is found."""
    return Field.NAME in columns.values() and bool(_PLACES & set(columns.values()))
