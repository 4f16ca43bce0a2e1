"""Dated occurrences as a table: what takes place in the days to come, in local time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from vitality_lib.calendar.occurrences import Occurrence
from vitality_lib.reports.exports import data_package
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.churches import Church, churches_of
from vitality_lib.reports.exports.csv_tables import cells
from vitality_lib.reports.exports.data_package import Resource
from vitality_lib.reports.exports.fields import Column, Kind
from vitality_lib.reports.exports.files import appearing, opened
from vitality_lib.store.published import PublishedService


@dataclass(frozen=True)
class _Happening:
    church: Church
    published: PublishedService
    one: Occurrence
    zone: str

    @property
    def start(self) -> str:
        return self.one.start.isoformat()

    @property
    def end(self) -> str | None:
        return self.one.end.isoformat() if self.one.end else None


OCCURRENCE: tuple[Column[_Happening], ...] = (
    Column("start", Kind.TEXT, "ISO 8601 in the church's own time, with its offset from UTC.", required=True,
           of=attrgetter("start")),
    Column("end", Kind.TEXT, "The same for its end; none where none is stated.", of=attrgetter("end")),
    Column("zone", Kind.TEXT, "IANA time zone.", required=True, of=attrgetter("zone")),
    Column("certain", Kind.BOOLEAN, "Whether the page leaves nothing open, such as which weeks are meant.",
           required=True, of=attrgetter("one.certain")),
    Column("type", Kind.TEXT, "`mass`, `confession`, `adoration` or `other_devotion`.", required=True,
           of=attrgetter("published.service.type.value")),
    Column("language", Kind.TEXT, "ISO 639 code; `en/es` when bilingual, `und` when it cannot be told.", required=True,
           of=attrgetter("published.service.language")),
    Column("vigil", Kind.BOOLEAN, "Whether it is a vigil.", required=True, of=attrgetter("published.service.vigil")),
    Column("streamed", Kind.BOOLEAN, "Whether it can be watched from afar, too.", required=True,
           of=attrgetter("published.service.streamed")),
    Column("diocese", Kind.TEXT, "Diocese of the parish.", required=True, of=attrgetter("church.parish.diocese")),
    Column("parish_id", Kind.INTEGER, "The parish: its `id`.", required=True, of=attrgetter("church.parish.id")),
    Column("parish", Kind.TEXT, "Name of the parish.", required=True, of=attrgetter("church.parish.entry.name")),
    Column("church", Kind.TEXT, "The church or chapel, where the page names one of its own.",
           of=attrgetter("published.service.church")),
    Column("service_id", Kind.INTEGER, "The service: its `id`.", required=True, of=attrgetter("published.id")),
    Column("words", Kind.TEXT, "The service in plain English.", required=True, of=attrgetter("published.words")),
)  # fmt: skip


async def write(parishes: Parishes, asked: Asked) -> int:
    """One row for each occurrence, parish by parish and in order of time; returns how many parishes.

    A data package `<name>.datapackage.json` stands beside a file; standard output has room for none.
    """
    count = 0
    with opened(asked.output) as out:
        rows = csv.writer(out)
        rows.writerow(column.name for column in OCCURRENCE)
        async for parish in parishes:
            count += 1
            found = (list(cells(OCCURRENCE, one)) for church in churches_of(parish) for one in _in(church, asked))
            rows.writerows(sorted(found))
    if asked.output and asked.output.is_file():
        _describe(asked.output, asked)
    return count


def _in(church: Church, asked: Asked) -> Iterator[_Happening]:
    for published in church.services if church.place else ():
        for one in church.occurrences(published.service, asked.first, asked.last):
            yield _Happening(church, published, one, church.place.zone if church.place else "")


def _describe(output: Path, asked: Asked) -> None:
    title = f"What takes place from {asked.first} to {asked.last}, in local time."
    with appearing(output.with_name(f"{output.stem}.datapackage.json")) as package:
        package.write(data_package.text([Resource(output.name, title, OCCURRENCE)], asked.moment))
