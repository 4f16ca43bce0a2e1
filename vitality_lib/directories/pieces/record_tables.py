"""Tables that are read downwards: a row of one cell names a parish, rows of a label and a value follow it.

`St. Odo`, `Address | 12 Elm St`, `Phone | ...`, all in one table or one small table for each. Turned round they are the
rows of an ordinary table, whose headings are the labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from lxml import html

from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.columns import Columns
from vitality_lib.directories.pieces.table_grid import Row

_LONGEST_LABEL, _MOST_PAIRS, _A_GLANCE, _LONGEST_TEXT, _LONGEST_NAME = 40, 4, 30, 200, 100
_Pair: TypeAlias = tuple[Field, markup.Element]


@dataclass
class _Record:
    """What stands from one name to the next."""

    name: markup.Element | None = None
    values: dict[Field, markup.Element] = field(default_factory=dict)
    nodes: list[markup.Element] = field(default_factory=list)


def is_of_records(table: markup.Element, rows: Sequence[Row]) -> bool:
    """Whether most rows of several cells are labels with values, the labels say more than one field, and a name stands
    before them.
    """
    pairs = [_pairs(row) for row in rows if len(set(row.cells)) > 1]
    told = {label for found in pairs for label, _ in found} - {Field.OTHER}
    alike = len(told) > 1 and sum(map(bool, pairs)) * 10 >= len(pairs) * 6
    return alike and any(record.name is not None for record in _records(table, rows))


def turned(tables: Iterable[tuple[markup.Element, Sequence[Row]]]) -> tuple[list[Row], Columns]:
    """The records of such tables as rows of one table, and its columns. A name that nothing follows is a label of the
    rows after it: their town, their deanery.
    """
    records = [record for table, rows in tables for record in _records(table, rows)]
    fields = list(dict.fromkeys([Field.NAME, *(label for record in records for label in record.values)]))
    return [_row(record, fields) for record in records], dict(enumerate(fields))


def _records(table: markup.Element, rows: Sequence[Row]) -> Iterator[_Record]:
    record = _Record(table.find("caption"))
    for row in rows:
        pairs = _pairs(row)
        named = next((value for label, value in pairs if label is Field.NAME and markup.text(value)), None)
        name = _title(row) if named is None else named
        if name is not None:
            if record.nodes or record.name is not None:
                yield record
            record = _Record(name)
        record.nodes.append(row.node)
        for label, value in pairs:
            if label not in {Field.NAME, Field.OTHER} and markup.text(value):
                record.values.setdefault(label, value)
    if record.nodes:
        yield record


def _row(record: _Record, fields: Sequence[Field]) -> Row:
    if record.name is not None and not record.values:
        return Row(record.nodes[0] if record.nodes else record.name, [record.name])
    node, none = html.Element("div"), html.Element("td")
    node.extend(deepcopy(one) for one in record.nodes)
    values = record.values if record.name is None else {Field.NAME: record.name, **record.values}
    return Row(node, [values.get(label, none) for label in fields])


def _pairs(row: Row) -> list[_Pair]:
    """The labels and values of a row: `City | Troy`, or several side by side; empty when it has none."""
    cells = list(dict.fromkeys(row.cells))
    if len(cells) % 2 or not 2 <= len(cells) <= 2 * _MOST_PAIRS:
        return []
    labels = [_label(cell) for cell in cells[::2]]
    return [(label, value) for label, value in zip(labels, cells[1::2], strict=True) if label] if all(labels) else []


def _label(cell: markup.Element) -> Field | None:
    """The field that a cell names; a glance at its first pieces tells that it says more."""
    if sum(map(len, islice(cell.itertext(), _A_GLANCE))) > _LONGEST_TEXT:
        return None
    said = markup.text(cell).strip(" :*")
    return field_named(said) if len(said) <= _LONGEST_LABEL and not re.search(r"\d", said) else None


def _title(row: Row) -> markup.Element | None:
    """The one cell of a row that says anything, when it spans the row or names a church: a parish's name, mostly."""
    filled = [cell for cell in dict.fromkeys(row.cells) if markup.text(cell)]
    if len(filled) != 1:
        return None
    said, label = markup.lines(filled[0])[0], _label(filled[0])
    named = sounds_like_parish(said) and label is not Field.NAME  # `St. Cyril`, `Tipp City` reads like a city's label
    alone = label in {None, Field.CITY, Field.DEANERY} and len(set(row.cells)) == 1
    return filled[0] if (named or alone) and len(said) <= _LONGEST_NAME else None
