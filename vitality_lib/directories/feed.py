"""What the readers of JSON feeds share: rows, what their keys mean, the address of WordPress' `admin-ajax.php`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.fields import Field, field_named
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import ParishEntry

_MOST_ROWS = 20_000
_LINE = re.compile(r"addr(?:ess)?[ _-]?(?:line[ _-]?)?([1-9])", re.I)


def rows(data: Any, *keys: str) -> list[dict[str, Any]]:
    """The objects of a list that have all of these keys; empty unless most of them do."""
    if not isinstance(data, list):
        return []
    found = [row for row in data[:_MOST_ROWS] if isinstance(row, dict) and all(key in row for key in keys)]
    return found if len(found) * 2 > len(data) else []


def at(data: Any, *path: str) -> Any:
    """The value under a path of keys, or None."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def entry_by_keys(row: Mapping[str, Any], base: str, latitude: Any = None, longitude: Any = None) -> ParishEntry | None:
    """The parish of an object whose keys differ from site to site and are told by what they mean."""
    values: dict[Field, Any] = {}
    lines: dict[str, str] = {}
    for key, value in row.items():
        if not isinstance(value, (str, int, float)) or isinstance(value, bool) or value == "":
            continue
        line, field = _LINE.fullmatch(key), field_named(key)
        if line:
            lines[line[1]] = str(value)
        elif field:
            values.setdefault(field, value)
    address = "\n".join(lines[number] for number in sorted(lines))
    street = values.get(Field.STREET)
    return clean_parish(
        values.get(Field.NAME),
        address=address or values.get(Field.ADDRESS) or values.get(Field.PLACE) or values.get(Field.MAILING),
        street=None if address else street,
        city=values.get(Field.CITY),
        state=values.get(Field.STATE),
        zip=values.get(Field.ZIP),
        phone=values.get(Field.PHONE),
        email=values.get(Field.EMAIL),
        website=values.get(Field.WEBSITE),
        pastor=values.get(Field.PASTOR),
        latitude=values.get(Field.LATITUDE) if latitude is None else latitude,
        longitude=values.get(Field.LONGITUDE) if longitude is None else longitude,
        detail_url=values.get(Field.DETAIL),
        deanery=values.get(Field.DEANERY),
        rite=values.get(Field.RITE),
        languages=values.get(Field.LANGUAGES),
        churches=values.get(Field.CHURCHES),
        status=values.get(Field.STATUS),
        base=base,
    )


def admin_ajax(document: Document, query: str) -> str | None:
    """The site's `admin-ajax.php` with a query: as a script of the page names it, else at its usual place."""
    match = re.search(r'"ajax_?url"\s*:\s*"([^"]{1,300}admin-ajax\.php)"', document.text, re.I)
    address = absolute(match[1].replace("\\/", "/") if match else "/wp-admin/admin-ajax.php", document.url)
    return f"{address}?{query}" if address else None
