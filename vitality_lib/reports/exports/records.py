"""The fields that CSV, JSON, GeoJSON and Parquet have in common: of parishes, services and the evidence for these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from vitality_lib.models import Evidence
from vitality_lib.reports.exports.churches import place_of_parish
from vitality_lib.reports.exports.fields import Column, Kind
from vitality_lib.store.published import PublishedParish, PublishedService


@dataclass(frozen=True)
class ParishRow:
    """A parish with the time zone (IANA) that its services are told in; None where nothing tells it."""

    parish: PublishedParish
    zone: str | None

    @property
    def services(self) -> Iterator[ServiceRow]:
        return (ServiceRow(self, one) for one in self.parish.services)


@dataclass(frozen=True)
class ServiceRow:
    """A service of a parish."""

    of: ParishRow
    published: PublishedService

    @property
    def best(self) -> Evidence | None:
        """The surest piece of evidence."""
        evidence = self.published.service.evidence
        return evidence[0] if evidence else None

    @property
    def evidence(self) -> Iterator[EvidenceRow]:
        return (EvidenceRow(self, piece) for piece in self.published.service.evidence)


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence for a service."""

    of: ServiceRow
    piece: Evidence


def row_of(parish: PublishedParish) -> ParishRow:
    place = place_of_parish(parish)
    return ParishRow(parish, place.zone if place else None)


def _fact(name: str, meaning: str, kind: Kind = Kind.TEXT, *, required: bool = False) -> Column[ParishRow]:
    return Column(name, kind, meaning, required, of=attrgetter(f"parish.entry.{name}"))


PARISH: tuple[Column[ParishRow], ...] = (
    Column("id", Kind.INTEGER, "Stable id of the parish.", required=True, of=attrgetter("parish.id")),
    Column("diocese", Kind.TEXT, "Its diocese, as the USCCB list names it.", required=True,
           of=attrgetter("parish.diocese")),
    _fact("name", "Name as the diocese gives it.", required=True),
    _fact("street", "Street address."),
    _fact("city", "City."),
    _fact("state", "Two-letter code of the state."),
    _fact("zip", "ZIP code, five digits or ZIP+4."),
    _fact("phone", "Telephone numbers of the office in E.164, parted by `; `."),
    _fact("email", "E-mail address of the office."),
    _fact("website", "The parish's own website."),
    _fact("pastor", "Pastor or administrator, as the diocese publishes it."),
    _fact("latitude", "Degrees north (WGS 84).", Kind.NUMBER),
    _fact("longitude", "Degrees east (WGS 84).", Kind.NUMBER),
    Column("zone", Kind.TEXT, "IANA time zone: all its times are by that clock.", of=attrgetter("zone")),
    _fact("detail_url", "The diocese's own page about the parish."),
    Column("first_seen", Kind.MOMENT, "When it was first published.", required=True,
           of=attrgetter("parish.first_seen")),
    Column("changed_at", Kind.MOMENT, "When one of its facts last changed.", required=True,
           of=attrgetter("parish.changed_at")),
    _fact("deanery", "Deanery or vicariate, as the diocese says it."),
    _fact("rite", "Rite, as the diocese says it."),
    _fact("languages", "Languages of the parish: ISO 639 codes.", Kind.CODES, required=True),
    _fact("churches", "Worship sites that the diocese names for the parish.", Kind.TEXTS, required=True),
    _fact("status", "`open`, `merged` or `closed`, as the diocese says it.", required=True),
    _fact("closed_on", "Since when it is merged or closed: `2019`, `2019-06` or `2019-06-30`."),
)  # fmt: skip


def _said(
    name: str, kind: Kind, meaning: str, path: str = "", *, required: bool = False, usual: object = ...
) -> Column[ServiceRow]:
    """A field of the service itself, or of its recurrence (`path`)."""
    return Column(name, kind, meaning, required, usual, attrgetter(f"published.service.{path or name}"))


