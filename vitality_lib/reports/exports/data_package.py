"""What stands beside CSV files, which themselves can say nothing of what they are: a Frictionless Data Package.

Source: the Data Package standard 2.0 (https://datapackage.org/standard/data-package/).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vitality_lib.reports.exports import licence
from vitality_lib.reports.exports.fields import Field, Kind, exact

_TYPES = {Kind.INTEGER: "integer", Kind.NUMBER: "number", Kind.BOOLEAN: "boolean", Kind.DATE: "date"}
_CELLS = (
    "Lists stand in one cell: codes and days parted by spaces, names by `; `. Words that a spreadsheet would take for "
    "a formula have an apostrophe before them, and control characters are U+FFFD; JSON and Parquet have all as it was."
)


@dataclass(frozen=True)
class Resource:
    """A CSV file: its name, its fields, the field that is its key, and those that are keys of other files."""

    path: str
    title: str
    fields: Sequence[Field]
    key: str = ""
    of: Mapping[str, str] = field(default_factory=dict)


def text(resources: Sequence[Resource], moment: datetime) -> str:
    """The content of datapackage.json for files as of this moment."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "catholic-parishes",
        "title": licence.DATA,
        "description": f"{licence.SOURCES} {_CELLS}",
        "created": exact(moment),
        "as_of": exact(moment),
        "licenses": [{"name": licence.NAME, "path": licence.URL, "title": licence.TITLE}],
        "resources": [_resource(one) for one in resources],
    }
    return json.dumps(package, indent=2) + "\n"


def _resource(one: Resource) -> dict[str, Any]:
    keys = [
        {"fields": [name], "reference": {"resource": _name(file), "fields": ["id"]}} for name, file in one.of.items()
    ]
    schema = {
        "fields": [_field(column) for column in one.fields],
        **({"primaryKey": [one.key]} if one.key else {}),
        **({"foreignKeys": keys} if keys else {}),
    }
    return {
        "name": _name(one.path),
        "type": "table",
        "path": one.path,
        "title": one.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"header": True, "delimiter": ","},
        "schema": schema,
    }


def _field(column: Field) -> dict[str, Any]:
    """Times of the day stay text, since `24:00` is one; moments have an offset, which the default format has not."""
    told: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    if column.kind is Kind.MOMENT:
        told |= {"type": "datetime", "format": "any"}
    must = column.required and column.kind not in (Kind.CODES, Kind.TEXTS, Kind.INTEGERS)  # empty lists are empty cells
    return {**told, "description": column.meaning, **({"constraints": {"required": True}} if must else {})}


def _name(path: str) -> str:
    return path.removesuffix(".csv").lower()
