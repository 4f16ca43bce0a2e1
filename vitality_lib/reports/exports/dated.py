"""Dated occurrences as a table: what takes place in the days to come, in local time."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from vitality_lib.reports.cells import cell
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.churches import Church, churches_of
from vitality_lib.reports.exports.files import opened

_COLUMNS = (
    *("start", "end", "zone", "certain", "type", "language", "vigil", "streamed"),
    *("diocese", "parish_id", "parish", "church", "service_id", "words"),
)


async def write(parishes: Parishes, asked: Asked) -> int:
    """One row for each occurrence, parish by parish and in order of time; returns how many parishes.

    `start` and `end` are ISO 8601 in the church's own time with its offset from UTC; no `end` where none is stated.
    """
    count = 0
    with opened(asked.output) as out:
        rows = csv.writer(out)
        rows.writerow(_COLUMNS)
        async for parish in parishes:
            count += 1
            found = (row for church in churches_of(parish) for row in _rows(church, asked))
            rows.writerows(sorted(found))
    return count


def _rows(church: Church, asked: Asked) -> Iterator[list[str]]:
    for one in church.services:
        said = one.service
        where = (church.parish.diocese, church.parish.id, church.parish.entry.name, said.church)
        for happening in church.occurrences(said, asked.first, asked.last):
            start, end = happening.start.isoformat(), happening.end.isoformat() if happening.end else None
            zone = church.place.zone if church.place else None
            what = (said.type, said.language, said.vigil, said.streamed)
            row = (start, end, zone, happening.certain, *what, *where, one.id, one.words)
            yield [cell(value) for value in row]