SERVICE_ID: Column[ServiceRow] = Column(
    "id", Kind.INTEGER, "Stable id of the service; another time or another rule is another service.", required=True,
    of=attrgetter("published.id"),
)  # fmt: skip
WHOSE: tuple[Column[ServiceRow], ...] = (
    Column("parish_id", Kind.INTEGER, "The parish: its `id`.", required=True, of=attrgetter("of.parish.id")),
    Column("diocese", Kind.TEXT, "Diocese of the parish.", required=True, of=attrgetter("of.parish.diocese")),
    Column("parish", Kind.TEXT, "Name of the parish.", required=True, of=attrgetter("of.parish.entry.name")),
    Column("zone", Kind.TEXT, "IANA time zone of `start` and `end`.", of=attrgetter("of.zone")),
)
SERVICE: tuple[Column[ServiceRow], ...] = (
    _said("type", Kind.TEXT, "`mass`, `confession`, `adoration` or `other_devotion`.", "type.value", required=True),
    _said("days", Kind.CODES, "`SU MO TU WE TH FR SA`, `HOLYDAY` (of obligation), `HOLYDAY_EVE`; none: `month_days`, "
          "by appointment, or tied to another service.", "recurrence.days", required=True),
    _said("ordinal", Kind.TEXT, "Only on those such weekdays of the month: `1` to `5`, `last`, several by commas.",
          "recurrence.ordinal"),
    _said("start", Kind.CLOCK, "When it starts; none where the page does not say."),
    _said("end", Kind.CLOCK, "When it ends; `24:00` is the end of the day."),
    _said("nights", Kind.INTEGER, "How many days after its start it ends.", required=True, usual=0),
    _said("language", Kind.TEXT, "ISO 639 code; `en/es` when bilingual, `und` when it cannot be told.", required=True),
    _said("vigil", Kind.BOOLEAN, "Whether it is the vigil of a Sunday or holy day.", required=True),
    _said("streamed", Kind.BOOLEAN, "Whether it can be watched from afar, too.", required=True, usual=False),
    _said("season", Kind.TEXT, "Only in this part of the year: `lent`, `advent+lent`, `memorial_day..labor_day`, "
          "`05-01..09-30` ...", "recurrence.season"),
    _said("weeks", Kind.INTEGER, "`1` every week, `2` every other week.", "recurrence.weeks", required=True, usual=1),
    _said("anchor", Kind.DATE, "A day in a week that counts, where weeks are left out; none: which is not known.",
          "recurrence.anchor", usual=None),
    _said("month_days", Kind.INTEGERS, "Days of the month in place of weekdays; `-1` is the last. With weekdays: the "
          "days that are both.", "recurrence.month_days", required=True, usual=()),
    _said("exceptions", Kind.CODES, "When it is not held: `1FR`, `lastSA`, `MO`, `HOLYDAY`, a season, a date.",
          "recurrence.exceptions", required=True, usual=()),
    _said("begins", Kind.DATE, "First day of the rule, where the page gives one.", "recurrence.begins", usual=None),
    _said("ends", Kind.DATE, "Last day of the rule, where the page gives one.", "recurrence.ends", usual=None),
    _said("location", Kind.TEXT, "The church or chapel, where the page names one of its own.", "church"),
    _said("note", Kind.TEXT, "Relation to another service (`after 08:00 Mass`), `by appointment` ..."),
    Column("words", Kind.TEXT, "The service in plain English.", required=True, of=attrgetter("published.words")),
    Column("since", Kind.MOMENT, "When it was first seen on the parish's pages.", required=True,
           of=attrgetter("published.since")),
)  # fmt: skip


def _best(name: str, kind: Kind, meaning: str, path: str) -> Column[ServiceRow]:
    of_piece = attrgetter(path)
    return Column(name, kind, meaning, of=lambda row: of_piece(row.best) if row.best else None)


BEST: tuple[Column[ServiceRow], ...] = (
    _best("confidence", Kind.NUMBER, "How sure the best piece of evidence is, 0 to 1.", "confidence"),
    _best("quote", Kind.TEXT, "The words of the page that say it.", "quote"),
    _best("source", Kind.TEXT, "Address of that page.", "url"),
)
EVIDENCE_OF: Column[EvidenceRow] = Column(
    "service_id", Kind.INTEGER, "The service: its `id`.", required=True, of=attrgetter("of.published.id")
)
EVIDENCE: tuple[Column[EvidenceRow], ...] = tuple(
    Column(name, kind, meaning, required=True, of=attrgetter(f"piece.{name}"))
    for name, kind, meaning in (
        ("page_hash", Kind.TEXT, "SHA-256 of the page, hex."),
        ("url", Kind.TEXT, "Address of the page."),
        ("quote", Kind.TEXT, "The exact words of the page that say it."),
        ("start", Kind.INTEGER, "First character of the quote in the visible text of the page."),
        ("end", Kind.INTEGER, "Character after the last."),
        ("method", Kind.TEXT, "How it was read: `table`, `list`, `prose`, `pdf` ..."),
        ("confidence", Kind.NUMBER, "How sure the reading is, 0 to 1."),
    )
)
