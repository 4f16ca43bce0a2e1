"""The data dictionary of the exports: every field of every format, as Markdown. It reads the lists that writers use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vitality_lib.reports.exports import csv_tables, dated, ics, json_file, json_ld, osm, parquet
from vitality_lib.reports.exports.fields import Field
from vitality_lib.reports.exports.records import EVIDENCE, PARISH, SERVICE, SERVICE_ID


@dataclass(frozen=True)
class Part:
    """One kind of row or object of a format."""

    formats: str
    title: str
    fields: Sequence[Field]


PARTS = (
    Part("csv, parquet, json, geojson", "A parish (parishes.csv, parishes.parquet, an object of `parishes`, the "
         "`properties` of a feature, whose place is its geometry)", PARISH),
    Part("json, geojson", "The file itself", json_file.HEAD),
    Part("json, geojson", "A parish, further", (json_file.SERVICES,)),
    Part("json, geojson", "A service", (SERVICE_ID, *SERVICE, json_file.PIECES)),
    Part("json, geojson", "A piece of evidence", EVIDENCE),
    Part("csv", "A service (services.csv)", csv_tables.SERVICES),
    Part("parquet", "A service (services.parquet)", parquet.SERVICES),
    Part("parquet", "A piece of evidence (evidence.parquet)", parquet.PIECES),
    Part("ics", "A calendar (VCALENDAR)", ics.CALENDAR),
    Part("ics", "A service (VEVENT; VJOURNAL where it has no date)", ics.EVENT),
    Part("jsonld", "The data (Dataset)", json_ld.DATASET),
    Part("jsonld", "A church (CatholicChurch)", json_ld.CHURCH),
    Part("jsonld", "A service (Event)", json_ld.EVENT),
    Part("osm", "A church (a line)", osm.SUGGESTION),
    Part("occurrences", "An occurrence (a row)", dated.OCCURRENCE),
)  # fmt: skip


def markdown() -> str:
    """A section for each kind of row or object: its fields with type and meaning."""
    return "\n".join(_section(part) for part in PARTS)


def _section(part: Part) -> str:
    rows = "\n".join(map(_row, part.fields))
    return f"### {part.formats}: {part.title}\n\n| field | type | meaning |\n|---|---|---|\n{rows}\n"


def _row(field: Field) -> str:
    """In JSON a field that is as usual is left out; elsewhere what may be empty is marked."""
    kind = f"{field.kind}{'' if field.required else ', may be empty'}"
    return f"| `{field.name}` | {kind} | {field.meaning.replace('|', chr(92) + '|')} |"
